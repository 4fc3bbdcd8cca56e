using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;
using static DrJax.Tests.Numerics.Ulps;

namespace DrJax.Tests.Numerics;

/// <summary>erf and erfc against their series in double-double.</summary>
public class ErrorFunctionTests
{
    private static readonly double[] Inputs =
        [.. Uniform(-6, 6, 4000), .. Uniform(0.8, 0.9, 1000), .. Uniform(1.2, 1.3, 1000), .. Uniform(2.8, 2.9, 1000), .. Logarithmic(1, signed: true, 250, 1000)];

    // The tolerances are the errors that the methods promise.
    [Fact]
    public void Erf_is_within_2_ulp()
    {
        Within(2, Inputs, x => VecMath.Erf(Vector512.Create(x))[3], Erf);
        Within(2, Inputs, ScalarMath.Erf, Erf);
    }

    [Fact]
    public void Erfc_is_within_4_ulp()
    {
        double[] x = [.. Inputs, .. Uniform(6, 26, 4000)];
        Within(4, x, v => VecMath.Erfc(Vector512.Create(v))[3], Erfc);
        Within(4, x, ScalarMath.Erfc, Erfc);
    }

    [Fact]
    public void Single_functions_are_rounded_from_double()
    {
        foreach (var v in Inputs)
        {
            var x = (float)v;
            Assert.True(Of(VecMath.Erf(Vector512.Create(x))[9], ScalarMath.Erf((double)x)) <= 1, $"erf {x}");
            Assert.True(Of(VecMath.Erfc(Vector512.Create(x))[9], ScalarMath.Erfc((double)x)) <= 1, $"erfc {x}");
        }
    }

    private static void Within(double ulps, double[] inputs, Func<double, double> f, Func<double, DoubleDouble> reference)
    {
        var (worst, at) = inputs.Select(x => (Of(f(x), reference(x)), x)).MaxBy(e => double.IsNaN(e.Item1) ? double.PositiveInfinity : e.Item1);
        Assert.True(worst <= ulps, $"{worst} ulp at {at:R}");
    }

    // 2/sqrt(pi) e^(-x^2) times the sum of 2^n x^(2n + 1) / (2n + 1)!!: no term cancels another.
    private static DoubleDouble Erf(double x)
    {
        var square = (DoubleDouble)x * x;
        DoubleDouble sum = x, term = x;
        for (var n = 1; n < 400 && Math.Abs(term.High) > 1e-33 * Math.Abs(sum.High); n++)
        {
            term = term * square * 2 / (2 * n + 1);
            sum += term;
        }

        return new DoubleDouble(1.1283791670955126, 1.533545961316588e-17) * DoubleDouble.Exp(-square) * sum;
    }

    // Below 4 by the difference, which keeps 23 digits; above by Laplace's continued fraction.
    private static DoubleDouble Erfc(double x)
    {
        if (x < 4) return (DoubleDouble)1 - Erf(x);
        DoubleDouble fraction = x;
        for (var k = 120; k > 0; k--) fraction = (DoubleDouble)x + ((DoubleDouble)k / 2 / fraction);
        return new DoubleDouble(0.5641895835477563, 7.66772980658294e-18) * DoubleDouble.Exp(-((DoubleDouble)x * x)) / fraction;
    }
}
