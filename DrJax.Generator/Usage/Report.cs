using System.Collections.Concurrent;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator.Usage;

/// <summary>
/// What one compilation's analysis has found. The same mistake is found once for each program that reaches it and reported once; a
/// complaint about code that would be right inside a program waits until it is known what programs reach.
/// </summary>
internal sealed class Report(Compilation compilation)
{
    private readonly ConcurrentDictionary<DiagnosticInfo, bool> said = [];
    private readonly ConcurrentBag<(ISymbol? Within, DiagnosticInfo Diagnostic)> waiting = [];
    private readonly ConcurrentDictionary<IMethodSymbol, bool> roots = new(SymbolEqualityComparer.Default);

    /// <summary>A method whose body is compiled: a program, or a function that a derivative was asked of.</summary>
    public void Root(IMethodSymbol method) => roots[method] = true;

    /// <summary>Reports unless it was said before.</summary>
    public void Say(DiagnosticInfo diagnostic, Action<Diagnostic> report)
    {
        if (said.TryAdd(diagnostic, true)) report(Located(diagnostic));
    }

    /// <summary>Reports at the end, unless a root reaches the method <paramref name="within"/>.</summary>
    public void Wait(DiagnosticInfo diagnostic, ISymbol? within) => waiting.Add((within, diagnostic));

    public void Finish(CompilationAnalysisContext context)
    {
        if (waiting.IsEmpty) return;
        var reached = Reached.From(roots.Keys, compilation, context.CancellationToken);
        foreach (var (within, diagnostic) in waiting)
            if (within is null || !reached.Contains(within)) Say(diagnostic, context.ReportDiagnostic);
    }

    /// <summary>In the tree where it stands, so that a pragma can switch a warning off.</summary>
    private Diagnostic Located(DiagnosticInfo diagnostic)
    {
        var tree = compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == diagnostic.Location.Path && diagnostic.Location.Span.End <= t.Length);
        var location = tree is null ? diagnostic.Location.ToLocation() : Location.Create(tree, diagnostic.Location.Span);
        return Diagnostic.Create(diagnostic.Descriptor, location, [.. diagnostic.Arguments]);
    }

    public static DiagnosticInfo Info(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        new(descriptor.Id, LocationInfo.Of(location), arguments.ToEquatable());
}
