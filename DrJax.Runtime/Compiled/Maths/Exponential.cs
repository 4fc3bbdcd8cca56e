using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;
using I64 = System.Runtime.Intrinsics.Vector512<long>;

namespace DrJax.Compiled;

/// <content>exp and its kin in float64.</content>
internal static unsafe partial class Maths512
{
    private const double Log2E = 1.4426950408889634;

    private const double Ln2 = 0.6931471805599453;

    // ln 2 in two parts, the first short enough for exact products with an exponent.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Adding 1.5 * 2^52 rounds to an integer and leaves that integer in the low bits; 1.5 * 2^48 does so with multiples of 1/16.
    private const double RoundToInteger = 6755399441055744.0;
    private const double RoundToSixteenth = 422212465065984.0;

    // Where exp leaves the normal numbers. Below, the result is exactly 0: a subnormal would cost an assist in every later product.
    private const double ExpLowest = -708.39641853226408;
    private const double ExpHighest = 709.78271289338397;

    // Below this a function f with f(x) = x + ... is x itself: zeros keep their sign, the smallest numbers their last bit, NaN its payload.
    private const double Tiny = 1e-300;

    [MethodImpl(Entry)]
    public static F64 Exp(F64 x)
    {
        var clamped = MinNative(Create(710.0), x);
        var rounded = Rounded(clamped);
        var exponent = Exponent(rounded);
        var r = Remainder(clamped, exponent);
        var r2 = r * r;
        var q = FusedMultiplyAdd(ExpTerms(r, r2), r2, r + PowerTail(rounded.AsInt64()));
        return ConditionalSelect(LessThan(x, Create(ExpLowest)), F64.Zero, Scaled(q, rounded, exponent));
    }

