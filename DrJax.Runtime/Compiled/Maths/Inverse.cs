using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>The inverse trigonometric functions in float64, by fdlibm's polynomials.</content>
internal static unsafe partial class Maths512
{
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;
    private const double TanEighthOfPi = 0.41421356237309503;

    // Up to 1/2 in x^2, beyond by pi/2 - 2 asin(sqrt((1 - x) / 2)).
    [MethodImpl(Entry)]
    public static F64 Asin(F64 x)
    {
        var a = Abs(x);
        var near = LessThan(a, Create(0.5));
        var t = ConditionalSelect(near, a * a, (F64.One - a) * Create(0.5));
        var s = ConditionalSelect(near, a, Sqrt(t));
        var y = FusedMultiplyAdd(s, AsinRatio(t), s);
        return CopySign(ConditionalSelect(near, y, Create(HalfPi) - (y + y - Create(HalfPiLow))), x);
    }

    [MethodImpl(Entry)]
    public static F64 Acos(F64 x)
    {
        var a = Abs(x);
        var near = LessThan(a, Create(0.5));
        var t = ConditionalSelect(near, a * a, (F64.One - a) * Create(0.5));
        var s = ConditionalSelect(near, x, Sqrt(t));
        var y = FusedMultiplyAdd(s, AsinRatio(t), s);
        var twice = y + y;
        var far = ConditionalSelect(LessThan(x, F64.Zero), Create(2 * HalfPi) - (twice - Create(2 * HalfPiLow)), twice);
        return ConditionalSelect(near, Create(HalfPi) - (y - Create(HalfPiLow)), far);
    }

    [MethodImpl(Entry)]
    public static F64 Atan(F64 x) => CopySign(AtanOf(Abs(x), F64.One), x);

    // The angle of (x, y): of its absolute values, then by quadrant. Equal infinities are ones, zeros lie on the axis.
    [MethodImpl(Entry)]
    public static F64 Atan2(F64 y, F64 x)
    {
        var (up, right) = (Abs(y), Abs(x));
        var infinite = Vector512.Equals(up, Create(double.PositiveInfinity)) & Vector512.Equals(right, Create(double.PositiveInfinity));
        up = ConditionalSelect(infinite, F64.One, up);
        right = ConditionalSelect(infinite | Vector512.Equals(up + right, F64.Zero), F64.One, right);

        // Their sum must not overflow.
        var scale = ConditionalSelect(GreaterThan(MaxNative(up, right), Create(1e300)), Create(0.125), F64.One);
        var angle = AtanOf(up * scale, right * scale);
        var isLeft = LessThan(x.AsInt64(), Vector512<long>.Zero).AsDouble();
        return CopySign(ConditionalSelect(isLeft, Create(2 * HalfPi) - (angle - Create(2 * HalfPiLow)), angle), y);
    }

    // atan(y / x) for y and x of at least 0: less pi/4 or pi/2, as one quotient of at most tan(pi/8).
    [MethodImpl(Inline)]
    private static F64 AtanOf(F64 y, F64 x)
    {
        var middle = GreaterThan(y, x * Create(TanEighthOfPi));
        var high = GreaterThan(y * Create(TanEighthOfPi), x);
        var t = ConditionalSelect(high, -x, ConditionalSelect(middle, y - x, y)) / ConditionalSelect(high, y, ConditionalSelect(middle, y + x, x));
        var quarters = (middle & Create(0.5)) + (high & Create(0.5));
        var z = t * t;
        var w = z * z;
        var even = FusedMultiplyAdd(w, Create(1.62858201153657823623e-02), Create(4.97687799461593236017e-02));
        even = FusedMultiplyAdd(w, even, Create(6.66107313738753120669e-02));
        even = FusedMultiplyAdd(w, even, Create(9.09088713343650656196e-02));
        even = FusedMultiplyAdd(w, even, Create(1.42857142725034663711e-01));
        even = FusedMultiplyAdd(w, even, Create(3.33333333333329318027e-01));
        var odd = FusedMultiplyAdd(w, Create(-3.65315727442169155270e-02), Create(-5.83357013379057348645e-02));
        odd = FusedMultiplyAdd(w, odd, Create(-7.69187620504482999495e-02));
        odd = FusedMultiplyAdd(w, odd, Create(-1.11111104054623557880e-01));
        odd = FusedMultiplyAdd(w, odd, Create(-1.99999999998764832476e-01));
        var ratio = FusedMultiplyAdd(w, odd, z * even);
        var correction = FusedMultiplyAdd(-t, ratio, quarters * Create(HalfPiLow));
        return FusedMultiplyAdd(quarters, Create(HalfPi), t + correction);
    }

    // (asin(s) - s) / s for t = s^2
    [MethodImpl(Inline)]
    private static F64 AsinRatio(F64 t)
    {
        var p = FusedMultiplyAdd(t, Create(3.47933107596021167570e-05), Create(7.91534994289814532176e-04));
        p = FusedMultiplyAdd(t, p, Create(-4.00555345006794114027e-02));
        p = FusedMultiplyAdd(t, p, Create(2.01212532134862925881e-01));
        p = FusedMultiplyAdd(t, p, Create(-3.25565818622400915405e-01));
        p = FusedMultiplyAdd(t, p, Create(1.66666666666666657415e-01));
        var q = FusedMultiplyAdd(t, Create(7.70381505559019352791e-02), Create(-6.88283971605453293030e-01));
        q = FusedMultiplyAdd(t, q, Create(2.02094576023350569471e+00));
        q = FusedMultiplyAdd(t, q, Create(-2.40339491173441421878e+00));
        q = FusedMultiplyAdd(t, q, F64.One);
        return t * p / q;
    }
}
