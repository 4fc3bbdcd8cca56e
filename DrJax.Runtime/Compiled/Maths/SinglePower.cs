using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;
using I32 = System.Runtime.Intrinsics.Vector512<int>;

namespace DrJax.Compiled;

/// <content>Powers and roots in float32. The power itself is 2^(y log2|x|) in float64, where polynomials of float32's precision suffice.</content>
internal static unsafe partial class Maths512
{
    [MethodImpl(Called)]
    public static F32 Pow(F32 x, F32 y)
    {
        var a = Abs(x);
        var power = Narrow(PowerOf(WidenLower(a), WidenLower(y)), PowerOf(WidenUpper(a), WidenUpper(y)));
        power = AndNot(power, LessThan(power, Create(MinNormalSingle)));

        var whole = Vector512.Equals(Truncate(y), y);
        var half = y * Create(0.5f);
        var odd = AndNot(whole, Vector512.Equals(Truncate(half), half));
        var isNegative = LessThan(x, F32.Zero);
        power = ConditionalSelect(AndNot(isNegative, whole | Vector512.Equals(a, Create(float.PositiveInfinity))), Create(float.NaN), power);
        power = ConditionalSelect(odd, CopySign(power, x), power);
        var isUnit = Vector512.Equals(a, F32.One) & Vector512.Equals(Abs(y), Create(float.PositiveInfinity));
        return ConditionalSelect(Vector512.Equals(y, F32.Zero) | Vector512.Equals(x, F32.One) | isUnit, F32.One, power);
    }

    // A guess of 5 bits from a third of the exponent, a step of Halley's, and one of Newton's with an exact residual.
    [MethodImpl(Entry)]
    public static F32 Cbrt(F32 x)
    {
        var a = Abs(x);
        var small = LessThan(a, Create(MinNormalSingle));
        var scaled = ConditionalSelect(small, a * Create(16777216f), a);
        var t = (ConvertToInt32Native(ConvertToSingle(scaled.AsInt32()) * Create(1f / 3)) + Create(709958130)).AsSingle();
        var quarter = scaled * Create(0.25f);
        var cube = t * Create(0.25f) * t * t;
        t *= (cube + quarter + quarter) / (cube + cube + quarter);
        var square = t * t;
        cube = Product(square, t);
        var dropped = FusedMultiplyAdd(square, t, -cube) + FusedMultiplyAdd(t, t, -square) * t;
        t = FusedMultiplyAdd((scaled - cube - dropped) / square, Create(1f / 3), t);
        t *= ConditionalSelect(small, Create(1f / 256), F32.One);
        return ConditionalSelect(GreaterThan(a, F32.Zero) & LessThan(a, Create(float.PositiveInfinity)), CopySign(t, x), x);
    }

    // a^y for a of at least 0, to 2^-30 where float32 has normal numbers; 0 or infinite outside, NaN for NaN. Subnormal a are normal here.
    [MethodImpl(Inline)]
    private static F64 PowerOf(F64 a, F64 y)
    {
        var f = Significand(a, out var exponent, out _);
        var z = f * f;
        var w = z * z;
        var p0 = FusedMultiplyAdd(f, Create(-0.7213475203430864), Create(1.4426950408862034));
        var p1 = FusedMultiplyAdd(f, Create(-0.36067378977100695), Create(0.4808983490727961));
        var p2 = FusedMultiplyAdd(f, Create(-0.24044662677727305), Create(0.28853876232996745));
        var p3 = FusedMultiplyAdd(f, Create(-0.18043268521020117), Create(0.20610869528306625));
        var p4 = FusedMultiplyAdd(f, Create(-0.14252340755410017), Create(0.16018226130296026));
        var p5 = FusedMultiplyAdd(f, Create(-0.13478928738366042), Create(0.13062890256021095));
        var p6 = FusedMultiplyAdd(f, Create(-0.06806287590390596), Create(0.13113743753686682));
        var high = FusedMultiplyAdd(w, FusedMultiplyAdd(z, p6, p5), FusedMultiplyAdd(z, p4, p3));
        high = FusedMultiplyAdd(z, high, p2);
        var low = FusedMultiplyAdd(z, p1, p0);
        var log = LogDomain(a, FusedMultiplyAdd(f, FusedMultiplyAdd(w, high, low), exponent));

        var product = y * log;
        return ConditionalSelect(Vector512.Equals(product, product), Exp2Of(product), product);
    }

    // 2^x to 2^-33, for x clamped to +-200.
    [MethodImpl(Inline)]
    private static F64 Exp2Of(F64 x)
    {
        x = MinNative(MaxNative(x, Create(-200.0)), Create(200.0));
        var n = x + Create(RoundToInteger);
        var r = x - (n - Create(RoundToInteger));
        var z = r * r;
        var p0 = FusedMultiplyAdd(r, Create(0.6931471805568324), Create(0.9999999999595618));
        var p1 = FusedMultiplyAdd(r, Create(0.055504109063258665), Create(0.24022651213498092));
        var p2 = FusedMultiplyAdd(r, Create(0.0013333478473685416), Create(0.009618025613318034));
        var p3 = FusedMultiplyAdd(r, Create(1.5303700711365693e-05), Create(0.00015469729214118296));
        var y = FusedMultiplyAdd(z * z, FusedMultiplyAdd(z, p3, p2), FusedMultiplyAdd(z, p1, p0));
        return (y.AsInt64() + (n.AsInt64() << 52)).AsDouble();
    }
}
