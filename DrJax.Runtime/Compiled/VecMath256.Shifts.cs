using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Shifts by a count for each lane.</content>
public static unsafe partial class VecMath256
{
    // Shift counts are taken modulo 32, as C# does for ints.

    [MethodImpl(Inline)]
    public static Vector256<int> ShiftLeft(Vector256<int> x, Vector256<int> count)
    {
        var n = (count & Vector256.Create(31)).AsUInt32();
        return Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(x, n)
            : Each(x, count, &ShiftLeft);
    }

    [MethodImpl(Inline)]
    public static Vector256<int> ShiftRight(Vector256<int> x, Vector256<int> count)
    {
        var n = (count & Vector256.Create(31)).AsUInt32();
        return Avx2.IsSupported ? Avx2.ShiftRightArithmeticVariable(x, n)
            : Each(x, count, &ShiftRight);
    }

    [MethodImpl(Inline)]
    public static Vector256<int> ShiftRightLogical(Vector256<int> x, Vector256<int> count)
    {
        var n = (count & Vector256.Create(31)).AsUInt32();
        return Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(x, n)
            : Each(x, count, &ShiftRightLogical);
    }

    private static int ShiftLeft(int x, int count) => x << count;

    private static int ShiftRight(int x, int count) => x >> count;

    private static int ShiftRightLogical(int x, int count) => x >>> count;
}
