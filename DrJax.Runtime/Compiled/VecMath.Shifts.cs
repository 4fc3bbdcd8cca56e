using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Shifts by a count for each lane.</content>
public static unsafe partial class VecMath
{
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

    private static int ShiftLeft(int x, int count) => x << count;

    private static int ShiftRight(int x, int count) => x >> count;

    private static int ShiftRightLogical(int x, int count) => x >>> count;
}
