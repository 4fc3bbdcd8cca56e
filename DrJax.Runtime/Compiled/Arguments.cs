using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>What compiled programs require of their arguments on entry, beyond the length of one axis (<see cref="Check"/>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Arguments
{
    /// <summary>The number of groups of a placed argument.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is an eager broadcast, which has no number of groups.</exception>
    public static nint Groups<T>(string parameter, Placed<T> value)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        if (value.Count == Placed.Uniform)
        {
            throw new ArgumentException($"{parameter}: a compiled program takes a placed value with a number of groups, got an eager broadcast; "
                + "give it one value a group", parameter);
        }
        if (value.IsRagged)
        {
            throw new ArgumentException($"{parameter}: the groups have from {value.RowCounts.ToArray().Min()} to {value.RowCounts.ToArray().Max()} rows, "
                + "and the program takes groups of one size; mark its parameter [Ragged]", parameter);
        }
        return value.Count;
    }

    /// <summary>The number of groups of a placed argument whose groups may differ in their number of rows.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is an eager broadcast, which has no number of groups.</exception>
    public static nint RaggedGroups<T>(string parameter, Placed<T> value)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return value.Count == Placed.Uniform ? Groups(parameter, value) : value.Count;
    }

    /// <summary>Each group's number of rows; not to be written to.</summary>
    public static int[] Rows(PackedLeaf leaf, nint groups) => leaf.Rows((int)groups);

    /// <summary>A result whose groups have the given numbers of rows; those of <paramref name="data"/> after them are zeros.</summary>
    public static PackedLeaf<E> RaggedLeaf<E>(E[] data, int[] rows, params ReadOnlySpan<int> dims) where E : unmanaged =>
        new(data, Dims.Of(dims), rows);

    /// <summary>The elements of an array; zeros in their place if there are none, for reads whose value nobody looks at.</summary>
    public static ReadOnlySpan<E> Memory<E>(ReadOnlySpan<E> elements, nint instead) where E : unmanaged => elements.IsEmpty ? new E[instead] : elements;

    /// <inheritdoc cref="Memory{E}(ReadOnlySpan{E}, nint)"/>
    public static ReadOnlySpan<E> Memory<E>(E[] elements, nint instead) where E : unmanaged => elements is [] ? new E[instead] : elements;

    /// <summary>Two sizes that the program needs equal.</summary>
    /// <param name="message">The text of the exception, with {0} and {1} for the two sizes.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Equal(nint left, nint right, string message)
    {
        if (left != right) Throw(left, right, message);
    }

    /// <summary>A size that the program needs no larger than another.</summary>
    /// <param name="message">The text of the exception, with {0} and {1} for the two sizes.</param>
    /// <exception cref="ArgumentException"><paramref name="left"/> is larger.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LessOrEqual(nint left, nint right, string message)
    {
        if (left > right) Throw(left, right, message);
    }

    /// <summary>As <see cref="LessOrEqual"/>, for an index that sizes decide and its axis.</summary>
    /// <param name="message">The text of the exception, with {0} and {1} for the two sizes.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="left"/> is larger.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InRange(nint left, nint right, string message)
    {
        if (left > right) ThrowIndex(left, right, message);
    }

    // The type that an array's own indexer throws: a compiled program fails as the eager one does.
    [DoesNotReturn]
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "As the indexers of arrays do.")]
    private static void ThrowIndex(nint left, nint right, string message) =>
        throw new IndexOutOfRangeException(string.Format(CultureInfo.InvariantCulture, message, left, right));

    [DoesNotReturn]
    private static void Throw(nint left, nint right, string message) =>
        throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, message, left, right));
}
