namespace DrJax.Tests.Numerics;

/// <summary>An unevaluated sum of two doubles, about 31 digits: the reference where System.Math has no function or only a poor one.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        var s = x.High + y.High;
        var v = s - x.High;
        var e = (x.High - (s - v)) + (y.High - v);
        return Normal(s, e + x.Low + y.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        var p = x.High * y.High;
        return Normal(p, Math.FusedMultiplyAdd(x.High, y.High, -p) + (x.High * y.Low) + (x.Low * y.High));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        var q = x.High / y.High;
        var r = x - (y * q);
        var q2 = r.High / y.High;
        r -= y * q2;
        return Normal(q, q2 + (r.High / y.High));
    }

    /// <summary>exp(x) - 1 for |x| below 700: Taylor for x / 2^k, then k times m -> m (m + 2).</summary>
    public static DoubleDouble Expm1(DoubleDouble x)
    {
        var halvings = 0;
        while (Math.Abs(x.High) > 0.01)
        {
            x = new(x.High / 2, x.Low / 2);
            halvings++;
        }

        DoubleDouble sum = x, term = x;
        for (var k = 2; k <= 14; k++)
        {
            term = term * x / k;
            sum += term;
        }

        for (; halvings > 0; halvings--)
        {
            sum *= sum + 2;
        }

        return sum;
    }

    /// <summary>1 / exp(-x) for negative x, where 1 + (exp(x) - 1) would cancel.</summary>
    public static DoubleDouble Exp(DoubleDouble x) => x.High < 0 ? (DoubleDouble)1 / (Expm1(-x) + 1) : Expm1(x) + 1;

    /// <summary>log(1 + x): Newton's steps on <see cref="Expm1"/> from the double's estimate.</summary>
    public static DoubleDouble Log1p(DoubleDouble x)
    {
        DoubleDouble y = Math.Abs(x.High) < 1e-4 ? x.High : Math.Log(1 + x.High);
        for (var i = 0; i < 3; i++)
        {
            var m = Expm1(y);
            y -= (m - x) / (m + 1);
        }

        return y;
    }

    private static DoubleDouble Normal(double high, double low)
    {
        var s = high + low;
        return new(s, low - (s - high));
    }
}
