using DrJax.Compiled;

namespace DrJax;

public static partial class Rng
{
    /// <summary>32 random bits for every element, of the given axes: element i, counted in row-major order, is the exclusive or of the two words of
    /// the key's block (0, i), as <c>jax.random.bits</c> has it, read as a signed int.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static int Bits(Key key) => ScalarMath.ThreefryBits(key.Word0, key.Word1, 0, 0);

    /// <inheritdoc cref="Bits(Key)"/>
    public static Vec<int> Bits(Key key, int n)
        => Fill<Vec<int>, int>(new(1, n), i => ScalarMath.ThreefryBits(key.Word0, key.Word1, 0, i));

    /// <inheritdoc cref="Bits(Key)"/>
    public static Mat<int> Bits(Key key, int n, int m)
        => Fill<Mat<int>, int>(new(2, n, m), i => ScalarMath.ThreefryBits(key.Word0, key.Word1, 0, i));

    /// <inheritdoc cref="Bits(Key)"/>
    public static Tensor3<int> Bits(Key key, int n, int m, int k)
        => Fill<Tensor3<int>, int>(new(3, n, m, k), i => ScalarMath.ThreefryBits(key.Word0, key.Word1, 0, i));

    /// <inheritdoc cref="Bits(Key)"/>
    public static Tensor4<int> Bits(Key key, int n, int m, int k, int l)
        => Fill<Tensor4<int>, int>(new(4, n, m, k, l), i => ScalarMath.ThreefryBits(key.Word0, key.Word1, 0, i));

    /// <summary>Integers that are uniform in low .. high - 1, of the given axes; low everywhere if there is no integer in that range, as in
    /// <c>jax.random.randint</c>.</summary>
    /// <remarks>⌊u (high - low)⌋ of a uniform double u: an integer's probability is off by at most 2^-52. (JAX draws twice the bits and
    /// takes remainders, so the integers are others.)</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static int Randint(Key key, int low, int high) => Between(low, high, Unit<double>(key, 0));

    /// <inheritdoc cref="Randint(Key, int, int)"/>
    public static Vec<int> Randint(Key key, int low, int high, int n)
        => Fill<Vec<int>, int>(new(1, n), i => Between(low, high, Unit<double>(key, i)));

    /// <inheritdoc cref="Randint(Key, int, int)"/>
    public static Mat<int> Randint(Key key, int low, int high, int n, int m)
        => Fill<Mat<int>, int>(new(2, n, m), i => Between(low, high, Unit<double>(key, i)));

    /// <inheritdoc cref="Randint(Key, int, int)"/>
    public static Tensor3<int> Randint(Key key, int low, int high, int n, int m, int k)
        => Fill<Tensor3<int>, int>(new(3, n, m, k), i => Between(low, high, Unit<double>(key, i)));

    /// <inheritdoc cref="Randint(Key, int, int)"/>
    public static Tensor4<int> Randint(Key key, int low, int high, int n, int m, int k, int l)
        => Fill<Tensor4<int>, int>(new(4, n, m, k, l), i => Between(low, high, Unit<double>(key, i)));

    private static int Between(int low, int high, double u) => (int)(low + Math.Floor(u * Math.Max((double)high - low, 1)));
}
