using System.Numerics;

namespace DrJax;

public static partial class Rng
{
    /// <summary>Exponential numbers of rate 1 of the given axes: -ln(1 - u) of u uniform in [0, 1).</summary>
    /// <exception cref="ArgumentException">T is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static T Exponential<T>(Key key) where T : unmanaged, IFloatingPointIeee754<T> => -Ops.Log1p(-Unit<T>(key, 0));

    /// <inheritdoc cref="Exponential{T}(Key)"/>
    public static Vec<T> Exponential<T>(Key key, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Vec<T>, T>(new(1, n), i => -Ops.Log1p(-Unit<T>(key, i)));

    /// <inheritdoc cref="Exponential{T}(Key)"/>
    public static Mat<T> Exponential<T>(Key key, int n, int m) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Mat<T>, T>(new(2, n, m), i => -Ops.Log1p(-Unit<T>(key, i)));

    /// <inheritdoc cref="Exponential{T}(Key)"/>
    public static Tensor3<T> Exponential<T>(Key key, int n, int m, int k) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor3<T>, T>(new(3, n, m, k), i => -Ops.Log1p(-Unit<T>(key, i)));

    /// <inheritdoc cref="Exponential{T}(Key)"/>
    public static Tensor4<T> Exponential<T>(Key key, int n, int m, int k, int l) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor4<T>, T>(new(4, n, m, k, l), i => -Ops.Log1p(-Unit<T>(key, i)));

    /// <summary>Numbers of the standard Gumbel distribution of the given axes: -ln(-ln u) of u uniform in (0, 1).</summary>
    /// <exception cref="ArgumentException">T is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static T Gumbel<T>(Key key) where T : unmanaged, IFloatingPointIeee754<T> => Gumbel(Unit<T>(key, 0));

    /// <inheritdoc cref="Gumbel{T}(Key)"/>
    public static Vec<T> Gumbel<T>(Key key, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Vec<T>, T>(new(1, n), i => Gumbel(Unit<T>(key, i)));

    /// <inheritdoc cref="Gumbel{T}(Key)"/>
    public static Mat<T> Gumbel<T>(Key key, int n, int m) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Mat<T>, T>(new(2, n, m), i => Gumbel(Unit<T>(key, i)));

    /// <inheritdoc cref="Gumbel{T}(Key)"/>
    public static Tensor3<T> Gumbel<T>(Key key, int n, int m, int k) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor3<T>, T>(new(3, n, m, k), i => Gumbel(Unit<T>(key, i)));

    /// <inheritdoc cref="Gumbel{T}(Key)"/>
    public static Tensor4<T> Gumbel<T>(Key key, int n, int m, int k, int l) where T : unmanaged, IFloatingPointIeee754<T>
        => Fill<Tensor4<T>, T>(new(4, n, m, k, l), i => Gumbel(Unit<T>(key, i)));

    /// <summary>An index i with probability e^logits[i] / Σⱼ e^logits[j]: the greatest of the logits with Gumbel numbers added.</summary>
    /// <exception cref="ArgumentException">There is no logit, or T is neither float nor double.</exception>
    public static int Categorical<T>(Key key, Vec<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
        => Ops.ArgMax(logits + Gumbel<T>(key, logits.Length));

    /// <summary>The uniform number 0 counts as the least positive normal one.</summary>
    private static T Gumbel<T>(T u) where T : unmanaged, IFloatingPointIeee754<T>
        => -T.Log(-T.Log(T.Max(u, T.CreateTruncating(typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308))));
}
