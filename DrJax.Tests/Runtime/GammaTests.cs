using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class GammaTests
{
    [Theory] // Values to 17 digits from 40-digit arithmetic.
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1.0000001, -5.772155829918507e-08)]
    [InlineData(3.7, 1.428072326665388)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(1e5, 1051287.7089736569)]
    [InlineData(-2.5, -0.056243716497674054)]
    public void LogGamma_matches_known_values(double x, double expected) => Close(expected, LogGamma(x), 1e-14);

    [Fact]
    public void LogGamma_of_integers_is_the_logarithm_of_a_factorial()
    {
        var factorial = 0.0;
        for (var n = 1; n <= 170; factorial += Math.Log(n++)) Close(factorial, LogGamma((double)n), 1e-13);
        Assert.Equal((0, 0), (LogGamma(1.0), LogGamma(2.0)));
    }

    [Fact]
    public void LogGamma_is_infinite_at_its_poles_and_ends()
    {
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
            (LogGamma(0.0), LogGamma(-3.0), LogGamma(double.PositiveInfinity)));
        Assert.True(double.IsNaN(LogGamma(double.NaN)));
    }

    [Theory]
    [InlineData(0, 1, -0.5772156649015329)]
    [InlineData(1, 1, 1.6449340668482264)]
    [InlineData(0, 0.3, -3.502524222200133)]
    [InlineData(1, 0.3, 12.24536454610773)]
    [InlineData(2, 0.3, -75.27253658872603)]
    [InlineData(3, 0.3, 743.1417646550497)]
    [InlineData(0, -1.5, 0.7031566406452432)]
    [InlineData(1, -1.5, 9.379246644989124)]
    [InlineData(2, -1.5, -0.2362040516417274)]
    [InlineData(100, 2, -3.681070139798048e127)]
    public void Polygamma_matches_known_values(int n, double x, double expected) => Close(expected, Polygamma(n, x), 1e-13);

    [Fact]
    public void Each_polygamma_is_the_slope_of_the_one_before()
    {
        // Central differences with step 1e-4: an error of h² f''' / 6, and 1e-16 / h from rounding.
        const double H = 1e-4;
        foreach (var x in new[] { 0.7, 2.2, 9.9, 31.0, -0.4 })
        {
            Close((LogGamma(x + H) - LogGamma(x - H)) / (2 * H), Polygamma(0, x), 1e-6);
            for (var n = 0; n < 3; n++) Close((Polygamma(n, x + H) - Polygamma(n, x - H)) / (2 * H), Polygamma(n + 1, x), 1e-6);
        }
    }

    [Fact]
    public void Polygamma_at_poles_and_outside_its_orders()
    {
        Assert.Equal((double.NaN, double.PositiveInfinity), (Polygamma(0, 0.0), Polygamma(1, -2.0)));
        Assert.StartsWith("the order of a polygamma function is 0 .. 170, got -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => Polygamma(-1, 1.0)).Message);
    }

    [Fact]
    public void Polygamma_of_arrays_is_elementwise()
    {
        Vec<double> x = [0.5, 1];
        Vec<double> y = [Polygamma(1, 0.5), Polygamma(1, 1.0)];
        Mat<double> m = [x];
        Tensor3<double> t = [m];
        Assert.Equal(y, Polygamma(1, x));
        Assert.Equal(y, Polygamma(1, m)[0]);
        Assert.Equal(y, Polygamma(1, t)[0, 0]);
        Assert.Equal(y, Polygamma(1, (Tensor4<double>)[t])[0, 0, 0]);
        Assert.Equal((float)y[0], Polygamma(1, 0.5f));
    }

    private static void Close(double expected, double actual, double tolerance)
        => Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual}, expected {expected}");
}
