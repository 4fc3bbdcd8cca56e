using DrJax.Compiled.Devices;
using DrJax.Tests.Numerics;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>
/// The functions that devices compile, run as the C# they are: the CPU's bits, and where the CPU goes through the system's functions the bars of
/// <see cref="TranscendentalTests"/>.
/// </summary>
public sealed class DeviceMathTests
{
    [Fact]
    public void Functions_have_the_bits_of_the_CPU()
    {
        var (xs, ys) = DeviceFunctions.Operands(20_000);
        foreach (var (name, device, cpu) in DeviceFunctions.OfDouble)
        {
            foreach (var (x, y) in xs.Zip(ys))
            {
                if (!DeviceFunctions.IsOther(name, x, y)) Same(cpu(x, y), device(x, y), $"{name}({x:R}, {y:R})");
            }
        }

        foreach (var (name, device, cpu) in DeviceFunctions.OfSingle)
        {
            foreach (var (x, y) in xs.Zip(ys).Select(p => ((float)p.First, (float)p.Second)))
            {
                if (!DeviceFunctions.IsOther(name, x, y)) Same(cpu(x, y), device(x, y), $"{name}({x:R}f, {y:R}f)");
            }
        }
    }

    [Fact]
    public void Angles_of_every_size_are_within_the_promise()
    {
        var random = new Random(23);
        double[] x =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite),
            .. Enumerable.Range(0, 4_000).Select(i => (i + 7.0e8) * (Math.PI / 2)),
            .. Enumerable.Range(0, 4_000).Select(i => (i + 1) * 250_000_000_001 * (Math.PI / 2)),

            // The float64 nearest to a multiple of pi/2.
            6381956970095103.0 * Math.Pow(2, 797),
        ];
        foreach (var a in x)
        {
            Within(2, DeviceMath.Sin(a), Exact.Sin(a), $"sin {a:R}");
            Within(2, DeviceMath.Cos(a), Exact.Cos(a), $"cos {a:R}");
            Within(3.5, DeviceMath.Tan(a), Exact.Tan(a), $"tan {a:R}");
            var f = (float)a;
            if (!float.IsFinite(f) || f == 0) continue;
            Assert.True(Ulps.Of(DeviceMath.Sin(f), Exact.Sin(f).High) <= 2, $"sin {f:R}f");
            Assert.True(Ulps.Of(DeviceMath.Cos(f), Exact.Cos(f).High) <= 2, $"cos {f:R}f");
            Assert.True(Ulps.Of(DeviceMath.Tan(f), Exact.Tan(f).High) <= 3, $"tan {f:R}f");
        }

        static void Within(double ulps, double got, DoubleDouble want, string what)
        {
            var error = Ulps.Of(got, want);
            Assert.True(error <= ulps, $"{what}: {error} ulp");
        }
    }

    /// <summary>Against the CPU's, which is tested: errors are relative to the greatest term of what is summed, the pole nearest by.</summary>
    [Fact]
    public void Derivatives_of_log_gamma_are_those_of_the_CPU()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var (n, x) = (i % 9, (random.NextDouble() * 40) - (i % 3 * 10));
            var (want, got) = (Compiled.ScalarMath.Polygamma(n, x), DeviceMath.Polygamma(n, x));
            var pole = x < 0 ? Math.Min(x - Math.Floor(x), Math.Ceiling(x) - x) : x;
            var scale = Math.Max(Math.Abs(want), Enumerable.Range(1, n).Aggregate(1.0, (p, k) => p * k) / Math.Pow(pole, n + 1));
            if (x > 0) scale = n == 0 ? Math.Max(1, Math.Abs(want)) : Math.Abs(want);
            Assert.True(Math.Abs(want - got) <= 2e-14 * scale, $"polygamma({n}, {x:R}): {got:R}, on the CPU {want:R}");
            if (x < 0) Assert.True(Math.Abs(Compiled.ScalarMath.LogGamma(x) - DeviceMath.LogGamma(x)) <= 1e-14 * (20 + Math.Abs(Compiled.ScalarMath.LogGamma(x))), $"log gamma({x:R})");
        }

        foreach (var x in (double[])[0, -1, -2, double.NegativeInfinity, double.NaN, double.PositiveInfinity])
        {
            Same(Compiled.ScalarMath.LogGamma(x), DeviceMath.LogGamma(x), $"log gamma({x})");
            foreach (var n in (double[])[0, 1, 2, 3, -1, 0.5, 171, double.NaN])
            {
                if (!double.IsInfinity(x)) Same(Compiled.ScalarMath.Polygamma(n, x), DeviceMath.Polygamma(n, x), $"polygamma({n}, {x})");
            }
        }
    }

    [Fact]
    public void Whole_numbers_and_random_words_are_those_of_the_CPU()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y) = (random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue));
            Assert.Equal(Compiled.ScalarMath.ThreefryFirst(x, y, i, 3), DeviceMath.ThreefryFirst(x, y, i, 3));
            Assert.Equal(Compiled.ScalarMath.ThreefrySecond(x, y, i, 3), DeviceMath.ThreefrySecond(x, y, i, 3));
            Assert.Equal(Compiled.ScalarMath.UniformDouble(x, y, i, 3), DeviceMath.UniformDouble(x, y, i, 3));
            Assert.Equal(Compiled.ScalarMath.UniformSingle(x, y, i, 3), DeviceMath.UniformSingle(x, y, i, 3));
            Assert.Equal(x / (y | 1), DeviceMath.Quotient(x, y | 1));
        }

        foreach (var x in (double[])[0, -0.5, 1.9, -1.9, 2147483647, 2147483647.5, 2147483648, -2147483648, -2147483649, 1e300, -1e300, double.PositiveInfinity, double.NaN])
        {
            Assert.Equal((int)x, DeviceMath.ToInt(x));
            Assert.Equal((int)(float)x, DeviceMath.ToInt((float)x));
        }
    }

    private static void Same(double want, double got, string what) =>
        Assert.True(BitConverter.DoubleToInt64Bits(want) == BitConverter.DoubleToInt64Bits(got) || (double.IsNaN(want) && double.IsNaN(got)), $"{what}: {got:R}, on the CPU {want:R}");
}
