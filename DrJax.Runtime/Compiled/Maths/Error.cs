using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The error function and its complement: below 1 erf is x times a polynomial in x^2; erfc is exp(-x^2) / (1 + 2 x) times a polynomial in
/// (x - c) / (x + c), which maps the half-line to an interval (M. M. Shepherd and J. G. Laframboise, Chebyshev approximation of (1 + 2x) exp(x^2) erfc x,
/// 1981). The coefficients are least-error fits.
/// </content>
internal static unsafe partial class Maths512
{
    [MethodImpl(Entry)]
    public static F64 Erf(F64 x)
    {
        var a = Abs(x);
        var y = ConditionalSelect(LessThan(a, F64.One), ErfOf(a), F64.One - ErfcOf(a));
        return ConditionalSelect(Vector512.Equals(x, x), CopySign(y, x), x);
    }

    [MethodImpl(Entry)]
    public static F64 Erfc(F64 x)
    {
        var a = Abs(x);
        var y = ConditionalSelect(LessThan(a, Create(0.65)), F64.One - ErfOf(a), ErfcOf(a));
        y = ConditionalSelect(LessThan(x, F64.Zero), Create(2.0) - y, AndNot(y, LessThan(y, Create(MinNormal))));
        return ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    // erf a for a of at most 1.
    [MethodImpl(Inline)]
    private static F64 ErfOf(F64 a)
    {
        var z = a * a;
        var w = z * z;
        var even = FusedMultiplyAdd(w, Create(5.957176147746114e-11), Create(1.4659775274046955e-08));
        even = FusedMultiplyAdd(w, even, Create(1.6461000484121361e-06));
        even = FusedMultiplyAdd(w, even, Create(0.0001205533111164271));
        even = FusedMultiplyAdd(w, even, Create(0.0052239776248180145));
        even = FusedMultiplyAdd(w, even, Create(0.11283791670954879));
        var odd = FusedMultiplyAdd(w, Create(-1.1372848856789924e-09), Create(-1.6350312701054618e-07));
        odd = FusedMultiplyAdd(w, odd, Create(-1.4925595266831182e-05));
        odd = FusedMultiplyAdd(w, odd, Create(-0.000854832698083379));
        odd = FusedMultiplyAdd(w, odd, Create(-0.026866170645076792));
        odd = FusedMultiplyAdd(w, odd, Create(-0.3761263890318375));
        return FusedMultiplyAdd(a, FusedMultiplyAdd(z, odd, FusedMultiplyAdd(w, even, Create(0.1283791670955126))), a);
    }

    // erfc a for a of at least 1/2; a^2 enters with what its rounding dropped.
    [MethodImpl(Inline)]
    private static F64 ErfcOf(F64 a)
    {
        a = MinNative(a, Create(28.0));
        var square = a * a;
        var e = ExpInParts(-square, FusedMultiplyAdd(-a, a, square));
        var q = (a - Create(4.0)) / (a + Create(4.0));
        var w = q * q;
        var odd = FusedMultiplyAdd(w, Create(1.2868186391484246e-09), Create(-1.408922730961662e-08));
        odd = FusedMultiplyAdd(w, odd, Create(1.0993980640840464e-07));
        odd = FusedMultiplyAdd(w, odd, Create(-8.252727493350701e-07));
        odd = FusedMultiplyAdd(w, odd, Create(5.709629675261918e-06));
        odd = FusedMultiplyAdd(w, odd, Create(-2.4399172870686758e-05));
        odd = FusedMultiplyAdd(w, odd, Create(-0.00019925670474788313));
        odd = FusedMultiplyAdd(w, odd, Create(0.005031969979399385));
        odd = FusedMultiplyAdd(w, odd, Create(0.037167515537377856));
        odd = FusedMultiplyAdd(w, odd, Create(0.09373283499835361));
        odd = FusedMultiplyAdd(w, odd, Create(0.06809705425469259));
        odd = FusedMultiplyAdd(w, odd, Create(-0.13962111684056253));
        var even = FusedMultiplyAdd(w, Create(1.9389565991275174e-09), Create(-1.8184199806971624e-08));
        even = FusedMultiplyAdd(w, even, Create(7.491789135082537e-08));
        even = FusedMultiplyAdd(w, even, Create(2.936688030676073e-07));
        even = FusedMultiplyAdd(w, even, Create(-1.1222015496282597e-05));
        even = FusedMultiplyAdd(w, even, Create(0.00015062169462125237));
        even = FusedMultiplyAdd(w, even, Create(-0.0007577732983635298));
        even = FusedMultiplyAdd(w, even, Create(-0.016197734055679282));
        even = FusedMultiplyAdd(w, even, Create(-0.06633036581244672));
        even = FusedMultiplyAdd(w, even, Create(-0.10103906603629266));
        even = FusedMultiplyAdd(w, even, Create(0.015379652102619523));
        var p = Create(1.2329951186255526) + FusedMultiplyAdd(w, even, FusedMultiplyAdd(q, odd, Create(-4.486650284471049e-17)));
        return e * (p / FusedMultiplyAdd(Create(2.0), a, F64.One));
    }
}
