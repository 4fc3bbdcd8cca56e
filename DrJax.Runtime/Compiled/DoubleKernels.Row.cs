using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>The kernel for a single row of C, as wide as registers allow: what a product of a vector and a matrix is made of.</content>
internal static unsafe partial class DoubleKernels
{
    /// <summary>One row of TVectors vectors, of which the last has <paramref name="last"/> columns; all, if TPartial has size 1.</summary>
    [MethodImpl(Optimized)]
    private static void Row<TVectors, TPartial>(nint k, double* a, nint aCol, double* b, nint bRow, double* c, nint last, bool accumulate)
        where TVectors : unmanaged
        where TPartial : unmanaged
    {
        var mask = Simd.FirstLanes8(last);
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        do
        {
            var x = Vector512.Create(*a);
            if (sizeof(TVectors) > 0)
            {
                c0 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 1 ? Simd.LoadMasked(b, mask) : Vector512.Load(b),
                    c0);
            }

            if (sizeof(TVectors) > 1)
            {
                c1 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 2 ? Simd.LoadMasked(b + Lanes, mask) : Vector512.Load(b + Lanes),
                    c1);
            }

            if (sizeof(TVectors) > 2)
            {
                c2 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 3 ? Simd.LoadMasked(b + (2 * Lanes), mask) : Vector512.Load(b + (2 * Lanes)),
                    c2);
            }

            if (sizeof(TVectors) > 3)
            {
                c3 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 4 ? Simd.LoadMasked(b + (3 * Lanes), mask) : Vector512.Load(b + (3 * Lanes)),
                    c3);
            }

            if (sizeof(TVectors) > 4)
            {
                c4 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 5 ? Simd.LoadMasked(b + (4 * Lanes), mask) : Vector512.Load(b + (4 * Lanes)),
                    c4);
            }

            if (sizeof(TVectors) > 5)
            {
                c5 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 6 ? Simd.LoadMasked(b + (5 * Lanes), mask) : Vector512.Load(b + (5 * Lanes)),
                    c5);
            }

            if (sizeof(TVectors) > 6)
            {
                c6 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 7 ? Simd.LoadMasked(b + (6 * Lanes), mask) : Vector512.Load(b + (6 * Lanes)),
                    c6);
            }

            if (sizeof(TVectors) > 7)
            {
                c7 = Vector512.FusedMultiplyAdd(
                    x, sizeof(TPartial) > 1 && sizeof(TVectors) == 8 ? Simd.LoadMasked(b + (7 * Lanes), mask) : Vector512.Load(b + (7 * Lanes)),
                    c7);
            }

            a += aCol;
            b += bRow;
        }
        while (--k > 0);

        if (accumulate)
        {
            if (sizeof(TVectors) > 0)
            {
                c0 += sizeof(TPartial) > 1 && sizeof(TVectors) == 1 ? Simd.LoadPartial(c, last) : Vector512.Load(c);
            }

            if (sizeof(TVectors) > 1)
            {
                c1 += sizeof(TPartial) > 1 && sizeof(TVectors) == 2 ? Simd.LoadPartial(c + Lanes, last) : Vector512.Load(c + Lanes);
            }

            if (sizeof(TVectors) > 2)
            {
                c2 += sizeof(TPartial) > 1 && sizeof(TVectors) == 3 ? Simd.LoadPartial(c + (2 * Lanes), last) : Vector512.Load(c + (2 * Lanes));
            }

            if (sizeof(TVectors) > 3)
            {
                c3 += sizeof(TPartial) > 1 && sizeof(TVectors) == 4 ? Simd.LoadPartial(c + (3 * Lanes), last) : Vector512.Load(c + (3 * Lanes));
            }

            if (sizeof(TVectors) > 4)
            {
                c4 += sizeof(TPartial) > 1 && sizeof(TVectors) == 5 ? Simd.LoadPartial(c + (4 * Lanes), last) : Vector512.Load(c + (4 * Lanes));
            }

            if (sizeof(TVectors) > 5)
            {
                c5 += sizeof(TPartial) > 1 && sizeof(TVectors) == 6 ? Simd.LoadPartial(c + (5 * Lanes), last) : Vector512.Load(c + (5 * Lanes));
            }

            if (sizeof(TVectors) > 6)
            {
                c6 += sizeof(TPartial) > 1 && sizeof(TVectors) == 7 ? Simd.LoadPartial(c + (6 * Lanes), last) : Vector512.Load(c + (6 * Lanes));
            }

            if (sizeof(TVectors) > 7)
            {
                c7 += sizeof(TPartial) > 1 && sizeof(TVectors) == 8 ? Simd.LoadPartial(c + (7 * Lanes), last) : Vector512.Load(c + (7 * Lanes));
            }
        }

        if (sizeof(TVectors) > 0)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 1) Simd.StorePartial(c, c0, last);
            else Vector512.Store(c0, c);
        }

        if (sizeof(TVectors) > 1)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 2) Simd.StorePartial(c + Lanes, c1, last);
            else Vector512.Store(c1, c + Lanes);
        }

        if (sizeof(TVectors) > 2)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 3) Simd.StorePartial(c + (2 * Lanes), c2, last);
            else Vector512.Store(c2, c + (2 * Lanes));
        }

        if (sizeof(TVectors) > 3)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 4) Simd.StorePartial(c + (3 * Lanes), c3, last);
            else Vector512.Store(c3, c + (3 * Lanes));
        }

        if (sizeof(TVectors) > 4)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 5) Simd.StorePartial(c + (4 * Lanes), c4, last);
            else Vector512.Store(c4, c + (4 * Lanes));
        }

        if (sizeof(TVectors) > 5)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 6) Simd.StorePartial(c + (5 * Lanes), c5, last);
            else Vector512.Store(c5, c + (5 * Lanes));
        }

        if (sizeof(TVectors) > 6)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 7) Simd.StorePartial(c + (6 * Lanes), c6, last);
            else Vector512.Store(c6, c + (6 * Lanes));
        }

        if (sizeof(TVectors) > 7)
        {
            if (sizeof(TPartial) > 1 && sizeof(TVectors) == 8) Simd.StorePartial(c + (7 * Lanes), c7, last);
            else Vector512.Store(c7, c + (7 * Lanes));
        }
    }
}
