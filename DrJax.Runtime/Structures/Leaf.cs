namespace DrJax;

/// <summary>What a leaf of a structure is: a float, double, int or bool, or an array of them.</summary>
internal static class Leaf
{
    internal static bool Is(Type type)
        => type == typeof(float) || type == typeof(double) || type == typeof(int) || type == typeof(bool)
            || typeof(INdArray).IsAssignableFrom(type);

    /// <summary>Whether a type is an enum that is a leaf as its int.</summary>
    internal static bool IsEnum(Type type) => type.IsEnum && Enum.GetUnderlyingType(type) == typeof(int);

    /// <summary>Room for <paramref name="count"/> groups of leaves like this one, of the given numbers of rows if they differ.</summary>
    internal static PackedLeaf Packed(object leaf, int count, int[]? rows) => leaf switch
    {
        float => new PackedLeaf<float>(new float[count]),
        double => new PackedLeaf<double>(new double[count]),
        int => new PackedLeaf<int>(new int[count]),
        bool => new PackedLeaf<bool>(new bool[count]),
        INdArray array => array.NewLeaf(count, rows),
        InnerLeaf { Count: Placed.Uniform } => throw new ArgumentException("a group's value is a broadcast whose number of groups nothing states; map it with a placed value first"),
        InnerLeaf { Leaf.IsRagged: true } => throw new ArgumentException("groups of unequal size have no placement around them"),
        InnerLeaf inner => inner.Leaf.Nested(count, inner.Count),
        _ => throw new ArgumentException($"a leaf is a float, double, int or bool, or an array of them; got {leaf.GetType()}"),
    };
}
