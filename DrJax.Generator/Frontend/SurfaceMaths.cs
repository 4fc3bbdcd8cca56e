using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Elementwise members, filled arrays and reductions.</summary>
internal static partial class Surface
{
    private static Data Elementwise(SurfaceCall c, ScalarOp op)
    {
        if (c.Count == 1) return new Data(c.Graph.Apply(op, c.Node(0)));
        var (x, y) = c.Match(0, 1);
        return new Data(c.Graph.Apply(op, x, y));
    }

    private static Data Extremum(SurfaceCall c, ReduceKind kind, ScalarOp op) =>
        c.Count == 2 && !c.IsFunction(1) && !HasAxis(c) ? Elementwise(c, op) : new Data(Total(c, kind));

    /// <summary>Over all elements, along one axis, or over a comprehension (n, i => ..).</summary>
    private static Node Total(SurfaceCall c, ReduceKind kind)
    {
        if (kind == ReduceKind.Sum && IsComputedCount(c)) return c.Translator.RunningSum(c);
        var x = c.IsFunction(1) ? Comprehended(c) : c.Node(0);
        int[] axes = c.IsFunction(1) ? [0] : [.. Axes(c)];
        if (kind != ReduceKind.Sum) NeedElements(c, x, axes);
        return c.Graph.Reduce(kind, x, axes);
    }

    private static Node ArgExtremum(SurfaceCall c, ReduceKind kind)
    {
        var axis = Axis(c, "axis");
        NeedElements(c, c.Node(0), [axis]);
        return c.Graph.ArgReduce(kind, c.Node(0), axis);
    }

    /// <summary>An extremum has no value for no elements.</summary>
    private static void NeedElements(SurfaceCall c, Node x, IEnumerable<int> axes)
    {
        foreach (var axis in axes)
            c.Translator.AtMost(Dim.One, x.Type.Shape[axis], $"{c.Name}: at least {{0}} element is needed along axis {axis}, there are {{1}}", c.At, c.Scope, failure: c.Translator.Failure(_ => ErrorTexts.Element(c.Name, axis)));
    }

    /// <summary>Whether a sum or mean is over as many indices as only the run tells.</summary>
    private static bool IsComputedCount(SurfaceCall c) => c.IsFunction(1) && Simplify.AsDim(c.Node(0)) is null;

    private static Node Mean(SurfaceCall c)
    {
        if (IsComputedCount(c)) return c.Translator.RunningSum(c) is var sum ? sum / c.Graph.Cast(c.Node(0), sum.Type.Element) : throw new Poisoned();
        var x = c.IsFunction(1) ? Comprehended(c) : c.Node(0);
        if (!x.Type.IsDifferentiable) x = c.Graph.Cast(x, ElementType.Float64);
        int[] axes = c.IsFunction(1) ? [0] : [.. Axes(c)];
        return Mean(x, axes);
    }

    private static Node Comprehended(SurfaceCall c) => ((Data)c.Translator.Comprehend(c.Function(1), [c.Dim(0)], c)).Node;

    private static bool HasAxis(SurfaceCall c) => c.Method.Parameters.Any(p => p.Name == "axis");

    private static IEnumerable<int> Axes(SurfaceCall c)
    {
        var rank = c.Node(0).Type.Rank;
        if (!HasAxis(c)) return Enumerable.Range(0, rank);
        int[] axes = Position(c, "second") < 0 ? [Axis(c, "axis")] : [Axis(c, "axis"), Axis(c, "second")];
        return axes.Distinct().Count() == axes.Length ? axes
            : throw new Rejected(Diagnostics.OutOfRange, c.At, $"{c.Name}: axes {axes[0]} and {axes[1]} are one");
    }

    private static Node Clamp(SurfaceCall c)
    {
        var (x, low) = c.Match(0, 1);
        var (_, high) = c.Match(0, 2);
        return c.Graph.Apply(ScalarOp.Min, c.Graph.Apply(ScalarOp.Max, x, low), high);
    }

    private static Node Where(SurfaceCall c)
    {
        // One mask chooses between whole arrays.
        var like = c.Node(0).Type.IsScalar ? 1 : 0;
        var shape = c.Node(like).Type.Shape;
        return c.Graph.Select(Like(0), Like(1), Like(2));

        Node Like(int i)
        {
            var x = c.Node(i);
            if (x.Type.IsScalar) return c.Graph.Fill(x, shape);
            for (var axis = 0; axis < x.Type.Rank; axis++) c.Translator.Equate("Where", c.Side(like, axis), c.Side(i, axis), c.At);
            return x;
        }
    }

    private static Node Polygamma(SurfaceCall c)
    {
        var x = c.Node(1);
        return c.Graph.Apply(ScalarOp.Polygamma, c.Graph.Fill(c.Graph.Cast(c.Node(0), x.Type.Element), x.Type.Shape), x);
    }

    private static Data Filled(SurfaceCall c, double value, int rank) =>
        new(c.Graph.Fill(value, new ValueType(ResultElement(c), Lengths(c, 0, rank).ToEquatable(), [])));

    private static Value Literal(SurfaceCall c) => c.Arguments[0];
}
