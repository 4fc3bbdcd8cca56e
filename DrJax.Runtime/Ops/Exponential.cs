using System.Numerics;

namespace DrJax;

/// <summary>The operations of programs: on scalars and, element by element, on arrays of every rank.</summary>
public static partial class Ops
{
    /// <summary>eˣ.</summary>
    public static T Exp<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp(x);

    /// <inheritdoc cref="Exp{T}(T)"/>
    public static Vec<T> Exp<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp);

    /// <inheritdoc cref="Exp{T}(T)"/>
    public static Mat<T> Exp<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp);

    /// <inheritdoc cref="Exp{T}(T)"/>
    public static Tensor3<T> Exp<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp);

    /// <inheritdoc cref="Exp{T}(T)"/>
    public static Tensor4<T> Exp<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp);

    /// <summary>eˣ - 1, precise near 0.</summary>
    public static T Expm1<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Precise.Expm1(x);

    /// <inheritdoc cref="Expm1{T}(T)"/>
    public static Vec<T> Expm1<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Expm1);

    /// <inheritdoc cref="Expm1{T}(T)"/>
    public static Mat<T> Expm1<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Expm1);

    /// <inheritdoc cref="Expm1{T}(T)"/>
    public static Tensor3<T> Expm1<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Expm1);

    /// <inheritdoc cref="Expm1{T}(T)"/>
    public static Tensor4<T> Expm1<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Expm1);

    /// <summary>The natural logarithm: -inf at 0, NaN below.</summary>
    public static T Log<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log(x);

    /// <inheritdoc cref="Log{T}(T)"/>
    public static Vec<T> Log<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log);

    /// <inheritdoc cref="Log{T}(T)"/>
    public static Mat<T> Log<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log);

    /// <inheritdoc cref="Log{T}(T)"/>
    public static Tensor3<T> Log<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log);

    /// <inheritdoc cref="Log{T}(T)"/>
    public static Tensor4<T> Log<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log);

    /// <summary>ln(1 + x), precise near 0.</summary>
    public static T Log1p<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Precise.Log1p(x);

    /// <inheritdoc cref="Log1p{T}(T)"/>
    public static Vec<T> Log1p<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log1p);

    /// <inheritdoc cref="Log1p{T}(T)"/>
    public static Mat<T> Log1p<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log1p);

    /// <inheritdoc cref="Log1p{T}(T)"/>
    public static Tensor3<T> Log1p<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log1p);

    /// <inheritdoc cref="Log1p{T}(T)"/>
    public static Tensor4<T> Log1p<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log1p);

    /// <summary>√x: NaN below 0.</summary>
    public static T Sqrt<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(x);

    /// <inheritdoc cref="Sqrt{T}(T)"/>
    public static Vec<T> Sqrt<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sqrt);

    /// <inheritdoc cref="Sqrt{T}(T)"/>
    public static Mat<T> Sqrt<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sqrt);

    /// <inheritdoc cref="Sqrt{T}(T)"/>
    public static Tensor3<T> Sqrt<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sqrt);

    /// <inheritdoc cref="Sqrt{T}(T)"/>
    public static Tensor4<T> Sqrt<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sqrt);

    /// <summary>x².</summary>
    public static T Square<T>(T x) where T : unmanaged, INumber<T> => x * x;

    /// <inheritdoc cref="Square{T}(T)"/>
    public static Vec<T> Square<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(Square);

    /// <inheritdoc cref="Square{T}(T)"/>
    public static Mat<T> Square<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(Square);

    /// <inheritdoc cref="Square{T}(T)"/>
    public static Tensor3<T> Square<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(Square);

    /// <inheritdoc cref="Square{T}(T)"/>
    public static Tensor4<T> Square<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(Square);

    /// <summary>xʸ.</summary>
    public static T Pow<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => T.Pow(x, y);

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Vec<T> Pow<T>(Vec<T> x, Vec<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Pow", y, Pow);

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Vec<T> Pow<T>(Vec<T> x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Pow(e, y));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Vec<T> Pow<T>(T x, Vec<T> y) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Pow(x, e));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Mat<T> Pow<T>(Mat<T> x, Mat<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Pow", y, Pow);

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Mat<T> Pow<T>(Mat<T> x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Pow(e, y));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Mat<T> Pow<T>(T x, Mat<T> y) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Pow(x, e));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor3<T> Pow<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Pow", y, Pow);

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor3<T> Pow<T>(Tensor3<T> x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Pow(e, y));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor3<T> Pow<T>(T x, Tensor3<T> y) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Pow(x, e));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor4<T> Pow<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Pow", y, Pow);

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor4<T> Pow<T>(Tensor4<T> x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Pow(e, y));

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    public static Tensor4<T> Pow<T>(T x, Tensor4<T> y) where T : unmanaged, IFloatingPointIeee754<T> => y.Map(e => Pow(x, e));
}
