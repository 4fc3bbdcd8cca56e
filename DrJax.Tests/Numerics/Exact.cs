using System.Numerics;

namespace DrJax.Tests.Numerics;

/// <summary>The transcendental functions to about 30 digits: references for those of the runtime.</summary>
internal static class Exact
{
    private const int PiBits = 1300;

    private static readonly DoubleDouble s_pi = new(Math.PI, 1.2246467991473532e-16);
    private static readonly DoubleDouble s_ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    // Machin: pi = 16 atan(1/5) - 4 atan(1/239), as a fixed-point number.
    private static readonly BigInteger s_halfPi = (4 * AtanOfInverse(5) - AtanOfInverse(239)) * 2;

    public static DoubleDouble Exp(double x) => DoubleDouble.Exp(x);

    public static DoubleDouble Expm1(double x) => Math.Abs(x) < 40 ? DoubleDouble.Expm1(x) : DoubleDouble.Exp(x) - 1;

    public static DoubleDouble Log(double x)
    {
        if (x < 1e-300) return Log(x * 18014398509481984.0) - s_ln2 * 54;
        var exponent = Math.ILogB(x);
        var m = Math.ScaleB(x, -exponent);
        if (m > 1.4) (m, exponent) = (m / 2, exponent + 1);
        return s_ln2 * exponent + DoubleDouble.Log1p(m - 1);
    }

    public static DoubleDouble Log1p(double x) => DoubleDouble.Log1p(x);

    public static DoubleDouble Sigmoid(double x) => x > 700 ? 1 : (DoubleDouble)1 / (DoubleDouble.Exp(-x) + 1);

    public static DoubleDouble Softplus(double x) => Math.Max(x, 0) + (Math.Abs(x) > 700 ? 0 : DoubleDouble.Log1p(DoubleDouble.Exp(-Math.Abs(x))));

    public static DoubleDouble Tanh(double x)
    {
        if (Math.Abs(x) > 40) return Math.Sign(x);
        var m = DoubleDouble.Expm1(2 * x);
        return m / (m + 2);
    }

    public static DoubleDouble Sinh(double x)
    {
        if (x < 0) return -Sinh(-x);
        if (x > 40) return DoubleDouble.Exp(x - s_ln2);
        var m = DoubleDouble.Expm1(x);
        return (m + m / (m + 1)) * 0.5;
    }

    public static DoubleDouble Cosh(double x)
    {
        if (Math.Abs(x) > 40) return DoubleDouble.Exp(Math.Abs(x) - s_ln2);
        var e = DoubleDouble.Exp(x);
        return (e + (DoubleDouble)1 / e) * 0.5;
    }

    public static DoubleDouble Asinh(double x)
    {
        if (x < 0) return -Asinh(-x);
        if (x > 1e100) return Log(x) + s_ln2;
        var square = (DoubleDouble)x * x;
        return DoubleDouble.Log1p(x + square / (Sqrt(square + 1) + 1));
    }

    public static DoubleDouble Acosh(double x)
    {
        if (x > 1e100) return Log(x) + s_ln2;
        var d = (DoubleDouble)x - 1;
        return DoubleDouble.Log1p(d + Sqrt(d * (d + 2)));
    }

    public static DoubleDouble Atanh(double x) => x < 0 ? -Atanh(-x) : DoubleDouble.Log1p((DoubleDouble)x * 2 / ((DoubleDouble)1 - x)) * 0.5;

    public static DoubleDouble Sin(double x) => Turned(x, 0);

    public static DoubleDouble Cos(double x) => Turned(x, 1);

    public static DoubleDouble Tan(double x) => Turned(x, 0) / Turned(x, 1);

    public static DoubleDouble Atan(double x) => Atan((DoubleDouble)x);

    public static DoubleDouble Asin(double x) => Math.Abs(x) == 1 ? s_pi * (x / 2) : Atan(x / Sqrt(((DoubleDouble)1 - x) * ((DoubleDouble)1 + x)));

    public static DoubleDouble Acos(double x) => x == -1 ? s_pi : Atan(Sqrt(((DoubleDouble)1 - x) / ((DoubleDouble)1 + x))) * 2;

    public static DoubleDouble Atan2(double y, double x)
    {
        var angle = x == 0 ? s_pi * 0.5 : Atan((DoubleDouble)Math.Abs(y) / Math.Abs(x));
        if (double.IsNegative(x)) angle = s_pi - angle;
        return double.IsNegative(y) ? -angle : angle;
    }

    public static DoubleDouble Pow(double x, double y) => DoubleDouble.Exp(Log(x) * y);

    public static DoubleDouble Cbrt(double x)
    {
        if (x < 0) return -Cbrt(-x);
        if (x < 1e-200) return Cbrt(x * Math.ScaleB(1, 600)) * Math.ScaleB(1, -200);
        if (x > 1e200) return Cbrt(x * Math.ScaleB(1, -600)) * Math.ScaleB(1, 200);
        DoubleDouble y = Math.Cbrt(x);
        for (var i = 0; i < 2; i++) y -= (y * y * y - x) / (y * y * 3);
        return y;
    }

