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
/// <remarks>Compiled by tiers, as <see cref="GemmBlock{T}"/> is: a first call spends its time in kernels, and would wait longer for the JIT than it gains.</remarks>
internal static unsafe class GemmPaths<T>
    where T : unmanaged
{
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

    // What of B the first-level cache keeps while rows of A pass by.
    private const nint FirstLevelBytes = 1 << 15;

    // The block of k that the law names.
    private static nint KBlock => sizeof(T) == 8 ? 256 : 512;

    // Of a vector of 512 bits; asking its type takes the JIT longer.
    private static nint Lanes => 64 / sizeof(T);

    private static nint Panel => GemmKernels<T>.MaxVectors * Lanes;

    public static void Multiply(nint m, nint n, nint k, Strided<T> a, Strided<T> b, Strided<T> c, bool accumulate, GemmBounds bounds = GemmBounds.None)
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
            bounds = GemmTriangle.Transposed(bounds);
        }

        for (nint p = 0; p < k; p += KBlock)
        {
            KBlockOf(m, n, Math.Min(KBlock, k - p), a.From(0, p), b.From(p, 0), c, accumulate || p > 0, bounds, p);
        }
    }

    /// <param name="first">The p at which the block begins.</param>
    private static void KBlockOf(
        nint m, nint n, nint k, in Strided<T> a, in Strided<T> b, in Strided<T> c, bool accumulate, GemmBounds bounds, nint first)
    {
        if (n == 1 || (n == 2 && a.Col == 1 && m >= GemmDots<T>.Block))
        {
            Columns(m, n, k, a, b, c, accumulate);
            return;
        }

        if (b.Col != 1 && m <= GemmKernels<T>.FewRows && n <= GemmKernels<T>.FewColumns)
        {
            GemmKernels<T>.Few(m, n, k, a, b, c, accumulate);
            return;
        }

        // Without masked loads a ragged last panel of B is read from a padded copy.
        var packB = b.Col != 1
            || (!Avx.IsSupported && n % Lanes != 0)
            || (m >= PackingRows && (k * n * sizeof(T) > UnpackedBytes || (k >= 64 && b.Row * sizeof(T) % 2048 == 0)));
        if (packB || c.Col != 1)
        {
            Blocks(m, n, k, a, b, c, accumulate, packB, bounds, first);
        }
        else if (m == 1)
        {
            Row(n, k, a, b, c, accumulate);
        }
        else
        {
            var block = new GemmBlock<T>
            {
                K = k, First = first, A = a, B = b.Start, BRow = b.Row, BStep = Panel, C = c, Columns = n, Accumulate = accumulate, Bounds = bounds,
            };
            Run(block, new GemmTiles(m, bounds), n, k, bounds);
        }
    }

    /// <summary>As many columns at once as leave B in the first-level cache, row after row of tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(in GemmBlock<T> block, in GemmTiles tiles, nint columns, nint k, GemmBounds bounds)
    {
        var atOnce = (bounds & GemmTriangle.InnerByColumns) != 0 ? Panel : Math.Max(FirstLevelBytes / (k * sizeof(T)) / Panel, 1) * Panel;
        for (nint j = 0; j < columns; j += atOnce)
        {
            block.Run(tiles, j, Math.Min(atOnce, columns - j));
        }
    }

    // Columns one by one: rows in vectors where A is contiguous along k, what is left as scalar chains.
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

    private static void Blocks(
        nint m, nint n, nint k, in Strided<T> a, in Strided<T> b, in Strided<T> c, bool accumulate, bool packB, GemmBounds bounds, nint first)
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
                var tiles = new GemmTiles(rows, bounds);
                if (packA)
                {
                    for (nint i = 0, height; i < rows; i += height)
                    {
                        height = tiles.HeightAt(i);
                        GemmPacking<T>.Panel(a.Start + ((iBlock + i) * a.Row), a.Row, a.Col, height, height, k, aPanels + (i * k));
                    }
                }

                var block = new GemmBlock<T>
                {
                    K = k, First = first, A = a, PackedA = aPanels, C = c, Top = iBlock, Left = jBlock, Columns = columns, Accumulate = accumulate,
                    B = packB ? bPanels : b.Start + (jBlock * b.Col), IsPacked = packB, BRow = b.Row, BStep = packB ? Panel * k : Panel, Scratch = scratch, Bounds = bounds,
                };
                Run(block, tiles, columns, k, bounds);
            }
        }

        Arena.Release(mark);
    }

    private static nint Padded(nint width) => (width + Lanes - 1) / Lanes * Lanes;
}
