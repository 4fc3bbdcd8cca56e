using DrJax.Generator;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>What the analyzer says of declarations and calls, with the exact text that is underlined.</summary>
public class UsageTests
{
    private const string Model = """

        public static class M
        {
            [DrJaxProgram]
            public static double Loss(double x) => x * x;
        }
        """;

    [Theory]
    [InlineData("DRJ058", "\"Rule\"", "public static class C { [CustomVjp(\"Rule\")] public static double F(double x) => x; }")]
    [InlineData("DRJ062", "M.Loss", "public static class C { public static Func<double, double> F() => M.Loss; }")]
    [InlineData("DRJ062", "M.Loss", "public static class C { public static double F() { Func<double, double> f = M.Loss; return f(1.0); } }")]
    [InlineData("DRJ064", "ReduceSum(x)", "public static class C { public static float F(Placed<float> x) => ReduceSum(x); }")]
    [InlineData("DRJ065", "Local", "public static class C { public static double F() { [DrJaxProgram] static double Local(double x) => x; return Local(1.0); } }")]
    [InlineData("DRJ066", "\"a,b\"", "public static class C { [DrJaxProgram(\"a,b\")] public static double F(double x) => x * x; }")]
    [InlineData("DRJ067", "-2", "public static class C { [DrJaxProgram(\"a\", -2)] public static double F(double x) => x * x; }")]
    [InlineData("DRJ070", "Grad(Twice, x)", "public static class C { static double Twice(double x) => x * x; public static T F<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Grad(Same, x); static T Same<T>(T x) => x; }", "Grad(Same, x)")]
    public async Task A_misuse_is_located(string id, string span, string code, string? actual = null)
    {
        var compilation = Harness.Compilation(Model + code);
        var found = Assert.Single(await Harness.Analyze(compilation, new DrJaxAnalyzer()), d => d.Id is not "DRJ040");
        Assert.Equal(id, found.Id);
        Assert.Equal(actual ?? span, found.Location.SourceTree!.ToString().Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task A_map_that_mixes_placed_and_unplaced_names_the_argument()
    {
        var compilation = Harness.Compilation("""
            public static class C
            {
                static float F(Vec<float> a, Vec<float> b) => a[0];

                public static float G(Vec<float> model, Placed<Vec<float>> data) => ReduceMean(Map(F, model, data));
            }
            """);
        var found = Assert.Single(await Harness.Analyze(compilation, new DrJaxAnalyzer()), d => d.Id == "DRJ063");
        Assert.Equal("The argument 'model' of Map is not placed; write Broadcast(model)", found.GetMessage(null));
    }

    [Theory]
    [InlineData("public static class C { public static double F() => M.Loss(1.0); }")]
    [InlineData("public static class C { public static double F() => Grad(M.Loss, 1.0); }")]
    [InlineData("public static class C { static float Helper(Placed<float> x) => ReduceSum(x); [DrJaxProgram(\"p\")] public static float P(Placed<float> x) => Helper(x); }")]
    [InlineData("public static class C { public static float F(Placed<float> x) => Grad(static x => ReduceSum(x), x)[0]; }")]
    public async Task What_is_meant_is_not_complained_of(string code) =>
        Assert.DoesNotContain(await Harness.Analyze(Harness.Compilation(Model + code), new DrJaxAnalyzer()), d => string.CompareOrdinal(d.Id, "DRJ062") >= 0 && d.Id != "DRJ099");

    [Fact]
    public async Task A_warning_can_be_switched_off_where_it_stands()
    {
        var compilation = Harness.Compilation(Model + """

            public static class C
            {
            #pragma warning disable DRJ062
                public static Func<double, double> F() => M.Loss;
            #pragma warning restore DRJ062
            }
            """);
        Assert.Empty(await Harness.Analyze(compilation, new DrJaxAnalyzer()));
    }

    [Fact]
    public async Task A_mistake_that_two_programs_reach_is_said_once()
    {
        var compilation = Harness.Compilation("""
            public static class C
            {
                static double Helper(double x) { Console.WriteLine(); return x; }
                [DrJaxProgram] public static double P(double x) => Helper(x);
                [DrJaxProgram] public static double Q(double x) => Helper(x);
            }
            """);
        var all = await Harness.Analyze(compilation, new DrJaxAnalyzer());
        Assert.Equal(all.Length, all.Select(d => d.Location.GetLineSpan().ToString()).Distinct().Count());
    }

    [Fact]
    public void Every_id_has_a_page_and_a_release_entry()
    {
        var root = Repository.Root;
        var releases = File.ReadAllText(Path.Combine(root, "DrJax.Generator", "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(root, "DrJax.Generator", "AnalyzerReleases.Shipped.md"));
        Assert.All(Diagnostics.All, d =>
        {
            Assert.Contains(d.Id + " |", releases, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(root, "docs", "diagnostics", d.Id + ".md")), $"docs/diagnostics/{d.Id}.md");
        });
    }
}
