using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>The arguments' checks and their texts.</summary>
internal static class Guard
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Index(int i, int length) => (uint)i < (uint)length ? i : throw Outside(i, length);

    internal static int Length(string operation, int n)
        => n >= 0 ? n : throw new ArgumentOutOfRangeException(ErrorTexts.Length, ErrorTexts.NotNegative(operation, n));

    internal static void SameShape(string operation, Dims x, Dims y)
    {
        if (x != y) throw new ArgumentException(ErrorTexts.Shapes(operation, x, y));
    }

    /// <summary>An array with elements along every axis.</summary>
    internal static void NotEmpty(string operation, Dims dims)
    {
        for (var axis = 0; axis < dims.Rank; axis++) NotEmpty(operation, dims, axis);
    }

    /// <summary>An array with elements along an axis.</summary>
    internal static void NotEmpty(string operation, Dims dims, int axis)
    {
        if (dims[axis] == 0) throw new ArgumentException(ErrorTexts.Element(operation, axis));
    }

    /// <summary>Items start .. start + length of an axis.</summary>
    internal static void Range(int start, int length, int of)
    {
        if (start < 0 || length < 0 || start > of - length) throw new ArgumentOutOfRangeException(ErrorTexts.Start, ErrorTexts.Range(start, start + length, of));
    }

    /// <summary>A shape that a call states.</summary>
    internal static Dims Shape(string operation, Dims dims)
    {
        for (var axis = 0; axis < dims.Rank; axis++) Length(operation, dims[axis]);
        return dims;
    }

    // What C#'s own arrays throw.
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "As the indexers of arrays do.")]
    private static IndexOutOfRangeException Outside(int i, int length) => new(ErrorTexts.Index(i, length));
}
