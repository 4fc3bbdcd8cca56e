using System.ComponentModel;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>One leaf of a placed structure for all its groups, in one array of shape [groups, inner groups.., d0, d1, ...].</summary>
/// <remarks>Where groups differ in their number of rows (the length of axis 0), d0 is the greatest and the rows after a group's own are zeros.</remarks>
public abstract class PackedLeaf
{
    private int[]? _rows;

    private protected PackedLeaf(Dims dims, int[]? rows, int[] inner) => (Dims, Ragged, Inner) = (dims, rows, inner);

    /// <summary>The rank of one group's leaf: 0 for a scalar.</summary>
    public int Rank => Dims.Rank;

    /// <summary>The number of placements that are nested inside this leaf's own.</summary>
    public int InnerLevels => Inner.Length;

    /// <summary>The number of groups that each group of the placement around has, for the inner placement <paramref name="level"/>, counted
    /// from 0, the outermost.</summary>
    /// <exception cref="IndexOutOfRangeException">The leaf has no such level.</exception>
    public int InnerGroups(int level) => Inner[Guard.Index(level, Inner.Length)];

    /// <summary>The length of an axis of one group's leaf, counted from 0; of axis 0, the greatest of all groups.</summary>
    public int Dimension(int axis) => Dims[axis];

    /// <summary>Whether the groups differ in their number of rows.</summary>
    public bool IsRagged => Ragged is not null;

    /// <summary>The number of rows of one group.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int RowsOf(int group) => Ragged?[group] ?? Dims[0];

    /// <summary>Each group's number of rows. Not to be written to.</summary>
    internal int[] Rows(int groups)
    {
        if (Ragged is not null) return Ragged;
        if (_rows?.Length == groups) return _rows;
        var rows = new int[groups];
        Array.Fill(rows, Dims[0]);
        return _rows = rows;
    }

    internal Dims Dims { get; }

    /// <summary>Each group's number of rows, where they differ.</summary>
    internal int[]? Ragged { get; }

    /// <summary>The numbers of groups of the placements inside, outermost first.</summary>
    internal int[] Inner { get; }

    /// <summary>The elements of one group, those of its inner groups together.</summary>
    internal int GroupLength => Inner.Aggregate(Dims.Count, (length, groups) => checked(length * groups));

    internal abstract int Length { get; }

    /// <summary>The host's array, whose elements may still be on a device.</summary>
    internal abstract Array Elements { get; }

    /// <summary>The host's array, which this leaf then has no more; null if it was given up before.</summary>
    internal abstract Array? GiveUp();

    private protected static ObjectDisposedException Recycled() =>
        new(nameof(Placed), "the placed value was given back by DrJaxRuntime.Recycle; its memory may be another result's by now");

    /// <summary>The leaf of group i: a boxed scalar, or a view.</summary>
    internal abstract object this[int i] { get; }

    /// <exception cref="ArgumentException">The value is another kind of leaf.</exception>
    internal abstract void Set(int i, object value);

    /// <summary>This leaf's only group, n times.</summary>
    internal abstract PackedLeaf Repeat(int n);

    /// <summary>The groups of the given indices, in that order.</summary>
    internal abstract PackedLeaf Take(ReadOnlySpan<int> ids);

    /// <summary>Room for <paramref name="count"/> groups, each of <paramref name="groups"/> groups like this leaf's.</summary>
    internal abstract PackedLeaf Nested(int count, int groups);
}

/// <summary>A leaf of a placed value as a leaf of the structure around it: that of one group of a placement outside.</summary>
/// <param name="Count">The number of groups; <see cref="Placed.Uniform"/> for an eager broadcast.</param>
/// <param name="Leaf">What the groups hold.</param>
internal sealed record InnerLeaf(int Count, PackedLeaf Leaf);

/// <summary>One leaf of element type E for all groups.</summary>
public sealed class PackedLeaf<E> : PackedLeaf, IEquatable<PackedLeaf<E>> where E : unmanaged
{
    // Null once given up.
    private E[]? _data;

    /// <summary>Takes the array, not a copy of it: the caller gives it up.</summary>
    /// <param name="data">The groups' elements one after another, each row-major.</param>
    /// <param name="dims">The shape of one group's leaf; none for a scalar.</param>
    public PackedLeaf(E[] data, params ReadOnlySpan<int> dims) : this(data, Dims.Of(dims)) { }

    /// <summary>As the public one, with each group's number of rows; those of the data after them are zeros.</summary>
    internal PackedLeaf(E[] data, Dims dims, int[]? rows = null) : this(data, dims, rows, [])
    {
    }

    private PackedLeaf(E[] data, Dims dims, int[]? rows, int[] inner)
        : base(dims.Checked(), rows is not null && rows.AsSpan().ContainsAnyExcept(dims.D0) ? rows : null, inner)
    {
        ArgumentNullException.ThrowIfNull(data);
        _data = data;
    }

