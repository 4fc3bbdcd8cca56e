using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The square matrix with the vector on its diagonal and 0 elsewhere.</summary>
    public static Mat<T> Diag<T>(Vec<T> x) where T : unmanaged => Build(x.Length, x.Length, (i, j) => i == j ? x[i] : default);

    /// <summary>The diagonal of the matrix, as long as its shorter axis.</summary>
    public static Vec<T> Diag<T>(Mat<T> m) where T : unmanaged => Build(Math.Min(m.Rows, m.Columns), i => m[i, i]);

    /// <summary>The sum of the diagonal.</summary>
    public static T Trace<T>(Mat<T> m) where T : unmanaged, INumber<T> => Sum(Diag(m));

    /// <summary>The elements on and below diagonal k of every matrix (0: the main one, 1: the one above it), 0 elsewhere.</summary>
    public static Mat<T> Tril<T>(Mat<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Mat<T>, T>(x.Dims, p => p[1] - p[0] <= k ? Nd.At<Mat<T>, T>(x, p) : default);

    /// <inheritdoc cref="Tril{T}(Mat{T}, int)"/>
    public static Tensor3<T> Tril<T>(Tensor3<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Tensor3<T>, T>(x.Dims, p => p[2] - p[1] <= k ? Nd.At<Tensor3<T>, T>(x, p) : default);

    /// <inheritdoc cref="Tril{T}(Mat{T}, int)"/>
    public static Tensor4<T> Tril<T>(Tensor4<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Tensor4<T>, T>(x.Dims, p => p[3] - p[2] <= k ? Nd.At<Tensor4<T>, T>(x, p) : default);

    /// <summary>The elements on and above diagonal k of every matrix (0: the main one, 1: the one above it), 0 elsewhere.</summary>
    public static Mat<T> Triu<T>(Mat<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Mat<T>, T>(x.Dims, p => p[1] - p[0] >= k ? Nd.At<Mat<T>, T>(x, p) : default);

    /// <inheritdoc cref="Triu{T}(Mat{T}, int)"/>
    public static Tensor3<T> Triu<T>(Tensor3<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Tensor3<T>, T>(x.Dims, p => p[2] - p[1] >= k ? Nd.At<Tensor3<T>, T>(x, p) : default);

    /// <inheritdoc cref="Triu{T}(Mat{T}, int)"/>
    public static Tensor4<T> Triu<T>(Tensor4<T> x, int k = 0) where T : unmanaged
        => Nd.Generate<Tensor4<T>, T>(x.Dims, p => p[3] - p[2] >= k ? Nd.At<Tensor4<T>, T>(x, p) : default);
}
