using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Makes a program of symbolic row counts one of padded arrays. Up to here <c>p.rows@clients</c> stood for one group's number of rows; from here
/// on it is the longest group's, arrays have room for as many, and a group's own number is a value (<see cref="RowCounts"/>). The first elements
/// of every axis, up to its true extent, are what they were; what lies after them is anything, and goes nowhere: sums and extrema choose the
/// neutral element there, products zero, loops leave what they carry alone, and results of maps are zero.
/// </summary>
/// <remarks>Runs last, on derivatives too: they are right for any number of rows, so that none is taken of what is done here.</remarks>
internal sealed partial class Ragged
{
    private readonly Graph g;
    private readonly Dictionary<string, Node> counts;

    /// <summary>Whether counts here are those of one group: inside of a map.</summary>
    private readonly bool isInGroup;

    /// <summary>Whether the code here may not run, so that nothing was required of its sizes at entry.</summary>
    private readonly bool isConditional;

    /// <summary>Extents of loop variables, in the function as it was.</summary>
    private readonly Dictionary<Node, Dim> extents;

    private readonly IndexRanges ranges;

    /// <summary>New values that are zero after their true extents.</summary>
    private readonly HashSet<Node> padded = [];

    private readonly Dictionary<Node, Node> values = [];
    private readonly Dictionary<Region, ImmutableArray<Node>> results = [];

    private Ragged(Graph graph, Dictionary<string, Node> counts, bool isInGroup, bool isConditional, Dictionary<Node, Dim> extents)
    {
        (g, this.counts, this.isInGroup, this.isConditional, this.extents) = (graph, counts, isInGroup, isConditional, extents);
        ranges = new IndexRanges(extents);
    }

    /// <summary>The program's function, without ragged sizes in what its groups compute.</summary>
    public static Func Run(Graph graph, Func program)
    {
        var symbols = Symbols(program);
        if (symbols.Count == 0) return program;
        var counts = symbols.ToDictionary(name => name, name => (Node)(program.Parameters.FirstOrDefault(p => p.Name == RowCounts.NameOf(new Atom(name)))
            ?? throw new IrException($"nothing holds the rows {name}")));
        var ragged = new Ragged(graph, counts, isInGroup: false, isConditional: false, []);
        return new Func(program.Name, program.Parameters, ragged.Results(program, program.Parameters));
    }

    /// <summary>The values of the function's results over other parameters.</summary>
    private ImmutableArray<Node> Results(Func f, IEnumerable<Node> parameters)
    {
        foreach (var (old, now) in f.Parameters.Zip(parameters, (p, now) => (p, now))) values[old] = now;
        foreach (var node in f.Nodes)
        {
            if (node is Param) continue;
            if (node is Result result) values[node] = results[result.Region][result.Index];
            else if (node is Region region) (values[node], results[region]) = (node, OfRegion(region, [.. node.Operands.Select(o => values[o])]));
            else values[node] = OfNode(node, [.. node.Operands.Select(o => values[o])]);
        }
        return [.. f.Results.Select(r => values[r])];
    }

    private Node OfNode(Node node, ImmutableArray<Node> x)
    {
        if (!isInGroup) return g.Rebuild(node, x);
        var value = node switch
        {
            Size n => Number(n.Dim),
            Apply { Op: ScalarOp.Divide or ScalarOp.Remainder, Type.Element: ElementType.Int32 } n => g.Apply(n.Op, x[0], Masked(x[1], 1)),
            Reshape n => OfReshape(n, x[0]),
            Slice n => OfSlice(n, x[0], x.RemoveAt(0)),
            Pad n => OfPad(n, x[0]),
            Concat n => OfConcat(n, x),
            Update n => OfUpdate(n, x[0], x[1], x.RemoveRange(0, 2)),
            Reduce n => g.Reduce(n.Kind, Masked(x[0], Neutral(n.Kind, x[0].Type.Element), n.Axes), n.Axes),
            ArgReduce n => g.ArgReduce(n.Kind, Masked(x[0], Neutral(n.Kind, x[0].Type.Element), [n.Axis]), n.Axis),
            Contract n => g.Contract(Masked(x[0], 0, n.Axes.SumA), Masked(x[1], 0, n.Axes.SumB), n.Axes),
            ArgSort n => g.ArgSort(Masked(x[0], Last(n), [n.Axis]), n.Axis, n.Descending),
            MatrixFunction n => OfMatrices(n, x),
            Gather n => g.Gather(x[0], Indices(n, n.X.Type.Shape, n.Axes, n.Indices, x.RemoveAt(0), n.Bounds), n.Axes, n.Bounds),
            ScatterAdd n => g.ScatterAdd(x[0], Masked(x[1], 0, Enumerable.Range(0, n.Indices[0].Type.Rank)),
                Indices(n, n.Type.Shape, n.Axes, n.Indices, x.RemoveRange(0, 2), n.Bounds), n.Axes, n.Bounds),
            Const or Iota or GroupIndex or Apply or Cast or StopGradient or Recompute or Expand or Permute or Broadcast or PlacedReduce => g.Rebuild(node, x),
            _ when !node.Operands.Append(node).Any(o => o.Type.Shape.Any(d => d.IsRagged)) => g.Rebuild(node, x),
            _ => throw new IrException($"no rule for {node.GetType().Name} over groups of unequal size"),
        };
        // Zero stays zero.
        if (node is Permute or Cast or StopGradient && padded.Contains(x[0])) padded.Add(value);
        return value;
    }

