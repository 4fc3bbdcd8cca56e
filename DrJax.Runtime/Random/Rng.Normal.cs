using System.Numerics;

namespace DrJax;

public static partial class Rng
{
    /// <summary>Standard normal numbers of the given axes: √2 erf⁻¹(u) of u uniform in (-1, 1), as <c>jax.random.normal</c> has it. A normal number
    /// of mean m and deviation s is <c>m + s * Normal&lt;double&gt;(key)</c>, which is differentiable in m and s.</summary>
    /// <exception cref="ArgumentException">T is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static T Normal<T>(Key key) where T : unmanaged, IFloatingPointIeee754<T> => Gauss(Unit<T>(key, 0));

    /// <inheritdoc cref="Normal{T}(Key)"/>
    public static Vec<T> Normal<T>(Key key, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Vec<T>, T>(new(1, n), i => Gauss(Unit<T>(key, i)));

    /// <inheritdoc cref="Normal{T}(Key)"/>
    public static Mat<T> Normal<T>(Key key, int n, int m) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Mat<T>, T>(new(2, n, m), i => Gauss(Unit<T>(key, i)));

    /// <inheritdoc cref="Normal{T}(Key)"/>
    public static Tensor3<T> Normal<T>(Key key, int n, int m, int k) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor3<T>, T>(new(3, n, m, k), i => Gauss(Unit<T>(key, i)));

    /// <inheritdoc cref="Normal{T}(Key)"/>
    public static Tensor4<T> Normal<T>(Key key, int n, int m, int k, int l) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor4<T>, T>(new(4, n, m, k, l), i => Gauss(Unit<T>(key, i)));

    /// <summary>From [0, 1) to the open interval (-1, 1), then by the inverse of the distribution function.</summary>
    private static T Gauss<T>(T u) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var low = T.BitIncrement(-T.One);
        return T.Sqrt(T.One + T.One) * Ops.ErfInv(T.Max(low, u * (T.One - low) + low));
    }
}
