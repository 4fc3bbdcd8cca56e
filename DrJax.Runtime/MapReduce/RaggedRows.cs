namespace DrJax;

/// <summary>Numbers of rows that differ from group to group.</summary>
internal static class RaggedRows
{
    /// <summary>Each group's number of rows of leaf k, or null if they are all the same.</summary>
    /// <exception cref="ArgumentException">The groups differ in another axis.</exception>
    internal static int[]? Of(object[][] groups, int k)
    {
        if (groups[0][k] is not INdArray first) return null;
        var differ = false;
        for (var i = 0; i < groups.Length; i++)
        {
            var dims = ((INdArray)groups[i][k]).Dims;
            if (dims.WithFirst(first.Dims.D0) != first.Dims)
                throw new ArgumentException($"group {i} has shape {dims}, group 0 has shape {first.Dims}");
            differ |= dims.D0 != first.Dims.D0;
        }
        return differ ? Array.ConvertAll(groups, leaves => ((INdArray)leaves[k]).Dims.D0) : null;
    }

    /// <summary>The value, if the arrays of each of its groups have one number of rows, or all groups the same shapes.</summary>
    /// <exception cref="ArgumentException">Groups differ in their rows, and the arrays of one group do too.</exception>
    internal static Placed<T> Shared<T>(Placed<T> x)
    {
        if (!x.IsRagged) return x;
        var leaves = x.Leaves;
        var first = 0;
        while (leaves[first].Rank == 0) first++;
        for (var k = first + 1; k < leaves.Length; k++)
        {
            if (leaves[k].Rank == 0 || ReferenceEquals(leaves[k].Ragged, leaves[first].Ragged)) continue;
            for (var i = 0; i < x.Count; i++)
                if (leaves[k].RowsOf(i) != leaves[first].RowsOf(i))
                    throw new ArgumentException($"group {i} has {leaves[first].RowsOf(i)} rows in leaf {first} and {leaves[k].RowsOf(i)} in leaf {k} "
                        + $"of {typeof(T)}: the arrays of a group have one number of rows where groups differ in it");
        }
        return x;
    }

    /// <summary>The rows of an array, group after group.</summary>
    internal static Placed<X> Split<X, T>(X array, ReadOnlySpan<int> counts) where X : struct, INdArray<X, T> where T : unmanaged
    {
        var (rows, stride) = (counts.ToArray(), array.Dims.Stride);
        var (total, longest) = (0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0) throw new ArgumentException($"Ragged: a group has no negative number of rows, got {rows[i]} for group {i}", nameof(counts));
            total = checked(total + rows[i]);
            longest = Math.Max(longest, rows[i]);
        }
        if (total != array.Dims.D0)
            throw new ArgumentException($"Ragged: the counts of {rows.Length} groups add up to {total}, there are {array.Dims.D0} rows", nameof(counts));
        var dims = array.Dims.WithFirst(longest);
        var data = new T[checked(rows.Length * dims.Count)];
        var from = array.AsSpan();
        for (var i = 0; i < rows.Length; i++)
        {
            from[..(rows[i] * stride)].CopyTo(data.AsSpan(i * dims.Count));
            from = from[(rows[i] * stride)..];
        }
        return Placed<X>.FromLeaves(rows.Length, new PackedLeaf<T>(data, dims, rows));
    }
}
