using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>The transpose of a gather: a scatter in general, a select where no two loads can meet.</summary>
internal static class GatherAd
{
    public static Node Cotangent(Gather n, Node ct) => Chosen(n, ct) ?? n.Graph.ScatterAdd(ct, n.Indices, n.Axes, n.X.Type.Shape, n.Bounds);

    /// <summary>
    /// If every axis of the index arrays is the plain index of some axis of x, as in x[i, label[i]], then an element of x is read at most once:
    /// its cotangent is chosen by comparing its own index with the computed ones.
    /// </summary>
    private static Node? Chosen(Gather n, Node ct)
    {
        var (g, shape) = (n.Graph, n.X.Type.Shape);
        var rank = n.Indices[0].Type.Rank;
        // Where each axis of the index arrays lies in x.
        var place = new int[rank];
        for (var axis = 0; axis < rank; axis++) place[axis] = -1;
        var computed = new List<int>();
        for (var k = 0; k < n.Axes.Count; k++)
        {
            if (Simplify.IndexVariable(n.Indices[k], shape[n.Axes[k]]) is { } variable && place[variable] < 0) place[variable] = n.Axes[k];
            else computed.Add(k);
        }
        if (place.Any(p => p < 0)) return null;
        var rest = Enumerable.Range(0, shape.Count).Where(axis => !n.Axes.Contains(axis));
        var value = Spread(ct, [.. place, .. rest]);
        foreach (var k in computed)
        {
            var index = n.Indices[k];
            if (n.Bounds == Bounds.Clamped)
                index = g.Apply(ScalarOp.Max, g.Fill(0, index), g.Apply(ScalarOp.Min, index, g.Fill(g.Size(shape[n.Axes[k]] - 1), index.Type.Shape)));
            value = g.Select(g.Apply(ScalarOp.Equal, g.Iota(shape, n.Axes[k]), Spread(index, place)), value, g.Fill(0, value));
        }
        return value;

        // Puts axis i at axis at[i] of x, repeated along the others.
        Node Spread(Node x, int[] at)
        {
            int[] order = [.. Enumerable.Range(0, at.Length).OrderBy(i => at[i])];
            return g.Expand(g.Permute(x, order), shape, order.Select(i => at[i]));
        }
    }
}
