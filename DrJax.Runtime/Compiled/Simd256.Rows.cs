using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Lanes that read several neighbouring elements each from a place of its own.</content>
public static unsafe partial class Simd256
{
    /// <summary>lanes[4 k + j] = source[offsets[j] + k] for the 4 lanes j and k &lt; <paramref name="columns"/>, at least 2.</summary>
    /// <param name="lanes">Room for 4 elements a column.</param>
    /// <returns><paramref name="lanes"/></returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double* Rows(double* source, Vector256<long> offsets, nint columns, double* lanes)
    {
        var at = (long*)&offsets;
        if (!Avx.IsSupported)
        {
            for (nint k = 0; k < columns; k++)
            {
                Vector256.Store(Gather(source + k, offsets), lanes + (Lanes4 * k));
            }

            return lanes;
        }

        // The last tile overlaps the one before.
        for (nint k = 0; k < columns; k += 2)
        {
            var first = Math.Min(k, columns - 2);
            var from = source + first;
            var even = Vector256.Create(Vector128.Load(from + at[0]), Vector128.Load(from + at[2]));
            var odd = Vector256.Create(Vector128.Load(from + at[1]), Vector128.Load(from + at[3]));
            Vector256.Store(Avx.UnpackLow(even, odd), lanes + (Lanes4 * first));
            Vector256.Store(Avx.UnpackHigh(even, odd), lanes + (Lanes4 * (first + 1)));
        }

        return lanes;
    }

    /// <inheritdoc cref="Rows(double*, Vector256{long}, nint, double*)"/>
    /// <param name="count">Lanes from it on read what is at offset 0.</param>
    public static double* Rows(double* source, Vector256<long> offsets, nint columns, double* lanes, nint count) =>
        Rows(source, offsets & FirstLanes4(count).AsInt64(), columns, lanes);

    /// <summary>lanes[8 k + j] = source[offsets[j] + k] for the 8 lanes j and k &lt; <paramref name="columns"/>, at least 4.</summary>
    /// <param name="lanes">Room for 8 elements a column.</param>
    /// <returns><paramref name="lanes"/></returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float* Rows(float* source, Vector256<int> offsets, nint columns, float* lanes)
    {
        var at = (int*)&offsets;
        if (!Avx.IsSupported)
        {
            for (nint k = 0; k < columns; k++)
            {
                Vector256.Store(Gather(source + k, offsets), lanes + (Lanes8 * k));
            }

            return lanes;
        }

        for (nint k = 0; k < columns; k += 4)
        {
            var first = Math.Min(k, columns - 4);
            float* from = source + first, to = lanes + (Lanes8 * first);
            var (a, b) = (EveryFourth(from, at), EveryFourth(from, at + 1));
            var (c, d) = (EveryFourth(from, at + 2), EveryFourth(from, at + 3));
            var (ab, cd) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackLow(c, d).AsDouble());
            Vector256.Store(Avx.UnpackLow(ab, cd).AsSingle(), to);
            Vector256.Store(Avx.UnpackHigh(ab, cd).AsSingle(), to + Lanes8);
            (ab, cd) = (Avx.UnpackHigh(a, b).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
            Vector256.Store(Avx.UnpackLow(ab, cd).AsSingle(), to + (2 * Lanes8));
            Vector256.Store(Avx.UnpackHigh(ab, cd).AsSingle(), to + (3 * Lanes8));
        }

        return lanes;
    }

    /// <inheritdoc cref="Rows(float*, Vector256{int}, nint, float*)"/>
    /// <param name="count">Lanes from it on read what is at offset 0.</param>
    public static float* Rows(float* source, Vector256<int> offsets, nint columns, float* lanes, nint count) =>
        Rows(source, offsets & FirstLanes8(count).AsInt32(), columns, lanes);

    [MethodImpl(Inline)]
    private static Vector256<float> EveryFourth(float* from, int* at) => Vector256.Create(Vector128.Load(from + at[0]), Vector128.Load(from + at[4]));
}
