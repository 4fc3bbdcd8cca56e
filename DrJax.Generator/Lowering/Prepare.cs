using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>The form that lowering takes: calls inlined, invariants out of maps, and every mean over groups a correctly rounded quotient of a sum.</summary>
internal static class Prepare
{
    public static Func Func(Graph graph, Func func) => new Passes(graph).Prepare(new Means(graph).Run(new Inline(graph).Run(func)));

    private sealed class Means(Graph graph) : Rewriter(graph)
    {
        protected override Node OfNode(Node node)
        {
            if (node is not PlacedReduce { Kind: PlacedReduceKind.Mean } mean) return node;
            var sum = Graph.PlacedReduce(PlacedReduceKind.Sum, mean.X);
            var count = Graph.Cast(Graph.Size(mean.Placement.Size), sum.Type.Element);
            return new Regions(Graph).Lift("divide", x => x[0] / Graph.Fill(x[1], x[0].Type.Shape), sum, count);
        }
    }
}
