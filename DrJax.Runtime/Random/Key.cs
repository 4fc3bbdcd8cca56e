namespace DrJax;

/// <summary>
/// What random numbers are a function of: two 32-bit words. A key is a value, not a stream: the same key gives the same numbers, so every
/// draw takes a key of its own, made by <see cref="Rng.Split(Key)"/> or <see cref="Rng.FoldIn(Key, int)"/>.
/// </summary>
/// <param name="Word0">The first word of JAX's key data, as a signed int.</param>
/// <param name="Word1">The second word.</param>
public readonly record struct Key(int Word0, int Word1)
{
    /// <summary>The key (0, seed), as <c>jax.random.key(seed)</c> has it.</summary>
    public Key(int seed)
        : this(0, seed)
    {
    }
}
