using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;
using static DrJax.Tests.Numerics.Ulps;

namespace DrJax.Tests.Numerics;

public class VecMathTests
{
    private const double MinNormal = 2.2250738585072014e-308;

    // The tolerances are the errors that the methods promise; the reference adds at most 1e-10 ulp (double-double) or 1 ulp (System.Math: 0.6).
    [Fact]
    public void Exp_is_within_1_ulp() => Double(
        VecMath.Exp, x => DoubleDouble.Exp(x), 1.0, [.. Uniform(-690, 690), .. Uniform(-1, 1), .. Logarithmic(1, signed: true)]);

    [Fact]
    public void Expm1_is_within_2_ulp() => Double(
        VecMath.Expm1, x => DoubleDouble.Expm1(x), 2.0, [.. Uniform(-690, 690), .. Uniform(-45, 3), .. Uniform(-1, 1), .. Logarithmic(1, signed: true, 250)]);

    [Fact]
    public void Log_is_within_1_ulp() => Double(
        VecMath.Log, x => Math.Log(x), 1.5, [.. Logarithmic(1e300, signed: false, 620), .. Uniform(0.5, 2), .. Uniform(0.99, 1.01)]);

    [Fact]
    public void Log1p_is_within_2_ulp() => Double(
        VecMath.Log1p, x => DoubleDouble.Log1p(x), 2.0, [.. Uniform(-0.999, 2), .. Logarithmic(1e5, signed: false, 300), .. Logarithmic(0.5, signed: true, 300)]);

    [Fact]
    public void Tanh_is_within_3_ulp() => Double(
        VecMath.Tanh, Tanh, 3.0, [.. Uniform(-22, 22), .. Uniform(-1, 1), .. Logarithmic(1, signed: true, 250)]);

    [Fact]
    public void Sigmoid_is_within_2_and_a_half_ulp() => Double(
        VecMath.Sigmoid, x => (DoubleDouble)1 / (DoubleDouble.Expm1(-x) + 2), 2.5, [.. Uniform(-690, 690), .. Uniform(-3, 3)]);

    [Fact]
    public void Softplus_is_within_3_ulp() => Double(
        VecMath.Softplus, x => Math.Max(x, 0) + DoubleDouble.Log1p(DoubleDouble.Exp(-Math.Abs(x))), 3.0, [.. Uniform(-60, 60), .. Uniform(-3, 3)]);

    [Fact]
    public void Sin_and_cos_are_within_2_ulp_of_a_libm_within_1()
    {
        double[] x = [.. Uniform(-10, 10), .. Uniform(-1e4, 1e4), .. Uniform(-1e9, 1e9), .. Uniform(-1e15, 1e15), .. Logarithmic(1, signed: true, 300)];
        Double(VecMath.Sin, v => Math.Sin(v), 2.5, x);
        Double(VecMath.Cos, v => Math.Cos(v), 2.5, x);
    }

    [Fact]
    public void Sin_near_multiples_of_pi_keeps_its_digits()
    {
        double[] x = [.. Enumerable.Range(1, 4000).Select(n => n * Math.PI), .. Enumerable.Range(1, 4000).Select(n => n * 250_000 * Math.PI)];
        Double(VecMath.Sin, v => Math.Sin(v), 2.5, x);
    }

    // The reference is float64: it adds nothing to a float32 ulp.
    [Fact]
    public void Single_functions_are_within_their_ulps()
    {
        double[] wide = [.. Uniform(-87.3, 88.7), .. Uniform(-1, 1), .. Logarithmic(1, signed: true, 30)];
        double[] positive = [.. Logarithmic(1e38, signed: false, 75), .. Uniform(0.5, 2)];
        Single(VecMath.Exp, Math.Exp, 1.5, wide);
        Single(VecMath.Expm1, ScalarMath.Expm1, 2.0, wide);
        Single(VecMath.Log, Math.Log, 1.5, positive);
        Single(VecMath.Log1p, ScalarMath.Log1p, 2.0, [.. positive, .. Uniform(-0.999, 1), .. Logarithmic(0.5, signed: true, 36)]);
        Single(VecMath.Tanh, Math.Tanh, 3.0, wide);
        Single(VecMath.Sigmoid, ScalarMath.Sigmoid, 2.5, Uniform(-87, 87));
        Single(VecMath.Softplus, ScalarMath.Softplus, 3.0, Uniform(-80, 80));
        double[] angles = [.. Uniform(-10, 10), .. Uniform(-3e4, 3e4), .. Uniform(-1e7, 1e7), .. Logarithmic(1, signed: true, 30)];
        Single(VecMath.Sin, Math.Sin, 2.0, angles);
        Single(VecMath.Cos, Math.Cos, 2.0, angles);
    }

