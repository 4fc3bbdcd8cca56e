using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>Reductions across the lanes, in one written-out tree: halves, then quarters, down to one pair.</content>
public static unsafe partial class Simd
{
    [MethodImpl(Inline)]
    public static double Fold(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(Inline)]
    public static double FoldMax(Vector512<double> lanes)
    {
        var four = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        var two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    [MethodImpl(Inline)]
    public static double FoldMin(Vector512<double> lanes)
    {
        var four = Vector256.Min(lanes.GetLower(), lanes.GetUpper());
        var two = Vector128.Min(four.GetLower(), four.GetUpper());
        return Math.Min(two[0], two[1]);
    }

    [MethodImpl(Inline)]
    public static float Fold(Vector512<float> lanes)
    {
        var eight = lanes.GetLower() + lanes.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(Inline)]
    public static float FoldMax(Vector512<float> lanes)
    {
        var eight = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[2]), Math.Max(four[1], four[3]));
    }

    [MethodImpl(Inline)]
    public static float FoldMin(Vector512<float> lanes)
    {
        var eight = Vector256.Min(lanes.GetLower(), lanes.GetUpper());
        var four = Vector128.Min(eight.GetLower(), eight.GetUpper());
        return Math.Min(Math.Min(four[0], four[2]), Math.Min(four[1], four[3]));
    }

    // Integers: any order gives the same bits. A sum wraps at 32 bits.

    [MethodImpl(Inline)]
    public static int Fold(Vector512<long> lanes) => unchecked((int)Vector512.Sum(lanes));

    [MethodImpl(Inline)]
    public static int Fold(Vector512<int> lanes) => Vector512.Sum(lanes);

    [MethodImpl(Inline)]
    public static int FoldMax(Vector512<long> lanes) => FoldMax(Narrow(lanes));

    [MethodImpl(Inline)]
    public static int FoldMax(Vector512<int> lanes) => FoldMax(Vector256.Max(lanes.GetLower(), lanes.GetUpper()));

    [MethodImpl(Inline)]
    public static int FoldMin(Vector512<long> lanes) => FoldMin(Narrow(lanes));

    [MethodImpl(Inline)]
    public static int FoldMin(Vector512<int> lanes) => FoldMin(Vector256.Min(lanes.GetLower(), lanes.GetUpper()));

    [MethodImpl(Inline)]
    private static int FoldMax(Vector256<int> eight)
    {
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[2]), Math.Max(four[1], four[3]));
    }

    [MethodImpl(Inline)]
    private static int FoldMin(Vector256<int> eight)
    {
        var four = Vector128.Min(eight.GetLower(), eight.GetUpper());
        return Math.Min(Math.Min(four[0], four[2]), Math.Min(four[1], four[3]));
    }
}
