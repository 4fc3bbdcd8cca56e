using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>exp, log and their kin in float64.</content>
public static unsafe partial class VecMath
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts, the first short enough for exact products with an exponent.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Adding 1.5 * 2^52 rounds to an integer and leaves that integer in the low bits.
    private const double RoundToInteger = 6755399441055744.0;

    // Where exp leaves the normal numbers. Below, the result is exactly 0: a subnormal would cost an assist in every later product.
    private const double ExpLowest = -708.39641853226408;
    private const double ExpHighest = 709.78271289338397;

    /// <summary>At most 1 ulp from <see cref="Math.Exp"/> where that is a normal number; 0 below, +inf above.</summary>
    [MethodImpl(Inline)]
    public static F64 Exp(F64 x)
    {
        var q = ReducedExpm1(x, out var n);
        var y = ((F64.One + q).AsInt64() + (n << 52)).AsDouble();
        y = Vector512.AndNot(y, Vector512.LessThan(x, C(ExpLowest)));
        return Where(Vector512.LessThanOrEqual(x, C(ExpHighest)), y, x * C(double.PositiveInfinity));
    }

    /// <summary>At most 2 ulp: 2^n (exp(r) - 1) + (2^n - 1), so that small arguments keep their digits.</summary>
    [MethodImpl(Inline)]
    public static F64 Expm1(F64 x)
    {
        // exp(-40) is below half an ulp of 1; 709.9 already overflows. Halving 2^n keeps n = 1024 in range.
        var clamped = Vector512.MinNative(Vector512.MaxNative(x, C(-40.0)), C(709.9));
        var q = ReducedExpm1(clamped, out var n);
        var half = (C(0.5).AsInt64() + (n << 52)).AsDouble();
        var y = Fma(q, half, half - C(0.5));

        // Zeros keep their sign, the smallest numbers their last bit, NaN its payload.
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-300)), y + y, x);
    }

    /// <summary>At most 1 ulp; log 0 = -inf, negative and NaN give NaN, subnormal arguments are scaled first.</summary>
    [MethodImpl(Inline)]
    public static F64 Log(F64 x)
    {
        var small = Vector512.LessThan(x, C(2.2250738585072014e-308));
        var scaled = Where(small, x * C(18014398509481984.0), x);
        var f = Significand(scaled, out var exponent);
        exponent -= small & C(54.0);
        return LogDomain(x, LogOf(f, exponent, exponent * C(Ln2Low)));
    }

    /// <summary>log(1 + x), at most 2 ulp: what rounding 1 + x dropped enters as a correction.</summary>
    [MethodImpl(Inline)]
    public static F64 Log1p(F64 x)
    {
        var u = F64.One + x;
        var v = u - F64.One;
        var dropped = (F64.One - (u - v)) + (x - v);
        var f = Significand(u, out var exponent);
        var y = LogDomain(u, LogOf(f, exponent, Fma(exponent, C(Ln2Low), dropped / u)));
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-300)), y, x);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(Inline)]
    public static F64 Sigmoid(F64 x) => F64.One / (F64.One + Exp(-x));

    /// <summary>m / (m + 2) with m = exp(2x) - 1, at most 3 ulp; |x| at least 20 gives 1.</summary>
    [MethodImpl(Inline)]
    public static F64 Tanh(F64 x)
    {
        var clamped = Vector512.MinNative(Vector512.MaxNative(x, C(-20.0)), C(20.0));
        var q = ReducedExpm1(clamped + clamped, out var n);
        var power = (F64.One.AsInt64() + (n << 52)).AsDouble();
        var m = Fma(q, power, power - F64.One);
        return Where(Vector512.GreaterThan(Vector512.Abs(x), C(1e-300)), m / (m + C(2.0)), x);
    }

    /// <summary>log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).</summary>
    [MethodImpl(Inline)]
    public static F64 Softplus(F64 x) => Vector512.MaxNative(x, F64.Zero) + Log1p(Exp(-Vector512.Abs(x)));

    // exp(r) - 1 where x = n ln 2 + r, |r| <= ln2 / 2; n in the low bits. Taylor to r^13 (to r^11 it is 39 ulp off at the ends), summed
    // pairwise for short chains.
    [MethodImpl(Inline)]
    private static F64 ReducedExpm1(F64 x, out Vector512<long> n)
    {
        var rounded = Fma(x, C(Log2E), C(RoundToInteger));
        n = rounded.AsInt64();
        rounded -= C(RoundToInteger);
        var r = Fma(rounded, C(-Ln2Low), Fma(rounded, C(-Ln2High), x));
        var r2 = r * r;
        var r4 = r2 * r2;
        var a = Fma(Fma(r, C(1.0 / 120), C(1.0 / 24)), r2, Fma(r, C(1.0 / 6), C(0.5)));
        var b = Fma(Fma(r, C(1.0 / 362880), C(1.0 / 40320)), r2, Fma(r, C(1.0 / 5040), C(1.0 / 720)));
        var c = Fma(Fma(r, C(1.0 / 6227020800), C(1.0 / 479001600)), r2, Fma(r, C(1.0 / 39916800), C(1.0 / 3628800)));
        return Fma(Fma(Fma(c, r4, b), r4, a), r2, r);
    }

    // x = 2^exponent (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), for positive normal x.
    [MethodImpl(Inline)]
    private static F64 Significand(F64 x, out F64 exponent)
    {
        var e = (x.AsInt64() - Vector512.Create(0x3fe6a09e667f3bcd)) >> 52;
        exponent = Simd.ToDouble(e);
        return (x.AsInt64() - (e << 52)).AsDouble() - F64.One;
    }

    // exponent ln 2 + log(1 + f), with s = f / (2 + f) and fdlibm's polynomial in s^2; low gathers the small addends.
    [MethodImpl(Inline)]
    private static F64 LogOf(F64 f, F64 exponent, F64 low)
    {
        var s = f / (f + C(2.0));
        var z = s * s;
        var w = z * z;
        var even = w * Fma(w, Fma(w, C(1.531383769920937332e-01), C(2.222219843214978396e-01)), C(3.999999999940941908e-01));
        var odd = Fma(w, Fma(w, C(1.479819860511658591e-01), C(1.818357216161805012e-01)), C(2.857142874366239149e-01));
        odd = z * Fma(w, odd, C(6.666666666666735130e-01));
        var half = C(0.5) * f * f;
        return Fma(exponent, C(Ln2High), f - (half - Fma(s, half + (even + odd), low)));
    }

    // The logarithm y of x, or what log gives outside the positive finite numbers.
    [MethodImpl(Inline)]
    private static F64 LogDomain(F64 x, F64 y)
    {
        y = Where(Vector512.LessThan(x, C(double.PositiveInfinity)), y, x);
        return Where(Vector512.LessThanOrEqual(x, F64.Zero), Where(Vector512.Equals(x, F64.Zero), C(double.NegativeInfinity), C(double.NaN)), y);
    }
}