    /// <summary>The size of this group as a value.</summary>
    private Node Number(Dim dim)
    {
        if (!dim.IsRagged) return g.Size(dim);
        var sum = g.Size(dim.Terms.Where(t => !IsRagged(t)).Aggregate(Dim.Zero, (rest, t) => rest + Product(t.Atoms, t.Factor)));
        foreach (var term in dim.Terms.Where(IsRagged))
        {
            var product = g.Size(Product(term.Atoms.Where(a => !Dim.Of(a).IsRagged), term.Factor));
            foreach (var atom in term.Atoms.Where(a => Dim.Of(a).IsRagged)) product *= Number(atom);
            sum += product;
        }
        return sum;

        static bool IsRagged(Dim.Term term) => term.Atoms.Any(a => Dim.Of(a).IsRagged);
        static Dim Product(IEnumerable<Atom> atoms, long factor) => atoms.Aggregate(Dim.Constant(factor), (product, atom) => product * Dim.Of(atom));
    }

    private Node Number(Atom atom)
    {
        if (atom.IsRagged) return counts[atom.Name];
        var op = atom.Operation switch { "/" => ScalarOp.Divide, "%" => ScalarOp.Remainder, "min" => ScalarOp.Min, _ => ScalarOp.Max };
        return g.Apply(op, Number(atom.Left!), Number(atom.Right!));
    }

    /// <summary>What changes no extremum or sum.</summary>
    private static double Neutral(ReduceKind kind, ElementType element) => (kind, element) switch
    {
        (ReduceKind.Sum, _) or (ReduceKind.Max, ElementType.Bool) => 0,
        (ReduceKind.Min, ElementType.Bool) => 1,
        (ReduceKind.Max, ElementType.Int32) => int.MinValue,
        (ReduceKind.Min, ElementType.Int32) => int.MaxValue,
        (ReduceKind.Max, _) => double.NegativeInfinity,
        _ => double.PositiveInfinity,
    };

    /// <summary>What comes after all elements, in their order: equal ones keep theirs, and rows that a group has not come after its own.</summary>
    private static double Last(ArgSort n) => n.X.Type.IsDifferentiable && !n.Descending ? double.NaN
        : Neutral(n.Descending ? ReduceKind.Max : ReduceKind.Min, n.X.Type.Element);

    private Node Masked(Node x, double otherwise) => Masked(x, otherwise, Enumerable.Range(0, x.Type.Rank));

    /// <summary>The value with another after the true extents of the axes.</summary>
    private Node Masked(Node x, double otherwise, IEnumerable<int> axes)
    {
        int[] ragged = [.. axes.Where(axis => x.Type.Shape[axis].IsRagged)];
        if (ragged.Length == 0 || Simplify.IsFill(x, otherwise) || otherwise == 0 && padded.Contains(x)) return x;
        var value = g.Select(IsTrue(x.Type.Shape, ragged), x, g.Fill(otherwise, x));
        if (otherwise == 0 && ragged.Length == x.Type.Shape.Count(d => d.IsRagged)) padded.Add(value);
        return value;
    }

    /// <summary>Where an element of an array of the shape exists in this group.</summary>
    private Node IsTrue(EquatableArray<Dim> shape, IEnumerable<int> axes) => axes
        .Select(axis => g.Apply(ScalarOp.Less, g.Iota(shape, axis), g.Fill(Number(shape[axis]), shape)))
        .Aggregate((a, b) => g.Apply(ScalarOp.And, a, b));

    /// <summary>The ragged sizes that a function and those of its regions speak of.</summary>
    private static SortedSet<string> Symbols(Func f)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in f.Nodes) names.UnionWith(Symbols(node));
        return names;
    }

    private static IEnumerable<string> Symbols(Node node) =>
        [.. Sizes(node).Where(d => d.IsRagged).SelectMany(d => d.Atoms).Where(a => a.IsRagged).Select(a => a.Name),
            .. Verifier.Functions(node).SelectMany(Symbols)];

    private static IEnumerable<Dim> Sizes(Node node) => node switch
    {
        Size n => [n.Dim],
        Loop { Trips: LoopTrips.Fixed { Count: var count } } n => [.. n.Type.Shape, count],
        Pad n => [.. n.Type.Shape, .. n.Low, .. n.High],
        _ => node.Type.Shape,
    };

    /// <summary>Whether a node, or what its functions compute, is not the same in every group.</summary>
    public static bool DependsOnGroup(Node node) => Symbols(node).Any();
}
