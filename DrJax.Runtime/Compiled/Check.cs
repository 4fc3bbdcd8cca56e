using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>The checks that compiled programs make on entry; each names the argument, what was expected and what came.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Check
{
    /// <summary>An axis must have the length that another argument or an attribute gives it.</summary>
    /// <param name="expectedFrom">Where the expected length comes from, e.g. "the length of model".</param>
    /// <exception cref="ArgumentException"><paramref name="actual"/> is not <paramref name="expected"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Dimension(string parameter, int axis, nint expected, string expectedFrom, nint actual)
    {
        if (expected != actual)
        {
            ThrowDimension(parameter, axis, expected, expectedFrom, actual);
        }
    }

    /// <summary>An index must lie in [0, length). The exception says what the eager one does; its data name the index and the axis.</summary>
    /// <param name="index">What is indexed with, as the user wrote it, e.g. "labels[i]".</param>
    /// <param name="into">What is indexed, e.g. "axis 1 of logp".</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="value"/> is negative or not below <paramref name="length"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Index(string index, nint value, string into, nint length)
    {
        if ((nuint)value >= (nuint)length)
        {
            ThrowIndex(index, value, into, length);
        }
    }

    /// <summary>A placed argument must have the placement's number of groups.</summary>
    /// <param name="expectedFrom">Where the number of groups comes from, e.g. "the attribute" or "the groups of data".</param>
    /// <exception cref="ArgumentException"><paramref name="actual"/> is not <paramref name="expected"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PlacementSize(string parameter, string placement, nint expected, string expectedFrom, nint actual)
    {
        if (expected != actual)
        {
            ThrowPlacementSize(parameter, placement, expected, expectedFrom, actual);
        }
    }

    /// <summary>An array of one group must have the number of rows that another gives it.</summary>
    /// <param name="expectedFrom">Where the expected number comes from, e.g. "the rows of data.X".</param>
    /// <exception cref="ArgumentException"><paramref name="actual"/> is not <paramref name="expected"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(string parameter, nint group, nint expected, string expectedFrom, nint actual)
    {
        if (expected != actual)
        {
            ThrowRows(parameter, group, expected, expectedFrom, actual);
        }
    }

    /// <summary>A reduction without an identity (max, min, mean) needs at least one element.</summary>
    /// <exception cref="ArgumentException"><paramref name="length"/> is zero.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NotEmpty(string parameter, string reduction, nint length)
    {
        if (length == 0)
        {
            ThrowEmpty(parameter, reduction);
        }
    }

    [DoesNotReturn]
    private static void ThrowDimension(string parameter, int axis, nint expected, string expectedFrom, nint actual) =>
        throw new ArgumentException($"{parameter}: axis {axis} has length {actual}, expected {expected} ({expectedFrom})", parameter);

    // The type that an array's own indexer throws: a compiled program fails as the eager one does.
    [DoesNotReturn]
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "As the indexers of arrays do.")]
    private static void ThrowIndex(string index, nint value, string into, nint length) =>
        throw new IndexOutOfRangeException(ErrorTexts.Index(value, length)) { Data = { ["index"] = index, ["axis"] = into } };

    [DoesNotReturn]
    private static void ThrowPlacementSize(string parameter, string placement, nint expected, string expectedFrom, nint actual) =>
        throw new ArgumentException($"{parameter}: placed at {placement} with {actual} groups, expected {expected} ({expectedFrom})", parameter);

    [DoesNotReturn]
    private static void ThrowRows(string parameter, nint group, nint expected, string expectedFrom, nint actual) =>
        throw new ArgumentException($"{parameter}: group {group} has {actual} rows, expected {expected} ({expectedFrom})", parameter);

    [DoesNotReturn]
    private static void ThrowEmpty(string parameter, string reduction) =>
        throw new ArgumentException($"{parameter}: {reduction} needs at least one element, the length is 0", parameter);
}
