using System.Runtime.CompilerServices;

namespace DrJax.Compiled.Devices;

/// <summary>
/// A vector of one lane: what <c>Compiled/Maths</c> asks of a vector, for plain numbers, so that devices compile the same formulas as the CPU. A mask of
/// one lane is a bool. All of it is C# that ILGPU compiles: no exceptions, tables, recursion or addresses.
/// </summary>
internal static class Lane
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static double Create(double x) => x;

    [MethodImpl(Inline)]
    public static float Create(float x) => x;

    [MethodImpl(Inline)]
    public static long Create(long x) => x;

    [MethodImpl(Inline)]
    public static int Create(int x) => x;

    // A mask is its own reinterpretation.

    [MethodImpl(Inline)]
    public static bool AsDouble(this bool mask) => mask;

    [MethodImpl(Inline)]
    public static bool AsSingle(this bool mask) => mask;

    [MethodImpl(Inline)]
    public static long AsInt64(this double x) => BitConverter.DoubleToInt64Bits(x);

    [MethodImpl(Inline)]
    public static double AsDouble(this long bits) => BitConverter.Int64BitsToDouble(bits);

    [MethodImpl(Inline)]
    public static int AsInt32(this float x) => BitConverter.SingleToInt32Bits(x);

    [MethodImpl(Inline)]
    public static float AsSingle(this int bits) => BitConverter.Int32BitsToSingle(bits);

    [MethodImpl(Inline)]
    public static double WidenLower(float x) => x;

    // There is no upper half: what is computed of it is not used.
    [MethodImpl(Inline)]
    public static double WidenUpper(float x) => x;

    [MethodImpl(Inline)]
    public static float Narrow(double lower, double upper) => (float)lower;

    [MethodImpl(Inline)]
    public static float ConvertToSingle(int x) => x;

    [MethodImpl(Inline)]
    public static int ConvertToInt32Native(float x) => (int)x;

    [MethodImpl(Inline)]
    public static double FusedMultiplyAdd(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);

    [MethodImpl(Inline)]
    public static float FusedMultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    [MethodImpl(Inline)]
    public static double Sqrt(double x) => Math.Sqrt(x);

    [MethodImpl(Inline)]
    public static float Sqrt(float x) => MathF.Sqrt(x);

    [MethodImpl(Inline)]
    public static double Abs(double x) => (x.AsInt64() & long.MaxValue).AsDouble();

    [MethodImpl(Inline)]
    public static float Abs(float x) => (x.AsInt32() & int.MaxValue).AsSingle();

    [MethodImpl(Inline)]
    public static double CopySign(double x, double sign) => ((x.AsInt64() & long.MaxValue) | (sign.AsInt64() & long.MinValue)).AsDouble();

    [MethodImpl(Inline)]
    public static float CopySign(float x, float sign) => ((x.AsInt32() & int.MaxValue) | (sign.AsInt32() & int.MinValue)).AsSingle();

    [MethodImpl(Inline)]
    public static double Truncate(double x) => CopySign(Math.Floor(Abs(x)), x);

    [MethodImpl(Inline)]
    public static float Truncate(float x) => CopySign(MathF.Floor(Abs(x)), x);

    // As the vector instructions: the second operand if one is NaN.

    [MethodImpl(Inline)]
    public static double MaxNative(double x, double y) => GreaterThan(x, y) ? x : y;

    [MethodImpl(Inline)]
    public static float MaxNative(float x, float y) => GreaterThan(x, y) ? x : y;

    [MethodImpl(Inline)]
    public static double MinNative(double x, double y) => LessThan(x, y) ? x : y;

    [MethodImpl(Inline)]
    public static float MinNative(float x, float y) => LessThan(x, y) ? x : y;

    // Comparisons of numbers that may be NaN. By way of an integer: ILGPU writes the negation of x < y as x >= y, which OpenCL takes at its word. From both
    // sides: a constant on the left changes places, and what ILGPU then asks of CUDA holds of NaN.

    [MethodImpl(Inline)]
    public static bool LessThan(double x, double y) => ((x < y) & (y > x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool LessThan(float x, float y) => ((x < y) & (y > x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool LessThan(long x, long y) => x < y;

    [MethodImpl(Inline)]
    public static bool LessThan(int x, int y) => x < y;

    [MethodImpl(Inline)]
    public static bool LessThanAll(double x, double y) => ((x < y) & (y > x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool LessThanAll(float x, float y) => ((x < y) & (y > x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool LessThanOrEqual(double x, double y) => ((x <= y) & (y >= x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool LessThanOrEqual(float x, float y) => ((x <= y) & (y >= x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool GreaterThan(double x, double y) => ((x > y) & (y < x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool GreaterThan(float x, float y) => ((x > y) & (y < x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool GreaterThanOrEqual(double x, double y) => ((x >= y) & (y <= x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool GreaterThanOrEqual(float x, float y) => ((x >= y) & (y <= x) ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool Equals(double x, double y) => (x == y ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool Equals(float x, float y) => (x == y ? 2 : 1) > 1;

    [MethodImpl(Inline)]
    public static bool Equals(long x, long y) => x == y;

    [MethodImpl(Inline)]
    public static bool Equals(int x, int y) => x == y;

    [MethodImpl(Inline)]
    public static double ConditionalSelect(bool mask, double x, double y) => mask ? x : y;

    [MethodImpl(Inline)]
    public static float ConditionalSelect(bool mask, float x, float y) => mask ? x : y;

    [MethodImpl(Inline)]
    public static double AndNot(double x, bool mask) => mask ? 0 : x;

    [MethodImpl(Inline)]
    public static float AndNot(float x, bool mask) => mask ? 0 : x;

    [MethodImpl(Inline)]
    public static bool AndNot(bool x, bool mask) => x & !mask;
}
