using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>
/// What of a product C[i, j] = sum over p of A[i, p] B[p, j] is known to be zero or is not wanted, so that it need not be computed. Bounds are
/// inclusive, and those that concern p leave a result that is finite as it is.
/// </summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum GemmBounds
{
    /// <summary>All of it counts.</summary>
    None = 0,

    /// <summary>Only p up to i: A is lower triangular.</summary>
    InnerToRow = 1,

    /// <summary>Only p from i on: A is upper triangular.</summary>
    InnerFromRow = 2,

    /// <summary>Only p up to j: B is upper triangular.</summary>
    InnerToColumn = 4,

    /// <summary>Only p from j on: B is lower triangular.</summary>
    InnerFromColumn = 8,

    /// <summary>Only j up to i are wanted; the others of C may be left as they are or written to.</summary>
    ColumnsToRow = 16,

    /// <summary>Only j from i on are wanted; the others of C may be left as they are or written to.</summary>
    ColumnsFromRow = 32,
}
