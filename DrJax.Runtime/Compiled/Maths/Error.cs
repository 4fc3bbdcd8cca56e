using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The error function and its complement: fdlibm's rational approximations in four pieces of |x|, as one quotient of polynomials whose coefficients each
/// lane chooses.
/// </content>
internal static unsafe partial class Maths512
{
    // erf 1, to the digits of a float.
    private const double ErfAtOne = 8.45062911510467529297e-01;

    private const double ErfNear = 0.84375;
    private const double ErfMiddle = 1.25;
    private const double ErfFar = 1 / 0.35;

    [MethodImpl(Called)]
    public static F64 Erf(F64 x)
    {
        var ratio = ErfRatio(x, out var a, out var near, out var middle);
        var tail = ErfcTail(a, ratio);
        var y = ConditionalSelect(near, FusedMultiplyAdd(a, ratio, a), ConditionalSelect(middle, Create(ErfAtOne) + ratio, F64.One - tail));
        return ConditionalSelect(Vector512.Equals(x, x), CopySign(y, x), x);
    }

    [MethodImpl(Called)]
    public static F64 Erfc(F64 x)
    {
        var ratio = ErfRatio(x, out var a, out var near, out var middle);
        var tail = ErfcTail(a, ratio);
        var isNegative = LessThan(x, F64.Zero);
        // Beyond 1/4 the difference from 1/2 is the exact one.
        var inner = ConditionalSelect(LessThan(x, Create(0.25)), F64.One - FusedMultiplyAdd(x, ratio, x), Create(0.5) - FusedMultiplyAdd(x, ratio, x - Create(0.5)));
        var middling = Create(ErfAtOne) + ratio;
        middling = ConditionalSelect(isNegative, F64.One + middling, Create(1 - ErfAtOne) - ratio);
        var y = ConditionalSelect(near, inner, ConditionalSelect(middle, middling, ConditionalSelect(isNegative, Create(2.0) - tail, tail)));
        return ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    // erfc a for a of at least 1.25: e^(-a^2) in two parts, of which the first is exact.
    [MethodImpl(Inline)]
    private static F64 ErfcTail(F64 a, F64 ratio)
    {
        var z = (a.AsInt64() & Create(unchecked((long)0xFFFFFFFF00000000))).AsDouble();
        return Exp(FusedMultiplyAdd(-z, z, Create(-0.5625))) * Exp(FusedMultiplyAdd(z - a, z + a, ratio)) / a;
    }

    // The quotient of the piece in which each lane lies.
    [MethodImpl(Inline)]
    private static F64 ErfRatio(F64 x, out F64 a, out F64 near, out F64 middle)
    {
        a = MinNative(Abs(x), Create(28.0));
        near = LessThan(a, Create(ErfNear));
        middle = LessThan(a, Create(ErfMiddle));
        var first = LessThan(a, Create(ErfFar));
        var t = ConditionalSelect(near, a * a, ConditionalSelect(middle, a - F64.One, F64.One / (a * a)));
        var (inNear, inMiddle) = (near, middle);

        F64 Piece(F64 nearest, F64 middling, F64 far, F64 farthest) => ConditionalSelect(inNear, nearest, ConditionalSelect(inMiddle, middling, ConditionalSelect(first, far, farthest)));

        var p = Piece(F64.Zero, F64.Zero, Create(-9.81432934416914548592e+00), F64.Zero);
        p = FusedMultiplyAdd(p, t, Piece(F64.Zero, Create(-2.16637559486879084300e-03), Create(-8.12874355063065934246e+01), Create(-4.83519191608651397019e+02)));
        p = FusedMultiplyAdd(p, t, Piece(F64.Zero, Create(3.54783043256182359371e-02), Create(-1.84605092906711035994e+02), Create(-1.02509513161107724954e+03)));
        p = FusedMultiplyAdd(p, t, Piece(Create(-2.37630166566501626084e-05), Create(-1.10894694282396677476e-01), Create(-1.62396669462573470355e+02), Create(-6.37566443368389627722e+02)));
        p = FusedMultiplyAdd(p, t, Piece(Create(-5.77027029648944159157e-03), Create(3.18346619901161753674e-01), Create(-6.23753324503260060396e+01), Create(-1.60636384855821916062e+02)));
        p = FusedMultiplyAdd(p, t, Piece(Create(-2.84817495755985104766e-02), Create(-3.72207876035701323847e-01), Create(-1.05586262253232909814e+01), Create(-1.77579549177547519889e+01)));
        p = FusedMultiplyAdd(p, t, Piece(Create(-3.25042107247001499370e-01), Create(4.14856118683748331666e-01), Create(-6.93858572707181764372e-01), Create(-7.99283237680523006574e-01)));
        p = FusedMultiplyAdd(p, t, Piece(Create(1.28379167095512558561e-01), Create(-2.36211856075265944077e-03), Create(-9.86494403484714822705e-03), Create(-9.86494292470009928597e-03)));

        var q = Piece(F64.Zero, F64.Zero, Create(-6.04244152148580987438e-02), F64.Zero);
        q = FusedMultiplyAdd(q, t, Piece(F64.Zero, F64.Zero, Create(6.57024977031928170135e+00), Create(-2.24409524465858183362e+01)));
        q = FusedMultiplyAdd(q, t, Piece(F64.Zero, Create(1.19844998467991074170e-02), Create(1.08635005541779435134e+02), Create(4.74528541206955367215e+02)));
        q = FusedMultiplyAdd(q, t, Piece(Create(-3.96022827877536812320e-06), Create(1.36370839120290507362e-02), Create(4.29008140027567833386e+02), Create(2.55305040643316442583e+03)));
        q = FusedMultiplyAdd(q, t, Piece(Create(1.32494738004321644526e-04), Create(1.26171219808761642112e-01), Create(6.45387271733267880336e+02), Create(3.19985821950859553908e+03)));
        q = FusedMultiplyAdd(q, t, Piece(Create(5.08130628187576562776e-03), Create(7.18286544141962662868e-02), Create(4.34565877475229228821e+02), Create(1.53672958608443695994e+03)));
        q = FusedMultiplyAdd(q, t, Piece(Create(6.50222499887672944485e-02), Create(5.40397917702171048937e-01), Create(1.37657754143519042600e+02), Create(3.25792512996573918826e+02)));
        q = FusedMultiplyAdd(q, t, Piece(Create(3.97917223959155352819e-01), Create(1.06420880400844228286e-01), Create(1.96512716674392571292e+01), Create(3.03380607434824582924e+01)));
        q = FusedMultiplyAdd(q, t, F64.One);
        return p / q;
    }
}
