using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>Stable orders of elements a fixed stride apart. NaN is greater than every number; 0 and -0 are equal.</summary>
/// <remarks>Scratch comes from the thread's <see cref="Arena"/> and is given back.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Sorting
{
    /// <summary>The indices of the n elements of x, least element first, or greatest first; equal elements keep their order.</summary>
    public static void ArgSort(nint n, double* x, nint xStride, int* indices, nint indexStride, bool descending) =>
        Sorted<double>.Indices(n, x, xStride, indices, indexStride, descending);

    /// <inheritdoc cref="ArgSort(nint, double*, nint, int*, nint, bool)"/>
    public static void ArgSort(nint n, float* x, nint xStride, int* indices, nint indexStride, bool descending) =>
        Sorted<float>.Indices(n, x, xStride, indices, indexStride, descending);

    /// <inheritdoc cref="ArgSort(nint, double*, nint, int*, nint, bool)"/>
    public static void ArgSort(nint n, int* x, nint xStride, int* indices, nint indexStride, bool descending) =>
        Sorted<int>.Indices(n, x, xStride, indices, indexStride, descending);

    /// <summary>Runs sorted by insertion, then merged two by two, keys beside their indices.</summary>
    private static class Sorted<T>
        where T : unmanaged, INumber<T>
    {
        private const nint Run = 16;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Indices(nint n, T* x, nint xStride, int* indices, nint indexStride, bool descending)
        {
            var mark = Arena.Mark();
            var keys = Arena.Rent<T>(2 * n);
            var order = Arena.Rent<int>(2 * n);
            // The merged runs go to the other half.
            nint half = 0;
            for (nint i = 0; i < n; i++)
            {
                Insert(keys, order, i / Run * Run, i, x[i * xStride], descending);
            }

            for (var length = Run; length < n; length *= 2)
            {
                for (nint from = 0; from < n; from += 2 * length)
                {
                    Merge(keys + half, order + half, keys + (n - half), order + (n - half), from, Math.Min(n, from + length), Math.Min(n, from + (2 * length)), descending);
                }

                half = n - half;
            }

            for (nint i = 0; i < n; i++)
            {
                indices[i * indexStride] = order[half + i];
            }

            Arena.Release(mark);
        }

        /// <summary>Element i, with its key, into the sorted run that begins at <paramref name="from"/> and ends before i.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Insert(T* keys, int* order, nint from, nint i, T key, bool descending)
        {
            var at = i;
            for (; at > from && Precedes(key, keys[at - 1], descending); at--)
            {
                (keys[at], order[at]) = (keys[at - 1], order[at - 1]);
            }

            (keys[at], order[at]) = (key, (int)i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Merge(T* keys, int* order, T* toKeys, int* toOrder, nint from, nint middle, nint end, bool descending)
        {
            var (left, right) = (from, middle);
            for (var to = from; to < end; to++)
            {
                var next = left == middle || (right < end && Precedes(keys[right], keys[left], descending)) ? right++ : left++;
                (toKeys[to], toOrder[to]) = (keys[next], order[next]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Precedes(T a, T b, bool descending) => descending ? Less(b, a) : Less(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Less(T a, T b) => a < b || (T.IsNaN(b) && !T.IsNaN(a));
    }
}
