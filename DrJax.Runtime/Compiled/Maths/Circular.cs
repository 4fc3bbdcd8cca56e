using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;
using I32 = System.Runtime.Intrinsics.Vector512<int>;
using I64 = System.Runtime.Intrinsics.Vector512<long>;

namespace DrJax.Compiled;

/// <content>sin, cos and tan: reduction by multiples of pi/2 in three exact steps, then fdlibm's (float32: Cephes') polynomials.</content>
internal static unsafe partial class Maths512
{
    // Beyond these, three parts of pi/2 (or the rounding of the quotient) no longer suffice: such lanes are reduced otherwise.
    private const double CircularLimit = 1 << 30;
    private const float CircularLimitSingle = 1 << 15;

    [MethodImpl(Entry)]
    public static F64 Sin(F64 x) => SinBeyond(x, Turned(x, I64.Zero));

    [MethodImpl(Entry)]
    public static F64 Cos(F64 x) => CosBeyond(x, Turned(x, I64.One));

    [MethodImpl(Entry)]
    public static F64 Tan(F64 x)
    {
        Circular(x, out var quadrant, out var sine, out var cosine);
        var odd = Vector512.Equals(quadrant & I64.One, I64.One).AsDouble();
        var y = ConditionalSelect(odd, cosine, sine) / ConditionalSelect(odd, -sine, cosine);
        return TanBeyond(x, y);
    }

    [MethodImpl(Entry)]
    public static F32 Sin(F32 x) => SinBeyond(x, Turned(x, I32.Zero));

    [MethodImpl(Entry)]
    public static F32 Cos(F32 x) => CosBeyond(x, Turned(x, I32.One));

    // Of the rest itself: tan or, after an odd number of quarters, -1 / tan.
    [MethodImpl(Entry)]
    public static F32 Tan(F32 x)
    {
        var r = Rest(x, out var quadrant);
        var z = r * r;
        var t = FusedMultiplyAdd(z, Create(9.38540185543E-3f), Create(3.11992232697E-3f));
        t = FusedMultiplyAdd(z, t, Create(2.44301354525E-2f));
        t = FusedMultiplyAdd(z, t, Create(5.34112807005E-2f));
        t = FusedMultiplyAdd(z, t, Create(1.33387994085E-1f));
        t = FusedMultiplyAdd(z, t, Create(3.33331568548E-1f));
        t = FusedMultiplyAdd(z * r, t, r);
        var odd = Vector512.Equals(quadrant & I32.One, I32.One).AsSingle();
        return TanBeyond(x, ConditionalSelect(odd, Create(-1f) / t, t));
    }

    // The bits of Sin and Cos, with one reduction and one pair of polynomials.
    [MethodImpl(Entry)]
    public static (F64 Sin, F64 Cos) SinCos(F64 x)
    {
        Circular(x, out var quadrant, out var sine, out var cosine);
        var (sin, cos) = (Turned(quadrant, sine, cosine), Turned(quadrant + I64.One, sine, cosine));
        return (SinBeyond(x, sin), CosBeyond(x, cos));
    }

    // As in float64.
    [MethodImpl(Entry)]
    public static (F32 Sin, F32 Cos) SinCos(F32 x)
    {
        Circular(x, out var quadrant, out var sine, out var cosine);
        var (sin, cos) = (Turned(quadrant, sine, cosine), Turned(quadrant + I32.One, sine, cosine));
        return (SinBeyond(x, sin), CosBeyond(x, cos));
    }

    // sin(x + turn pi/2)
    [MethodImpl(Inline)]
    private static F64 Turned(F64 x, I64 turn)
    {
        Circular(x, out var quadrant, out var sine, out var cosine);
        return Turned(quadrant + turn, sine, cosine);
    }

    // The sine of an angle in a quadrant, from sine and cosine of what is beyond the quadrant's axis.
    [MethodImpl(Inline)]
    private static F64 Turned(I64 quadrant, F64 sine, F64 cosine)
    {
        var odd = Vector512.Equals(quadrant & I64.One, I64.One).AsDouble();
        var negative = (quadrant & Create(2L)) << 62;
        return (ConditionalSelect(odd, cosine, sine).AsInt64() ^ negative).AsDouble();
    }

