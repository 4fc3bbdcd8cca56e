namespace DrJax;

/// <summary>An array of any rank and element type, as a leaf of a structure.</summary>
internal interface INdArray
{
    Dims Dims { get; }

    /// <summary>The host's array, which may be larger, and whose elements may still be on a device.</summary>
    Array? Elements { get; }

    /// <summary>Room for <paramref name="count"/> groups of arrays like this one, of the given numbers of rows if they differ.</summary>
    PackedLeaf NewLeaf(int count, int[]? rows);
}

/// <summary>An array of any rank: contiguous elements in row-major order.</summary>
internal interface INdArray<T> : INdArray where T : unmanaged
{
    /// <summary>Not to be read before <see cref="Compiled.Devices.DeviceArrays.Ready"/>.</summary>
    T[]? Array { get; }

    System.Array? INdArray.Elements => Array;

    int Offset { get; }

    ReadOnlySpan<T> AsSpan();

    /// <summary>An array of this rank and shape over other elements, boxed.</summary>
    object Like(T[] data);

    PackedLeaf INdArray.NewLeaf(int count, int[]? rows)
    {
        var dims = rows is null ? Dims : Dims.WithFirst(rows.Max());
        return new PackedLeaf<T>(new T[checked(count * dims.Count)], dims, rows);
    }
}

/// <summary>What lets one body serve every rank: a rank knows how to wrap contiguous elements.</summary>
internal interface INdArray<TSelf, T> : INdArray<T> where TSelf : struct, INdArray<TSelf, T> where T : unmanaged
{
    static abstract TSelf Wrap(T[]? array, int offset, Dims dims);

    object INdArray<T>.Like(T[] data) => TSelf.Wrap(data, 0, Dims);
}
