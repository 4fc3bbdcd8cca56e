using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>n numbers at equal distances from start to stop, both of which are among them; start alone if n is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static Vec<T> Linspace<T>(T start, T stop, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => Build(Guard.Length("Linspace", n), i => Between(start, stop, T.CreateTruncating(i) / T.CreateTruncating(Math.Max(n - 1, 1))));

    // Exact at both ends.
    private static T Between<T>(T start, T stop, T t) where T : unmanaged, IFloatingPointIeee754<T> => start * (T.One - t) + stop * t;
}
