namespace DrJax.Generator.Reuse;

/// <summary>A running 64-bit hash of texts (FNV-1a).</summary>
internal struct TextHash
{
    private const ulong Basis = 14695981039346656037, Prime = 1099511628211;

    private ulong state;

    public readonly ulong Value => state ^ Basis;

    /// <summary>Adds a text and its end, so that texts cannot run into one another.</summary>
    public void Add(string text)
    {
        var hash = Value;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        state = ((hash ^ char.MaxValue) * Prime) ^ Basis;
    }

    public static ulong Of(string text)
    {
        var hash = new TextHash();
        hash.Add(text);
        return hash.Value;
    }
}
