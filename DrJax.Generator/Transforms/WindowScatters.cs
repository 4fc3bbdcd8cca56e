using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A scatter into windows is a sum over the windows: if every index is offset + s·i + d·k of two index variables of its own (the window's place
/// and the place in it), as in the transpose of a convolution's or a stencil's loads, then element e of the result is the sum over k of the update at
/// i = (e - offset - d·k) / s, where there is one. Zeros stand between the updates (for s &gt; 1) and around them, so that every k reads one. Runs
/// after inlining, which shows what an index is; only where the indices are certainly inside, for a sum does not check them.
/// </summary>
internal sealed class WindowScatters(Graph graph) : Rewriter(graph)
{
    /// <summary>How one axis of the result is indexed: by windows' places, s apart, and (unless Window is null) by places in them, d apart.</summary>
    private sealed record Indexed(int Place, long Stride, int? Window, long Dilation, Dim Offset);

    protected override Node OfNode(Node node) => node is ScatterAdd n && Indices(n) is { } indices && Summed(n, indices) is { } sum
        ? Regions.IsZero(n.X) ? sum : n.X + sum
        : node;

    private static Dictionary<int, Indexed>? Indices(ScatterAdd n)
    {
        var shape = n.Indices[0].Type.Shape;
        var result = new Dictionary<int, Indexed>();
        var used = new HashSet<int>();
        for (var k = 0; k < n.Axes.Count; k++)
        {
            if (AffineIndex.Of(n.Indices[k]) is not { Terms.Length: 1 or 2 } index) return null;
            var terms = index.Terms;
            if (terms.Any(t => t.Factor < 0) || !terms.All(t => used.Add(t.Axis)) || !index.IsInside(shape, n.Type.Shape[n.Axes[k]])) return null;
            // Whoever writes x[i + k] names the window's place first, unless a constant extent says which is the window.
            if (terms.Length == 2 && shape[terms[0].Axis].AsConstant is not null && shape[terms[1].Axis].AsConstant is null) terms = [terms[1], terms[0]];
            result.Add(n.Axes[k], new Indexed(terms[0].Axis, terms[0].Factor, terms.Length == 2 ? terms[1].Axis : null, terms.Length == 2 ? terms[1].Factor : 0, index.Offset));
        }
        return result;
    }

    private Node? Summed(ScatterAdd n, Dictionary<int, Indexed> indices)
    {
        var (result, shape) = (n.Type.Shape, n.Indices[0].Type.Shape);
        // Axes of the updates: windows outermost, then an axis for each of the result, so that what lies side by side there does here.
        var windows = indices.Values.Select(i => i.Window).OfType<int>().ToList();
        var rest = Enumerable.Range(0, result.Count).Where(axis => !indices.ContainsKey(axis)).ToList();
        int[] order = [.. windows, .. result.Select((_, axis) => indices.TryGetValue(axis, out var i) ? i.Place : shape.Count + rest.IndexOf(axis))];
        int[] unused = [.. Enumerable.Range(0, shape.Count).Except(order)];
        var updates = Graph.Permute(Graph.Sum(n.Updates, unused), order.Select(axis => axis - unused.Count(u => u < axis)));

        var low = updates.Type.Shape.Select(_ => Dim.Zero).ToArray();
        var high = updates.Type.Shape.Select(_ => Dim.Zero).ToArray();
        foreach (var (axis, index) in indices.Select(i => (windows.Count + i.Key, i.Value)))
        {
            updates = Spaced(updates, axis, index.Stride);
            var reach = index.Window is { } w ? Dim.Constant(index.Dilation) * (shape[w] - 1) : Dim.Zero;
            // A window of no elements makes the exact width negative: then a little more.
            if (NonNegative(index.Offset + reach, index.Dilation) is not { } before
                || NonNegative(result[axis - windows.Count] - index.Offset - updates.Type.Shape[axis], index.Dilation, index.Stride, index.Dilation + index.Stride) is not { } after) return null;
            (low[axis], high[axis]) = (before, after);
        }
        updates = Graph.Pad(updates, low, high);

        Dim[] over = [.. result, .. windows.Select(w => shape[w])];
        Node Index(int axis) => Graph.Iota(over, axis);
        Node Times(Node x, Dim factor) => x * Graph.Fill(Graph.Size(factor), over);
        var reads = windows.Select((_, k) => Index(result.Count + k)).Concat(result.Select((_, axis) =>
        {
            if (!indices.TryGetValue(axis, out var index)) return Index(axis);
            var at = Index(axis) + Graph.Fill(Graph.Size(low[windows.Count + axis] - index.Offset), over);
            return index.Window is { } w ? at - Times(Index(result.Count + windows.IndexOf(w)), Dim.Constant(index.Dilation)) : at;
        }));
        var values = Graph.Gather(updates, reads, Enumerable.Range(0, updates.Type.Rank));
        return Graph.Sum(values, Enumerable.Range(result.Count, windows.Count));
    }

    /// <summary>Zeros between the elements along an axis, and after the last.</summary>
    private Node Spaced(Node x, int axis, long stride)
    {
        if (stride == 1) return x;
        var shape = x.Type.Shape.Items;
        var apart = Graph.Reshape(x, shape.Insert(axis + 1, Dim.One));
        var zeros = apart.Type.Shape.Select((_, i) => i == axis + 1 ? Dim.Constant(stride - 1) : Dim.Zero);
        return Graph.Reshape(Graph.Pad(apart, apart.Type.Shape.Select(_ => Dim.Zero), zeros), shape.SetItem(axis, shape[axis] * Dim.Constant(stride)));
    }

    /// <summary>The size, or the size and one of the others, that is certainly not negative.</summary>
    private static Dim? NonNegative(Dim size, params long[] more) =>
        more.Prepend(0).Select(m => size + Dim.Constant(m)).FirstOrDefault(d => d.IsNonNegative);
}
