namespace DrJax;

public static partial class Ops
{
    /// <summary>low times the value, the vector, high times the value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Vec<T> Pad<T>(Vec<T> x, int low, int high, T value = default) where T : unmanaged
        => Nd.Pad<Vec<T>, T>(x, value, (low, high));

    /// <summary>Every axis with Low times the value before it and High times the value behind it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Mat<T> Pad<T>(Mat<T> x, (int Low, int High) rows, (int Low, int High) columns, T value = default) where T : unmanaged
        => Nd.Pad<Mat<T>, T>(x, value, rows, columns);

    /// <inheritdoc cref="Pad{T}(Mat{T}, ValueTuple{int, int}, ValueTuple{int, int}, T)"/>
    public static Tensor3<T> Pad<T>(Tensor3<T> x, (int Low, int High) first, (int Low, int High) second, (int Low, int High) third, T value = default) where T : unmanaged
        => Nd.Pad<Tensor3<T>, T>(x, value, first, second, third);

    /// <inheritdoc cref="Pad{T}(Mat{T}, ValueTuple{int, int}, ValueTuple{int, int}, T)"/>
    public static Tensor4<T> Pad<T>(Tensor4<T> x, (int Low, int High) first, (int Low, int High) second, (int Low, int High) third, (int Low, int High) fourth, T value = default) where T : unmanaged
        => Nd.Pad<Tensor4<T>, T>(x, value, first, second, third, fourth);

    /// <summary>Every item of the axis n times, one behind the other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Vec<T> Repeat<T>(Vec<T> x, int n) where T : unmanaged => Nd.Repeat<Vec<T>, T>(x, n, 0);

    /// <inheritdoc cref="Repeat{T}(Vec{T}, int)"/>
    public static Mat<T> Repeat<T>(Mat<T> x, int n, int axis) where T : unmanaged => Nd.Repeat<Mat<T>, T>(x, n, axis);

    /// <inheritdoc cref="Repeat{T}(Vec{T}, int)"/>
    public static Tensor3<T> Repeat<T>(Tensor3<T> x, int n, int axis) where T : unmanaged => Nd.Repeat<Tensor3<T>, T>(x, n, axis);

    /// <inheritdoc cref="Repeat{T}(Vec{T}, int)"/>
    public static Tensor4<T> Repeat<T>(Tensor4<T> x, int n, int axis) where T : unmanaged => Nd.Repeat<Tensor4<T>, T>(x, n, axis);

    /// <summary>The whole array a number of times along every axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Vec<T> Tile<T>(Vec<T> x, int n) where T : unmanaged => Nd.Tile<Vec<T>, T>(x, n);

    /// <inheritdoc cref="Tile{T}(Vec{T}, int)"/>
    public static Mat<T> Tile<T>(Mat<T> x, int rows, int columns) where T : unmanaged => Nd.Tile<Mat<T>, T>(x, rows, columns);

    /// <inheritdoc cref="Tile{T}(Vec{T}, int)"/>
    public static Tensor3<T> Tile<T>(Tensor3<T> x, int first, int second, int third) where T : unmanaged
        => Nd.Tile<Tensor3<T>, T>(x, first, second, third);

    /// <inheritdoc cref="Tile{T}(Vec{T}, int)"/>
    public static Tensor4<T> Tile<T>(Tensor4<T> x, int first, int second, int third, int fourth) where T : unmanaged
        => Nd.Tile<Tensor4<T>, T>(x, first, second, third, fourth);
}
