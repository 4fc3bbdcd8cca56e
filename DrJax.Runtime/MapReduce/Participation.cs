using System.Numerics;

namespace DrJax;

/// <content>Reductions over the groups that take part. What the others hold, NaN and infinities too, reaches neither the result nor a
/// derivative.</content>
public static partial class MapReduce
{
    /// <summary>The sum over the groups that take part; 0 if none does.</summary>
    /// <param name="x">A scalar, array, tuple or record of numbers for each group.</param>
    /// <param name="participates">Whether the group takes part.</param>
    /// <exception cref="ArgumentException">The numbers of groups differ.</exception>
    public static T ReduceSum<T>(Placed<T> x, Placed<bool> participates) => ReduceSum(Masked("ReduceSum", x, participates, Absent.Zero));

    /// <summary>The mean over the groups that take part: their sum divided by their number; NaN (0 / 0) if none does.</summary>
    /// <inheritdoc cref="ReduceSum{T}(Placed{T}, Placed{bool})"/>
    public static T ReduceMean<T>(Placed<T> x, Placed<bool> participates)
    {
        RequireFloating("ReduceMean", x);
        var sum = ReduceSum(Masked("ReduceMean", x, participates, Absent.Zero));
        var n = CommonCount("ReduceMean", x, participates);
        var present = Sized("ReduceMean", n == Placed.Uniform ? participates : participates.Sized(n)).Leaf<bool>(0).Data;
        return LeafMath.Scale<T, Divide>(sum, present.Count(p => p));
    }

    /// <summary>(Σ wᵢ xᵢ) / Σ wᵢ over the groups that take part; NaN (0 / 0) if none does.</summary>
    /// <inheritdoc cref="ReduceSum{T}(Placed{T}, Placed{bool})"/>
    public static T ReduceWeightedMean<T, W>(Placed<T> x, Placed<W> w, Placed<bool> participates) where W : unmanaged, IFloatingPointIeee754<W>
        => ReduceWeightedMean(Masked("ReduceWeightedMean", x, participates, Absent.Zero), Masked("ReduceWeightedMean", w, participates, Absent.Zero));

    /// <summary>The greatest value over the groups that take part, element by element; -∞, or the least int, if none does.</summary>
    /// <inheritdoc cref="ReduceSum{T}(Placed{T}, Placed{bool})"/>
    public static T ReduceMax<T>(Placed<T> x, Placed<bool> participates) => ReduceMax(Masked("ReduceMax", x, participates, Absent.Least));

    /// <summary>The least value over the groups that take part, element by element; +∞, or the greatest int, if none does.</summary>
    /// <inheritdoc cref="ReduceSum{T}(Placed{T}, Placed{bool})"/>
    public static T ReduceMin<T>(Placed<T> x, Placed<bool> participates) => ReduceMin(Masked("ReduceMin", x, participates, Absent.Greatest));

    /// <summary>What stands for a group that takes no part: what changes no result.</summary>
    private enum Absent
    {
        Zero,
        Least,
        Greatest,
    }

    private static Placed<T> Masked<T>(string operation, Placed<T> x, Placed<bool> participates, Absent absent)
    {
        var n = CommonCount(operation, x, participates);
        var (values, mask) = n == Placed.Uniform ? (Sized(operation, x), Sized(operation, participates)) : (x.Sized(n), participates.Sized(n));
        var present = mask.Leaf<bool>(0).Data;
        return Placed<T>.OfLeaves(values.Count, [.. values.Leaves.ToArray().Select(Leaf)]);

        PackedLeaf Leaf(PackedLeaf leaf) => leaf switch
        {
            PackedLeaf<float> f => Filled(f, absent switch { Absent.Zero => 0, Absent.Least => float.NegativeInfinity, _ => float.PositiveInfinity }),
            PackedLeaf<double> d => Filled(d, absent switch { Absent.Zero => 0, Absent.Least => double.NegativeInfinity, _ => double.PositiveInfinity }),
            PackedLeaf<int> i => Filled(i, absent switch { Absent.Zero => 0, Absent.Least => int.MinValue, _ => int.MaxValue }),
            _ => leaf,
        };

        PackedLeaf<E> Filled<E>(PackedLeaf<E> leaf, E value) where E : unmanaged
        {
            var data = (E[])leaf.Data.Clone();
            for (var i = 0; i < present.Length; i++)
                if (!present[i]) data.AsSpan(i * leaf.GroupLength, leaf.GroupLength).Fill(value);
            return leaf.Like(data);
        }
    }
}
