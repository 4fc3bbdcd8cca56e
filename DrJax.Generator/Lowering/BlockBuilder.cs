using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Lowers the body of one function to a block: decides what is materialised, orders the work so that updates happen in place, and fuses neighbouring loop
/// nests. One file a kind of step: this one holds the order of work and the memory of values.
/// </summary>
internal sealed partial class BlockBuilder
{
    private readonly Frame frame;
    private readonly Func func;
    private readonly Materialise materialised;
    private readonly Dictionary<Node, Storage> storage;
    private readonly Dictionary<Node, int> ready = [];
    private readonly StagePlan stages;
    private readonly Triangles triangles;
    private readonly Assured assured;
    private ImmutableArray<Target?> targets = [];

    /// <param name="bindings">The storage of every parameter.</param>
    /// <param name="assured">What is certain where the block runs.</param>
    /// <param name="triangles">What is known of the function's surroundings; nothing if null.</param>
    public BlockBuilder(Frame frame, Func func, Dictionary<Node, Storage> bindings, Assured assured, Triangles? triangles = null)
    {
        this.frame = frame;
        this.func = func;
        this.assured = assured;
        storage = bindings;
        materialised = new Materialise(func);
        stages = StagePlan.Of(func);
        this.triangles = triangles ?? new Triangles(func, [], [.. func.Results.Select(_ => Places.Everywhere)]);
        Reader = new Reader(frame.Table, StorageOf, assured);
    }

    public Reader Reader { get; }

    private ExprTable Table => frame.Table;

    /// <summary>Lowers everything the results need; a result with a target is left there, one without stays readable through <see cref="Reader"/>.</summary>
    public Block Build(ImmutableArray<Target?> resultTargets)
    {
        targets = resultTargets;
        foreach (var unit in Order()) Lower(unit);
        return Finish();
    }

    // ---- units of work --------------------------------------------------------------------------------------------------------

    /// <summary>A node that takes a step of its own, or (Result ≥ 0) the copy of a result to its target.</summary>
    private readonly record struct Unit(Node Node, int Result = -1, Stage? Stage = null);

    private IEnumerable<Unit> Order()
    {
        var units = new List<Unit>();
        foreach (var node in func.Nodes)
        {
            if (stages.StageAt(node) is { } stage) units.Add(new Unit(node, Stage: stage));
            if (storage.ContainsKey(node) || stages.IsStored(node)) continue;
            if (node is Loop or Branch or Call or Spread) units.Add(new Unit(node));
            else if (!node.Type.IsPlaced && (materialised[node] || Materialise.IsScalar(node))) units.Add(new Unit(node));
        }
        for (var i = 0; i < func.Results.Length; i++)
            if (targets[i] is not null && (!func.Results[i].Type.IsPlaced || func.Results[i] is Spread)) units.Add(new Unit(func.Results[i], i));
        return new Schedule(this, units).Order;
    }

    private void Lower(Unit unit)
    {
        if (unit.Result >= 0)
        {
            StoreResult(unit.Result);
            return;
        }
        if (unit.Stage is { } stage)
        {
            LowerStage(stage);
            return;
        }
        switch (unit.Node)
        {
            case Loop n: LowerLoop(n); break;
            case Branch n: LowerBranch(n); break;
            case Contract n: LowerContract(n); break;
            case Reduce n: LowerReduce(n); break;
            case ArgReduce n: LowerArgReduce(n); break;
            case ArgSort n: LowerArgSort(n); break;
            case MatrixFunction n: LowerMatrixFunction(n); break;
            case Pad n: LowerPad(n); break;
            case Concat n: LowerConcat(n); break;
            case Update n: LowerUpdate(n); break;
            case ScatterAdd n: LowerScatterAdd(n); break;
            case Collect n: LowerCollect(n); break;
            case Spread n: LowerSpread(n); break;
            case Call: throw new IrException("a call is left at lowering");
            case var n when Materialise.IsScalar(n): LowerScalar(n); break;
            case var n: LowerElementwise(n); break;
        }
    }

    // ---- memory of values -----------------------------------------------------------------------------------------------------

    private Storage? StorageOf(Node node)
    {
        if (!storage.TryGetValue(node, out var found)) return null;
        if (joining is { } nest && ready.TryGetValue(node, out var at) && at >= 0 && items[at] == nest) conflict = true;
        return found;
    }

    private void Bind(Node node, Storage value, int position)
    {
        storage[node] = value;
        ready[node] = position;
    }

