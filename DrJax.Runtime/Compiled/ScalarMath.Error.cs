namespace DrJax.Compiled;

/// <content>
/// The error function and its complement: fdlibm's rational approximations in four pieces of |x|, with fused steps.
/// </content>
public static partial class ScalarMath
{
    /// <summary>erf 1, to the digits of a <see cref="float"/>.</summary>
    internal const double ErfAtOne = 8.45062911510467529297e-01;

    internal const double ErfNear = 0.84375;
    internal const double ErfMiddle = 1.25;
    internal const double ErfFar = 1 / 0.35;

    /// <summary>Beyond this erfc is less than the least normal number.</summary>
    internal const double ErfcLast = 26.54;

    // (erf x - x) / x for |x| < 0.84375, in x^2.
    private static ReadOnlySpan<double> ErfNearP =>
    [
        1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02, -5.77027029648944159157e-03,
        -2.37630166566501626084e-05,
    ];

    private static ReadOnlySpan<double> ErfNearQ =>
    [
        1, 3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03,
        1.32494738004321644526e-04, -3.96022827877536812320e-06,
    ];

    // erf x - erf 1 up to 1.25, in |x| - 1.
    private static ReadOnlySpan<double> ErfMiddleP =>
    [
        -2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01, 3.18346619901161753674e-01,
        -1.10894694282396677476e-01, 3.54783043256182359371e-02, -2.16637559486879084300e-03,
    ];

    private static ReadOnlySpan<double> ErfMiddleQ =>
    [
        1, 1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02,
        1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02,
    ];

    // log(x e^(x^2) erfc x) + 0.5625 up to 1/0.35 and beyond, in 1/x^2.
    private static ReadOnlySpan<double> ErfcFirstP =>
    [
        -9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01, -6.23753324503260060396e+01,
        -1.62396669462573470355e+02, -1.84605092906711035994e+02, -8.12874355063065934246e+01, -9.81432934416914548592e+00,
    ];

    private static ReadOnlySpan<double> ErfcFirstQ =>
    [
        1, 1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02,
        6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02, 6.57024977031928170135e+00,
        -6.04244152148580987438e-02,
    ];

    private static ReadOnlySpan<double> ErfcLastP =>
    [
        -9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01, -1.60636384855821916062e+02,
        -6.37566443368389627722e+02, -1.02509513161107724954e+03, -4.83519191608651397019e+02,
    ];

    private static ReadOnlySpan<double> ErfcLastQ =>
    [
        1, 3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03,
        3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02, -2.24409524465858183362e+01,
    ];

    /// <summary>2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        return a < ErfNear ? x + (x * ErfNearRatio(x)) : a >= ErfMiddle ? Math.CopySign(1 - ErfcTail(a), x) : double.IsNaN(x) ? x : Math.CopySign(ErfAtOne + ErfMiddleRatio(a), x);
    }

    /// <inheritdoc cref="Erf(double)"/>
    public static float Erf(float x) => (float)Erf((double)x);

    /// <summary>1 - erf x, which keeps its digits where it is small.</summary>
    public static double Erfc(double x)
    {
        var a = Math.Abs(x);
        if (a < ErfNear)
        {
            // Beyond 1/4 the difference from 1/2 is the exact one.
            return x < 0.25 ? 1 - (x + (x * ErfNearRatio(x))) : 0.5 - (x - 0.5 + (x * ErfNearRatio(x)));
        }

        if (a >= ErfMiddle)
        {
            return x > 0 ? ErfcTail(a) : 2 - ErfcTail(a);
        }

        return double.IsNaN(x) ? x : x > 0 ? 1 - ErfAtOne - ErfMiddleRatio(a) : 1 + (ErfAtOne + ErfMiddleRatio(a));
    }

    /// <inheritdoc cref="Erfc(double)"/>
    public static float Erfc(float x) => (float)Erfc((double)x);

    private static double ErfNearRatio(double x) => Horner(ErfNearP, x * x) / Horner(ErfNearQ, x * x);

    private static double ErfMiddleRatio(double a) => Horner(ErfMiddleP, a - 1) / Horner(ErfMiddleQ, a - 1);

    // erfc a for a of at least 1.25: e^(-a^2) in two parts, of which the first is exact.
    private static double ErfcTail(double a)
    {
        if (a > 28)
        {
            return 0;
        }

        var s = 1 / (a * a);
        var ratio = a < ErfFar ? Horner(ErfcFirstP, s) / Horner(ErfcFirstQ, s) : Horner(ErfcLastP, s) / Horner(ErfcLastQ, s);
        var z = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) & unchecked((long)0xFFFFFFFF00000000));
        return Math.Exp((-z * z) - 0.5625) * Math.Exp(((z - a) * (z + a)) + ratio) / a;
    }
}
