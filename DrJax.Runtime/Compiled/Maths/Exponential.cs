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

    // ln 2 in two parts, the first short enough for exact products with an exponent.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Adding 1.5 * 2^52 rounds to an integer and leaves that integer in the low bits.
    private const double RoundToInteger = 6755399441055744.0;

    // Where exp leaves the normal numbers. Below, the result is exactly 0: a subnormal would cost an assist in every later product.
    private const double ExpLowest = -708.39641853226408;
    private const double ExpHighest = 709.78271289338397;

    // Below this a function f with f(x) = x + ... is x itself: zeros keep their sign, the smallest numbers their last bit, NaN its payload.
    private const double Tiny = 1e-300;

    [MethodImpl(Entry)]
    public static F64 Exp(F64 x)
    {
        var q = ReducedExpm1(x, out var n);
        var y = ((F64.One + q).AsInt64() + (n << 52)).AsDouble();
        y = ConditionalSelect(GreaterThanOrEqual(x, Create(ExpLowest)), y, F64.Zero);
        return ConditionalSelect(LessThanOrEqual(x, Create(ExpHighest)), y, x * Create(double.PositiveInfinity));
    }

    // 2^n (exp(r) - 1) + (2^n - 1), so that small arguments keep their digits.
    [MethodImpl(Entry)]
    public static F64 Expm1(F64 x)
    {
        // exp(-40) is below half an ulp of 1; 709.9 already overflows. Halving 2^n keeps n = 1024 in range.
        var q = ReducedExpm1(MinNative(MaxNative(x, Create(-40.0)), Create(709.9)), out var n);
        var half = (Create(0.5).AsInt64() + (n << 52)).AsDouble();
        var y = FusedMultiplyAdd(q, half, half - Create(0.5));
        return ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), y + y, x);
    }

    // 1 / ((1 + 2^n) + 2^n (exp(r) - 1)), with what 1 + 2^n dropped: hardly more than the sum and the quotient round. 1 + exp(-40) is 1.
    [MethodImpl(Entry)]
    public static F64 Sigmoid(F64 x)
    {
        var q = ReducedExpm1(MinNative(Create(709.0), MaxNative(Create(-40.0), -x)), out var n);
        var power = (F64.One.AsInt64() + (n << 52)).AsDouble();
        var sum = F64.One + power;
        var y = F64.One / (sum + FusedMultiplyAdd(q, power, F64.One - (sum - power)));
        return AndNot(y, LessThan(x, Create(ExpLowest)));
    }

    // m / (m + 2) with m = exp(2x) - 1, which is 1 from 20 on.
    [MethodImpl(Entry)]
    public static F64 Tanh(F64 x)
    {
        var clamped = MinNative(MaxNative(x, Create(-20.0)), Create(20.0));
        var q = ReducedExpm1(clamped + clamped, out var n);
        var power = (F64.One.AsInt64() + (n << 52)).AsDouble();
        var y = FusedMultiplyAdd(q, power, power - F64.One) / FusedMultiplyAdd(q, power, power + F64.One);
        return ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), y, x);
    }

    // max(x, 0) + log1p(exp(-|x|))
    [MethodImpl(Entry)]
    public static F64 Softplus(F64 x) => MaxNative(x, F64.Zero) + Log1p(Exp(-Abs(x)));

    // (m + m / (m + 1)) / 2 with m = exp|x| - 1, in quarters of m: these are finite wherever sinh is.
    [MethodImpl(Entry)]
    public static F64 Sinh(F64 x)
    {
        var q = ReducedExpm1(MinNative(Abs(x), Create(710.6)), out var n);
        var quarter = (Create(0.25).AsInt64() + (n << 52)).AsDouble();
        var m = FusedMultiplyAdd(q, quarter, quarter - Create(0.25));
        var y = FusedMultiplyAdd(Create(0.5), m / (m + Create(0.25)), m + m);
        return ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F64 Cosh(F64 x)
    {
        var q = ReducedExpm1(MinNative(Create(710.6), Abs(x)), out var n);
        var quarter = (Create(0.25).AsInt64() + (n << 52)).AsDouble();
        var e = FusedMultiplyAdd(q, quarter, quarter);
        return e + e + Create(0.125) / e;
    }

    // exp(r) - 1 where x = n ln 2 + r, |r| <= ln2 / 2; n in the low bits.
    [MethodImpl(Inline)]
    private static F64 ReducedExpm1(F64 x, out I64 n)
    {
        var rounded = FusedMultiplyAdd(x, Create(Log2E), Create(RoundToInteger));
        n = rounded.AsInt64();
        rounded -= Create(RoundToInteger);
        return Expm1Near(FusedMultiplyAdd(rounded, Create(-Ln2Low), FusedMultiplyAdd(rounded, Create(-Ln2High), x)));
    }

    // exp(x + rest) for |x| up to 800 and a rest of at most some units in its last place: 0 below the normal numbers, +inf above.
    [MethodImpl(Inline)]
    private static F64 ExpInParts(F64 x, F64 rest)
    {
        var rounded = FusedMultiplyAdd(x, Create(Log2E), Create(RoundToInteger));
        var n = rounded.AsInt64();
        rounded -= Create(RoundToInteger);
        var q = Expm1Near(FusedMultiplyAdd(rounded, Create(-Ln2High), x) + FusedMultiplyAdd(rounded, Create(-Ln2Low), rest));
        var y = ((F64.One + q).AsInt64() + (n << 52)).AsDouble();
        y = AndNot(y, LessThan(x, Create(ExpLowest)));
        return ConditionalSelect(GreaterThan(x, Create(ExpHighest)), Create(double.PositiveInfinity), y);
    }

    // r + r^2 p(r), p of least error (2^-61), summed pairwise for short chains.
    [MethodImpl(Inline)]
    private static F64 Expm1Near(F64 r)
    {
        var r2 = r * r;
        var r4 = r2 * r2;
        var a = FusedMultiplyAdd(r, Create(0.16666666666666677), Create(0.5));
        a = FusedMultiplyAdd(FusedMultiplyAdd(r, Create(0.008333333333321195), Create(0.0416666666666667)), r2, a);
        var b = FusedMultiplyAdd(r, Create(0.00019841269887531314), Create(0.0013888888888866633));
        b = FusedMultiplyAdd(FusedMultiplyAdd(r, Create(2.7557242634835645e-06), Create(2.4801587361446195e-05)), r2, b);
        var c = FusedMultiplyAdd(r, Create(2.5109615579364866e-08), Create(2.7557241828353756e-07));
        b = FusedMultiplyAdd(FusedMultiplyAdd(Create(2.0924752110505257e-09), r2, c), r4, b);
        return FusedMultiplyAdd(FusedMultiplyAdd(b, r4, a), r2, r);
    }
}
