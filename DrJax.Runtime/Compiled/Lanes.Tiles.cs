using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Transposes 8 by 8 elements in registers.</content>
public static unsafe partial class Lanes
{
    // Below this many columns a tile's loads are mostly empty.
    private const nint FewColumns = 4;

    // One after the other along the rows of the destination, so that these are written from end to end. What is left of a row is done by a tile that
    // overlaps the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeTiles(double* from, nint fromStride, nint rows, nint columns, double* to, nint toStride)
    {
        nint j = 0;
        if (rows >= Simd.Lanes8)
        {
            for (; j <= columns - Simd.Lanes8; j += Simd.Lanes8)
            {
                nint i = 0;
                for (; i <= rows - Simd.Lanes8; i += Simd.Lanes8)
                {
                    WholeTile(from + (i * fromStride) + j, fromStride, to + (j * toStride) + i, toStride);
                }

                if (i < rows)
                {
                    i = rows - Simd.Lanes8;
                    WholeTile(from + (i * fromStride) + j, fromStride, to + (j * toStride) + i, toStride);
                }
            }
        }

        for (; j < columns; j += Simd.Lanes8)
        {
            for (nint i = 0; i < rows; i += Simd.Lanes8)
            {
                Tile(from + (i * fromStride) + j, fromStride, Math.Min(rows - i, Simd.Lanes8), Math.Min(columns - j, Simd.Lanes8), to + (j * toStride) + i, toStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WholeTile(double* from, nint fromStride, double* to, nint toStride)
    {
        const byte Evens = 0x88;
        const byte Odds = 0xDD;
        var from4 = from + (4 * fromStride);
        var (row0, row1) = (Vector512.Load(from), Vector512.Load(from + fromStride));
        var (row2, row3) = (Vector512.Load(from + (2 * fromStride)), Vector512.Load(from + (3 * fromStride)));
        var (row4, row5) = (Vector512.Load(from4), Vector512.Load(from4 + fromStride));
        var (row6, row7) = (Vector512.Load(from4 + (2 * fromStride)), Vector512.Load(from4 + (3 * fromStride)));
        var to4 = to + (4 * toStride);
        var (a, b) = (Avx512F.UnpackLow(row0, row1), Avx512F.UnpackLow(row2, row3));
        var (c, d) = (Avx512F.UnpackLow(row4, row5), Avx512F.UnpackLow(row6, row7));
        var (ab, cd) = (Avx512F.Shuffle4x128(a, b, Evens), Avx512F.Shuffle4x128(c, d, Evens));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Evens), to);
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Odds), to4);
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, Odds), Avx512F.Shuffle4x128(c, d, Odds));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Evens), to + (2 * toStride));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Odds), to4 + (2 * toStride));
        (a, b) = (Avx512F.UnpackHigh(row0, row1), Avx512F.UnpackHigh(row2, row3));
        (c, d) = (Avx512F.UnpackHigh(row4, row5), Avx512F.UnpackHigh(row6, row7));
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, Evens), Avx512F.Shuffle4x128(c, d, Evens));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Evens), to + toStride);
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Odds), to4 + toStride);
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, Odds), Avx512F.Shuffle4x128(c, d, Odds));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Evens), to + (3 * toStride));
        Vector512.Store(Avx512F.Shuffle4x128(ab, cd, Odds), to4 + (3 * toStride));
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