    /// <summary>
    /// Memory for a materialised node: the target of a result if the node is one, or becomes one by updates in place, and can be computed right there; else scratch.
    /// </summary>
    private View Place(Node node, string? name = null)
    {
        var last = Updated(node);
        for (var i = 0; i < func.Results.Length; i++)
            if (last != node && func.Results[i] == last && targets.Length > i && targets[i] is { Into: null, Home: null } whole && whole.View.Buffer.Kind == BufferKind.Result && placed.Add(i))
                return whole.View;
        for (var i = 0; i < func.Results.Length; i++)
            if (func.Results[i] == node && targets.Length > i && targets[i] is { Into: null } target && !placed.Contains(i))
            {
                placed.Add(i);
                return target.View;
            }
        return View.Of(frame.NewBuffer(name ?? NameOf(node), node.Type));
    }

    /// <summary>What a value is after the last of the updates that overwrite it.</summary>
    private Node Updated(Node node)
    {
        while (inPlace.FirstOrDefault(update => Overwritten(update) == node) is { } next) node = next;
        return node;
    }

    /// <summary>Results that were computed in their target.</summary>
    private readonly HashSet<int> placed = [];

    private void StoreResult(int index)
    {
        var node = func.Results[index];
        var target = targets[index]!;
        if (placed.Contains(index) || (storage.TryGetValue(node, out var s) && s is InMemory memory && memory.View == target.Home)) return;
        if (node is Spread)
        {
            // What was made in its target is there.
            if (PackedView(node) != target.View) CopyPacked(node, PackedView(node), target.View, After(node) + 1);
            return;
        }
        var mode = target.Into switch { null => OutputMode.Store, ReduceKind.Sum => OutputMode.Add, _ => OutputMode.ReduceInto };
        AddNest(node.Type.Shape, [], After(node), Because(node, target.View.Buffer.Name), at =>
            [new Output(target.View.Buffer, target.View.At(Table, at), Reader.Read(node, at), mode, target.Into ?? ReduceKind.Sum)], mayJoin: mode != OutputMode.ReduceInto);
    }

    /// <summary>The first position at which everything that reading the node touches is there.</summary>
    private int After(params ReadOnlySpan<Node> nodes)
    {
        var last = -1;
        foreach (var node in nodes)
            foreach (var unit in UnitsRead(node))
                if (ready.TryGetValue(unit, out var at)) last = Math.Max(last, at);
        return last;
    }

    /// <summary>The materialised nodes, scalars and regions that reading a node reads.</summary>
    public HashSet<Node> UnitsRead(Node node)
    {
        if (unitsRead.TryGetValue(node, out var known)) return known;
        var set = new HashSet<Node>();
        if (IsUnit(node)) set.Add(node);
        else
            foreach (var operand in node.Operands) set.UnionWith(UnitsRead(operand));
        return unitsRead[node] = set;
    }

    private readonly Dictionary<Node, HashSet<Node>> unitsRead = [];

    private bool IsUnit(Node node) =>
        node is Param || materialised[node] || Materialise.IsScalar(node) || node is Loop or Branch or PlacedReduce or Spread or Result { Region: Loop or Branch } || stages.IsStored(node);

    private string NameOf(Node node) => node switch
    {
        Param p => p.Name,
        Apply a => char.ToLowerInvariant(a.Op.ToString()[0]) + a.Op.ToString().Substring(1),
        MatrixFunction m => char.ToLowerInvariant(m.Op.Kind.ToString()[0]) + m.Op.Kind.ToString().Substring(1),
        _ => char.ToLowerInvariant(node.GetType().Name[0]) + node.GetType().Name.Substring(1),
    };

    /// <summary>The IR line of a node under the name of its memory, for a comment.</summary>
    private string Because(Node node, string name)
    {
        var operations = MostOperationsTold;
        return Printer.Line(node, n => n == node ? name : Spelled(n, ref operations));
    }

    private string Spelled(Node node)
    {
        var operations = MostOperationsTold;
        return Spelled(node, ref operations);
    }

    /// <summary>An operand in a comment: by the name of its memory, or as the operations that are computed where it is read.</summary>
    private string Spelled(Node node, ref int operations)
    {
        if (storage.TryGetValue(node, out var value) && value is InMemory or InLocal { Value: LocalExpr })
            return value is InMemory memory ? memory.View.Buffer.Name : ((LocalExpr)((InLocal)value).Value).Local.Name;
        if (node is Param or Const or Ir.Size) return Printer.Leaf(node);
        if (node is Expand { X: Const or Ir.Size } fill) return Printer.Leaf(fill.X);
        if (node is Result { Region: var region, Index: var index }) return $"{Printer.Camel(region.GetType().Name)}.{index}";
        if (operations-- <= 0) return "..";
        var left = operations;
        var spelled = Printer.Operation(node, n => Spelled(n, ref left));
        operations = left;
        return $"({spelled})";
    }

    /// <summary>Operations beside its own that a comment spells.</summary>
    private const int MostOperationsTold = 6;
}
