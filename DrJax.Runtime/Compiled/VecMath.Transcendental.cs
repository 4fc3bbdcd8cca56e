using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>The transcendental functions: those of the hardware's width. Errors are those in float64; in float32 they are the same or less.</content>
public static unsafe partial class VecMath
{
    /// <summary>At most 1 ulp where the exponential is a normal number; 0 below, +inf above.</summary>
    [MethodImpl(Inline)]
    public static F64 Exp(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Exp(x) : Halves(x, &Maths256.Exp);

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Exp(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Exp(x) : Halves(x, &Maths256.Exp);

    /// <summary>exp(x) - 1 with every digit for small x: at most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Expm1(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Expm1(x) : Halves(x, &Maths256.Expm1);

    /// <inheritdoc cref="Expm1(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Expm1(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Expm1(x) : Halves(x, &Maths256.Expm1);

    /// <summary>At most 1 ulp; log 0 = -inf, negative and NaN give NaN.</summary>
    [MethodImpl(Inline)]
    public static F64 Log(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Log(x) : Halves(x, &Maths256.Log);

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Log(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Log(x) : Halves(x, &Maths256.Log);

    /// <summary>log(1 + x) with every digit for small x: at most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Log1p(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Log1p(x) : Halves(x, &Maths256.Log1p);

    /// <inheritdoc cref="Log1p(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Log1p(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Log1p(x) : Halves(x, &Maths256.Log1p);

    /// <summary>1 / (1 + exp(-x)), at most 2 ulp; 0 where exp(x) is.</summary>
    [MethodImpl(Inline)]
    public static F64 Sigmoid(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Sigmoid(x) : Halves(x, &Maths256.Sigmoid);

    /// <inheritdoc cref="Sigmoid(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Sigmoid(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Sigmoid(x) : Halves(x, &Maths256.Sigmoid);

    /// <summary>At most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Tanh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Tanh(x) : Halves(x, &Maths256.Tanh);

    /// <inheritdoc cref="Tanh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Tanh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Tanh(x) : Halves(x, &Maths256.Tanh);

    /// <summary>log(1 + exp(x)), at most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Softplus(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Softplus(x) : Halves(x, &Maths256.Softplus);

    /// <inheritdoc cref="Softplus(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Softplus(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Softplus(x) : Halves(x, &Maths256.Softplus);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Sin(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Sin(x) : Halves(x, &Maths256.Sin);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Sin(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Sin(x) : Halves(x, &Maths256.Sin);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Cos(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Cos(x) : Halves(x, &Maths256.Cos);

    /// <inheritdoc cref="Cos(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Cos(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Cos(x) : Halves(x, &Maths256.Cos);

    /// <summary>Sine and cosine, each with the bits that it has alone.</summary>
    [MethodImpl(Inline)]
    public static (F64 Sin, F64 Cos) SinCos(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.SinCos(x) : (Sin(x), Cos(x));

    /// <inheritdoc cref="SinCos(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static (F32 Sin, F32 Cos) SinCos(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.SinCos(x) : (Sin(x), Cos(x));

    /// <summary>At most 3.5 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Tan(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Tan(x) : Halves(x, &Maths256.Tan);

    /// <inheritdoc cref="Tan(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Tan(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Tan(x) : Halves(x, &Maths256.Tan);

    /// <summary>At most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Sinh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Sinh(x) : Halves(x, &Maths256.Sinh);

    /// <inheritdoc cref="Sinh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Sinh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Sinh(x) : Halves(x, &Maths256.Sinh);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Cosh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Cosh(x) : Halves(x, &Maths256.Cosh);

    /// <inheritdoc cref="Cosh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Cosh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Cosh(x) : Halves(x, &Maths256.Cosh);

    /// <summary>At most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Asin(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Asin(x) : Halves(x, &Maths256.Asin);

    /// <inheritdoc cref="Asin(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Asin(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Asin(x) : Halves(x, &Maths256.Asin);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Acos(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Acos(x) : Halves(x, &Maths256.Acos);

    /// <inheritdoc cref="Acos(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Acos(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Acos(x) : Halves(x, &Maths256.Acos);

    /// <summary>At most 2.5 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Atan(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Atan(x) : Halves(x, &Maths256.Atan);

    /// <inheritdoc cref="Atan(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Atan(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Atan(x) : Halves(x, &Maths256.Atan);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Asinh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Asinh(x) : Halves(x, &Maths256.Asinh);

    /// <inheritdoc cref="Asinh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Asinh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Asinh(x) : Halves(x, &Maths256.Asinh);

    /// <summary>At most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Acosh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Acosh(x) : Halves(x, &Maths256.Acosh);

    /// <inheritdoc cref="Acosh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Acosh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Acosh(x) : Halves(x, &Maths256.Acosh);

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Atanh(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Atanh(x) : Halves(x, &Maths256.Atanh);

    /// <inheritdoc cref="Atanh(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Atanh(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Atanh(x) : Halves(x, &Maths256.Atanh);

    /// <summary>At most 1 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Cbrt(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Cbrt(x) : Halves(x, &Maths256.Cbrt);

    /// <inheritdoc cref="Cbrt(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Cbrt(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Cbrt(x) : Halves(x, &Maths256.Cbrt);

    /// <summary>At most 1.5 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Erf(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Erf(x) : Halves(x, &Maths256.Erf);

    /// <inheritdoc cref="Erf(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Erf(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Erf(x) : Halves(x, &Maths256.Erf);

    /// <summary>At most 4 ulp; 0 where it is less than the least normal number.</summary>
    [MethodImpl(Inline)]
    public static F64 Erfc(F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Erfc(x) : Halves(x, &Maths256.Erfc);

    /// <inheritdoc cref="Erfc(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Erfc(F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Erfc(x) : Halves(x, &Maths256.Erfc);

    /// <summary>The y with erf(y) = x, at most 5 ulp: infinite at -1 and 1, NaN outside.</summary>
    [MethodImpl(Inline)]
    public static F64 ErfInv(F64 x) => Vector512.IsHardwareAccelerated ? Call(x, &ErfInv) : Halves(x, &Maths256.ErfInv);

    /// <inheritdoc cref="ErfInv(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 ErfInv(F32 x) => Vector512.IsHardwareAccelerated ? Call(x, &ErfInv) : Halves(x, &Maths256.ErfInv);

    /// <summary>log|gamma(x)|, at most 4 ulp for x above 0; +inf at the poles 0, -1, -2, ...</summary>
    [MethodImpl(Inline)]
    public static F64 LogGamma(F64 x) => Vector512.IsHardwareAccelerated ? Call(x, &LogGamma) : Halves(x, &Maths256.LogGamma);

    /// <inheritdoc cref="LogGamma(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 LogGamma(F32 x) => Vector512.IsHardwareAccelerated ? Call(x, &LogGamma) : Halves(x, &Maths256.LogGamma);

    /// <summary>x to the power of y, at most 2 ulp, where it is a normal number; 0 below.</summary>
    [MethodImpl(Inline)]
    public static F64 Pow(F64 x, F64 y) => Vector512.IsHardwareAccelerated ? Call(x, y, &Pow) : Halves(x, y, &Maths256.Pow);

    /// <inheritdoc cref="Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Pow(F32 x, F32 y) => Vector512.IsHardwareAccelerated ? Call(x, y, &Pow) : Halves(x, y, &Maths256.Pow);

    /// <summary>The angle of the point (x, y), at most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Atan2(F64 y, F64 x) => Vector512.IsHardwareAccelerated ? Maths512.Atan2(y, x) : Halves(y, x, &Maths256.Atan2);

    /// <inheritdoc cref="Atan2(Vector512{double}, Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Atan2(F32 y, F32 x) => Vector512.IsHardwareAccelerated ? Maths512.Atan2(y, x) : Halves(y, x, &Maths256.Atan2);

    [MethodImpl(Inline)]
    private static Vector512<T> Halves<T>(Vector512<T> x, delegate*<Vector256<T>, Vector256<T>> function) =>
        Vector512.Create(function(x.GetLower()), function(x.GetUpper()));

    [MethodImpl(Inline)]
    private static Vector512<T> Halves<T>(Vector512<T> x, Vector512<T> y, delegate*<Vector256<T>, Vector256<T>, Vector256<T>> function) =>
        Vector512.Create(function(x.GetLower(), y.GetLower()), function(x.GetUpper(), y.GetUpper()));
}
