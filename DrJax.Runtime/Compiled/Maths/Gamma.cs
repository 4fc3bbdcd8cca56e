using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// log|gamma|: from 1 to 2.5 a polynomial times its zeros; from 8 on Stirling's series; between them and below by gamma(x + 1) = x gamma(x), so that one
/// logarithm serves every lane. What lies below -1/2 is reflected, lane by lane.
/// </content>
internal static unsafe partial class Maths512
{
    private const double LogGammaLarge = 8;
    private const double LogGammaReflected = -0.5;

    [MethodImpl(Called)]
    public static F64 LogGamma(F64 x) => LogGammaBeyond(x, LogGammaOf(LogGammaArgument(x)));

    [MethodImpl(Called)]
    public static F32 LogGamma(F32 x) => Narrow(LogGamma(WidenLower(x)), LogGamma(WidenUpper(x)));

    [MethodImpl(Called)]
    private static F64 LogGammaOf(F64 x)
    {
        // Down to 2.5 at most, six steps from 8.
        var (rest, product) = (x, F64.One);
        for (var step = 0; step < 6; step++)
        {
            var above = GreaterThan(rest, Create(2.5));
            rest -= above & F64.One;
            product = ConditionalSelect(above, product * rest, product);
        }

        var isLarge = GreaterThanOrEqual(x, Create(LogGammaLarge));
        var isBelowOne = LessThan(x, F64.One);
        var isNegative = LessThan(x, F64.Zero);
        product = ConditionalSelect(isBelowOne, ConditionalSelect(isNegative, Abs(x) * (F64.One + x), x), product);
        var log = Log(ConditionalSelect(isLarge, x, product));
        var z = rest - ConditionalSelect(isNegative, F64.Zero, ConditionalSelect(isBelowOne, F64.One, Create(2.0)));
        var y = LogGammaNearTwo(z) + ConditionalSelect(isBelowOne, -log, log);
        return ConditionalSelect(isLarge, FusedMultiplyAdd(x - Create(0.5), log - F64.One, StirlingRest(x)), y);
    }

    // log gamma(2 + z) for z from -1 to 1/2, with its zeros at -1 and 0 as factors.
    [MethodImpl(Inline)]
    private static F64 LogGammaNearTwo(F64 z)
    {
        var w = z * z;
        var odd = FusedMultiplyAdd(w, Create(-5.0333679908980265e-08), Create(-3.7814202659040305e-07));
        odd = FusedMultiplyAdd(w, odd, Create(2.706202119469775e-07));
        odd = FusedMultiplyAdd(w, odd, Create(-1.6181561940631366e-08));
        odd = FusedMultiplyAdd(w, odd, Create(-2.8215132323806475e-07));
        odd = FusedMultiplyAdd(w, odd, Create(-8.128176469759143e-07));
        odd = FusedMultiplyAdd(w, odd, Create(-3.856386692853585e-06));
        odd = FusedMultiplyAdd(w, odd, Create(-1.7660464078492022e-05));
        odd = FusedMultiplyAdd(w, odd, Create(-8.309522576251193e-05));
        odd = FusedMultiplyAdd(w, odd, Create(-0.0004057073925797602));
        odd = FusedMultiplyAdd(w, odd, Create(-0.002108130834094256));
        odd = FusedMultiplyAdd(w, odd, Create(-0.012384192193369387));
        odd = FusedMultiplyAdd(w, odd, Create(-0.10031730167435393));
        var even = FusedMultiplyAdd(w, Create(-2.2345770987940995e-07), Create(-1.619069145820239e-07));
        even = FusedMultiplyAdd(w, even, Create(3.9269789138390237e-07));
        even = FusedMultiplyAdd(w, even, Create(-1.0721529042883901e-07));
        even = FusedMultiplyAdd(w, even, Create(4.4976613556741953e-07));
        even = FusedMultiplyAdd(w, even, Create(1.804859872937288e-06));
        even = FusedMultiplyAdd(w, even, Create(8.221470195131457e-06));
        even = FusedMultiplyAdd(w, even, Create(3.816908370478108e-05));
        even = FusedMultiplyAdd(w, even, Create(0.00018255261911445797));
        even = FusedMultiplyAdd(w, even, Create(0.0009153769232804247));
        even = FusedMultiplyAdd(w, even, Create(0.004998641164671971));
        even = FusedMultiplyAdd(w, even, Create(0.03296500062115606));
        even = FusedMultiplyAdd(w, even, Create(0.42278433509846713));
        return z * (z + F64.One) * FusedMultiplyAdd(z, odd, even);
    }

    // What log gamma exceeds (x - 1/2) (log x - 1) by: (log 2 pi - 1) / 2 and the series of B(2k) / (2k (2k - 1) x^(2k - 1)).
    [MethodImpl(Inline)]
    private static F64 StirlingRest(F64 x)
    {
        var inverse = F64.One / x;
        var w = inverse * inverse;
        var s = FusedMultiplyAdd(w, Create(-0.029550653594771242), Create(0.00641025641025641));
        s = FusedMultiplyAdd(w, s, Create(-0.0019175269175269176));
        s = FusedMultiplyAdd(w, s, Create(0.0008417508417508417));
        s = FusedMultiplyAdd(w, s, Create(-0.0005952380952380953));
        s = FusedMultiplyAdd(w, s, Create(0.0007936507936507937));
        s = FusedMultiplyAdd(w, s, Create(-0.002777777777777778));
        s = FusedMultiplyAdd(w, s, Create(0.08333333333333333));
        return FusedMultiplyAdd(s, inverse, Create(0.4189385332046727));
    }
}
