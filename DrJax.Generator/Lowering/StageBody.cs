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
        PlacedReduceKind.Sum => SumOfLinear.Over(g, x, 0),
        _ => throw new IrException("a mean is left at lowering"),
    };
}
