using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A function over a new first axis (in every group, if placed) of its batched parameters. What depends on no batched value stays as it is.
/// In the arm of a converted branch (<c>guarded</c>) a last parameter says which lanes take the arm: indices are clamped, and in the other
/// lanes operations that are singular, or integer divisions, compute with safe operands.
/// </summary>
internal sealed partial class Batched
{
    private readonly Derivatives derivatives;
    private readonly Graph g;
    private readonly Regions regions;
    private readonly Func f;
    private readonly Dim size;
    private readonly bool protect;
    private readonly Param? guard;
    private readonly Dictionary<Node, Node> values = [];
    private readonly HashSet<Node> isBatched = [];
    private readonly Dictionary<Region, (ImmutableArray<Node> Results, ImmutableArray<bool> Batched)> results = [];

    public Batched(Derivatives derivatives, Func f, Dim size, EquatableArray<bool> mask, bool protect, bool guarded)
    {
        (this.derivatives, g, regions, this.f, this.size, this.protect) = (derivatives, derivatives.Graph, derivatives.Regions, f, size, protect);
        guard = guarded ? g.Param("guard", Ir.ValueType.Array(ElementType.Bool, size)) : null;
        ImmutableArray<Param> parameters = [.. f.Parameters.Select((p, i) => mask[i] ? g.Param(p.Name, p.Type.WithShape(Lanes(p.Type.Shape))) : p)];
        for (var i = 0; i < parameters.Length; i++)
        {
            values[f.Parameters[i]] = parameters[i];
            if (mask[i]) isBatched.Add(f.Parameters[i]);
        }
        foreach (var node in f.Nodes)
        {
            if (node is Param) continue;
            if (node is Region region) Add(region);
            else if (node is Result result && results.TryGetValue(result.Region, out var known)) Set(node, known.Results[result.Index], known.Batched[result.Index]);
            else Add(node);
        }
        Results = f.Results.Select(isBatched.Contains).ToEquatable();
        Func = new($"vmap.{f.Name}", guard is null ? parameters : [.. parameters, guard], [.. f.Results.Select(r => values[r])]);
        WithAllResults = With([.. f.Results.Select(_ => true)]);
    }

    /// <summary>Which results have the axis.</summary>
    public EquatableArray<bool> Results { get; }

    public Func Func { get; }

    public Func WithAllResults { get; }

    /// <summary>The function with more of its results batched.</summary>
    public Func With(ImmutableArray<bool> mask) => mask.SequenceEqual(Results)
        ? Func
        : new(Func.Name, Func.Parameters, [.. f.Results.Select((r, i) => mask[i] ? Wide(r) : values[r])]);

    private IEnumerable<Dim> Lanes(IEnumerable<Dim> shape) => [size, .. shape];

    private static IEnumerable<int> Shifted(IEnumerable<int> axes) => axes.Select(axis => axis + 1);

    private void Set(Node node, Node value, bool batched)
    {
        values[node] = value;
        if (batched) isBatched.Add(node);
    }

    private bool Any(IEnumerable<Node> nodes) => nodes.Any(isBatched.Contains);

    /// <summary>The value with the axis, repeated if it does not depend on it.</summary>
    private Node Wide(Node node) => isBatched.Contains(node) ? values[node] : Wide(values[node], false);

    private Node Wide(Node value, bool already) => already ? value : regions.Lift($"repeat<{size}>",
        x => g.Expand(x[0], Lanes(x[0].Type.Shape), Enumerable.Range(1, x[0].Type.Rank)), value);

    private Bounds Of(Bounds bounds) => guard is null || bounds == Bounds.Inside ? bounds : Bounds.Clamped;

    private void Add(Node node)
    {
        if (node is Apply apply) AddElementwise(apply);
        else if (node is MatrixFunction { HasFactors: false } matrix && guard is not null && protect) Set(node, Regular(matrix), true);
        else if (node is Recompute again) Set(node, g.Recompute(values[again.X], node.Operands.Skip(1).Select(o => values[o])), isBatched.Contains(again.X));
        else if (Any(node.Operands)) Set(node, Structure(node), true);
        else Set(node, Unbatched(node), false);
    }

    private Node Unbatched(Node node)
    {
        ImmutableArray<Node> x = [.. node.Operands.Select(o => values[o])];
        return node switch
        {
            Slice n => g.Slice(x[0], x.Skip(1), n.Type.Shape, Of(n.Bounds)),
            Update n => g.Update(x[0], x[1], x.Skip(2), n.Mode, Of(n.Bounds)),
            Gather n => g.Gather(x[0], x.Skip(1), n.Axes, Of(n.Bounds)),
            ScatterAdd n => g.ScatterAdd(x[0], x[1], x.Skip(2), n.Axes, Of(n.Bounds)),
            _ => x.SequenceEqual(node.Operands) ? node : g.Rebuild(node, x),
        };
    }

