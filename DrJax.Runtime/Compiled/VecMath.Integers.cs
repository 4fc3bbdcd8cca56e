using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    // Lanes of 64 bits are two ints, of which the lower counts; what the upper one holds, nobody looks at before it is made anew (Simd.Wrap).

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftLeft(Vector512<long> x, Vector512<long> count) => ShiftLeft(x.AsInt32(), count.AsInt32()).AsInt64();

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftRight(Vector512<long> x, Vector512<long> count) => ShiftRight(x.AsInt32(), count.AsInt32()).AsInt64();

    [MethodImpl(Inline)]
    public static Vector512<long> ShiftRightLogical(Vector512<long> x, Vector512<long> count) => ShiftRightLogical(x.AsInt32(), count.AsInt32()).AsInt64();
}
