using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The sums of the first 1, 2, .. items of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> CumSum<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Running<Vec<T>, T, Add>(x, 0);

    /// <inheritdoc cref="CumSum{T}(Vec{T})"/>
    public static Mat<T> CumSum<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Running<Mat<T>, T, Add>(x, axis);

    /// <inheritdoc cref="CumSum{T}(Vec{T})"/>
    public static Tensor3<T> CumSum<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Running<Tensor3<T>, T, Add>(x, axis);

    /// <inheritdoc cref="CumSum{T}(Vec{T})"/>
    public static Tensor4<T> CumSum<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Running<Tensor4<T>, T, Add>(x, axis);

    /// <summary>The products of the first 1, 2, .. items of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> CumProd<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Running<Vec<T>, T, Multiply>(x, 0);

    /// <inheritdoc cref="CumProd{T}(Vec{T})"/>
    public static Mat<T> CumProd<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Running<Mat<T>, T, Multiply>(x, axis);

    /// <inheritdoc cref="CumProd{T}(Vec{T})"/>
    public static Tensor3<T> CumProd<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Running<Tensor3<T>, T, Multiply>(x, axis);

    /// <inheritdoc cref="CumProd{T}(Vec{T})"/>
    public static Tensor4<T> CumProd<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Running<Tensor4<T>, T, Multiply>(x, axis);

    /// <summary>The differences of neighbouring items of an axis, the later less the earlier: one fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has no item.</exception>
    public static Vec<T> Diff<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Differences<Vec<T>, T>(x, 0);

    /// <inheritdoc cref="Diff{T}(Vec{T})"/>
    public static Mat<T> Diff<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Differences<Mat<T>, T>(x, axis);

    /// <inheritdoc cref="Diff{T}(Vec{T})"/>
    public static Tensor3<T> Diff<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Differences<Tensor3<T>, T>(x, axis);

    /// <inheritdoc cref="Diff{T}(Vec{T})"/>
    public static Tensor4<T> Diff<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Differences<Tensor4<T>, T>(x, axis);

    /// <summary>The product of all elements, in order; 1 without elements.</summary>
    public static T Prod<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Product(x);

    /// <inheritdoc cref="Prod{T}(Vec{T})"/>
    public static T Prod<T>(Mat<T> x) where T : unmanaged, INumber<T> => Fold.Product(x);

    /// <inheritdoc cref="Prod{T}(Vec{T})"/>
    public static T Prod<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Fold.Product(x);

    /// <inheritdoc cref="Prod{T}(Vec{T})"/>
    public static T Prod<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Fold.Product(x);

    /// <summary>The products along one axis, which goes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Prod<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Products<Mat<T>, T, Vec<T>>(x, axis);

    /// <inheritdoc cref="Prod{T}(Mat{T}, int)"/>
    public static Mat<T> Prod<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T> => Fold.Products<Tensor3<T>, T, Mat<T>>(x, axis);

    /// <inheritdoc cref="Prod{T}(Mat{T}, int)"/>
    public static Tensor3<T> Prod<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Products<Tensor4<T>, T, Tensor3<T>>(x, axis);
}
