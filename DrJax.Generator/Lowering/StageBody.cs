using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>One group's work, vectorised over a block of groups; reductions sum over the block, into the contractions that compute the value if they can.</summary>
internal static class StageBody
{
    public static Func Of(Stage stage)
    {
        var graph = stage.Outputs[0].Graph;
        var derivatives = new Derivatives(graph);
        var body = new InnerPlacements(derivatives).Rewrite(stage.Body);
        var flags = body.Parameters.Select((_, i) => i < stage.Sources.Length).ToEquatable();
        var blocked = derivatives.Vmap(body, StageSizes.Block, flags, protect: false);
        var results = blocked.Results.Select((r, i) => stage.Outputs[i] is PlacedReduce reduce ? OverBlock(graph, reduce.Kind, r) : r);
        return Prepare.Func(graph, new Func(stage.Body.Name, blocked.Parameters, [.. results]));
    }

    private static Node OverBlock(Graph g, PlacedReduceKind kind, Node x) => kind switch
    {
        PlacedReduceKind.Max => g.Reduce(ReduceKind.Max, x, [0]),
        PlacedReduceKind.Min => g.Reduce(ReduceKind.Min, x, [0]),
        PlacedReduceKind.Sum => SumOver(g, x, 0),
        _ => throw new IrException("a mean is left at lowering"),
    };

    /// <summary>Sum along an axis; along a batch axis of a contraction it is one more summed axis of the contraction.</summary>
    private static Node SumOver(Graph g, Node x, int axis)
    {
        switch (x)
        {
            case Contract n when axis < n.Axes.BatchA.Count:
                return g.Contract(n.A, n.B, new ContractAxes(
                    n.Axes.BatchA.Items.RemoveAt(axis).ToEquatable(), n.Axes.BatchB.Items.RemoveAt(axis).ToEquatable(),
                    n.Axes.SumA.Items.Insert(0, n.Axes.BatchA[axis]).ToEquatable(), n.Axes.SumB.Items.Insert(0, n.Axes.BatchB[axis]).ToEquatable()));
            case Permute n:
                var at = n.Order[axis];
                var order = n.Order.Items.RemoveAt(axis).Select(a => a > at ? a - 1 : a);
                return g.Permute(SumOver(g, n.X, at), order);
            case Apply { Op: Ops.ScalarOp.Negate } n:
                return -SumOver(g, n.Operands[0], axis);
            case Apply { Op: Ops.ScalarOp.Add or Ops.ScalarOp.Subtract } n when n.Operands.Any(IsContract):
                return g.Rebuild(n, [.. n.Operands.Select(o => SumOver(g, o, axis))]);
            default:
                return g.Sum(x, [axis]);
        }

        static bool IsContract(Node x) => x is Contract || (x is Permute p && IsContract(p.X)) || (x is Apply { Op: Ops.ScalarOp.Negate } n && IsContract(n.Operands[0]));
    }
}
