using System.ComponentModel;

namespace DrJax;

/// <summary>A placed value of any type, for checks of the number of groups.</summary>
internal interface IPlaced
{
    int Count { get; }

    /// <summary>The leaves, each with the number of groups.</summary>
    IEnumerable<object> InnerLeaves { get; }
}

/// <summary>Makes placed values and takes placed tuples apart.</summary>
public static class Placed
{
    /// <summary>The <see cref="Placed{T}.Count"/> of an eager broadcast whose number of groups is not known yet.</summary>
    public const int Uniform = -1;

    /// <summary>What a collection expression calls: one item for each group. Groups may differ in their number of rows (the length of
    /// axis 0), which the arrays of one group then share.</summary>
    /// <exception cref="ArgumentException">There is no group, or the groups' shapes differ otherwise, or the numbers of rows of one group's
    /// arrays.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Placed<T> Create<T>(ReadOnlySpan<T> groups)
    {
        var copy = groups.ToArray();
        return RaggedRows.Shared(Placed<T>.Of(copy.Length, i => copy[i]));
    }

    /// <summary>Element i to group i.</summary>
    public static Placed<T> Rows<T>(Vec<T> elements) where T : unmanaged => Rows<Vec<T>, T, T>(elements);

    /// <summary>Row i to group i.</summary>
    public static Placed<Vec<T>> Rows<T>(Mat<T> rows) where T : unmanaged => Rows<Mat<T>, T, Vec<T>>(rows);

    /// <summary>Matrix i of the first axis to group i.</summary>
    public static Placed<Mat<T>> Rows<T>(Tensor3<T> items) where T : unmanaged => Rows<Tensor3<T>, T, Mat<T>>(items);

    /// <summary>Tensor i of the first axis to group i.</summary>
    public static Placed<Tensor3<T>> Rows<T>(Tensor4<T> items) where T : unmanaged => Rows<Tensor4<T>, T, Tensor3<T>>(items);

    /// <summary>The first <c>counts[0]</c> elements to group 0, the next <c>counts[1]</c> to group 1, and so on.</summary>
    /// <exception cref="ArgumentException">There is no group, a count is negative, or the counts do not add up to the number of
    /// elements.</exception>
    public static Placed<Vec<T>> Ragged<T>(Vec<T> elements, params ReadOnlySpan<int> counts) where T : unmanaged
        => RaggedRows.Split<Vec<T>, T>(elements, counts);

    /// <summary>The first <c>counts[0]</c> rows to group 0, the next <c>counts[1]</c> to group 1, and so on.</summary>
    /// <exception cref="ArgumentException">There is no group, a count is negative, or the counts do not add up to the number of
    /// rows.</exception>
    public static Placed<Mat<T>> Ragged<T>(Mat<T> rows, params ReadOnlySpan<int> counts) where T : unmanaged
        => RaggedRows.Split<Mat<T>, T>(rows, counts);

    /// <inheritdoc cref="Ragged{T}(Mat{T}, ReadOnlySpan{int})"/>
    public static Placed<Tensor3<T>> Ragged<T>(Tensor3<T> rows, params ReadOnlySpan<int> counts) where T : unmanaged
        => RaggedRows.Split<Tensor3<T>, T>(rows, counts);

    /// <inheritdoc cref="Ragged{T}(Mat{T}, ReadOnlySpan{int})"/>
    public static Placed<Tensor4<T>> Ragged<T>(Tensor4<T> rows, params ReadOnlySpan<int> counts) where T : unmanaged
        => RaggedRows.Split<Tensor4<T>, T>(rows, counts);

    /// <summary>The two values of each group as a tuple; copies nothing.</summary>
    /// <exception cref="ArgumentException">The numbers of groups differ.</exception>
    public static Placed<(A, B)> Zip<A, B>(Placed<A> a, Placed<B> b)
    {
        var n = MapReduce.CommonCount("Zip", a, b);
        return Placed<(A, B)>.OfLeaves(n, [.. a.Sized(n).Leaves, .. b.Sized(n).Leaves]);
    }

    /// <summary>The three values of each group as a tuple; copies nothing.</summary>
    /// <exception cref="ArgumentException">The numbers of groups differ.</exception>
    public static Placed<(A, B, C)> Zip<A, B, C>(Placed<A> a, Placed<B> b, Placed<C> c)
    {
        var n = MapReduce.CommonCount("Zip", a, b, c);
        return Placed<(A, B, C)>.OfLeaves(n, [.. a.Sized(n).Leaves, .. b.Sized(n).Leaves, .. c.Sized(n).Leaves]);
    }

    /// <summary>The items of a placed pair, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B>(this Placed<(A, B)> placed, out Placed<A> a, out Placed<B> b)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
    }

    /// <summary>The items of a placed triple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C>(this Placed<(A, B, C)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
    }

    /// <summary>The items of a placed quadruple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C, D>(
        this Placed<(A, B, C, D)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c, out Placed<D> d)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
        d = Part(placed, first.Item4, ref at);
    }

    /// <summary>The items of a placed quintuple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C, D, E>(
        this Placed<(A, B, C, D, E)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c, out Placed<D> d, out Placed<E> e)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
        d = Part(placed, first.Item4, ref at);
        e = Part(placed, first.Item5, ref at);
    }

    /// <summary>The items of a placed sextuple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C, D, E, F>(
        this Placed<(A, B, C, D, E, F)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c, out Placed<D> d, out Placed<E> e, out Placed<F> f)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
        d = Part(placed, first.Item4, ref at);
        e = Part(placed, first.Item5, ref at);
        f = Part(placed, first.Item6, ref at);
    }

    /// <summary>The items of a placed septuple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C, D, E, F, G>(
        this Placed<(A, B, C, D, E, F, G)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c, out Placed<D> d, out Placed<E> e, out Placed<F> f, out Placed<G> g)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
        d = Part(placed, first.Item4, ref at);
        e = Part(placed, first.Item5, ref at);
        f = Part(placed, first.Item6, ref at);
        g = Part(placed, first.Item7, ref at);
    }

    /// <summary>The items of a placed octuple, each placed; copies nothing.</summary>
    public static void Deconstruct<A, B, C, D, E, F, G, H>(
        this Placed<(A, B, C, D, E, F, G, H)> placed, out Placed<A> a, out Placed<B> b, out Placed<C> c, out Placed<D> d, out Placed<E> e, out Placed<F> f, out Placed<G> g, out Placed<H> h)
    {
        ArgumentNullException.ThrowIfNull(placed);
        var (first, at) = (placed[0], 0);
        a = Part(placed, first.Item1, ref at);
        b = Part(placed, first.Item2, ref at);
        c = Part(placed, first.Item3, ref at);
        d = Part(placed, first.Item4, ref at);
        e = Part(placed, first.Item5, ref at);
        f = Part(placed, first.Item6, ref at);
        g = Part(placed, first.Item7, ref at);
        h = Part(placed, first.Item8, ref at);
    }

    private static Placed<P> Part<T, P>(Placed<T> whole, P first, ref int at)
    {
        var count = Structure.Flatten(first).Length;
        var leaves = whole.Leaves.Slice(at, count).ToArray();
        at += count;
        return Placed<P>.OfLeaves(whole.Count, leaves);
    }

    private static Placed<P> Rows<X, T, P>(X array) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var whole = array.Offset == 0 && array.Array?.Length == array.Dims.Count;
        return Placed<P>.FromLeaves(array.Dims.D0, new PackedLeaf<T>(whole ? array.Array! : array.AsSpan().ToArray(), array.Dims.Inner));
    }
}
