namespace DrJax.Compiled;

/// <content>The same for many small problems side by side: the element of problem g lies g behind that of the first.</content>
public static unsafe partial class Matrices
{
    /// <inheritdoc cref="Cholesky(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void CholeskyLanes(nint count, nint n, double* a, nint aRow, nint aCol, double* l, nint lRow, nint lCol) =>
        MatrixLanes<double>.Cholesky(count, n, new(a, aRow, aCol), new(l, lRow, lCol));

    /// <inheritdoc cref="Cholesky(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void CholeskyLanes(nint count, nint n, float* a, nint aRow, nint aCol, float* l, nint lRow, nint lCol) =>
        MatrixLanes<float>.Cholesky(count, n, new(a, aRow, aCol), new(l, lRow, lCol));

    /// <inheritdoc cref="TriangularSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool, bool)"/>
    public static void TriangularSolveLanes(
        nint count, nint n, nint k, double* t, nint tRow, nint tCol, double* b, nint bRow, nint bCol, double* x, nint xRow, nint xCol, bool upper, bool transposed) =>
        MatrixLanes<double>.TriangularSolve(count, n, k, new(t, tRow, tCol), new(b, bRow, bCol), new(x, xRow, xCol), upper, transposed);

    /// <inheritdoc cref="TriangularSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool, bool)"/>
    public static void TriangularSolveLanes(
        nint count, nint n, nint k, float* t, nint tRow, nint tCol, float* b, nint bRow, nint bCol, float* x, nint xRow, nint xCol, bool upper, bool transposed) =>
        MatrixLanes<float>.TriangularSolve(count, n, k, new(t, tRow, tCol), new(b, bRow, bCol), new(x, xRow, xCol), upper, transposed);

    /// <inheritdoc cref="Lu(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void LuLanes(nint count, nint n, double* a, nint aRow, nint aCol, double* lu, nint luRow, nint luCol) =>
        MatrixLanes<double>.Lu(count, n, new(a, aRow, aCol), new(lu, luRow, luCol));

    /// <inheritdoc cref="Lu(nint, double*, nint, nint, double*, nint, nint)"/>
    public static void LuLanes(nint count, nint n, float* a, nint aRow, nint aCol, float* lu, nint luRow, nint luCol) =>
        MatrixLanes<float>.Lu(count, n, new(a, aRow, aCol), new(lu, luRow, luCol));

    /// <inheritdoc cref="LuSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool)"/>
    public static void LuSolveLanes(
        nint count, nint n, nint k, double* lu, nint luRow, nint luCol, double* b, nint bRow, nint bCol, double* x, nint xRow, nint xCol, bool transposed) =>
        MatrixLanes<double>.LuSolve(count, n, k, new(lu, luRow, luCol), new(b, bRow, bCol), new(x, xRow, xCol), transposed);

    /// <inheritdoc cref="LuSolve(nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool)"/>
    public static void LuSolveLanes(
        nint count, nint n, nint k, float* lu, nint luRow, nint luCol, float* b, nint bRow, nint bCol, float* x, nint xRow, nint xCol, bool transposed) =>
        MatrixLanes<float>.LuSolve(count, n, k, new(lu, luRow, luCol), new(b, bRow, bCol), new(x, xRow, xCol), transposed);
}
