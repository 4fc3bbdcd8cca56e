using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>log and its kin in float64: fdlibm's polynomial in s^2, s = f / (2 + f).</content>
internal static unsafe partial class Maths512
{
    private const double MinNormal = 2.2250738585072014e-308;

    // From here on x^2 + 1 and x^2 - 1 are x^2, and 1 + x is x.
    private const double Vast = 18014398509481984.0;

    // Subnormal arguments are scaled first.
    [MethodImpl(Entry)]
    public static F64 Log(F64 x)
    {
        var small = LessThan(x, Create(MinNormal));
        var scaled = ConditionalSelect(small, x * Create(18014398509481984.0), x);
        var f = Significand(scaled, out var exponent, out _);
        exponent -= small & Create(54.0);
        return LogDomain(x, LogOf(f, exponent));
    }

    [MethodImpl(Entry)]
    public static F64 Log1p(F64 x) => ConditionalSelect(GreaterThan(Abs(x), Create(Tiny)), Log1pAnd(x, F64.Zero), x);

    // log1p(|x| + x^2 / (1 + sqrt(x^2 + 1)))
    [MethodImpl(Entry)]
    public static F64 Asinh(F64 x)
    {
        var a = Abs(x);
        var square = a * a;
        var isVast = GreaterThan(a, Create(Vast));
        var t = a + square / (F64.One + Sqrt(square + F64.One));
        var y = Log1pAnd(ConditionalSelect(isVast, a, t), isVast & F64.One);
        return ConditionalSelect(GreaterThan(a, Create(Tiny)), CopySign(y, x), x);
    }

    // log1p(d + sqrt(d (x + 1))), d = x - 1
    [MethodImpl(Entry)]
    public static F64 Acosh(F64 x)
    {
        var isVast = GreaterThan(x, Create(Vast));
        var d = x - F64.One;
        return Log1pAnd(ConditionalSelect(isVast, x, d + Sqrt(d * (x + F64.One))), isVast & F64.One);
    }

    // log1p(2 x / (1 - x)) / 2; below 1/2, where 1 - x rounds, 2 x + 2 x^2 / (1 - x)
    [MethodImpl(Entry)]
    public static F64 Atanh(F64 x)
    {
        var a = Abs(x);
        var twice = a + a;
        var rest = F64.One - a;
        var t = ConditionalSelect(LessThan(a, Create(0.5)), FusedMultiplyAdd(twice, a / rest, twice), twice / rest);
        return ConditionalSelect(GreaterThan(a, Create(Tiny)), CopySign(Create(0.5) * Log1pAnd(t, F64.Zero), x), x);
    }

    // log(1 + x) + binades ln 2: what rounding 1 + x dropped is added to its significand.
    [MethodImpl(Inline)]
    private static F64 Log1pAnd(F64 x, F64 binades)
    {
        var u = F64.One + x;
        var v = u - F64.One;
        var dropped = Create(0.5) * ((F64.One - (u - v)) + (x - v));
        var f = Significand(u, out var exponent, out var scale);
        return LogDomain(u, LogOf(FusedMultiplyAdd(dropped, scale, f), exponent + binades));
    }

    // x = 2^exponent (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), for positive normal x; scale is 2^(1 - exponent) (0 for the largest). Shifts are logical
    // ones, which every hardware has: a magic number makes the biased exponent a double.
    [MethodImpl(Inline)]
    private static F64 Significand(F64 x, out F64 exponent, out F64 scale)
    {
        var bits = x.AsInt64() + Create(0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
        exponent = ((bits >>> 52) | Create(0x4330000000000000)).AsDouble() - Create(4503599627370496.0 + 1023);
        scale = (Create(0x7ff0000000000000) - (bits & Create(0x7ff0000000000000))).AsDouble();
        return ((bits & Create(0x000fffffffffffff)) + Create(0x3fe6a09e667f3bcd)).AsDouble() - F64.One;
    }

    // exponent ln 2 + log(1 + f)
    [MethodImpl(Inline)]
    private static F64 LogOf(F64 f, F64 exponent)
    {
        var s = f / (f + Create(2.0));
        var z = s * s;
        var w = z * z;
        var even = FusedMultiplyAdd(w, FusedMultiplyAdd(w, Create(1.531383769920937332e-01), Create(2.222219843214978396e-01)), Create(3.999999999940941908e-01));
        var odd = FusedMultiplyAdd(w, FusedMultiplyAdd(w, Create(1.479819860511658591e-01), Create(1.818357216161805012e-01)), Create(2.857142874366239149e-01));
        odd = FusedMultiplyAdd(w, odd, Create(6.666666666666735130e-01));
        var half = Create(0.5) * f * f;
        var rest = FusedMultiplyAdd(w, even, FusedMultiplyAdd(z, odd, half));
        return FusedMultiplyAdd(exponent, Create(Ln2High), f - (half - FusedMultiplyAdd(s, rest, exponent * Create(Ln2Low))));
    }

    // The logarithm y of x, or what log gives outside the positive finite numbers.
    [MethodImpl(Inline)]
    private static F64 LogDomain(F64 x, F64 y)
    {
        y = ConditionalSelect(LessThan(x, Create(double.PositiveInfinity)), y, x);
        y = ConditionalSelect(LessThan(x, F64.Zero), Create(double.NaN), y);
        return ConditionalSelect(Vector512.Equals(x, F64.Zero), Create(double.NegativeInfinity), y);
    }
}
