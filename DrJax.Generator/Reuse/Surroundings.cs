using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Reuse;

/// <summary>
/// All that a body's meaning can depend on except bodies: the declarations of every file in their order, options and references. Compilations that
/// agree in these share what was found out in one of them.
/// </summary>
internal sealed class Surroundings(string? assembly, CompilationOptions options, MetadataReference[] references, FileShape[] files)
{
    public ConcurrentDictionary<Place, Kept> Results { get; } = [];

    public bool Are(Compilation compilation, IReadOnlyList<FileShape> now)
    {
        if (files.Length != now.Count || assembly != compilation.AssemblyName) return false;
        for (var i = 0; i < files.Length; i++)
            if (!files[i].DeclaresAs(now[i])) return false;
        return options.Equals(compilation.Options) && references.SequenceEqual(compilation.References);
    }
}

/// <summary>Where in the source something is made.</summary>
/// <param name="Kind">What is made.</param>
/// <param name="File">The file's place among the files.</param>
/// <param name="Body">The body's place among the file's.</param>
/// <param name="Offset">The place in the body; negative for the declaration whose body it is.</param>
/// <param name="IsFinal">Whether the generator's own files are in sight.</param>
internal readonly record struct Place(string Kind, int File, int Body, int Offset, bool IsFinal);

/// <summary>A result with what it was read from.</summary>
internal sealed record Kept(object? Value, Footprint Footprint);
