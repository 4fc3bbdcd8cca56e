using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Reuse;

/// <summary>
/// One state of a project. What was found out in an earlier state is taken over as long as its surroundings are the same and the bodies it was read
/// from are: so an edit costs what depends on it, though Roslyn asks for everything again.
/// </summary>
/// <remarks>
/// The generator's own files are looked away from, because no program may depend on them: so the analyzer, which sees them, shares what the generator
/// has found. But what was not found without them is sought again.
/// </remarks>
internal sealed class ProjectState
{
    private static readonly ConditionalWeakTable<Compilation, ProjectState> Known = new();

    private readonly Surroundings surroundings;
    private readonly bool isFinal;
    private readonly Lazy<Dictionary<FileShape, int>> indices;
    private readonly Lazy<ILookup<string, FileShape>> paths;
    private int runs;

    private ProjectState(Compilation compilation)
    {
        var trees = compilation.SyntaxTrees.Where(t => !IsGenerated(t)).ToArray();
        isFinal = trees.Length < compilation.SyntaxTrees.Count();
        Files = [.. trees.Select(FileShape.Of)];
        surroundings = Files.SelectMany(f => f.Seen).Distinct().FirstOrDefault(s => s.Are(compilation, Files))
            ?? new(compilation.AssemblyName, compilation.Options, [.. compilation.References], Files);
        foreach (var file in Files) file.SeeIn(surroundings);
        indices = new(() => Files.Select((file, i) => (file, i)).ToDictionary(f => f.file, f => f.i));
        paths = new(() => Files.ToLookup(f => f.Path));
    }

    public FileShape[] Files { get; }

    /// <summary>How many programs and derivatives were compiled to IR for this state, rather than taken over.</summary>
    public int Runs => runs;

    public static ProjectState Of(Compilation compilation) => Known.GetValue(compilation, c => new(c));

    public int? IndexOf(SyntaxTree tree) => indices.Value.TryGetValue(FileShape.Of(tree), out var index) ? index : null;

    /// <summary>The file of a path; null if there is none or several.</summary>
    public FileShape? FileAt(string path) => paths.Value[path].Take(2).ToArray() is [var file] ? file : null;

    /// <summary>Counts a compilation to IR.</summary>
    public void CountRun() => Interlocked.Increment(ref runs);

    /// <summary>The result of a kind for a place in the source, made anew only if something that it was read from has changed.</summary>
    /// <param name="at">An expression in a body, or a declaration with a body; what has none is made anew.</param>
    /// <param name="kind">What is made.</param>
    /// <param name="make">Makes it and leaves its footprint.</param>
    /// <param name="around">The footprint of the result that this one is a part of.</param>
    /// <param name="withPositions">Whether the positions in the source matter that the result tells of.</param>
    public T Get<T>(SyntaxNode at, string kind, Func<Footprint, T> make, Footprint? around = null, bool withPositions = false)
    {
        return Get(Find(at, kind), footprint =>
        {
            footprint.Add(at);
            return make(footprint);
        }, around, withPositions);
    }

    /// <summary>The result of a kind that <paramref name="what"/> says all of but the bodies that are read for it.</summary>
    public T Get<T>(string what, string kind, Func<Footprint, T> make, Footprint? around = null) =>
        Get(new Place($"{kind} {what}", -1, -1, -1, isFinal), make, around, withPositions: false);

    private T Get<T>(Place? place, Func<Footprint, T> make, Footprint? around, bool withPositions)
    {
        if (place is null || Find(place.Value, withPositions) is not { } kept)
        {
            var footprint = new Footprint(this);
            kept = new(make(footprint), footprint);
            if (place is { } free) surroundings.Results[free] = kept;
        }
        around?.Add(kept.Footprint);
        return (T)kept.Value!;
    }

    private Kept? Find(Place place, bool withPositions)
    {
        if (isFinal && Holding(place with { IsFinal = false }) is { Value: not (null or IResult { IsFound: false }) } early) return early;
        return Holding(place);

        Kept? Holding(Place at) => surroundings.Results.TryGetValue(at, out var kept) && kept.Footprint.Holds(this, withPositions) ? kept : null;
    }

    private Place? Find(SyntaxNode at, string kind)
    {
        if (IndexOf(at.SyntaxTree) is not { } file) return null;
        if (Files[file].Find(at) is var (body, offset)) return new(kind, file, body, offset, isFinal);
        return Files[file].BodiesIn(at.Span).Select(b => new Place(kind, file, b, -1, isFinal)).Cast<Place?>().FirstOrDefault();
    }

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains(Folder);

    private const string Folder = "DrJax.Generator.DrJaxGenerator";
}

/// <summary>A result that may be that there is none.</summary>
internal interface IResult
{
    bool IsFound { get; }
}
