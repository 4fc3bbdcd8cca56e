using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Running and whole products and sums, spreads, norms and masks.</summary>
internal static partial class Surface
{
    private static readonly Dictionary<string, Func<SurfaceCall, Value>> StatisticsMembers = new()
    {
        ["CumSum"] = c => new Data(Running(c.Node(0), Axis(c, "axis"), ScalarOp.Add, 0)),
        ["CumProd"] = c => new Data(Running(c.Node(0), Axis(c, "axis"), ScalarOp.Multiply, 1)),
        ["Prod"] = c => new Data(Product(c)),
        ["Var"] = c => new Data(Variance(c)),
        ["Std"] = c => new Data(Root(Variance(c))),
        ["Norm"] = c => new Data(Root(c.Graph.Sum(c.Graph.Square(c.Node(0)), Axes(c)))),
        ["NormL1"] = c => new Data(c.Graph.SumAll(c.Graph.Apply(ScalarOp.Abs, c.Node(0)))),
        ["NormMax"] = c => new Data(Greatest(c)),
        ["Any"] = c => new Data(c.Graph.Apply(ScalarOp.Greater, Holding(c.Node(0)), c.Graph.Const(0, ElementType.Int32))),
        ["All"] = c => new Data(c.Graph.Apply(ScalarOp.Equal, Holding(c.Node(0)), c.Graph.Size(c.Node(0).Type.Size))),
        ["Count"] = c => new Data(Holding(c.Node(0))),
        ["IsNaN"] = c => new Data(c.Graph.Apply(ScalarOp.NotEqual, c.Node(0), c.Node(0))),
        ["IsFinite"] = c => new Data(IsFinite(c.Node(0))),
    };

    /// <summary>A loop along the axis that stacks what it carries: as many steps as items, of a whole item each.</summary>
    private static Node Running(Node x, int axis, ScalarOp op, double identity) => FromFront(Scan(ToFront(x, axis), op, identity)[1], axis);

    private static Node Product(SurfaceCall c)
    {
        var x = c.Node(0);
        return Scan(HasAxis(c) ? ToFront(x, Axis(c, "axis")) : c.Graph.Reshape(x, [x.Type.Size]), ScalarOp.Multiply, 1)[0];
    }

    /// <summary>All items of the first axis combined, and each combined with those before it.</summary>
    private static IReadOnlyList<Node> Scan(Node x, ScalarOp op, double identity)
    {
        var g = x.Graph;
        var item = x.Type.WithShape(x.Type.Shape.Skip(1));
        var (index, total, items) = (g.Param("i", Ir.ValueType.Scalar(ElementType.Int32)), g.Param("total", item), g.Param("items", x.Type));
        var next = g.Apply(op, total, g.At(items, index));
        return g.Loop(x.Type.Shape[0], false, new Func("scan", [index, total, items], [next, next]), [g.Fill(identity, item)], [x]);
    }

    private static Node Variance(SurfaceCall c)
    {
        var (g, x, axes) = (c.Graph, c.Node(0), Axes(c).ToArray());
        var from = x - g.Expand(Mean(x, axes), x.Type.Shape, Enumerable.Range(0, x.Type.Rank).Except(axes));
        return Mean(g.Square(from), axes);
    }

    private static Node Mean(Node x, int[] axes)
    {
        var sum = x.Graph.Sum(x, axes);
        var count = x.Graph.Size(axes.Aggregate(Dim.One, (size, axis) => size * x.Type.Shape[axis]));
        return sum / x.Graph.Fill(x.Graph.Cast(count, x.Type.Element), sum.Type.Shape);
    }

    /// <summary>The root with derivative 0 at 0, where the norm of nothing has a kink and the root an infinite slope.</summary>
    private static Node Root(Node square)
    {
        var g = square.Graph;
        var isZero = g.Apply(ScalarOp.Equal, square, g.Fill(0, square));
        return g.Select(isZero, g.Fill(0, square), g.Sqrt(g.Select(isZero, g.One(square), square)));
    }

    private static Node Greatest(SurfaceCall c)
    {
        var x = c.Node(0);
        var all = Enumerable.Range(0, x.Type.Rank).ToArray();
        NeedElements(c, x, all);
        return c.Graph.Reduce(ReduceKind.Max, c.Graph.Apply(ScalarOp.Abs, x), all);
    }

    /// <summary>How many elements are true.</summary>
    private static Node Holding(Node mask) => mask.Graph.SumAll(mask.Graph.Cast(mask, ElementType.Int32));
}
