using System.ComponentModel;

namespace DrJax.Compiled.Devices;

/// <summary>
/// The scalar operations as devices compute them, under the names of <see cref="ScalarMath"/> and with its bits, but that the device's compiler may fuse a
/// product with a sum. All of it is C# that ILGPU compiles.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceMath
{
    public static double Sqrt(double x) => Math.Sqrt(x);

    public static float Sqrt(float x) => MathF.Sqrt(x);

    public static double Abs(double x) => Lane.Abs(x);

    public static float Abs(float x) => Lane.Abs(x);

    public static double CopySign(double x, double sign) => Lane.CopySign(x, sign);

    public static float CopySign(float x, float sign) => Lane.CopySign(x, sign);

    public static double Floor(double x) => Lane.CopySign(Math.Floor(x), x);

    public static float Floor(float x) => Lane.CopySign(MathF.Floor(x), x);

    public static double Ceiling(double x) => Lane.CopySign(Math.Ceiling(x), x);

    public static float Ceiling(float x) => Lane.CopySign(MathF.Ceiling(x), x);

    public static double Truncate(double x) => Lane.Truncate(x);

    public static float Truncate(float x) => Lane.Truncate(x);

    // Adding 2^52 (2^23) rounds to an integer, halves to even; beyond, all numbers are integers.

    public static double Round(double x)
    {
        var a = Abs(x);
        return a < 4503599627370496.0 ? CopySign(a + 4503599627370496.0 - 4503599627370496.0, x) : x;
    }

    public static float Round(float x)
    {
        var a = Abs(x);
        return a < 8388608f ? CopySign(a + 8388608f - 8388608f, x) : x;
    }

    // NaN if either is; of zeros the positive is the greater. Equal numbers have the same bits but for zeros, whose signs meet.

    public static double Max(double x, double y) =>
        Lane.Equals(x, y) ? (x.AsInt64() & y.AsInt64()).AsDouble() : Lane.GreaterThan(x, y) | IsNaN(x) ? x : y;

    public static float Max(float x, float y) =>
        Lane.Equals(x, y) ? (x.AsInt32() & y.AsInt32()).AsSingle() : Lane.GreaterThan(x, y) | IsNaN(x) ? x : y;

    public static double Min(double x, double y) =>
        Lane.Equals(x, y) ? (x.AsInt64() | y.AsInt64()).AsDouble() : Lane.LessThan(x, y) | IsNaN(x) ? x : y;

    public static float Min(float x, float y) =>
        Lane.Equals(x, y) ? (x.AsInt32() | y.AsInt32()).AsSingle() : Lane.LessThan(x, y) | IsNaN(x) ? x : y;

    /// <summary>-1, 0 or 1; a zero keeps its sign, NaN stays NaN.</summary>
    public static double Sign(double x) => Lane.GreaterThan(Abs(x), 0) ? CopySign(1, x) : x;

    /// <summary>-1, 0 or 1; a zero keeps its sign, NaN stays NaN.</summary>
    public static float Sign(float x) => Lane.GreaterThan(Abs(x), 0) ? CopySign(1, x) : x;

    // Comparisons that hold their word about NaN wherever they stand: in conditions, negated, with constants.

    public static bool Less(double x, double y) => Lane.LessThan(x, y);

    public static bool Less(float x, float y) => Lane.LessThan(x, y);

    public static bool LessOrEqual(double x, double y) => Lane.LessThanOrEqual(x, y);

    public static bool LessOrEqual(float x, float y) => Lane.LessThanOrEqual(x, y);

    public static bool Greater(double x, double y) => Lane.GreaterThan(x, y);

    public static bool Greater(float x, float y) => Lane.GreaterThan(x, y);

    public static bool GreaterOrEqual(double x, double y) => Lane.GreaterThanOrEqual(x, y);

    public static bool GreaterOrEqual(float x, float y) => Lane.GreaterThanOrEqual(x, y);

    public static bool Equal(double x, double y) => Lane.Equals(x, y);

    public static bool Equal(float x, float y) => Lane.Equals(x, y);

    public static bool NotEqual(double x, double y) => !Lane.Equals(x, y);

    public static bool NotEqual(float x, float y) => !Lane.Equals(x, y);

    public static bool IsNaN(double x) => (x.AsInt64() & long.MaxValue) > 0x7ff0000000000000;

    public static bool IsNaN(float x) => (x.AsInt32() & int.MaxValue) > 0x7f800000;

    // As C# has it: towards zero, the nearest int beyond the range, 0 for NaN.

    public static int ToInt(double x) => IsNaN(x) ? 0 : (int)Lane.MinNative(Lane.MaxNative(x, int.MinValue), int.MaxValue);

    public static int ToInt(float x) => IsNaN(x) ? 0 : Lane.GreaterThanOrEqual(x, 2147483648f) ? int.MaxValue : (int)Lane.MaxNative(x, int.MinValue);

    // Integers wrap on overflow, as C#'s unchecked arithmetic does.

    public static int Abs(int x) => x < 0 ? unchecked(-x) : x;

    public static int Sign(int x) => x > 0 ? 1 : x < 0 ? -1 : 0;

    public static int Max(int x, int y) => x > y ? x : y;

    public static int Min(int x, int y) => x < y ? x : y;

    /// <summary>x / y towards zero. The dividend is made a multiple of y first: ILGPU divides by a power of two by shifting, which rounds down.</summary>
    public static int Quotient(int x, int y) => (x - x % y) / y;
}
