using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>
/// The tile where a vector of 512 bits is two registers, of which there are 16: six rows of two. Written with the halves, because the compiler keeps
/// pairs of registers in memory, and without a call, before which it would keep all of them there.
/// </content>
internal static unsafe partial class GemmKernels<T>
{
    // Indexed by the number of rows: the last vector whole in memory or not.
    private static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] s_fullHalves =
    [
        null,
        &Halves<N1, N1>,
        &Halves<N2, N1>,
        &Halves<N3, N1>,
        &Halves<N4, N1>,
        &Halves<N5, N1>,
        &Halves<N6, N1>,
    ];

    private static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] s_partialHalves =
    [
        null,
        &Halves<N1, N2>,
        &Halves<N2, N2>,
        &Halves<N3, N2>,
        &Halves<N4, N2>,
        &Halves<N5, N2>,
        &Halves<N6, N2>,
    ];

    [MethodImpl(Optimized)]
    private static void Halves<TRows, TPartial>(
        nint panels, nint k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bStep, T* c, nint cRow, nint last, bool accumulate)
        where TRows : unmanaged
        where TPartial : unmanaged
    {
        var mask = First(last);
        var (mask0, mask1) = (mask.GetLower(), mask.GetUpper());
        var aRow2 = 2 * aRow;
        do
        {
            Vector256<T> c00 = default, c10 = default, c20 = default, c30 = default, c40 = default, c50 = default;
            Vector256<T> c01 = default, c11 = default, c21 = default, c31 = default, c41 = default, c51 = default;
            var (a0, a3) = ((nint)a, (nint)(a + (3 * aRow)));
            var at = b;
            var left = k;
            do
            {
                var b0 = sizeof(TPartial) == 1 ? Vector256.Load(at) : LoadMasked(at, mask0);
                var b1 = sizeof(TPartial) == 1 ? Vector256.Load(at + Vector256<T>.Count) : LoadMasked(at + Vector256<T>.Count, mask1);
                var x = Vector256.Create(*(T*)a0);
                c00 = Fma(x, b0, c00);
                c01 = Fma(x, b1, c01);
                if (sizeof(TRows) > 1)
                {
                    x = Vector256.Create(((T*)a0)[aRow]);
                    c10 = Fma(x, b0, c10);
                    c11 = Fma(x, b1, c11);
                }

                if (sizeof(TRows) > 2)
                {
                    x = Vector256.Create(((T*)a0)[aRow2]);
                    c20 = Fma(x, b0, c20);
                    c21 = Fma(x, b1, c21);
                }

                if (sizeof(TRows) > 3)
                {
                    x = Vector256.Create(*(T*)a3);
                    c30 = Fma(x, b0, c30);
                    c31 = Fma(x, b1, c31);
                }

                if (sizeof(TRows) > 4)
                {
                    x = Vector256.Create(((T*)a3)[aRow]);
                    c40 = Fma(x, b0, c40);
                    c41 = Fma(x, b1, c41);
                }

                if (sizeof(TRows) > 5)
                {
                    x = Vector256.Create(((T*)a3)[aRow2]);
                    c50 = Fma(x, b0, c50);
                    c51 = Fma(x, b1, c51);
                }

                a0 += aCol * sizeof(T);
                a3 += aCol * sizeof(T);
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
            c += Vector512<T>.Count;
        }
        while (--panels > 0);
    }

    [MethodImpl(Inline)]
    private static void Finish(T* c, Vector256<T> c0, Vector256<T> c1, nint last, bool accumulate)
    {
        if (last == Vector512<T>.Count)
        {
            (accumulate ? Vector256.Load(c) + c0 : c0).Store(c);
            (accumulate ? Vector256.Load(c + Vector256<T>.Count) + c1 : c1).Store(c + Vector256<T>.Count);
            return;
        }

        var sums = Vector512.Create(c0, c1);
        StorePartial(c, accumulate ? LoadPartial(c, last) + sums : sums, last);
    }

    [MethodImpl(Inline)]
    private static Vector256<T> LoadMasked(T* source, Vector256<T> mask) => typeof(T) == typeof(double)
        ? Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>()
        : Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Fma(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
}
