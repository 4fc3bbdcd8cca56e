namespace DrJax.Generator;

/// <summary>What is made of a model, at most once, by whoever asks first. As no part of what the model is: all are equal (see <see cref="Carried{T}"/>).</summary>
internal sealed class Once<T> : IEquatable<Once<T>> where T : class
{
    private volatile T? value;

    /// <param name="gate">What no other thread may work on meanwhile.</param>
    /// <param name="make">Makes the value; if it is cancelled the next who asks tries again.</param>
    public T Get(object gate, Func<T> make)
    {
        if (value is { } made) return made;
        lock (gate) return value ??= make();
    }

    public bool Equals(Once<T>? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as Once<T>);

    public override int GetHashCode() => 0;
}
