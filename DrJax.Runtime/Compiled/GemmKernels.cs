using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// The register-blocked micro-kernels: accumulators live in registers through a whole block of k, one fused multiply-add per element and step.
/// A is read one scalar at a time, at any strides; B by vectors along its rows; C is written once.
/// </summary>
/// <remarks>
/// A type parameter stands for the number that is its size: the JIT knows sizes before it reads a branch, so one text gives every kernel, and
/// the rows that a kernel lacks cost no compile time.
/// </remarks>
internal static unsafe partial class GemmKernels<T>
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

    /// <summary>
    /// TRows rows of one or two vectors; the last vector has <paramref name="last"/> columns (to load too, if TPartial has size 2). So for each of
    /// <paramref name="panels"/>, which lie side by side in C and <paramref name="bStep"/> apart in B.
    /// </summary>
    [MethodImpl(Optimized)]
    private static void Tile<TRows, TVectors, TPartial>(
        nint panels, nint k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bStep, T* c, nint cRow, nint last, bool accumulate)
        where TRows : unmanaged
        where TVectors : unmanaged
        where TPartial : unmanaged
    {
        var mask = First(last);
        var aRow2 = 2 * aRow;
        do
        {
            Vector512<T> c00 = default, c10 = default, c20 = default, c30 = default,
                c40 = default, c50 = default, c60 = default, c70 = default,
                c80 = default, c90 = default, c100 = default, c110 = default;
            Vector512<T> c01 = default, c11 = default, c21 = default, c31 = default,
                c41 = default, c51 = default, c61 = default, c71 = default,
                c81 = default, c91 = default, c101 = default, c111 = default;
            var (a0, a3, a6, a9) = ((nint)a, (nint)(a + (3 * aRow)), (nint)(a + (6 * aRow)), (nint)(a + (9 * aRow)));
            var at = b;
            var left = k;
            do
            {
                var b0 = sizeof(TVectors) == 1 ? LoadLast<TPartial>(at, mask) : Vector512.Load(at);
                var b1 = sizeof(TVectors) == 1 ? default : LoadLast<TPartial>(at + Vector512<T>.Count, mask);
                Step<TVectors>(*(T*)a0, b0, b1, ref c00, ref c01);
                if (sizeof(TRows) > 1)
                {
                    Step<TVectors>(((T*)a0)[aRow], b0, b1, ref c10, ref c11);
                }

                if (sizeof(TRows) > 2)
                {
                    Step<TVectors>(((T*)a0)[aRow2], b0, b1, ref c20, ref c21);
                }

                if (sizeof(TRows) > 3)
                {
                    Step<TVectors>(*(T*)a3, b0, b1, ref c30, ref c31);
                }

                if (sizeof(TRows) > 4)
                {
                    Step<TVectors>(((T*)a3)[aRow], b0, b1, ref c40, ref c41);
                }

                if (sizeof(TRows) > 5)
                {
                    Step<TVectors>(((T*)a3)[aRow2], b0, b1, ref c50, ref c51);
                }

                if (sizeof(TRows) > 6)
                {
                    Step<TVectors>(*(T*)a6, b0, b1, ref c60, ref c61);
                }

                if (sizeof(TRows) > 7)
                {
                    Step<TVectors>(((T*)a6)[aRow], b0, b1, ref c70, ref c71);
                }

                if (sizeof(TRows) > 8)
                {
                    Step<TVectors>(((T*)a6)[aRow2], b0, b1, ref c80, ref c81);
                }

                if (sizeof(TRows) > 9)
                {
                    Step<TVectors>(*(T*)a9, b0, b1, ref c90, ref c91);
                }

                if (sizeof(TRows) > 10)
                {
                    Step<TVectors>(((T*)a9)[aRow], b0, b1, ref c100, ref c101);
                }

                if (sizeof(TRows) > 11)
                {
                    Step<TVectors>(((T*)a9)[aRow2], b0, b1, ref c110, ref c111);
                }

                a0 += aCol * sizeof(T);
                a3 += aCol * sizeof(T);
                a6 += aCol * sizeof(T);
                a9 += aCol * sizeof(T);
                at += bRow;
            }
            while (--left > 0);

            // One branch for all rows: a branch for each took the JIT longer than all else.
            if (accumulate)
            {
                Add<TVectors>(c, ref c00, ref c01, mask, last);

                if (sizeof(TRows) > 1)
                {
                    Add<TVectors>(c + (1 * cRow), ref c10, ref c11, mask, last);
                }

                if (sizeof(TRows) > 2)
                {
                    Add<TVectors>(c + (2 * cRow), ref c20, ref c21, mask, last);
                }

                if (sizeof(TRows) > 3)
                {
                    Add<TVectors>(c + (3 * cRow), ref c30, ref c31, mask, last);
                }

                if (sizeof(TRows) > 4)
                {
                    Add<TVectors>(c + (4 * cRow), ref c40, ref c41, mask, last);
                }

                if (sizeof(TRows) > 5)
                {
                    Add<TVectors>(c + (5 * cRow), ref c50, ref c51, mask, last);
                }

                if (sizeof(TRows) > 6)
                {
                    Add<TVectors>(c + (6 * cRow), ref c60, ref c61, mask, last);
                }

                if (sizeof(TRows) > 7)
                {
                    Add<TVectors>(c + (7 * cRow), ref c70, ref c71, mask, last);
                }

                if (sizeof(TRows) > 8)
                {
                    Add<TVectors>(c + (8 * cRow), ref c80, ref c81, mask, last);
                }

                if (sizeof(TRows) > 9)
                {
                    Add<TVectors>(c + (9 * cRow), ref c90, ref c91, mask, last);
                }

                if (sizeof(TRows) > 10)
                {
                    Add<TVectors>(c + (10 * cRow), ref c100, ref c101, mask, last);
                }

                if (sizeof(TRows) > 11)
                {
                    Add<TVectors>(c + (11 * cRow), ref c110, ref c111, mask, last);
                }
            }

            Store<TVectors>(c, c00, c01, mask, last);

            if (sizeof(TRows) > 1)
            {
                Store<TVectors>(c + (1 * cRow), c10, c11, mask, last);
            }

            if (sizeof(TRows) > 2)
            {
                Store<TVectors>(c + (2 * cRow), c20, c21, mask, last);
            }

            if (sizeof(TRows) > 3)
            {
                Store<TVectors>(c + (3 * cRow), c30, c31, mask, last);
            }

            if (sizeof(TRows) > 4)
            {
                Store<TVectors>(c + (4 * cRow), c40, c41, mask, last);
            }

            if (sizeof(TRows) > 5)
            {
                Store<TVectors>(c + (5 * cRow), c50, c51, mask, last);
            }

            if (sizeof(TRows) > 6)
            {
                Store<TVectors>(c + (6 * cRow), c60, c61, mask, last);
            }

            if (sizeof(TRows) > 7)
            {
                Store<TVectors>(c + (7 * cRow), c70, c71, mask, last);
            }

            if (sizeof(TRows) > 8)
            {
                Store<TVectors>(c + (8 * cRow), c80, c81, mask, last);
            }

            if (sizeof(TRows) > 9)
            {
                Store<TVectors>(c + (9 * cRow), c90, c91, mask, last);
            }

            if (sizeof(TRows) > 10)
            {
                Store<TVectors>(c + (10 * cRow), c100, c101, mask, last);
            }

            if (sizeof(TRows) > 11)
            {
                Store<TVectors>(c + (11 * cRow), c110, c111, mask, last);
            }

            b += bStep;
            c += sizeof(TVectors) * Vector512<T>.Count;
        }
        while (--panels > 0);
    }

    [MethodImpl(Inline)]
    private static void Step<TVectors>(T scalar, Vector512<T> b0, Vector512<T> b1, ref Vector512<T> c0, ref Vector512<T> c1)
        where TVectors : unmanaged
    {
        var x = Vector512.Create(scalar);
        c0 = Fma(x, b0, c0);
        if (sizeof(TVectors) > 1)
        {
            c1 = Fma(x, b1, c1);
        }
    }

    [MethodImpl(Inline)]
    private static void Add<TVectors>(T* c, ref Vector512<T> c0, ref Vector512<T> c1, Vector512<T> mask, nint last)
        where TVectors : unmanaged
    {
        if (sizeof(TVectors) > 1)
        {
            c0 += Vector512.Load(c);
            c1 += LoadFirst(c + Vector512<T>.Count, mask, last);
        }
        else
        {
            c0 += LoadFirst(c, mask, last);
        }
    }

    [MethodImpl(Inline)]
    private static void Store<TVectors>(T* c, Vector512<T> c0, Vector512<T> c1, Vector512<T> mask, nint last)
        where TVectors : unmanaged
    {
        if (sizeof(TVectors) > 1)
        {
            Vector512.Store(c0, c);
            StoreFirst(c + Vector512<T>.Count, c1, mask, last);
        }
        else
        {
            StoreFirst(c, c0, mask, last);
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<T> LoadLast<TPartial>(T* source, Vector512<T> mask)
        where TPartial : unmanaged =>
        sizeof(TPartial) == 1 ? Vector512.Load(source)
        : typeof(T) == typeof(double) ? Simd.LoadMasked((double*)source, mask.AsDouble()).As<double, T>()
        : Simd.LoadMasked((float*)source, mask.AsSingle()).As<float, T>();
}
