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
    private static readonly ConditionalWeakTable<SyntaxTree, InTree> Trees = new();
    private static readonly ConditionalWeakTable<MetadataReference, string[]> References = new();

    private readonly HashSet<string> names;

    private ProgramNames(Compilation compilation)
    {
        InTree[] trees = [.. compilation.SyntaxTrees.Select(tree => Trees.GetValue(tree, Read))];
        // An alias may be global; that one of another file looks like a mark costs a call a closer look, no more.
        var marks = new HashSet<string>(trees.SelectMany(t => t.Aliases)) { Attribute, Attribute + "Attribute" };
        names =
        [
            .. trees.SelectMany(t => t.Methods).Where(m => marks.Contains(m.Attribute)).Select(m => m.Method),
            .. compilation.References.SelectMany(reference => InReference(reference, compilation)),
        ];
    }

    public static bool Contains(string name, Compilation compilation) =>
        Compilations.GetValue(compilation, c => new ProgramNames(c)).names.Contains(name);

    /// <summary>What one file says: other names of the mark, and its methods that have an attribute, with its simple name.</summary>
    private sealed record InTree(string[] Aliases, (string Attribute, string Method)[] Methods);

    private static InTree Read(SyntaxTree tree)
    {
        SyntaxNode[] nodes = [.. tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)];
        return new(
            [.. nodes.OfType<UsingDirectiveSyntax>().Where(u => u.Alias is not null && u.NamespaceOrType is NameSyntax name && Simple(name) is Attribute or Attribute + "Attribute")
                .Select(u => u.Alias!.Name.Identifier.ValueText)],
            [.. from method in nodes.OfType<MethodDeclarationSyntax>()
                from attribute in method.AttributeLists.SelectMany(l => l.Attributes)
                select (Simple(attribute.Name), method.Identifier.ValueText)]);
    }

    private static string Simple(NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => Simple(qualified.Right),
        AliasQualifiedNameSyntax alias => Simple(alias.Name),
        _ => "",
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
