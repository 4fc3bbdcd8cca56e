using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DrJax.GeneratorBenchmarks;

/// <summary>
/// A project of many programs: each in a file of its own and 40 statements long, some of which call helpers of a file that ten programs share; and
/// a file that calls every program and takes derivatives of some.
/// </summary>
internal sealed class SampleProject
{
    public const int Statements = 40, ProgramsPerHelper = 10;

    private const string Usings = """
        using System;
        using DrJax;
        using static DrJax.MapReduce;
        using static DrJax.Autodiff;
        using static DrJax.Ops;

        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithFeatures([new("InterceptorsNamespaces", "DrJax.Generated")]);

    private SampleProject(Compilation compilation) => Compilation = compilation;

    public Compilation Compilation { get; }

    /// <param name="programs">How many programs it has.</param>
    /// <param name="derivatives">Of how many of them a gradient is taken outside of programs.</param>
    public static SampleProject Create(int programs, int derivatives)
    {
        var files = Enumerable.Range(0, programs).Select(i => ($"/src/P{i}.cs", Program(i)))
            .Concat(Enumerable.Range(0, (programs + ProgramsPerHelper - 1) / ProgramsPerHelper).Select(i => ($"/src/H{i}.cs", Helpers(i))))
            .Append(("/src/Callers.cs", Callers(programs, derivatives)))
            .Append(("/src/Other.cs", Other()));
        return new(CSharpCompilation.Create("Sample", files.Select(f => Parse(f.Item2, f.Item1)), Framework(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)));
    }

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new Generator.DrJaxGenerator().AsSourceGenerator()], parseOptions: Parsing);

    /// <summary>The project after a change of the text of a file.</summary>
    public SampleProject Edit(string path, string old, string @new)
    {
        var tree = Compilation.SyntaxTrees.Single(t => t.FilePath == path);
        var text = tree.GetText();
        var at = text.ToString().LastIndexOf(old, StringComparison.Ordinal);
        if (at < 0) throw new ArgumentException($"'{old}' is not in {path}", nameof(old));
        return new(Compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new Microsoft.CodeAnalysis.Text.TextChange(new(at, old.Length), @new)))));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, Parsing, path, Encoding.UTF8);

    private static IEnumerable<MetadataReference> Framework() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Vec<>).Assembly.Location),
    ];

    private static string Program(int i)
    {
        var text = new StringBuilder(Usings).AppendLine($$"""
            public static class P{{i}}
            {
                [DrJaxProgram("clients")]
                public static double Loss(Vec<double> w, Mat<double> m, Placed<(Vec<double> X, double Y)> data)
                    => ReduceMean(Map((w, m, d) =>
                    {
                        var v0 = MatMul(m, w) + d.X;
                        var s0 = Dot(v0, w) - d.Y;
            """);
        for (var k = 1; k < Statements / 2; k++)
        {
            text.AppendLine((k % 5) switch
            {
                0 => $"            var v{k} = H{i / ProgramsPerHelper}.Blend{i % 3}(v{k - 1}, w, s{k - 1});",
                1 => $"            var v{k} = MatMul(m, v{k - 1}) * 0.{k}1 + Tanh(d.X);",
                2 => $"            var v{k} = Exp(-Square(v{k - 1})) + w * s{k - 1};",
                3 => $"            var v{k} = Build(w.Length, j => v{k - 1}[j] * w[j] + {i}.5);",
                _ => $"            var v{k} = Where(v{k - 1} > 0.0, v{k - 1}, v{k - 2} * 0.1);",
            });
            text.AppendLine($"            var s{k} = s{k - 1} * 0.5 + H{i / ProgramsPerHelper}.Penalty{i % 3}(v{k}) / {k + 1}.0;");
        }
        return text.AppendLine($$"""
                        return s{{Statements / 2 - 1}} * s{{Statements / 2 - 1}};
                    }, Broadcast(w), Broadcast(m), data));
            }
            """).ToString();
    }

    private static string Helpers(int i)
    {
        var text = new StringBuilder(Usings).AppendLine($"public static class H{i}\n{{");
        for (var k = 0; k < 3; k++)
        {
            text.AppendLine($$"""
                    public static double Penalty{{k}}(Vec<double> v)
                    {
                        var a = Sum(Square(v)) + {{i + k}}.25;
                        return Sqrt(a);
                    }

                    public static Vec<double> Blend{{k}}(Vec<double> v, Vec<double> w, double s) => v * 0.9 + w * (s * 0.{{k + 1}});
                """);
        }
        return text.AppendLine("}").ToString();
    }

    private static string Callers(int programs, int derivatives)
    {
        var text = new StringBuilder(Usings).AppendLine("""
            public static class Callers
            {
                public static double Run(Vec<double> w, Mat<double> m, Placed<(Vec<double> X, double Y)> data)
                {
                    var sum = 0.0;
            """);
        for (var i = 0; i < programs; i++)
            text.AppendLine(i < derivatives ? $"        sum += Sum(Grad(P{i}.Loss, w, m, data));" : $"        sum += P{i}.Loss(w, m, data);");
        return text.AppendLine("        return sum;\n    }\n}").ToString();
    }

    private static string Other() => """
        namespace Elsewhere;

        /// <summary>Nothing that a program uses.</summary>
        public static class Other
        {
            public static int F(int x)
            {
                // a comment
                return x + 1;
            }
        }
        """;
}
