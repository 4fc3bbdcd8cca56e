using DrJax.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The cures that an editor offers: before → after.</summary>
public class CodeFixTests
{
    private const string Model = """

        public static class M
        {
            [DrJaxProgram]
            public static double Loss(double x, double y) => x * y;
            [DrJaxProgram]
            public static double One(double x) => x * x;
            public static float F(Vec<float> a, Vec<float> b) => a[0];
        }

        """;

    [Theory]
    [InlineData("DRJ062", "Func<double, double, double> F() => M.Loss;", "Func<double, double, double> F() => (x, y) => M.Loss(x, y);")]
    [InlineData("DRJ062", "Func<double, double> F() => M.One;", "Func<double, double> F() => x => M.One(x);")]
    [InlineData("DRJ063", "float F(Vec<float> m, Placed<Vec<float>> d) => ReduceSum(Map(M.F, m, d));", "float F(Vec<float> m, Placed<Vec<float>> d) => ReduceSum(Map(M.F, Broadcast(m), d));")]
    [InlineData("DRJ063", "object F(Vec<float> m, Placed<Vec<float>> d) => MapReduce.Map(M.F, m, d);", "object F(Vec<float> m, Placed<Vec<float>> d) => MapReduce.Map(M.F, MapReduce.Broadcast(m), d);")]
    [InlineData("DRJ060", "[DrJaxProgram] public static double F(double x) => 0.1f * x;", "[DrJaxProgram] public static double F(double x) => 0.1 * x;")]
    public async Task The_cure_is_written(string id, string before, string after)
    {
        var member = before.StartsWith('[') ? before : "public static " + before;
        var source = Harness.Usings + Model + $"public static class C {{ {member} }}";
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Sample", LanguageNames.CSharp)
            .WithParseOptions(Harness.ParseOptions)
            .WithCompilationOptions(Harness.Compilation("").Options)
            .WithMetadataReferences(Harness.Compilation("").References);
        var document = project.AddDocument("Program.cs", source, filePath: "/src/Program.cs");
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync())!;
        var diagnostic = Assert.Single(await Harness.Analyze(compilation, new DrJaxAnalyzer()), d => d.Id == id);

        CodeAction? action = null;
        var provider = new global::DrJax.CodeFixes.DrJaxCodeFixes();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (a, _) => action = a, CancellationToken.None));
        var operation = Assert.Single(await action!.GetOperationsAsync(CancellationToken.None));
        var changed = ((ApplyChangesOperation)operation).ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(source.Replace(before, after, StringComparison.Ordinal), (await changed.GetTextAsync()).ToString());
    }
}
