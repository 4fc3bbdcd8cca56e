using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// The register-blocked micro-kernels in float64: accumulators live in registers through a whole block of k, one fused multiply-add per element and step.
/// A is read one scalar at a time, at any strides; B by vectors along its rows; C is written once.
/// </summary>
/// <remarks>
/// A type parameter stands for the number that is its size: the JIT knows sizes before it reads a branch, so one text gives every kernel, and
/// the rows that a kernel lacks cost no compile time. Nor do steps written out: as calls, all to be inlined, they took the JIT three times as long.
/// The project builds the same text for float32.
/// </remarks>
internal static unsafe partial class DoubleKernels
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const int Lanes = 64 / sizeof(double);

    /// <summary>
    /// TRows rows of one or two vectors, for hardware with vectors of 512 bits; the last vector has <paramref name="last"/> columns (to load too, if TPartial
    /// has size 2). So for each of <paramref name="panels"/>, which lie side by side in C and <paramref name="bStep"/> apart in B.
    /// </summary>
    [MethodImpl(Optimized)]
    private static void Tile<TRows, TVectors, TPartial>(
        nint panels, nint k, double* a, nint aRow, nint aCol, double* b, nint bRow, nint bStep, double* c, nint cRow, nint last, bool accumulate)
        where TRows : unmanaged
        where TVectors : unmanaged
        where TPartial : unmanaged
    {
        var mask = Simd.FirstLanes8(last);
        var aRow2 = 2 * aRow;
        do
        {
            Vector512<double> c00 = default, c10 = default, c20 = default, c30 = default,
                c40 = default, c50 = default, c60 = default, c70 = default,
                c80 = default, c90 = default, c100 = default, c110 = default;
            Vector512<double> c01 = default, c11 = default, c21 = default, c31 = default,
                c41 = default, c51 = default, c61 = default, c71 = default,
                c81 = default, c91 = default, c101 = default, c111 = default;
            var (a0, a3, a6, a9) = ((nint)a, (nint)(a + (3 * aRow)), (nint)(a + (6 * aRow)), (nint)(a + (9 * aRow)));
            var at = b;
            var left = k;
            do
            {
                Vector512<double> b0, b1 = default, x;
                if (sizeof(TVectors) > 1)
                {
                    b0 = Vector512.Load(at);
                    b1 = sizeof(TPartial) > 1 ? Avx512F.MaskLoad(at + Lanes, mask, default) : Vector512.Load(at + Lanes);
                }
                else
                {
                    b0 = sizeof(TPartial) > 1 ? Avx512F.MaskLoad(at, mask, default) : Vector512.Load(at);
                }

                x = Vector512.Create(((double*)a0)[0]);
                c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
                if (sizeof(TVectors) > 1) c01 = Vector512.FusedMultiplyAdd(x, b1, c01);

                if (sizeof(TRows) > 1)
                {
                    x = Vector512.Create(((double*)a0)[aRow]);
                    c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
                    if (sizeof(TVectors) > 1) c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
                }

                if (sizeof(TRows) > 2)
                {
                    x = Vector512.Create(((double*)a0)[aRow2]);
                    c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
                    if (sizeof(TVectors) > 1) c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
                }

                if (sizeof(TRows) > 3)
                {
                    x = Vector512.Create(((double*)a3)[0]);
                    c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
                    if (sizeof(TVectors) > 1) c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
                }

                if (sizeof(TRows) > 4)
                {
                    x = Vector512.Create(((double*)a3)[aRow]);
                    c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
                    if (sizeof(TVectors) > 1) c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
                }

                if (sizeof(TRows) > 5)
                {
                    x = Vector512.Create(((double*)a3)[aRow2]);
                    c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
                    if (sizeof(TVectors) > 1) c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
                }

                if (sizeof(TRows) > 6)
                {
                    x = Vector512.Create(((double*)a6)[0]);
                    c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
                    if (sizeof(TVectors) > 1) c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
                }

                if (sizeof(TRows) > 7)
                {
                    x = Vector512.Create(((double*)a6)[aRow]);
                    c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
                    if (sizeof(TVectors) > 1) c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
                }

                if (sizeof(TRows) > 8)
                {
                    x = Vector512.Create(((double*)a6)[aRow2]);
                    c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
                    if (sizeof(TVectors) > 1) c81 = Vector512.FusedMultiplyAdd(x, b1, c81);
                }

                if (sizeof(TRows) > 9)
                {
                    x = Vector512.Create(((double*)a9)[0]);
                    c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
                    if (sizeof(TVectors) > 1) c91 = Vector512.FusedMultiplyAdd(x, b1, c91);
                }

                if (sizeof(TRows) > 10)
                {
                    x = Vector512.Create(((double*)a9)[aRow]);
                    c100 = Vector512.FusedMultiplyAdd(x, b0, c100);
                    if (sizeof(TVectors) > 1) c101 = Vector512.FusedMultiplyAdd(x, b1, c101);
                }

                if (sizeof(TRows) > 11)
                {
                    x = Vector512.Create(((double*)a9)[aRow2]);
                    c110 = Vector512.FusedMultiplyAdd(x, b0, c110);
                    if (sizeof(TVectors) > 1) c111 = Vector512.FusedMultiplyAdd(x, b1, c111);
                }

                a0 += aCol * sizeof(double);
                a3 += aCol * sizeof(double);
                a6 += aCol * sizeof(double);
                a9 += aCol * sizeof(double);
                at += bRow;
            }
            while (--left > 0);

            // One branch for all rows: a branch for each took the JIT longer than all else.
            if (accumulate)
            {
                var from = c;
                c00 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                if (sizeof(TVectors) > 1) c01 += Avx512F.MaskLoad(from + Lanes, mask, default);

                if (sizeof(TRows) > 1)
                {
                    from += cRow;
                    c10 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c11 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 2)
                {
                    from += cRow;
                    c20 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c21 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 3)
                {
                    from += cRow;
                    c30 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c31 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 4)
                {
                    from += cRow;
                    c40 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c41 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 5)
                {
                    from += cRow;
                    c50 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c51 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 6)
                {
                    from += cRow;
                    c60 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c61 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 7)
                {
                    from += cRow;
                    c70 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c71 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 8)
                {
                    from += cRow;
                    c80 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c81 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 9)
                {
                    from += cRow;
                    c90 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c91 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 10)
                {
                    from += cRow;
                    c100 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c101 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }

                if (sizeof(TRows) > 11)
                {
                    from += cRow;
                    c110 += sizeof(TVectors) > 1 ? Vector512.Load(from) : Avx512F.MaskLoad(from, mask, default);
                    if (sizeof(TVectors) > 1) c111 += Avx512F.MaskLoad(from + Lanes, mask, default);
                }
            }

            var to = c;
            if (sizeof(TVectors) > 1) Vector512.Store(c00, to);
            Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c01 : c00);

            if (sizeof(TRows) > 1)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c10, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c11 : c10);
            }

            if (sizeof(TRows) > 2)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c20, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c21 : c20);
            }

            if (sizeof(TRows) > 3)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c30, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c31 : c30);
            }

            if (sizeof(TRows) > 4)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c40, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c41 : c40);
            }

            if (sizeof(TRows) > 5)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c50, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c51 : c50);
            }

            if (sizeof(TRows) > 6)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c60, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c61 : c60);
            }

            if (sizeof(TRows) > 7)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c70, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c71 : c70);
            }

            if (sizeof(TRows) > 8)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c80, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c81 : c80);
            }

            if (sizeof(TRows) > 9)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c90, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c91 : c90);
            }

            if (sizeof(TRows) > 10)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c100, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c101 : c100);
            }

            if (sizeof(TRows) > 11)
            {
                to += cRow;
                if (sizeof(TVectors) > 1) Vector512.Store(c110, to);
                Avx512F.MaskStore(sizeof(TVectors) > 1 ? to + Lanes : to, mask, sizeof(TVectors) > 1 ? c111 : c110);
            }

            b += bStep;
            c += sizeof(TVectors) * Lanes;
        }
        while (--panels > 0);
    }
}
