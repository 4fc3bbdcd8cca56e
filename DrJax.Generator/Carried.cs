namespace DrJax.Generator;

/// <summary>A value that rides along in a model without being part of what the model is: all are equal, so the incremental cache does not look inside.</summary>
internal sealed class Carried<T>(T value) : IEquatable<Carried<T>>
{
    public T Value { get; } = value;

    public static implicit operator Carried<T>(T value) => new(value);

    public bool Equals(Carried<T>? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as Carried<T>);

    public override int GetHashCode() => 0;
}
