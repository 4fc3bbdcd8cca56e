using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The sine of x radians.</summary>
    public static T Sin<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sin(x);

    /// <inheritdoc cref="Sin{T}(T)"/>
    public static Vec<T> Sin<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sin);

    /// <inheritdoc cref="Sin{T}(T)"/>
    public static Mat<T> Sin<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sin);

    /// <inheritdoc cref="Sin{T}(T)"/>
    public static Tensor3<T> Sin<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sin);

    /// <inheritdoc cref="Sin{T}(T)"/>
    public static Tensor4<T> Sin<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sin);

    /// <summary>The cosine of x radians.</summary>
    public static T Cos<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cos(x);

    /// <inheritdoc cref="Cos{T}(T)"/>
    public static Vec<T> Cos<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cos);

    /// <inheritdoc cref="Cos{T}(T)"/>
    public static Mat<T> Cos<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cos);

    /// <inheritdoc cref="Cos{T}(T)"/>
    public static Tensor3<T> Cos<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cos);

    /// <inheritdoc cref="Cos{T}(T)"/>
    public static Tensor4<T> Cos<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cos);

    /// <summary>The tangent of x radians.</summary>
    public static T Tan<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Tan(x);

    /// <inheritdoc cref="Tan{T}(T)"/>
    public static Vec<T> Tan<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tan);

    /// <inheritdoc cref="Tan{T}(T)"/>
    public static Mat<T> Tan<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tan);

    /// <inheritdoc cref="Tan{T}(T)"/>
    public static Tensor3<T> Tan<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tan);

    /// <inheritdoc cref="Tan{T}(T)"/>
    public static Tensor4<T> Tan<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tan);

    /// <summary>The angle in [-π/2, π/2] whose sine is x: NaN outside [-1, 1].</summary>
    public static T Asin<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asin(x);

    /// <inheritdoc cref="Asin{T}(T)"/>
    public static Vec<T> Asin<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asin);

    /// <inheritdoc cref="Asin{T}(T)"/>
    public static Mat<T> Asin<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asin);

    /// <inheritdoc cref="Asin{T}(T)"/>
    public static Tensor3<T> Asin<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asin);

    /// <inheritdoc cref="Asin{T}(T)"/>
    public static Tensor4<T> Asin<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asin);

    /// <summary>The angle in [0, π] whose cosine is x: NaN outside [-1, 1].</summary>
    public static T Acos<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acos(x);

    /// <inheritdoc cref="Acos{T}(T)"/>
    public static Vec<T> Acos<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acos);

    /// <inheritdoc cref="Acos{T}(T)"/>
    public static Mat<T> Acos<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acos);

    /// <inheritdoc cref="Acos{T}(T)"/>
    public static Tensor3<T> Acos<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acos);

    /// <inheritdoc cref="Acos{T}(T)"/>
    public static Tensor4<T> Acos<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acos);

    /// <summary>The angle in [-π/2, π/2] whose tangent is x.</summary>
    public static T Atan<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atan(x);

    /// <inheritdoc cref="Atan{T}(T)"/>
    public static Vec<T> Atan<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atan);

    /// <inheritdoc cref="Atan{T}(T)"/>
    public static Mat<T> Atan<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atan);

    /// <inheritdoc cref="Atan{T}(T)"/>
    public static Tensor3<T> Atan<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atan);

    /// <inheritdoc cref="Atan{T}(T)"/>
    public static Tensor4<T> Atan<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atan);

    /// <summary>The angle in [-π, π] of the point (x, y).</summary>
    public static T Atan2<T>(T y, T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atan2(y, x);

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Vec<T> Atan2<T>(Vec<T> y, Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => y.Zip("Atan2", x, Atan2);

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Vec<T> Atan2<T>(Vec<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Atan2(e, x));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Vec<T> Atan2<T>(T y, Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Atan2(y, e));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Mat<T> Atan2<T>(Mat<T> y, Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => y.Zip("Atan2", x, Atan2);

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Mat<T> Atan2<T>(Mat<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Atan2(e, x));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Mat<T> Atan2<T>(T y, Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Atan2(y, e));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor3<T> Atan2<T>(Tensor3<T> y, Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => y.Zip("Atan2", x, Atan2);

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor3<T> Atan2<T>(Tensor3<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Atan2(e, x));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor3<T> Atan2<T>(T y, Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Atan2(y, e));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor4<T> Atan2<T>(Tensor4<T> y, Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => y.Zip("Atan2", x, Atan2);

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor4<T> Atan2<T>(Tensor4<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Atan2(e, x));

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    public static Tensor4<T> Atan2<T>(T y, Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Atan2(y, e));
}
