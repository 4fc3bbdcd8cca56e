using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The greatest of all elements; NaN if any is.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static T Max<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Maximum>("Max", x);

    /// <inheritdoc cref="Max{T}(Vec{T})"/>
    public static T Max<T>(Mat<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Maximum>("Max", x);

    /// <summary>The greatest elements along one axis, which goes.</summary>
    /// <remarks>The axis is named: without <c>axis:</c> the call is elementwise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="ArgumentException">There is no element.</exception>
    [OverloadResolutionPriority(-1)]
    public static Vec<T> Max<T>(Mat<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Mat<T>, T, Vec<T>, Maximum>("Max", x, axis);

    /// <inheritdoc cref="Max{T}(Vec{T})"/>
    public static T Max<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Maximum>("Max", x);

    /// <inheritdoc cref="Max{T}(Mat{T}, int)"/>
    [OverloadResolutionPriority(-1)]
    public static Mat<T> Max<T>(Tensor3<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor3<T>, T, Mat<T>, Maximum>("Max", x, axis);

    /// <inheritdoc cref="Max{T}(Vec{T})"/>
    public static T Max<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => Fold.All<T, Maximum>("Max", x);

    /// <inheritdoc cref="Max{T}(Mat{T}, int)"/>
    [OverloadResolutionPriority(-1)]
    public static Tensor3<T> Max<T>(Tensor4<T> x, int axis) where T : unmanaged, INumber<T>
        => Fold.Axis<Tensor4<T>, T, Tensor3<T>, Maximum>("Max", x, axis);

    /// <summary>The greatest of f(j) for j = 0 .. n - 1.</summary>
    public static T Max<T>(int n, Func<int, T> f) where T : unmanaged, INumber<T> => Max(Build(n, f));

    /// <summary>The index of the greatest element, the first of equals; that of the first NaN if there is one.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static int ArgMax<T>(Vec<T> x) where T : unmanaged, INumber<T> => Fold.Arg("ArgMax", x, (a, b) => a > b);
}
