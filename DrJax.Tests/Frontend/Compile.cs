using System.Runtime.CompilerServices;
using System.Text;
using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Source text → a compilation that references what this test process does, and its programs.</summary>
internal static class Compile
{
    private const string Usings = """
        global using System;
        global using DrJax;
        global using static DrJax.MapReduce;
        global using static DrJax.Autodiff;
        global using static DrJax.Ops;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("DrJax.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static string GoldenPrograms { get; } = File.ReadAllText(InTests("Golden", "GoldenPrograms.cs"));

    public static string InTests(params string[] path) => Path.Combine([Path.GetDirectoryName(Here())!, "..", .. path]);

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create("Programs",
        sources.Prepend(Usings)
            .Select((source, i) => CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), Options, $"Test{i}.cs")),
        References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true));

    /// <summary>The program of a method, named <c>Method</c> or <c>Type.Method</c>; C# errors in the source fail the test.</summary>
    public static FrontendResult Method(Compilation compilation, string name)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return DrJax.Generator.Frontend.Frontend.CompileMethod(Find(compilation, name), compilation, CancellationToken.None);
    }

    /// <summary>A program that must compile without a word.</summary>
    public static DrJax.Generator.Ir.Program Program(string name, params string[] sources)
    {
        var result = Method(Compilation(sources), name);
        Assert.True(result.Diagnostics.Count == 0, string.Join("\n", result.Diagnostics.Select(d => d.ToDiagnostic())));
        return result.Program!;
    }

    /// <summary>The only derivative call in the source, as the program that it is by itself.</summary>
    public static FrontendResult Call(string source)
    {
        var compilation = Compilation(source);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[1];
        var model = compilation.GetSemanticModel(tree);
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(n => model.GetOperation(n)).OfType<IInvocationOperation>().First(o => o.TargetMethod.ContainingType.Name == "Autodiff");
        return DrJax.Generator.Frontend.Frontend.CompileCall(call, compilation, CancellationToken.None);
    }

    public static IMethodSymbol Find(Compilation compilation, string name)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                var symbol = model.GetDeclaredSymbol(declaration)!;
                if (name == symbol.Name || name == $"{symbol.ContainingType.Name}.{symbol.Name}") return symbol;
            }
        }
        throw new ArgumentException($"no method {name}", nameof(name));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
