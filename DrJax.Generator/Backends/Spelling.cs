using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis.CSharp;

namespace DrJax.Generator.Backends;

/// <summary>
/// The C# identifiers of one program: <c>p.Main</c> → <c>p_Main</c>, <c>p.Main.0</c> → <c>p_Main_0</c>. Deterministic, unique within the program,
/// and never a keyword; the host and the core of a program make the same.
/// </summary>
internal sealed class Spelling
{
    private readonly Dictionary<string, string> leaves = [];
    private readonly Dictionary<string, string> sizes = [];
    private readonly Dictionary<int, string> results = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public Spelling(Program program)
    {
        foreach (var parameter in program.Parameters) taken.Add(Identifier(parameter.Name));
        foreach (var leaf in program.Function.Parameters)
            leaves[leaf.Name] = leaf.Name.IndexOf('.') < 0 ? Identifier(leaf.Name) : Fresh(leaf.Name);
    }

    /// <summary>The argument that brings the leaf <paramref name="path"/>: a parameter of the program's function.</summary>
    public string Leaf(string path) => leaves[path];

    /// <summary>The <c>nint</c> that holds the size symbol <paramref name="atom"/>.</summary>
    public string Size(string atom) => Size(atom, atom.IndexOf('.') < 0 ? atom + "_size" : atom);

    /// <summary>The same, called as near as possible to <paramref name="wish"/>.</summary>
    public string Size(string atom, string wish) => sizes.TryGetValue(atom, out var known) ? known : sizes[atom] = Fresh(wish);

    /// <summary>The pointer to which result leaf <paramref name="index"/> is written.</summary>
    public string Result(int index) =>
        results.TryGetValue(index, out var known) ? known : results[index] = Fresh($"result_{index}");

    /// <summary>A name that nothing else in the program has, as near as possible to <paramref name="wish"/>.</summary>
    public string Fresh(string wish)
    {
        var stem = Words(wish);
        var name = Identifier(stem);
        for (var i = 2; !taken.Add(name); i++) name = $"{stem}_{i}";
        return name;
    }

    /// <summary>The core's entry point: one argument a leaf, one <c>nint</c> a size symbol, one pointer a result leaf.</summary>
    public static string Run(Program program) => "Run_" + Words(program.Name);

    /// <summary>The C# keyword of an element type.</summary>
    public static string Element(ElementType element) => element switch
    {
        ElementType.Float32 => "float",
        ElementType.Float64 => "double",
        ElementType.Int32 => "int",
        _ => "bool",
    };

    /// <summary>How a leaf reaches the core: scalars outside placements by value, everything else by pointer to its packed elements.</summary>
    public static bool IsByValue(Ir.ValueType type) => type is { IsScalar: true, IsPlaced: false };

    private static string Words(string text) => string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    /// <summary>A C# name as source writes it.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
