using System.Numerics;

namespace DrJax;

public static partial class Rng
{
    /// <summary>True with probability p, of the given axes: a uniform number of p's type is less than p.</summary>
    /// <remarks>Comparisons are flat: no derivative flows to p.</remarks>
    /// <exception cref="ArgumentException">T is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static bool Bernoulli<T>(Key key, T p) where T : unmanaged, IFloatingPointIeee754<T> => Unit<T>(key, 0) < p;

    /// <inheritdoc cref="Bernoulli{T}(Key, T)"/>
    public static Vec<bool> Bernoulli<T>(Key key, T p, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Vec<bool>, bool>(new(1, n), i => Unit<T>(key, i) < p);

    /// <inheritdoc cref="Bernoulli{T}(Key, T)"/>
    public static Mat<bool> Bernoulli<T>(Key key, T p, int n, int m) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Mat<bool>, bool>(new(2, n, m), i => Unit<T>(key, i) < p);

    /// <inheritdoc cref="Bernoulli{T}(Key, T)"/>
    public static Tensor3<bool> Bernoulli<T>(Key key, T p, int n, int m, int k) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor3<bool>, bool>(new(3, n, m, k), i => Unit<T>(key, i) < p);

    /// <inheritdoc cref="Bernoulli{T}(Key, T)"/>
    public static Tensor4<bool> Bernoulli<T>(Key key, T p, int n, int m, int k, int l) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor4<bool>, bool>(new(4, n, m, k, l), i => Unit<T>(key, i) < p);
}
