using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>Structure over ragged axes: what would leave a hole in the middle is read by index arithmetic on true extents.</summary>
internal sealed partial class Ragged
{
    private Node OfReshape(Reshape n, Node x)
    {
        if (IsAligned(x.Type.Shape, n.Type.Shape))
        {
            var reshaped = g.Reshape(x, n.Type.Shape);
            if (padded.Contains(x)) padded.Add(reshaped);
            return reshaped;
        }
        // The true row-major position, and the place of that element in the padded operand.
        var (to, from) = (n.Type.Shape, x.Type.Shape);
        var position = g.Fill(g.Const(0, ElementType.Int32), to);
        for (var axis = 0; axis < to.Count; axis++) position = position * g.Fill(Number(to[axis]), to) + g.Iota(to, axis);
        var (place, stride) = (g.Fill(0, position), Dim.One);
        for (var axis = from.Count - 1; axis >= 0; axis--)
        {
            var extent = g.Fill(g.Apply(ScalarOp.Max, Number(from[axis]), g.Const(1, ElementType.Int32)), to);
            place += g.Apply(ScalarOp.Remainder, position, extent) * g.Fill(g.Size(stride), to);
            position = g.Apply(ScalarOp.Divide, position, extent);
            stride *= from[axis];
        }
        return Take(g.Reshape(x, [x.Type.Size]), place, 0);
    }

    /// <summary>Whether row-major order is the same for any number of rows: within each run of axes of equal size only the first is ragged.</summary>
    private static bool IsAligned(EquatableArray<Dim> from, EquatableArray<Dim> to)
    {
        Dim[] a = [.. from.Where(d => !d.IsConstant(1))], b = [.. to.Where(d => !d.IsConstant(1))];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            var (lengthA, lengthB) = Run(i, j);
            if (!a.Skip(i).Take(lengthA).SequenceEqual(b.Skip(j).Take(lengthB))
                && (a.Skip(i + 1).Take(lengthA - 1).Any(d => d.IsRagged) || b.Skip(j + 1).Take(lengthB - 1).Any(d => d.IsRagged))) return false;
            (i, j) = (i + lengthA, j + lengthB);
        }
        return true;

        // The shortest runs of axes of one size.
        (int, int) Run(int i, int j)
        {
            for (var total = 2; total < a.Length - i + b.Length - j; total++)
                for (var length = 1; length < total; length++)
                    if (i + length <= a.Length && j + total - length <= b.Length
                        && SizeOf(a.Skip(i).Take(length)) == SizeOf(b.Skip(j).Take(total - length))) return (length, total - length);
            return (a.Length - i, b.Length - j);
        }

