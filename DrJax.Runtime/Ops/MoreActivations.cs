using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>x / (1 + e⁻ˣ).</summary>
    public static T Silu<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x * Sigmoid(x);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static Vec<T> Silu<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Silu);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static Mat<T> Silu<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Silu);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static Tensor3<T> Silu<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Silu);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static Tensor4<T> Silu<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Silu);

    /// <summary>x Φ(x) with the normal distribution function Φ itself, not the approximation by tanh.</summary>
    public static T Gelu<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(0.5) * x * Erfc(x * T.CreateTruncating(-0.70710678118654752));

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static Vec<T> Gelu<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Gelu);

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static Mat<T> Gelu<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Gelu);

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static Tensor3<T> Gelu<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Gelu);

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static Tensor4<T> Gelu<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Gelu);

    /// <summary>x where it is positive, eˣ - 1 elsewhere.</summary>
    public static T Elu<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x > T.Zero ? x : Expm1(x);

    /// <inheritdoc cref="Elu{T}(T)"/>
    public static Vec<T> Elu<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Elu);

    /// <inheritdoc cref="Elu{T}(T)"/>
    public static Mat<T> Elu<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Elu);

    /// <inheritdoc cref="Elu{T}(T)"/>
    public static Tensor3<T> Elu<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Elu);

    /// <inheritdoc cref="Elu{T}(T)"/>
    public static Tensor4<T> Elu<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Elu);

    /// <summary>x where it is not negative, slope x elsewhere.</summary>
    public static T LeakyRelu<T>(T x, T slope) where T : unmanaged, IFloatingPointIeee754<T> => x >= T.Zero ? x : x * slope;

    /// <inheritdoc cref="LeakyRelu{T}(T, T)"/>
    public static Vec<T> LeakyRelu<T>(Vec<T> x, T slope) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => LeakyRelu(e, slope));

    /// <inheritdoc cref="LeakyRelu{T}(T, T)"/>
    public static Mat<T> LeakyRelu<T>(Mat<T> x, T slope) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => LeakyRelu(e, slope));

    /// <inheritdoc cref="LeakyRelu{T}(T, T)"/>
    public static Tensor3<T> LeakyRelu<T>(Tensor3<T> x, T slope) where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(e => LeakyRelu(e, slope));

    /// <inheritdoc cref="LeakyRelu{T}(T, T)"/>
    public static Tensor4<T> LeakyRelu<T>(Tensor4<T> x, T slope) where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(e => LeakyRelu(e, slope));
}
