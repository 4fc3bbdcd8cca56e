using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>The micro-kernels of one type of element, by their number of rows or vectors, and those for few scalars.</summary>
internal static unsafe class GemmKernels<T>
    where T : unmanaged
{
    /// <summary>With two vectors a row, 24 of 32 registers accumulate.</summary>
    public static int MaxRows => Vector512.IsHardwareAccelerated ? 12 : NarrowRows;

    /// <summary>Vectors of a tile's row.</summary>
    public static int MaxVectors => Vector512.IsHardwareAccelerated ? 2 : 1;

    /// <summary>Vectors of the kernel for a single row.</summary>
    public static int MaxRowVectors => Vector512.IsHardwareAccelerated ? 8 : 4;

    // A vector is then two of 16 narrower registers.
    private const int NarrowRows = 6;

    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Indexed by the number of rows: two vectors or one, the last one whole in memory or not.
    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullPairs =
        Unsafe.As<delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.FullPairs : SingleKernels.FullPairs);

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] PartialPairs =
        Unsafe.As<delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.PartialPairs : SingleKernels.PartialPairs);

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullSingles =
        Unsafe.As<delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.FullSingles : SingleKernels.FullSingles);

    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] PartialSingles =
        Unsafe.As<delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.PartialSingles : SingleKernels.PartialSingles);

    /// <summary>As wide as a tile can be.</summary>
    public static readonly delegate*<nint, nint, T*, nint, nint, T*, nint, nint, T*, nint, nint, bool, void>[] FullPanels =
        MaxVectors == 2 ? FullPairs : FullSingles;

    // Indexed by the number of vectors.
    public static readonly delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[] FullRows =
        Unsafe.As<delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.FullRows : SingleKernels.FullRows);

    public static readonly delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[] PartialRows =
        Unsafe.As<delegate*<nint, T*, nint, T*, nint, T*, nint, bool, void>[]>(
            typeof(T) == typeof(double) ? DoubleKernels.PartialRows : SingleKernels.PartialRows);

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
    private static T Fma(T x, T y, T z) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<double, T>(Math.FusedMultiplyAdd(Unsafe.BitCast<T, double>(x), Unsafe.BitCast<T, double>(y), Unsafe.BitCast<T, double>(z)))
        : Unsafe.BitCast<float, T>(MathF.FusedMultiplyAdd(Unsafe.BitCast<T, float>(x), Unsafe.BitCast<T, float>(y), Unsafe.BitCast<T, float>(z)));
}