    private void AddElementwise(Apply n)
    {
        var safe = guard is null ? null : Unsafe(n);
        if (safe is null && !Any(n.Operands))
        {
            Set(n, Unbatched(n), false);
            return;
        }
        Node[] x = [.. n.Operands.Select(Wide)];
        if (safe is var (operand, value))
            x[operand] = g.Select(g.Expand(guard!, x[operand].Type.Shape, [0]), x[operand], g.Fill(value, x[operand]));
        Set(n, g.Apply(n.Op, x), true);
    }

    /// <summary>The operand to replace in lanes that do not take the arm, and by what.</summary>
    private (int Operand, double Value)? Unsafe(Apply n)
    {
        var isInt = n.Operands[0].Type.Element == ElementType.Int32;
        var row = OpTable.Row(n.Op);
        var (operand, value) = n.Op is ScalarOp.Divide || (isInt && n.Op is ScalarOp.Remainder) ? (1, 1) : (row.SafeAt, row.Safe);
        if (value is null || !(protect || isInt) || Simplify.Constant(n.Operands[operand]) is not null) return null;
        return (operand, value.Value);
    }

    /// <summary>A matrix that is factored or divided by is the identity in lanes that do not take the arm.</summary>
    private Node Regular(MatrixFunction n)
    {
        var a = Wide(n.Operands[0]);
        var safe = g.Select(g.Expand(guard!, a.Type.Shape, [0]), a, g.Identity(a.Type));
        return g.MatrixFunction(n.Op, [safe, .. n.Operands.Skip(1).Select(Wide)]);
    }

    private Node Structure(Node node) => node switch
    {
        Cast n => g.Cast(Wide(n.X), n.Type.Element),
        StopGradient n => g.StopGradient(Wide(n.X)),
        Expand n => g.Expand(Wide(n.X), Lanes(n.Type.Shape), [0, .. Shifted(n.Axes)]),
        Permute n => g.Permute(Wide(n.X), [0, .. Shifted(n.Order)]),
        Reshape n => g.Reshape(Wide(n.X), Lanes(n.Type.Shape)),
        Slice n => Any(n.Starts) ? BatchedSlice(n) : g.Slice(Wide(n.X), Starts(n.Starts), Lanes(n.Type.Shape), Of(n.Bounds)),
        Pad n => g.Pad(Wide(n.X), Lanes(n.Low, Dim.Zero), Lanes(n.High, Dim.Zero)),
        Concat n => g.Concat(n.Operands.Select(Wide), n.Axis + 1),
        Update n => Any(n.Starts) ? BatchedUpdate(n) : g.Update(Wide(n.X), Wide(n.Value), Starts(n.Starts), n.Mode, Of(n.Bounds)),
        Reduce n => g.Reduce(n.Kind, Wide(n.X), Shifted(n.Axes)),
        ArgReduce n => g.ArgReduce(n.Kind, Wide(n.X), n.Axis + 1),
        ArgSort n => g.ArgSort(Wide(n.X), n.Axis + 1, n.Descending),
        MatrixFunction n => g.MatrixFunction(n.Op, [.. n.Operands.Select(Wide)]),
        Contract n => BatchedContract(n),
        Gather n => BatchedGather(n),
        ScatterAdd n => BatchedScatter(n),
        Broadcast n => g.Broadcast(Wide(n.X), n.Placement),
        PlacedReduce n => g.PlacedReduce(n.Kind, Wide(n.X)),
        Collect n => ToFront(g.Collect(Wide(n.X)), 1),
        Spread n => g.Spread(g.Permute(Wide(n.X), [1, 0, .. Enumerable.Range(2, n.X.Type.Rank - 1)]), n.Placement),
        _ => throw new IrException($"no rule to batch {node.GetType().Name}"),
    };

    private static IEnumerable<Dim> Lanes(IEnumerable<Dim> rest, Dim first) => [first, .. rest];

    private IEnumerable<Node> Starts(IEnumerable<Node> starts) => [g.Const(0, ElementType.Int32), .. starts.Select(s => values[s])];

    private Node BatchedContract(Contract n)
    {
        var (a, b) = (values[n.A], values[n.B]);
        var (first, second) = (isBatched.Contains(n.A), isBatched.Contains(n.B));
        EquatableArray<int> Of(EquatableArray<int> axes, bool shift) => shift ? Shifted(axes).ToEquatable() : axes;
        var axes = new ContractAxes(Of(n.Axes.BatchA, first), Of(n.Axes.BatchB, second), Of(n.Axes.SumA, first), Of(n.Axes.SumB, second));
        if (first && second)
            return g.Contract(a, b, axes with { BatchA = [0, .. axes.BatchA], BatchB = [0, .. axes.BatchB] });
        // The new axis is the first free axis of its operand.
        var at = n.Axes.BatchA.Count + (first ? 0 : n.Axes.FreeA(n.A.Type.Rank).Length);
        return ToFront(g.Contract(a, b, axes), at);
    }

    private Node ToFront(Node x, int axis) => g.Permute(x, [axis, .. Enumerable.Range(0, x.Type.Rank).Where(i => i != axis)]);
}
