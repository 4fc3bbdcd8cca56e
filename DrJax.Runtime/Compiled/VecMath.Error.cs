using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The error function and its complement: the four pieces of <see cref="ScalarMath.Erf(double)"/> are one quotient of polynomials whose
/// coefficients each lane chooses. Called, not inlined: they are long enough.
/// </content>
public static unsafe partial class VecMath
{
    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F64 Erf(F64 x)
    {
        var ratio = ErfRatio(x, out var a, out var near, out var middle);
        var tail = ErfcTail(a, ratio);
        var y = Where(near, Fma(a, ratio, a), Where(middle, C(ScalarMath.ErfAtOne) + ratio, F64.One - tail));
        return Where(Vector512.Equals(x, x), Vector512.CopySign(y, x), x);
    }

    /// <summary>At most 4 ulp; 0 where it is less than the least normal number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F64 Erfc(F64 x)
    {
        var ratio = ErfRatio(x, out var a, out var near, out var middle);
        var tail = ErfcTail(a, ratio);
        var isNegative = Vector512.LessThan(x, F64.Zero);
        // Beyond 1/4 the difference from 1/2 is the exact one.
        var inner = Where(Vector512.LessThan(x, C(0.25)), F64.One - Fma(x, ratio, x), C(0.5) - Fma(x, ratio, x - C(0.5)));
        var middling = C(ScalarMath.ErfAtOne) + ratio;
        middling = Where(isNegative, F64.One + middling, C(1 - ScalarMath.ErfAtOne) - ratio);
        var y = Where(near, inner, Where(middle, middling, Where(isNegative, C(2.0) - tail, tail)));
        return Where(Vector512.Equals(x, x), y, x);
    }

    /// <summary>Rounded from float64.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F32 Erf(F32 x) => Narrow(Erf(Lower(x)), Erf(Upper(x)));

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F32 Erfc(F32 x) => Narrow(Erfc(Lower(x)), Erfc(Upper(x)));

    private static F64 Lower(F32 x) => Vector512.WidenLower(x);

    private static F64 Upper(F32 x) => Vector512.WidenUpper(x);

    private static F32 Narrow(F64 lower, F64 upper) => Vector512.Narrow(lower, upper);

    // erfc a for a of at least 1.25: e^(-a^2) in two parts, of which the first is exact.
    [MethodImpl(Inline)]
    private static F64 ErfcTail(F64 a, F64 ratio)
    {
        var z = (a.AsInt64() & Vector512.Create(unchecked((long)0xFFFFFFFF00000000))).AsDouble();
        return Exp(Fma(-z, z, C(-0.5625))) * Exp(Fma(z - a, z + a, ratio)) / a;
    }

    // The quotient of the piece in which each lane lies.
    [MethodImpl(Inline)]
    private static F64 ErfRatio(F64 x, out F64 a, out F64 near, out F64 middle)
    {
        a = Vector512.MinNative(Vector512.Abs(x), C(28.0));
        near = Vector512.LessThan(a, C(ScalarMath.ErfNear));
        middle = Vector512.LessThan(a, C(ScalarMath.ErfMiddle));
        var first = Vector512.LessThan(a, C(ScalarMath.ErfFar));
        var t = Where(near, a * a, Where(middle, a - F64.One, F64.One / (a * a)));
        var (inNear, inMiddle) = (near, middle);

        F64 Piece(F64 nearest, F64 middling, F64 far, F64 farthest) => Where(inNear, nearest, Where(inMiddle, middling, Where(first, far, farthest)));

        var p = Piece(F64.Zero, F64.Zero, C(-9.81432934416914548592e+00), F64.Zero);
        p = Fma(p, t, Piece(F64.Zero, C(-2.16637559486879084300e-03), C(-8.12874355063065934246e+01), C(-4.83519191608651397019e+02)));
        p = Fma(p, t, Piece(F64.Zero, C(3.54783043256182359371e-02), C(-1.84605092906711035994e+02), C(-1.02509513161107724954e+03)));
        p = Fma(p, t, Piece(C(-2.37630166566501626084e-05), C(-1.10894694282396677476e-01), C(-1.62396669462573470355e+02), C(-6.37566443368389627722e+02)));
        p = Fma(p, t, Piece(C(-5.77027029648944159157e-03), C(3.18346619901161753674e-01), C(-6.23753324503260060396e+01), C(-1.60636384855821916062e+02)));
        p = Fma(p, t, Piece(C(-2.84817495755985104766e-02), C(-3.72207876035701323847e-01), C(-1.05586262253232909814e+01), C(-1.77579549177547519889e+01)));
        p = Fma(p, t, Piece(C(-3.25042107247001499370e-01), C(4.14856118683748331666e-01), C(-6.93858572707181764372e-01), C(-7.99283237680523006574e-01)));
        p = Fma(p, t, Piece(C(1.28379167095512558561e-01), C(-2.36211856075265944077e-03), C(-9.86494403484714822705e-03), C(-9.86494292470009928597e-03)));

        var q = Piece(F64.Zero, F64.Zero, C(-6.04244152148580987438e-02), F64.Zero);
        q = Fma(q, t, Piece(F64.Zero, F64.Zero, C(6.57024977031928170135e+00), C(-2.24409524465858183362e+01)));
        q = Fma(q, t, Piece(F64.Zero, C(1.19844998467991074170e-02), C(1.08635005541779435134e+02), C(4.74528541206955367215e+02)));
        q = Fma(q, t, Piece(C(-3.96022827877536812320e-06), C(1.36370839120290507362e-02), C(4.29008140027567833386e+02), C(2.55305040643316442583e+03)));
        q = Fma(q, t, Piece(C(1.32494738004321644526e-04), C(1.26171219808761642112e-01), C(6.45387271733267880336e+02), C(3.19985821950859553908e+03)));
        q = Fma(q, t, Piece(C(5.08130628187576562776e-03), C(7.18286544141962662868e-02), C(4.34565877475229228821e+02), C(1.53672958608443695994e+03)));
        q = Fma(q, t, Piece(C(6.50222499887672944485e-02), C(5.40397917702171048937e-01), C(1.37657754143519042600e+02), C(3.25792512996573918826e+02)));
        q = Fma(q, t, Piece(C(3.97917223959155352819e-01), C(1.06420880400844228286e-01), C(1.96512716674392571292e+01), C(3.03380607434824582924e+01)));
        q = Fma(q, t, F64.One);
        return p / q;
    }
}
