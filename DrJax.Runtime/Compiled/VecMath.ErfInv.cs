using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The inverse of the error function: the polynomials of <see cref="ScalarMath"/>. Those beyond the first are for one number in some hundreds, so they
/// are computed only where a lane needs them. Called, not inlined: a logarithm and up to three polynomials would crowd a kernel.
/// </content>
public static unsafe partial class VecMath
{
    /// <inheritdoc cref="ScalarMath.ErfInv(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F64 ErfInv(F64 x)
    {
        var w = -Log1p(-(x * x));
        var p = Falling(ScalarMath.ErfInvNear, w - C(ScalarMath.ErfInvCentreOfW));
        var near = Vector512.LessThan(w, C(ScalarMath.ErfInvMiddle));
        if (Simd.Any(~near))
        {
            var root = Vector512.Sqrt(w);
            var further = Where(Vector512.LessThan(w, C(ScalarMath.ErfInvTail)),
                Falling(ScalarMath.ErfInvFurther, root - C(ScalarMath.ErfInvCentreOfMiddle)), Falling(ScalarMath.ErfInvFarthest, root - C(ScalarMath.ErfInvCentreOfTail)));
            p = Where(near, p, Where(Vector512.Equals(w, C(double.PositiveInfinity)), w, further));
        }
        return x * p;
    }

    /// <inheritdoc cref="ScalarMath.ErfInv(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static F32 ErfInv(F32 x)
    {
        var w = -Log1p(-(x * x));
        var p = Falling(ScalarMath.ErfInvNearSingle, w - C(ScalarMath.ErfInvCentreOfWSingle));
        var near = Vector512.LessThan(w, C(ScalarMath.ErfInvTailSingle));
        if (Simd.Any(~near))
        {
            var further = Falling(ScalarMath.ErfInvFurtherSingle, Vector512.Sqrt(w) - C(ScalarMath.ErfInvCentreOfTailSingle));
            p = Where(near, p, Where(Vector512.Equals(w, C(float.PositiveInfinity)), w, further));
        }
        return x * p;
    }

    [MethodImpl(Inline)]
    private static F64 Falling(ReadOnlySpan<double> coefficients, F64 x)
    {
        var p = C(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++) p = Fma(p, x, C(coefficients[i]));
        return p;
    }

    [MethodImpl(Inline)]
    private static F32 Falling(ReadOnlySpan<float> coefficients, F32 x)
    {
        var p = C(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++) p = Fma(p, x, C(coefficients[i]));
        return p;
    }
}
