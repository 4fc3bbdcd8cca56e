using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>The arguments' checks and their texts.</summary>
internal static class Guard
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Index(int i, int length) => (uint)i < (uint)length ? i : throw Outside(i, length);

    internal static int Length(string operation, int n)
        => n >= 0 ? n : throw new ArgumentOutOfRangeException(nameof(n), $"{operation}: a length is not negative, got {n}");

    internal static void SameShape(string operation, Dims x, Dims y)
    {
        if (x != y) throw new ArgumentException($"{operation}: shapes {x} and {y} differ");
    }

    internal static void NotEmpty(string operation, Dims dims)
    {
        if (dims.Count == 0) throw new ArgumentException($"{operation}: an array of shape {dims} has no elements");
    }

    // What C#'s own arrays throw.
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "As the indexers of arrays do.")]
    private static IndexOutOfRangeException Outside(int i, int length) => new($"index {i} is outside an axis of length {length}");
}
