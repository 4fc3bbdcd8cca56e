using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The sums along two axes, which go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axes.</exception>
    public static Vec<T> Sum<T>(Tensor3<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Sum(Sum(x, Later(axis, second)), Math.Min(axis, second));

    /// <inheritdoc cref="Sum{T}(Tensor3{T}, int, int)"/>
    public static Mat<T> Sum<T>(Tensor4<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Sum(Sum(x, Later(axis, second)), Math.Min(axis, second));

    /// <summary>The greatest elements along two axes, which go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axes.</exception>
    public static Vec<T> Max<T>(Tensor3<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Max(Max(x, axis: Later(axis, second)), axis: Math.Min(axis, second));

    /// <inheritdoc cref="Max{T}(Tensor3{T}, int, int)"/>
    public static Mat<T> Max<T>(Tensor4<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Max(Max(x, axis: Later(axis, second)), axis: Math.Min(axis, second));

    /// <summary>The least elements along two axes, which go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axes.</exception>
    public static Vec<T> Min<T>(Tensor3<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Min(Min(x, axis: Later(axis, second)), axis: Math.Min(axis, second));

    /// <inheritdoc cref="Min{T}(Tensor3{T}, int, int)"/>
    public static Mat<T> Min<T>(Tensor4<T> x, int axis, int second) where T : unmanaged, INumber<T>
        => Min(Min(x, axis: Later(axis, second)), axis: Math.Min(axis, second));

    /// <summary>The means along two axes, which go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axes.</exception>
    public static Vec<T> Mean<T>(Tensor3<T> x, int axis, int second) where T : unmanaged, IFloatingPointIeee754<T>
        => Sum(x, axis, second) / T.CreateTruncating(x.Dimension(axis) * x.Dimension(second));

    /// <inheritdoc cref="Mean{T}(Tensor3{T}, int, int)"/>
    public static Mat<T> Mean<T>(Tensor4<T> x, int axis, int second) where T : unmanaged, IFloatingPointIeee754<T>
        => Sum(x, axis, second) / T.CreateTruncating(x.Dimension(axis) * x.Dimension(second));

    private static int Later(int axis, int second) => axis != second ? Math.Max(axis, second)
        : throw new ArgumentOutOfRangeException(nameof(second), $"axes {axis} and {second} are one");

    /// <summary>The indices of the greatest elements along one axis, which goes: the first of equals; that of the first NaN if there is
    /// one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has no item.</exception>
    public static Vec<int> ArgMax<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Mat<T>, T, Vec<int>>("ArgMax", x, axis, (a, b) => a > b);

    /// <inheritdoc cref="ArgMax{T}(Mat{T}, int)"/>
    public static Mat<int> ArgMax<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Tensor3<T>, T, Mat<int>>("ArgMax", x, axis, (a, b) => a > b);

    /// <inheritdoc cref="ArgMax{T}(Mat{T}, int)"/>
    public static Tensor3<int> ArgMax<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Tensor4<T>, T, Tensor3<int>>("ArgMax", x, axis, (a, b) => a > b);

    /// <summary>The indices of the least elements along one axis, which goes: the first of equals; that of the first NaN if there is
    /// one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has no item.</exception>
    public static Vec<int> ArgMin<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Mat<T>, T, Vec<int>>("ArgMin", x, axis, (a, b) => a < b);

    /// <inheritdoc cref="ArgMin{T}(Mat{T}, int)"/>
    public static Mat<int> ArgMin<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Tensor3<T>, T, Mat<int>>("ArgMin", x, axis, (a, b) => a < b);

    /// <inheritdoc cref="ArgMin{T}(Mat{T}, int)"/>
    public static Tensor3<int> ArgMin<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.ArgAxis<Tensor4<T>, T, Tensor3<int>>("ArgMin", x, axis, (a, b) => a < b);
}
