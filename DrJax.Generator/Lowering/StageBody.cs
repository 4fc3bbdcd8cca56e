using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>One group's work, vectorised over a block of groups; reductions sum over the block, into the contractions that compute the value if they can.</summary>
/// <param name="Parts">For each result, the stage's output that it is or belongs to, and which of its elements it is (null: all of it).</param>
internal sealed record StageBody(Func Func, ImmutableArray<(int Output, int? Element)> Parts)
{
    public static StageBody Of(Stage stage, bool lanesAreGroups)
    {
        var graph = stage.Outputs[0].Graph;
        var derivatives = new Derivatives(graph);
        var body = new InnerPlacements(derivatives).Rewrite(stage.Body);
        ImmutableArray<(int Output, int? Element)> parts = [.. stage.Outputs.Select((_, i) => (i, (int?)null))];
        // The zeros of a sum are what its accumulator begins with.
        if (lanesAreGroups) (body, parts) = new SmallArrays(graph).Run(body, i => stage.Outputs[i] is PlacedReduce { Kind: PlacedReduceKind.Sum });
        var unbatched = stage.Sources.Length + stage.Captured.Length;
        var flags = body.Parameters.Select((_, i) => i < stage.Sources.Length || i >= unbatched).ToEquatable();
        var blocked = derivatives.Vmap(body, StageSizes.Block, flags, protect: false);
        if (stage.Index is not null) blocked = WithIndices(graph, blocked);
        var results = blocked.Results.Select((r, i) => stage.Outputs[parts[i].Output] is PlacedReduce reduce ? OverBlock(graph, reduce.Kind, r) : r);
        return new(Prepare.Func(graph, new Func(stage.Body.Name, blocked.Parameters, [.. results])), parts);
    }

    /// <summary>The last parameter is the indices of the block's groups: counted from its first.</summary>
    private static Func WithIndices(Graph g, Func body)
    {
        var parameter = body.Parameters[body.Parameters.Length - 1];
        var indices = g.Fill(g.Size(StageSizes.Group), parameter.Type.Shape) + g.Iota(parameter.Type.Shape, 0);
        var results = g.Substitute(body.Results, new() { [parameter] = indices });
        return new Func(body.Name, body.Parameters.RemoveAt(body.Parameters.Length - 1), results);
    }

    private static Node OverBlock(Graph g, PlacedReduceKind kind, Node x) => kind switch
    {
        PlacedReduceKind.Max => g.Reduce(ReduceKind.Max, x, [0]),
        PlacedReduceKind.Min => g.Reduce(ReduceKind.Min, x, [0]),
        PlacedReduceKind.Sum => SumOfLinear.Over(g, x, 0),
        _ => throw new IrException("a mean is left at lowering"),
    };
}