        static Dim SizeOf(IEnumerable<Dim> dims) => dims.Aggregate(Dim.One, (size, dim) => size * dim);
    }

    private Node OfSlice(Slice n, Node x, ImmutableArray<Node> starts)
    {
        var (sizes, lengths) = (n.Type.Shape, n.X.Type.Shape);
        // An axis whose box has this group's extent from a place that is computed: room for the longest box may end beyond the array.
        var taken = Enumerable.Range(0, sizes.Count).Where(axis => sizes[axis].IsRagged && !IsZero(n.Starts[axis])).ToList();
        var common = g.Slice(x,
            starts.Select((start, axis) => taken.Contains(axis) ? g.Const(0, ElementType.Int32) : Start(n.Starts[axis], start, sizes[axis], lengths[axis], n.Bounds)),
            sizes.Select((size, axis) => taken.Contains(axis) ? lengths[axis] : size), n.Bounds);
        foreach (var axis in taken)
        {
            var start = starts[axis];
            if (n.Bounds == Bounds.Checked && (isConditional || Simplify.AsDim(n.Starts[axis]) is null))
                start = g.Select(IsBetween(start, lengths[axis] - sizes[axis] + 1), start, g.Size(lengths[axis]));
            var index = Masked(g.Iota([sizes[axis]], 0) + g.Fill(start, [sizes[axis]]), 0);
            common = ToAxis(g.Gather(common, [index], [axis], n.Bounds), axis);
        }
        return common;
    }

    /// <summary>The start of a box as it was; one that ends beyond this group's own axis, beyond the padded one.</summary>
    private Node Start(Node was, Node now, Dim size, Dim length, Bounds bounds)
    {
        var isRequired = Simplify.AsDim(was) is not null && !isConditional;
        if (!length.IsRagged || bounds != Bounds.Checked || isRequired || ranges.IsInside(was, size, length)) return now;
        var last = Number(length) - g.Size(size);
        return g.Select(g.Apply(ScalarOp.LessOrEqual, now, g.Fill(last, now.Type.Shape)), now, now + g.Fill(g.Size(length), now.Type.Shape));
    }

    /// <summary>Index arrays that fault where they did: not for rows that a group has not, but for indices of such rows.</summary>
    private IEnumerable<Node> Indices(Node at, EquatableArray<Dim> shape, EquatableArray<int> axes, ImmutableArray<Node> was, ImmutableArray<Node> now, Bounds bounds) =>
        now.Select((index, k) =>
        {
            // What an index is after the true rows: still inside, if it is made of the rows' own numbers only.
            if (bounds == Bounds.Inside || !DependsOnCount(was[k]) && ranges.IsInside(was[k], Dim.One, shape[axes[k]])) return index;
            return Masked(Start(was[k], index, Dim.One, shape[axes[k]], bounds), 0);
        });

    private static bool DependsOnCount(Node index) => new Func("index", [], [index]).Nodes.Any(n => n is Size { Dim.IsRagged: true });

    /// <summary>A matrix of n rows is the first block of one of more rows whose other block is the identity; right-hand sides are zero there.</summary>
    private Node OfMatrices(MatrixFunction n, ImmutableArray<Node> x)
    {
        var square = n.Operands[0].Type;
        if (!square.Shape[n.Batch].IsRagged) return g.Rebuild(n, x);
        var inside = IsTrue(square.Shape, [n.Batch, n.Batch + 1]);
        var isSolve = n.Op.Kind is MatrixKind.TriangularSolve or MatrixKind.LuSolve;
        // Factors are of the larger matrix already.
        return g.MatrixFunction(n.Op, [.. x.Select((o, i) => i == 0 ? g.Select(inside, o, g.Identity(square))
            : isSolve && i == x.Length - 1 ? Masked(o, 0, [n.Batch]) : o)]);
    }

    private Node OfPad(Pad n, Node x)
    {
        var shape = x.Type.Shape;
        // In an arm that is not taken the longest group may have no room for what is moved in.
        var moved = Enumerable.Range(0, shape.Count).Where(axis => n.Low[axis].IsRagged || isConditional && n.High[axis].IsRagged).ToList();
        var zeroed = Masked(x, 0, Enumerable.Range(0, shape.Count).Where(axis => !n.High[axis].IsConstant(0)));
        var value = g.Pad(zeroed, n.Low.Select((d, axis) => moved.Contains(axis) ? Dim.Zero : d), n.High.Select((d, axis) => moved.Contains(axis) ? Dim.Zero : d));
        foreach (var axis in moved)
        {
            var type = value.Type.WithShape(value.Type.Shape.Items.SetItem(axis, n.Type.Shape[axis]));
            value = Placed(value, Number(n.Low[axis]), shape[axis], n.Type.Shape[axis], axis, g.Zero(type));
        }
        return value;
    }

    private Node OfConcat(Concat n, ImmutableArray<Node> x)
    {
        if (!n.Operands.Take(n.Operands.Length - 1).Any(o => o.Type.Shape[n.Axis].IsRagged)) return g.Rebuild(n, x);
        var total = n.Type.Shape[n.Axis];
        var value = g.Fill(0, n.Type);
        var at = Dim.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            var size = n.Operands[i].Type.Shape[n.Axis];
            value = Placed(x[i], Number(at), size, total, n.Axis, value);
            at += size;
        }
        return value;
    }

    private Node OfUpdate(Update n, Node x, Node box, ImmutableArray<Node> starts)
    {
        var (sizes, lengths) = (n.Value.Type.Shape, n.Type.Shape);
        var isPlain = !sizes.Where((size, axis) => size.IsRagged && !(size == lengths[axis] && IsZero(n.Starts[axis]))).Any();
        if (isPlain)
            return g.Update(x, box, starts.Select((s, axis) => Start(n.Starts[axis], s, sizes[axis], lengths[axis], n.Bounds)), n.Mode, n.Bounds);
        // Elements of the array choose between the box's and their own.
        var (zero, shape) = (g.Fill(0, x), lengths);
        var inside = g.Fill(1, new Ir.ValueType(ElementType.Bool, shape, []));
        for (var axis = 0; axis < shape.Count; axis++)
        {
            var index = g.Iota([shape[axis]], 0) - g.Fill(starts[axis], [shape[axis]]);
            box = ToAxis(Take(box, index, axis), axis);
            inside = g.Apply(ScalarOp.And, inside, g.Expand(IsBetween(index, sizes[axis]), shape, [axis]));
        }
        return n.Mode == UpdateMode.Set ? g.Select(inside, box, x) : x + g.Select(inside, box, zero);
    }

    /// <summary>An array with the operand's elements along an axis from a computed place on.</summary>
    private Node Placed(Node x, Node start, Dim size, Dim length, int axis, Node otherwise)
    {
        var index = g.Iota([length], 0) - g.Fill(start, [length]);
        var moved = ToAxis(Take(x, index, axis), axis);
        return g.Select(g.Expand(IsBetween(index, size), moved.Type.Shape, [axis]), moved, otherwise);
    }

    private Node IsBetween(Node index, Dim size) => g.Apply(ScalarOp.And,
        g.Apply(ScalarOp.GreaterOrEqual, index, g.Fill(0, index)), g.Apply(ScalarOp.Less, index, g.Fill(Number(size), index.Type.Shape)));

    /// <summary>The elements at indices along one axis, for indices outside any others: index axes come first. An array of nothing has zeros.</summary>
    private Node Take(Node x, Node index, int axis)
    {
        var one = x.Type.Shape.Select((_, i) => i == axis ? Dim.One : Dim.Zero).ToList();
        var filled = g.Pad(x, x.Type.Shape.Select(_ => Dim.Zero), one);
        return g.Gather(filled, [index], [axis], Bounds.Clamped);
    }

    /// <summary>The first axis to another place.</summary>
    private Node ToAxis(Node x, int axis) => g.Permute(x, [.. Enumerable.Range(1, axis), 0, .. Enumerable.Range(axis + 1, x.Type.Rank - axis - 1)]);

    private static bool IsZero(Node x) => x is Const { Value: 0 };
}
