using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The logarithm to base 2: -inf at 0, NaN below.</summary>
    public static T Log2<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log2(x);

    /// <inheritdoc cref="Log2{T}(T)"/>
    public static Vec<T> Log2<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log2);

    /// <inheritdoc cref="Log2{T}(T)"/>
    public static Mat<T> Log2<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log2);

    /// <inheritdoc cref="Log2{T}(T)"/>
    public static Tensor3<T> Log2<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log2);

    /// <inheritdoc cref="Log2{T}(T)"/>
    public static Tensor4<T> Log2<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log2);

    /// <summary>The logarithm to base 10: -inf at 0, NaN below.</summary>
    public static T Log10<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log10(x);

    /// <inheritdoc cref="Log10{T}(T)"/>
    public static Vec<T> Log10<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log10);

    /// <inheritdoc cref="Log10{T}(T)"/>
    public static Mat<T> Log10<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log10);

    /// <inheritdoc cref="Log10{T}(T)"/>
    public static Tensor3<T> Log10<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log10);

    /// <inheritdoc cref="Log10{T}(T)"/>
    public static Tensor4<T> Log10<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Log10);

    /// <summary>2ˣ.</summary>
    public static T Exp2<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Pow(T.CreateTruncating(2), x);

    /// <inheritdoc cref="Exp2{T}(T)"/>
    public static Vec<T> Exp2<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp2);

    /// <inheritdoc cref="Exp2{T}(T)"/>
    public static Mat<T> Exp2<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp2);

    /// <inheritdoc cref="Exp2{T}(T)"/>
    public static Tensor3<T> Exp2<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp2);

    /// <inheritdoc cref="Exp2{T}(T)"/>
    public static Tensor4<T> Exp2<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Exp2);

    /// <summary>The cube root, negative where x is; its slope at 0 is infinite.</summary>
    public static T Cbrt<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cbrt(x);

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    public static Vec<T> Cbrt<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cbrt);

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    public static Mat<T> Cbrt<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cbrt);

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    public static Tensor3<T> Cbrt<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cbrt);

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    public static Tensor4<T> Cbrt<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cbrt);

    /// <summary>√(x² + y²); its derivative is 0 where both are 0.</summary>
    public static T Hypot<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => T.Hypot(x, y);

    /// <inheritdoc cref="Hypot{T}(T, T)"/>
    public static Vec<T> Hypot<T>(Vec<T> x, Vec<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Hypot", y, Hypot);

    /// <inheritdoc cref="Hypot{T}(T, T)"/>
    public static Mat<T> Hypot<T>(Mat<T> x, Mat<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Hypot", y, Hypot);

    /// <inheritdoc cref="Hypot{T}(T, T)"/>
    public static Tensor3<T> Hypot<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Hypot", y, Hypot);

    /// <inheritdoc cref="Hypot{T}(T, T)"/>
    public static Tensor4<T> Hypot<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x.Zip("Hypot", y, Hypot);
}
