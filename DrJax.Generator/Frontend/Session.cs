using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>One attempt to compile one program: the graph it grows in and what it has found so far.</summary>
internal sealed class Session(Compilation compilation, Sizes sizes, Footprint footprint, CancellationToken cancellation)
{
    private readonly List<DiagnosticInfo> diagnostics = [];

    public Compilation Compilation { get; } = compilation;

    public Sizes Sizes { get; } = sizes;

    /// <summary>The bodies that this attempt and the earlier ones have read.</summary>
    public Footprint Footprint { get; } = footprint;

    public CancellationToken Cancellation { get; } = cancellation;

    public Graph Graph { get; } = new();

    public Derivatives Derivatives => field ??= new Derivatives(Graph);

    /// <summary>The functions of helpers by method, argument structure and placement; null while (and after) one was rejected.</summary>
    public Dictionary<string, Helper?> Helpers { get; } = [];

    /// <summary>Loop variables and comprehension indices: each runs from 0 to its extent.</summary>
    public Dictionary<Node, Dim> Extents { get; } = [];

    /// <summary>First axes of placed values that may turn out to be ragged, with the paths of the values: arguments of derivative calls, whose
    /// functions say so.</summary>
    public Dictionary<string, string> MayBeRagged { get; } = [];

    /// <summary>The methods and local functions being compiled, to find recursion.</summary>
    public HashSet<ISymbol> Active { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The programs of other assemblies that have become part of this one, and those inside them.</summary>
    public HashSet<Library> Libraries { get; } = [];

    /// <summary>Their functions by companion, sizes and placements.</summary>
    public Dictionary<string, Func> LibraryFunctions { get; } = [];

    /// <summary>What the program may throw because of values, in the order of its text.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>Where the text throws them.</summary>
    public List<Location> ThrowsAt { get; } = [];

    /// <summary>The numbers of those that the function being read may throw.</summary>
    public HashSet<int> Thrown { get; set; } = [];

    /// <summary>The number of another refusal, one more than its index.</summary>
    public int Refuse(Refusal refusal, Location at)
    {
        Refusals.Add(refusal);
        ThrowsAt.Add(at);
        Thrown.Add(Refusals.Count);
        return Refusals.Count;
    }

    /// <summary>The maps in whose bodies the code being read is.</summary>
    public int Maps { get; private set; }

    /// <summary>The numbers of what may be thrown while something is read.</summary>
    public HashSet<int> ThrownBy(Action read, bool inMap = false)
    {
        var around = Thrown;
        Thrown = [];
        if (inMap) Maps++;
        try
        {
            read();
            return Thrown;
        }
        finally
        {
            around.UnionWith(Thrown);
            Thrown = around;
            if (inMap) Maps--;
        }
    }

    public IReadOnlyList<DiagnosticInfo> Diagnostics => diagnostics;

    public bool HasErrors { get; private set; }

    public void Report(DiagnosticInfo diagnostic)
    {
        if (!diagnostics.Contains(diagnostic)) diagnostics.Add(diagnostic);
        HasErrors |= diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error;
    }
}

/// <summary>A compiled helper: its function, and its result in terms of the function's results (or of sizes, which need no call); what it throws, if it does.</summary>
internal sealed record Helper(Func Function, Value Result, (Func Function, HashSet<int> Refusals)? Thrown);
