using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The number whose hyperbolic sine is x.</summary>
    public static T Asinh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asinh(x);

    /// <inheritdoc cref="Asinh{T}(T)"/>
    public static Vec<T> Asinh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asinh);

    /// <inheritdoc cref="Asinh{T}(T)"/>
    public static Mat<T> Asinh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asinh);

    /// <inheritdoc cref="Asinh{T}(T)"/>
    public static Tensor3<T> Asinh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asinh);

    /// <inheritdoc cref="Asinh{T}(T)"/>
    public static Tensor4<T> Asinh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Asinh);

    /// <summary>The number, not negative, whose hyperbolic cosine is x: NaN below 1.</summary>
    public static T Acosh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acosh(x);

    /// <inheritdoc cref="Acosh{T}(T)"/>
    public static Vec<T> Acosh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acosh);

    /// <inheritdoc cref="Acosh{T}(T)"/>
    public static Mat<T> Acosh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acosh);

    /// <inheritdoc cref="Acosh{T}(T)"/>
    public static Tensor3<T> Acosh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acosh);

    /// <inheritdoc cref="Acosh{T}(T)"/>
    public static Tensor4<T> Acosh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Acosh);

    /// <summary>The number whose hyperbolic tangent is x: infinite at -1 and 1, NaN beyond.</summary>
    public static T Atanh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atanh(x);

    /// <inheritdoc cref="Atanh{T}(T)"/>
    public static Vec<T> Atanh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atanh);

    /// <inheritdoc cref="Atanh{T}(T)"/>
    public static Mat<T> Atanh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atanh);

    /// <inheritdoc cref="Atanh{T}(T)"/>
    public static Tensor3<T> Atanh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atanh);

    /// <inheritdoc cref="Atanh{T}(T)"/>
    public static Tensor4<T> Atanh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Atanh);
}
