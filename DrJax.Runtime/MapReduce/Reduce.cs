namespace DrJax;

public static partial class MapReduce
{
    /// <summary>x₀ ∘ x₁ ∘ .. ∘ xₙ₋₁ over the groups, for an associative operation f = ∘ of two groups' values.</summary>
    /// <remarks>The order is fixed, here and in compiled programs: f(.. f(f(x₀, x₁), x₂) .., xₙ₋₁). The groups' values are collected, so memory grows
    /// with their number, and the fold runs where the result is, not in the groups.</remarks>
    /// <param name="f">Takes what is reduced so far and the next group's value; its result has their shapes. It need not be commutative.</param>
    /// <param name="x">A scalar, array, tuple or record for each group.</param>
    /// <exception cref="InvalidOperationException">x is a broadcast whose number of groups nothing states.</exception>
    public static T Reduce<T>(Func<T, T, T> f, Placed<T> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Fold(f, default, false, Sized("Reduce", x));
    }

    /// <summary>seed ∘ x₀ ∘ x₁ ∘ .. ∘ xₙ₋₁ over the groups, in this order, as <see cref="Reduce{T}(Func{T, T, T}, Placed{T})"/>.</summary>
    /// <param name="f">Takes what is reduced so far and the next group's value; its result has the seed's shapes.</param>
    /// <param name="seed">The value to begin with, usually that of no groups.</param>
    /// <param name="x">A scalar, array, tuple or record for each group.</param>
    public static T Reduce<T>(Func<T, T, T> f, T seed, Placed<T> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Fold(f, seed, true, Sized("Reduce", x));
    }

    private static T Fold<T>(Func<T, T, T> f, T? seed, bool isSeeded, Placed<T> x)
    {
        DrJaxRuntime.CountEagerCall();
        RefuseRagged("Reduce", x);
        var total = isSeeded ? seed! : x[0];
        for (var i = isSeeded ? 0 : 1; i < x.Count; i++) total = f(total, x[i]);
        return total;
    }

    /// <summary>The groups' values as one array, element i from group i: what <see cref="Placed.Rows{T}(Vec{T})"/> spreads again.</summary>
    /// <exception cref="InvalidOperationException">x is a broadcast whose number of groups nothing states.</exception>
    public static Vec<T> Collect<T>(Placed<T> x) where T : unmanaged => Vec<T>.UnsafeWrap(Collected<T, T>(x, out _));

    /// <summary>The groups' vectors as the rows of a matrix.</summary>
    /// <inheritdoc cref="Collect{T}(Placed{T})"/>
    public static Mat<T> Collect<T>(Placed<Vec<T>> x) where T : unmanaged
    {
        var data = Collected<Vec<T>, T>(x, out var leaf);
        return Mat<T>.UnsafeWrap(data, leaf.Count, leaf.Dims.D0);
    }

    /// <summary>The groups' matrices along a new first axis.</summary>
    /// <inheritdoc cref="Collect{T}(Placed{T})"/>
    public static Tensor3<T> Collect<T>(Placed<Mat<T>> x) where T : unmanaged
    {
        var data = Collected<Mat<T>, T>(x, out var leaf);
        return Tensor3<T>.UnsafeWrap(data, leaf.Count, leaf.Dims.D0, leaf.Dims.D1);
    }

    /// <summary>The groups' tensors along a new first axis.</summary>
    /// <inheritdoc cref="Collect{T}(Placed{T})"/>
    public static Tensor4<T> Collect<T>(Placed<Tensor3<T>> x) where T : unmanaged
    {
        var data = Collected<Tensor3<T>, T>(x, out var leaf);
        return Tensor4<T>.UnsafeWrap(data, leaf.Count, leaf.Dims.D0, leaf.Dims.D1, leaf.Dims.D2);
    }

    private static E[] Collected<T, E>(Placed<T> x, out (int Count, Dims Dims) shape) where E : unmanaged
    {
        DrJaxRuntime.CountEagerCall();
        var sized = Sized("Collect", x);
        RefuseRagged("Collect", sized);
        var leaf = sized.Leaf<E>(0);
        shape = (sized.Count, leaf.Dims);
        return leaf.Data;
    }
}
