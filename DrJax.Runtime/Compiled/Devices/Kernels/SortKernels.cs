using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>One pass of a merge sort of places.</summary>
internal struct SortPass<T>
    where T : unmanaged
{
    public MatrixShape Shape;
    public ArrayView<T> Keys;
    public ArrayView<int> From, To;

    /// <summary>The length of the sorted runs, of which two become one.</summary>
    public int Run;
    public int IsDescending;
}

/// <summary>Stable orders of vectors. NaN is greater than every number.</summary>
internal static class SortKernels
{
    public static void Start<T>(Index1D i, SortPass<T> p)
        where T : unmanaged => p.To[i] = i % p.Shape.N;

    /// <summary>Places to where they belong, one a thread: what it has of its own run before it, and of the other by bisection.</summary>
    public static void Merge<T>(Index1D i, SortPass<T> p)
        where T : unmanaged, INumber<T>
    {
        int point = i, n = p.Shape.N, at = point % n;
        long first = point - at;
        var keys = p.Shape.Origin(point / n).A;
        var place = p.From[point];
        var key = p.Keys[keys + (place * p.Shape.A.Row)];
        var isRight = at / p.Run % 2 == 1;
        var own = at / p.Run * p.Run;
        var other = isRight ? own - p.Run : own + p.Run;
        int low = 0, high = other + p.Run < n ? p.Run : other < n ? n - other : 0;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var candidate = p.Keys[keys + (p.From[first + other + middle] * p.Shape.A.Row)];
            // Of equal elements the left run's come first.
            var isBefore = isRight ? !Precedes(key, candidate, p.IsDescending) : Precedes(candidate, key, p.IsDescending);
            if (isBefore) low = middle + 1;
            else high = middle;
        }
        p.To[first + (isRight ? other : own) + (at - own) + low] = place;
    }

    public static void Finish<T>(Index1D i, SortPass<T> p)
        where T : unmanaged => p.To[p.Shape.Origin(i / p.Shape.N).B + (i % p.Shape.N * p.Shape.B.Row)] = p.From[i];

    private static bool Precedes<T>(T a, T b, int isDescending)
        where T : unmanaged, INumber<T> => isDescending != 0 ? IsLess(b, a) : IsLess(a, b);

    private static bool IsLess<T>(T a, T b)
        where T : unmanaged, INumber<T> => a < b || (T.IsNaN(b) && !T.IsNaN(a));
}

/// <content>Sorting.</content>
public sealed partial class DeviceQueue
{
    /// <summary>
    /// The places of n elements, least element first, or greatest first; equal elements keep their order. Operands x and the places, elements a Row of the operand apart.
    /// </summary>
    public void ArgSort<T>(in MatrixShape shape, ArrayView<T> x, ArrayView<int> places, bool descending) where T : unmanaged, INumber<T>
    {
        var points = shape.Batch * shape.N;
        if (points == 0) return;
        using var scope = Scope();
        ArrayView<int> from = Take<int>(points), to = Take<int>(points);
        Launch(SortKernels.Start, points, new SortPass<T> { Shape = shape, Keys = x, From = to, To = from });
        for (var run = 1; run < shape.N; run = run > shape.N / 2 ? shape.N : 2 * run)
        {
            Launch(SortKernels.Merge, points, new SortPass<T> { Shape = shape, Keys = x, From = from, To = to, Run = run, IsDescending = descending ? 1 : 0 });
            (from, to) = (to, from);
        }
        Launch(SortKernels.Finish, points, new SortPass<T> { Shape = shape, Keys = x, From = from, To = places });
    }
}
