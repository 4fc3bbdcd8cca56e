using System.Collections.Concurrent;
using System.Reflection;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.Tests.Devices;

/// <summary>The classes of the language folder once more, with device code: each with what it refers to, when it is first asked for.</summary>
internal static class LanguagePrograms
{
    private static readonly ConcurrentDictionary<string, Lazy<Type>> s_classes = [];

    private static readonly Lazy<ILookup<string, Unit>> s_units = new(() => Directory.GetFiles(Path.Combine(Repository.Root, "DrJax.Tests", "Programs", "Language"), "*.cs")
        .SelectMany(Units).SelectMany(unit => unit.Names.Select(name => (name, unit))).ToLookup(pair => pair.name, pair => pair.unit));

    /// <summary>One type's declaration as a file; names by which others mention it: its own, and those of its extension members.</summary>
    private sealed record Unit(string Name, string Text, HashSet<string> Mentions, string[] Names);

    public static Type Of(string name) => s_classes.GetOrAdd(name, n => new(() => Compile(n))).Value;

    private static Type Compile(string name)
    {
        var taken = new HashSet<Unit>();
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out var next))
        {
            foreach (var unit in s_units.Value[next].Where(taken.Add))
                foreach (var mentioned in unit.Mentions) open.Enqueue(mentioned);
        }
        return Harness.LoadWithDevices(Harness.Compilation(
        [
            Harness.Tree("global using System; global using System.Collections.Generic; global using System.Linq;"),
            .. taken.Select((unit, i) => Harness.Tree(unit.Text, $"/src/{unit.Name}{i}.cs")),
        ]), companions: true).Assembly.GetType($"{typeof(Loops).Namespace}.{name}")!;
    }

    private static IEnumerable<Unit> Units(string path)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(path), Harness.ParseOptions, path).GetRoot();
        var space = root.Members.OfType<BaseNamespaceDeclarationSyntax>().Single();
        return space.Members.OfType<BaseTypeDeclarationSyntax>().Select(type => new Unit(type.Identifier.Text, $"{root.Usings.ToFullString()}\nnamespace {space.Name};\n{type.ToFullString()}",
            [.. type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text)],
            [type.Identifier.Text, .. Extensions(type)]));
    }

    private static IEnumerable<string> Extensions(SyntaxNode type) => type.DescendantNodes().Where(node => node.Parent is ExtensionBlockDeclarationSyntax
            || node is MethodDeclarationSyntax { ParameterList.Parameters: [{ Modifiers: var modifiers }, ..] } && modifiers.Any(SyntaxKind.ThisKeyword))
        .Select(node => node switch { MethodDeclarationSyntax method => method.Identifier.Text, PropertyDeclarationSyntax property => property.Identifier.Text, _ => "" }).Where(name => name.Length > 0);
}
