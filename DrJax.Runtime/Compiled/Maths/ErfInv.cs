using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The inverse of the error function: the polynomials of <see cref="ScalarMath"/>. Those beyond the first are for one number in some hundreds, so they
/// are computed only where a lane needs them. w is the logarithm of a product, not of 1 - x²: near 1 the square has lost the digits that count.
/// </content>
internal static unsafe partial class Maths512
{
    [MethodImpl(Called)]
    public static F64 ErfInv(F64 x)
    {
        var w = -Log((F64.One - x) * (F64.One + x));
        var p = Falling(ScalarMath.ErfInvNear, w - Create(ScalarMath.ErfInvCentreOfW));
        var near = LessThan(w, Create(ScalarMath.ErfInvMiddle));
        if ((~near).ExtractMostSignificantBits() != 0)
        {
            var root = Sqrt(w);
            var further = ConditionalSelect(LessThan(w, Create(ScalarMath.ErfInvTail)),
                Falling(ScalarMath.ErfInvFurther, root - Create(ScalarMath.ErfInvCentreOfMiddle)), Falling(ScalarMath.ErfInvFarthest, root - Create(ScalarMath.ErfInvCentreOfTail)));
            p = ConditionalSelect(near, p, ConditionalSelect(Vector512.Equals(w, Create(double.PositiveInfinity)), w, further));
        }
        return x * p;
    }

    [MethodImpl(Called)]
    public static F32 ErfInv(F32 x)
    {
        var w = -Log((F32.One - x) * (F32.One + x));
        var p = Falling(ScalarMath.ErfInvNearSingle, w - Create(ScalarMath.ErfInvCentreOfWSingle));
        var near = LessThan(w, Create(ScalarMath.ErfInvTailSingle));
        if ((~near).ExtractMostSignificantBits() != 0)
        {
            var further = Falling(ScalarMath.ErfInvFurtherSingle, Sqrt(w) - Create(ScalarMath.ErfInvCentreOfTailSingle));
            p = ConditionalSelect(near, p, ConditionalSelect(Vector512.Equals(w, Create(float.PositiveInfinity)), w, further));
        }
        return x * p;
    }

    [MethodImpl(Inline)]
    private static F64 Falling(ReadOnlySpan<double> coefficients, F64 x)
    {
        var p = Create(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++) p = FusedMultiplyAdd(p, x, Create(coefficients[i]));
        return p;
    }

    [MethodImpl(Inline)]
    private static F32 Falling(ReadOnlySpan<float> coefficients, F32 x)
    {
        var p = Create(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++) p = FusedMultiplyAdd(p, x, Create(coefficients[i]));
        return p;
    }
}
