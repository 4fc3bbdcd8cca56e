using System.Numerics;

namespace DrJax;

/// <summary>The primitives of MapReduce programs. Called like this they run eagerly: plain, one group after another; in a compiled
/// program the generator replaces them.</summary>
public static partial class MapReduce
{
    /// <summary>The value, to every group. Eagerly the number of groups is that of the first placed value it meets, or the size that the
    /// nearest <see cref="DrJaxProgramAttribute"/> on the call stack states.</summary>
    /// <remarks>A program that the JIT has inlined into its caller is not on the call stack: mark it <c>NoInlining</c> where its eager size
    /// matters.</remarks>
    public static Placed<T> Broadcast<T>(T value)
    {
        DrJaxRuntime.CountEagerCall();
        var uniform = Placed<T>.Uniform(value);
        return ProgramSize.OnCallStack() is var n and > 0 ? uniform.Sized(n) : uniform;
    }

    /// <summary>Σᵢ xᵢ over the groups, leaf by leaf, by the halving tree over the group indices.</summary>
    /// <exception cref="InvalidOperationException">x is a broadcast whose number of groups nothing states.</exception>
    public static T ReduceSum<T>(Placed<T> x) => Reduce<T, Add>("ReduceSum", Sized("ReduceSum", x));

    /// <summary>(Σᵢ xᵢ) / n over the n groups, leaf by leaf.</summary>
    /// <exception cref="ArgumentException">A leaf has int or bool elements (a mean is not an integer).</exception>
    public static T ReduceMean<T>(Placed<T> x)
    {
        RequireFloating("ReduceMean", x);
        var sum = Reduce<T, Add>("ReduceMean", x);
        return x.Count == Placed.Uniform ? sum : LeafMath.Scale<T, Divide>(sum, x.Count);
    }

    /// <summary>The mean of ints over the groups: a floating mean.</summary>
    public static double ReduceMean(Placed<int> x) => ReduceMean(WithDoubles<int, double>(x));

    /// <inheritdoc cref="ReduceMean(Placed{int})"/>
    public static Vec<double> ReduceMean(Placed<Vec<int>> x) => ReduceMean(WithDoubles<Vec<int>, Vec<double>>(x));

    /// <summary>(Σᵢ wᵢ xᵢ) / Σᵢ wᵢ over the groups, leaf by leaf, the weights converted to the leaf's type.</summary>
    /// <exception cref="ArgumentException">The numbers of groups differ, or a leaf has int or bool elements.</exception>
    public static T ReduceWeightedMean<T, W>(Placed<T> x, Placed<W> w) where W : unmanaged, IFloatingPointIeee754<W>
    {
        DrJaxRuntime.CountEagerCall();
        var n = CommonCount("ReduceWeightedMean", x, w);
        RefuseRagged("ReduceWeightedMean", x);
        if (n == Placed.Uniform) return x[0];
        var (values, weights) = (x.Sized(n), w.Sized(n).Leaf<W>(0));
        return Structure.Unflatten<T>([.. values.Leaves.ToArray().Select(leaf => GroupTree.WeightedMean(leaf, weights, n))]);
    }

    /// <summary>The greatest value over the groups, element by element; NaN if any is NaN.</summary>
    public static T ReduceMax<T>(Placed<T> x) => Reduce<T, Maximum>("ReduceMax", x);

    /// <summary>The least value over the groups, element by element; NaN if any is NaN.</summary>
    public static T ReduceMin<T>(Placed<T> x) => Reduce<T, Minimum>("ReduceMin", x);

    /// <summary>The number of groups that the operands share; <see cref="Placed.Uniform"/> when all are broadcasts.</summary>
    internal static int CommonCount(string operation, params ReadOnlySpan<IPlaced> operands)
    {
        var count = Placed.Uniform;
        foreach (var operand in operands)
        {
            ArgumentNullException.ThrowIfNull(operand);
            if (operand.Count == Placed.Uniform) continue;
            if (count != Placed.Uniform && operand.Count != count)
                throw new ArgumentException($"{operation}: placed values of {count} and of {operand.Count} groups do not meet");
            count = operand.Count;
        }
        return count;
    }

    /// <summary>Groups of unequal numbers of rows have no element by element sum.</summary>
    private static void RefuseRagged<T>(string operation, Placed<T> x)
    {
        if (x.IsRagged)
            throw new ArgumentException($"{operation}: the groups have from {x.RowCounts.ToArray().Min()} to {x.RowCounts.ToArray().Max()} rows; "
                + "reduce each group's rows inside Map first", nameof(x));
    }

    private static void RequireFloating<T>(string operation, Placed<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (var leaf in x.Leaves)
            if (leaf is PackedLeaf<int> or PackedLeaf<bool>)
                throw new ArgumentException(
                    $"{operation}: a leaf has int or bool elements, their mean has not; convert it with ToDouble or ToFloat", nameof(x));
    }

    private static Placed<T> Sized<T>(string operation, Placed<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count != Placed.Uniform) return x;
        return ProgramSize.OnCallStack() is var n and > 0 ? x.Sized(n) : throw new InvalidOperationException(
            $"{operation} of a broadcast: nothing states the number of groups; state it, [DrJaxProgram(\"name\", size)], "
            + "or map with a placed value first");
    }

    private static Placed<D> WithDoubles<I, D>(Placed<I> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var leaf = x.Leaf<int>(0);
        return Placed<D>.OfLeaves(x.Count, [leaf.Like(Array.ConvertAll(leaf.Data, Convert.ToDouble))]);
    }

    private static T Reduce<T, F>(string operation, Placed<T> x) where F : IBinary
    {
        ArgumentNullException.ThrowIfNull(x);
        DrJaxRuntime.CountEagerCall();
        RefuseRagged(operation, x);
        var n = Math.Max(x.Count, 1);
        return Structure.Unflatten<T>([.. x.Leaves.ToArray().Select(leaf => GroupTree.Reduce<F>(operation, leaf, n))]);
    }
}
