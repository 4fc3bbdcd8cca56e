namespace DrJax;

/// <summary>The bodies shared by all ranks. X is an array type, T its element; Y, R those of a result.</summary>
internal static partial class Nd
{
    internal static X Copy<X, T>(ReadOnlySpan<T> elements, Dims dims) where X : struct, INdArray<X, T> where T : unmanaged
        => Wrap<X, T>(elements.ToArray(), dims);

    internal static X Wrap<X, T>(T[] array, Dims dims) where X : struct, INdArray<X, T> where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.Length != dims.Checked().Count)
            throw new ArgumentException($"shape {dims} has {dims.Count} elements, got {array.Length}", nameof(array));
        return X.Wrap(array, 0, dims);
    }

    internal static Y Map<X, T, Y, R>(X x, Func<T, R> f)
        where X : struct, INdArray<X, T> where T : unmanaged where Y : struct, INdArray<Y, R> where R : unmanaged
    {
        var from = x.AsSpan();
        var to = new R[from.Length];
        for (var i = 0; i < to.Length; i++) to[i] = f(from[i]);
        return Y.Wrap(to, 0, x.Dims);
    }

    internal static Y Zip<X, T, V, U, Y, R>(string operation, X x, V v, Func<T, U, R> f)
        where X : struct, INdArray<X, T> where T : unmanaged where V : struct, INdArray<V, U> where U : unmanaged
        where Y : struct, INdArray<Y, R> where R : unmanaged
    {
        Guard.SameShape(operation, x.Dims, v.Dims);
        var left = x.AsSpan();
        var right = v.AsSpan();
        var to = new R[left.Length];
        for (var i = 0; i < to.Length; i++) to[i] = f(left[i], right[i]);
        return Y.Wrap(to, 0, x.Dims);
    }

    /// <summary>Item i of the first axis: a view.</summary>
    internal static Y Item<X, Y, T>(X x, int i) where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
        => Y.Wrap(x.Array, x.Offset + Guard.Index(i, x.Dims.D0) * x.Dims.Stride, x.Dims.Inner);

    /// <summary>Items start .. start + length of the first axis: a view.</summary>
    internal static X Slice<X, T>(X x, int start, int length) where X : struct, INdArray<X, T> where T : unmanaged
    {
        Guard.Range(start, length, x.Dims.D0);
        return X.Wrap(x.Array, x.Offset + start * x.Dims.Stride, x.Dims.WithFirst(length));
    }

    internal static X Gather<X, T>(X x, Vec<int> at) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var stride = x.Dims.Stride;
        var from = x.AsSpan();
        var to = new T[checked(at.Length * stride)];
        for (var i = 0; i < at.Length; i++)
            from.Slice(Guard.Index(at[i], x.Dims.D0) * stride, stride).CopyTo(to.AsSpan(i * stride));
        return X.Wrap(to, 0, x.Dims.WithFirst(at.Length));
    }

    internal static X With<X, T>(X x, int at, ReadOnlySpan<T> elements) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var to = x.AsSpan().ToArray();
        elements.CopyTo(to.AsSpan(at));
        return X.Wrap(to, 0, x.Dims);
    }

    /// <summary>Items of one shape, stacked along a new first axis.</summary>
    internal static Y Stack<X, Y, T>(string operation, int count, Func<int, X> item)
        where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        if (Guard.Length(operation, count) == 0) return Y.Wrap([], 0, default(X).Dims.Prepend(0));
        var first = item(0);
        var (dims, size) = (first.Dims, first.Dims.Count);
        var to = new T[checked(count * size)];
        first.AsSpan().CopyTo(to);
        for (var i = 1; i < count; i++)
        {
            var next = item(i);
            if (next.Dims != dims) throw new ArgumentException($"{operation}: item {i} has shape {next.Dims}, item 0 has {dims}");
            next.AsSpan().CopyTo(to.AsSpan(i * size));
        }
        return Y.Wrap(to, 0, dims.Prepend(count));
    }

    internal static bool Equal<X, T>(X x, X y) where X : struct, INdArray<X, T> where T : unmanaged
        => x.Dims == y.Dims && x.AsSpan().SequenceEqual(y.AsSpan(), EqualityComparer<T>.Default);

    internal static int Hash<X, T>(X x) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var hash = new HashCode();
        hash.Add(x.Dims);
        foreach (var element in x.AsSpan()) hash.Add(element);
        return hash.ToHashCode();
    }
}
