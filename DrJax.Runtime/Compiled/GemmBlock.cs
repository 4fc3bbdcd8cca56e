using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>One block of k of a product with operands as the micro-kernels take them: row after row of tiles, each over all columns at once.</summary>
internal readonly unsafe struct GemmBlock<T>
    where T : unmanaged
{
    private static nint Lanes => 64 / sizeof(T);

    private static nint Panel => GemmKernels<T>.MaxVectors * Lanes;

    /// <summary>The length of the block, and the k at which it begins.</summary>
    public nint K { get; init; }

    public nint First { get; init; }

    /// <summary>A, and a copy of its rows from <see cref="Top"/> on, if there is one, in the order in which tiles read it.</summary>
    public Strided<T> A { get; init; }

    public T* PackedA { get; init; }

    /// <summary>B from column <see cref="Left"/> on: panels of columns, <see cref="BStep"/> elements apart.</summary>
    public T* B { get; init; }

    /// <summary>Whether panels are copies, whose rows are whole vectors one after the other; otherwise rows are <see cref="BRow"/> apart.</summary>
    public bool IsPacked { get; init; }

    public nint BRow { get; init; }

    public nint BStep { get; init; }

    public Strided<T> C { get; init; }

    /// <summary>The tiles' first row and column.</summary>
    public nint Top { get; init; }

    public nint Left { get; init; }

    /// <summary>How many columns there are from <see cref="Left"/> on.</summary>
    public nint Columns { get; init; }

    public bool Accumulate { get; init; }

    /// <summary>Room for a tile where C is not contiguous along its rows.</summary>
    public T* Scratch { get; init; }

    public GemmBounds Bounds { get; init; }

    /// <summary>Columns from <paramref name="from"/> (a multiple of a panel, from <see cref="Left"/> on), <paramref name="width"/> of them.</summary>
    public void Run(in GemmTiles tiles, nint from, nint width)
    {
        for (nint i = 0, height; i < tiles.Rows; i += height)
        {
            height = tiles.HeightAt(i);
            var (left, right, begin, end) = (from, from + width, (nint)0, K);
            if (Bounds != GemmBounds.None)
            {
                GemmTriangle.Cut(Bounds, Top + i, height, Left, Panel, Lanes, First, ref left, ref right, ref begin, ref end);
                if (right <= left)
                {
                    continue;
                }

                if (end <= begin)
                {
                    Clear(i, height, left, right);
                    continue;
                }
            }

            var a = PackedA == null ? A.Start + ((Top + i) * A.Row) + (begin * A.Col) : PackedA + (i * K) + (begin * height);
            var (aRow, aCol) = PackedA == null ? (A.Row, A.Col) : (1, height);
            var c = C.Start + ((Top + i) * C.Row) + ((Left + left) * C.Col);
            var panels = C.Col == 1 ? (right - left) / Panel : 0;
            if (panels > 0)
            {
                GemmKernels<T>.FullPanels[height](
                    panels, end - begin, a, aRow, aCol, RowOf(left, begin), PitchAt(left), BStep, c, C.Row, Lanes, Accumulate);
                left += panels * Panel;
                c += panels * Panel;
            }

            for (; left < right; left += Panel)
            {
                Tile(height, Math.Min(Panel, right - left), end - begin, a, aRow, aCol, RowOf(left, begin), PitchAt(left), c);
                c += Panel * C.Col;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint PitchAt(nint column) => !IsPacked ? BRow : Math.Min(Panel, (Columns - column + Lanes - 1) / Lanes * Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* RowOf(nint column, nint k) => B + (column / Panel * BStep) + (k * PitchAt(column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tile(nint height, nint width, nint k, T* a, nint aRow, nint aCol, T* b, nint bRow, T* c)
    {
        var last = width > Lanes ? width - Lanes : width;
        var full = IsPacked || last == Lanes;
        var kernels = width > Lanes
            ? (full ? GemmKernels<T>.FullPairs : GemmKernels<T>.PartialPairs)
            : (full ? GemmKernels<T>.FullSingles : GemmKernels<T>.PartialSingles);
        if (C.Col == 1)
        {
            kernels[height](1, k, a, aRow, aCol, b, bRow, 0, c, C.Row, last, Accumulate);
        }
        else
        {
            kernels[height](1, k, a, aRow, aCol, b, bRow, 0, Scratch, Panel, last, false);
            GemmPacking<T>.Scatter(Scratch, Panel, height, width, new Strided<T>(c, C.Row, C.Col), Accumulate);
        }
    }

    // No k counts: a sum of nothing.
    private void Clear(nint row, nint height, nint left, nint right)
    {
        for (var i = Top + row; !Accumulate && i < Top + row + height; i++)
        {
            for (var j = Left + left; j < Left + right; j++)
            {
                *C.From(i, j).Start = default;
            }
        }
    }
}
