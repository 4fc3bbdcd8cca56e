using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The greater of x and y, element by element; NaN if either is.</summary>
    public static T Max<T>(T x, T y) where T : unmanaged, INumber<T> => T.Max(x, y);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Vec<T> Max<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => x.Zip("Max", y, Max);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Vec<T> Max<T>(Vec<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Max(e, y));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Vec<T> Max<T>(T x, Vec<T> y) where T : unmanaged, INumber<T> => y.Map(e => Max(x, e));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Mat<T> Max<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T> => x.Zip("Max", y, Max);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Mat<T> Max<T>(Mat<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Max(e, y));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Mat<T> Max<T>(T x, Mat<T> y) where T : unmanaged, INumber<T> => y.Map(e => Max(x, e));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor3<T> Max<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T> => x.Zip("Max", y, Max);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor3<T> Max<T>(Tensor3<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Max(e, y));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor3<T> Max<T>(T x, Tensor3<T> y) where T : unmanaged, INumber<T> => y.Map(e => Max(x, e));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor4<T> Max<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, INumber<T> => x.Zip("Max", y, Max);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor4<T> Max<T>(Tensor4<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Max(e, y));

    /// <inheritdoc cref="Max{T}(T, T)"/>
    public static Tensor4<T> Max<T>(T x, Tensor4<T> y) where T : unmanaged, INumber<T> => y.Map(e => Max(x, e));

    /// <summary>The lesser of x and y, element by element; NaN if either is.</summary>
    public static T Min<T>(T x, T y) where T : unmanaged, INumber<T> => T.Min(x, y);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Vec<T> Min<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => x.Zip("Min", y, Min);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Vec<T> Min<T>(Vec<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Min(e, y));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Vec<T> Min<T>(T x, Vec<T> y) where T : unmanaged, INumber<T> => y.Map(e => Min(x, e));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Mat<T> Min<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T> => x.Zip("Min", y, Min);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Mat<T> Min<T>(Mat<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Min(e, y));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Mat<T> Min<T>(T x, Mat<T> y) where T : unmanaged, INumber<T> => y.Map(e => Min(x, e));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor3<T> Min<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T> => x.Zip("Min", y, Min);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor3<T> Min<T>(Tensor3<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Min(e, y));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor3<T> Min<T>(T x, Tensor3<T> y) where T : unmanaged, INumber<T> => y.Map(e => Min(x, e));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor4<T> Min<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, INumber<T> => x.Zip("Min", y, Min);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor4<T> Min<T>(Tensor4<T> x, T y) where T : unmanaged, INumber<T> => x.Map(e => Min(e, y));

    /// <inheritdoc cref="Min{T}(T, T)"/>
    public static Tensor4<T> Min<T>(T x, Tensor4<T> y) where T : unmanaged, INumber<T> => y.Map(e => Min(x, e));
}
