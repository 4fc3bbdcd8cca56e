using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>How rows are cut into tiles.</summary>
internal readonly struct GemmTiles
{
    // Lower tiles follow bounds more closely.
    private const int BoundedRows = 8;

    private const GemmBounds OfColumns = GemmBounds.ColumnsToRow | GemmBounds.ColumnsFromRow;

    private readonly nint _height;
    private readonly nint _taller;

    public GemmTiles(nint rows, GemmBounds bounds)
    {
        Rows = rows;
        nint most = GemmKernels<double>.MaxRows;
        if (bounds != GemmBounds.None)
        {
            most = Math.Min(most, BoundedRows);
        }

        // Tiles of even height: 11 + 11 + 10 rows rather than 12 + 12 + 8. Where bounds cut columns off, tiles end where vectors do.
        if ((bounds & OfColumns) != 0 || rows <= most)
        {
            (_height, _taller) = (most, 0);
        }
        else
        {
            var tiles = (rows + most - 1) / most;
            _height = rows / tiles;
            _taller = (rows - (_height * tiles)) * (_height + 1);
        }
    }

    public nint Rows { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint HeightAt(nint row) => row < _taller ? _height + 1 : Math.Min(_height, Rows - row);
}

/// <summary>Bounds of products, tile by tile.</summary>
internal static class GemmTriangle
{
    public const GemmBounds InnerByColumns = GemmBounds.InnerToColumn | GemmBounds.InnerFromColumn;

    /// <summary>The bounds of C' = B'A'.</summary>
    public static GemmBounds Transposed(GemmBounds bounds) =>
        (GemmBounds)(((int)bounds & 0b_00_00_11) << 2 | ((int)bounds & 0b_00_11_00) >> 2 | ((int)bounds & 0b_01_00_00) << 1 | ((int)bounds & 0b_10_00_00) >> 1);

    /// <summary>
    /// Cuts columns [left, right), counted from <paramref name="column"/>, and k in [begin, end), counted from <paramref name="first"/>, to what counts
    /// for rows from <paramref name="row"/> on: from the left whole panels, from the right whole vectors. Where k is bounded by columns, the columns are
    /// those of one panel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Cut(
        GemmBounds bounds, nint row, nint height, nint column, nint panel, nint lanes, nint first, ref nint left, ref nint right, ref nint begin, ref nint end)
    {
        if ((bounds & GemmBounds.ColumnsToRow) != 0)
        {
            var columns = row + height - column - left;
            right = Math.Min(right, columns <= 0 ? left : left + ((columns + lanes - 1) / lanes * lanes));
        }

        if ((bounds & GemmBounds.ColumnsFromRow) != 0 && row > column + left)
        {
            left += (row - column - left) / panel * panel;
        }

        if ((bounds & GemmBounds.InnerToRow) != 0)
        {
            end = Math.Min(end, row + height - first);
        }

        if ((bounds & GemmBounds.InnerToColumn) != 0)
        {
            end = Math.Min(end, column + right - first);
        }

        if ((bounds & GemmBounds.InnerFromRow) != 0)
        {
            begin = Math.Max(begin, row - first);
        }

        if ((bounds & GemmBounds.InnerFromColumn) != 0)
        {
            begin = Math.Max(begin, column + left - first);
        }
    }
}