    // sin and cos of x less the nearest multiple of pi/2.
    [MethodImpl(Inline)]
    private static void Circular(F64 x, out I64 quadrant, out F64 sine, out F64 cosine)
    {
        var n = FusedMultiplyAdd(x, Create(0.63661977236758134), Create(RoundToInteger));
        quadrant = n.AsInt64();
        n -= Create(RoundToInteger);
        var r = FusedMultiplyAdd(n, Create(-1.5707963267948966), x);
        r = FusedMultiplyAdd(n, Create(-6.123233995736766e-17), r);
        r = FusedMultiplyAdd(n, Create(1.4973849048591698e-33), r);
        var z = r * r;
        var s = FusedMultiplyAdd(z, Create(1.58969099521155010221e-10), Create(-2.50507602534068634195e-08));
        s = FusedMultiplyAdd(z, s, Create(2.75573137070700676789e-06));
        s = FusedMultiplyAdd(z, s, Create(-1.98412698298579493134e-04));
        s = FusedMultiplyAdd(z, s, Create(8.33333333332248946124e-03));
        s = FusedMultiplyAdd(z, s, Create(-1.66666666666666324348e-01));
        sine = FusedMultiplyAdd(z * r, s, r);
        var c = FusedMultiplyAdd(z, Create(-1.13596475577881948265e-11), Create(2.08757232129817482790e-09));
        c = FusedMultiplyAdd(z, c, Create(-2.75573143513906633035e-07));
        c = FusedMultiplyAdd(z, c, Create(2.48015872894767294178e-05));
        c = FusedMultiplyAdd(z, c, Create(-1.38888888888741095749e-03));
        c = FusedMultiplyAdd(z, c, Create(4.16666666666666019037e-02));
        cosine = FusedMultiplyAdd(z * z, c, FusedMultiplyAdd(z, Create(-0.5), F64.One));
    }

    [MethodImpl(Inline)]
    private static F32 Turned(F32 x, I32 turn)
    {
        Circular(x, out var quadrant, out var sine, out var cosine);
        return Turned(quadrant + turn, sine, cosine);
    }

    [MethodImpl(Inline)]
    private static void Circular(F32 x, out I32 quadrant, out F32 sine, out F32 cosine)
    {
        var r = Rest(x, out quadrant);
        var z = r * r;
        var s = FusedMultiplyAdd(z, FusedMultiplyAdd(z, Create(-1.9515295891E-4f), Create(8.3321608736E-3f)), Create(-1.6666654611E-1f));
        sine = FusedMultiplyAdd(z * r, s, r);
        var c = FusedMultiplyAdd(z, FusedMultiplyAdd(z, Create(2.443315711809948E-5f), Create(-1.388731625493765E-3f)), Create(4.166664568298827E-2f));
        cosine = FusedMultiplyAdd(z * z, c, FusedMultiplyAdd(z, Create(-0.5f), F32.One));
    }

    [MethodImpl(Inline)]
    private static F32 Turned(I32 quadrant, F32 sine, F32 cosine)
    {
        var odd = Vector512.Equals(quadrant & I32.One, I32.One).AsSingle();
        var negative = (quadrant & Create(2)) << 30;
        return (ConditionalSelect(odd, cosine, sine).AsInt32() ^ negative).AsSingle();
    }

    [MethodImpl(Inline)]
    private static F32 Rest(F32 x, out I32 quadrant)
    {
        var n = FusedMultiplyAdd(x, Create(0.63661977236758134f), Create(RoundToIntegerSingle));
        quadrant = n.AsInt32();
        n -= Create(RoundToIntegerSingle);
        var r = FusedMultiplyAdd(n, Create(-1.57079637f), x);
        r = FusedMultiplyAdd(n, Create(4.37113883e-08f), r);
        return FusedMultiplyAdd(n, Create(1.71512451e-15f), r);
    }
}
