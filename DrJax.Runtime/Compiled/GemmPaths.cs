using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>A matrix in memory: element (i, j) lies at Start + i Row + j Col.</summary>
internal readonly unsafe struct Strided<T>(T* start, nint row, nint col)
    where T : unmanaged
{
    public readonly T* Start = start;
    public readonly nint Row = row;
    public readonly nint Col = col;

    public Strided<T> Transposed => new(Start, Col, Row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided<T> From(nint i, nint j) => new(Start + (i * Row) + (j * Col), Row, Col);
}

/// <summary>The paths of a product: which orientation, in place or packed, and the tiles that cover C.</summary>
internal static unsafe class GemmPaths<T>
    where T : unmanaged
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    // A packed block of A (MBlock x KBlock) stays in the second-level cache, one of B (KBlock x NBlock) in the third.
    private const nint MBlock = 240;
    private const nint NBlock = 2048;

    // Up to so many scalar steps nothing is gained by vectors.
    private const nint TinySteps = 16;

    // Where the last vector of a row is mostly empty and A lies along i, vectors run along i instead; from so many steps of k on this outweighs that
    // C has to be scattered.
    private const nint DeepSteps = 32;

    // Rows from which copying B pays, and the bytes of B up to which it need not: it then stays in the second-level cache as it lies.
    private const nint PackingRows = 48;
    private const nint UnpackedBytes = 1 << 19;

    // The block of k that the law names.
    private static nint KBlock => sizeof(T) == 8 ? 256 : 512;

    private static nint Lanes => Vector512<T>.Count;

    private static nint Panel => GemmKernels<T>.MaxVectors * Lanes;

    [MethodImpl(Optimized)]
    public static void Multiply(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate)
    {
        if (m <= 0 || n <= 0)
        {
            return;
        }

        if (m * n * k <= TinySteps)
        {
            GemmKernels<T>.Columns(m, n, k, a, b, c, accumulate);
            return;
        }

        // Vectors run along j. Where they had better run along i, compute C' = B'A': the chains are the same.
        var transpose =
            n == 1 ? m > 1 && a.Row == 1 && c.Row == 1 :
            m == 1 ? b.Col != 1 || c.Col != 1 :
            c.Col != 1 ? c.Row == 1 : a.Row == 1 && k >= DeepSteps && Padded(n) * m * 5 >= Padded(m) * n * 6;
        if (transpose)
        {
            (m, n) = (n, m);
            (a, b, c) = (b.Transposed, a.Transposed, c.Transposed);
        }

        for (nint p = 0; p < k; p += KBlock)
        {
            KBlockOf(m, n, Math.Min(KBlock, k - p), a.From(0, p), b.From(p, 0), c, accumulate || p > 0);
        }
    }

    [MethodImpl(Optimized)]
    private static void KBlockOf(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate)
    {
        if (n == 1 || (n == 2 && a.Col == 1 && m >= GemmDots<T>.Block))
        {
            Columns(m, n, k, a, b, c, accumulate);
            return;
        }

        // Without masked loads a ragged last panel of B is read from a padded copy.
        var packB = b.Col != 1
            || (!Avx.IsSupported && n % Lanes != 0)
            || (m >= PackingRows && (k * n * sizeof(T) > UnpackedBytes || (k >= 64 && b.Row * sizeof(T) % 2048 == 0)));
        if (m == 1 && !packB && c.Col == 1)
        {
            Row(n, k, a, b, c, accumulate);
            return;
        }

        Blocks(m, n, k, a, b, c, accumulate, packB);
    }

    // Columns one by one: rows in vectors where A is contiguous along k, what is left as scalar chains.
    [MethodImpl(Optimized)]
    private static void Columns(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate)
    {
        nint done = 0;
        for (nint j = 0; a.Col == 1 && j < n; j++)
        {
            done = GemmDots<T>.Rows(m, k, a, b.Start + (j * b.Col), b.Row, c.Start + (j * c.Col), c.Row, accumulate);
        }

        GemmKernels<T>.Columns(m - done, n, k, a.From(done, 0), b, c.From(done, 0), accumulate);
    }

    // One row: chunks of many vectors, so that enough chains are in flight.
    [MethodImpl(Optimized)]
    private static void Row(nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate)
    {
        var widest = GemmKernels<T>.MaxRowVectors * Lanes;
        for (nint j = 0; j < n; j += widest)
        {
            var columns = Math.Min(widest, n - j);
            var vectors = (columns + Lanes - 1) / Lanes;
            var last = columns - ((vectors - 1) * Lanes);
            var kernel = (last == Lanes ? GemmKernels<T>.FullRows : GemmKernels<T>.PartialRows)[vectors];
            kernel(k, a.Start, a.Col, b.Start + j, b.Row, c.Start + j, last, accumulate);
        }
    }

    [MethodImpl(Optimized)]
    private static void Blocks(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate, bool packB)
    {
        // A is read once per panel of B: from 4 panels on, a copy in the order of the reads pays, if B is worth one.
        var packA = packB && n >= 4 * Panel && m > 1;
        var mark = Arena.Mark();
        var bPanels = packB ? Arena.Rent<T>((Math.Min(n, NBlock) + Panel) * k) : null;
        var aPanels = packA ? Arena.Rent<T>((Math.Min(m, MBlock) * k) + Panel) : null;
        var scratch = c.Col == 1 ? null : Arena.Rent<T>(GemmKernels<T>.MaxRows * Panel);
        for (nint jBlock = 0; jBlock < n; jBlock += NBlock)
        {
            var columns = Math.Min(NBlock, n - jBlock);
            if (packB)
            {
                for (nint j = 0; j < columns; j += Panel)
                {
                    var width = Math.Min(Panel, columns - j);
                    GemmPacking<T>.Panel(b.Start + ((jBlock + j) * b.Col), b.Col, b.Row, width, Padded(width), k, bPanels + (j * k));
                }
            }

            for (nint iBlock = 0; iBlock < m; iBlock += MBlock)
            {
                var rows = Math.Min(MBlock, m - iBlock);
                var tiles = (rows + GemmKernels<T>.MaxRows - 1) / GemmKernels<T>.MaxRows;
                if (packA)
                {
                    for (nint t = 0; t < tiles; t++)
                    {
                        var i = rows * t / tiles;
                        var height = (rows * (t + 1) / tiles) - i;
                        GemmPacking<T>.Panel(a.Start + ((iBlock + i) * a.Row), a.Row, a.Col, height, height, k, aPanels + (i * k));
                    }
                }

                for (nint j = 0; j < columns; j += Panel)
                {
                    var width = Math.Min(Panel, columns - j);
                    var bTile = packB ? new Strided<T>(bPanels + (j * k), Padded(width), 1) : b.From(0, jBlock + j);
                    for (nint t = 0; t < tiles; t++)
                    {
                        // Tiles of even height: 11 + 11 + 10 rows rather than 12 + 12 + 8.
                        var i = rows * t / tiles;
                        var height = (rows * (t + 1) / tiles) - i;
                        var aTile = packA ? new Strided<T>(aPanels + (i * k), 1, height) : a.From(iBlock + i, 0);
                        Tile(height, width, k, aTile, bTile, c.From(iBlock + i, jBlock + j), accumulate, packB, scratch);
                    }
                }
            }
        }

        Arena.Release(mark);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(nint height, nint width, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate, bool padded, T* scratch)
    {
        var last = width > Lanes ? width - Lanes : width;
        var full = padded || last == Lanes;
        var kernels = width > Lanes
            ? (full ? GemmKernels<T>.FullPairs : GemmKernels<T>.PartialPairs)
            : (full ? GemmKernels<T>.FullSingles : GemmKernels<T>.PartialSingles);
        if (c.Col == 1)
        {
            kernels[height](k, a.Start, a.Row, a.Col, b.Start, b.Row, c.Start, c.Row, last, accumulate);
        }
        else
        {
            kernels[height](k, a.Start, a.Row, a.Col, b.Start, b.Row, scratch, Panel, last, false);
            GemmPacking<T>.Scatter(scratch, Panel, height, width, c, accumulate);
        }
    }

    private static nint Padded(nint width) => (width + Lanes - 1) / Lanes * Lanes;
}
