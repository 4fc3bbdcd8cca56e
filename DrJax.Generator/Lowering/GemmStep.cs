using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>One operand of a contraction: a matrix in a buffer for each point of the outer loops.</summary>
internal sealed record MatrixView(Buffer Buffer, Address At, Dim RowStride, Dim ColumnStride);

/// <summary>What of a contraction's points is zero or read by nobody: the names are those of the runtime's GEMM.</summary>
[Flags]
internal enum GemmBounds
{
    None = 0,

    /// <summary>Only k up to m counts.</summary>
    InnerToRow = 1,

    InnerFromRow = 2,

    InnerToColumn = 4,

    InnerFromColumn = 8,

    /// <summary>Only n up to m is read.</summary>
    ColumnsToRow = 16,

    ColumnsFromRow = 32,
}

/// <summary>
/// C[m, n] (+)= sum over k of A[m, k] B[k, n] by the runtime's GEMM, for every point of <paramref name="outer"/> in order; if <paramref name="summed"/> is
/// not empty, its axes run innermost of the outer loops and add up (the first one overwrites unless accumulating).
/// </summary>
internal sealed class GemmStep(
    ImmutableArray<LoopAxis> outer, ImmutableArray<LoopAxis> summed, Dim m, Dim n, Dim k, MatrixView a, MatrixView b, MatrixView c, bool accumulate, string because,
    GemmBounds bounds = GemmBounds.None)
    : Step(because)
{
    public ImmutableArray<LoopAxis> Outer { get; } = outer;

    public ImmutableArray<LoopAxis> Summed { get; } = summed;

    public Dim M { get; } = m;

    public Dim N { get; } = n;

    public Dim K { get; } = k;

    public MatrixView A { get; } = a;

    public MatrixView B { get; } = b;

    public MatrixView C { get; } = c;

    public bool Accumulate { get; } = accumulate;

    public GemmBounds Bounds { get; } = bounds;
}
