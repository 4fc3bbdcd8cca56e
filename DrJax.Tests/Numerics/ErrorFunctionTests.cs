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
        Within(2, Inputs, x => VecMath.Erf(Vector512.Create(x))[3], x => Exact.Erf(x));
        Within(2, Inputs, ScalarMath.Erf, x => Exact.Erf(x));
    }

    [Fact]
    public void Erfc_is_within_4_ulp()
    {
        double[] x = [.. Inputs, .. Uniform(6, 26, 4000)];
        Within(4, x, v => VecMath.Erfc(Vector512.Create(v))[3], v => Exact.Erfc(v));
        Within(4, x, ScalarMath.Erfc, v => Exact.Erfc(v));
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
}
