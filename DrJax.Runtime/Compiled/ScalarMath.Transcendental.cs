using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>The transcendental functions: one lane of those that kernels use, to the last bit.</content>
public static partial class ScalarMath
{
    // Compiled at once, not by tiers: kernels call them from loops that are.
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    /// <inheritdoc cref="VecMath.Exp(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Exp(double x) => Maths128.Exp(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Exp(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Exp(float x) => Maths128.Exp(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Expm1(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Expm1(double x) => Maths128.Expm1(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Expm1(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Expm1(float x) => Maths128.Expm1(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Log(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Log(double x) => Maths128.Log(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Log(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Log(float x) => Maths128.Log(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Log1p(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Log1p(double x) => Maths128.Log1p(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Log1p(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Log1p(float x) => Maths128.Log1p(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sigmoid(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Sigmoid(double x) => Maths128.Sigmoid(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sigmoid(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Sigmoid(float x) => Maths128.Sigmoid(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Tanh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Tanh(double x) => Maths128.Tanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Tanh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Tanh(float x) => Maths128.Tanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Softplus(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Softplus(double x) => Maths128.Softplus(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Softplus(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Softplus(float x) => Maths128.Softplus(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sin(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Sin(double x) => Maths128.Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sin(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Sin(float x) => Maths128.Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cos(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Cos(double x) => Maths128.Cos(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cos(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Cos(float x) => Maths128.Cos(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Tan(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Tan(double x) => Maths128.Tan(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Tan(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Tan(float x) => Maths128.Tan(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sinh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Sinh(double x) => Maths128.Sinh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Sinh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Sinh(float x) => Maths128.Sinh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cosh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Cosh(double x) => Maths128.Cosh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cosh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Cosh(float x) => Maths128.Cosh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Asin(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Asin(double x) => Maths128.Asin(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Asin(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Asin(float x) => Maths128.Asin(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Acos(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Acos(double x) => Maths128.Acos(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Acos(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Acos(float x) => Maths128.Acos(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Atan(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Atan(double x) => Maths128.Atan(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Atan(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Atan(float x) => Maths128.Atan(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Asinh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Asinh(double x) => Maths128.Asinh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Asinh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Asinh(float x) => Maths128.Asinh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Acosh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Acosh(double x) => Maths128.Acosh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Acosh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Acosh(float x) => Maths128.Acosh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Atanh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Atanh(double x) => Maths128.Atanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Atanh(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Atanh(float x) => Maths128.Atanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cbrt(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Cbrt(double x) => Maths128.Cbrt(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Cbrt(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Cbrt(float x) => Maths128.Cbrt(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Erf(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Erf(double x) => Maths128.Erf(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Erf(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Erf(float x) => Maths128.Erf(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Erfc(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Erfc(double x) => Maths128.Erfc(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Erfc(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Erfc(float x) => Maths128.Erfc(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.ErfInv(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double ErfInv(double x) => Maths128.ErfInv(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.ErfInv(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float ErfInv(float x) => Maths128.ErfInv(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.LogGamma(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double LogGamma(double x) => Maths128.LogGamma(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.LogGamma(Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float LogGamma(float x) => (float)LogGamma((double)x);

    /// <inheritdoc cref="VecMath.Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Pow(double x, double y) => Maths128.Pow(Vector128.CreateScalar(x), Vector128.CreateScalar(y)).ToScalar();

    /// <inheritdoc cref="VecMath.Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Pow(float x, float y) => Maths128.Pow(Vector128.CreateScalar(x), Vector128.CreateScalar(y)).ToScalar();

    /// <inheritdoc cref="VecMath.Atan2(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static double Atan2(double y, double x) => Maths128.Atan2(Vector128.CreateScalar(y), Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="VecMath.Atan2(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Optimized)]
    public static float Atan2(float y, float x) => Maths128.Atan2(Vector128.CreateScalar(y), Vector128.CreateScalar(x)).ToScalar();
}
