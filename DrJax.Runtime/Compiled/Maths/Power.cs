using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>Powers and the cube root in float64.</content>
internal static unsafe partial class Maths512
{
    // exp(y log|x|) with the logarithm in two parts, then the sign of odd powers. As C's pow: 1^y and x^0 are 1 even for NaN.
    [MethodImpl(Called)]
    public static F64 Pow(F64 x, F64 y)
    {
        var a = Abs(x);
        var high = LogInParts(a, out var low);
        var product = y * high;
        var z = MinNative(MaxNative(product, Create(-800.0)), Create(800.0));
        var rest = FusedMultiplyAdd(y, low, FusedMultiplyAdd(y, high, -product));

        // Where the product has left the range of exp, its rest counts no more (and may be NaN).
        rest = ConditionalSelect(LessThan(Abs(product), Create(800.0)), rest, F64.Zero);
        var power = ExpInParts(z, rest);
        power = ConditionalSelect(Vector512.Equals(product, product), power, product);

        var whole = Vector512.Equals(Truncate(y), y);
        var half = y * Create(0.5);
        var odd = AndNot(whole, Vector512.Equals(Truncate(half), half));
        var isNegative = LessThan(x, F64.Zero);
        power = ConditionalSelect(AndNot(isNegative, whole | Vector512.Equals(a, Create(double.PositiveInfinity))), Create(double.NaN), power);
        power = ConditionalSelect(odd, CopySign(power, x), power);
        var isUnit = Vector512.Equals(a, F64.One) & Vector512.Equals(Abs(y), Create(double.PositiveInfinity));
        return ConditionalSelect(Vector512.Equals(y, F64.Zero) | Vector512.Equals(x, F64.One) | isUnit, F64.One, power);
    }

    // fdlibm's: five bits from a third of the exponent, a polynomial to 23, of which the square is exact, then one step of Halley's.
    [MethodImpl(Entry)]
    public static F64 Cbrt(F64 x)
    {
        var a = Abs(x);
        var small = LessThan(a, Create(MinNormal));
        var scaled = ConditionalSelect(small, a * Create(18014398509481984.0), a);
        var third = ((scaled.AsInt64() >>> 32) | Create(0x4330000000000000)).AsDouble() - Create(4503599627370496.0);
        third = FusedMultiplyAdd(third, Create(1.0 / 3), Create(4503599627370496.0 + 715094163));
        var t = (third.AsInt64() << 32).AsDouble();
        var r = t * t * (t / scaled);
        var p = FusedMultiplyAdd(r, Create(1.621429720105354466140), Create(-1.88497979543377169875));
        p = FusedMultiplyAdd(r, p, Create(1.87595182427177009643));
        p = FusedMultiplyAdd(r * r * r, FusedMultiplyAdd(r, Create(0.145996192886612446982), Create(-0.758397934778766047437)), p);
        t = (((p * t).AsInt64() + Create(0x80000000L)) & Create(unchecked((long)0xffffffffc0000000))).AsDouble();
        var quotient = scaled / (t * t);
        t = FusedMultiplyAdd(t, (quotient - t) / (t + t + quotient), t);
        t *= ConditionalSelect(small, Create(1.0 / 262144), F64.One);

        // Zeros, infinities and NaN are their own roots.
        return ConditionalSelect(GreaterThan(a, F64.Zero) & LessThan(a, Create(double.PositiveInfinity)), CopySign(t, x), x);
    }

    // log a for a of at least 0, as the sum of two doubles good to about 2^-68: 2 atanh(s) by its series, of which the first terms are in two parts.
    [MethodImpl(Inline)]
    private static F64 LogInParts(F64 a, out F64 low)
    {
        var small = LessThan(a, Create(MinNormal));
        var scaled = ConditionalSelect(small, a * Create(18014398509481984.0), a);
        var f = Significand(scaled, out var exponent, out _);
        exponent -= small & Create(54.0);

        // s + sLow = f / (2 + f)
        var d = Create(2.0) + f;
        var dLow = f - (d - Create(2.0));
        var inverse = F64.One / d;
        var s = f * inverse;
        var sLow = FusedMultiplyAdd(-s, dLow, FusedMultiplyAdd(-s, d, f)) * inverse;

        var z = s * s;
        var zLow = FusedMultiplyAdd(s, s, -z);
        zLow = FusedMultiplyAdd(s + s, sLow, zLow);
        var t = FusedMultiplyAdd(z, Create(0.11723306234080849), Create(0.11706224135460942));
        t = FusedMultiplyAdd(z, t, Create(0.13334805149611875));
        t = FusedMultiplyAdd(z, t, Create(0.15384594954137945));
        t = FusedMultiplyAdd(z, t, Create(0.1818181833547124));
        t = FusedMultiplyAdd(z, t, Create(0.2222222222165554));
        t = FusedMultiplyAdd(z, t, Create(0.2857142857142937));
        t = FusedMultiplyAdd(z, t, Create(0.4));

        // 2/3 + z t in two parts, times s^3
        var u = z * t;
        var c = Create(0.66666666666666663) + u;
        var cLow = u - (c - Create(0.66666666666666663)) + Create(3.700743415417188e-17);
        var cube = s * z;
        var cubeLow = FusedMultiplyAdd(s, z, -cube);
        cubeLow = FusedMultiplyAdd(s, zLow, FusedMultiplyAdd(sLow, z, cubeLow));
        var v = Product(cube, c);
        var vLow = FusedMultiplyAdd(cube, c, -v);
        vLow = FusedMultiplyAdd(cube, cLow, FusedMultiplyAdd(cubeLow, c, vLow));

        // exponent ln 2 + 2 s + v, largest first
        var e = exponent * Create(Ln2High);
        var sum = e + (s + s);
        var error = (s + s) - (sum - e);
        var total = sum + v;
        error += v - (total - sum);
        error = FusedMultiplyAdd(exponent, Create(Ln2Low), error + vLow + (sLow + sLow));
        var high = total + error;
        low = error - (high - total);
        return LogDomain(a, high);
    }
}
