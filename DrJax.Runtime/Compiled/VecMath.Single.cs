using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;

namespace DrJax.Compiled;

/// <content>exp, log and their kin in float32: the forms of float64 with Cephes' shorter polynomials.</content>
public static unsafe partial class VecMath
{
    private const float Log2ESingle = 1.44269504088896341f;
    private const float Ln2HighSingle = 0.693359375f;
    private const float Ln2LowSingle = -2.12194440e-4f;
    private const float RoundToIntegerSingle = 12582912f;
    private const float ExpLowestSingle = -87.33654475f;
    private const float ExpHighestSingle = 88.72283905f;

    /// <summary>At most 1 ulp from the exponential where that is a normal number; 0 below, +inf above.</summary>
    [MethodImpl(Inline)]
    public static F32 Exp(F32 x)
    {
        var q = ReducedExpm1(x, out var n);
        var y = ((F32.One + q).AsInt32() + (n << 23)).AsSingle();
        y = Vector512.AndNot(y, Vector512.LessThan(x, C(ExpLowestSingle)));
        return Where(Vector512.LessThanOrEqual(x, C(ExpHighestSingle)), y, x * C(float.PositiveInfinity));
    }

    /// <summary>At most 2 ulp: 2^n (exp(r) - 1) + (2^n - 1), so that small arguments keep their digits.</summary>
    [MethodImpl(Inline)]
    public static F32 Expm1(F32 x)
    {
        // exp(-20) is below half an ulp of 1; 88.8 already overflows. Halving 2^n keeps n = 128 in range.
        var clamped = Vector512.MinNative(Vector512.MaxNative(x, C(-20f)), C(88.8f));
        var q = ReducedExpm1(clamped, out var n);
        var half = (C(0.5f).AsInt32() + (n << 23)).AsSingle();
        var y = Fma(q, half, half - C(0.5f));
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-36f)), y + y, x);
    }

    /// <summary>At most 1 ulp; log 0 = -inf, negative and NaN give NaN, subnormal arguments are scaled first.</summary>
    [MethodImpl(Inline)]
    public static F32 Log(F32 x)
    {
        var small = Vector512.LessThan(x, C(1.17549435e-38f));
        var scaled = Where(small, x * C(16777216f), x);
        var f = Significand(scaled, out var exponent);
        exponent -= small & C(24f);
        return LogDomain(x, LogOf(f, exponent, exponent * C(Ln2LowSingle)));
    }

    /// <summary>log(1 + x), at most 2 ulp: what rounding 1 + x dropped enters as a correction.</summary>
    [MethodImpl(Inline)]
    public static F32 Log1p(F32 x)
    {
        var u = F32.One + x;
        var v = u - F32.One;
        var dropped = (F32.One - (u - v)) + (x - v);
        var f = Significand(u, out var exponent);
        var y = LogDomain(u, LogOf(f, exponent, Fma(exponent, C(Ln2LowSingle), dropped / u)));
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-37f)), y, x);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(Inline)]
    public static F32 Sigmoid(F32 x) => F32.One / (F32.One + Exp(-x));

    /// <summary>m / (m + 2) with m = exp(2x) - 1, at most 3 ulp; |x| at least 10 gives 1.</summary>
    [MethodImpl(Inline)]
    public static F32 Tanh(F32 x)
    {
        var clamped = Vector512.MinNative(Vector512.MaxNative(x, C(-10f)), C(10f));
        var q = ReducedExpm1(clamped + clamped, out var n);
        var power = (F32.One.AsInt32() + (n << 23)).AsSingle();
        var m = Fma(q, power, power - F32.One);
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-36f)), m / (m + C(2f)), x);
    }

    /// <summary>log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).</summary>
    [MethodImpl(Inline)]
    public static F32 Softplus(F32 x) => Vector512.MaxNative(x, F32.Zero) + Log1p(Exp(-Vector512.Abs(x)));

    // exp(r) - 1 where x = n ln 2 + r, |r| <= ln2 / 2; n in the low bits.
    [MethodImpl(Inline)]
    private static F32 ReducedExpm1(F32 x, out Vector512<int> n)
    {
        var rounded = Fma(x, C(Log2ESingle), C(RoundToIntegerSingle));
        n = rounded.AsInt32();
        rounded -= C(RoundToIntegerSingle);
        var r = Fma(rounded, C(-Ln2LowSingle), Fma(rounded, C(-Ln2HighSingle), x));
        var p = Fma(C(1.9875691500E-4f), r, C(1.3981999507E-3f));
        p = Fma(p, r, C(8.3334519073E-3f));
        p = Fma(p, r, C(4.1665795894E-2f));
        p = Fma(p, r, C(1.6666665459E-1f));
        p = Fma(p, r, C(5.0000001201E-1f));
        return Fma(p, r * r, r);
    }

    [MethodImpl(Inline)]
    private static F32 Significand(F32 x, out F32 exponent)
    {
        var e = (x.AsInt32() - Vector512.Create(0x3f3504f3)) >> 23;
        exponent = Vector512.ConvertToSingle(e);
        return (x.AsInt32() - (e << 23)).AsSingle() - F32.One;
    }

    // exponent ln 2 + log(1 + f); low gathers the small addends.
    [MethodImpl(Inline)]
    private static F32 LogOf(F32 f, F32 exponent, F32 low)
    {
        var z = f * f;
        var p = Fma(C(7.0376836292E-2f), f, C(-1.1514610310E-1f));
        p = Fma(p, f, C(1.1676998740E-1f));
        p = Fma(p, f, C(-1.2420140846E-1f));
        p = Fma(p, f, C(1.4249322787E-1f));
        p = Fma(p, f, C(-1.6668057665E-1f));
        p = Fma(p, f, C(2.0000714765E-1f));
        p = Fma(p, f, C(-2.4999993993E-1f));
        p = Fma(p, f, C(3.3333331174E-1f));
        var y = Fma(z, C(-0.5f), Fma(p * f, z, low));
        return Fma(exponent, C(Ln2HighSingle), f + y);
    }

    [MethodImpl(Inline)]
    private static F32 LogDomain(F32 x, F32 y)
    {
        y = Where(Vector512.LessThan(x, C(float.PositiveInfinity)), y, x);
        return Where(Vector512.LessThanOrEqual(x, F32.Zero), Where(Vector512.Equals(x, F32.Zero), C(float.NegativeInfinity), C(float.NaN)), y);
    }
}
