namespace DrJax.Generator.Backends;

/// <summary>A C# expression; <paramref name="Primary"/> if it can stand beside any operator as it is.</summary>
internal readonly record struct Term(string Text, bool Primary = true)
{
    /// <summary>The text as an operand.</summary>
    public string Operand => Primary ? Text : $"({Text})";

    public static implicit operator Term(string text) => new(text);

    public static Term Compound(string text) => new(text, false);

    public override string ToString() => Text;
}
