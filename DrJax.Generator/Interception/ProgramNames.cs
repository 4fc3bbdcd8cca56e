using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.Generator.Interception;

/// <summary>
/// The simple names that a call worth binding can have: of the derivative heads and of methods marked as programs, here and in referenced
/// assemblies. Found from syntax and assembly attributes alone and kept per tree and per reference, so an edit looks at the edited file only.
/// </summary>
internal sealed class ProgramNames
{
    private const string Attribute = "DrJaxProgram";

    private static readonly ConditionalWeakTable<Compilation, ProgramNames> Compilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> Trees = new();
    private static readonly ConditionalWeakTable<MetadataReference, string[]> References = new();

    private readonly HashSet<string> names;

    private ProgramNames(Compilation compilation) => names =
    [
        .. compilation.SyntaxTrees.SelectMany(tree => Trees.GetValue(tree, InTree)),
        .. compilation.References.SelectMany(reference => InReference(reference, compilation)),
    ];

    public static bool Contains(string name, Compilation compilation) =>
        Compilations.GetValue(compilation, c => new ProgramNames(c)).names.Contains(name);

    private static string[] InTree(SyntaxTree tree) =>
    [
        .. tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<MethodDeclarationSyntax>()
            .Where(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(a => IsMark(a.Name)))
            .Select(m => m.Identifier.ValueText),
    ];

    private static bool IsMark(NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText is Attribute or Attribute + "Attribute",
        QualifiedNameSyntax qualified => IsMark(qualified.Right),
        AliasQualifiedNameSyntax alias => IsMark(alias.Name),
        _ => false,
    };

    private static string[] InReference(MetadataReference reference, Compilation compilation) => reference is CompilationReference
        ? InAssembly(reference, compilation)
        : References.GetValue(reference, r => InAssembly(r, compilation));

    private static string[] InAssembly(MetadataReference reference, Compilation compilation) =>
        compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
            ? [.. assembly.GetAttributes()
                .Where(a => a.AttributeClass is { Name: "CompiledProgramsAttribute", ContainingNamespace: { Name: "Compiled", ContainingNamespace.Name: "DrJax" } })
                .SelectMany(a => a.ConstructorArguments[0].Values).Select(v => v.Value as string ?? "")]
            : [];
}
