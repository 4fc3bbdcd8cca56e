using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Transposes 8 by 8 elements in registers.</content>
public static unsafe partial class Lanes
{
    // Below this many columns a tile's loads are mostly empty.
    private const nint FewColumns = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeTiles(double* from, nint fromStride, nint rows, nint columns, double* to, nint toStride)
    {
        for (nint i = 0; i < rows; i += Simd.Lanes8)
        {
            var height = Math.Min(rows - i, Simd.Lanes8);
            for (nint j = 0; j < columns; j += Simd.Lanes8)
            {
                Tile(from + (i * fromStride) + j, fromStride, height, Math.Min(columns - j, Simd.Lanes8), to + (j * toStride) + i, toStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(double* from, nint fromStride, nint rows, nint columns, double* to, nint toStride)
    {
        var width = Simd.FirstLanes8(columns);
        var (even0, odd0) = Pair(from, fromStride, rows, width);
        var (even1, odd1) = Pair(from + (2 * fromStride), fromStride, rows - 2, width);
        var (even2, odd2) = Pair(from + (4 * fromStride), fromStride, rows - 4, width);
        var (even3, odd3) = Pair(from + (6 * fromStride), fromStride, rows - 6, width);
        Columns(even0, even1, even2, even3, rows, columns, to, toStride);
        Columns(odd0, odd1, odd2, odd3, rows, columns - 1, to + toStride, toStride);
    }

    /// <summary>Two rows interleaved: their even columns, their odd columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Even, Vector512<double> Odd) Pair(double* from, nint stride, nint rows, Vector512<double> width)
    {
        var zero = Vector512<double>.Zero;
        var first = rows > 0 ? Avx512F.MaskLoad(from, width, zero) : zero;
        var second = rows > 1 ? Avx512F.MaskLoad(from + stride, width, zero) : zero;
        return (Avx512F.UnpackLow(first, second), Avx512F.UnpackHigh(first, second));
    }

    /// <summary>Stores every other column from pairs of rows: the quarters of the four vectors, transposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, nint rows, nint columns, double* to, nint stride)
    {
        const byte Evens = 0x88;
        const byte Odds = 0xDD;
        var (ab, cd) = (Avx512F.Shuffle4x128(a, b, Evens), Avx512F.Shuffle4x128(c, d, Evens));
        var (abOdd, cdOdd) = (Avx512F.Shuffle4x128(a, b, Odds), Avx512F.Shuffle4x128(c, d, Odds));
        var height = Simd.FirstLanes8(rows);
        if (columns > 0)
        {
            Avx512F.MaskStore(to, height, Avx512F.Shuffle4x128(ab, cd, Evens));
        }

        if (columns > 2)
        {
            Avx512F.MaskStore(to + (2 * stride), height, Avx512F.Shuffle4x128(abOdd, cdOdd, Evens));
        }

        if (columns > 4)
        {
            Avx512F.MaskStore(to + (4 * stride), height, Avx512F.Shuffle4x128(ab, cd, Odds));
        }

        if (columns > 6)
        {
            Avx512F.MaskStore(to + (6 * stride), height, Avx512F.Shuffle4x128(abOdd, cdOdd, Odds));
        }
    }
}
