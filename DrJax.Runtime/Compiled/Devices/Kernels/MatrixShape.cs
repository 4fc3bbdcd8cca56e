using ILGPU;
using System.ComponentModel;

namespace DrJax.Compiled.Devices;

/// <summary>
/// Problems on matrices of n rows with k right-hand sides, or vectors of n elements: one for every point of up to four outer axes. Operands are as the kernel says, its result last.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MatrixShape
{
    internal int N, K;
    internal GemmOperand A, B, C;
    internal GemmAxis Outer0, Outer1, Outer2, Outer3;

    /// <param name="outer">Outermost first. An axis along which elements of one problem's neighbours are adjacent is best the last.</param>
    public MatrixShape(long n, long k, GemmOperand a, GemmOperand b, GemmOperand c = default, ReadOnlySpan<GemmAxis> outer = default)
    {
        var shape = new GemmShape(n, k, 1, a, b, c, outer);
        (N, K, A, B, C) = (checked((int)n), checked((int)k), a, b, c);
        (Outer0, Outer1, Outer2, Outer3) = (shape.Outer0, shape.Outer1, shape.Outer2, shape.Outer3);
    }

    /// <summary>The number of problems.</summary>
    public readonly long Batch => Outer0.Extent * Outer1.Extent * Outer2.Extent * Outer3.Extent;

    /// <summary>Where a problem's operands begin.</summary>
    internal readonly GemmOrigin Origin(long problem)
    {
        var i3 = problem % Outer3.Extent;
        problem /= Outer3.Extent;
        var i2 = problem % Outer2.Extent;
        problem /= Outer2.Extent;
        var i1 = problem % Outer1.Extent;
        var i0 = problem / Outer1.Extent;
        return new()
        {
            A = A.Offset + (i0 * Outer0.A) + (i1 * Outer1.A) + (i2 * Outer2.A) + (i3 * Outer3.A),
            B = B.Offset + (i0 * Outer0.B) + (i1 * Outer1.B) + (i2 * Outer2.B) + (i3 * Outer3.B),
            C = C.Offset + (i0 * Outer0.C) + (i1 * Outer1.C) + (i2 * Outer2.C) + (i3 * Outer3.C),
        };
    }
}

/// <summary>The parameters of a kernel on matrices.</summary>
internal struct MatrixProblem<T>
    where T : unmanaged
{
    public MatrixShape Shape;
    public ArrayView<T> A, B, C, Work;
    public int IsUpper, IsTransposed;

    /// <summary>The problem's matrices.</summary>
    public readonly Matrix<T> MatrixA(long problem) => new() { Elements = A, First = Shape.Origin(problem).A, Row = Shape.A.Row, Column = Shape.A.Column };

    public readonly Matrix<T> MatrixB(long problem) => new() { Elements = B, First = Shape.Origin(problem).B, Row = Shape.B.Row, Column = Shape.B.Column };

    public readonly Matrix<T> MatrixC(long problem) => new() { Elements = C, First = Shape.Origin(problem).C, Row = Shape.C.Row, Column = Shape.C.Column };

    /// <summary>Scratch of n rows of k.</summary>
    public readonly Matrix<T> MatrixWork(long problem) => new() { Elements = Work, First = problem * Shape.N * Shape.K, Row = Shape.K, Column = 1 };
}

/// <summary>A matrix in an array.</summary>
internal struct Matrix<T>
    where T : unmanaged
{
    public ArrayView<T> Elements;
    public long First, Row, Column;

    public readonly Matrix<T> Transposed => new() { Elements = Elements, First = First, Row = Column, Column = Row };

    public readonly ref T this[int i, int j] => ref Elements[First + (i * Row) + (j * Column)];
}
