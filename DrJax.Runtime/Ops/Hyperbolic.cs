using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>(eˣ - e⁻ˣ) / 2.</summary>
    public static T Sinh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sinh(x);

    /// <inheritdoc cref="Sinh{T}(T)"/>
    public static Vec<T> Sinh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sinh);

    /// <inheritdoc cref="Sinh{T}(T)"/>
    public static Mat<T> Sinh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sinh);

    /// <inheritdoc cref="Sinh{T}(T)"/>
    public static Tensor3<T> Sinh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sinh);

    /// <inheritdoc cref="Sinh{T}(T)"/>
    public static Tensor4<T> Sinh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Sinh);

    /// <summary>(eˣ + e⁻ˣ) / 2.</summary>
    public static T Cosh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cosh(x);

    /// <inheritdoc cref="Cosh{T}(T)"/>
    public static Vec<T> Cosh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cosh);

    /// <inheritdoc cref="Cosh{T}(T)"/>
    public static Mat<T> Cosh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cosh);

    /// <inheritdoc cref="Cosh{T}(T)"/>
    public static Tensor3<T> Cosh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cosh);

    /// <inheritdoc cref="Cosh{T}(T)"/>
    public static Tensor4<T> Cosh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Cosh);

    /// <summary>sinh x / cosh x.</summary>
    public static T Tanh<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Tanh(x);

    /// <inheritdoc cref="Tanh{T}(T)"/>
    public static Vec<T> Tanh<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tanh);

    /// <inheritdoc cref="Tanh{T}(T)"/>
    public static Mat<T> Tanh<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tanh);

    /// <inheritdoc cref="Tanh{T}(T)"/>
    public static Tensor3<T> Tanh<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tanh);

    /// <inheritdoc cref="Tanh{T}(T)"/>
    public static Tensor4<T> Tanh<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Tanh);
}
