using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

public class ScalarMathTests
{
    // References to 40 digits, rounded. Relative 1e-13 is what gradients through these functions can use.
    public static TheoryData<double, double> LogGammas => new()
    {
        { 1e-300, 690.7755278982137 },
        { 1e-08, 18.42068073818021 },
        { 0.1, 2.252712651734206 },
        { 0.25, 1.2880225246980774 },
        { 0.499999, 0.5723669064371935 },
        { 0.5, 0.5723649429247001 },
        { 0.75, 0.20328095143129538 },
        { 0.999, 0.0005780385328913802 },
        { 1.0000001, -5.772155829918507e-08 },
        { 1.25, -0.09827183642181316 },
        { 1.4616321449683622, -0.12148629053584961 },
        { 1.5, -0.12078223763524522 },
        { 1.999, -0.0004224618006921073 },
        { 2.0000001, 4.227843666532498e-08 },
        { 2.5, 0.2846828704729192 },
        { 2.5000001, 0.2846829407885856 },
        { 3.7, 1.428072326665388 },
        { 5.5, 3.9578139676187165 },
        { 9.99, 12.779315214350193 },
        { 14.999, 25.18854687054693 },
        { 15.0, 25.19122118273868 },
        { 30.5, 72.9534711841694 },
        { 171.6, 709.6573587630563 },
        { 100000.0, 1051287.7089736569 },
        { 1e+17, 3.8143946580898775e+18 },
        { 1e+300, 6.897755278982137e+302 },
        { -0.1, 2.3689613327287886 },
        { -0.4999, 1.2655158171559169 },
        { -0.5001, 1.2655085191613975 },
        { -1.5, 0.860047015376481 },
        { -2.3, 0.36956666345500805 },
        { -10.7, -15.416789096416636 },
        { -100.25, -363.4009232278215 }
    };

    public static TheoryData<int, double, double> Polygammas => new()
    {
        { 0, 1e-08, -100000000.57721564 },
        { 0, 0.1, -10.423754940411076 },
        { 0, 0.5, -1.9635100260214235 },
        { 0, 1.0, -0.5772156649015329 },
        { 0, 1.2, -0.2890398965921884 },
        { 0, 1.46, -0.0015805619870834522 },
        { 0, 1.4616, -3.110625123034165e-05 },
        { 0, 1.47, 0.008066489011364869 },
        { 0, 1.75, 0.24747245354686118 },
        { 0, 1.77, 0.2626431686027628 },
        { 0, 2.0, 0.42278433509846713 },
        { 0, 7.3, 1.9178203356379862 },
        { 0, 14.9, 2.6674289762160424 },
        { 0, 100.0, 4.600161852738087 },
        { 0, 10000000000.0, 23.025850929890456 },
        { 0, -0.5, 0.03648997397857652 },
        { 0, -1.3, 2.8825405488661673 },
        { 0, -20.6, 2.02860126183962 },
        { 1, 1e-05, 10000000001.644909 },
        { 1, 0.3, 12.245364546107732 },
        { 1, 1.0, 1.6449340668482264 },
        { 1, 2.5, 0.49035775610023485 },
        { 1, 25.0, 0.04081066325722558 },
        { 1, 100000000.0, 1.000000005e-08 },
        { 1, -0.5, 8.934802200544679 },
        { 1, -3.7, 14.84242186412428 },
        { 2, 0.2, -251.4780361144359 },
        { 2, 1.0, -2.4041138063191885 },
        { 2, 4.5, -0.061556821321027695 },
        { 2, 100.0, -0.00010100499983335 },
        { 2, -1.25, 123.72136678366236 },
        { 3, 0.7, 25.879149678427737 },
        { 3, 3.0, 0.11893940226682916 },
        { 3, -2.6, 283.53838059773574 },
        { 5, 1.5, 11.113548602435497 },
        { 5, -0.75, 492226.7524508089 },
        { 10, 2.0, -1793.311606628713 },
        { 20, 0.5, -5.10216531273943e+24 },
        { 20, 50.0, -1.5484472745325126e-17 }
    };

    [Theory]
    [MemberData(nameof(LogGammas))]
    public void LogGamma_has_13_digits(double x, double expected) => AssertRelative(expected, ScalarMath.LogGamma(x));

    [Theory]
    [MemberData(nameof(Polygammas))]
    public void Polygamma_has_13_digits(int n, double x, double expected) => AssertRelative(expected, ScalarMath.Polygamma(n, x));

    [Fact]
    public void Gamma_functions_at_poles_infinities_and_nan()
    {
        Assert.Equal(double.PositiveInfinity, ScalarMath.LogGamma(0.0));
        Assert.Equal(double.PositiveInfinity, ScalarMath.LogGamma(-3.0));
        Assert.Equal(double.PositiveInfinity, ScalarMath.LogGamma(double.PositiveInfinity));
        Assert.True(double.IsNaN(ScalarMath.LogGamma(double.NaN)));
        Assert.Equal(0, ScalarMath.LogGamma(1.0));
        Assert.Equal(0, ScalarMath.LogGamma(2.0));
        Assert.True(double.IsNaN(ScalarMath.Polygamma(0, -2.0)));
        Assert.True(double.IsNaN(ScalarMath.Polygamma(0.5, 2.0)));
        Assert.True(double.IsNaN(ScalarMath.Polygamma(1, double.NaN)));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Polygamma(1, 0.0));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Polygamma(0, double.PositiveInfinity));
        Assert.Equal(0, ScalarMath.Polygamma(3, double.PositiveInfinity));
    }

    // The reference has 31 digits; both forms are quotients of functions good to 1 ulp.
    [Fact]
    public void Expm1_and_Log1p_keep_the_digits_of_small_arguments()
    {
        foreach (var x in (double[])[.. Ulps.Uniform(-0.9, 3, 5000), .. Ulps.Logarithmic(0.5, signed: true, 250, 5000)])
        {
            Assert.InRange(Ulps.Of(ScalarMath.Expm1(x), DoubleDouble.Expm1(x)), 0, 5);
            Assert.InRange(Ulps.Of(ScalarMath.Log1p(x), DoubleDouble.Log1p(x)), 0, 5);
        }
    }

    [Fact]
    public void Sign_keeps_zeros_and_nan()
    {
        Assert.Equal((-1.0, 1f), (ScalarMath.Sign(-3.0), ScalarMath.Sign(3f)));
        Assert.True(double.IsNegative(ScalarMath.Sign(-0.0)) && ScalarMath.Sign(-0.0) == 0);
        Assert.True(double.IsNaN(ScalarMath.Sign(double.NaN)) && float.IsNaN(ScalarMath.Sign(float.NaN)));
    }

    [Fact]
    public void Sigmoid_and_softplus_neither_overflow_nor_cancel()
    {
        Assert.Equal((0.0, 1.0), (ScalarMath.Sigmoid(-1000.0), ScalarMath.Sigmoid(1000.0)));
        Assert.Equal((0.0, 1000.0), (ScalarMath.Softplus(-1000.0), ScalarMath.Softplus(1000.0)));
        Assert.Equal(Math.Exp(-40), ScalarMath.Softplus(-40.0), 1e-30);
    }

    private static void AssertRelative(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-13 * Math.Abs(expected), $"{actual:R}, expected {expected:R}");
}
