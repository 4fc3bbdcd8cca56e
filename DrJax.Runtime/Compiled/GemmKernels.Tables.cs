using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>The kernels by their number of rows or vectors, the scalar kernel, and what the element types share.</content>
internal static unsafe partial class GemmKernels<T>
{
    // Indexed by the number of rows: two vectors or one, the last one whole in memory or not.
    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullPairs =
    [
        null,
        &Tile<N1, N2, N1>,
        &Tile<N2, N2, N1>,
        &Tile<N3, N2, N1>,
        &Tile<N4, N2, N1>,
        &Tile<N5, N2, N1>,
        &Tile<N6, N2, N1>,
        &Tile<N7, N2, N1>,
        &Tile<N8, N2, N1>,
        &Tile<N9, N2, N1>,
        &Tile<N10, N2, N1>,
        &Tile<N11, N2, N1>,
        &Tile<N12, N2, N1>,
    ];

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] PartialPairs =
    [
        null,
        &Tile<N1, N2, N2>,
        &Tile<N2, N2, N2>,
        &Tile<N3, N2, N2>,
        &Tile<N4, N2, N2>,
        &Tile<N5, N2, N2>,
        &Tile<N6, N2, N2>,
        &Tile<N7, N2, N2>,
        &Tile<N8, N2, N2>,
        &Tile<N9, N2, N2>,
        &Tile<N10, N2, N2>,
        &Tile<N11, N2, N2>,
        &Tile<N12, N2, N2>,
    ];

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullSingles = !Vector512.IsHardwareAccelerated ? s_fullHalves :
    [
        null,
        &Tile<N1, N1, N1>,
        &Tile<N2, N1, N1>,
        &Tile<N3, N1, N1>,
        &Tile<N4, N1, N1>,
        &Tile<N5, N1, N1>,
        &Tile<N6, N1, N1>,
        &Tile<N7, N1, N1>,
        &Tile<N8, N1, N1>,
        &Tile<N9, N1, N1>,
        &Tile<N10, N1, N1>,
        &Tile<N11, N1, N1>,
        &Tile<N12, N1, N1>,
    ];

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] PartialSingles = !Vector512.IsHardwareAccelerated ? s_partialHalves :
    [
        null,
        &Tile<N1, N1, N2>,
        &Tile<N2, N1, N2>,
        &Tile<N3, N1, N2>,
        &Tile<N4, N1, N2>,
        &Tile<N5, N1, N2>,
        &Tile<N6, N1, N2>,
        &Tile<N7, N1, N2>,
        &Tile<N8, N1, N2>,
        &Tile<N9, N1, N2>,
        &Tile<N10, N1, N2>,
        &Tile<N11, N1, N2>,
        &Tile<N12, N1, N2>,
    ];

    /// <summary>As wide as a tile can be.</summary>
    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullPanels =
        MaxVectors == 2 ? FullPairs : FullSingles;

    // Indexed by the number of vectors.
    public static readonly delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[] FullRows =
    [
        null,
        &Row<N1, N1>,
        &Row<N2, N1>,
        &Row<N3, N1>,
        &Row<N4, N1>,
        &Row<N5, N1>,
        &Row<N6, N1>,
        &Row<N7, N1>,
        &Row<N8, N1>,
    ];

    public static readonly delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[] PartialRows =
    [
        null,
        &Row<N1, N2>,
        &Row<N2, N2>,
        &Row<N3, N2>,
        &Row<N4, N2>,
        &Row<N5, N2>,
        &Row<N6, N2>,
        &Row<N7, N2>,
        &Row<N8, N2>,
    ];

    /// <summary>Scalar chains, six rows at a time: for a single column, whose rows are the only independent chains, and for tiny products.</summary>
    [MethodImpl(Optimized)]
    public static void Columns(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate)
    {
        for (nint j = 0; j < n; j++)
        {
            for (nint i = 0; i < m; i += 6)
            {
                // Where rows are fewer, the last one is taken again: chains beside it cost no time.
                var rows = m - i;
                var (row1, row2, row3) = (Math.Min(1, rows - 1) * a.Row, Math.Min(2, rows - 1) * a.Row, Math.Min(3, rows - 1) * a.Row);
                var (row4, row5) = (Math.Min(4, rows - 1) * a.Row, Math.Min(5, rows - 1) * a.Row);
                T s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
                var x = a.Start + (i * a.Row);
                var y = b.Start + (j * b.Col);
                for (nint p = 0; p < k; p++)
                {
                    s0 = Fma(x[0], *y, s0);
                    s1 = Fma(x[row1], *y, s1);
                    s2 = Fma(x[row2], *y, s2);
                    s3 = Fma(x[row3], *y, s3);
                    s4 = Fma(x[row4], *y, s4);
                    s5 = Fma(x[row5], *y, s5);
                    x += a.Col;
                    y += b.Row;
                }

                var to = c.Start + (i * c.Row) + (j * c.Col);
                Finish(to, s0, accumulate);
                if (rows > 1) Finish(to + c.Row, s1, accumulate);
                if (rows > 2) Finish(to + (2 * c.Row), s2, accumulate);
                if (rows > 3) Finish(to + (3 * c.Row), s3, accumulate);
                if (rows > 4) Finish(to + (4 * c.Row), s4, accumulate);
                if (rows > 5) Finish(to + (5 * c.Row), s5, accumulate);
            }
        }
    }

    /// <summary>What <see cref="Few"/> takes at most.</summary>
    public const nint FewRows = 3;

    public const nint FewColumns = 2;

    /// <summary>Scalar chains of few rows and columns, side by side: cheaper than to copy B for a vector that is mostly empty.</summary>
    [MethodImpl(Optimized)]
    public static void Few(nint m, nint n, nint k, in Strided<T> a, in Strided<T> b, in Strided<T> c, bool accumulate)
    {
        // Where rows or columns are fewer, the last one is taken again.
        var (row1, row2, column1) = (Math.Min(1, m - 1) * a.Row, Math.Min(2, m - 1) * a.Row, Math.Min(1, n - 1) * b.Col);
        var (aCol, bRow) = (a.Col, b.Row);
        var (x, y) = ((nint)a.Start, (nint)b.Start);
        T s00 = default, s10 = default, s20 = default, s01 = default, s11 = default, s21 = default;
        for (nint p = 0; p < k; p++)
        {
            var (x0, x1, x2) = (((T*)x)[0], ((T*)x)[row1], ((T*)x)[row2]);
            var (y0, y1) = (((T*)y)[0], ((T*)y)[column1]);
            s00 = Fma(x0, y0, s00);
            s10 = Fma(x1, y0, s10);
            s20 = Fma(x2, y0, s20);
            s01 = Fma(x0, y1, s01);
            s11 = Fma(x1, y1, s11);
            s21 = Fma(x2, y1, s21);
            x += aCol * sizeof(T);
            y += bRow * sizeof(T);
        }

        Finish(c.Start, s00, accumulate);
        if (m > 1) Finish(c.Start + c.Row, s10, accumulate);
        if (m > 2) Finish(c.Start + (2 * c.Row), s20, accumulate);
        if (n > 1)
        {
            Finish(c.Start + c.Col, s01, accumulate);
            if (m > 1) Finish(c.Start + c.Row + c.Col, s11, accumulate);
            if (m > 2) Finish(c.Start + (2 * c.Row) + c.Col, s21, accumulate);
        }
    }

    /// <summary>C = sum or C += sum, for one element.</summary>
    [MethodImpl(Inline)]
    public static void Finish(T* c, T sum, bool accumulate)
    {
        if (!accumulate)
        {
            *c = sum;
        }
        else if (typeof(T) == typeof(double))
        {
            *(double*)c += Unsafe.BitCast<T, double>(sum);
        }
        else
        {
            *(float*)c += Unsafe.BitCast<T, float>(sum);
        }
    }

    [MethodImpl(Inline)]
    public static Vector512<T> LoadPartial(T* source, nint count) => typeof(T) == typeof(double)
        ? Simd.LoadPartial((double*)source, count).As<double, T>()
        : Simd.LoadPartial((float*)source, count).As<float, T>();

    [MethodImpl(Inline)]
    private static void StorePartial(T* destination, Vector512<T> value, nint count)
    {
        if (typeof(T) == typeof(double))
        {
            Simd.StorePartial((double*)destination, value.AsDouble(), count);
        }
        else
        {
            Simd.StorePartial((float*)destination, value.AsSingle(), count);
        }
    }

    // The first lanes, by their mask where the hardware has masks in registers, else by their number.

    [MethodImpl(Inline)]
    private static Vector512<T> LoadFirst(T* source, Vector512<T> mask, nint count) => !Avx512F.IsSupported
        ? LoadPartial(source, count)
        : typeof(T) == typeof(double)
            ? Simd.LoadMasked((double*)source, mask.AsDouble()).As<double, T>()
            : Simd.LoadMasked((float*)source, mask.AsSingle()).As<float, T>();

    [MethodImpl(Inline)]
    private static void StoreFirst(T* destination, Vector512<T> value, Vector512<T> mask, nint count)
    {
        if (!Avx512F.IsSupported)
        {
            StorePartial(destination, value, count);
        }
        else if (typeof(T) == typeof(double))
        {
            Avx512F.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
        }
        else
        {
            Avx512F.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<T> First(nint count) =>
        typeof(T) == typeof(double) ? Simd.FirstLanes8(count).As<double, T>() : Simd.FirstLanes16(count).As<float, T>();

    [MethodImpl(Inline)]
    private static Vector512<T> Fma(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(Inline)]
    private static T Fma(T x, T y, T z) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<double, T>(Math.FusedMultiplyAdd(Unsafe.BitCast<T, double>(x), Unsafe.BitCast<T, double>(y), Unsafe.BitCast<T, double>(z)))
        : Unsafe.BitCast<float, T>(MathF.FusedMultiplyAdd(Unsafe.BitCast<T, float>(x), Unsafe.BitCast<T, float>(y), Unsafe.BitCast<T, float>(z)));

    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private readonly struct N1;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    private readonly struct N2;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private readonly struct N3;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    private readonly struct N4;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    private readonly struct N5;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    private readonly struct N6;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    private readonly struct N7;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    private readonly struct N8;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    private readonly struct N9;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    private readonly struct N10;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    private readonly struct N11;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private readonly struct N12;
}