    // 2^n (exp(r) - 1) + (2^n - 1), so that small arguments keep their digits.
    [MethodImpl(Entry)]
    public static F64 Expm1(F64 x)
    {
        // exp(-40) is below half an ulp of 1; 709.9 already overflows. Halving 2^n keeps n = 1024 in range.
        var clamped = MinNative(MaxNative(x, Create(-40.0)), Create(709.9));
        var rounded = Rounded(clamped);
        var q = Excess(Remainder(clamped, Exponent(rounded)), rounded);
        var half = (Power(rounded) - (I64.One << 52)).AsDouble();
        var y = FusedMultiplyAdd(q, half, half - Create(0.5));
        return ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), y + y, x);
    }

    // 1 + exp(-40) is 1. What the sum with a power loses is added to the rest, so that the denominator is rounded once.
    [MethodImpl(Entry)]
    public static F64 Sigmoid(F64 x)
    {
        var clamped = MinNative(Create(-ExpLowest), MaxNative(Create(-40.0), -x));
        var rounded = Rounded(clamped);
        var r = Remainder(clamped, Exponent(rounded));
        var r2 = r * r;
        var power = Power(rounded).AsDouble();
        var q = FusedMultiplyAdd(ExpTerms(r, r2), r2, r + PowerTail(rounded.AsInt64()));
        var sum = F64.One + power;
        var lost = MinNative(F64.One, power) - (sum - MaxNative(F64.One, power));
        return ConditionalSelect(LessThan(x, Create(ExpLowest)), F64.Zero, F64.One / (sum + FusedMultiplyAdd(power, q, lost)));
    }

    // m / (m + 2) with m = exp(2|x|) - 1, which is 1 from 20 on. Over so few multiples of ln 2, one number for it costs a quarter of an ulp.
    [MethodImpl(Entry)]
    public static F64 Tanh(F64 x)
    {
        var twice = MinNative(Create(40.0), Abs(x + x));
        var rounded = Rounded(twice);
        var q = Excess(FusedMultiplyAdd(Exponent(rounded), Create(-Ln2), twice), rounded);
        var power = Power(rounded).AsDouble();
        return CopySign(FusedMultiplyAdd(q, power, power - F64.One) / FusedMultiplyAdd(q, power, power + F64.One), x);
    }

    // max(x, 0) + log1p(exp(-|x|))
    [MethodImpl(Entry)]
    public static F64 Softplus(F64 x) => MaxNative(x, F64.Zero) + Log1p(Exp(-Abs(x)));

    // (m + m / (m + 1)) / 2 with m = exp|x| - 1, in quarters of m: these are finite wherever sinh is.
    [MethodImpl(Entry)]
    public static F64 Sinh(F64 x)
    {
        var clamped = MinNative(Abs(x), Create(710.6));
        var rounded = Rounded(clamped);
        var q = Excess(Remainder(clamped, Exponent(rounded)), rounded);
        var quarter = (Power(rounded) - (I64.One << 53)).AsDouble();
        var m = FusedMultiplyAdd(q, quarter, quarter - Create(0.25));
        var y = FusedMultiplyAdd(Create(0.5), m / (m + Create(0.25)), m + m);
        return ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F64 Cosh(F64 x)
    {
        var clamped = MinNative(Create(710.6), Abs(x));
        var rounded = Rounded(clamped);
        var q = Excess(Remainder(clamped, Exponent(rounded)), rounded);
        var quarter = (Power(rounded) - (I64.One << 53)).AsDouble();
        var e = FusedMultiplyAdd(q, quarter, quarter);
        return e + e + Create(0.125) / e;
    }

    // x = i / 16 ln 2 + r, |r| at most ln2 / 32. Steps return values, and none has an out parameter: what these leave behind looks to the compiler like
    // too many variables for keeping constants in registers throughout a loop.

    // i in the low bits, as 1.5 * 2^48 + i / 16.
    [MethodImpl(Inline)]
    private static F64 Rounded(F64 x) => FusedMultiplyAdd(x, Create(Log2E), Create(RoundToSixteenth));

    // i / 16
    [MethodImpl(Inline)]
    private static F64 Exponent(F64 rounded) => rounded - Create(RoundToSixteenth);

    // r
    [MethodImpl(Inline)]
    private static F64 Remainder(F64 x, F64 exponent) => FusedMultiplyAdd(exponent, Create(-Ln2Low), FusedMultiplyAdd(exponent, Create(-Ln2High), x));

    // q where exp(x) = 2^(i/16) (1 + q).
    [MethodImpl(Inline)]
    private static F64 Excess(F64 r, F64 rounded)
    {
        var r2 = r * r;
        return r + FusedMultiplyAdd(Expm1Terms(r, r2), r2, PowerTail(rounded.AsInt64()));
    }

    // 2^(i/16): what the table has for i / 16's fraction is less by what shifting the fraction, too, adds to the significand.
    [MethodImpl(Inline)]
    private static I64 Power(F64 rounded) => PowerBits(rounded.AsInt64()) + (rounded.AsInt64() << 48);

    // exp(x + rest) for |x| up to 800 and a rest of at most some units in its last place: 0 below the normal numbers, +inf above.
    [MethodImpl(Inline)]
    private static F64 ExpInParts(F64 x, F64 rest)
    {
        var rounded = Rounded(x);
        var exponent = Exponent(rounded);
        var r = Remainder(x, exponent) + rest;
        var r2 = r * r;
        var q = FusedMultiplyAdd(ExpTerms(r, r2), r2, r + PowerTail(rounded.AsInt64()));
        return ConditionalSelect(LessThan(x, Create(ExpLowest)), F64.Zero, Scaled(q, rounded, exponent));
    }

    // 2^(i/16) (1 + q): +inf where it is too large.
    [MethodImpl(Inline)]
    private static F64 Scaled(F64 q, F64 rounded, F64 exponent)
    {
        var significand = PowerOf(rounded.AsInt64());
        return Scale(FusedMultiplyAdd(significand, q, significand), exponent);
    }

    // (exp(r) - 1 - r) / r^2 by polynomials of least error, summed pairwise for short chains: r^2 times it is good to 2^-56 for a sum with 1 ..
    [MethodImpl(Inline)]
    private static F64 ExpTerms(F64 r, F64 r2) => FusedMultiplyAdd(
        FusedMultiplyAdd(r2, Create(0.0013889116933666077), FusedMultiplyAdd(r, Create(0.008333466418430696), Create(0.04166666666058498))),
        r2,
        FusedMultiplyAdd(r, Create(0.16666666664649313), Create(0.5)));

    // .. and to 2^-56 of its sum with r.
    [MethodImpl(Inline)]
    private static F64 Expm1Terms(F64 r, F64 r2) => FusedMultiplyAdd(
        FusedMultiplyAdd(
            FusedMultiplyAdd(r, Create(0.00019841554469387097), Create(0.0013889089137794775)),
            r2,
            FusedMultiplyAdd(r, Create(0.008333333332414686), Create(0.04166666666216941))),
        r2,
        FusedMultiplyAdd(r, Create(0.16666666666666677), Create(0.5000000000000002)));
}
