using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator;

/// <summary>
/// A program as the incremental cache compares it: by the name of its companion, its signature and its printed IR. An edit that changes none of
/// these stops here, and nothing after this step runs.
/// </summary>
/// <param name="Namespace">The user's namespace, empty for the global one.</param>
/// <param name="Companion">The companion class's name in that namespace.</param>
/// <param name="Name">The user's method.</param>
/// <param name="Method">The user's method with its type, for remarks (<c>Tutorial.PartitionedEval</c>).</param>
/// <param name="IsPublic">Whether the method and every type of its signature are public.</param>
/// <param name="Text">Signature and printed IR.</param>
internal sealed record ProgramModel(string Namespace, string Companion, string Name, string Method, bool IsPublic, string Text, Carried<Program> Program)
{
    /// <summary>The companion class as generated code elsewhere writes it.</summary>
    public string QualifiedCompanion => "global::" + (Namespace.Length == 0 ? "" : Namespace + ".") + Companion;

    public static ProgramModel Of(IMethodSymbol method, Program program)
    {
        var types = Reach.Signature(method).Append(method.ContainingType);
        var (@namespace, companion) = CompanionOf(method);
        return new(@namespace, companion, method.Name, Display(method),
            method.DeclaredAccessibility == Accessibility.Public && Reach.Of(types) == Accessibility.Public, TextOf(program), program);
    }

    /// <summary>
    /// Namespace and name of a program's companion, here or in a referenced assembly: <c>Outer_Type_Method</c>, numbered from the second overload on.
    /// An underscore of the user's is doubled, so that <c>A_B.C</c> and <c>A.B_C</c> have companions of their own.
    /// </summary>
    public static (string Namespace, string Name) CompanionOf(IMethodSymbol method)
    {
        var name = Doubled(method.Name);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType) name = $"{Doubled(type.Name)}_{name}";
        var overload = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Where(IsProgram)
            .TakeWhile(m => !SymbolEqualityComparer.Default.Equals(m, method)).Count();
        var @namespace = method.ContainingNamespace is { IsGlobalNamespace: false } named ? named.ToDisplayString() : "";
        return (@namespace, overload == 0 ? name : $"{name}_{overload + 1}");
    }

    private static string Doubled(string name) => name.Replace("_", "__");

    public static bool IsProgram(IMethodSymbol method) => method.GetAttributes().Any(IsMark);

    public static bool IsMark(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "DrJaxProgramAttribute", ContainingNamespace: { Name: "DrJax", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>What makes two programs the same program: everything that the code made of them depends on.</summary>
    public static string TextOf(Program program) => string.Join("\n",
    [
        $"{TextOf(program.Result)} {program.Name}({string.Join(", ", program.Parameters.Select(p => $"{TextOf(p.Type)} {p.Name}"))})",
        ProgramText.Of(program),
    ]);

    private static string TextOf(Structure type) => type switch
    {
        Composite composite => $"{type.CSharp}{{{string.Join(", ", composite.Fields.Select(f => $"{TextOf(f.Type)} {f.Name}"))}}}",
        PlacedStructure placed => $"{type.CSharp}{{{TextOf(placed.Group)}}}",
        _ => type.CSharp,
    };

    private static string Display(IMethodSymbol method) => $"{method.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.{method.Name}";
}
