using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <summary>
/// The transcendental functions over lanes. This text is written once and built at three widths: the project makes Maths256 and Maths128 of it, which serve
/// hardware without 512 bits and <see cref="ScalarMath"/>. So every lane of every width has the same bits, and so has the scalar function. But for this
/// file it is built a fourth time for plain numbers, which is what devices compile.
/// </summary>
/// <remarks>
/// Plain intrinsics, few wrappers: in a kernel with dozens of these functions inlined every wrapper costs compile time, and the compiler's patience is
/// limited. NaN passes a clamp as its second operand.
/// </remarks>
[SkipLocalsInit] // or the copies of WithOutside would be cleared on the way of every vector
internal static unsafe partial class Maths512
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Whose rounding is made up for later: never fused with a sum.

    [MethodImpl(Inline)]
    private static F64 Product(F64 x, F64 y) => x * y;

    [MethodImpl(Inline)]
    private static F32 Product(F32 x, F32 y) => x * y;

    // The rare lanes for which y, what the lanes' formula gave at x, does not hold.

    [MethodImpl(Inline)]
    private static F64 SinBeyond(F64 x, F64 y) => WithOutside(x, y, CircularLimit, &Math.Sin);

    [MethodImpl(Inline)]
    private static F64 CosBeyond(F64 x, F64 y) => WithOutside(x, y, CircularLimit, &Math.Cos);

    [MethodImpl(Inline)]
    private static F64 TanBeyond(F64 x, F64 y) => WithOutside(x, y, CircularLimit, &Math.Tan);

    [MethodImpl(Inline)]
    private static F32 SinBeyond(F32 x, F32 y) => WithOutside(x, y, CircularLimitSingle, &MathF.Sin);

    [MethodImpl(Inline)]
    private static F32 CosBeyond(F32 x, F32 y) => WithOutside(x, y, CircularLimitSingle, &MathF.Cos);

    [MethodImpl(Inline)]
    private static F32 TanBeyond(F32 x, F32 y) => WithOutside(x, y, CircularLimitSingle, &MathF.Tan);

    [MethodImpl(Inline)]
    private static F64 LogGammaArgument(F64 x) => x;

    [MethodImpl(Inline)]
    private static F64 LogGammaBeyond(F64 x, F64 y)
    {
        if (LessThanAny(x, Create(LogGammaReflected)))
        {
            var (from, to) = (x, y);
            Reflect((double*)&from, (double*)&to);
            y = to;
        }

        return y;
    }

    /// <summary>For the rare lane that goes through a scalar function: it takes addresses of copies, so the operands themselves stay in registers.</summary>
    [MethodImpl(Inline)]
    private static Vector512<T> WithOutside<T>(Vector512<T> x, Vector512<T> y, T limit, delegate*<T, T> function)
        where T : unmanaged, INumber<T>
    {
        if (GreaterThanAny(Abs(x), Create(limit)))
        {
            var (from, to) = (x, y);
            Outside((T*)&from, (T*)&to, limit, function);
            y = to;
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Outside<T>(T* x, T* y, T limit, delegate*<T, T> function)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < Vector512<T>.Count; i++)
        {
            if (T.Abs(x[i]) > limit)
            {
                y[i] = function(x[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Reflect(double* x, double* y)
    {
        for (var i = 0; i < F64.Count; i++)
        {
            if (x[i] < LogGammaReflected)
            {
                y[i] = ScalarMath.ReflectedLogGamma(x[i]);
            }
        }
    }
}
