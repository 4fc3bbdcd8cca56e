using DrJax.Generator;
using DrJax.Generator.Reuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>
/// What an edit compiles anew. Every case compares what the generator makes after the edit with what it makes of the edited project from nothing: a
/// program that depends on the edit and is not compiled again shows as a difference.
/// </summary>
public class ReuseTests
{
    private static readonly (string Path, string Source)[] Project =
    [
        ("/src/A.cs", Harness.Usings + """
            public static class A
            {
                [DrJaxProgram] public static double One(double x) => Helpers.Square(x) * Constants.Scale;
                [DrJaxProgram] public static double Two(double x) { var y = Helpers.Cube(x); return y + Helpers.Offset; }
            }
            """),
        ("/src/B.cs", Harness.Usings + """
            using Tools;
            namespace Inner
            {
                public static class B
                {
                    [DrJaxProgram] public static double Three(double x) => x.Twice() + Parts.Get(1.0) + (int)Level.High;
                    [DrJaxProgram] public static double Four(Net n) => Sum(n.W) * n.Size() - Near.By(2.0);
                }
            }
            """),
        ("/src/Helpers.cs", Harness.Usings + """
            public static class Helpers
            {
                public static double Square(double x) => x * x;
                public static double Cube(double x) => x * Square(x);
                public static readonly double Offset = Start() + 1.0;
                public static double Start() => 0.25;
                public static double Unused(double x) => x;
            }
            """),
        ("/src/Constants.cs", """
            public static class Constants { public const double Scale = 2.0 * Base; private const double Base = 1.5; }
            public enum Level { Low, High = 3 }
            """),
        ("/src/Tools.cs", Harness.Usings + """
            namespace Tools
            {
                public static class Extensions { public static double Twice(this double x) => 2.0 * x; }
                public static partial class Parts { public static double Get<T>(T x) => 1.0; }
                public static class Near { public static double By(double x, double factor = 3.0) => x * factor; }
                public partial record struct Net(Vec<double> W) : IVectorSpace;
                public static class NetSize { public static double Size(this Net n) => n.W.Length; }
            }
            """),
        ("/src/Caller.cs", Harness.Usings + """
            public static class Caller
            {
                public static double Run() => A.One(2.0) + Grad(A.Two, 2.0) + Grad(static x => Helpers.Square(x) + Helpers.Start(), 1.0);
            }
            """),
        ("/src/Other.cs", "public class Other { public int F() { var x = 1; return x; } }"),
    ];

    private static CSharpCompilation Built(IEnumerable<(string Path, string Source)> files) =>
        Harness.Compilation(files.Select(f => Harness.Tree(f.Source, f.Path))).WithAssemblyName("Sample");

    private static string Text(GeneratorDriver driver) => string.Join("\n", driver.GetRunResult().GeneratedTrees
        .OrderBy(t => t.FilePath, StringComparer.Ordinal).Select(t => $"// ---- {t.FilePath}\n{t}"));

    /// <summary>How many programs and derivatives an edit compiles, of the six there are; and whether it changes what is generated.</summary>
    private static (int Runs, bool Differs) Edit(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var before = Built(Project);
        var driver = Harness.Driver().RunGenerators(before);
        Assert.Equal(6, ProjectState.Of(before).Runs);
        var after = edit(before);
        var edited = driver.RunGenerators(after);
        // Parsed again, so that nothing is known of any file.
        var afresh = after.RemoveAllSyntaxTrees().AddSyntaxTrees(after.SyntaxTrees.Select(t => Harness.Tree(t.ToString(), t.FilePath)));
        Assert.Equal(Text(Harness.Driver().RunGenerators(afresh)), Text(edited));
        return (ProjectState.Of(after).Runs, Text(edited) != Text(driver));
    }

