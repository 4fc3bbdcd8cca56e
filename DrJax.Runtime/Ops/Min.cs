using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The least of all elements; NaN if any is.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static T Min<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Minimum>("Min", x);

    /// <inheritdoc cref="Min{T}(Vec{T})"/>
    public static T Min<T>(Mat<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Minimum>("Min", x);

    /// <summary>The least elements along one axis, which goes.</summary>
    /// <remarks>The axis is named: without <c>axis:</c> the call is elementwise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">There is no element.</exception>
    [OverloadResolutionPriority(-1)]
    public static Vec<T> Min<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Mat<T>, T, Vec<T>, Minimum>("Min", x, axis);

    /// <inheritdoc cref="Min{T}(Vec{T})"/>
    public static T Min<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Minimum>("Min", x);

    /// <inheritdoc cref="Min{T}(Mat{T}, int)"/>
    [OverloadResolutionPriority(-1)]
    public static Mat<T> Min<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor3<T>, T, Mat<T>, Minimum>("Min", x, axis);

    /// <inheritdoc cref="Min{T}(Vec{T})"/>
    public static T Min<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Minimum>("Min", x);

    /// <inheritdoc cref="Min{T}(Mat{T}, int)"/>
    [OverloadResolutionPriority(-1)]
    public static Tensor3<T> Min<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor4<T>, T, Tensor3<T>, Minimum>("Min", x, axis);

    /// <summary>The least of f(j) for j = 0 .. n - 1.</summary>
    public static T Min<T>(int n, Func<int, T> f) where T : unmanaged, INumber<T> => Min(Build(n, f));

    /// <summary>The index of the least element, the first of equals; that of the first NaN if there is one.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static int ArgMin<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Arg("ArgMin", x, (a, b) => a < b);
}
