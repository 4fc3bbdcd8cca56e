using System.Numerics;

namespace DrJax;

public static partial class Rng
{
    /// <summary>Uniform numbers in [0, 1), of the given axes: multiples of 2^-23 (float) or 2^-52 (double), as <c>jax.random.uniform</c> gives
    /// them. T is stated: <c>Uniform&lt;double&gt;(key, n)</c>.</summary>
    /// <remarks>Element i, counted in row-major order, is a function of the key and of i alone.</remarks>
    /// <exception cref="ArgumentException">T is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static T Uniform<T>(Key key) where T : unmanaged, IFloatingPointIeee754<T> => Unit<T>(key, 0);

    /// <inheritdoc cref="Uniform{T}(Key)"/>
    public static Vec<T> Uniform<T>(Key key, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Vec<T>, T>(new(1, n), i => Unit<T>(key, i));

    /// <inheritdoc cref="Uniform{T}(Key)"/>
    public static Mat<T> Uniform<T>(Key key, int n, int m) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Mat<T>, T>(new(2, n, m), i => Unit<T>(key, i));

    /// <inheritdoc cref="Uniform{T}(Key)"/>
    public static Tensor3<T> Uniform<T>(Key key, int n, int m, int k) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor3<T>, T>(new(3, n, m, k), i => Unit<T>(key, i));

    /// <inheritdoc cref="Uniform{T}(Key)"/>
    public static Tensor4<T> Uniform<T>(Key key, int n, int m, int k, int l) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor4<T>, T>(new(4, n, m, k, l), i => Unit<T>(key, i));
}
