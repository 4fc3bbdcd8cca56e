using System.Numerics;

namespace DrJax.Benchmarks;

/// <summary>Reproducible inputs.</summary>
internal sealed class RandomArrays(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Uniform in (-scale, scale).</summary>
    internal T[] Uniform<T>(int count, double scale) where T : IFloatingPointIeee754<T>
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = T.CreateTruncating(scale * (2 * _random.NextDouble() - 1));
        return values;
    }

    /// <summary>Integers in [0, end).</summary>
    internal int[] Integers(int count, int end)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++) values[i] = _random.Next(end);
        return values;
    }
}
