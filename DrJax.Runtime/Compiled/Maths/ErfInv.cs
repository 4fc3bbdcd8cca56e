using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The inverse of the error function: x times a polynomial in w = -ln(1 - x²) near 0, or in √w further out (M. Giles, Approximating the erfinv function,
/// GPU Computing Gems, volume 2, 2011). Those beyond the first are for one number in some hundreds, so they are computed only where a lane needs them. w is
/// the logarithm of a product, not of 1 - x²: near 1 the square has lost the digits that count.
/// </content>
internal static unsafe partial class Maths512
{
    // What the polynomials are off by on average, relative, measured against exact values: less than a digit of a result, but more than its rounding is worth.
    private const double NearBias = 7e-17;
    private const double FurtherBias = -7e-17;

    [MethodImpl(Called)]
    public static F64 ErfInv(F64 x)
    {
        var w = -Log((F64.One - x) * (F64.One + x));
        var p = ErfInvNear(w - Create(3.125));
        var near = LessThan(w, Create(6.25));
        var bias = Create(NearBias);
        if (LessThanAll(w, Create(6.25)))
        {
            return FusedMultiplyAdd(x, p, x * p * bias);
        }

        // The result is about as large as the root, and would show its rounding.
        var root = Sqrt(w);
        var rest = FusedMultiplyAdd(-root, root, w) / (root + root);
        var further = ConditionalSelect(LessThan(w, Create(16.0)),
            ErfInvFurther(root - Create(3.25) + rest), ErfInvFarthest(root - Create(5.0) + rest));
        p = ConditionalSelect(near, p, further);
        bias = ConditionalSelect(near, bias, Create(FurtherBias));
        return ConditionalSelect(Vector512.Equals(w, Create(double.PositiveInfinity)), x * w, FusedMultiplyAdd(x, p, x * p * bias));
    }

    [MethodImpl(Called)]
    public static F32 ErfInv(F32 x)
    {
        var w = -Log((F32.One - x) * (F32.One + x));
        var p = ErfInvNear(w - Create(2.5f));
        var near = LessThan(w, Create(5f));
        if (!LessThanAll(w, Create(5f)))
        {
            var further = ErfInvFurther(Sqrt(w) - Create(3f));
            p = ConditionalSelect(near, p, ConditionalSelect(Vector512.Equals(w, Create(float.PositiveInfinity)), w, further));
        }
        return x * p;
    }

    [MethodImpl(Inline)]
    private static F64 ErfInvNear(F64 x)
    {
        var p = FusedMultiplyAdd(Create(-3.6444120640178196996e-21), x, Create(-1.685059138182016589e-19));
        p = FusedMultiplyAdd(p, x, Create(1.2858480715256400167e-18));
        p = FusedMultiplyAdd(p, x, Create(1.115787767802518096e-17));
        p = FusedMultiplyAdd(p, x, Create(-1.333171662854620906e-16));
        p = FusedMultiplyAdd(p, x, Create(2.0972767875968561637e-17));
        p = FusedMultiplyAdd(p, x, Create(6.6376381343583238325e-15));
        p = FusedMultiplyAdd(p, x, Create(-4.0545662729752068639e-14));
        p = FusedMultiplyAdd(p, x, Create(-8.1519341976054721522e-14));
        p = FusedMultiplyAdd(p, x, Create(2.6335093153082322977e-12));
        p = FusedMultiplyAdd(p, x, Create(-1.2975133253453532498e-11));
        p = FusedMultiplyAdd(p, x, Create(-5.4154120542946279317e-11));
        p = FusedMultiplyAdd(p, x, Create(1.051212273321532285e-09));
        p = FusedMultiplyAdd(p, x, Create(-4.1126339803469836976e-09));
        p = FusedMultiplyAdd(p, x, Create(-2.9070369957882005086e-08));
        p = FusedMultiplyAdd(p, x, Create(4.2347877827932403518e-07));
        p = FusedMultiplyAdd(p, x, Create(-1.3654692000834678645e-06));
        p = FusedMultiplyAdd(p, x, Create(-1.3882523362786468719e-05));
        p = FusedMultiplyAdd(p, x, Create(0.0001867342080340571352));
        p = FusedMultiplyAdd(p, x, Create(-0.00074070253416626697512));
        p = FusedMultiplyAdd(p, x, Create(-0.0060336708714301490533));
        p = FusedMultiplyAdd(p, x, Create(0.24015818242558961693));
        return FusedMultiplyAdd(p, x, Create(1.6536545626831027356));
    }

    [MethodImpl(Inline)]
    private static F64 ErfInvFurther(F64 x)
    {
        var p = FusedMultiplyAdd(Create(2.2137376921775787049e-09), x, Create(9.0756561938885390979e-08));
        p = FusedMultiplyAdd(p, x, Create(-2.7517406297064545428e-07));
        p = FusedMultiplyAdd(p, x, Create(1.8239629214389227755e-08));
        p = FusedMultiplyAdd(p, x, Create(1.5027403968909827627e-06));
        p = FusedMultiplyAdd(p, x, Create(-4.013867526981545969e-06));
        p = FusedMultiplyAdd(p, x, Create(2.9234449089955446044e-06));
        p = FusedMultiplyAdd(p, x, Create(1.2475304481671778723e-05));
        p = FusedMultiplyAdd(p, x, Create(-4.7318229009055733981e-05));
        p = FusedMultiplyAdd(p, x, Create(6.8284851459573175448e-05));
        p = FusedMultiplyAdd(p, x, Create(2.4031110387097893999e-05));
        p = FusedMultiplyAdd(p, x, Create(-0.0003550375203628474796));
        p = FusedMultiplyAdd(p, x, Create(0.00095328937973738049703));
        p = FusedMultiplyAdd(p, x, Create(-0.0016882755560235047313));
        p = FusedMultiplyAdd(p, x, Create(0.0024914420961078508066));
        p = FusedMultiplyAdd(p, x, Create(-0.0037512085075692412107));
        p = FusedMultiplyAdd(p, x, Create(0.005370914553590063617));
        p = FusedMultiplyAdd(p, x, Create(1.0052589676941592334));
        return FusedMultiplyAdd(p, x, Create(3.0838856104922207635));
    }

    [MethodImpl(Inline)]
    private static F64 ErfInvFarthest(F64 x)
    {
        var p = FusedMultiplyAdd(Create(-2.7109920616438573243e-11), x, Create(-2.5556418169965252055e-10));
        p = FusedMultiplyAdd(p, x, Create(1.5076572693500548083e-09));
        p = FusedMultiplyAdd(p, x, Create(-3.7894654401267369937e-09));
        p = FusedMultiplyAdd(p, x, Create(7.6157012080783393804e-09));
        p = FusedMultiplyAdd(p, x, Create(-1.4960026627149240478e-08));
        p = FusedMultiplyAdd(p, x, Create(2.9147953450901080826e-08));
        p = FusedMultiplyAdd(p, x, Create(-6.7711997758452339498e-08));
        p = FusedMultiplyAdd(p, x, Create(2.2900482228026654717e-07));
        p = FusedMultiplyAdd(p, x, Create(-9.9298272942317002539e-07));
        p = FusedMultiplyAdd(p, x, Create(4.5260625972231537039e-06));
        p = FusedMultiplyAdd(p, x, Create(-1.9681778105531670567e-05));
        p = FusedMultiplyAdd(p, x, Create(7.5995277030017761139e-05));
        p = FusedMultiplyAdd(p, x, Create(-0.00021503011930044477347));
        p = FusedMultiplyAdd(p, x, Create(-0.00013871931833623122026));
        p = FusedMultiplyAdd(p, x, Create(1.0103004648645343977));
        return FusedMultiplyAdd(p, x, Create(4.8499064014085844221));
    }

    [MethodImpl(Inline)]
    private static F32 ErfInvNear(F32 x)
    {
        var p = FusedMultiplyAdd(Create(2.81022636e-08f), x, Create(3.43273939e-07f));
        p = FusedMultiplyAdd(p, x, Create(-3.5233877e-06f));
        p = FusedMultiplyAdd(p, x, Create(-4.39150654e-06f));
        p = FusedMultiplyAdd(p, x, Create(0.00021858087f));
        p = FusedMultiplyAdd(p, x, Create(-0.00125372503f));
        p = FusedMultiplyAdd(p, x, Create(-0.00417768164f));
        p = FusedMultiplyAdd(p, x, Create(0.246640727f));
        return FusedMultiplyAdd(p, x, Create(1.50140941f));
    }

    [MethodImpl(Inline)]
    private static F32 ErfInvFurther(F32 x)
    {
        var p = FusedMultiplyAdd(Create(-0.000200214257f), x, Create(0.000100950558f));
        p = FusedMultiplyAdd(p, x, Create(0.00134934322f));
        p = FusedMultiplyAdd(p, x, Create(-0.00367342844f));
        p = FusedMultiplyAdd(p, x, Create(0.00573950773f));
        p = FusedMultiplyAdd(p, x, Create(-0.0076224613f));
        p = FusedMultiplyAdd(p, x, Create(0.00943887047f));
        p = FusedMultiplyAdd(p, x, Create(1.00167406f));
        return FusedMultiplyAdd(p, x, Create(2.83297682f));
    }
}
