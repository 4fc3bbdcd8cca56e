using System.Collections.Immutable;
using DrJax.Tests.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DrJax.Tests;

/// <summary>The walls of docs/architecture.md: which room of the generator may know which, and which may know Roslyn's symbols.</summary>
public class LayeringTests
{
    /// <summary>Room → the rooms it may name types of. The root, the interceptors and the usage rules tie the others together.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ir"] = ["Ops"],
        ["Ops"] = ["Ir"],
        ["Transforms"] = ["Ir", "Ops"],
        ["Reuse"] = [],
        ["Frontend"] = ["Ir", "Ops", "Transforms", "Reuse", ""],
        ["Lowering"] = ["Ir", "Ops", "Transforms"],
        ["Backends"] = ["Ir", "Ops", "Lowering", "Interception", ""],
        ["Interception"] = ["Ir", "Frontend", "Backends", "Reuse", ""],
        ["Usage"] = ["Ir", "Frontend", "Interception", ""],
        [""] = ["Ir", "Frontend", "Lowering", "Backends", "Interception", "Usage", "Reuse"],
    };

    /// <summary>Roslyn is for reading the user's code; a backend may ask it how C# spells a name or a literal.</summary>
    private static readonly string[] KnowRoslyn = ["", "Frontend", "Interception", "Usage", "Reuse"];

    private static readonly string[] Spelling = ["SyntaxFacts", "SyntaxKind", "SymbolDisplay"];

    private static readonly ImmutableArray<(string From, string To, string Type, string File)> References = [.. Find()];

    [Fact]
    public void Rooms_know_only_the_rooms_they_may() => Assert.Empty(References
        .Where(r => r.To != "Roslyn" && r.From != r.To && !Allowed[r.From].Contains(r.To))
        .Select(r => $"{r.File}: {r.From} may not know {r.To} ({r.Type})").Distinct());

    [Fact]
    public void Only_the_front_rooms_know_Roslyn() => Assert.Empty(References
        .Where(r => r.To == "Roslyn" && !KnowRoslyn.Contains(r.From) && !(r.From == "Backends" && Spelling.Contains(r.Type)))
        .Select(r => $"{r.File}: {r.From} may not know Roslyn's {r.Type}").Distinct());

    [Fact]
    public void The_walk_sees_references()
    {
        Assert.Contains(References, r => r is { From: "Frontend", To: "Ir" });
        Assert.Contains(References, r => r is { From: "Frontend", To: "Roslyn" });
    }

    private static IEnumerable<(string From, string To, string Type, string File)> Find()
    {
        var folder = Path.Combine(Repository.Root, "DrJax.Generator");
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
        var compilation = Harness.Platform(
        [
            Harness.Tree("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;"),
            .. files.Select(f => Harness.Tree(File.ReadAllText(f), f)),
        ]);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            if (tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault() is not { } declared || Room(declared.Name.ToString()) is not { } from) continue;
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type?.ContainingNamespace is not { } @namespace || name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null) continue;
                var to = @namespace.ToDisplayString().StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ? "Roslyn" : Room(@namespace.ToDisplayString());
                if (to is not null) yield return (from, to, type.Name, Path.GetFileName(tree.FilePath));
            }
        }
    }

    private static string? Room(string @namespace) => @namespace.Split('.') is ["DrJax", "Generator", .. var rest] ? rest.FirstOrDefault("") : null;
}
