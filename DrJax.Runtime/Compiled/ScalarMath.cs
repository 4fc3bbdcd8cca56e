using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>The scalar operations, in float64 and float32, under the names that <see cref="VecMath"/> gives them over lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ScalarMath
{
    public static double Exp(double x) => Math.Exp(x);

    public static float Exp(float x) => MathF.Exp(x);

    public static double Log(double x) => Math.Log(x);

    public static float Log(float x) => MathF.Log(x);

    public static double Sin(double x) => Math.Sin(x);

    public static float Sin(float x) => MathF.Sin(x);

    public static double Cos(double x) => Math.Cos(x);

    public static float Cos(float x) => MathF.Cos(x);

    public static double Tan(double x) => Math.Tan(x);

    public static float Tan(float x) => MathF.Tan(x);

    public static double Sinh(double x) => Math.Sinh(x);

    public static float Sinh(float x) => MathF.Sinh(x);

    public static double Cosh(double x) => Math.Cosh(x);

    public static float Cosh(float x) => MathF.Cosh(x);

    public static double Asin(double x) => Math.Asin(x);

    public static float Asin(float x) => MathF.Asin(x);

    public static double Acos(double x) => Math.Acos(x);

    public static float Acos(float x) => MathF.Acos(x);

    public static double Atan(double x) => Math.Atan(x);

    public static float Atan(float x) => MathF.Atan(x);

    public static double Asinh(double x) => Math.Asinh(x);

    public static float Asinh(float x) => MathF.Asinh(x);

    public static double Acosh(double x) => Math.Acosh(x);

    public static float Acosh(float x) => MathF.Acosh(x);

    public static double Atanh(double x) => Math.Atanh(x);

    public static float Atanh(float x) => MathF.Atanh(x);

    public static double Cbrt(double x) => Math.Cbrt(x);

    public static float Cbrt(float x) => MathF.Cbrt(x);

    public static double Sqrt(double x) => Math.Sqrt(x);

    public static float Sqrt(float x) => MathF.Sqrt(x);

    public static double Abs(double x) => Math.Abs(x);

    public static float Abs(float x) => MathF.Abs(x);

    public static double Tanh(double x) => Math.Tanh(x);

    public static float Tanh(float x) => MathF.Tanh(x);

    public static double Floor(double x) => Math.Floor(x);

    public static float Floor(float x) => MathF.Floor(x);

    public static double Ceiling(double x) => Math.Ceiling(x);

    public static float Ceiling(float x) => MathF.Ceiling(x);

    public static double Round(double x) => Math.Round(x);

    public static float Round(float x) => MathF.Round(x);

    public static double Truncate(double x) => Math.Truncate(x);

    public static float Truncate(float x) => MathF.Truncate(x);

    public static double Pow(double x, double y) => Math.Pow(x, y);

    public static float Pow(float x, float y) => MathF.Pow(x, y);

    public static double Atan2(double y, double x) => Math.Atan2(y, x);

    public static float Atan2(float y, float x) => MathF.Atan2(y, x);

    public static double Max(double x, double y) => Math.Max(x, y);

    public static float Max(float x, float y) => MathF.Max(x, y);

    public static double Min(double x, double y) => Math.Min(x, y);

    public static float Min(float x, float y) => MathF.Min(x, y);

    public static double Neg(double x) => -x;

    public static float Neg(float x) => -x;

    /// <summary>-1, 0 or 1; a zero keeps its sign, NaN stays NaN.</summary>
    public static double Sign(double x) => Math.Abs(x) > 0 ? Math.CopySign(1, x) : x;

    /// <summary>-1, 0 or 1; a zero keeps its sign, NaN stays NaN.</summary>
    public static float Sign(float x) => MathF.Abs(x) > 0 ? MathF.CopySign(1, x) : x;

    /// <summary>exp(x) - 1 with every digit for small x: (u - 1) x / log u, u = exp(x), in which the errors of u cancel.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-5)
        {
            return x + (x * x * (0.5 + (x * (1.0 / 6))));
        }

        var u = Math.Exp(x);
        if (Math.Abs(x) > 0.7 || double.IsNaN(x))
        {
            return u - 1;
        }

        return (u - 1) * x / Math.Log(u);
    }

    /// <inheritdoc cref="Expm1(double)"/>
    public static float Expm1(float x) => (float)Expm1((double)x);

    /// <summary>log(1 + x) with every digit for small x: log(u) x / (u - 1), u = 1 + x, in which the rounding of u cancels.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <inheritdoc cref="Log1p(double)"/>
    public static float Log1p(float x) => (float)Log1p((double)x);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    /// <summary>log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc cref="Softplus(double)"/>
    public static float Softplus(float x) => (float)Softplus((double)x);

    // Integers wrap on overflow, as C#'s unchecked arithmetic and the lanes do.

    public static int Abs(int x) => x < 0 ? unchecked(-x) : x;

    public static int Neg(int x) => unchecked(-x);

    public static int Sign(int x) => Math.Sign(x);

    public static int Max(int x, int y) => Math.Max(x, y);

    public static int Min(int x, int y) => Math.Min(x, y);
}
