using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>
/// Integers, in the lanes of both dialects. Lanes of 64 bits hold 32-bit values: a result beyond 32 bits wraps when it is stored, as the
/// scalar one does.
/// </content>
public static unsafe partial class VecMath
{
    [MethodImpl(Inline)]
    public static Vector512<long> Abs(Vector512<long> x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static Vector512<int> Abs(Vector512<int> x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static Vector512<long> Neg(Vector512<long> x) => -x;

    [MethodImpl(Inline)]
    public static Vector512<int> Neg(Vector512<int> x) => -x;

    // A true comparison is -1.
    [MethodImpl(Inline)]
    public static Vector512<long> Sign(Vector512<long> x) =>
        Vector512.LessThan(x, Vector512<long>.Zero) - Vector512.GreaterThan(x, Vector512<long>.Zero);

    [MethodImpl(Inline)]
    public static Vector512<int> Sign(Vector512<int> x) =>
        Vector512.LessThan(x, Vector512<int>.Zero) - Vector512.GreaterThan(x, Vector512<int>.Zero);

    [MethodImpl(Inline)]
    public static Vector512<long> Max(Vector512<long> x, Vector512<long> y) => Vector512.Max(x, y);

    [MethodImpl(Inline)]
    public static Vector512<int> Max(Vector512<int> x, Vector512<int> y) => Vector512.Max(x, y);

    [MethodImpl(Inline)]
    public static Vector512<long> Min(Vector512<long> x, Vector512<long> y) => Vector512.Min(x, y);

    [MethodImpl(Inline)]
    public static Vector512<int> Min(Vector512<int> x, Vector512<int> y) => Vector512.Min(x, y);

    // Shift counts are taken modulo 32, as C# does for ints.

    [MethodImpl(Inline)]
    public static Vector512<int> ShiftLeft(Vector512<int> x, Vector512<int> count)
    {
        var n = (count & Vector512.Create(31)).AsUInt32();
        return Avx512F.IsSupported ? Avx512F.ShiftLeftLogicalVariable(x, n)
            : Avx2.IsSupported ? Vector512.Create(Avx2.ShiftLeftLogicalVariable(x.GetLower(), n.GetLower()), Avx2.ShiftLeftLogicalVariable(x.GetUpper(), n.GetUpper()))
            : Each(x, count, &ShiftLeft);
    }

    [MethodImpl(Inline)]
    public static Vector512<int> ShiftRight(Vector512<int> x, Vector512<int> count)
    {
        var n = (count & Vector512.Create(31)).AsUInt32();
        return Avx512F.IsSupported ? Avx512F.ShiftRightArithmeticVariable(x, n)
            : Avx2.IsSupported ? Vector512.Create(Avx2.ShiftRightArithmeticVariable(x.GetLower(), n.GetLower()), Avx2.ShiftRightArithmeticVariable(x.GetUpper(), n.GetUpper()))
            : Each(x, count, &ShiftRight);
    }

    [MethodImpl(Inline)]
    public static Vector512<int> ShiftRightLogical(Vector512<int> x, Vector512<int> count)
    {
        var n = (count & Vector512.Create(31)).AsUInt32();
        return Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(x, n)
            : Avx2.IsSupported ? Vector512.Create(Avx2.ShiftRightLogicalVariable(x.GetLower(), n.GetLower()), Avx2.ShiftRightLogicalVariable(x.GetUpper(), n.GetUpper()))
            : Each(x, count, &ShiftRightLogical);
    }

    // Lanes of 64 bits are two ints, of which the lower counts; what the upper one holds, nobody looks at before it is made anew (Simd.Wrap).

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftLeft(Vector512<long> x, Vector512<long> count) => ShiftLeft(x.AsInt32(), count.AsInt32()).AsInt64();

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftRight(Vector512<long> x, Vector512<long> count) => ShiftRight(x.AsInt32(), count.AsInt32()).AsInt64();

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftRightLogical(Vector512<long> x, Vector512<long> count) => ShiftRightLogical(x.AsInt32(), count.AsInt32()).AsInt64();

    private static int ShiftLeft(int x, int count) => x << count;

    private static int ShiftRight(int x, int count) => x >> count;

    private static int ShiftRightLogical(int x, int count) => x >>> count;
}
