namespace DrJax;

/// <summary>A shape of rank 0 to 4; axes past the rank are 1, so products need no case for the rank.</summary>
internal readonly record struct Dims(int Rank, int D0 = 1, int D1 = 1, int D2 = 1, int D3 = 1)
{
    internal static Dims Of(ReadOnlySpan<int> dims) => dims.Length switch
    {
        0 => new(0),
        1 => new(1, dims[0]),
        2 => new(2, dims[0], dims[1]),
        3 => new(3, dims[0], dims[1], dims[2]),
        4 => new(4, dims[0], dims[1], dims[2], dims[3]),
        _ => throw new ArgumentException($"expected at most 4 axes, got {dims.Length}", nameof(dims)),
    };

    internal int this[int axis]
    {
        get
        {
            if ((uint)axis >= (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"axis {axis} of an array of rank {Rank}");
            return axis switch { 0 => D0, 1 => D1, 2 => D2, _ => D3 };
        }
    }

    internal int Count => checked(D0 * D1 * D2 * D3);

    /// <summary>Elements of one item of the first axis.</summary>
    internal int Stride => checked(D1 * D2 * D3);

    /// <summary>The shape of one item of the first axis.</summary>
    internal Dims Inner => new(Rank - 1, D1, D2, D3);

    internal Dims WithFirst(int length) => this with { D0 = length };

    internal Dims Prepend(int length) => new(Rank + 1, length, D0, D1, D2);

    internal Dims Without(int axis)
    {
        _ = this[axis];
        return axis switch { 0 => Inner, 1 => new(Rank - 1, D0, D2, D3), 2 => new(Rank - 1, D0, D1, D3), _ => new(Rank - 1, D0, D1, D2) };
    }

    internal Dims With(int axis, int length)
    {
        _ = this[axis];
        return axis switch { 0 => this with { D0 = length }, 1 => this with { D1 = length }, 2 => this with { D2 = length }, _ => this with { D3 = length } };
    }

    /// <summary>The shape with one axis more, before <paramref name="axis"/>.</summary>
    internal Dims Insert(int axis, int length)
    {
        if ((uint)axis > (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"axis {axis} of an array of rank {Rank + 1}");
        return axis switch
        {
            0 => Prepend(length),
            1 => new(Rank + 1, D0, length, D1, D2),
            2 => new(Rank + 1, D0, D1, length, D2),
            _ => new(Rank + 1, D0, D1, D2, length),
        };
    }

    internal Dims Checked()
    {
        if (D0 < 0 || D1 < 0 || D2 < 0 || D3 < 0) throw new ArgumentException($"a shape has no negative axis, got {this}");
        return this;
    }

    public override string ToString() => Rank switch
    {
        0 => "[]",
        1 => $"[{D0}]",
        2 => $"[{D0}, {D1}]",
        3 => $"[{D0}, {D1}, {D2}]",
        _ => $"[{D0}, {D1}, {D2}, {D3}]",
    };
}
