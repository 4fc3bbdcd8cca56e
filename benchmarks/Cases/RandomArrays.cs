using System.Numerics;

namespace DrJax.Benchmarks;

/// <summary>Reproducible inputs.</summary>
internal sealed class RandomArrays(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Uniform in (-scale, scale).</summary>
    internal T[] Uniform<T>(int count, double scale) where T : IFloatingPointIeee754<T> => Uniform<T>(count, -scale, scale);

    /// <summary>Uniform in (from, to).</summary>
    internal T[] Uniform<T>(int count, double from, double to) where T : IFloatingPointIeee754<T>
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = T.CreateTruncating(from + (to - from) * _random.NextDouble());
        return values;
    }

    /// <summary>Of the standard normal distribution.</summary>
    internal double[] Normal(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
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
