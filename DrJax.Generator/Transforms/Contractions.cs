using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Rewrites of sums, exact but for rounding:
/// a sum of products over repeated operands → a contraction, which never makes the product, of operands as they lie;
/// a sum over a repeated axis → a product with its length.
/// </summary>
internal sealed class Contractions(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) => node switch
    {
        Contract { A: Permute } or Contract { B: Permute } => Unpermuted((Contract)node),
        Reduce { Kind: ReduceKind.Sum, X: Expand x } sum when sum.Axes.Any(axis => !x.Axes.Contains(axis)) => SumOfRepeated(sum, x),
        Reduce { Kind: ReduceKind.Sum, X: Apply { Op: ScalarOp.Multiply } product } sum => Contraction(sum, product) ?? node,
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
        int[] kept = [.. Enumerable.Range(0, rank).Except(sum.Axes)];
        // Every axis belongs to an operand, every summed axis to both; sums that no operand outlives are better fused.
        if (kept.Any(axis => !axesA.Contains(axis) && !axesB.Contains(axis))) return null;
        if (sum.Axes.Any(axis => !axesA.Contains(axis) || !axesB.Contains(axis))) return null;
        var (freeA, freeB) = (kept.Any(axis => !axesB.Contains(axis)), kept.Any(axis => !axesA.Contains(axis)));
        if (!freeA && !freeB) return null;
        if (!(freeA && freeB) && (IsComputed(a) || IsComputed(b))) return null;
        return Named(a, axesA, b, axesB, kept, [.. sum.Axes]);
    }

    /// <summary>A contraction takes its operands as they lie in memory.</summary>
    private Node Unpermuted(Contract n)
    {
        var (rank, batch) = (n.Type.Rank, n.Axes.BatchA.Count);
        var freeA = n.Axes.FreeA(n.A.Type.Rank);
        int[] a = Names(n.A.Type.Rank, n.Axes.BatchA, freeA, batch, n.Axes.SumA);
        int[] b = Names(n.B.Type.Rank, n.Axes.BatchB, n.Axes.FreeB(n.B.Type.Rank), batch + freeA.Length, n.Axes.SumB);
        var ((x, axesX), (y, axesY)) = (Unpermuted(n.A, a), Unpermuted(n.B, b));
        return Named(x, axesX, y, axesY, [.. Enumerable.Range(0, rank)], [.. Enumerable.Range(rank, n.Axes.SumA.Count)]);

        // Result axes are named by their number, summed axes by the numbers after.
        int[] Names(int operandRank, IReadOnlyList<int> batchAxes, IReadOnlyList<int> free, int firstFree, IReadOnlyList<int> summed)
        {
            var names = new int[operandRank];
            for (var i = 0; i < batchAxes.Count; i++) names[batchAxes[i]] = i;
            for (var i = 0; i < free.Count; i++) names[free[i]] = firstFree + i;
            for (var i = 0; i < summed.Count; i++) names[summed[i]] = rank + i;
            return names;
        }
    }

    /// <summary>The contraction of two operands whose axes have names: the named axes <paramref name="kept"/>, in that order, are the result's.</summary>
    private Node Named(Node a, int[] namesA, Node b, int[] namesB, int[] kept, int[] summed)
    {
        int[] batch = [.. kept.Where(name => namesA.Contains(name) && namesB.Contains(name))];
        int[] order = [.. batch, .. namesA.Where(name => kept.Except(batch).Contains(name)), .. namesB.Where(name => kept.Except(batch).Contains(name))];
        var contract = Graph.Contract(a, b, new(In(batch, namesA), In(batch, namesB), In(summed, namesA), In(summed, namesB)));
        return Graph.Permute(contract, kept.Select(name => Array.IndexOf(order, name)));
    }

    /// <summary>What is repeated and permuted, and where in the product its axes lie.</summary>
    private static (Node X, int[] Axes) Source(Node x) => x is Expand n
        ? Unpermuted(n.X, [.. n.Axes])
        : Unpermuted(x, [.. Enumerable.Range(0, x.Type.Rank)]);

    /// <summary>The operand of a permutation, and its axes' names.</summary>
    private static (Node X, int[] Names) Unpermuted(Node x, int[] names) => x is Permute n
        ? (n.X, [.. names.Select((_, axis) => names[n.Order.Items.IndexOf(axis)])])
        : (x, names);

    private static EquatableArray<int> In(int[] axes, int[] source) => axes.Select(axis => Array.IndexOf(source, axis)).ToEquatable();

    /// <summary>Elementwise values would have to be stored for a matrix-vector product; in a fused sum they need not be.</summary>
    private static bool IsComputed(Node x) => x is Apply or Cast;
}
