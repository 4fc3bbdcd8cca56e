using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>Matrix products over strided memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Gemm
{
    /// <summary>
    /// C[i, j] = sum over p of A[i, p] B[p, j], or C[i, j] += that. Strides are in elements; C overlaps neither A nor B.
    /// </summary>
    public static void Multiply(
        nint m, nint n, nint k, double* a, nint aRow, nint aCol, double* b, nint bRow, nint bCol, double* c, nint cRow, nint cCol, bool accumulate)
    {
        for (nint i = 0; i < m; i++)
        {
            for (nint j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (nint p = 0; p < k; p++)
                {
                    sum = Math.FusedMultiplyAdd(a[(i * aRow) + (p * aCol)], b[(p * bRow) + (j * bCol)], sum);
                }

                var to = c + (i * cRow) + (j * cCol);
                *to = accumulate ? *to + sum : sum;
            }
        }
    }

    /// <inheritdoc cref="Multiply(nint, nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool)"/>
    public static void Multiply(
        nint m, nint n, nint k, float* a, nint aRow, nint aCol, float* b, nint bRow, nint bCol, float* c, nint cRow, nint cCol, bool accumulate)
    {
        for (nint i = 0; i < m; i++)
        {
            for (nint j = 0; j < n; j++)
            {
                var sum = 0f;
                for (nint p = 0; p < k; p++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(i * aRow) + (p * aCol)], b[(p * bRow) + (j * bCol)], sum);
                }

                var to = c + (i * cRow) + (j * cCol);
                *to = accumulate ? *to + sum : sum;
            }
        }
    }
}
