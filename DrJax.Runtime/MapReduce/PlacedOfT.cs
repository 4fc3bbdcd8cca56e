using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>One value of T for each group of a placement: the leaves of all groups packed, group after group.</summary>
/// <typeparam name="T">A scalar, an array, or a tuple or record of these; all groups have the same shapes but for the number of rows (the
/// length of axis 0), which may differ (<see cref="IsRagged"/>).</typeparam>
[CollectionBuilder(typeof(Placed), nameof(Placed.Create))]
[DebuggerDisplay("{Count,nq} groups {ToString(),nq}")]
public sealed class Placed<T> : IEquatable<Placed<T>>, IPlaced
{
    private readonly PackedLeaf[] _leaves;

    // A placed value is a structure of the leaves of its groups: placements nest.
    static Placed() => Structure.Register<Placed<T>>(
        static placed => [.. ((IPlaced)placed).InnerLeaves],
        static leaves => OfLeaves(((InnerLeaf)leaves[0]).Count, [.. leaves.Select(leaf => ((InnerLeaf)leaf).Leaf)]));

    private Placed(int count, PackedLeaf[] leaves) => (Count, _leaves) = (count, leaves);

    /// <summary>The number of groups, or <see cref="Placed.Uniform"/> for an eager broadcast whose size is not known yet.</summary>
    public int Count { get; }

    /// <summary>Whether groups differ in their number of rows: the length of axis 0 of an array.</summary>
    public bool IsRagged => Array.Exists(_leaves, leaf => leaf.IsRagged);

    /// <summary>Each group's number of rows: the length of axis 0 of its arrays, which differ from group to group if the value is
    /// <see cref="IsRagged"/>.</summary>
    /// <exception cref="InvalidOperationException">T has no array, or this is an eager broadcast whose number of groups is not known yet.</exception>
    public ReadOnlySpan<int> RowCounts
    {
        get
        {
            if (Count == Placed.Uniform) throw new InvalidOperationException("a broadcast has no number of groups until it meets a placed value");
            var arrays = Array.FindAll(_leaves, leaf => leaf.Rank > 0);
            if (arrays.Length == 0) throw new InvalidOperationException($"{typeof(T)} has no array, so its groups have no rows");
            return (Array.Find(arrays, leaf => leaf.IsRagged) ?? arrays[0]).Rows(Count);
        }
    }

    /// <summary>The number of leaves of T: 1 for scalars and arrays.</summary>
    public int LeafCount => _leaves.Length;

    /// <summary>Leaf k, in the depth-first order of <see cref="Structure.Flatten{T}(T)"/>, for all groups.</summary>
    /// <exception cref="InvalidCastException">The leaf's elements are not of type E.</exception>
    public PackedLeaf<E> Leaf<E>(int k) where E : unmanaged => (PackedLeaf<E>)_leaves[k];

    /// <summary>A placed value over packed leaves, which are taken, not copied.</summary>
    /// <param name="count">The number of groups.</param>
    /// <param name="leaves">One for each leaf of T, in depth-first order.</param>
    /// <exception cref="ArgumentException">There is no group or no leaf, or a leaf's length is not groups times its shape.</exception>
    public static Placed<T> FromLeaves(int count, params PackedLeaf[] leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (count < 1) throw new ArgumentException($"a placement has at least one group, got {count}", nameof(count));
        if (leaves.Length == 0) throw new ArgumentException($"{typeof(T)} has at least one leaf, got none", nameof(leaves));
        foreach (var leaf in leaves)
            if (leaf.Length != checked(count * leaf.GroupLength))
            {
                var shape = leaf.InnerLevels == 0 ? $"{leaf.Dims}" : $"{string.Join(" x ", leaf.Inner)} groups of shape {leaf.Dims}";
                throw new ArgumentException($"{count} groups of shape {shape} have {count * leaf.GroupLength} elements, got {leaf.Length}", nameof(leaves));
            }
        return new(count, leaves);
    }

    /// <summary>This value with its number of groups known: an eager broadcast is repeated, another must have that number.</summary>
    /// <exception cref="ArgumentException">The value has another number of groups.</exception>
    public Placed<T> Sized(int count)
    {
        if (Count == count) return this;
        if (Count != Placed.Uniform) throw new ArgumentException($"a placed value of {Count} groups, expected {count}");
        return FromLeaves(count, Array.ConvertAll(_leaves, leaf => leaf.Repeat(count)));
    }

    /// <summary>The value of group i; arrays are views.</summary>
    /// <exception cref="IndexOutOfRangeException">i is not in 0 .. Count - 1.</exception>
    public T this[int i]
    {
        get
        {
            var at = Count == Placed.Uniform ? 0 : Guard.Index(i, Count);
            return Structure.Unflatten<T>(Array.ConvertAll(_leaves, leaf => leaf[at]));
        }
    }

