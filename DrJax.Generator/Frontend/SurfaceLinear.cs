using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Products and the normalisations of vectors.</summary>
internal static partial class Surface
{
    private static Node Dot(SurfaceCall c)
    {
        c.Translator.Equate("Dot", c.Side(0, 0), c.Side(1, 0), c.At);
        return c.Graph.Contract(c.Node(0), c.Node(1), new ContractAxes([], [], [0], [0]));
    }

    /// <summary>The last axis of the first operand with the first of the second.</summary>
    private static Node MatMul(SurfaceCall c)
    {
        var (x, y) = (c.Node(0), c.Node(1));
        var last = x.Type.Rank - 1;
        c.Translator.Equate("MatMul", c.Side(0, last), c.Side(1, 0), c.At);
        return c.Graph.Contract(x, y, new ContractAxes([], [], [last], [0]));
    }

    private static Node Softmax(SurfaceCall c)
    {
        var x = c.Node(0);
        var shifted = c.Graph.Apply(ScalarOp.Exp, x - c.Graph.Fill(Maximum(x), x.Type.Shape));
        return shifted / c.Graph.Fill(c.Graph.SumAll(shifted), x.Type.Shape);
    }

    private static Node LogSoftmax(SurfaceCall c)
    {
        var x = c.Node(0);
        return x - c.Graph.Fill(LogSumExp(x), x.Type.Shape);
    }

    /// <summary>Shifted by the greatest element, or by 0 where that is not finite (-inf - -inf would be NaN).</summary>
    private static Node LogSumExp(Node x)
    {
        var g = x.Graph;
        var max = Maximum(x);
        var shift = g.Select(IsFinite(max), max, g.Fill(0, max));
        return shift + g.Apply(ScalarOp.Log, g.SumAll(g.Apply(ScalarOp.Exp, x - g.Fill(shift, x.Type.Shape))));
    }

    /// <summary>The shift cancels, so it has no derivative.</summary>
    private static Node Maximum(Node x) => x.Graph.StopGradient(x.Graph.Reduce(ReduceKind.Max, x, [0]));
}
