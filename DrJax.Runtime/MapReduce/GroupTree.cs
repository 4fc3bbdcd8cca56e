using System.Numerics;

namespace DrJax;

/// <summary>Reductions over groups by the halving tree: [lo, hi) splits at lo + (hi - lo) / 2, down to single groups.</summary>
internal static class GroupTree
{
    /// <summary>The reduced leaf, boxed; each element is reduced by the same tree.</summary>
    internal static object Reduce<F>(string operation, PackedLeaf leaf, int count) where F : IBinary => leaf switch
    {
        PackedLeaf<float> x => Reduce<float, F>(x, count),
        PackedLeaf<double> x => Reduce<double, F>(x, count),
        PackedLeaf<int> x => Reduce<int, F>(x, count),
        _ => throw new ArgumentException($"{operation}: a leaf has bool elements; convert it with ToInt or Where first"),
    };

    /// <summary>The weighted mean of one leaf, boxed.</summary>
    internal static object WeightedMean<W>(PackedLeaf leaf, PackedLeaf<W> weights, int count) where W : unmanaged, INumber<W> => leaf switch
    {
        PackedLeaf<float> x => WeightedMean<float, W>(x, weights, count),
        PackedLeaf<double> x => WeightedMean<double, W>(x, weights, count),
        _ => throw new ArgumentException("ReduceWeightedMean: a leaf has int or bool elements; convert it with ToDouble or ToFloat"),
    };

    private static object WeightedMean<E, W>(PackedLeaf<E> leaf, PackedLeaf<W> weights, int count)
        where E : unmanaged, INumber<E> where W : unmanaged, INumber<W>
    {
        var size = leaf.GroupLength;
        var w = Array.ConvertAll(weights.Data, E.CreateTruncating);
        var products = (E[])leaf.Data.Clone();
        for (var i = 0; i < products.Length; i++) products[i] *= w[i / size];
        var (sum, total) = (Range<E, Add>(products, size, 0, count), Range<E, Add>(w, 1, 0, count)[0]);
        for (var i = 0; i < size; i++) sum[i] /= total;
        return leaf.Like(sum)[0];
    }

    private static object Reduce<E, F>(PackedLeaf<E> leaf, int count) where E : unmanaged, INumber<E> where F : IBinary
        => leaf.Like(Range<E, F>(leaf.Data, leaf.GroupLength, 0, count))[0];

    private static E[] Range<E, F>(E[] data, int size, int lo, int hi) where E : unmanaged, INumber<E> where F : IBinary
    {
        if (hi - lo == 1) return data.AsSpan(lo * size, size).ToArray();
        var middle = lo + (hi - lo) / 2;
        var (left, right) = (Range<E, F>(data, size, lo, middle), Range<E, F>(data, size, middle, hi));
        for (var i = 0; i < size; i++) left[i] = F.Apply(left[i], right[i]);
        return left;
    }
}
