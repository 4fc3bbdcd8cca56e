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
    protected override Node OfNode(Node node) => node is ScatterAdd n && !IsAccumulated(n.X) && Chosen(n) is { } chosen ? Regions.IsZero(n.X) ? chosen : n.X + chosen : node;

    /// <summary>What a loop carries is added to in place, which touches less than a choice everywhere.</summary>
    private static bool IsAccumulated(Node x) => x switch
    {
        Param => true,
        Update n => IsAccumulated(n.X),
        ScatterAdd n => IsAccumulated(n.X),
        _ => false,
    };

    private Node? Chosen(ScatterAdd n)
    {
        var shape = n.Type.Shape;
        // Where each axis of the index arrays lies in the result.
        int[] place = [.. n.Indices[0].Type.Shape.Select(_ => -1)];
        var computed = new List<int>();
        var updates = n.Updates;
        for (var k = 0; k < n.Axes.Count; k++)
        {
            if (Reversed(n.Indices[k], shape[n.Axes[k]]) is { } turned && place[turned] < 0)
            {
                place[turned] = n.Axes[k];
                updates = Reverse(updates, turned);
            }
            else if (Simplify.IndexVariable(n.Indices[k], shape[n.Axes[k]]) is { } variable && place[variable] < 0) place[variable] = n.Axes[k];
            else computed.Add(k);
        }
        if (place.Any(axis => axis < 0)) return null;
        var value = Spread(updates, [.. place, .. Enumerable.Range(0, shape.Count).Where(axis => !n.Axes.Contains(axis))]);
        foreach (var k in computed)
        {
            var (index, axis) = (n.Indices[k], n.Axes[k]);
            if (n.Bounds == Bounds.Clamped)
                index = Graph.Apply(ScalarOp.Max, Graph.Fill(0, index), Graph.Apply(ScalarOp.Min, index, Graph.Fill(Graph.Size(shape[axis] - 1), index.Type.Shape)));
            else if (Simplify.IndexVariable(index, shape[axis]) is null) index = Check(index, shape[axis]);
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

    /// <summary>A choice does not check its index, so the index is loaded from the numbers of the axis, which does.</summary>
    private Node Check(Node index, Dim extent) => Graph.Gather(Graph.Iota([extent], 0), [index], [0]);

    /// <summary>Whether the node is an index that is checked, apart from its users so that they keep their lanes.</summary>
    public static bool IsCheck(Node node) => node is Gather { X: Iota, Bounds: Bounds.Checked, Type.IsScalar: false };

    /// <summary>The axis of which the index is last - i, if it runs over the whole extent.</summary>
    private static int? Reversed(Node index, Dim extent) =>
        index is Apply { Op: ScalarOp.Subtract } n && Simplify.AsDim(n.Operands[0]) == extent - 1 ? Simplify.IndexVariable(n.Operands[1], extent) : null;

    private Node Reverse(Node x, int axis)
    {
        var length = x.Type.Shape[axis];
        var index = Graph.Fill(Graph.Size(length - 1), [length]) - Graph.Iota([length], 0);
        return Graph.Permute(Graph.Gather(x, [index], [axis]), Enumerable.Range(0, x.Type.Rank).Select(i => i < axis ? i + 1 : i == axis ? 0 : i));
    }
}
