using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>
/// Matrix products over strided memory. The law of their bits: every element is a sum over k in blocks of fixed length (256 in float64, 512 in
/// float32); a block is one chain of fused multiply-adds in the order of k, starting from zero; blocks are added in order, to C if it
/// accumulates. Nothing else enters: not m, n, the strides, the element's place, or the path below that computes it.
/// </summary>
/// <remarks>Packing scratch comes from the thread's <see cref="Arena"/> and is given back: nothing is allocated in steady state.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Gemm
{
    /// <summary>
    /// C[i, j] = sum over p of A[i, p] B[p, j], or C[i, j] += that; i below m, j below n, p below k. Strides are in elements; C overlaps neither A
    /// nor B. With k = 0 the sum is zero. Fast where C and B are contiguous along j, or C and A along i; other layouts are packed first. What
    /// <paramref name="bounds"/> exclude may be left out.
    /// </summary>
    public static void Multiply(
        nint m, nint n, nint k, double* a, nint aRow, nint aCol, double* b, nint bRow, nint bCol, double* c, nint cRow, nint cCol, bool accumulate,
        GemmBounds bounds = GemmBounds.None) =>
        GemmPaths<double>.Multiply(
            m, n, k, new(a, aRow, aCol), new(b, bRow, bCol), new(c, cRow, cCol), accumulate, bounds);

    /// <inheritdoc cref="Multiply(nint, nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool, GemmBounds)"/>
    public static void Multiply(
        nint m, nint n, nint k, float* a, nint aRow, nint aCol, float* b, nint bRow, nint bCol, float* c, nint cRow, nint cCol, bool accumulate,
        GemmBounds bounds = GemmBounds.None) =>
        GemmPaths<float>.Multiply(
            m, n, k, new(a, aRow, aCol), new(b, bRow, bCol), new(c, cRow, cCol), accumulate, bounds);
}
