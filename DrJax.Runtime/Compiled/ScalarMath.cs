using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>The scalar operations, in float64 and float32, under the names that <see cref="VecMath"/> gives them over lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ScalarMath
{
    public static double Sqrt(double x) => Math.Sqrt(x);

    public static float Sqrt(float x) => MathF.Sqrt(x);

    public static double Abs(double x) => Math.Abs(x);

    public static float Abs(float x) => MathF.Abs(x);

    public static double Floor(double x) => Math.Floor(x);

    public static float Floor(float x) => MathF.Floor(x);

    public static double Ceiling(double x) => Math.Ceiling(x);

    public static float Ceiling(float x) => MathF.Ceiling(x);

    public static double Round(double x) => Math.Round(x);

    public static float Round(float x) => MathF.Round(x);

    public static double Truncate(double x) => Math.Truncate(x);

    public static float Truncate(float x) => MathF.Truncate(x);

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

    // Integers wrap on overflow, as C#'s unchecked arithmetic and the lanes do.

    public static int Abs(int x) => x < 0 ? unchecked(-x) : x;

    public static int Neg(int x) => unchecked(-x);

    public static int Sign(int x) => Math.Sign(x);

    public static int Max(int x, int y) => Math.Max(x, y);

    public static int Min(int x, int y) => Math.Min(x, y);
}