    /// <summary>A leaf of placements in placements; takes the array, not a copy of it.</summary>
    /// <param name="data">The elements, outer groups one after the other.</param>
    /// <param name="inner">The number of groups of each inner placement, outermost first.</param>
    /// <param name="dims">The shape of one innermost group's leaf; none for a scalar.</param>
    public static PackedLeaf<E> InPlacements(E[] data, ReadOnlySpan<int> inner, params ReadOnlySpan<int> dims) => new(data, Dims.Of(dims), null, inner.ToArray());

    /// <summary>Other elements in this leaf's shape.</summary>
    internal PackedLeaf<E> Like(E[] data) => Like<E>(data);

    internal PackedLeaf<X> Like<X>(X[] data) where X : unmanaged => new(data, Dims, Ragged, Inner);

    /// <summary>The elements, [groups, d0, d1, ...] row-major. Not to be written to once the leaf is placed.</summary>
    /// <exception cref="ObjectDisposedException">The value was given to <see cref="DrJaxRuntime.Recycle"/>.</exception>
    public E[] Data => DeviceArrays.Ready(Unread)!;

    /// <summary>The elements, which may still be on a device.</summary>
    /// <exception cref="ObjectDisposedException">The value was given to <see cref="DrJaxRuntime.Recycle"/>.</exception>
    internal E[] Unread => _data ?? throw Recycled();

    internal override Array Elements => Unread;

    internal override Array? GiveUp() => Interlocked.Exchange(ref _data, null);

    /// <summary>Whether shape and all elements are equal.</summary>
    public bool Equals(PackedLeaf<E>? other)
        => other is not null && Dims == other.Dims && Inner.AsSpan().SequenceEqual(other.Inner) && Ragged.AsSpan().SequenceEqual(other.Ragged)
            && Data.AsSpan().SequenceEqual(other.Data, EqualityComparer<E>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PackedLeaf<E>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dims, Nd.Hash<Vec<E>, E>(Vec<E>.UnsafeWrap(Data)));

    internal override int Length => Unread.Length;

    internal override object this[int i] => InnerLevels > 0 ? new InnerLeaf(Inner[0], new PackedLeaf<E>(Group(i).ToArray(), Dims, null, Inner[1..])) : Rank switch
    {
        0 => Data[i],
        1 => Wrap<Vec<E>>(i),
        2 => Wrap<Mat<E>>(i),
        3 => Wrap<Tensor3<E>>(i),
        _ => Wrap<Tensor4<E>>(i),
    };

    internal override void Set(int i, object value)
    {
        switch (value)
        {
            case InnerLeaf { Leaf: PackedLeaf<E> leaf } part when InnerLevels > 0 && leaf.Dims == Dims && leaf.Inner.AsSpan().SequenceEqual(Inner.AsSpan(1)):
                if (part.Count != Inner[0])
                    throw new ArgumentException($"group {i} has {part.Count} inner groups, group 0 has {Inner[0]}: all must have the same number");
                leaf.Data.CopyTo(Group(i));
                break;
            case InnerLeaf { Leaf: PackedLeaf<E> leaf } when InnerLevels > 0:
                throw new ArgumentException($"group {i} has a leaf of shape {leaf.Dims} in its inner groups, group 0 one of {Dims}");
            case E scalar when Rank == 0:
                Data[i] = scalar;
                break;
            case INdArray<E> array when Rank > 0:
                array.AsSpan().CopyTo(Data.AsSpan(i * Dims.Count));
                break;
            default:
                throw new ArgumentException($"group {i} has a leaf of {value.GetType()}, group 0 one of {this[0].GetType()}");
        }
    }

    internal override PackedLeaf Repeat(int n)
    {
        var data = new E[checked(n * Data.Length)];
        for (var i = 0; i < n; i++) Data.CopyTo(data, i * Data.Length);
        return Like(data);
    }

    internal override PackedLeaf Take(ReadOnlySpan<int> ids)
    {
        var data = new E[checked(ids.Length * GroupLength)];
        for (var k = 0; k < ids.Length; k++) Group(ids[k]).CopyTo(data.AsSpan(k * GroupLength));
        int[]? rows = Ragged is null ? null : new int[ids.Length];
        for (var k = 0; k < ids.Length && rows is not null; k++) rows[k] = Ragged![ids[k]];
        return new PackedLeaf<E>(data, Dims, rows, Inner);
    }

    internal override PackedLeaf Nested(int count, int groups) =>
        new PackedLeaf<E>(new E[checked(count * groups * GroupLength)], Dims, null, [groups, .. Inner]);

    private Span<E> Group(int i) => Data.AsSpan(i * GroupLength, GroupLength);

    private X Wrap<X>(int i) where X : struct, INdArray<X, E> => X.Wrap(Unread, i * Dims.Count, Ragged is null ? Dims : Dims.WithFirst(Ragged[i]));
}
