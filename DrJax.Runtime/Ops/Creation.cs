using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The vector of the given elements, where C# cannot infer a type for <c>[a, b]</c> (in a lambda's result).</summary>
    public static Vec<T> Vec<T>(params ReadOnlySpan<T> elements) where T : unmanaged => new(elements);

    /// <summary>0, 1, ..., n - 1.</summary>
    public static Vec<int> Iota(int n) => Iota<int>(n);

    /// <summary>0, 1, ..., n - 1 as elements of type T.</summary>
    public static Vec<T> Iota<T>(int n) where T : unmanaged, INumber<T> => Build(Guard.Length("Iota", n), T.CreateChecked);

    /// <summary>All elements 0 (or false), of the given axes.</summary>
    public static Vec<T> Zeros<T>(int n) where T : unmanaged => Full(Guard.Length("Zeros", n), default(T));

    /// <inheritdoc cref="Zeros{T}(int)"/>
    public static Mat<T> Zeros<T>(int n, int m) where T : unmanaged => Full(Guard.Length("Zeros", n), Guard.Length("Zeros", m), default(T));

    /// <inheritdoc cref="Zeros{T}(int)"/>
    public static Tensor3<T> Zeros<T>(int n, int m, int k) where T : unmanaged => Full(Guard.Length("Zeros", n), Guard.Length("Zeros", m), Guard.Length("Zeros", k), default(T));

    /// <inheritdoc cref="Zeros{T}(int)"/>
    public static Tensor4<T> Zeros<T>(int n, int m, int k, int l) where T : unmanaged => Full(Guard.Length("Zeros", n), Guard.Length("Zeros", m), Guard.Length("Zeros", k), Guard.Length("Zeros", l), default(T));

    /// <summary>All elements 1, of the given axes.</summary>
    public static Vec<T> Ones<T>(int n) where T : unmanaged, INumber<T> => Full(Guard.Length("Ones", n), T.One);

    /// <inheritdoc cref="Ones{T}(int)"/>
    public static Mat<T> Ones<T>(int n, int m) where T : unmanaged, INumber<T> => Full(Guard.Length("Ones", n), Guard.Length("Ones", m), T.One);

    /// <inheritdoc cref="Ones{T}(int)"/>
    public static Tensor3<T> Ones<T>(int n, int m, int k) where T : unmanaged, INumber<T> => Full(Guard.Length("Ones", n), Guard.Length("Ones", m), Guard.Length("Ones", k), T.One);

    /// <inheritdoc cref="Ones{T}(int)"/>
    public static Tensor4<T> Ones<T>(int n, int m, int k, int l) where T : unmanaged, INumber<T> => Full(Guard.Length("Ones", n), Guard.Length("Ones", m), Guard.Length("Ones", k), Guard.Length("Ones", l), T.One);

    /// <summary>All elements the given value.</summary>
    public static Vec<T> Full<T>(int n, T value) where T : unmanaged => Constant<DrJax.Vec<T>, T>(new(1, n), value);

    /// <inheritdoc cref="Full{T}(int, T)"/>
    public static Mat<T> Full<T>(int n, int m, T value) where T : unmanaged => Constant<Mat<T>, T>(new(2, n, m), value);

    /// <inheritdoc cref="Full{T}(int, T)"/>
    public static Tensor3<T> Full<T>(int n, int m, int k, T value) where T : unmanaged => Constant<Tensor3<T>, T>(new(3, n, m, k), value);

    /// <inheritdoc cref="Full{T}(int, T)"/>
    public static Tensor4<T> Full<T>(int n, int m, int k, int l, T value) where T : unmanaged
        => Constant<Tensor4<T>, T>(new(4, n, m, k, l), value);

    private static X Constant<X, T>(Dims dims, T value) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var elements = new T[Guard.Shape("Full", dims).Count];
        Array.Fill(elements, value);
        return X.Wrap(elements, 0, dims);
    }
}
