namespace DrJax;

/// <summary>The logarithm of the gamma function and its derivatives, in double.</summary>
internal static class GammaFunctions
{
    private const double OneMinusEuler = 0.42278433509846713, HalfLog2Pi = 0.9189385332046728;

    /// <summary>(-1)ᵏ (ζ(k) - 1) / k for k = 2, 3, ...: the series of ln Γ about 2.</summary>
    private static readonly double[] AboutTwo =
    [
        0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
        -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-05, -4.492623673813314e-05,
        2.050721277567069e-05, -9.439488275268397e-06, 4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07,
        -4.492469198764566e-07, 2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
        1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09, -1.1921401405860912e-09, 5.731367241678862e-10,
        -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
    ];

    /// <summary>The Bernoulli numbers B₂, B₄, ...</summary>
    private static readonly double[] Bernoulli =
    [
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
        -3617.0 / 510, 43867.0 / 798, -174611.0 / 330, 854513.0 / 138,
    ];

    /// <summary>ln |Γ(x)|.</summary>
    internal static double LogGamma(double x)
    {
        if (x <= 0)
        {
            var sine = Math.Abs(double.SinPi(x));
            return sine == 0 ? double.PositiveInfinity : Math.Log(Math.PI / sine) - LogGamma(1 - x);
        }
        if (x < 0.5) return LogGammaAboutTwo(x) - Precise.Log1p(x) - Math.Log(x);
        if (x < 1.5) return LogGammaAboutTwo(x - 1) - Precise.Log1p(x - 1);
        if (x >= 10) return Stirling(x);
        var product = 1.0; // Γ(x) = (x - 1) (x - 2) ... Γ(y), 1.5 <= y < 2.5: nothing cancels
        for (; x >= 2.5; product *= x) x--;
        return Math.Log(product) + LogGammaAboutTwo(x - 2);
    }

    /// <summary>The n-th derivative of digamma.</summary>
    internal static double Polygamma(int n, double x)
    {
        if (n is < 0 or > 170) throw new ArgumentOutOfRangeException(nameof(n), $"the order of a polygamma function is 0 .. 170, got {n}");
        if (x > 0) return PolygammaOfPositive(n, x);
        var (r, sign) = (x - Math.Floor(x), n % 2 == 0 ? 1 : -1);
        if (r == 0) return sign > 0 ? double.NaN : double.PositiveInfinity; // a pole: the sides differ for even n
        return sign * PolygammaOfPositive(n, 1 - x) + PolygammaOfPositive(n, r) - sign * PolygammaOfPositive(n, 1 - r);
    }

    /// <summary>ln Γ(2 + z), |z| &lt;= 1/2: the terms fall by 4 or more.</summary>
    private static double LogGammaAboutTwo(double z)
    {
        var sum = 0.0;
        for (var k = AboutTwo.Length - 1; k >= 0; k--) sum = (sum + AboutTwo[k]) * z;
        return (sum + OneMinusEuler) * z;
    }

    private static double Stirling(double x)
    {
        var (sum, power, inverse) = (0.0, 1 / x, 1 / (x * x));
        for (var k = 1; k <= 8; k++, power *= inverse) sum += Bernoulli[k - 1] / (2 * k * (2 * k - 1)) * power;
        return (x - 0.5) * (Math.Log(x) - 1) - 0.5 + HalfLog2Pi + sum;
    }

    /// <summary>(-1)ⁿ⁺¹ n! Σₖ (x + k)⁻ⁿ⁻¹: term by term up to y >= 15 + n, then the asymptotic series in 1 / y. Everything is in units of
    /// n! / xⁿ, which is multiplied in last, so that large n neither overflows nor underflows early.</summary>
    private static double PolygammaOfPositive(int n, double x)
    {
        var (y, sum) = (x, 0.0);
        for (; y < 15 + n; y++) sum += Math.Pow(x / y, n) / y;
        var (tail, inverse, coefficient) = (0.0, 1 / (y * y), (n + 1) / 2.0);
        var power = inverse;
        for (var k = 1; k <= Bernoulli.Length; k++, power *= inverse)
        {
            tail += Bernoulli[k - 1] * coefficient * power;
            coefficient *= (2 * k + n) * (2.0 * k + n + 1) / ((2 * k + 1) * (2 * k + 2));
        }
        tail += 1 / (2 * y);
        if (n == 0) return Math.Log(y) - tail - sum;
        var value = sum + Math.Pow(x / y, n) * (1.0 / n + tail);
        for (var j = 1; j <= n; j++) value *= j / x;
        return n % 2 == 0 ? -value : value;
    }
}
