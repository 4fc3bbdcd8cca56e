using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>Reductions across lanes of integers; their order does not matter.</content>
public static unsafe partial class Simd
{
    public static int Fold(Vector512<long> lanes) => (int)Vector512.Sum(lanes);

    public static int Fold(Vector512<int> lanes) => Vector512.Sum(lanes);

    public static int FoldMax(Vector512<long> lanes) => (int)Extreme(lanes, 1);

    public static int FoldMax(Vector512<int> lanes) => Extreme(lanes, 1);

    public static int FoldMin(Vector512<long> lanes) => (int)Extreme(lanes, -1);

    public static int FoldMin(Vector512<int> lanes) => Extreme(lanes, -1);

    private static T Extreme<T>(Vector512<T> lanes, int sign)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var best = lanes[0];
        for (var j = 1; j < Vector512<T>.Count; j++)
        {
            if (lanes[j].CompareTo(best) == sign)
            {
                best = lanes[j];
            }
        }

        return best;
    }
}
