using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>The error function and its complement in float32: rounded from float64, where polynomials of float32's precision suffice.</content>
internal static unsafe partial class Maths512
{
    [MethodImpl(Entry)]
    public static F32 Erf(F32 x)
    {
        var y = Narrow(ErfOfSingle(WidenLower(x)), ErfOfSingle(WidenUpper(x)));
        return ConditionalSelect(Vector512.Equals(x, x), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F32 Erfc(F32 x)
    {
        var y = Narrow(ErfcOfSingle(WidenLower(x)), ErfcOfSingle(WidenUpper(x)));
        return ConditionalSelect(Vector512.Equals(x, x), AndNot(y, LessThan(y, Create(MinNormalSingle))), x);
    }

    // |erf x|
    [MethodImpl(Inline)]
    private static F64 ErfOfSingle(F64 x)
    {
        var a = Abs(x);
        var z = a * a;
        var p = FusedMultiplyAdd(z, Create(7.87587506268201e-05), Create(-0.0008016864287164737));
        p = FusedMultiplyAdd(z, p, Create(0.005189087423433832));
        p = FusedMultiplyAdd(z, p, Create(-0.02685421201062633));
        p = FusedMultiplyAdd(z, p, Create(0.11283594715160215));
        p = FusedMultiplyAdd(z, p, Create(-0.3761262666672033));
        p = FusedMultiplyAdd(z, p, Create(1.1283791658483509));
        return ConditionalSelect(LessThan(a, F64.One), a * p, F64.One - ErfcTail(a));
    }

    [MethodImpl(Inline)]
    private static F64 ErfcOfSingle(F64 x)
    {
        var y = ErfcTail(Abs(x));
        return ConditionalSelect(LessThan(x, F64.Zero), Create(2.0) - y, y);
    }

    // erfc a for a of at least 0, with one division for both quotients.
    [MethodImpl(Inline)]
    private static F64 ErfcTail(F64 a)
    {
        a = MinNative(a, Create(11.0));
        var e = Exp2Of(a * a * Create(-Log2E));
        var twice = FusedMultiplyAdd(Create(2.0), a, F64.One);
        var inverse = F64.One / ((a + Create(2.0)) * twice);
        var q = (a - Create(2.0)) * twice * inverse;
        var w = q * q;
        var odd = FusedMultiplyAdd(w, Create(8.53021006815688e-05), Create(-0.00040218772669638577));
        odd = FusedMultiplyAdd(w, odd, Create(0.0012499134666166937));
        odd = FusedMultiplyAdd(w, odd, Create(-0.008029415788945173));
        odd = FusedMultiplyAdd(w, odd, Create(0.16405082494228265));
        odd = FusedMultiplyAdd(w, odd, Create(-0.09276381282322581));
        var even = FusedMultiplyAdd(w, Create(0.0001806155660103852), Create(-0.0014332903149113206));
        even = FusedMultiplyAdd(w, even, Create(0.008714032310588935));
        even = FusedMultiplyAdd(w, even, Create(-0.054218644935356324));
        even = FusedMultiplyAdd(w, even, Create(-0.1660304722539396));
        even = FusedMultiplyAdd(w, even, Create(1.2769783821740113));
        return e * (FusedMultiplyAdd(q, odd, even) * ((a + Create(2.0)) * inverse));
    }
}
