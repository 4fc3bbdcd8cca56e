using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;

namespace DrJax.Compiled;

/// <content>The inverse trigonometric and hyperbolic functions in float32: the forms of float64 with Cephes' shorter polynomials.</content>
internal static unsafe partial class Maths512
{
    private const float HalfPiSingle = 1.57079637f;
    private const float HalfPiLowSingle = -4.37113883e-08f;
    private const float VastSingle = 67108864f;

    [MethodImpl(Entry)]
    public static F32 Asin(F32 x)
    {
        var a = Abs(x);
        var near = LessThan(a, Create(0.5f));
        var t = ConditionalSelect(near, a * a, (F32.One - a) * Create(0.5f));
        var s = ConditionalSelect(near, a, Sqrt(t));
        var y = FusedMultiplyAdd(s, AsinRatio(t), s);
        return CopySign(ConditionalSelect(near, y, Create(HalfPiSingle) - (y + y - Create(HalfPiLowSingle))), x);
    }

    [MethodImpl(Entry)]
    public static F32 Acos(F32 x)
    {
        var a = Abs(x);
        var near = LessThan(a, Create(0.5f));
        var t = ConditionalSelect(near, a * a, (F32.One - a) * Create(0.5f));
        var s = ConditionalSelect(near, x, Sqrt(t));
        var y = FusedMultiplyAdd(s, AsinRatio(t), s);
        var twice = y + y;
        var far = ConditionalSelect(LessThan(x, F32.Zero), Create(2 * HalfPiSingle) - (twice - Create(2 * HalfPiLowSingle)), twice);
        return ConditionalSelect(near, Create(HalfPiSingle) - (y - Create(HalfPiLowSingle)), far);
    }

    [MethodImpl(Entry)]
    public static F32 Atan(F32 x) => CopySign(AtanOf(Abs(x), F32.One), x);

    [MethodImpl(Entry)]
    public static F32 Atan2(F32 y, F32 x)
    {
        var (up, right) = (Abs(y), Abs(x));
        var infinite = Vector512.Equals(up, Create(float.PositiveInfinity)) & Vector512.Equals(right, Create(float.PositiveInfinity));
        up = ConditionalSelect(infinite, F32.One, up);
        right = ConditionalSelect(infinite | Vector512.Equals(up + right, F32.Zero), F32.One, right);
        var scale = ConditionalSelect(GreaterThan(MaxNative(up, right), Create(1e37f)), Create(0.125f), F32.One);
        var angle = AtanOf(up * scale, right * scale);
        var isLeft = LessThan(x.AsInt32(), Vector512<int>.Zero).AsSingle();
        return CopySign(ConditionalSelect(isLeft, Create(2 * HalfPiSingle) - (angle - Create(2 * HalfPiLowSingle)), angle), y);
    }

    [MethodImpl(Entry)]
    public static F32 Asinh(F32 x)
    {
        var a = Abs(x);
        var square = a * a;
        var isVast = GreaterThan(a, Create(VastSingle));
        var t = a + square / (F32.One + Sqrt(square + F32.One));
        var y = Log1pAnd(ConditionalSelect(isVast, a, t), isVast & F32.One);
        return ConditionalSelect(GreaterThan(a, Create(TinySingle)), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F32 Acosh(F32 x)
    {
        var isVast = GreaterThan(x, Create(VastSingle));
        var d = x - F32.One;
        return Log1pAnd(ConditionalSelect(isVast, x, d + Sqrt(d * (x + F32.One))), isVast & F32.One);
    }

    [MethodImpl(Entry)]
    public static F32 Atanh(F32 x)
    {
        var a = Abs(x);
        var twice = a + a;
        var rest = F32.One - a;
        var t = ConditionalSelect(LessThan(a, Create(0.5f)), FusedMultiplyAdd(twice, a / rest, twice), twice / rest);
        return ConditionalSelect(GreaterThan(a, Create(TinySingle)), CopySign(Create(0.5f) * Log1pAnd(t, F32.Zero), x), x);
    }

    [MethodImpl(Inline)]
    private static F32 AtanOf(F32 y, F32 x)
    {
        var middle = GreaterThan(y, x * Create((float)TanEighthOfPi));
        var high = GreaterThan(y * Create((float)TanEighthOfPi), x);
        var t = ConditionalSelect(high, -x, ConditionalSelect(middle, y - x, y)) / ConditionalSelect(high, y, ConditionalSelect(middle, y + x, x));
        var quarters = (middle & Create(0.5f)) + (high & Create(0.5f));
        var z = t * t;
        var p = FusedMultiplyAdd(z, Create(8.05374449538e-2f), Create(-1.38776856032E-1f));
        p = FusedMultiplyAdd(z, p, Create(1.99777106478E-1f));
        p = FusedMultiplyAdd(z, p, Create(-3.33329491539E-1f));
        var correction = FusedMultiplyAdd(t * z, p, quarters * Create(HalfPiLowSingle));
        return FusedMultiplyAdd(quarters, Create(HalfPiSingle), t + correction);
    }

    [MethodImpl(Inline)]
    private static F32 AsinRatio(F32 t)
    {
        var p = FusedMultiplyAdd(t, Create(4.2163199048E-2f), Create(2.4181311049E-2f));
        p = FusedMultiplyAdd(t, p, Create(4.5470025998E-2f));
        p = FusedMultiplyAdd(t, p, Create(7.4953002686E-2f));
        return t * FusedMultiplyAdd(t, p, Create(1.6666752422E-1f));
    }
}
