using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The sum of all elements, in order; 0 without elements.</summary>
    public static T Sum<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Sum(x);

    /// <inheritdoc cref="Sum{T}(Vec{T})"/>
    public static T Sum<T>(Mat<T> x) where T : unmanaged, INumber<T> => Fold.Sum(x);

    /// <summary>The sums along one axis, which goes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Sum<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Mat<T>, T, Vec<T>, Add>("Sum", x, axis);

    /// <inheritdoc cref="Sum{T}(Vec{T})"/>
    public static T Sum<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Fold.Sum(x);

    /// <inheritdoc cref="Sum{T}(Mat{T}, int)"/>
    public static Mat<T> Sum<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor3<T>, T, Mat<T>, Add>("Sum", x, axis);

    /// <inheritdoc cref="Sum{T}(Vec{T})"/>
    public static T Sum<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Fold.Sum(x);

    /// <inheritdoc cref="Sum{T}(Mat{T}, int)"/>
    public static Tensor3<T> Sum<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor4<T>, T, Tensor3<T>, Add>("Sum", x, axis);

    /// <summary>Σⱼ f(j) for j = 0 .. n - 1.</summary>
    public static T Sum<T>(int n, Func<int, T> f) where T : unmanaged, INumber<T> => Sum(Build(n, f));
}
