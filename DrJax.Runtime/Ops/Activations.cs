using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static T Sigmoid<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static Vec<T> Sigmoid<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sigmoid);

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static Mat<T> Sigmoid<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sigmoid);

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static Tensor3<T> Sigmoid<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sigmoid);

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static Tensor4<T> Sigmoid<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sigmoid);

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public static T Softplus<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Max(x, T.Zero) + Log1p(T.Exp(-T.Abs(x)));

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static Vec<T> Softplus<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Softplus);

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static Mat<T> Softplus<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Softplus);

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static Tensor3<T> Softplus<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Softplus);

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static Tensor4<T> Softplus<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Softplus);

    /// <summary>max(x, 0); NaN of NaN.</summary>
    public static T Relu<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Max(x, T.Zero);

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static Vec<T> Relu<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Relu);

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static Mat<T> Relu<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Relu);

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static Tensor3<T> Relu<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Relu);

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static Tensor4<T> Relu<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Relu);
}
