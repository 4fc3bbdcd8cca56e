using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>
/// Lanes that read several neighbouring elements each from a place of its own: those are loaded a row at a time and turned in registers, which takes a
/// fraction of the time of a gather for each element.
/// </content>
public static unsafe partial class Simd
{
    /// <summary>lanes[8 k + j] = source[offsets[j] + k] for the 8 lanes j and k &lt; <paramref name="columns"/>, at least 2.</summary>
    /// <param name="lanes">Room for 8 elements a column.</param>
    /// <returns><paramref name="lanes"/></returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double* Rows(double* source, Vector512<long> offsets, nint columns, double* lanes)
    {
        var at = (long*)&offsets;
        if (!Avx512F.IsSupported)
        {
            for (nint k = 0; k < columns; k++)
            {
                Vector512.Store(Gather(source + k, offsets), lanes + (Lanes8 * k));
            }
        }
        else if (columns < 4)
        {
            TwoColumns(source, at, lanes);
            if (columns == 3)
            {
                TwoColumns(source + 1, at, lanes + Lanes8);
            }
        }
        else
        {
            // The last tile overlaps the one before.
            for (nint k = 0; k < columns; k += 4)
            {
                var first = Math.Min(k, columns - 4);
                FourColumns(source + first, at, lanes + (Lanes8 * first));
            }
        }

        return lanes;
    }

    /// <inheritdoc cref="Rows(double*, Vector512{long}, nint, double*)"/>
    /// <param name="count">Lanes from it on read what is at offset 0.</param>
    public static double* Rows(double* source, Vector512<long> offsets, nint columns, double* lanes, nint count) =>
        Rows(source, offsets & FirstLanes8(count).AsInt64(), columns, lanes);

    /// <summary>lanes[16 k + j] = source[offsets[j] + k] for the 16 lanes j and k &lt; <paramref name="columns"/>, at least 4.</summary>
    /// <param name="lanes">Room for 16 elements a column.</param>
    /// <returns><paramref name="lanes"/></returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float* Rows(float* source, Vector512<int> offsets, nint columns, float* lanes)
    {
        var at = (int*)&offsets;
        if (!Avx512F.IsSupported)
        {
            for (nint k = 0; k < columns; k++)
            {
                Vector512.Store(Gather(source + k, offsets), lanes + (Lanes16 * k));
            }
        }
        else
        {
            for (nint k = 0; k < columns; k += 4)
            {
                var first = Math.Min(k, columns - 4);
                FourColumns(source + first, at, lanes + (Lanes16 * first));
            }
        }

        return lanes;
    }

    /// <inheritdoc cref="Rows(float*, Vector512{int}, nint, float*)"/>
    /// <param name="count">Lanes from it on read what is at offset 0.</param>
    public static float* Rows(float* source, Vector512<int> offsets, nint columns, float* lanes, nint count) =>
        Rows(source, offsets & FirstLanes16(count).AsInt32(), columns, lanes);

    [MethodImpl(Inline)]
    private static void TwoColumns(double* from, long* at, double* to)
    {
        var even = Vector512.Create(
            Vector256.Create(Vector128.Load(from + at[0]), Vector128.Load(from + at[2])), Vector256.Create(Vector128.Load(from + at[4]), Vector128.Load(from + at[6])));
        var odd = Vector512.Create(
            Vector256.Create(Vector128.Load(from + at[1]), Vector128.Load(from + at[3])), Vector256.Create(Vector128.Load(from + at[5]), Vector128.Load(from + at[7])));
        Vector512.Store(Avx512F.UnpackLow(even, odd), to);
        Vector512.Store(Avx512F.UnpackHigh(even, odd), to + Lanes8);
    }

    [MethodImpl(Inline)]
    private static void FourColumns(double* from, long* at, double* to)
    {
        var a = Vector512.Create(Vector256.Load(from + at[0]), Vector256.Load(from + at[4]));
        var b = Vector512.Create(Vector256.Load(from + at[1]), Vector256.Load(from + at[5]));
        var c = Vector512.Create(Vector256.Load(from + at[2]), Vector256.Load(from + at[6]));
        var d = Vector512.Create(Vector256.Load(from + at[3]), Vector256.Load(from + at[7]));
        var (low, high) = (Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15));
        var (ab, cd) = (Avx512F.UnpackLow(a, b), Avx512F.UnpackLow(c, d));
        Vector512.Store(Avx512F.PermuteVar8x64x2(ab, low, cd), to);
        Vector512.Store(Avx512F.PermuteVar8x64x2(ab, high, cd), to + (2 * Lanes8));
        (ab, cd) = (Avx512F.UnpackHigh(a, b), Avx512F.UnpackHigh(c, d));
        Vector512.Store(Avx512F.PermuteVar8x64x2(ab, low, cd), to + Lanes8);
        Vector512.Store(Avx512F.PermuteVar8x64x2(ab, high, cd), to + (3 * Lanes8));
    }

    // Quarter q of a register has rows 4 q to 4 q + 3: their tiles are turned in place.
    [MethodImpl(Inline)]
    private static void FourColumns(float* from, int* at, float* to)
    {
        var (a, b, c, d) = (EveryFourth(from, at), EveryFourth(from, at + 1), EveryFourth(from, at + 2), EveryFourth(from, at + 3));
        var (ab, cd) = (Avx512F.UnpackLow(a, b).AsDouble(), Avx512F.UnpackLow(c, d).AsDouble());
        Vector512.Store(Avx512F.UnpackLow(ab, cd).AsSingle(), to);
        Vector512.Store(Avx512F.UnpackHigh(ab, cd).AsSingle(), to + Lanes16);
        (ab, cd) = (Avx512F.UnpackHigh(a, b).AsDouble(), Avx512F.UnpackHigh(c, d).AsDouble());
        Vector512.Store(Avx512F.UnpackLow(ab, cd).AsSingle(), to + (2 * Lanes16));
        Vector512.Store(Avx512F.UnpackHigh(ab, cd).AsSingle(), to + (3 * Lanes16));
    }

    [MethodImpl(Inline)]
    private static Vector512<float> EveryFourth(float* from, int* at) => Vector512.Create(
        Vector256.Create(Vector128.Load(from + at[0]), Vector128.Load(from + at[4])), Vector256.Create(Vector128.Load(from + at[8]), Vector128.Load(from + at[12])));
}