    [Fact]
    public void Exp_is_exactly_zero_below_the_normal_numbers_and_infinite_above_the_largest()
    {
        foreach (var x in new[] { -708.4, -745, -1e4, -1e300, double.NegativeInfinity })
        {
            Assert.Equal(0L, BitConverter.DoubleToInt64Bits(VecMath.Exp(Vector512.Create(x))[0]));
        }

        foreach (var x in new[] { -87.34f, -100f, -1e30f, float.NegativeInfinity })
        {
            Assert.Equal(0, BitConverter.SingleToInt32Bits(VecMath.Exp(Vector512.Create(x))[0]));
        }

        Assert.InRange(VecMath.Exp(Vector512.Create(-708.396))[0], MinNormal, 1e-307);
        Assert.InRange(VecMath.Exp(Vector512.Create(-87.3365f))[0], 1.17549435e-38f, 1.2e-38f);
        Assert.InRange(VecMath.Exp(Vector512.Create(709.78271289338397))[0], 1.797e308, double.MaxValue);
        Assert.InRange(VecMath.Exp(Vector512.Create(88.72283f))[0], 3.402e38f, float.MaxValue);
        Assert.Equal(double.PositiveInfinity, VecMath.Exp(Vector512.Create(709.7828))[0]);
        Assert.Equal(float.PositiveInfinity, VecMath.Exp(Vector512.Create(88.7229f))[0]);
        Assert.Equal(1.0, VecMath.Exp(Vector512.Create(-0.0))[0]);
    }

    [Fact]
    public void Exponentials_at_the_ends_of_the_range_are_within_1_ulp()
    {
        // Where the exponent alone is beyond the finite numbers, and where it is the least of a normal one.
        Double(VecMath.Exp, x => DoubleDouble.Exp(x), 1.0, [.. Uniform(709.7, 709.7827), .. Uniform(-708.396, -707.6)]);
        foreach (var x in (double[])[.. Uniform(709.7, 709.9), .. Uniform(-708.5, -707.6)])
            Assert.Equal(ScalarMath.Exp(x), VecMath.Exp(Vector512.Create(x))[0]);
    }

    [Fact]
    public void Exponentials_of_128_bits_serve_both_lanes()
    {
        (Func<Vector128<double>, Vector128<double>> Pair, Func<double, double> One)[] functions =
        [
            (Maths128.Exp, ScalarMath.Exp), (Maths128.Expm1, ScalarMath.Expm1), (Maths128.Sigmoid, ScalarMath.Sigmoid), (Maths128.Tanh, ScalarMath.Tanh),
            (Maths128.Sinh, ScalarMath.Sinh), (Maths128.Cosh, ScalarMath.Cosh), (Maths128.Erfc, ScalarMath.Erfc),
        ];
        foreach (var pair in Uniform(-20, 20, 2000).Chunk(2))
            foreach (var (f, one) in functions)
                Assert.Equal([one(pair[0]), one(pair[1])], (double[])[f(Vector128.Create(pair[0], pair[1]))[0], f(Vector128.Create(pair[0], pair[1]))[1]]);
    }

    [Fact]
    public void The_maximum_with_zero_is_that_of_any_two_numbers_to_the_last_bit()
    {
        foreach (var x in new[] { double.NaN, -double.NaN, 0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(ScalarMath.Max(x, 0)), BitConverter.DoubleToInt64Bits(VecMath.Relu(Vector512.Create(x))[0]));
            Assert.Equal(BitConverter.SingleToInt32Bits(ScalarMath.Max((float)x, 0)), BitConverter.SingleToInt32Bits(VecMath.Relu(Vector512.Create((float)x))[0]));
        }
    }