    private static (int Runs, bool Differs) Edit(string path, string old, string @new) => Edit(compilation =>
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        Assert.Contains(old, tree.ToString(), StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, Harness.Tree(tree.ToString().Replace(old, @new, StringComparison.Ordinal), path));
    });

    [Theory]
    [InlineData("/src/Other.cs", "var x", "/* why */ var x")]
    [InlineData("/src/Other.cs", "public int F", "/// <summary>Why.</summary>\n public int F")]
    [InlineData("/src/Other.cs", "var x = 1;", "var x = 1; x++;")]
    [InlineData("/src/Helpers.cs", "(double x) => x;", "(double x) { var y = x; return y; }")]
    [InlineData("/src/Tools.cs", "namespace Tools", "// why\n\nnamespace Tools")]
    [InlineData("/src/Constants.cs", "public enum", "\n// why\npublic enum")]
    public void What_no_program_reads_compiles_none(string path, string old, string @new)
    {
        if (path != "/src/Helpers.cs") Assert.Equal((0, false), Edit(path, old, @new));
        // Another kind of body is another declaration.
        else Assert.False(Edit(path, old, @new).Differs);
    }

    [Theory]
    [InlineData("/src/Helpers.cs", "double x) => x;", "double x) => x + 1.0;", 0)]
    [InlineData("/src/A.cs", "var y =", "/* why */ var y =", 2)]
    [InlineData("/src/Helpers.cs", "x * Square(x)", "x * x * Square(x)", 2)]
    [InlineData("/src/Helpers.cs", "=> x * x", "=> x * x + 1.0", 4)]
    [InlineData("/src/Helpers.cs", "0.25", "0.5", 3)]
    [InlineData("/src/Helpers.cs", "Start() + 1.0", "Start() + 2.0", 2)]
    [InlineData("/src/Tools.cs", "2.0 * x", "4.0 * x", 1)]
    [InlineData("/src/Caller.cs", "A.One(2.0) +", "A.One(3.0) + 1.0 +", 1)]
    public void An_edited_body_compiles_what_reads_it(string path, string old, string @new, int runs) => Assert.Equal(runs, Edit(path, old, @new).Runs);

    [Theory]
    [InlineData("/src/Constants.cs", "2.0 *", "3.0 *")]
    [InlineData("/src/Constants.cs", "Base = 1.5", "Base = 2.5")]
    [InlineData("/src/Constants.cs", "High = 3", "High = 4")]
    [InlineData("/src/Tools.cs", "factor = 3.0", "factor = 5.0")]
    [InlineData("/src/Tools.cs", "public static double Get<T>(T x) => 1.0;", "public static double Get<T>(T x) => 1.0; public static double Get(double x) => x * 7.0;")]
    [InlineData("/src/Tools.cs", "Net(Vec<double> W)", "Net(Vec<double> W, Vec<double> V)")]
    [InlineData("/src/Tools.cs", "Net(Vec<double> W)", "Net(Vec<float> W)")]
    [InlineData("/src/Other.cs", "public class Other", "public static class Near { public static double By(double x) => x; } public class Other")]
    [InlineData("/src/Other.cs", "public class Other", "namespace Inner { public static class Near { public static double By(double x) => x; } } public class Other")]
    [InlineData("/src/Other.cs", "public class Other", "namespace Tools { static partial class Parts { public static double Get(double x) => x * 7.0; } } public class Other")]
    [InlineData("/src/Other.cs", "public class Other", "namespace Inner { public static class More { public static double Twice(this double x) => 9.0 * x; } } public class Other")]
    [InlineData("/src/Other.cs", "public class Other", "public static class Exact { public static double Size(this Tools.Net n) => 5.0; } public class Other")]
    [InlineData("/src/Other.cs", "public class Other", "namespace Inner { public enum Level { High = 9 } } public class Other")]
    [InlineData("/src/B.cs", "using Tools;", "using Tools; using Level = Elsewhere.Level;")]
    [InlineData("/src/Other.cs", "public class Other", "global using static Elsewhere.Ops; public class Other")]
    public void Another_meaning_of_what_a_program_names_is_noticed(string path, string old, string @new) => Assert.True(Edit(c =>
    {
        // There all along, and in nobody's sight.
        var elsewhere = Harness.Tree("namespace Elsewhere { public enum Level { High = 11 } public static class Ops { public static double Sum(DrJax.Vec<double> v) => 1.0; } }", "/src/Elsewhere.cs");
        var tree = c.SyntaxTrees.Single(t => t.FilePath == path);
        return c.AddSyntaxTrees(elsewhere).ReplaceSyntaxTree(tree, Harness.Tree(tree.ToString().Replace(old, @new, StringComparison.Ordinal), path));
    }).Differs);

    [Fact]
    public void A_file_that_brings_another_overload_is_noticed() => Assert.True(Edit(c => c.AddSyntaxTrees(
        Harness.Tree("namespace Tools { static partial class Parts { public static double Get(double x) => x * 7.0; } }", "/src/New.cs"))).Differs);

    [Fact]
    public void A_file_that_goes_is_noticed() => Assert.True(Edit(c => c.RemoveSyntaxTrees(c.SyntaxTrees.Single(t => t.FilePath == "/src/Constants.cs"))).Differs);

    [Fact]
    public void Another_referenced_assembly_is_noticed()
    {
        static MetadataReference Library(double scale)
        {
            using var image = new MemoryStream();
            Assert.True(Harness.Compilation(Harness.Tree($"public static class Library {{ public const double Scale = {scale}; }}")).WithAssemblyName("Library").Emit(image).Success);
            return MetadataReference.CreateFromImage(image.ToArray());
        }

        var program = Harness.Usings + "public static class M { [DrJaxProgram] public static double Loss(double x) => x * Library.Scale; }";
        var (old, @new) = (Library(2), Library(3));
        var compilation = Harness.Compilation(Harness.Tree(program)).AddReferences(old);
        var driver = Harness.Driver().RunGenerators(compilation);
        var edited = driver.RunGenerators(compilation.ReplaceReference(old, @new));
        Assert.NotEqual(Text(driver), Text(edited));
    }

    [Fact]
    public void A_program_of_a_referenced_project_is_compiled_again_when_the_project_is_edited()
    {
        static CSharpCompilation Library(string body) => Harness.Compilation(Harness.Tree($"public static class Library {{ public const double Scale = {body}; }}")).WithAssemblyName("Library");
        var (old, @new) = (Library("2.0").ToMetadataReference(), Library("3.0").ToMetadataReference());
        var compilation = Harness.Compilation(Harness.Tree(Harness.Usings + "public static class M { [DrJaxProgram] public static double Loss(double x) => x * Library.Scale; }")).AddReferences(old);
        var driver = Harness.Driver().RunGenerators(compilation);
        Assert.NotEqual(Text(driver), Text(driver.RunGenerators(compilation.ReplaceReference(old, @new))));
    }

    [Fact]
    public void Many_programs_pay_for_the_edits_of_what_they_use_only()
    {
        const int programs = 30;
        var files = Enumerable.Range(0, programs)
            .Select(i => ($"/src/P{i}.cs", Harness.Usings + $"public static class P{i} {{ [DrJaxProgram] public static double Loss(double x) => H{i / 10}.F(x) * {i}.5; }}"))
            .Concat(Enumerable.Range(0, 3).Select(i => ($"/src/H{i}.cs", $"public static class H{i} {{ public static double F(double x) => x * x; }}")));
        var compilation = Built(files);
        var driver = Harness.Driver().RunGenerators(compilation);
        Assert.Equal(programs, ProjectState.Of(compilation).Runs);

        Assert.Equal(0, RunsOf("/src/H1.cs", "public static class", "// why\npublic static class"));
        Assert.Equal(1, RunsOf("/src/P7.cs", "H0.F(x)", "H0.F(x) + 1.0"));
        Assert.Equal(10, RunsOf("/src/H1.cs", "x * x", "x * x * x"));

        int RunsOf(string path, string old, string @new)
        {
            var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
            var edited = compilation.ReplaceSyntaxTree(tree, Harness.Tree(tree.ToString().Replace(old, @new, StringComparison.Ordinal), path));
            // One edit comes after the other: what is taken back is another edit.
            (compilation, driver) = (edited, driver.RunGenerators(edited));
            var result = driver.GetRunResult().Results[0];
            var modified = result.TrackedSteps["Programs"].SelectMany(s => s.Outputs).Count(o => o.Reason == IncrementalStepRunReason.Modified);
            Assert.Equal(ProjectState.Of(edited).Runs, modified);
            return modified;
        }
    }

    [Fact]
    public async Task The_analyzer_takes_over_what_the_generator_found()
    {
        var before = Built(Project);
        Harness.Driver().RunGeneratorsAndUpdateCompilation(before, out var output, out _);
        Assert.Empty(await Harness.Analyze(output, new DrJaxAnalyzer()));
        Assert.Equal(0, ProjectState.Of(output).Runs);
    }

    [Fact]
    public async Task A_mistake_that_moves_is_reported_where_it_is()
    {
        var tree = Harness.Tree(Harness.Usings + "public static class M { [DrJaxProgram] public static double Loss(double x) => x * 0.1f; }");
        var compilation = Harness.Compilation(tree);
        Harness.Driver().RunGenerators(compilation);
        var first = Assert.Single(await Harness.Analyze(compilation, new DrJaxAnalyzer()));
        var moved = compilation.ReplaceSyntaxTree(tree, Harness.Tree("// why\n" + tree, tree.FilePath));
        Harness.Driver().RunGenerators(moved);
        var second = Assert.Single(await Harness.Analyze(moved, new DrJaxAnalyzer()));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Location.SourceSpan.Start + "// why\n".Length, second.Location.SourceSpan.Start);
    }

    [Fact]
    public async Task The_same_mistake_of_two_calls_is_reported_at_both()
    {
        var compilation = Harness.Compilation("""
            public static class M
            {
                public static double F(double x) => x * DateTime.Now.Ticks;
                public static double A() => Grad(F, 1.0);
                public static double B() => Grad(F, 1.0);
                public static double C(Func<double, double> f) => Grad(f, 1.0);
                public static double D(Func<double, double> f) => Grad(f, 1.0);
            }
            """);
        Harness.Driver().RunGenerators(compilation);
        Assert.Equal(3, (await Harness.Analyze(compilation, new DrJaxAnalyzer())).Length);
    }
}
