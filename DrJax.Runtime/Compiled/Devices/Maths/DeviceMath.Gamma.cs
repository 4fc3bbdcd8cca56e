namespace DrJax.Compiled.Devices;

/// <content>The derivatives of log|gamma|: the series of <see cref="ScalarMath"/> written out, for devices have no tables.</content>
public static partial class DeviceMath
{
    /// <inheritdoc cref="ScalarMath.Polygamma(double, double)"/>
    /// <remarks>Below 0 and for n above 0 the sum over the poles on either side: its error is one of the greatest term.</remarks>
    public static double Polygamma(double n, double x)
    {
        var isOrder = n >= 0 & n <= 170 & Floor(n) == n;
        n = isOrder ? n : 0;
        var isEven = Floor(n * 0.5) * 2 == n;
        var isNegative = x < 0;
        var isPole = x <= 0 & Floor(x) == x;
        var y = n == 0 ? AnyDigamma(x, isNegative) : Derivative(n, x, isEven, isNegative);
        y = isPole ? (isEven ? double.NaN : double.PositiveInfinity) : y;
        return isOrder & !IsNaN(x) ? y : double.NaN;
    }

    /// <inheritdoc cref="ScalarMath.Polygamma(double, double)"/>
    public static float Polygamma(float n, float x) => (float)Polygamma((double)n, x);

    // Reflection: digamma(1 - x) - pi cot(pi x)
    private static double AnyDigamma(double x, bool isNegative)
    {
        var y = Digamma(isNegative ? 1 - x : x);
        if (isNegative)
        {
            // The tangent of the smaller angle to either axis.
            var rest = x - Round(x);
            var isNear = Abs(rest) <= 0.25;
            var tangent = Tan(Math.PI * (isNear ? rest : CopySign(0.5 - Abs(rest), rest)));
            y -= Math.PI * (isNear ? 1 / tangent : tangent);
        }

        return y;
    }

    private static double Digamma(double x)
    {
        if (Abs(x - 1.4616321449683622) < 0.3)
        {
            // The root in two parts: near it every digit of the difference counts.
            var d = (x - 1.4616321449683622) - 9.5499954299656977e-17;
            var p = Math.FusedMultiplyAdd(d, -7.5691795821950659192e-5, 1.1063372768747410904e-4);
            p = Math.FusedMultiplyAdd(p, d, -1.6170622091974803449e-4);
            p = Math.FusedMultiplyAdd(p, d, 2.3635601564027052792e-4);
            p = Math.FusedMultiplyAdd(p, d, -3.4546802510630769956e-4);
            p = Math.FusedMultiplyAdd(p, d, 5.0495326583460203518e-4);
            p = Math.FusedMultiplyAdd(p, d, -7.3807093899600512957e-4);
            p = Math.FusedMultiplyAdd(p, d, 1.0788252019162965807e-3);
            p = Math.FusedMultiplyAdd(p, d, -1.5769367714301972593e-3);
            p = Math.FusedMultiplyAdd(p, d, 2.3051263267349278369e-3);
            p = Math.FusedMultiplyAdd(p, d, -3.3698016554393280828e-3);
            p = Math.FusedMultiplyAdd(p, d, 4.9267813957298534464e-3);
            p = Math.FusedMultiplyAdd(p, d, -7.204534386356868241e-3);
            p = Math.FusedMultiplyAdd(p, d, 1.0538791616612175388e-2);
            p = Math.FusedMultiplyAdd(p, d, -1.5424765904948959139e-2);
            p = Math.FusedMultiplyAdd(p, d, 2.259764823221810466e-2);
            p = Math.FusedMultiplyAdd(p, d, -3.3161126474847359292e-2);
            p = Math.FusedMultiplyAdd(p, d, 4.8804288164143107225e-2);
            p = Math.FusedMultiplyAdd(p, d, -7.2199561256454710926e-2);
            p = Math.FusedMultiplyAdd(p, d, 1.0782405069126236576e-1);
            p = Math.FusedMultiplyAdd(p, d, -1.639427054424065275e-1);
            p = Math.FusedMultiplyAdd(p, d, 2.5849976095565101062e-1);
            p = Math.FusedMultiplyAdd(p, d, -4.4276316898359210609e-1);
            p = Math.FusedMultiplyAdd(p, d, 9.6767224544762117043e-1);
            return d * p;
        }

        var below = 0.0;
        while (Less(x, 15))
        {
            below += 1 / x;
            x += 1;
        }

        var w = 1 / (x * x);
        var series = 0.0;
        series = w * (series + -2.955065359477124183e-2 * 15);
        series = w * (series + 6.4102564102564102564e-3 * 13);
        series = w * (series + -1.9175269175269175269e-3 * 11);
        series = w * (series + 8.4175084175084175084e-4 * 9);
        series = w * (series + -5.952380952380952381e-4 * 7);
        series = w * (series + 7.9365079365079365079e-4 * 5);
        series = w * (series + -2.7777777777777777778e-3 * 3);
        series = w * (series + 8.3333333333333333333e-2 * 1);
        return Log(x) - (0.5 / x) - series - below;
    }

    // (-1)^(n + 1) n! zeta(n + 1, x); below 0, with f the fraction of x, that of f and n! (zeta(n + 1, 1 - f) - zeta(n + 1, 1 - x)): the poles between.
    private static double Derivative(double n, double x, bool isEven, bool isNegative)
    {
        var fraction = isNegative ? x - Floor(x) : x;
        var y = -0.0;
        for (var term = 0; term < (isNegative ? 3 : 1); term++)
        {
            var zeta = ScaledZeta(n, term == 0 ? fraction : term == 1 ? Ceiling(x) - x : 1 - x);
            y += term == 2 || (term == 0 && isEven) ? -zeta : zeta;
        }

        return y;
    }

    // n! zeta(n + 1, x), x > 0: terms up to the point where the Euler-Maclaurin tail holds.
    private static double ScaledZeta(double n, double x)
    {
        var factorial = 1.0;
        for (var k = 2; k <= n; k++)
        {
            factorial *= k;
        }

        var sum = 0.0;
        var power = Pow(x, -n);
        while (Less(x, 15 + n))
        {
            sum += power / x;
            x += 1;
            power = Pow(x, -n);
        }

        var w = 1 / (x * x);
        var tail = power * ((1 / n) + (0.5 / x));
        var term = power * (n + 1) * w;
        tail += 8.3333333333333333333e-2 * term;
        term *= (n + 2) * (n + 3) * w;
        tail += -1.3888888888888888889e-3 * term;
        term *= (n + 4) * (n + 5) * w;
        tail += 3.3068783068783068783e-5 * term;
        term *= (n + 6) * (n + 7) * w;
        tail += -8.2671957671957671958e-7 * term;
        term *= (n + 8) * (n + 9) * w;
        tail += 2.0876756987868098979e-8 * term;
        term *= (n + 10) * (n + 11) * w;
        tail += -5.2841901386874931848e-10 * term;
        term *= (n + 12) * (n + 13) * w;
        tail += 1.3382536530684678833e-11 * term;
        term *= (n + 14) * (n + 15) * w;
        tail += -3.3896802963225828668e-13 * term;
        term *= (n + 16) * (n + 17) * w;
        tail += 8.5860620562778445641e-15 * term;
        term *= (n + 18) * (n + 19) * w;
        tail += -2.174868698558061873e-16 * term;
        return factorial * (sum + tail);
    }
}
