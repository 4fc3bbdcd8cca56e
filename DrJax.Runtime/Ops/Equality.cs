using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>Whether x and y are equal, element by element; NaN equals nothing.</summary>
    public static Vec<bool> Equal<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => x.Zip("Equal", y, (a, b) => a == b);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Vec<bool> Equal<T>(Vec<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a == y);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Mat<bool> Equal<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T> => x.Zip("Equal", y, (a, b) => a == b);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Mat<bool> Equal<T>(Mat<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a == y);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<bool> Equal<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T> => x.Zip("Equal", y, (a, b) => a == b);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<bool> Equal<T>(Tensor3<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a == y);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<bool> Equal<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, INumber<T> => x.Zip("Equal", y, (a, b) => a == b);

    /// <inheritdoc cref="Equal{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<bool> Equal<T>(Tensor4<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a == y);

    /// <summary>Whether x and y differ, element by element; NaN differs from everything.</summary>
    public static Vec<bool> NotEqual<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => x.Zip("NotEqual", y, (a, b) => a != b);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Vec<bool> NotEqual<T>(Vec<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a != y);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Mat<bool> NotEqual<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T> => x.Zip("NotEqual", y, (a, b) => a != b);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Mat<bool> NotEqual<T>(Mat<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a != y);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<bool> NotEqual<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T>
        => x.Zip("NotEqual", y, (a, b) => a != b);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Tensor3<bool> NotEqual<T>(Tensor3<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a != y);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<bool> NotEqual<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, INumber<T>
        => x.Zip("NotEqual", y, (a, b) => a != b);

    /// <inheritdoc cref="NotEqual{T}(Vec{T}, Vec{T})"/>
    public static Tensor4<bool> NotEqual<T>(Tensor4<T> x, T y) where T : unmanaged, INumber<T> => x.Map(a => a != y);
}