    /// <summary>The groups of the given indices, in that order, as a placed value of as many groups: the part of the groups that takes part in a
    /// round. Compiled programs take the result; inside a program the number of groups is fixed.</summary>
    /// <exception cref="ArgumentException">There is no index.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is not in 0 .. Count - 1.</exception>
    public Placed<T> Take(params ReadOnlySpan<int> ids)
    {
        RequireSized(nameof(Take));
        foreach (var id in ids) Guard.Index(id, Count);
        var chosen = ids.ToArray();
        return FromLeaves(chosen.Length, Array.ConvertAll(_leaves, leaf => leaf.Take(chosen)));
    }

    /// <summary>This value with group ids[k] replaced by group k of <paramref name="values"/>: what is kept of each group from round to
    /// round. Of an index that is given twice the last value stays.</summary>
    /// <exception cref="ArgumentException">There are not as many indices as groups of values, or shapes differ.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is not in 0 .. Count - 1.</exception>
    public Placed<T> With(ReadOnlySpan<int> ids, Placed<T> values)
    {
        RequireSized(nameof(With));
        ArgumentNullException.ThrowIfNull(values);
        var from = values.Sized(ids.Length);
        foreach (var id in ids) Guard.Index(id, Count);
        var everyone = Enumerable.Range(0, Count).ToArray();
        var leaves = Array.ConvertAll(_leaves, leaf => leaf.Take(everyone));
        for (var k = 0; k < leaves.Length; k++)
            for (var i = 0; i < ids.Length; i++) leaves[k].Set(ids[i], from._leaves[k][i]);
        return new(Count, leaves);
    }

    /// <summary>The groups' values in order.</summary>
    /// <exception cref="InvalidOperationException">This is an eager broadcast whose number of groups is not known yet.</exception>
    public IEnumerator<T> GetEnumerator()
    {
        if (Count == Placed.Uniform)
            throw new InvalidOperationException("a broadcast has no number of groups until it meets a placed value");
        return Values();
    }

    /// <summary>Whether the number of groups, all shapes and all contents are equal.</summary>
    public bool Equals(Placed<T>? other) => other is not null && Count == other.Count && _leaves.AsSpan().SequenceEqual(other._leaves);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Placed<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _leaves.Aggregate(Count, HashCode.Combine);

    /// <summary>Whether the number of groups, all shapes and all contents are equal.</summary>
    public static bool operator ==(Placed<T>? x, Placed<T>? y) => Equals(x, y);

    /// <summary>Whether the number of groups, a shape or some content differs.</summary>
    public static bool operator !=(Placed<T>? x, Placed<T>? y) => !Equals(x, y);

    /// <summary>The groups as the items of an array are written; <c>broadcast x</c> while the number of groups is not known.</summary>
    public override string ToString() => Count == Placed.Uniform
        ? "broadcast " + ArrayFormat.Value(this[0])
        : ArrayFormat.Items(Count, i => ArrayFormat.Value(this[i]));

    IEnumerable<object> IPlaced.InnerLeaves => _leaves.Select(leaf => new InnerLeaf(Count, leaf));

    private void RequireSized(string operation)
    {
        if (Count == Placed.Uniform) throw new InvalidOperationException($"{operation} of a broadcast: nothing states the number of groups");
    }

    internal ReadOnlySpan<PackedLeaf> Leaves => _leaves;

    internal static Placed<T> Uniform(T value) => new(Placed.Uniform, Pack(1, _ => value));

    internal static Placed<T> Of(int count, Func<int, T> value) => FromLeaves(count, Pack(count, value));

    internal static Placed<T> OfLeaves(int count, PackedLeaf[] leaves) => new(count, leaves);

    private static PackedLeaf[] Pack(int count, Func<int, T> value)
    {
        if (count < 1) throw new ArgumentException($"a placement has at least one group, got {count}");
        var groups = new object[count][];
        for (var i = 0; i < count; i++) groups[i] = Structure.Flatten(value(i));
        var packed = new PackedLeaf[groups[0].Length];
        int[]? before = null;
        for (var k = 0; k < packed.Length; k++)
        {
            // Leaves of equal numbers of rows share them.
            var rows = RaggedRows.Of(groups, k);
            if (rows is not null && before is not null && rows.AsSpan().SequenceEqual(before)) rows = before;
            before = rows ?? before;
            packed[k] = DrJax.Leaf.Packed(groups[0][k], count, rows);
            for (var i = 0; i < count; i++) packed[k].Set(i, groups[i][k]);
        }
        return packed;
    }

    private IEnumerator<T> Values()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }
}
