using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>Whether some element is true; false without elements.</summary>
    public static bool Any(Vec<bool> mask) => mask.AsSpan().Contains(true);

    /// <inheritdoc cref="Any(Vec{bool})"/>
    public static bool Any(Mat<bool> mask) => mask.AsSpan().Contains(true);

    /// <inheritdoc cref="Any(Vec{bool})"/>
    public static bool Any(Tensor3<bool> mask) => mask.AsSpan().Contains(true);

    /// <inheritdoc cref="Any(Vec{bool})"/>
    public static bool Any(Tensor4<bool> mask) => mask.AsSpan().Contains(true);

    /// <summary>Whether every element is true; true without elements.</summary>
    public static bool All(Vec<bool> mask) => !mask.AsSpan().Contains(false);

    /// <inheritdoc cref="All(Vec{bool})"/>
    public static bool All(Mat<bool> mask) => !mask.AsSpan().Contains(false);

    /// <inheritdoc cref="All(Vec{bool})"/>
    public static bool All(Tensor3<bool> mask) => !mask.AsSpan().Contains(false);

    /// <inheritdoc cref="All(Vec{bool})"/>
    public static bool All(Tensor4<bool> mask) => !mask.AsSpan().Contains(false);

    /// <summary>How many elements are true.</summary>
    public static int Count(Vec<bool> mask) => System.MemoryExtensions.Count(mask.AsSpan(), true);

    /// <inheritdoc cref="Count(Vec{bool})"/>
    public static int Count(Mat<bool> mask) => System.MemoryExtensions.Count(mask.AsSpan(), true);

    /// <inheritdoc cref="Count(Vec{bool})"/>
    public static int Count(Tensor3<bool> mask) => System.MemoryExtensions.Count(mask.AsSpan(), true);

    /// <inheritdoc cref="Count(Vec{bool})"/>
    public static int Count(Tensor4<bool> mask) => System.MemoryExtensions.Count(mask.AsSpan(), true);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Vec<T> Where<T>(bool mask, Vec<T> x, Vec<T> y) where T : unmanaged => Nd.Choose<Vec<T>, T>(mask, x, y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Mat<T> Where<T>(bool mask, Mat<T> x, Mat<T> y) where T : unmanaged => Nd.Choose<Mat<T>, T>(mask, x, y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor3<T> Where<T>(bool mask, Tensor3<T> x, Tensor3<T> y) where T : unmanaged => Nd.Choose<Tensor3<T>, T>(mask, x, y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor4<T> Where<T>(bool mask, Tensor4<T> x, Tensor4<T> y) where T : unmanaged => Nd.Choose<Tensor4<T>, T>(mask, x, y);

    /// <summary>Whether the value is not a number.</summary>
    public static bool IsNaN<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(x);

    /// <inheritdoc cref="IsNaN{T}(T)"/>
    public static Vec<bool> IsNaN<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsNaN);

    /// <inheritdoc cref="IsNaN{T}(T)"/>
    public static Mat<bool> IsNaN<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsNaN);

    /// <inheritdoc cref="IsNaN{T}(T)"/>
    public static Tensor3<bool> IsNaN<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsNaN);

    /// <inheritdoc cref="IsNaN{T}(T)"/>
    public static Tensor4<bool> IsNaN<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsNaN);

    /// <summary>Whether the value is neither infinite nor NaN.</summary>
    public static bool IsFinite<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsFinite(x);

    /// <inheritdoc cref="IsFinite{T}(T)"/>
    public static Vec<bool> IsFinite<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsFinite);

    /// <inheritdoc cref="IsFinite{T}(T)"/>
    public static Mat<bool> IsFinite<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsFinite);

    /// <inheritdoc cref="IsFinite{T}(T)"/>
    public static Tensor3<bool> IsFinite<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsFinite);

    /// <inheritdoc cref="IsFinite{T}(T)"/>
    public static Tensor4<bool> IsFinite<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(IsFinite);
}
