using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>
/// A function under construction. Whatever its body uses of the regions around it becomes a parameter the first time it is used, and the
/// value outside an
/// operand of the node that holds the function: the one mechanism behind captures of maps, loops, arms, comprehensions and differentiated
/// lambdas.
/// </summary>
/// <param name="session">The attempt that it belongs to.</param>
/// <param name="outer">The region around, whose values it may use.</param>
/// <param name="placement">The placement that Broadcast and Map work over here, if any.</param>
/// <param name="mapped">The placement of which this region's body sees one group.</param>
/// <param name="conditional">Whether only the run can tell if the body runs.</param>
/// <param name="runs">1 if the body runs, 0 if not, if sizes tell; it certainly runs if this is left out.</param>
/// <param name="caller">Where a method's body is called, whose values it does not see.</param>
/// <param name="forItems">Whether it is a function of every item of an array.</param>
internal sealed class Region(Session session, Region? outer, Placement? placement, Placement? mapped = null, bool conditional = false, Dim? runs = null, Region? caller = null,
    bool forItems = false)
{
    private readonly Dictionary<Node, Param> imports = [];
    private readonly List<Node> operands = [];
    private readonly List<Param> captured = [];

    public Region? Outer { get; } = outer;

    /// <summary>The placement that Broadcast and Map work over here, if any.</summary>
    public Placement? Placement { get; } = placement;

    /// <summary>The placement of which this region's body sees one group.</summary>
    public Placement? Mapped { get; } = mapped;

    /// <summary>Whether sizes that the user's code compares here are sizes of the program: it certainly runs, but that there may be no items.</summary>
    public bool Learns { get; } = !conditional && (forItems || (runs ?? Dim.One).IsConstant(1)) && (outer ?? caller) is not { Learns: false };

    /// <summary>1 if the body runs at least once, 0 if never, as sizes tell: what it needs is demanded at entry if it runs. Null if only the run
    /// can tell.</summary>
    public Dim? Runs { get; } = conditional || (outer ?? caller) is { Runs: null } ? null : (runs ?? Dim.One) * ((outer ?? caller)?.Runs ?? Dim.One);

    /// <summary>Whether only the run can tell if the body runs, so that nothing it needs can be demanded at entry.</summary>
    public bool IsConditional => Runs is null;

    /// <summary>Values of the enclosing region, one for each captured parameter (broadcast if this is a map).</summary>
    public IReadOnlyList<Node> Operands => operands;

    public IReadOnlyList<Param> Captured => captured;

    /// <summary>A value of an enclosing region as this region sees it.</summary>
    public Node Import(Node node, Region from, string name)
    {
        if (ReferenceEquals(from, this) || IsClosed(node)) return node;
        if (Outer is null) throw new IrException($"'{name}' is not visible here");
        var outside = Outer.Import(node, from, name);
        if (imports.TryGetValue(outside, out var known)) return known;
        if (Mapped is not null && outside.Type.IsPlaced) throw new PlacedCaptured(name);
        var parameter = session.Graph.Param(name, outside.Type);
        if (session.Extents.TryGetValue(outside, out var extent)) session.Extents[parameter] = extent;
        operands.Add(Mapped is null ? outside : session.Graph.Broadcast(outside, Mapped));
        captured.Add(parameter);
        return imports[outside] = parameter;
    }

    public Func Close(string name, IEnumerable<Param> parameters, IEnumerable<Node> results)
    {
        ImmutableArray<Param> all = [.. parameters, .. captured];
        ImmutableArray<Node> values = [.. results];
        return Callee(all, values) ?? new Func(name, all, values);
    }

    /// <summary>A function that does nothing but call another with its own parameters is that other.</summary>
    private static Func? Callee(ImmutableArray<Param> parameters, ImmutableArray<Node> results) =>
        results.Length > 0 && results[0] is Result { Region: Call call }
        && call.Callee.Rule is null && call.Types.Length == results.Length && call.Operands.SequenceEqual(parameters)
        && results.Select((r, i) => r is Result { Index: var index } result && index == i && result.Region == call).All(same => same)
            ? call.Callee
            : null;

    /// <summary>1 if a number of trips is at least 1, else 0.</summary>
    public static Dim AtLeastOnce(Dim trips) => (trips - Dim.One).IsNonNegative ? Dim.One : Dim.Min(Dim.One, trips);

    /// <summary>Whether the value is the same in every region.</summary>
    public static bool IsClosed(Node node) => node is Const or Size or Iota || node is Expand { X: var x } && IsClosed(x);
}

/// <summary>The body of a map reached for a placed value around it.</summary>
internal sealed class PlacedCaptured(string name) : Exception
{
    public string Name { get; } = name;
}
