using System.Numerics;
using DrJax.Compiled;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The error function 2/√π ∫₀ˣ e^(-t²) dt.</summary>
    public static T Erf<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(ScalarMath.Erf(double.CreateTruncating(x)));

    /// <inheritdoc cref="Erf{T}(T)"/>
    public static Vec<T> Erf<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erf);

    /// <inheritdoc cref="Erf{T}(T)"/>
    public static Mat<T> Erf<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erf);

    /// <inheritdoc cref="Erf{T}(T)"/>
    public static Tensor3<T> Erf<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erf);

    /// <inheritdoc cref="Erf{T}(T)"/>
    public static Tensor4<T> Erf<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erf);

    /// <summary>1 - erf x, with all its digits where x is great.</summary>
    public static T Erfc<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(ScalarMath.Erfc(double.CreateTruncating(x)));

    /// <inheritdoc cref="Erfc{T}(T)"/>
    public static Vec<T> Erfc<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erfc);

    /// <inheritdoc cref="Erfc{T}(T)"/>
    public static Mat<T> Erfc<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erfc);

    /// <inheritdoc cref="Erfc{T}(T)"/>
    public static Tensor3<T> Erfc<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erfc);

    /// <inheritdoc cref="Erfc{T}(T)"/>
    public static Tensor4<T> Erfc<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Erfc);

    /// <summary>The digamma function ψ = (ln Γ)'.</summary>
    public static T Digamma<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Polygamma(0, x);

    /// <inheritdoc cref="Digamma{T}(T)"/>
    public static Vec<T> Digamma<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Digamma);

    /// <inheritdoc cref="Digamma{T}(T)"/>
    public static Mat<T> Digamma<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Digamma);

    /// <inheritdoc cref="Digamma{T}(T)"/>
    public static Tensor3<T> Digamma<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Digamma);

    /// <inheritdoc cref="Digamma{T}(T)"/>
    public static Tensor4<T> Digamma<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Digamma);
}
