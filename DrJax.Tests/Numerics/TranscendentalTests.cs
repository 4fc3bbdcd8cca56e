using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;
using static DrJax.Tests.Numerics.Ulps;

namespace DrJax.Tests.Numerics;

/// <summary>
/// The transcendental functions against references of 30 digits, over the whole range: numbers of every exponent, and the regions where digits get lost.
/// A scalar function is one lane of the vector function to the last bit, at every width, so the errors of one are those of all.
/// </summary>
public class TranscendentalTests
{
    /// <summary>The functions of one operand: errors in ulp (float64, float32), the domain whose results are normal numbers, regions to look at closely.</summary>
    private static readonly Row[] Rows =
    [
        new("Exp", VecMath.Exp, Maths256.Exp, ScalarMath.Exp, VecMath.Exp, Maths256.Exp, ScalarMath.Exp, Exact.Exp, 1.5, 1.5, -708.396, 709.782, (-1, 1)),
        new("Expm1", VecMath.Expm1, Maths256.Expm1, ScalarMath.Expm1, VecMath.Expm1, Maths256.Expm1, ScalarMath.Expm1, Exact.Expm1, 2, 2, -700, 709.78, (-1, 1), (-40, 40)),
        new("Log", VecMath.Log, Maths256.Log, ScalarMath.Log, VecMath.Log, Maths256.Log, ScalarMath.Log, Exact.Log, 1, 1, double.Epsilon, double.MaxValue, (0.5, 2), (0.99, 1.01), (0.9999999, 1.0000001)),
        new("Log1p", VecMath.Log1p, Maths256.Log1p, ScalarMath.Log1p, VecMath.Log1p, Maths256.Log1p, ScalarMath.Log1p, Exact.Log1p, 2, 2, -0.99999999, 1e300, (-0.5, 2), (0, 1e6)),
        new("Sigmoid", VecMath.Sigmoid, Maths256.Sigmoid, ScalarMath.Sigmoid, VecMath.Sigmoid, Maths256.Sigmoid, ScalarMath.Sigmoid, Exact.Sigmoid, 2, 2, -708.39, double.MaxValue, (-3, 3), (-45, 10), (-37, -36)),
        new("Tanh", VecMath.Tanh, Maths256.Tanh, ScalarMath.Tanh, VecMath.Tanh, Maths256.Tanh, ScalarMath.Tanh, Exact.Tanh, 3, 3, double.MinValue, double.MaxValue, (-1, 1), (-22, 22)),
        new("Softplus", VecMath.Softplus, Maths256.Softplus, ScalarMath.Softplus, VecMath.Softplus, Maths256.Softplus, ScalarMath.Softplus, Exact.Softplus, 3, 3, -700, double.MaxValue, (-3, 3), (-45, 45)),
        new("Sin", VecMath.Sin, Maths256.Sin, ScalarMath.Sin, VecMath.Sin, Maths256.Sin, ScalarMath.Sin, Exact.Sin, 2, 2, double.MinValue, double.MaxValue, (-10, 10), (-1e5, 1e5), (-1.2e9, 1.2e9), (-1e15, 1e15)) { Quarters = true },
        new("Cos", VecMath.Cos, Maths256.Cos, ScalarMath.Cos, VecMath.Cos, Maths256.Cos, ScalarMath.Cos, Exact.Cos, 2, 2, double.MinValue, double.MaxValue, (-10, 10), (-1e5, 1e5), (-1.2e9, 1.2e9), (-1e15, 1e15)) { Quarters = true },
        new("Tan", VecMath.Tan, Maths256.Tan, ScalarMath.Tan, VecMath.Tan, Maths256.Tan, ScalarMath.Tan, Exact.Tan, 3.5, 3, double.MinValue, double.MaxValue, (-10, 10), (-1e5, 1e5), (-1.2e9, 1.2e9), (-1e15, 1e15)) { Quarters = true },
        new("Sinh", VecMath.Sinh, Maths256.Sinh, ScalarMath.Sinh, VecMath.Sinh, Maths256.Sinh, ScalarMath.Sinh, Exact.Sinh, 3, 2.5, -710.4, 710.4, (-3, 3), (-88, 88)),
        new("Cosh", VecMath.Cosh, Maths256.Cosh, ScalarMath.Cosh, VecMath.Cosh, Maths256.Cosh, ScalarMath.Cosh, Exact.Cosh, 2, 2, -710.4, 710.4, (-3, 3), (-88, 88)),
        new("Asin", VecMath.Asin, Maths256.Asin, ScalarMath.Asin, VecMath.Asin, Maths256.Asin, ScalarMath.Asin, Exact.Asin, 3, 3, -1, 1, (-1, 1), (0.99, 1), (0.49, 0.51)),
        new("Acos", VecMath.Acos, Maths256.Acos, ScalarMath.Acos, VecMath.Acos, Maths256.Acos, ScalarMath.Acos, Exact.Acos, 2, 2, -1, 1, (-1, 1), (0.99, 1), (0.49, 0.51), (-1, -0.99)),
        new("Atan", VecMath.Atan, Maths256.Atan, ScalarMath.Atan, VecMath.Atan, Maths256.Atan, ScalarMath.Atan, Exact.Atan, 2, 2.5, double.MinValue, double.MaxValue, (-3, 3), (0.4, 0.43), (2.4, 2.43)),
        new("Asinh", VecMath.Asinh, Maths256.Asinh, ScalarMath.Asinh, VecMath.Asinh, Maths256.Asinh, ScalarMath.Asinh, Exact.Asinh, 2, 2, double.MinValue, double.MaxValue, (-3, 3), (-1e6, 1e6)),
        new("Acosh", VecMath.Acosh, Maths256.Acosh, ScalarMath.Acosh, VecMath.Acosh, Maths256.Acosh, ScalarMath.Acosh, Exact.Acosh, 3, 3, 1, double.MaxValue, (1, 3), (1, 1.01), (1, 1e6)),
        new("Atanh", VecMath.Atanh, Maths256.Atanh, ScalarMath.Atanh, VecMath.Atanh, Maths256.Atanh, ScalarMath.Atanh, Exact.Atanh, 2, 2, -0.99999999, 0.99999999, (-1, 1), (0.999, 1), (0.45, 0.55)),
        new("Cbrt", VecMath.Cbrt, Maths256.Cbrt, ScalarMath.Cbrt, VecMath.Cbrt, Maths256.Cbrt, ScalarMath.Cbrt, Exact.Cbrt, 1, 1, double.Epsilon, double.MaxValue, (0.1, 8)),
        new("Erf", VecMath.Erf, Maths256.Erf, ScalarMath.Erf, VecMath.Erf, Maths256.Erf, ScalarMath.Erf, x => Exact.Erf(x), 1.5, 1, -6, 6, (-6, 6), (0.8, 0.9), (1.2, 1.3), (2.8, 2.9)),
        new("Erfc", VecMath.Erfc, Maths256.Erfc, ScalarMath.Erfc, VecMath.Erfc, Maths256.Erfc, ScalarMath.Erfc, x => Exact.Erfc(x), 4, 1, -6, 26.5, (-6, 6), (0.8, 0.9), (1.2, 1.3), (2.8, 2.9), (6, 26.5)),
        new("LogGamma", VecMath.LogGamma, Maths256.LogGamma, ScalarMath.LogGamma, VecMath.LogGamma, Maths256.LogGamma, ScalarMath.LogGamma, Exact.LogGamma, 4, 1, 1e-300, 1e300, (0, 3), (0.9, 1.1), (1.9, 2.1), (2, 20)),
        new("ErfInv", VecMath.ErfInv, Maths256.ErfInv, ScalarMath.ErfInv, VecMath.ErfInv, Maths256.ErfInv, ScalarMath.ErfInv, x => Exact.ErfInv(x, ScalarMath.ErfInv(x)), 4, 4, -0.9999999999, 0.9999999999, (-1, 1), (0.99, 1), (0.9999, 1)),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Errors_are_within_the_promise(string name)
    {
        var row = Rows.Single(r => r.Name == name);
        Within(row.Ulps, [.. AllExponents(4000), .. row.Near(2000)], row);
        WithinSingle(row.SingleUlps, [.. AllExponentsSingle(4000), .. row.Near(2000).Select(x => (float)x)], row);
    }

    [Fact]
    public void Powers_are_within_2_ulp()
    {
        var random = new Random(5);
        foreach (var a in AllExponents(20_000))
        {
            // Any number to small powers, numbers near 1 to huge ones, and what lies between.
            Power(Math.Abs(a), random.NextDouble() * 4 - 2);
            Power(1 + (random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(1, 15)), (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(1, 17)));
            Power(1.2 + 0.3 * random.NextDouble(), random.NextDouble() * 3000 - 1500);
        }

        static void Power(double x, double y)
        {
            if (Math.Abs(Math.Log(x) * y) < 708) Assert.True(Of(ScalarMath.Pow(x, y), Exact.Pow(x, y)) <= 2, $"{x:R} to {y:R}");
        }
    }

    [Fact]
    public void Angles_are_within_2_ulp()
    {
        var x = AllExponents(20_000);
        for (var i = 1; i < x.Length; i++)
        {
            Angle(x[i], x[i - 1]);
            Angle(Math.CopySign(Math.Abs(x[i]) % 3, x[i - 1]), x[i] < 0 ? -1.5 : 1);
        }

        static void Angle(double y, double x)
        {
            if (Math.Abs(y / x) is > 1e-290 and < 1e290) Assert.True(Of(ScalarMath.Atan2(y, x), Exact.Atan2(y, x)) <= 2, $"{y:R}, {x:R}");
        }
    }

    [Fact]
    public void Powers_and_angles_of_special_numbers_are_those_of_the_system()
    {
        double[] special =
        [
            0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 1e-300, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.MaxValue, 9007199254740993,
        ];
        foreach (var x in special)
        {
            foreach (var y in special)
            {
                AssertSame(Math.Pow(x, y), ScalarMath.Pow(x, y), $"{x:R} to {y:R}");
                AssertSame(Math.Atan2(x, y), ScalarMath.Atan2(x, y), $"angle of {y:R}, {x:R}");
                AssertSame(MathF.Pow((float)x, (float)y), ScalarMath.Pow((float)x, (float)y), $"{x:R} to {y:R} in float32", single: true);
            }
        }

        static void AssertSame(double want, double got, string what, bool single = false)
        {
            Assert.True(want.Equals(got) || Math.Abs(got - want) <= (single ? 1e-6 : 1e-15) * Math.Abs(want) || Math.Abs(want) < (single ? 1.17549435e-38 : 1e-290) && got == 0, $"{what}: {got:R}, system {want:R}");
            Assert.True(double.IsNaN(want) || double.IsNegative(want) == double.IsNegative(got), $"{what}: sign");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_is_the_scalar_function_to_the_last_bit_at_every_width(string name)
    {
        var row = Rows.Single(r => r.Name == name);
        foreach (var chunk in ((double[])[.. Edges, .. AllExponents(8000), .. row.Near(4000)]).Chunk(8).Where(c => c.Length == 8))
        {
            var x = Vector512.Create(chunk);
            var (wide, low, high) = (row.Wide(x), row.Half(x.GetLower()), row.Half(x.GetUpper()));
            for (var i = 0; i < 8; i++)
            {
                var scalar = row.Scalar(chunk[i]);
                Same(scalar, wide[i], name, chunk[i]);
                Same(scalar, i < 4 ? low[i] : high[i - 4], name, chunk[i]);
            }
        }

        foreach (var chunk in ((float[])[.. Edges.Select(e => (float)e), .. AllExponentsSingle(8000), .. row.Near(4000).Select(e => (float)e)]).Chunk(16).Where(c => c.Length == 16))
        {
            var x = Vector512.Create(chunk);
            var (wide, low, high) = (row.WideSingle(x), row.HalfSingle(x.GetLower()), row.HalfSingle(x.GetUpper()));
            for (var i = 0; i < 16; i++)
            {
                var scalar = row.ScalarSingle(chunk[i]);
                Same(scalar, wide[i], name, chunk[i]);
                Same(scalar, i < 8 ? low[i] : high[i - 8], name, chunk[i]);
            }
        }
    }

    [Fact]
    public void Lanes_of_two_operands_are_the_scalar_functions_to_the_last_bit()
    {
        double[] all = [.. Edges, .. AllExponents(4000), .. Uniform(-4, 4, 4000)];
        var random = new Random(17);
        for (var trial = 0; trial < 4000; trial++)
        {
            var x = Vector512.Create(Enumerable.Range(0, 8).Select(_ => all[random.Next(all.Length)]).ToArray());
            var y = Vector512.Create(Enumerable.Range(0, 8).Select(_ => all[random.Next(all.Length)]).ToArray());
            var (f, g) = (Vector512.Narrow(x, x), Vector512.Narrow(y, y));
            var (power, angle, powerSingle, angleSingle) = (VecMath.Pow(x, y), VecMath.Atan2(x, y), VecMath.Pow(f, g), VecMath.Atan2(f, g));
            var (half, halfAngle) = (Maths256.Pow(x.GetLower(), y.GetLower()), Maths256.Atan2(x.GetLower(), y.GetLower()));
            for (var i = 0; i < 8; i++)
            {
                Same(ScalarMath.Pow(x[i], y[i]), power[i], "Pow", x[i]);
                Same(ScalarMath.Atan2(x[i], y[i]), angle[i], "Atan2", x[i]);
                Same(ScalarMath.Pow(f[i], g[i]), powerSingle[i], "Pow", f[i]);
                Same(ScalarMath.Atan2(f[i], g[i]), angleSingle[i], "Atan2", f[i]);
                if (i >= 4) continue;
                Same(power[i], half[i], "Pow", x[i]);
                Same(angle[i], halfAngle[i], "Atan2", x[i]);
            }
        }
    }

    private static readonly double[] Edges =
    [
        0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 1e-310, -1e-310, 1, -1, 2, -2, 0.5, -0.5,
        710, -710, 709.78, -708.39, 745, -745, 88.7, -88.7, 1e5, 1e15, 1e300, -1e300, 1e38, -1e38, 1e-40, 1e-20, 20, -20, 40, -40, 26.5, 0.84375, 1.25, 1 / 0.35,
    ];

    // All NaNs are one: which of two an operation passes on is the hardware's choice.
    private static void Same(double x, double y, string name, double at) =>
        Assert.True(BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y) || (double.IsNaN(x) && double.IsNaN(y)), $"{name}({at:R}): {x:R} and {y:R}");

    private static double[] AllExponents(int count)
    {
        var random = new Random(23);
        return [.. Enumerable.Range(0, count).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];
    }

    private static float[] AllExponentsSingle(int count)
    {
        var random = new Random(29);
        return [.. Enumerable.Range(0, count).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite)];
    }

    private static void Within(double ulps, double[] inputs, Row row)
    {
        foreach (var x in inputs)
        {
            if (!(x >= row.Low && x <= row.High)) continue;
            var error = Of(row.Scalar(x), row.Exact(x));
            Assert.True(error <= ulps, $"{row.Name}({x:R}): {error} ulp");
        }
    }

    // Results beyond float32's normal numbers are infinite, or may be flushed.
    private static void WithinSingle(double ulps, float[] inputs, Row row)
    {
        foreach (var x in inputs)
        {
            if (!(x >= row.Low && x <= row.High)) continue;
            var (got, want) = (row.ScalarSingle(x), row.Exact(x).High);
            if (Math.Abs(want) >= float.MaxValue || (Math.Abs(want) < 1.17549435e-38 && got == 0)) continue;
            var error = Of(got, want);
            Assert.True(error <= ulps, $"{row.Name}({x:R}f): {error} ulp");
        }
    }

    private sealed record Row(
        string Name,
        Func<Vector512<double>, Vector512<double>> Wide,
        Func<Vector256<double>, Vector256<double>> Half,
        Func<double, double> Scalar,
        Func<Vector512<float>, Vector512<float>> WideSingle,
        Func<Vector256<float>, Vector256<float>> HalfSingle,
        Func<float, float> ScalarSingle,
        Func<double, DoubleDouble> Exact,
        double Ulps,
        double SingleUlps,
        double Low,
        double High,
        params (double Low, double High)[] Regions)
    {
        /// <summary>Look at the neighbours of the multiples of pi/2 too.</summary>
        public bool Quarters { get; init; }

        public double[] Near(int count) =>
        [
            .. Regions.SelectMany(r => Uniform(r.Low, r.High, count)),
            .. Quarters ? Enumerable.Range(1, count).SelectMany(n => new[] { n * (Math.PI / 2), n * 250_001 * (Math.PI / 2), (float)(n * (Math.PI / 2)) }) : [],
        ];
    }
}
