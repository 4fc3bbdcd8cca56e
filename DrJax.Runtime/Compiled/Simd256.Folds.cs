using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>Reductions across the lanes of two vectors, the halves of one of 512 bits: in the order in which <see cref="Simd"/> has it.</content>
public static unsafe partial class Simd256
{
    [MethodImpl(Inline)]
    public static double Fold(Vector256<double> lower, Vector256<double> upper)
    {
        var four = lower + upper;
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(Inline)]
    public static double FoldMax(Vector256<double> lower, Vector256<double> upper)
    {
        var four = Vector256.Max(lower, upper);
        var two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    [MethodImpl(Inline)]
    public static double FoldMin(Vector256<double> lower, Vector256<double> upper)
    {
        var four = Vector256.Min(lower, upper);
        var two = Vector128.Min(four.GetLower(), four.GetUpper());
        return Math.Min(two[0], two[1]);
    }

    [MethodImpl(Inline)]
    public static float Fold(Vector256<float> lower, Vector256<float> upper)
    {
        var eight = lower + upper;
        var four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(Inline)]
    public static float FoldMax(Vector256<float> lower, Vector256<float> upper)
    {
        var eight = Vector256.Max(lower, upper);
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[2]), Math.Max(four[1], four[3]));
    }

    [MethodImpl(Inline)]
    public static float FoldMin(Vector256<float> lower, Vector256<float> upper)
    {
        var eight = Vector256.Min(lower, upper);
        var four = Vector128.Min(eight.GetLower(), eight.GetUpper());
        return Math.Min(Math.Min(four[0], four[2]), Math.Min(four[1], four[3]));
    }

    // Integers: any order gives the same bits. A sum wraps at 32 bits.

    [MethodImpl(Inline)]
    public static int Fold(Vector256<long> lower, Vector256<long> upper) => unchecked((int)Vector256.Sum(lower + upper));

    [MethodImpl(Inline)]
    public static int Fold(Vector256<int> lower, Vector256<int> upper) => Vector256.Sum(lower + upper);

    [MethodImpl(Inline)]
    public static int FoldMax(Vector256<long> lower, Vector256<long> upper) => FoldMax(Vector256.Narrow(lower, upper));

    [MethodImpl(Inline)]
    public static int FoldMax(Vector256<int> lower, Vector256<int> upper) => FoldMax(Vector256.Max(lower, upper));

    [MethodImpl(Inline)]
    public static int FoldMin(Vector256<long> lower, Vector256<long> upper) => FoldMin(Vector256.Narrow(lower, upper));

    [MethodImpl(Inline)]
    public static int FoldMin(Vector256<int> lower, Vector256<int> upper) => FoldMin(Vector256.Min(lower, upper));

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
