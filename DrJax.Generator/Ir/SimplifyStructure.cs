using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>Structure of structure: repetition and axes of length 1 move outwards, so that what is left inside meets its like.</summary>
internal static partial class Simplify
{
    public static Node? Permute(Graph g, Node x, EquatableArray<int> order)
    {
        // Only axes of length 1 move.
        var moving = order.Where(axis => !x.Type.Shape[axis].IsConstant(1)).ToArray();
        if (moving.SequenceEqual(moving.OrderBy(axis => axis))) return g.Reshape(x, order.Select(axis => x.Type.Shape[axis]));
        switch (x)
        {
            case Permute inner: return g.Permute(inner.X, order.Select(axis => inner.Order[axis]));
            case Expand inner:
                int[] at = [.. Enumerable.Range(0, order.Count).Where(i => inner.Axes.Contains(order[i]))];
                return g.Expand(g.Permute(inner.X, at.Select(i => inner.Axes.Items.IndexOf(order[i]))), order.Select(axis => inner.Type.Shape[axis]), at);
            case Reshape inner when OnlyUnits(inner.X.Type.Shape, inner.Type.Shape) && inner.Type.Shape.Any(dim => dim.IsConstant(1)):
                // The axes that are not 1, numbered as they are in both shapes.
                int[] named = [.. Enumerable.Range(0, inner.Type.Rank).Where(axis => !inner.Type.Shape[axis].IsConstant(1))];
                return g.Reshape(g.Permute(g.Reshape(inner.X, Long(inner.X.Type.Shape)), moving.Select(axis => Array.IndexOf(named, axis))),
                    order.Select(axis => inner.Type.Shape[axis]));
            default: return null;
        }
    }

    public static Node? Reshape(Graph g, Node x, EquatableArray<Dim> shape)
    {
        if (x is Reshape inner) return g.Reshape(inner.X, shape);
        if (x is not Expand n || !OnlyUnits(n.Type.Shape, shape)) return null;
        // Where the axes of the repeated value that are not 1 come to lie.
        int[] before = [.. Enumerable.Range(0, n.Type.Rank).Where(axis => !n.Type.Shape[axis].IsConstant(1))];
        int[] after = [.. Enumerable.Range(0, shape.Count).Where(axis => !shape[axis].IsConstant(1))];
        var axes = n.Axes.Where(axis => !n.Type.Shape[axis].IsConstant(1)).Select(axis => after[Array.IndexOf(before, axis)]);
        return g.Expand(g.Reshape(n.X, Long(n.X.Type.Shape)), shape, axes);
    }

    /// <summary>A slice of a slice, of a repeated value, and of one operand of a concatenation.</summary>
    public static Node? Slice(Graph g, Node x, ImmutableArray<Node> starts, EquatableArray<Dim> sizes, Bounds bounds) => x switch
    {
        Expand n when n.Axes.Select(axis => (Start: starts[axis], Size: sizes[axis])).ToArray() is var kept
            => g.Expand(g.Slice(n.X, kept.Select(k => k.Start), kept.Select(k => k.Size), bounds), sizes, n.Axes),
        Slice n when n.Bounds == bounds && n.Starts.Concat(starts).All(s => s is Const or Size)
            => g.Slice(n.X, n.Starts.Zip(starts, (a, b) => a + b), sizes, bounds),
        Concat n when bounds == Bounds.Checked && AsDim(starts[n.Axis]) is { } start => OfOperand(g, n, start, starts, sizes),
        _ => null,
    };

    /// <summary>A place that was just set is set once, to what it becomes in the end.</summary>
    public static Node? Update(Graph g, Node x, Node value, ImmutableArray<Node> starts, UpdateMode mode, Bounds bounds) =>
        x is Update { Mode: UpdateMode.Set } set && set.Bounds == bounds && set.Starts.SequenceEqual(starts) && set.Value.Type.Equals(value.Type)
            ? g.Update(set.X, mode == UpdateMode.Set ? value : set.Value + value, starts, UpdateMode.Set, bounds)
            : null;

    private static Node? OfOperand(Graph g, Concat n, Dim start, ImmutableArray<Node> starts, EquatableArray<Dim> sizes)
    {
        foreach (var operand in n.Operands)
        {
            if ((start + sizes[n.Axis] - operand.Type.Shape[n.Axis]).AsConstant is <= 0 && start.AsConstant is >= 0)
                return g.Slice(operand, starts.SetItem(n.Axis, g.Size(start)), sizes);
            start -= operand.Type.Shape[n.Axis];
            // What begins before the end of this operand, or may do so, is not in a later one alone.
            if (start.AsConstant is not >= 0) return null;
        }
        return null;
    }

    private static IEnumerable<Dim> Long(IEnumerable<Dim> shape) => shape.Where(dim => !dim.IsConstant(1));

    /// <summary>Whether two shapes differ in axes of length 1 only.</summary>
    private static bool OnlyUnits(IEnumerable<Dim> a, IEnumerable<Dim> b) => Long(a).SequenceEqual(Long(b));
}
