namespace DrJax;

public static partial class Ops
{
    /// <summary>The arrays one after the other along an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">The shapes differ in another axis.</exception>
    public static Vec<T> Concat<T>(Vec<T> x, Vec<T> y) where T : unmanaged => Nd.Concat<Vec<T>, T>(0, x, y);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Mat<T> Concat<T>(Mat<T> x, Mat<T> y, int axis = 0) where T : unmanaged => Nd.Concat<Mat<T>, T>(axis, x, y);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<T> Concat<T>(Tensor3<T> x, Tensor3<T> y, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor3<T>, T>(axis, x, y);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<T> Concat<T>(Tensor4<T> x, Tensor4<T> y, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor4<T>, T>(axis, x, y);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Vec<T> Concat<T>(Vec<T> x, Vec<T> y, Vec<T> z) where T : unmanaged => Nd.Concat<Vec<T>, T>(0, x, y, z);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Mat<T> Concat<T>(Mat<T> x, Mat<T> y, Mat<T> z, int axis = 0) where T : unmanaged => Nd.Concat<Mat<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<T> Concat<T>(Tensor3<T> x, Tensor3<T> y, Tensor3<T> z, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor3<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<T> Concat<T>(Tensor4<T> x, Tensor4<T> y, Tensor4<T> z, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor4<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Vec<T> Concat<T>(Vec<T> x, Vec<T> y, Vec<T> z, Vec<T> w) where T : unmanaged => Nd.Concat<Vec<T>, T>(0, x, y, z, w);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Mat<T> Concat<T>(Mat<T> x, Mat<T> y, Mat<T> z, Mat<T> w, int axis = 0) where T : unmanaged
        => Nd.Concat<Mat<T>, T>(axis, x, y, z, w);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<T> Concat<T>(Tensor3<T> x, Tensor3<T> y, Tensor3<T> z, Tensor3<T> w, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor3<T>, T>(axis, x, y, z, w);

    /// <inheritdoc cref="Concat{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<T> Concat<T>(Tensor4<T> x, Tensor4<T> y, Tensor4<T> z, Tensor4<T> w, int axis = 0) where T : unmanaged
        => Nd.Concat<Tensor4<T>, T>(axis, x, y, z, w);

    /// <summary>The arrays as the items of a new axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Mat<T> Stack<T>(Vec<T> x, Vec<T> y, int axis = 0) where T : unmanaged => Nd.Stack<Vec<T>, Mat<T>, T>(axis, x, y);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor3<T> Stack<T>(Mat<T> x, Mat<T> y, int axis = 0) where T : unmanaged => Nd.Stack<Mat<T>, Tensor3<T>, T>(axis, x, y);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor4<T> Stack<T>(Tensor3<T> x, Tensor3<T> y, int axis = 0) where T : unmanaged
        => Nd.Stack<Tensor3<T>, Tensor4<T>, T>(axis, x, y);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Mat<T> Stack<T>(Vec<T> x, Vec<T> y, Vec<T> z, int axis = 0) where T : unmanaged
        => Nd.Stack<Vec<T>, Mat<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor3<T> Stack<T>(Mat<T> x, Mat<T> y, Mat<T> z, int axis = 0) where T : unmanaged
        => Nd.Stack<Mat<T>, Tensor3<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor4<T> Stack<T>(Tensor3<T> x, Tensor3<T> y, Tensor3<T> z, int axis = 0) where T : unmanaged
        => Nd.Stack<Tensor3<T>, Tensor4<T>, T>(axis, x, y, z);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Mat<T> Stack<T>(Vec<T> x, Vec<T> y, Vec<T> z, Vec<T> w, int axis = 0) where T : unmanaged
        => Nd.Stack<Vec<T>, Mat<T>, T>(axis, x, y, z, w);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor3<T> Stack<T>(Mat<T> x, Mat<T> y, Mat<T> z, Mat<T> w, int axis = 0) where T : unmanaged
        => Nd.Stack<Mat<T>, Tensor3<T>, T>(axis, x, y, z, w);

    /// <inheritdoc cref="Stack{T}(Vec{T}, Vec{T}, int)"/>
    public static Tensor4<T> Stack<T>(Tensor3<T> x, Tensor3<T> y, Tensor3<T> z, Tensor3<T> w, int axis = 0) where T : unmanaged
        => Nd.Stack<Tensor3<T>, Tensor4<T>, T>(axis, x, y, z, w);
}
