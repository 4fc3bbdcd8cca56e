using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>A companion has the derivatives that somebody asks for by its name: others would be code that nobody runs.</summary>
[Collection("Counts compiled calls")]
public class CompanionTests
{
    private const string Model = """
        namespace Some.Where
        {
            public static class M
            {
                [DrJaxProgram("groups")]
                public static double Loss(double x) => x * x;

                [DrJaxProgram("groups")]
                public static double Other(double x) => x * x * x;
            }
        }

        """;

    public static TheoryData<string> Mentions =>
    [
        "public static class C { public static double D(double x) => Some.Where.M_Loss.Vjp(x, 1.0).XCotangent; }",
        "public static class C { public static double D(double x) => global::Some.Where.M_Loss.Jvp(x, 1.0).Tangent; }",
        "namespace Some.Where { public static class C { public static double D(double x) => M_Loss.Vjp(x, 1.0).XCotangent; } }",
        "namespace Some.Where { using static Some.Where.M_Loss; public static class C { public static double D(double x) => Vjp(x, 1.0).XCotangent; } }",
        "namespace Some.Where { using L = Some.Where.M_Loss; public static class C { public static double D(double x) => L.Vjp(x, 1.0).XCotangent; } }",
    ];

    [Theory]
    [MemberData(nameof(Mentions))]
    public void A_companion_has_derivatives_where_the_project_names_it(string mention)
    {
        var assembly = Harness.Load(Model + mention);
        var name = mention.StartsWith("namespace", StringComparison.Ordinal) ? "Some.Where.C.D" : "C.D";
        Assert.Equal((6.0, 1), assembly.Counted(name, 3.0));
        Assert.NotNull(assembly.Assembly.GetType("Some.Where.M_Loss")!.GetMethod("Jvp"));
        Assert.Null(assembly.Assembly.GetType("Some.Where.M_Other")!.GetMethod("Jvp"));
    }

    [Fact]
    public void A_derivative_taken_by_a_head_needs_nothing_of_the_companion()
    {
        var assembly = Harness.Load(Model + "public static class C { public static double D(double x) => Grad(Some.Where.M.Loss, x); }");
        Assert.Equal((6.0, 1), assembly.Counted("C.D", 3.0));
        Assert.Null(assembly.Assembly.GetType("Some.Where.M_Loss")!.GetMethod("Vjp"));
    }

    [Fact]
    public void A_project_may_ask_for_the_derivatives_of_all_companions()
    {
        var text = string.Join("\n", Harness.Generate(Harness.Compilation(Model), companions: true).GeneratedTrees);
        Assert.Contains("M_Loss_Vjp", text, StringComparison.Ordinal);
        Assert.Contains("M_Other_Jvp", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_companion_has_changes_no_file()
    {
        var compilation = Harness.Compilation(Harness.Tree(Harness.Usings + Model, "/src/M.cs"), Harness.Tree("class A_B { public static int X; }", "/src/B.cs"));
        var driver = Harness.Driver().RunGenerators(compilation);
        var edited = compilation.AddSyntaxTrees(Harness.Tree("class C { static int F() => A_B.X; }", "/src/C.cs"));
        var steps = driver.RunGenerators(edited).GetRunResult().Results[0].TrackedSteps["ProgramCode"];
        Assert.All(steps.SelectMany(s => s.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
