using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Reuse;

/// <summary>The bodies that were read on the way to a result, as they were.</summary>
internal sealed class Footprint(ProjectState state)
{
    private readonly Dictionary<(int File, int Body), ulong> read = [];
    private readonly Dictionary<string, FileShape?> positions = [];

    /// <summary>What stands in the bodies of a declaration, or in the body around an expression, is about to be read.</summary>
    public void Add(SyntaxNode syntax)
    {
        if (state.IndexOf(syntax.SyntaxTree) is not { } file) return;
        foreach (var body in state.Files[file].BodiesIn(syntax.Span)) read[(file, body)] = state.Files[file].HashOf(body);
    }

    /// <summary>The result tells of places in a file, so it holds as long as nothing in the file moves.</summary>
    public void AddPositions(string path) => positions[path] = state.FileAt(path);

    public void Add(Footprint other)
    {
        foreach (var body in other.read) read[body.Key] = body.Value;
    }

    /// <summary>Whether all that was read is still there. The state's surroundings are those of the result.</summary>
    public bool Holds(ProjectState now, bool withPositions) =>
        read.All(r => now.Files[r.Key.File].HashOf(r.Key.Body) == r.Value)
        && (!withPositions || positions.All(p => p.Value is not null && ReferenceEquals(p.Value, now.FileAt(p.Key))));
}
