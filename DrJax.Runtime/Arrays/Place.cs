namespace DrJax;

/// <summary>The indices of an element, in order; those past the rank are 0.</summary>
internal readonly record struct Place(int I, int J = 0, int K = 0, int L = 0)
{
    internal int this[int axis] => axis switch { 0 => I, 1 => J, 2 => K, _ => L };

    internal Place With(int axis, int value) => axis switch
    {
        0 => this with { I = value },
        1 => this with { J = value },
        2 => this with { K = value },
        _ => this with { L = value },
    };

    /// <summary>The place with one index more, before that of <paramref name="axis"/>.</summary>
    internal Place Insert(int axis, int value) => axis switch
    {
        0 => new(value, I, J, K),
        1 => new(I, value, J, K),
        2 => new(I, J, value, K),
        _ => new(I, J, K, value),
    };

    /// <summary>The place with one index fewer.</summary>
    internal Place Without(int axis) => axis switch
    {
        0 => new(J, K, L),
        1 => new(I, K, L),
        2 => new(I, J, L),
        _ => new(I, J, K),
    };
}
