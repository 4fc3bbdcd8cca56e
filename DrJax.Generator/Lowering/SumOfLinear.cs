using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Sum along an axis, taken as early as linearity allows: before maps that do not depend on the axis (products with other values, contractions with an
/// operand that has not got it, choices by another condition, padding), and inside the contraction that computes the value. So what the groups
/// share is done once and not in every group. Changes rounding only.
/// </summary>
internal static class SumOfLinear
{
    public static Node Over(Graph g, Node x, int axis) => x switch
    {
        Contract n => OverContract(g, n, axis),
        Permute n => OverPermute(g, n, axis),
        Expand n when n.Axes.IndexOf(axis) is >= 0 and var own => g.Expand(Over(g, n.X, own), Without(n.Type.Shape, axis), Shift(n.Axes.Where(a => a != axis), axis)),
        Reduce { Kind: ReduceKind.Sum } n => OverSum(g, n, axis),
        Pad n when n.Low[axis].IsConstant(0) && n.High[axis].IsConstant(0) => g.Pad(Over(g, n.X, axis), Without(n.Low, axis), Without(n.High, axis)),
        Update { Mode: UpdateMode.Add } n when IsWhole(n, axis) && Shrinks(n.X) =>
            g.Update(Over(g, n.X, axis), Over(g, n.Value, axis), n.Starts.RemoveAt(axis), UpdateMode.Add, n.Bounds),
        Apply { Op: ScalarOp.Negate } n => -Over(g, n.Operands[0], axis),
        Apply { Op: ScalarOp.Add or ScalarOp.Subtract } n when n.Operands.All(o => Shrinks(o)) => g.Rebuild(n, [.. n.Operands.Select(o => Over(g, o, axis))]),
        Apply { Op: ScalarOp.Multiply } n when Independent(g, n.Operands[0], axis) is { } factor => factor * Over(g, n.Operands[1], axis),
        Apply { Op: ScalarOp.Multiply } n when Independent(g, n.Operands[1], axis) is { } factor => Over(g, n.Operands[0], axis) * factor,
        Apply { Op: ScalarOp.Divide } n when Independent(g, n.Operands[1], axis) is { } divisor => Over(g, n.Operands[0], axis) / divisor,
        Apply { Op: ScalarOp.Select } n when Independent(g, n.Operands[0], axis) is { } condition && n.Operands.Skip(1).Any(o => Simplify.IsFill(o, 0)) =>
            g.Select(condition, OrZero(g, n.Operands[1], axis), OrZero(g, n.Operands[2], axis)),
        _ => g.Sum(x, [axis]),
    };

    /// <summary>A batch axis becomes one more summed axis; an axis of one operand is summed before the contraction.</summary>
    private static Node OverContract(Graph g, Contract n, int axis)
    {
        var (batch, a) = (n.Axes.BatchA.Count, n.Axes);
        if (axis < batch)
            return g.Contract(n.A, n.B, new ContractAxes(
                a.BatchA.Items.RemoveAt(axis).ToEquatable(), a.BatchB.Items.RemoveAt(axis).ToEquatable(),
                a.SumA.Items.Insert(0, a.BatchA[axis]).ToEquatable(), a.SumB.Items.Insert(0, a.BatchB[axis]).ToEquatable()));
        var freeA = a.FreeA(n.A.Type.Rank);
        if (axis - batch < freeA.Length)
        {
            var own = freeA[axis - batch];
            return g.Contract(Over(g, n.A, own), n.B, a with { BatchA = Shift(a.BatchA, own), SumA = Shift(a.SumA, own) });
        }
        var at = a.FreeB(n.B.Type.Rank)[axis - batch - freeA.Length];
        return g.Contract(n.A, Over(g, n.B, at), a with { BatchB = Shift(a.BatchB, at), SumB = Shift(a.SumB, at) });
    }

    private static Node OverPermute(Graph g, Permute n, int axis) =>
        g.Permute(Over(g, n.X, n.Order[axis]), Shift(n.Order.Items.RemoveAt(axis), n.Order[axis]));

    private static Node OverSum(Graph g, Reduce n, int axis)
    {
        var own = Enumerable.Range(0, n.X.Type.Rank).Where(i => !n.Axes.Contains(i)).ElementAt(axis);
        return g.Sum(Over(g, n.X, own), Shift(n.Axes, own));
    }

    private static Node OrZero(Graph g, Node x, int axis) => Simplify.IsFill(x, 0) ? g.Zero(x.Type.WithShape(Without(x.Type.Shape, axis))) : Over(g, x, axis);

    /// <summary>The value without an axis along which it is the same everywhere.</summary>
    private static Node? Independent(Graph g, Node x, int axis) => x switch
    {
        Expand n when !n.Axes.Contains(axis) => g.Expand(n.X, Without(n.Type.Shape, axis), Shift(n.Axes, axis)),
        Permute n when Independent(g, n.X, n.Order[axis]) is { } inner => g.Permute(inner, Shift(n.Order.Items.RemoveAt(axis), n.Order[axis])),
        _ => null,
    };

    /// <summary>Values whose sum is cheaper than they are: terms of a sum are summed apart only if every one of them is.</summary>
    private static bool Shrinks(Node x) => x switch
    {
        Contract or Pad => true,
        Update { Mode: UpdateMode.Add } n => Shrinks(n.X),
        Permute n => Shrinks(n.X),
        Apply { Op: ScalarOp.Negate or ScalarOp.Select or ScalarOp.Add or ScalarOp.Subtract } n => n.Operands.Any(Shrinks),
        _ => false,
    };

    /// <summary>Whether what is added spans the axis.</summary>
    private static bool IsWhole(Update n, int axis) => n.Starts[axis] is Const { Value: 0 } && n.Value.Type.Shape[axis] == n.Type.Shape[axis];

    private static EquatableArray<int> Shift(IEnumerable<int> axes, int removed) => axes.Select(a => a > removed ? a - 1 : a).ToEquatable();

    private static EquatableArray<Dim> Without(EquatableArray<Dim> shape, int axis) => shape.Items.RemoveAt(axis).ToEquatable();
}
