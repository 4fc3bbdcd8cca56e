using System.Numerics;
using DrJax.Compiled;

namespace DrJax;

/// <summary>
/// Random numbers as functions of a <see cref="Key"/> and a place: Threefry-2x32, as JAX uses it with
/// <c>jax_threefry_partitionable</c>. The same key gives the same numbers eagerly and compiled, for any number of workers, groups to a
/// block and iterations before it.
/// </summary>
public static partial class Rng
{
    /// <summary>Two keys to use in place of one: <c>(FoldIn(key, 0), FoldIn(key, 1))</c>, as <c>jax.random.split(key)</c>.</summary>
    public static (Key, Key) Split(Key key) => (FoldIn(key, 0), FoldIn(key, 1));

    /// <summary>The key of this number: different numbers, different keys; as <c>jax.random.fold_in(key, data)</c>, and as key data of
    /// <c>jax.random.split(key, n)</c>.</summary>
    public static Key FoldIn(Key key, int data) => new(
        ScalarMath.ThreefryFirst(key.Word0, key.Word1, 0, data), ScalarMath.ThreefrySecond(key.Word0, key.Word1, 0, data));

    /// <summary>A key for every group: group i gets <c>FoldIn(key, i)</c>. The number of groups is that of <paramref name="like"/>.</summary>
    public static Placed<Key> SplitGroups<T>(Key key, Placed<T> like)
    {
        var groups = MapReduce.GroupIndex(like);
        return Placed<Key>.Of(groups.Count, i => FoldIn(key, i));
    }

    /// <summary>A key for every group: group i gets <c>FoldIn(key, i)</c>. The number of groups is that of the program's attribute.</summary>
    /// <exception cref="InvalidOperationException">Called eagerly where no <see cref="DrJaxProgramAttribute"/> states the number of
    /// groups.</exception>
    public static Placed<Key> SplitGroups(Key key) => SplitGroups(key, MapReduce.GroupIndex());

    /// <summary>Number i of the key's sequence of uniform numbers in [0, 1).</summary>
    private static T Unit<T>(Key key, int i) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float)) return T.CreateTruncating(ScalarMath.UniformSingle(key.Word0, key.Word1, 0, i));
        if (typeof(T) == typeof(double)) return T.CreateTruncating(ScalarMath.UniformDouble(key.Word0, key.Word1, 0, i));
        throw new ArgumentException($"random numbers are float or double, not {typeof(T)}");
    }

    private static X Fill<X, T>(Dims dims, Func<int, T> element) where X : struct, INdArray<X, T> where T : unmanaged
    {
        if (dims.D0 < 0 || dims.D1 < 0 || dims.D2 < 0 || dims.D3 < 0)
            throw new ArgumentOutOfRangeException(nameof(dims), $"Rng: a length is not negative, got shape {dims}");
        var to = new T[dims.Count];
        for (var i = 0; i < to.Length; i++) to[i] = element(i);
        return X.Wrap(to, 0, dims);
    }
}
