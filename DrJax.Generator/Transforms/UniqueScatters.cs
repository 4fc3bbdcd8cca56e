using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A scatter in which no two updates can meet is a choice: if every axis of the index arrays is the plain index of an axis of the result, as in
/// the transpose of x[i, label[i]], an element of the result compares its own index with the computed ones. Runs after inlining, which shows
/// what an index is.
/// </summary>
internal sealed class UniqueScatters(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) => node is ScatterAdd n ? Chosen(n) ?? node : node;

    private Node? Chosen(ScatterAdd n)
    {
        var shape = n.Type.Shape;
        // Where each axis of the index arrays lies in the result.
        int[] place = [.. n.Indices[0].Type.Shape.Select(_ => -1)];
        var computed = new List<int>();
        for (var k = 0; k < n.Axes.Count; k++)
        {
            if (Simplify.IndexVariable(n.Indices[k], shape[n.Axes[k]]) is { } variable && place[variable] < 0) place[variable] = n.Axes[k];
            else computed.Add(k);
        }
        if (place.Any(axis => axis < 0)) return null;
        // A choice does not check: indices that are data have been checked, others keep the scatter that does.
        if (n.Bounds == Bounds.Checked && !computed.All(k => IsData(n.Indices[k]))) return null;
        var value = Spread(n.Updates, [.. place, .. Enumerable.Range(0, shape.Count).Where(axis => !n.Axes.Contains(axis))]);
        foreach (var k in computed)
        {
            var (index, axis) = (n.Indices[k], n.Axes[k]);
            if (n.Bounds == Bounds.Clamped)
                index = Graph.Apply(ScalarOp.Max, Graph.Fill(0, index), Graph.Apply(ScalarOp.Min, index, Graph.Fill(Graph.Size(shape[axis] - 1), index.Type.Shape)));
            value = Graph.Select(Graph.Apply(ScalarOp.Equal, Graph.Iota(shape, axis), Spread(index, place)), value, Graph.Fill(0, value));
        }
        return value;

        // Puts axis i at axis at[i] of the result, repeated along the others.
        Node Spread(Node x, int[] at)
        {
            int[] order = [.. Enumerable.Range(0, at.Length).OrderBy(i => at[i])];
            return Graph.Expand(Graph.Permute(x, order), shape, order.Select(i => at[i]));
        }
    }

    private static bool IsData(Node index) => index switch
    {
        Param => true,
        Expand or Permute or Reshape or Slice or Gather => IsData(index.Operands[0]),
        _ => false,
    };
}
