using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Rewrites of sums, exact but for rounding:
/// a sum of products over repeated operands → a contraction, which never makes the product;
/// a sum over a repeated axis → a product with its length.
/// </summary>
internal sealed class Contractions(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) => node is not Reduce { Kind: ReduceKind.Sum } sum ? node : sum.X switch
    {
        Expand x when sum.Axes.Any(axis => !x.Axes.Contains(axis)) => SumOfRepeated(sum, x),
        Apply { Op: ScalarOp.Multiply } product => Contraction(sum, product) ?? node,
        _ => node,
    };

    private Node SumOfRepeated(Reduce sum, Expand x)
    {
        var repeats = sum.Axes.Where(axis => !x.Axes.Contains(axis)).Aggregate(Dim.One, (n, axis) => n * x.Type.Shape[axis]);
        int[] kept = [.. Enumerable.Range(0, x.Type.Rank).Except(sum.Axes)];
        var inner = OfNode(Graph.Sum(x.X, Enumerable.Range(0, x.X.Type.Rank).Where(i => sum.Axes.Contains(x.Axes[i]))));
        var axes = x.Axes.Where(axis => !sum.Axes.Contains(axis)).Select(axis => Array.IndexOf(kept, axis));
        var scaled = inner * Graph.Fill(Graph.Cast(Graph.Size(repeats), inner.Type.Element), inner.Type.Shape);
        return Graph.Expand(scaled, sum.Type.Shape, axes);
    }

    private Node? Contraction(Reduce sum, Apply product)
    {
        var rank = product.Type.Rank;
        var (a, axesA) = Source(product.Operands[0]);
        var (b, axesB) = Source(product.Operands[1]);
        int[] all = [.. Enumerable.Range(0, rank)];
        int[] kept = [.. all.Except(sum.Axes)];
        int[] batch = [.. kept.Where(axis => axesA.Contains(axis) && axesB.Contains(axis))];
        int[] freeA = [.. kept.Where(axis => axesA.Contains(axis) && !axesB.Contains(axis))];
        int[] freeB = [.. kept.Where(axis => axesB.Contains(axis) && !axesA.Contains(axis))];
        // Every axis belongs to an operand, every summed axis to both; sums that no operand outlives are better fused.
        if (all.Any(axis => !axesA.Contains(axis) && !axesB.Contains(axis))) return null;
        if (sum.Axes.Any(axis => !axesA.Contains(axis) || !axesB.Contains(axis))) return null;
        if (freeA.Length == 0 && freeB.Length == 0) return null;
        if ((freeA.Length == 0 || freeB.Length == 0) && (IsComputed(a) || IsComputed(b))) return null;
        var contract = Graph.Contract(a, b, new(In(batch, axesA), In(batch, axesB), In([.. sum.Axes], axesA), In([.. sum.Axes], axesB)));
        int[] order = [.. batch, .. freeA, .. freeB];
        return Graph.Permute(contract, kept.Select(axis => Array.IndexOf(order, axis)));
    }

    /// <summary>A repeated value and the axes that it has in the repetition.</summary>
    private static (Node X, int[] Axes) Source(Node x) => x is Expand n ? (n.X, [.. n.Axes]) : (x, [.. Enumerable.Range(0, x.Type.Rank)]);

    private static EquatableArray<int> In(int[] axes, int[] source) => axes.Select(axis => Array.IndexOf(source, axis)).ToEquatable();

    /// <summary>Elementwise values would have to be stored for a matrix-vector product; in a fused sum they need not be.</summary>
    private static bool IsComputed(Node x) => x is Apply or Cast;
}
