using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The mean square of the differences from the mean of all elements; NaN without elements.</summary>
    public static T Var<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Mean(Square(x - Mean(x)));

    /// <inheritdoc cref="Var{T}(Vec{T})"/>
    public static T Var<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Mean(Square(x - Mean(x)));

    /// <inheritdoc cref="Var{T}(Vec{T})"/>
    public static T Var<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Mean(Square(x - Mean(x)));

    /// <inheritdoc cref="Var{T}(Vec{T})"/>
    public static T Var<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Mean(Square(x - Mean(x)));

    /// <summary>The mean squares of the differences from the means along one axis, which goes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Var<T>(Mat<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Mean(Square(x - Nd.Spread<Vec<T>, Mat<T>, T>(Mean(x, axis), axis, x.Dims)), axis);

    /// <inheritdoc cref="Var{T}(Mat{T}, int)"/>
    public static Mat<T> Var<T>(Tensor3<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Mean(Square(x - Nd.Spread<Mat<T>, Tensor3<T>, T>(Mean(x, axis), axis, x.Dims)), axis);

    /// <inheritdoc cref="Var{T}(Mat{T}, int)"/>
    public static Tensor3<T> Var<T>(Tensor4<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Mean(Square(x - Nd.Spread<Tensor3<T>, Tensor4<T>, T>(Mean(x, axis), axis, x.Dims)), axis);

    /// <summary>The standard deviation, the square root of the variance; its derivative is 0 where it is 0.</summary>
    public static T Std<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x));

    /// <inheritdoc cref="Std{T}(Vec{T})"/>
    public static T Std<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x));

    /// <inheritdoc cref="Std{T}(Vec{T})"/>
    public static T Std<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x));

    /// <inheritdoc cref="Std{T}(Vec{T})"/>
    public static T Std<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x));

    /// <summary>The standard deviations along one axis, which goes; their derivative is 0 where they are 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Std<T>(Mat<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x, axis));

    /// <inheritdoc cref="Std{T}(Mat{T}, int)"/>
    public static Mat<T> Std<T>(Tensor3<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x, axis));

    /// <inheritdoc cref="Std{T}(Mat{T}, int)"/>
    public static Tensor3<T> Std<T>(Tensor4<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Var(x, axis));

    /// <inheritdoc cref="Norm{T}(Mat{T})"/>
    public static T Norm<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(Sum(Square(x)));

    /// <inheritdoc cref="Norm{T}(Mat{T})"/>
    public static T Norm<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(Sum(Square(x)));

    /// <summary>The Euclidean norms along one axis, which goes; their derivative is 0 where they are 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Norm<T>(Mat<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Sum(Square(x), axis));

    /// <inheritdoc cref="Norm{T}(Mat{T}, int)"/>
    public static Mat<T> Norm<T>(Tensor3<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Sum(Square(x), axis));

    /// <inheritdoc cref="Norm{T}(Mat{T}, int)"/>
    public static Tensor3<T> Norm<T>(Tensor4<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T> => Sqrt(Sum(Square(x), axis));

    /// <summary>The sum of the magnitudes of all elements.</summary>
    public static T NormL1<T>(Vec<T> x) where T : unmanaged, INumber<T> => Sum(Abs(x));

    /// <inheritdoc cref="NormL1{T}(Vec{T})"/>
    public static T NormL1<T>(Mat<T> x) where T : unmanaged, INumber<T> => Sum(Abs(x));

    /// <inheritdoc cref="NormL1{T}(Vec{T})"/>
    public static T NormL1<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Sum(Abs(x));

    /// <inheritdoc cref="NormL1{T}(Vec{T})"/>
    public static T NormL1<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Sum(Abs(x));

    /// <summary>The greatest magnitude of an element.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static T NormMax<T>(Vec<T> x) where T : unmanaged, INumber<T> => Max(Abs(x));

    /// <inheritdoc cref="NormMax{T}(Vec{T})"/>
    public static T NormMax<T>(Mat<T> x) where T : unmanaged, INumber<T> => Max(Abs(x));

    /// <inheritdoc cref="NormMax{T}(Vec{T})"/>
    public static T NormMax<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Max(Abs(x));

    /// <inheritdoc cref="NormMax{T}(Vec{T})"/>
    public static T NormMax<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Max(Abs(x));
}
