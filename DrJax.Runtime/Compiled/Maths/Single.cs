using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;

namespace DrJax.Compiled;

/// <content>exp, log and their kin in float32: the forms of float64 with Cephes' shorter polynomials.</content>
internal static unsafe partial class Maths512
{
    private const float Log2ESingle = 1.44269504088896341f;
    private const float Ln2HighSingle = 0.693359375f;
    private const float Ln2LowSingle = -2.12194440e-4f;
    private const float RoundToIntegerSingle = 12582912f;
    private const float ExpLowestSingle = -87.33654475f;
    private const float ExpHighestSingle = 88.72283905f;
    private const float TinySingle = 1e-36f;
    private const float MinNormalSingle = 1.17549435e-38f;

    [MethodImpl(Entry)]
    public static F32 Exp(F32 x)
    {
        var rounded = Rounded(x);
        var y = ((F32.One + Excess(x, rounded)).AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        y = AndNot(y, LessThan(x, Create(ExpLowestSingle)));
        return ConditionalSelect(LessThanOrEqual(x, Create(ExpHighestSingle)), y, x * Create(float.PositiveInfinity));
    }

    [MethodImpl(Entry)]
    public static F32 Expm1(F32 x)
    {
        // exp(-20) is below half an ulp of 1; 88.8 already overflows. Halving 2^n keeps n = 128 in range.
        var clamped = MinNative(MaxNative(x, Create(-20f)), Create(88.8f));
        var rounded = Rounded(clamped);
        var q = Excess(clamped, rounded);
        var half = (Create(0.5f).AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        var y = FusedMultiplyAdd(q, half, half - Create(0.5f));
        return ConditionalSelect(GreaterThan(Abs(x), Create(TinySingle)), y + y, x);
    }

    [MethodImpl(Entry)]
    public static F32 Sigmoid(F32 x)
    {
        var clamped = MinNative(Create(88f), MaxNative(Create(-20f), -x));
        var rounded = Rounded(clamped);
        var q = Excess(clamped, rounded);
        var power = (F32.One.AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        var sum = F32.One + power;
        var y = F32.One / (sum + FusedMultiplyAdd(q, power, F32.One - (sum - power)));
        return AndNot(y, LessThan(x, Create(ExpLowestSingle)));
    }

    [MethodImpl(Entry)]
    public static F32 Tanh(F32 x)
    {
        var twice = MinNative(MaxNative(x + x, Create(-20f)), Create(20f));
        var rounded = Rounded(twice);
        var q = Excess(twice, rounded);
        var power = (F32.One.AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        var y = FusedMultiplyAdd(q, power, power - F32.One) / FusedMultiplyAdd(q, power, power + F32.One);
        return ConditionalSelect(GreaterThan(Abs(x), Create(TinySingle)), y, x);
    }

    [MethodImpl(Entry)]
    public static F32 Softplus(F32 x) => MaxNative(x, F32.Zero) + Log1p(Exp(-Abs(x)));

    [MethodImpl(Entry)]
    public static F32 Log(F32 x)
    {
        var small = LessThan(x, Create(MinNormalSingle));
        var scaled = ConditionalSelect(small, x * Create(16777216f), x);
        var f = Significand(scaled, out var exponent, out _);
        exponent -= small & Create(24f);
        return LogDomain(x, LogOf(f, exponent));
    }

    [MethodImpl(Entry)]
    public static F32 Log1p(F32 x) => ConditionalSelect(GreaterThan(Abs(x), Create(TinySingle)), Log1pAnd(x, F32.Zero), x);

    [MethodImpl(Entry)]
    public static F32 Sinh(F32 x)
    {
        var clamped = MinNative(Abs(x), Create(89.45f));
        var rounded = Rounded(clamped);
        var q = Excess(clamped, rounded);
        var quarter = (Create(0.25f).AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        var m = FusedMultiplyAdd(q, quarter, quarter - Create(0.25f));
        var y = FusedMultiplyAdd(Create(0.5f), m / (m + Create(0.25f)), m + m);
        return ConditionalSelect(GreaterThan(Abs(x), Create(TinySingle)), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F32 Cosh(F32 x)
    {
        var clamped = MinNative(Create(89.45f), Abs(x));
        var rounded = Rounded(clamped);
        var q = Excess(clamped, rounded);
        var quarter = (Create(0.25f).AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
        var e = FusedMultiplyAdd(q, quarter, quarter);
        return e + e + Create(0.125f) / e;
    }

    // log(1 + x) + binades ln 2
    [MethodImpl(Inline)]
    private static F32 Log1pAnd(F32 x, F32 binades)
    {
        var u = F32.One + x;
        var v = u - F32.One;
        var dropped = Create(0.5f) * ((F32.One - (u - v)) + (x - v));
        var f = Significand(u, out var exponent, out var scale);
        return LogDomain(u, LogOf(FusedMultiplyAdd(dropped, scale, f), exponent + binades));
    }

    // n in the low bits, where x = n ln 2 + r, |r| <= ln2 / 2.
    [MethodImpl(Inline)]
    private static F32 Rounded(F32 x) => FusedMultiplyAdd(x, Create(Log2ESingle), Create(RoundToIntegerSingle));

    // exp(r) - 1
    [MethodImpl(Inline)]
    private static F32 Excess(F32 x, F32 rounded)
    {
        var exponent = rounded - Create(RoundToIntegerSingle);
        var r = FusedMultiplyAdd(exponent, Create(-Ln2LowSingle), FusedMultiplyAdd(exponent, Create(-Ln2HighSingle), x));
        return FusedMultiplyAdd(ExpTerms(r), r * r, r);
    }

    [MethodImpl(Inline)]
    private static F32 ExpTerms(F32 r) => FusedMultiplyAdd(
        FusedMultiplyAdd(
            FusedMultiplyAdd(
                FusedMultiplyAdd(FusedMultiplyAdd(Create(1.9875691500E-4f), r, Create(1.3981999507E-3f)), r, Create(8.3334519073E-3f)),
                r,
                Create(4.1665795894E-2f)),
            r,
            Create(1.6666665459E-1f)),
        r,
        Create(5.0000001201E-1f));

    // As in float64, but a shift of 32-bit lanes may be an arithmetic one.
    [MethodImpl(Inline)]
    private static F32 Significand(F32 x, out F32 exponent, out F32 scale)
    {
        var e = (x.AsInt32() - Create(0x3f3504f3)) >> 23;
        exponent = ConvertToSingle(e);
        scale = (Create(0x40000000) - (e << 23)).AsSingle();
        return (x.AsInt32() - (e << 23)).AsSingle() - F32.One;
    }

    // exponent ln 2 + log(1 + f)
    [MethodImpl(Inline)]
    private static F32 LogOf(F32 f, F32 exponent)
    {
        var z = f * f;
        var p = FusedMultiplyAdd(Create(7.0376836292E-2f), f, Create(-1.1514610310E-1f));
        p = FusedMultiplyAdd(p, f, Create(1.1676998740E-1f));
        p = FusedMultiplyAdd(p, f, Create(-1.2420140846E-1f));
        p = FusedMultiplyAdd(p, f, Create(1.4249322787E-1f));
        p = FusedMultiplyAdd(p, f, Create(-1.6668057665E-1f));
        p = FusedMultiplyAdd(p, f, Create(2.0000714765E-1f));
        p = FusedMultiplyAdd(p, f, Create(-2.4999993993E-1f));
        p = FusedMultiplyAdd(p, f, Create(3.3333331174E-1f));
        var y = FusedMultiplyAdd(z, Create(-0.5f), FusedMultiplyAdd(p * f, z, exponent * Create(Ln2LowSingle)));
        return FusedMultiplyAdd(exponent, Create(Ln2HighSingle), f + y);
    }

    [MethodImpl(Inline)]
    private static F32 LogDomain(F32 x, F32 y)
    {
        y = ConditionalSelect(LessThan(x, Create(float.PositiveInfinity)), y, x);
        y = ConditionalSelect(LessThan(x, F32.Zero), Create(float.NaN), y);
        return ConditionalSelect(Vector512.Equals(x, F32.Zero), Create(float.NegativeInfinity), y);
    }
}
