using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// The scalar operations over lanes, under the names of <see cref="ScalarMath"/>: 8 lanes of <see cref="double"/>, 16 of <see cref="float"/>.
/// Every lane is computed by the same instructions, so a result does not depend on its neighbours or on its place.
/// </summary>
/// <remarks>
/// Exponentials, logarithms, sin and cos are inlined: called instead, they cost 1.1 to 4 times as much, since a call passes vectors through
/// the stack (which is not aligned for them) and keeps none of the caller's in registers.
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

    public static Vector512<double> Tan(Vector512<double> x) => Each(x, &ScalarMath.Tan);

    public static Vector512<float> Tan(Vector512<float> x) => Each(x, &ScalarMath.Tan);

    public static Vector512<double> Sinh(Vector512<double> x) => Each(x, &ScalarMath.Sinh);

    public static Vector512<float> Sinh(Vector512<float> x) => Each(x, &ScalarMath.Sinh);

    public static Vector512<double> Cosh(Vector512<double> x) => Each(x, &ScalarMath.Cosh);

    public static Vector512<float> Cosh(Vector512<float> x) => Each(x, &ScalarMath.Cosh);

    public static Vector512<double> Asin(Vector512<double> x) => Each(x, &ScalarMath.Asin);

    public static Vector512<float> Asin(Vector512<float> x) => Each(x, &ScalarMath.Asin);

    public static Vector512<double> Acos(Vector512<double> x) => Each(x, &ScalarMath.Acos);

    public static Vector512<float> Acos(Vector512<float> x) => Each(x, &ScalarMath.Acos);

    public static Vector512<double> Atan(Vector512<double> x) => Each(x, &ScalarMath.Atan);

    public static Vector512<float> Atan(Vector512<float> x) => Each(x, &ScalarMath.Atan);

    public static Vector512<double> Asinh(Vector512<double> x) => Each(x, &ScalarMath.Asinh);

    public static Vector512<float> Asinh(Vector512<float> x) => Each(x, &ScalarMath.Asinh);

    public static Vector512<double> Acosh(Vector512<double> x) => Each(x, &ScalarMath.Acosh);

    public static Vector512<float> Acosh(Vector512<float> x) => Each(x, &ScalarMath.Acosh);

    public static Vector512<double> Atanh(Vector512<double> x) => Each(x, &ScalarMath.Atanh);

    public static Vector512<float> Atanh(Vector512<float> x) => Each(x, &ScalarMath.Atanh);

    public static Vector512<double> Cbrt(Vector512<double> x) => Each(x, &ScalarMath.Cbrt);

    public static Vector512<float> Cbrt(Vector512<float> x) => Each(x, &ScalarMath.Cbrt);

    public static Vector512<double> Atan2(Vector512<double> y, Vector512<double> x) => Each(y, x, &ScalarMath.Atan2);

    public static Vector512<float> Atan2(Vector512<float> y, Vector512<float> x) => Each(y, x, &ScalarMath.Atan2);

    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) => Each(x, y, &ScalarMath.Pow);

    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y) => Each(x, y, &ScalarMath.Pow);

    public static Vector512<double> LogGamma(Vector512<double> x) => Each(x, &ScalarMath.LogGamma);

    public static Vector512<float> LogGamma(Vector512<float> x) => Each(x, &ScalarMath.LogGamma);

    public static Vector512<double> Polygamma(Vector512<double> n, Vector512<double> x) => Each(n, x, &ScalarMath.Polygamma);

    public static Vector512<float> Polygamma(Vector512<float> n, Vector512<float> x) => Each(n, x, &ScalarMath.Polygamma);

    [MethodImpl(MethodImplOptions.NoInlining)]
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

    [MethodImpl(MethodImplOptions.NoInlining)]
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

    // Literals and the fused step of every polynomial

    [MethodImpl(Inline)]
    private static Vector512<double> C(double value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    private static Vector512<float> C(float value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    private static Vector512<double> Fma(Vector512<double> x, Vector512<double> y, Vector512<double> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);

    [MethodImpl(Inline)]
    private static Vector512<float> Fma(Vector512<float> x, Vector512<float> y, Vector512<float> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);

    [MethodImpl(Inline)]
    private static Vector512<double> Where(Vector512<double> mask, Vector512<double> x, Vector512<double> y) =>
        Vector512.ConditionalSelect(mask, x, y);

    [MethodImpl(Inline)]
    private static Vector512<float> Where(Vector512<float> mask, Vector512<float> x, Vector512<float> y) =>
        Vector512.ConditionalSelect(mask, x, y);
}
