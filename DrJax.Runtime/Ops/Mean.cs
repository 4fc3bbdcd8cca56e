using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The mean of all elements; NaN without elements.</summary>
    public static T Mean<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sum(x) / T.CreateTruncating(x.AsSpan().Length);

    /// <inheritdoc cref="Mean{T}(Vec{T})"/>
    public static T Mean<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sum(x) / T.CreateTruncating(x.AsSpan().Length);

    /// <summary>The means along one axis, which goes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    public static Vec<T> Mean<T>(Mat<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Sum(x, axis) / T.CreateTruncating(x.Dimension(axis));

    /// <inheritdoc cref="Mean{T}(Vec{T})"/>
    public static T Mean<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sum(x) / T.CreateTruncating(x.AsSpan().Length);

    /// <inheritdoc cref="Mean{T}(Mat{T}, int)"/>
    public static Mat<T> Mean<T>(Tensor3<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Sum(x, axis) / T.CreateTruncating(x.Dimension(axis));

    /// <inheritdoc cref="Mean{T}(Vec{T})"/>
    public static T Mean<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sum(x) / T.CreateTruncating(x.AsSpan().Length);

    /// <inheritdoc cref="Mean{T}(Mat{T}, int)"/>
    public static Tensor3<T> Mean<T>(Tensor4<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Sum(x, axis) / T.CreateTruncating(x.Dimension(axis));

    /// <summary>The mean of all elements: a floating mean.</summary>
    public static double Mean(Vec<int> x) => Mean(ToDouble(x));

    /// <summary>The mean of all elements: a floating mean.</summary>
    public static double Mean(Mat<int> x) => Mean(ToDouble(x));

    /// <summary>The means along one axis, which goes: floating means.</summary>
    public static Vec<double> Mean(Mat<int> x, int axis) => Mean(ToDouble(x), axis);

    /// <summary>The mean of all elements: a floating mean.</summary>
    public static double Mean(Tensor3<int> x) => Mean(ToDouble(x));

    /// <summary>The means along one axis, which goes: floating means.</summary>
    public static Mat<double> Mean(Tensor3<int> x, int axis) => Mean(ToDouble(x), axis);

    /// <summary>The mean of all elements: a floating mean.</summary>
    public static double Mean(Tensor4<int> x) => Mean(ToDouble(x));

    /// <summary>The means along one axis, which goes: floating means.</summary>
    public static Tensor3<double> Mean(Tensor4<int> x, int axis) => Mean(ToDouble(x), axis);

    /// <summary>(Σⱼ f(j)) / n for j = 0 .. n - 1.</summary>
    public static T Mean<T>(int n, Func<int, T> f) where T : unmanaged, IFloatingPointIeee754<T> => Mean(Build(n, f));
}
