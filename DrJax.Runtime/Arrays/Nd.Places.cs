namespace DrJax;

/// <content>Structure, written once for all ranks: where each element of the result comes from.</content>
internal static partial class Nd
{
    internal static T At<X, T>(X x, Place p) where X : struct, INdArray<X, T> where T : unmanaged => x.AsSpan()[Offset(x.Dims, p)];

    internal static Y Generate<Y, T>(Dims dims, Func<Place, T> f) where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        var to = new T[dims.Checked().Count];
        for (var at = 0; at < to.Length; at++)
            to[at] = f(new(at / dims.D3 / dims.D2 / dims.D1, at / dims.D3 / dims.D2 % dims.D1, at / dims.D3 % dims.D2, at % dims.D3));
        return Y.Wrap(to, 0, dims);
    }

    internal static X Reverse<X, T>(X x, int axis) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var last = x.Dims[axis] - 1;
        return Generate<X, T>(x.Dims, p => At<X, T>(x, p.With(axis, last - p[axis])));
    }

    internal static Y Reshape<X, Y, T>(X x, Dims dims) where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
        => Guard.Shape("Reshape", dims).Count == x.Dims.Count ? Y.Wrap(x.Array, x.Offset, dims)
            : throw new ArgumentException(ErrorTexts.Elements(x.Dims.Count, dims, dims.Count));

    internal static X Permute<X, T>(X x, int[] order) where X : struct, INdArray<X, T> where T : unmanaged
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, order.Length)))
            throw new ArgumentException($"Permute: the axes {string.Join(", ", order)} are not 0 .. {order.Length - 1}, each once");
        var dims = x.Dims;
        return Generate<X, T>(Dims.Of([.. order.Select(axis => dims[axis])]), p =>
        {
            var from = new Place(0);
            for (var axis = 0; axis < order.Length; axis++) from = from.With(order[axis], p[axis]);
            return At<X, T>(x, from);
        });
    }

    internal static X Concat<X, T>(int axis, params X[] arrays) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var dims = arrays[0].Dims;
        _ = dims[axis];
        foreach (var x in arrays)
            if (x.Dims.With(axis, 0) != dims.With(axis, 0)) throw new ArgumentException(ErrorTexts.OtherAxes(dims, x.Dims, axis));
        return Generate<X, T>(dims.With(axis, arrays.Sum(x => x.Dims[axis])), p =>
        {
            var (k, at) = (0, p[axis]);
            while (at >= arrays[k].Dims[axis]) at -= arrays[k++].Dims[axis];
            return At<X, T>(arrays[k], p.With(axis, at));
        });
    }

    internal static Y Stack<X, Y, T>(int axis, params X[] arrays)
        where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        foreach (var x in arrays) Guard.SameShape("Stack", arrays[0].Dims, x.Dims);
        return Generate<Y, T>(arrays[0].Dims.Insert(axis, arrays.Length), p => At<X, T>(arrays[p[axis]], p.Without(axis)));
    }

    internal static X Pad<X, T>(X x, T value, params (int Low, int High)[] counts) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var dims = x.Dims;
        foreach (var (low, high) in counts) _ = (Guard.Length("Pad", low), Guard.Length("Pad", high));
        return Generate<X, T>(Dims.Of([.. counts.Select((c, axis) => c.Low + dims[axis] + c.High)]), p =>
        {
            for (var axis = 0; axis < counts.Length; axis++)
            {
                var at = p[axis] - counts[axis].Low;
                if (at < 0 || at >= dims[axis]) return value;
                p = p.With(axis, at);
            }
            return At<X, T>(x, p);
        });
    }

    internal static X Repeat<X, T>(X x, int n, int axis) where X : struct, INdArray<X, T> where T : unmanaged
        => Generate<X, T>(x.Dims.With(axis, x.Dims[axis] * Guard.Length("Repeat", n)), p => At<X, T>(x, p.With(axis, p[axis] / n)));

    internal static X Tile<X, T>(X x, params int[] counts) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var dims = x.Dims;
        return Generate<X, T>(Dims.Of([.. counts.Select((n, axis) => Guard.Length("Tile", n) * dims[axis])]), p =>
        {
            for (var axis = 0; axis < counts.Length; axis++) p = p.With(axis, p[axis] % dims[axis]);
            return At<X, T>(x, p);
        });
    }

    internal static Y Take<X, I, Y, T>(X x, I at, int axis)
        where X : struct, INdArray<X, T> where I : struct, INdArray<I, int> where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        var (dims, places) = (x.Dims, at.Dims);
        var length = dims[axis];
        for (var k = 0; k < at.AsSpan().Length; k++) Guard.Index(at.AsSpan()[k], length);
        var to = dims.With(axis, places.D0);
        if (places.Rank == 2) to = to.Insert(axis + 1, places.D1);
        return Generate<Y, T>(to, p => places.Rank == 2
            ? At<X, T>(x, p.Without(axis + 1).With(axis, At<I, int>(at, new(p[axis], p[axis + 1]))))
            : At<X, T>(x, p.With(axis, At<I, int>(at, new(p[axis])))));
    }

    internal static X ScatterAdd<X, T>(X x, Vec<int> at, X updates) where X : struct, INdArray<X, T> where T : unmanaged, System.Numerics.INumber<T>
    {
        Guard.SameShape("ScatterAdd", x.Dims.WithFirst(at.Length), updates.Dims);
        var (to, stride) = (x.AsSpan().ToArray(), x.Dims.Stride);
        var from = updates.AsSpan();
        for (var p = 0; p < at.Length; p++)
        {
            var start = Guard.Index(at[p], x.Dims.D0) * stride;
            for (var k = 0; k < stride; k++) to[start + k] += from[p * stride + k];
        }
        return X.Wrap(to, 0, x.Dims);
    }

    internal static X ScatterAdd<X, T>(X x, Vec<T> updates, params Vec<int>[] indices)
        where X : struct, INdArray<X, T> where T : unmanaged, System.Numerics.INumber<T>
    {
        foreach (var index in indices) Guard.SameShape("ScatterAdd", updates.Dims, index.Dims);
        var to = x.AsSpan().ToArray();
        for (var p = 0; p < updates.Length; p++)
        {
            var place = new Place(0);
            for (var axis = 0; axis < indices.Length; axis++) place = place.With(axis, Guard.Index(indices[axis][p], x.Dims[axis]));
            to[Offset(x.Dims, place)] += updates[p];
        }
        return X.Wrap(to, 0, x.Dims);
    }

    /// <summary>The array repeated along a new axis.</summary>
    internal static Y Spread<X, Y, T>(X x, int axis, Dims dims)
        where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
        => Generate<Y, T>(dims, p => At<X, T>(x, p.Without(axis)));

    internal static X Choose<X, T>(bool mask, X x, X y) where X : struct, INdArray<X, T> where T : unmanaged
    {
        Guard.SameShape("Where", x.Dims, y.Dims);
        return mask ? x : y;
    }

    /// <summary>The box of the given ranges, all axes kept: a copy.</summary>
    internal static Y Box<X, Y, T>(X x, ReadOnlySpan<int> dropped, params Range[] ranges)
        where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        var dims = x.Dims;
        var box = BoxOf(dims, ranges);
        var kept = Enumerable.Range(0, dims.Rank).Except(dropped.ToArray()).ToArray();
        return Generate<Y, T>(Dims.Of([.. kept.Select(axis => box[axis].Length)]), p =>
        {
            var from = new Place(box[0].Start, box[1].Start, box[2].Start, box[3].Start);
            for (var k = 0; k < kept.Length; k++) from = from.With(kept[k], box[kept[k]].Start + p[k]);
            return At<X, T>(x, from);
        });
    }

    /// <summary>The array with the box of the given ranges replaced; an axis of one index alone is dropped from the value.</summary>
    internal static X With<X, V, T>(X x, V value, ReadOnlySpan<int> dropped, params Range[] ranges)
        where X : struct, INdArray<X, T> where V : struct, INdArray<V, T> where T : unmanaged
    {
        var dims = x.Dims;
        var box = BoxOf(dims, ranges);
        var kept = Enumerable.Range(0, dims.Rank).Except(dropped.ToArray()).ToArray();
        Guard.SameShape("With", Dims.Of([.. kept.Select(axis => box[axis].Length)]), value.Dims);
        return Generate<X, T>(dims, p =>
        {
            for (var axis = 0; axis < dims.Rank; axis++)
                if (p[axis] < box[axis].Start || p[axis] >= box[axis].Start + box[axis].Length) return At<X, T>(x, p);
            var at = new Place(0);
            for (var k = 0; k < kept.Length; k++) at = at.With(k, p[kept[k]] - box[kept[k]].Start);
            return At<V, T>(value, at);
        });
    }

    /// <summary>An index as the range of it alone.</summary>
    internal static Range One(int i, int length) => new(Guard.Index(i, length), i + 1);

    /// <summary>A place counted from either end, from the start.</summary>
    internal static int From(Index i, int length) => Guard.Index(i.GetOffset(length), length);

    private static (int Start, int Length)[] BoxOf(Dims dims, Range[] ranges)
    {
        var box = new (int Start, int Length)[4];
        for (var axis = 0; axis < 4; axis++)
        {
            var length = axis < dims.Rank ? dims[axis] : 1;
            box[axis] = axis < ranges.Length ? Span(ranges[axis], length) : (0, length);
        }
        return box;
    }

    /// <summary>Start and length of a range of an axis.</summary>
    internal static (int Start, int Length) Span(Range range, int length)
    {
        var (start, end) = (range.Start.GetOffset(length), range.End.GetOffset(length));
        Guard.Range(start, end - start, length);
        return (start, end - start);
    }

    private static int Offset(Dims dims, Place p) => ((p.I * dims.D1 + p.J) * dims.D2 + p.K) * dims.D3 + p.L;
}
