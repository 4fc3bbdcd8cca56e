using System.ComponentModel;

namespace DrJax;

/// <summary>One leaf of a placed structure for all its groups, in one array of shape [groups, d0, d1, ...].</summary>
/// <remarks>Where groups differ in their number of rows (the length of axis 0), d0 is the greatest and the rows after a group's own are zeros.</remarks>
public abstract class PackedLeaf
{
    private int[]? _rows;

    private protected PackedLeaf(Dims dims, int[]? rows) => (Dims, Ragged) = (dims, rows);

    /// <summary>The rank of one group's leaf: 0 for a scalar.</summary>
    public int Rank => Dims.Rank;

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

    internal abstract int Length { get; }

    /// <summary>The leaf of group i: a boxed scalar, or a view.</summary>
    internal abstract object this[int i] { get; }

    /// <exception cref="ArgumentException">The value is another kind of leaf.</exception>
    internal abstract void Set(int i, object value);

    /// <summary>This leaf's only group, n times.</summary>
    internal abstract PackedLeaf Repeat(int n);
}

/// <summary>One leaf of element type E for all groups.</summary>
public sealed class PackedLeaf<E> : PackedLeaf, IEquatable<PackedLeaf<E>> where E : unmanaged
{
    /// <summary>Takes the array, not a copy of it: the caller gives it up.</summary>
    /// <param name="data">The groups' elements one after another, each row-major.</param>
    /// <param name="dims">The shape of one group's leaf; none for a scalar.</param>
    public PackedLeaf(E[] data, params ReadOnlySpan<int> dims) : this(data, Dims.Of(dims)) { }

    /// <summary>As the public one, with each group's number of rows; those of the data after them are zeros.</summary>
    internal PackedLeaf(E[] data, Dims dims, int[]? rows = null)
        : base(dims.Checked(), rows is not null && rows.AsSpan().ContainsAnyExcept(dims.D0) ? rows : null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
    }

    /// <summary>The elements, [groups, d0, d1, ...] row-major. Not to be written to once the leaf is placed.</summary>
    public E[] Data { get; }

    /// <summary>Whether shape and all elements are equal.</summary>
    public bool Equals(PackedLeaf<E>? other)
        => other is not null && Dims == other.Dims && Ragged.AsSpan().SequenceEqual(other.Ragged)
            && Data.AsSpan().SequenceEqual(other.Data, EqualityComparer<E>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PackedLeaf<E>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dims, Nd.Hash<Vec<E>, E>(Vec<E>.UnsafeWrap(Data)));

    internal override int Length => Data.Length;

    internal override object this[int i] => Rank switch
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
        return new PackedLeaf<E>(data, Dims);
    }

    private X Wrap<X>(int i) where X : struct, INdArray<X, E> => X.Wrap(Data, i * Dims.Count, Ragged is null ? Dims : Dims.WithFirst(Ragged[i]));
}