    /// <summary>For x above 0: Stirling's series of x + n, less the logarithm of x (x + 1) ... (x + n - 1).</summary>
    public static DoubleDouble LogGamma(double x)
    {
        DoubleDouble product = 1, shifted = x;
        for (; shifted.High < 40; shifted += 1) product *= shifted;
        (double Numerator, double Denominator)[] terms =
            [(1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156), (-3617, 122400), (43867, 244188), (-174611, 125400)];
        var inverse = (DoubleDouble)1 / shifted;
        DoubleDouble series = 0;
        foreach (var (numerator, denominator) in terms.Reverse()) series = series * inverse * inverse + (DoubleDouble)numerator / denominator;
        return (shifted - 0.5) * Log(shifted) - shifted + new DoubleDouble(0.9189385332046728, -3.8782941580672414e-17) + series * inverse - Log(product);
    }

    /// <summary>Newton's steps on erf (outside the middle on erfc) from the estimate y.</summary>
    public static DoubleDouble ErfInv(double x, double estimate)
    {
        DoubleDouble y = estimate;
        for (var i = 0; i < 3; i++)
        {
            var square = y * y;
            var residual = Math.Abs(x) < 0.5 ? Erf(y) - x : x > 0 ? (DoubleDouble)1 - x - Erfc(y) : Erfc(-y) - ((DoubleDouble)1 + x);
            y -= residual * new DoubleDouble(0.8862269254527580, 1.3264e-17) * DoubleDouble.Exp(square);
        }

        return y;
    }

    // 2/sqrt(pi) e^(-x^2) times the sum of 2^n x^(2n + 1) / (2n + 1)!!: no term cancels another.
    public static DoubleDouble Erf(DoubleDouble x)
    {
        var square = x * x;
        DoubleDouble sum = x, term = x;
        for (var n = 1; n < 400 && Math.Abs(term.High) > 1e-33 * Math.Abs(sum.High); n++)
        {
            term = term * square * 2 / (2 * n + 1);
            sum += term;
        }

        return new DoubleDouble(1.1283791670955126, 1.533545961316588e-17) * DoubleDouble.Exp(-square) * sum;
    }

    // Below 4 by the difference, which keeps 23 digits; above by Laplace's continued fraction.
    public static DoubleDouble Erfc(DoubleDouble x)
    {
        if (x.High < 4) return (DoubleDouble)1 - Erf(x);
        DoubleDouble fraction = x;
        for (var k = 120; k > 0; k--) fraction = x + ((DoubleDouble)k / 2 / fraction);
        return new DoubleDouble(0.5641895835477563, 7.66772980658294e-18) * DoubleDouble.Exp(-(x * x)) / fraction;
    }

    private static DoubleDouble Log(DoubleDouble x) => Log(x.High) + DoubleDouble.Log1p(x.Low / x.High);

    private static DoubleDouble Atan(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 1) return s_pi * (0.5 * Math.Sign(x.High)) - Atan((DoubleDouble)1 / x);
        DoubleDouble y = Math.Atan(x.High);
        var (sine, cosine) = (SinNear(y), CosNear(y));
        return y + (x * cosine - sine) / (cosine + x * sine);
    }

    private static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High == 0) return 0;
        DoubleDouble y = Math.Sqrt(x.High);
        return y - (y * y - x) / (y * 2);
    }

    // sin(x + turn pi/2): the rest of x by pi/2 is exact to PiBits.
    private static DoubleDouble Turned(double x, int turn)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)((bits >> 52) & 0x7ff);
        if (exponent < 1000) return turn == 0 ? SinNear(x) : CosNear(x);
        var significand = new BigInteger((bits & 0xfffffffffffff) | 0x10000000000000);
        var shift = exponent - 1075 + PiBits;
        var fixedPoint = significand << shift;
        var quotient = (2 * fixedPoint + s_halfPi) / (2 * s_halfPi);
        var rest = fixedPoint - quotient * s_halfPi;
        var r = ToDoubleDouble(rest);
        var quadrant = (int)(quotient % 4);
        if (x < 0) (r, quadrant) = (-r, -quadrant & 3);
        quadrant = (quadrant + turn) & 3;
        var y = (quadrant & 1) == 0 ? SinNear(r) : CosNear(r);
        return quadrant < 2 ? y : -y;
    }

    private static DoubleDouble ToDoubleDouble(BigInteger fixedPoint)
    {
        var shift = (int)Math.Max(0, BigInteger.Abs(fixedPoint).GetBitLength() - 200);
        var top = fixedPoint >> shift;
        var high = (double)top;
        var low = (double)(top - new BigInteger(high));
        return new(Math.ScaleB(high, shift - PiBits), Math.ScaleB(low, shift - PiBits));
    }

    private static DoubleDouble SinNear(DoubleDouble x) => Series(x, x, 1);

    private static DoubleDouble CosNear(DoubleDouble x) => Series(x, 1, 0);

    private static DoubleDouble Series(DoubleDouble x, DoubleDouble first, int power)
    {
        var square = x * x;
        var (sum, term) = (first, first);
        for (var n = power + 1; n < power + 40; n += 2)
        {
            term = -term * square / (n * (n + 1));
            sum += term;
        }

        return sum;
    }

    private static BigInteger AtanOfInverse(int n)
    {
        // A few bits more than are kept.
        var one = BigInteger.One << (PiBits + 32);
        var (sum, power) = (BigInteger.Zero, one / n);
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += (k & 2) == 0 ? power / k : -power / k;
            power /= n * n;
        }

        return sum >> 32;
    }
}
