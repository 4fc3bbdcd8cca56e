using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>Indexed reads and writes whose indices differ from lane to lane: boxes become gathers and scatters over index arithmetic.</summary>
internal sealed partial class Batched
{
    private Node BatchedGather(Gather n)
    {
        var x = values[n.X];
        if (!isBatched.Contains(n.X)) return g.Gather(x, n.Indices.Select(Wide), n.Axes, Of(n.Bounds));
        var rank = n.Indices[0].Type.Rank;
        if (!Any(n.Indices)) return ToFront(g.Gather(x, n.Indices.Select(i => values[i]), Shifted(n.Axes), Of(n.Bounds)), rank);
        return g.Gather(x, [Lane(n.Indices[0].Type.Shape), .. n.Indices.Select(Wide)], [0, .. Shifted(n.Axes)], Of(n.Bounds));
    }

    private Node BatchedScatter(ScatterAdd n)
    {
        var rank = n.Indices[0].Type.Rank;
        var (x, updates) = (Wide(n.X), Wide(n.Updates));
        if (Any(n.Indices))
            return g.ScatterAdd(x, updates, [Lane(n.Indices[0].Type.Shape), .. n.Indices.Select(Wide)], [0, .. Shifted(n.Axes)], Of(n.Bounds));
        return g.ScatterAdd(x, g.Permute(updates, [.. Enumerable.Range(1, rank), 0, .. Enumerable.Range(rank + 1, updates.Type.Rank - rank - 1)]),
            n.Indices.Select(i => values[i]), Shifted(n.Axes), Of(n.Bounds));
    }

    /// <summary>The lane's own number, over lanes and a shape in each.</summary>
    private Node Lane(IEnumerable<Dim> shape) => g.Iota(Lanes(shape), 0);

    /// <summary>The indices of a box with a start for each lane, over (lanes, the extents of <see cref="Axes"/> that are not 1).</summary>
    private readonly record struct Box(ImmutableArray<int> Axes, ImmutableArray<int> Long, ImmutableArray<Node> Starts, ImmutableArray<Node> Indices);

    private Box BoxOf(ImmutableArray<int> axes, ImmutableArray<Node> starts, EquatableArray<Dim> sizes, EquatableArray<Dim> shape, Bounds bounds)
    {
        ImmutableArray<int> wide = [.. axes.Where(axis => !sizes[axis].IsConstant(1))];
        Dim[] over = [size, .. wide.Select(axis => sizes[axis])];
        var from = starts.ToBuilder();
        var indices = ImmutableArray.CreateBuilder<Node>();
        foreach (var axis in axes)
        {
            var start = Wide(starts[axis]);
            if (Of(bounds) == Bounds.Clamped)
            {
                var last = g.Fill(g.Size(shape[axis] - sizes[axis]), start.Type.Shape);
                start = g.Apply(ScalarOp.Max, g.Fill(0, start), g.Apply(ScalarOp.Min, start, last));
            }
            from[axis] = start;
            var index = g.Expand(start, over, [0]);
            var at = wide.IndexOf(axis);
            indices.Add(at < 0 ? index : index + g.Iota(over, 1 + at));
        }
        return new(axes, wide, from.ToImmutable(), indices.ToImmutable());
    }

    /// <summary>Axes with one start for all lanes are sliced; the others are gathered, and put back where they were.</summary>
    private Node BatchedSlice(Slice n)
    {
        var (shape, sizes, starts) = (n.X.Type.Shape, n.Type.Shape, n.Starts);
        ImmutableArray<int> axes = [.. Enumerable.Range(0, shape.Count).Where(axis => isBatched.Contains(starts[axis]))];
        var lanes = isBatched.Contains(n.X) ? 1 : 0;
        var zero = g.Const(0, ElementType.Int32);
        var common = g.Slice(values[n.X],
            [.. Enumerable.Repeat(zero, lanes), .. starts.Select((s, axis) => axes.Contains(axis) ? zero : values[s])],
            [.. Enumerable.Repeat(size, lanes), .. sizes.Select((d, axis) => axes.Contains(axis) ? shape[axis] : d)], Of(n.Bounds));
        var box = BoxOf(axes, starts, sizes, shape, n.Bounds);
        var gathered = lanes == 1
            ? g.Gather(common, [Lane(box.Long.Select(axis => sizes[axis])), .. box.Indices], [0, .. Shifted(axes)], Of(n.Bounds))
            : g.Gather(common, box.Indices, axes, Of(n.Bounds));
        return g.Reshape(g.Permute(gathered, Order(box, shape.Count)), Lanes(sizes));
    }

    /// <summary>From (lanes, long box axes, other axes) to (lanes, axes in order, without box axes of extent 1).</summary>
    private static int[] Order(Box box, int rank)
    {
        int[] held = [.. box.Long, .. Enumerable.Range(0, rank).Except(box.Axes)];
        return [0, .. Enumerable.Range(0, held.Length).OrderBy(i => held[i]).Select(i => i + 1)];
    }

    /// <summary>The box is added by a scatter; or scattered into zeros, which are chosen inside the box.</summary>
    private Node BatchedUpdate(Update n)
    {
        var (shape, sizes) = (n.X.Type.Shape, n.Value.Type.Shape);
        ImmutableArray<int> axes = [.. Enumerable.Range(0, shape.Count).Where(axis => n.Starts[axis] is not Const { Value: 0 } || sizes[axis] != shape[axis])];
        var box = BoxOf(axes, n.Starts, sizes, shape, n.Bounds);
        int[] order = Order(box, shape.Count);
        var inverse = Enumerable.Range(0, order.Length).OrderBy(i => order[i]);
        var kept = Enumerable.Range(0, shape.Count).Where(axis => !axes.Contains(axis) || box.Long.Contains(axis)).Select(axis => sizes[axis]);
        var updates = g.Permute(g.Reshape(Wide(n.Value), Lanes(kept)), inverse);
        var x = Wide(n.X);
        var scattered = g.ScatterAdd(n.Mode == UpdateMode.Add ? x : g.Fill(0, x), updates,
            [Lane(box.Long.Select(axis => sizes[axis])), .. box.Indices], [0, .. Shifted(axes)], Of(n.Bounds));
        if (n.Mode == UpdateMode.Add) return scattered;
        var inside = axes.Select(axis => Inside(box.Starts[axis], axis)).Aggregate((a, b) => g.Apply(ScalarOp.And, a, b));
        return g.Select(inside, scattered, x);

        Node Inside(Node start, int axis)
        {
            var index = g.Iota(Lanes(shape), axis + 1);
            var from = g.Expand(start, index.Type.Shape, [0]);
            if (sizes[axis].IsConstant(1)) return g.Apply(ScalarOp.Equal, index, from);
            var end = from + g.Fill(g.Size(sizes[axis]), index.Type.Shape);
            return g.Apply(ScalarOp.And, g.Apply(ScalarOp.GreaterOrEqual, index, from), g.Apply(ScalarOp.Less, index, end));
        }
    }
}
