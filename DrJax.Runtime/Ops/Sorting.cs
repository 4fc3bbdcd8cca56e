using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The elements in ascending order; NaN counts as greater than every number. The gradient goes back to where each element came
    /// from; of equal elements, the first comes first.</summary>
    public static Vec<T> Sort<T>(Vec<T> x) where T : unmanaged, INumber<T> => Sort(x, false);

    /// <inheritdoc cref="Sort{T}(Vec{T})"/>
    /// <param name="x">What is sorted.</param>
    /// <param name="descending">Greatest first instead, a constant; equal elements keep their order then too.</param>
    public static Vec<T> Sort<T>(Vec<T> x, bool descending) where T : unmanaged, INumber<T> => x[ArgSort(x, descending)];

    /// <inheritdoc cref="Sort{T}(Vec{T})"/>
    /// <param name="x">What is sorted.</param>
    /// <param name="axis">The axis along which every line of elements is sorted, a constant.</param>
    /// <param name="descending">Greatest first instead, a constant; equal elements keep their order then too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Mat<T> Sort<T>(Mat<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Elements<Mat<T>, T>(x, axis, descending);

    /// <inheritdoc cref="Sort{T}(Mat{T}, int, bool)"/>
    public static Tensor3<T> Sort<T>(Tensor3<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Elements<Tensor3<T>, T>(x, axis, descending);

    /// <inheritdoc cref="Sort{T}(Mat{T}, int, bool)"/>
    public static Tensor4<T> Sort<T>(Tensor4<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Elements<Tensor4<T>, T>(x, axis, descending);

    /// <summary>The indices that put the elements in ascending order: <c>x[ArgSort(x)]</c> is <c>Sort(x)</c>. Equal elements keep their order;
    /// NaN counts as greater than every number.</summary>
    public static Vec<int> ArgSort<T>(Vec<T> x) where T : unmanaged, INumber<T> => ArgSort(x, false);

    /// <inheritdoc cref="ArgSort{T}(Vec{T})"/>
    /// <param name="x">What is sorted.</param>
    /// <param name="descending">Greatest first instead, a constant; equal elements keep their order then too.</param>
    public static Vec<int> ArgSort<T>(Vec<T> x, bool descending) where T : unmanaged, INumber<T> =>
        SortedLines.Indices<Vec<T>, T, Vec<int>>(x, 0, descending);

    /// <inheritdoc cref="ArgSort{T}(Vec{T})"/>
    /// <param name="x">What is sorted.</param>
    /// <param name="axis">The axis along which every line of elements is sorted, a constant.</param>
    /// <param name="descending">Greatest first instead, a constant; equal elements keep their order then too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Mat<int> ArgSort<T>(Mat<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Indices<Mat<T>, T, Mat<int>>(x, axis, descending);

    /// <inheritdoc cref="ArgSort{T}(Mat{T}, int, bool)"/>
    public static Tensor3<int> ArgSort<T>(Tensor3<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Indices<Tensor3<T>, T, Tensor3<int>>(x, axis, descending);

    /// <inheritdoc cref="ArgSort{T}(Mat{T}, int, bool)"/>
    public static Tensor4<int> ArgSort<T>(Tensor4<T> x, int axis, bool descending = false) where T : unmanaged, INumber<T> =>
        SortedLines.Indices<Tensor4<T>, T, Tensor4<int>>(x, axis, descending);

    /// <summary>The k greatest elements, greatest first, and where they are; of equal ones, the first.</summary>
    /// <exception cref="ArgumentException">There are fewer than k elements, or k is negative.</exception>
    public static (Vec<T> Values, Vec<int> Indices) TopK<T>(Vec<T> x, int k) where T : unmanaged, INumber<T>
    {
        if (k < 0) throw new ArgumentException($"TopK: a number of elements is not negative, got {k}");
        if (k > x.Length) throw new ArgumentException($"TopK: {k} elements of {x.Length}");
        var at = ArgSort(x, true)[..k];
        return (x[at], at);
    }

    /// <summary>The value below which a part q of the elements lies: the sorted elements at q (Length - 1), linear between two of them, with q
    /// held within 0 and 1. Differentiable by x and by q.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static T Quantile<T>(Vec<T> x, T q) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length == 0) throw new ArgumentException("Quantile: at least 1 element is needed along axis 0, there are 0");
        var sorted = Sort(x);
        var place = Clamp(q, T.Zero, T.One) * T.CreateChecked(x.Length - 1);
        var low = Math.Clamp(int.CreateSaturating(T.Floor(place)), 0, x.Length - 1);
        var high = Math.Min(low + 1, x.Length - 1);
        return sorted[low] + (place - T.Floor(place)) * (sorted[high] - sorted[low]);
    }

    /// <summary>The middle of the sorted elements, or the mean of the middle two: the quantile at one half.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static T Median<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Length > 0 ? Quantile(x, T.CreateChecked(0.5)) : throw new ArgumentException("Median: at least 1 element is needed along axis 0, there are 0");
}

/// <summary>Every line of elements along one axis, sorted.</summary>
internal static class SortedLines
{
    internal static X Elements<X, T>(X x, int axis, bool descending) where X : struct, INdArray<X, T> where T : unmanaged, INumber<T>
    {
        var to = new T[x.Dims.Count];
        Over(x, axis, descending, (line, stride, order) =>
        {
            var from = x.AsSpan();
            for (var i = 0; i < order.Length; i++) to[line + i * stride] = from[line + order[i] * stride];
        });
        return X.Wrap(to, 0, x.Dims);
    }

    internal static Y Indices<X, T, Y>(X x, int axis, bool descending)
        where X : struct, INdArray<X, T> where T : unmanaged, INumber<T> where Y : struct, INdArray<Y, int>
    {
        var to = new int[x.Dims.Count];
        Over(x, axis, descending, (line, stride, order) =>
        {
            for (var i = 0; i < order.Length; i++) to[line + i * stride] = order[i];
        });
        return Y.Wrap(to, 0, x.Dims);
    }

    /// <summary>The first element of every line, the distance of its elements, and their order. Sorting by keys is stable.</summary>
    private static void Over<T>(INdArray<T> x, int axis, bool descending, Action<int, int, int[]> use) where T : unmanaged, INumber<T>
    {
        var elements = x.AsSpan().ToArray();
        var (length, stride) = (x.Dims[axis], 1);
        for (var a = axis + 1; a < x.Dims.Rank; a++) stride *= x.Dims[a];
        var order = Comparer<T>.Create((a, b) => a < b || T.IsNaN(b) && !T.IsNaN(a) ? -1 : b < a || T.IsNaN(a) && !T.IsNaN(b) ? 1 : 0);
        for (var line = 0; line < elements.Length; line++)
        {
            if (line / stride % length != 0) continue;
            var indices = Enumerable.Range(0, length);
            var keys = (int i) => elements[line + i * stride];
            use(line, stride, [.. descending ? indices.OrderByDescending(keys, order) : indices.OrderBy(keys, order)]);
        }
    }
}
