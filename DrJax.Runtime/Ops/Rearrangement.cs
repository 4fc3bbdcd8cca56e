namespace DrJax;

public static partial class Ops
{
    /// <summary>The elements in the opposite order.</summary>
    public static Vec<T> Reverse<T>(Vec<T> x) where T : unmanaged => Nd.Reverse<Vec<T>, T>(x, 0);

    /// <summary>The items of one axis in the opposite order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Mat<T> Reverse<T>(Mat<T> x, int axis) where T : unmanaged => Nd.Reverse<Mat<T>, T>(x, axis);

    /// <inheritdoc cref="Reverse{T}(Mat{T}, int)"/>
    public static Tensor3<T> Reverse<T>(Tensor3<T> x, int axis) where T : unmanaged => Nd.Reverse<Tensor3<T>, T>(x, axis);

    /// <inheritdoc cref="Reverse{T}(Mat{T}, int)"/>
    public static Tensor4<T> Reverse<T>(Tensor4<T> x, int axis) where T : unmanaged => Nd.Reverse<Tensor4<T>, T>(x, axis);

    /// <summary>The same elements in row-major order under other axes.</summary>
    /// <exception cref="ArgumentException">The axes have another number of elements than x.</exception>
    public static Vec<T> Reshape<T>(Vec<T> x, int n) where T : unmanaged => Nd.Reshape<Vec<T>, Vec<T>, T>(x, new(1, n));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Mat<T> Reshape<T>(Vec<T> x, int n, int m) where T : unmanaged => Nd.Reshape<Vec<T>, Mat<T>, T>(x, new(2, n, m));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor3<T> Reshape<T>(Vec<T> x, int n, int m, int k) where T : unmanaged
        => Nd.Reshape<Vec<T>, Tensor3<T>, T>(x, new(3, n, m, k));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor4<T> Reshape<T>(Vec<T> x, int n, int m, int k, int l) where T : unmanaged
        => Nd.Reshape<Vec<T>, Tensor4<T>, T>(x, new(4, n, m, k, l));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Vec<T> Reshape<T>(Mat<T> x, int n) where T : unmanaged => Nd.Reshape<Mat<T>, Vec<T>, T>(x, new(1, n));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Mat<T> Reshape<T>(Mat<T> x, int n, int m) where T : unmanaged => Nd.Reshape<Mat<T>, Mat<T>, T>(x, new(2, n, m));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor3<T> Reshape<T>(Mat<T> x, int n, int m, int k) where T : unmanaged
        => Nd.Reshape<Mat<T>, Tensor3<T>, T>(x, new(3, n, m, k));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor4<T> Reshape<T>(Mat<T> x, int n, int m, int k, int l) where T : unmanaged
        => Nd.Reshape<Mat<T>, Tensor4<T>, T>(x, new(4, n, m, k, l));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Vec<T> Reshape<T>(Tensor3<T> x, int n) where T : unmanaged => Nd.Reshape<Tensor3<T>, Vec<T>, T>(x, new(1, n));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Mat<T> Reshape<T>(Tensor3<T> x, int n, int m) where T : unmanaged => Nd.Reshape<Tensor3<T>, Mat<T>, T>(x, new(2, n, m));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor3<T> Reshape<T>(Tensor3<T> x, int n, int m, int k) where T : unmanaged
        => Nd.Reshape<Tensor3<T>, Tensor3<T>, T>(x, new(3, n, m, k));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor4<T> Reshape<T>(Tensor3<T> x, int n, int m, int k, int l) where T : unmanaged
        => Nd.Reshape<Tensor3<T>, Tensor4<T>, T>(x, new(4, n, m, k, l));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Vec<T> Reshape<T>(Tensor4<T> x, int n) where T : unmanaged => Nd.Reshape<Tensor4<T>, Vec<T>, T>(x, new(1, n));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Mat<T> Reshape<T>(Tensor4<T> x, int n, int m) where T : unmanaged => Nd.Reshape<Tensor4<T>, Mat<T>, T>(x, new(2, n, m));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor3<T> Reshape<T>(Tensor4<T> x, int n, int m, int k) where T : unmanaged
        => Nd.Reshape<Tensor4<T>, Tensor3<T>, T>(x, new(3, n, m, k));

    /// <inheritdoc cref="Reshape{T}(Vec{T}, int)"/>
    public static Tensor4<T> Reshape<T>(Tensor4<T> x, int n, int m, int k, int l) where T : unmanaged
        => Nd.Reshape<Tensor4<T>, Tensor4<T>, T>(x, new(4, n, m, k, l));

    /// <summary>The elements in row-major order.</summary>
    public static Vec<T> Flatten<T>(Mat<T> x) where T : unmanaged => Nd.Reshape<Mat<T>, Vec<T>, T>(x, new(1, x.AsSpan().Length));

    /// <inheritdoc cref="Flatten{T}(Mat{T})"/>
    public static Vec<T> Flatten<T>(Tensor3<T> x) where T : unmanaged => Nd.Reshape<Tensor3<T>, Vec<T>, T>(x, new(1, x.AsSpan().Length));

    /// <inheritdoc cref="Flatten{T}(Mat{T})"/>
    public static Vec<T> Flatten<T>(Tensor4<T> x) where T : unmanaged => Nd.Reshape<Tensor4<T>, Vec<T>, T>(x, new(1, x.AsSpan().Length));

    /// <summary>The axes in another order: axis 0 of the result is axis a of x, axis 1 is axis b, and so on.</summary>
    /// <exception cref="ArgumentException">The axes are not each named once.</exception>
    public static Mat<T> Permute<T>(Mat<T> x, int a, int b) where T : unmanaged => Nd.Permute<Mat<T>, T>(x, [a, b]);

    /// <inheritdoc cref="Permute{T}(Mat{T}, int, int)"/>
    public static Tensor3<T> Permute<T>(Tensor3<T> x, int a, int b, int c) where T : unmanaged => Nd.Permute<Tensor3<T>, T>(x, [a, b, c]);

    /// <inheritdoc cref="Permute{T}(Mat{T}, int, int)"/>
    public static Tensor4<T> Permute<T>(Tensor4<T> x, int a, int b, int c, int d) where T : unmanaged
        => Nd.Permute<Tensor4<T>, T>(x, [a, b, c, d]);

    /// <summary>Every matrix of the batch with rows and columns exchanged.</summary>
    public static Tensor3<T> Transpose<T>(Tensor3<T> x) where T : unmanaged => Permute(x, 0, 2, 1);

    /// <inheritdoc cref="Transpose{T}(Tensor3{T})"/>
    public static Tensor4<T> Transpose<T>(Tensor4<T> x) where T : unmanaged => Permute(x, 0, 1, 3, 2);
}
