using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>
/// Factorisations and solutions over strided memory: element (i, j) of a matrix lies at its pointer + i row + j col. What is written overlaps
/// nothing that is read. The order of every sum depends on sizes and strides alone.
/// </summary>
/// <remarks>Scratch comes from the thread's <see cref="Arena"/> and is given back: nothing is allocated in steady state.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Matrices
{
    /// <summary>The lower triangular L with L Lᵀ = (A + Aᵀ) / 2, zeros above; NaN on and below the diagonal where that is not positive definite.</summary>
    public static void Cholesky(nint n, double* a, nint aRow, nint aCol, double* l, nint lRow, nint lCol) =>
        MatrixCholesky<double>.Factor(n, new(a, aRow, aCol), new(l, lRow, lCol));

    /// <inheritdoc cref="Cholesky(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void Cholesky(nint n, float* a, nint aRow, nint aCol, float* l, nint lRow, nint lCol) =>
        MatrixCholesky<float>.Factor(n, new(a, aRow, aCol), new(l, lRow, lCol));

    /// <summary>T X = B, or TᵀX = B, for k right-hand sides; of T only the lower or the upper triangle is read.</summary>
    public static void TriangularSolve(
        nint n, nint k, double* t, nint tRow, nint tCol, double* b, nint bRow, nint bCol, double* x, nint xRow, nint xCol, bool upper, bool transposed) =>
        MatrixTriangle<double>.Solve(n, k, new(t, tRow, tCol), new(b, bRow, bCol), new(x, xRow, xCol), upper, transposed);

    /// <inheritdoc cref="TriangularSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool, bool)"/>
    public static void TriangularSolve(
        nint n, nint k, float* t, nint tRow, nint tCol, float* b, nint bRow, nint bCol, float* x, nint xRow, nint xCol, bool upper, bool transposed) =>
        MatrixTriangle<float>.Solve(n, k, new(t, tRow, tCol), new(b, bRow, bCol), new(x, xRow, xCol), upper, transposed);

    /// <summary>
    /// The factors of A with rows in the order of partial pivoting, in n rows: L below the diagonal (its own is 1), U from it on. Row n of the
    /// result says which row of A stands in each place. A column without a pivot is left as it is: U has a zero there.
    /// </summary>
    public static void Lu(nint n, double* a, nint aRow, nint aCol, double* lu, nint luRow, nint luCol) =>
        MatrixLu<double>.Factor(n, new(a, aRow, aCol), new(lu, luRow, luCol));

    /// <inheritdoc cref="Lu(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void Lu(nint n, float* a, nint aRow, nint aCol, float* lu, nint luRow, nint luCol) =>
        MatrixLu<float>.Factor(n, new(a, aRow, aCol), new(lu, luRow, luCol));

    /// <summary>A X = B, or AᵀX = B, for k right-hand sides and the factors of A.</summary>
    public static void LuSolve(
        nint n, nint k, double* lu, nint luRow, nint luCol, double* b, nint bRow, nint bCol, double* x, nint xRow, nint xCol, bool transposed) =>
        MatrixLu<double>.Solve(n, k, new(lu, luRow, luCol), new(b, bRow, bCol), new(x, xRow, xCol), transposed);

    /// <inheritdoc cref="LuSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool)"/>
    public static void LuSolve(
        nint n, nint k, float* lu, nint luRow, nint luCol, float* b, nint bRow, nint bCol, float* x, nint xRow, nint xCol, bool transposed) =>
        MatrixLu<float>.Solve(n, k, new(lu, luRow, luCol), new(b, bRow, bCol), new(x, xRow, xCol), transposed);

    /// <summary>ln |det A| from the factors of A; -∞ if a pivot is zero.</summary>
    public static void LogAbsDet(nint n, double* lu, nint luRow, nint luCol, double* result) =>
        *result = MatrixLu<double>.LogAbsDet(n, new(lu, luRow, luCol));

    /// <inheritdoc cref="LogAbsDet(nint, double*, nint, nint, double*)"/>
    public static void LogAbsDet(nint n, float* lu, nint luRow, nint luCol, float* result) =>
        *result = MatrixLu<float>.LogAbsDet(n, new(lu, luRow, luCol));

    /// <summary>det A from the factors of A.</summary>
    public static void Det(nint n, double* lu, nint luRow, nint luCol, double* result) =>
        *result = MatrixLu<double>.Det(n, new(lu, luRow, luCol));

    /// <inheritdoc cref="Det(nint, double*, nint, nint, double*)"/>
    public static void Det(nint n, float* lu, nint luRow, nint luCol, float* result) =>
        *result = MatrixLu<float>.Det(n, new(lu, luRow, luCol));
}
