using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>
/// The tile where a vector of 512 bits is two registers, of which there are 16: six rows of two. Written with the halves, because the compiler keeps
/// pairs of registers in memory, and without a call, before which it would keep all of them there.
/// </content>
internal static unsafe partial class DoubleKernels
{
    [MethodImpl(Optimized)]
    private static void Halves<TRows, TPartial>(
        nint panels, nint k, double* a, nint aRow, nint aCol, double* b, nint bRow, nint bStep, double* c, nint cRow, nint last, bool accumulate)
        where TRows : unmanaged
        where TPartial : unmanaged
    {
        var mask = Simd.FirstLanes8(last);
        var (mask0, mask1) = (mask.GetLower(), mask.GetUpper());
        var aRow2 = 2 * aRow;
        do
        {
            Vector256<double> c00 = default, c10 = default, c20 = default, c30 = default, c40 = default, c50 = default;
            Vector256<double> c01 = default, c11 = default, c21 = default, c31 = default, c41 = default, c51 = default;
            var (a0, a3) = ((nint)a, (nint)(a + (3 * aRow)));
            var at = b;
            var left = k;
            do
            {
                var b0 = sizeof(TPartial) == 1 ? Vector256.Load(at) : Avx.MaskLoad(at, mask0);
                var b1 = sizeof(TPartial) == 1 ? Vector256.Load(at + Vector256<double>.Count) : Avx.MaskLoad(at + Vector256<double>.Count, mask1);
                var x = Vector256.Create(*(double*)a0);
                c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
                if (sizeof(TRows) > 1)
                {
                    x = Vector256.Create(((double*)a0)[aRow]);
                    c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
                    c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
                }

                if (sizeof(TRows) > 2)
                {
                    x = Vector256.Create(((double*)a0)[aRow2]);
                    c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
                    c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
                }

                if (sizeof(TRows) > 3)
                {
                    x = Vector256.Create(*(double*)a3);
                    c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
                    c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
                }

                if (sizeof(TRows) > 4)
                {
                    x = Vector256.Create(((double*)a3)[aRow]);
                    c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
                    c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
                }

                if (sizeof(TRows) > 5)
                {
                    x = Vector256.Create(((double*)a3)[aRow2]);
                    c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
                    c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
                }

                a0 += aCol * sizeof(double);
                a3 += aCol * sizeof(double);
                at += bRow;
            }
            while (--left > 0);

            Finish(c, c00, c01, last, accumulate);
            if (sizeof(TRows) > 1)
            {
                Finish(c + cRow, c10, c11, last, accumulate);
            }

            if (sizeof(TRows) > 2)
            {
                Finish(c + (2 * cRow), c20, c21, last, accumulate);
            }

            if (sizeof(TRows) > 3)
            {
                Finish(c + (3 * cRow), c30, c31, last, accumulate);
            }

            if (sizeof(TRows) > 4)
            {
                Finish(c + (4 * cRow), c40, c41, last, accumulate);
            }

            if (sizeof(TRows) > 5)
            {
                Finish(c + (5 * cRow), c50, c51, last, accumulate);
            }

            b += bStep;
            c += Lanes;
        }
        while (--panels > 0);
    }

    [MethodImpl(Inline)]
    private static void Finish(double* c, Vector256<double> c0, Vector256<double> c1, nint last, bool accumulate)
    {
        if (last == Lanes)
        {
            (accumulate ? Vector256.Load(c) + c0 : c0).Store(c);
            (accumulate ? Vector256.Load(c + Vector256<double>.Count) + c1 : c1).Store(c + Vector256<double>.Count);
            return;
        }

        var sums = Vector512.Create(c0, c1);
        Simd.StorePartial(c, accumulate ? Simd.LoadPartial(c, last) + sums : sums, last);
    }
}
