using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace DrJax.Compiled;

/// <summary>
/// The transcendental functions over lanes. This text is written once and built at three widths: the project makes Maths256 and Maths128 of it, which serve
/// hardware without 512 bits and <see cref="ScalarMath"/>. So every lane of every width has the same bits, and so has the scalar function.
/// </summary>
/// <remarks>
/// Plain intrinsics, few wrappers: in a kernel with dozens of these functions inlined every wrapper costs compile time, and the compiler's patience is
/// limited. NaN passes a clamp as its second operand.
/// </remarks>
[SkipLocalsInit] // or the copies of WithOutside would be cleared on the way of every vector
internal static unsafe partial class Maths512
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

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
}