    public static TheoryData<string> Unary => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Unary))]
    public void Edges_agree_with_the_scalar_function_in_both_types(string name)
    {
        var (vector, scalar, vectorSingle, scalarSingle) = Functions[name];
        double[] edges =
        [
            0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 0.5, -0.5, 2, -2, 1e-310, -1e-310, double.Epsilon,
            MinNormal, 1e-20, -1e-20, 1e20, -1e20, double.MaxValue, double.MinValue, 800, -800, 25.5, -25.5, 1.5, 2.5, -1.5, 3, -3,
        ];
        foreach (var x in edges)
        {
            var (got, want) = (vector(Vector512.Create(x))[5], scalar(x));
            // Subnormal results of exp and its kin may be flushed to zero.
            Assert.True(Close(got, want, 4e-15) || (Math.Abs(want) < MinNormal && got == 0), $"{name}({x}): {got}, scalar {want}");

            var (gotSingle, wantSingle) = (vectorSingle(Vector512.Create((float)x))[11], scalarSingle((float)x));
            Assert.True(
                Close(gotSingle, wantSingle, 1e-6) || (MathF.Abs(wantSingle) < 1.17549435e-38f && gotSingle == 0),
                $"{name}({(float)x}f): {gotSingle}, scalar {wantSingle}");
        }
    }

    [Fact]
    public void Every_lane_is_computed_alike()
    {
        var x = Uniform(0.1, 30, 64);
        foreach (var (name, (f, _, _, _)) in Functions)
        {
            var lanes = Map(x, f);
            for (var i = 0; i < x.Length; i++)
            {
                var alone = f(Vector512.Create(x[i]))[0];
                Assert.True(BitConverter.DoubleToInt64Bits(alone) == BitConverter.DoubleToInt64Bits(lanes[i]), $"{name}({x[i]}) in lane {i % 8}");
            }
        }
    }

    [Fact]
    public void Max_and_min_propagate_nan_and_order_zeros()
    {
        var (nan, one) = (Vector512.Create(double.NaN), Vector512<double>.One);
        Assert.True(double.IsNaN(VecMath.Max(nan, one)[3]) && double.IsNaN(VecMath.Max(one, nan)[3]));
        Assert.True(double.IsNaN(VecMath.Min(nan, one)[3]) && double.IsNaN(VecMath.Min(one, nan)[3]));
        Assert.False(double.IsNegative(VecMath.Max(Vector512.Create(-0.0), Vector512.Create(0.0))[0]));
        Assert.True(double.IsNegative(VecMath.Min(Vector512.Create(0.0), Vector512.Create(-0.0))[0]));
    }

    [Fact]
    public void Binary_functions_are_the_scalar_ones_lane_by_lane()
    {
        var (x, y) = (Vector512.Create(0.5, 1, 2, -1, 0, 3, 10, -2), Vector512.Create(2.0, 0, -1, 3, 0, 0.5, 1.5, 2));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(Math.Pow(x[i], y[i]), VecMath.Pow(x, y)[i], 4e-15 * Math.Abs(Math.Pow(x[i], y[i])));
            Assert.Equal(Math.Atan2(x[i], y[i]), VecMath.Atan2(x, y)[i], 2e-15);
            Assert.Equal(ScalarMath.Polygamma(1, x[i]), VecMath.Polygamma(Vector512<double>.One, x)[i]);
        }
    }

    private static readonly Dictionary<string, (
        Func<Vector512<double>, Vector512<double>> Vector, Func<double, double> Scalar,
        Func<Vector512<float>, Vector512<float>> VectorSingle, Func<float, float> ScalarSingle)> Functions = new()
    {
        ["Exp"] = (VecMath.Exp, ScalarMath.Exp, VecMath.Exp, ScalarMath.Exp),
        ["Log"] = (VecMath.Log, ScalarMath.Log, VecMath.Log, ScalarMath.Log),
        ["Log1p"] = (VecMath.Log1p, ScalarMath.Log1p, VecMath.Log1p, ScalarMath.Log1p),
        ["Expm1"] = (VecMath.Expm1, ScalarMath.Expm1, VecMath.Expm1, ScalarMath.Expm1),
        ["Tanh"] = (VecMath.Tanh, ScalarMath.Tanh, VecMath.Tanh, ScalarMath.Tanh),
        ["Sigmoid"] = (VecMath.Sigmoid, ScalarMath.Sigmoid, VecMath.Sigmoid, ScalarMath.Sigmoid),
        ["Softplus"] = (VecMath.Softplus, ScalarMath.Softplus, VecMath.Softplus, ScalarMath.Softplus),
        ["Sin"] = (VecMath.Sin, ScalarMath.Sin, VecMath.Sin, ScalarMath.Sin),
        ["Cos"] = (VecMath.Cos, ScalarMath.Cos, VecMath.Cos, ScalarMath.Cos),
        ["Sin beside Cos"] = (x => VecMath.SinCos(x).Sin, ScalarMath.Sin, x => VecMath.SinCos(x).Sin, ScalarMath.Sin),
        ["Cos beside Sin"] = (x => VecMath.SinCos(x).Cos, ScalarMath.Cos, x => VecMath.SinCos(x).Cos, ScalarMath.Cos),
        ["Tan"] = (VecMath.Tan, ScalarMath.Tan, VecMath.Tan, ScalarMath.Tan),
        ["Sinh"] = (VecMath.Sinh, ScalarMath.Sinh, VecMath.Sinh, ScalarMath.Sinh),
        ["Cosh"] = (VecMath.Cosh, ScalarMath.Cosh, VecMath.Cosh, ScalarMath.Cosh),
        ["Asin"] = (VecMath.Asin, ScalarMath.Asin, VecMath.Asin, ScalarMath.Asin),
        ["Acos"] = (VecMath.Acos, ScalarMath.Acos, VecMath.Acos, ScalarMath.Acos),
        ["Atan"] = (VecMath.Atan, ScalarMath.Atan, VecMath.Atan, ScalarMath.Atan),
        ["Asinh"] = (VecMath.Asinh, ScalarMath.Asinh, VecMath.Asinh, ScalarMath.Asinh),
        ["Acosh"] = (VecMath.Acosh, ScalarMath.Acosh, VecMath.Acosh, ScalarMath.Acosh),
        ["Atanh"] = (VecMath.Atanh, ScalarMath.Atanh, VecMath.Atanh, ScalarMath.Atanh),
        ["Cbrt"] = (VecMath.Cbrt, ScalarMath.Cbrt, VecMath.Cbrt, ScalarMath.Cbrt),
        ["Erf"] = (VecMath.Erf, ScalarMath.Erf, VecMath.Erf, ScalarMath.Erf),
        ["Erfc"] = (VecMath.Erfc, ScalarMath.Erfc, VecMath.Erfc, ScalarMath.Erfc),
        ["LogGamma"] = (VecMath.LogGamma, ScalarMath.LogGamma, VecMath.LogGamma, ScalarMath.LogGamma),
        ["Sqrt"] = (VecMath.Sqrt, ScalarMath.Sqrt, VecMath.Sqrt, ScalarMath.Sqrt),
        ["Abs"] = (VecMath.Abs, ScalarMath.Abs, VecMath.Abs, ScalarMath.Abs),
        ["Neg"] = (VecMath.Neg, ScalarMath.Neg, VecMath.Neg, ScalarMath.Neg),
        ["Sign"] = (VecMath.Sign, ScalarMath.Sign, VecMath.Sign, ScalarMath.Sign),
        ["Floor"] = (VecMath.Floor, ScalarMath.Floor, VecMath.Floor, ScalarMath.Floor),
        ["Ceiling"] = (VecMath.Ceiling, ScalarMath.Ceiling, VecMath.Ceiling, ScalarMath.Ceiling),
        ["Round"] = (VecMath.Round, ScalarMath.Round, VecMath.Round, ScalarMath.Round),
        ["Truncate"] = (VecMath.Truncate, ScalarMath.Truncate, VecMath.Truncate, ScalarMath.Truncate),
    };

    private static bool Close(double x, double y, double relative) => x.Equals(y) || x == y || Math.Abs(x - y) <= relative * Math.Abs(y);

    private static DoubleDouble Tanh(double x)
    {
        var m = DoubleDouble.Expm1(2 * x);
        return m / (m + 2);
    }

    private static void Double(Func<Vector512<double>, Vector512<double>> f, Func<double, DoubleDouble> reference, double ulps, double[] x)
    {
        var y = Map(x, f);
        var (worst, at) = x.Select((v, i) => (Of(y[i], reference(v)), v)).MaxBy(e => double.IsNaN(e.Item1) ? double.PositiveInfinity : e.Item1);
        Assert.True(worst <= ulps, $"{worst} ulp at {at:R}");
    }

    private static void Single(Func<Vector512<float>, Vector512<float>> f, Func<double, double> reference, double ulps, double[] inputs)
    {
        float[] x = [.. inputs.Select(v => (float)v)];
        var y = Map(x, f);
        var (worst, at) = x.Select((v, i) => (Of(y[i], reference(v)), v)).MaxBy(e => double.IsNaN(e.Item1) ? double.PositiveInfinity : e.Item1);
        Assert.True(worst <= ulps, $"{f.Method.Name}: {worst} ulp at {at:R}");
    }
}
