using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// The scalar operations over lanes, under the names of <see cref="ScalarMath"/>: 8 lanes of <see cref="double"/>, 16 of <see cref="float"/>.
/// Every lane is computed by the same instructions, so a result does not depend on its neighbours or on its place.
/// </summary>
/// <remarks>
/// Exponentials, logarithms, sin and cos are inlined where a vector is one register: called instead, they cost 1.1 to 4 times as much, since a call
/// passes vectors through the stack (which is not aligned for them) and keeps none of the caller's in registers.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class VecMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // One instruction or a few

    [MethodImpl(Inline)]
    public static Vector512<double> Sqrt(Vector512<double> x) => Vector512.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Sqrt(Vector512<float> x) => Vector512.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector512<double> Abs(Vector512<double> x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Abs(Vector512<float> x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static Vector512<double> Neg(Vector512<double> x) => -x;

    [MethodImpl(Inline)]
    public static Vector512<float> Neg(Vector512<float> x) => -x;

    [MethodImpl(Inline)]
    public static Vector512<double> Sign(Vector512<double> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(Vector512.Abs(x), Vector512<double>.Zero), Vector512.CopySign(Vector512<double>.One, x), x);

    [MethodImpl(Inline)]
    public static Vector512<float> Sign(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(Vector512.Abs(x), Vector512<float>.Zero), Vector512.CopySign(Vector512<float>.One, x), x);

    [MethodImpl(Inline)]
    public static Vector512<double> Floor(Vector512<double> x) => Vector512.Floor(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Floor(Vector512<float> x) => Vector512.Floor(x);

    [MethodImpl(Inline)]
    public static Vector512<double> Ceiling(Vector512<double> x) => Vector512.Ceiling(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Ceiling(Vector512<float> x) => Vector512.Ceiling(x);

    [MethodImpl(Inline)]
    public static Vector512<double> Round(Vector512<double> x) => Vector512.Round(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Round(Vector512<float> x) => Vector512.Round(x);

    [MethodImpl(Inline)]
    public static Vector512<double> Truncate(Vector512<double> x) => Vector512.Truncate(x);

    [MethodImpl(Inline)]
    public static Vector512<float> Truncate(Vector512<float> x) => Vector512.Truncate(x);

    /// <summary>A NaN in either operand gives NaN; +0 is above -0 (as <see cref="Math.Max(double, double)"/>).</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> Max(Vector512<double> x, Vector512<double> y) => Vector512.Max(x, y);

    /// <inheritdoc cref="Max(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Inline)]
    public static Vector512<float> Max(Vector512<float> x, Vector512<float> y) => Vector512.Max(x, y);

    /// <summary>A NaN in either operand gives NaN; -0 is below +0 (as <see cref="Math.Min(double, double)"/>).</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> Min(Vector512<double> x, Vector512<double> y) => Vector512.Min(x, y);

    /// <inheritdoc cref="Min(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Inline)]
    public static Vector512<float> Min(Vector512<float> x, Vector512<float> y) => Vector512.Min(x, y);

    // Lane by lane

    public static Vector512<double> Polygamma(Vector512<double> n, Vector512<double> x) => Each(n, x, &ScalarMath.Polygamma);

    public static Vector512<float> Polygamma(Vector512<float> n, Vector512<float> x) => Each(n, x, &ScalarMath.Polygamma);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Each<T>(Vector512<T> x, delegate*<T, T> function)
        where T : unmanaged
    {
        var lanes = (T*)&x;
        for (var i = 0; i < Vector512<T>.Count; i++)
        {
            lanes[i] = function(lanes[i]);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Each<T>(Vector512<T> x, Vector512<T> y, delegate*<T, T, T> function)
        where T : unmanaged
    {
        var left = (T*)&x;
        var right = (T*)&y;
        for (var i = 0; i < Vector512<T>.Count; i++)
        {
            left[i] = function(left[i], right[i]);
        }

        return x;
    }
}
