using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>The bits of ints, which wrap as C#'s do, wherever they are computed: one at a time, among floats, among doubles.</summary>
public static class Bits
{
    [DrJaxProgram]
    public static (int, int, int, int, int, int, bool) Scalars(int a, int b, bool p) =>
        (a & ~b | 12345, (a ^ b) << 3, -a >> 1, -a >>> 28, (a + 1) * 1640531527 << b, ~(1 << 31 - a), p ^ a > b);

    [DrJaxProgram]
    public static Vec<int> Mixed(Vec<int> x, Vec<int> y, int seed)
    {
        for (var round = 0; round < 5; round++)
        {
            x += y;
            y = (y << 13 | y >>> 19) ^ x;
            x ^= seed & y;
        }
        return x ^ y;
    }

    [DrJaxProgram]
    public static (Vec<bool>, Vec<int>, Vec<double>, Vec<int>, Mat<int>) AmongDoubles(Vec<int> x, Vec<double> v)
    {
        var big = Mixed(x, x + 7, 1 << 30) + 2000000000;
        return (big + big < x, Max(big + big, big), (ToDouble(big << 1) * v + ToDouble(big >>> 8)) * 1e-9, big >> x, Build(3, x.Length, (i, j) => big[j] & 255 >> i));
    }

    [DrJaxProgram]
    public static (Vec<bool>, Vec<float>) AmongFloats(Vec<int> x, Vec<float> v)
    {
        var big = Mixed(x, x + 7, 1 << 30) + 2000000000;
        return ((big + big < x) ^ (v > 0.5f), ToFloat(big >>> 8) / (1 << 24) * v);
    }

    [DrJaxProgram("n")]
    public static (Placed<double>, double) InGroups(Placed<Vec<int>> x, Placed<Vec<double>> v, int seed)
    {
        var u = Map((a, w) => Sum(a.Length, i => w[i] * (((a[i] + 1) * 1640531527 ^ seed) >>> 8) / 16777216), x, v);
        return (u, ReduceMean(u));
    }

    [DrJaxProgram]
    public static (Vec<int>, int) Constants(Vec<int> x) => (x + (2000000000 + x.Length - x.Length + 2000000000), (x.Length << 2) + (x.Length >> 1) + (6 & 3) + (6 ^ 3) + (6 | 3) + (-6 >>> 30));
}
