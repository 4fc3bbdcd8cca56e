using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <content>The derivatives of log|gamma|, and its reflection.</content>
public static partial class ScalarMath
{
    // The asymptotic series below need this much.
    private const double Large = 15;

    // B(2k) / (2k (2k - 1)), k = 1, 2, ...
    private static ReadOnlySpan<double> Stirling =>
    [
        8.3333333333333333333e-2, -2.7777777777777777778e-3, 7.9365079365079365079e-4, -5.952380952380952381e-4,
        8.4175084175084175084e-4, -1.9175269175269175269e-3, 6.4102564102564102564e-3, -2.955065359477124183e-2,
    ];

    // B(2k) / (2k)!, k = 1, 2, ...
    private static ReadOnlySpan<double> EulerMaclaurin =>
    [
        8.3333333333333333333e-2, -1.3888888888888888889e-3, 3.3068783068783068783e-5, -8.2671957671957671958e-7,
        2.0876756987868098979e-8, -5.2841901386874931848e-10, 1.3382536530684678833e-11, -3.3896802963225828668e-13,
        8.5860620562778445641e-15, -2.174868698558061873e-16,
    ];

    // digamma's Taylor coefficients at its positive root, from the first power.
    private static ReadOnlySpan<double> DigammaAtRoot =>
    [
        9.6767224544762117043e-1, -4.4276316898359210609e-1, 2.5849976095565101062e-1, -1.639427054424065275e-1,
        1.0782405069126236576e-1, -7.2199561256454710926e-2, 4.8804288164143107225e-2, -3.3161126474847359292e-2,
        2.259764823221810466e-2, -1.5424765904948959139e-2, 1.0538791616612175388e-2, -7.204534386356868241e-3,
        4.9267813957298534464e-3, -3.3698016554393280828e-3, 2.3051263267349278369e-3, -1.5769367714301972593e-3,
        1.0788252019162965807e-3, -7.3807093899600512957e-4, 5.0495326583460203518e-4, -3.4546802510630769956e-4,
        2.3635601564027052792e-4, -1.6170622091974803449e-4, 1.1063372768747410904e-4, -7.5691795821950659192e-5,
    ];

    // log(pi / |sin(pi x)|) - log gamma(1 - x), for x below 0; +inf at the poles.
    internal static double ReflectedLogGamma(double x) =>
        x == Math.Floor(x) ? double.PositiveInfinity : Math.Log(Math.PI / Math.Abs(double.SinPi(x))) - LogGamma(1 - x);

    /// <summary>
    /// The n-th derivative of digamma = (log gamma)': digamma for n = 0. NaN at the poles of even order n and where n is not an integer of
    /// [0, 170]; +inf at the poles of odd n.
    /// </summary>
    [MethodImpl(Optimized)]
    public static double Polygamma(double n, double x)
    {
        if (!(n >= 0 && n <= 170 && n == Math.Floor(n)) || double.IsNaN(x))
        {
            return double.NaN;
        }

        if (x <= 0 && x == Math.Floor(x))
        {
            return n % 2 == 0 ? double.NaN : double.PositiveInfinity;
        }

        if (x < 0)
        {
            // Reflection: (-1)^n psi_n(1 - x) - psi_n(x) = pi d^n/dx^n cot(pi x)
            var mirrored = Polygamma(n, 1 - x);
            return (n % 2 == 0 ? mirrored : -mirrored) - CotangentDerivative((int)n, x);
        }

        return n == 0 ? Digamma(x) : ((int)n % 2 == 0 ? -1 : 1) * ScaledHurwitzZeta((int)n, x);
    }

    /// <inheritdoc cref="Polygamma(double, double)"/>
    public static float Polygamma(float n, float x) => (float)Polygamma((double)n, x);

    [MethodImpl(Optimized)]
    private static double Digamma(double x)
    {
        if (Math.Abs(x - 1.4616321449683622) < 0.3)
        {
            // The root in two parts: near it every digit of the difference counts.
            var d = (x - 1.4616321449683622) - 9.5499954299656977e-17;
            return d * Horner(DigammaAtRoot, d);
        }

        var below = 0.0;
        while (x < Large)
        {
            below += 1 / x;
            x += 1;
        }

        // log x - 1/(2x) - sum of B(2k) / (2k x^2k), the last by Stirling's coefficients times 2k - 1
        var w = 1 / (x * x);
        var series = 0.0;
        for (var k = Stirling.Length; k >= 1; k--)
        {
            series = w * (series + (Stirling[k - 1] * ((2 * k) - 1)));
        }

        return Math.Log(x) - (0.5 / x) - series - below;
    }

    // n! zeta(n + 1, x), x > 0: terms up to the point where the Euler-Maclaurin tail holds.
    [MethodImpl(Optimized)]
    private static double ScaledHurwitzZeta(int n, double x)
    {
        var factorial = 1.0;
        for (var k = 2; k <= n; k++)
        {
            factorial *= k;
        }

        var sum = 0.0;
        while (x < Large + n)
        {
            sum += Math.Pow(x, -n - 1);
            x += 1;
        }

        // x^-n / n + x^-(n+1) / 2 + sum of B(2k)/(2k)! (n+1)(n+2)...(n+2k-1) x^-(n+2k)
        var power = Math.Pow(x, -n);
        var tail = power * ((1.0 / n) + (0.5 / x));
        var term = power * (n + 1) / (x * x);
        for (var k = 1; k <= EulerMaclaurin.Length; k++)
        {
            tail += EulerMaclaurin[k - 1] * term;
            term *= (n + (2.0 * k)) * (n + (2.0 * k) + 1) / (x * x);
        }

        return factorial * (sum + tail);
    }

    // pi d^n/dx^n cot(pi x): a polynomial in c = cot(pi x), by dc/dx = -pi (1 + c^2).
    private static double CotangentDerivative(int n, double x)
    {
        Span<double> p = stackalloc double[n + 2];
        p.Clear();
        p[1] = Math.PI;
        for (var order = 1; order <= n; order++)
        {
            // In place, from above: q[j] = -pi ((j + 1) p[j + 1] + (j - 1) p[j - 1]).
            var above = 0.0;
            for (var j = order + 1; j >= 0; j--)
            {
                var here = p[j];
                p[j] = -Math.PI * (((j + 1) * above) + (j > 0 ? (j - 1) * p[j - 1] : 0));
                above = here;
            }
        }

        return Horner(p, 1 / double.TanPi(x));
    }

    [MethodImpl(Optimized)]
    private static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = 0.0;
        for (var k = coefficients.Length - 1; k >= 0; k--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[k]);
        }

        return sum;
    }
}
