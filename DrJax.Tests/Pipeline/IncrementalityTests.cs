using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>What an edit costs: the steps that run anew and the files that change.</summary>
public class IncrementalityTests
{
    private const string Program = Harness.Usings + """
        public static class M
        {
            [DrJaxProgram]
            public static double Loss(double x) => Helper.Square(x) * 3.0;
        }
        """;

    private const string Helper = """
        public static class Helper
        {
            public static double Square(double x) => x * x;
        }
        """;

    private const string Caller = Harness.Usings + """
        public static class Caller
        {
            public static double Run() => M.Loss(2.0) + Grad(M.Loss, 2.0);
        }
        """;

    private static readonly string[] Steps = ["Programs", "ProgramCode", "Calls", "DerivativeCode", "Interceptors", "Registrations"];

    private static string Edited(string file, string source)
    {
        SyntaxTree[] trees = [Harness.Tree(Program, "/src/M.cs"), Harness.Tree(Helper, "/src/Helper.cs"), Harness.Tree(Caller, "/src/Caller.cs")];
        var compilation = Harness.Compilation(trees);
        var driver = Harness.Driver().RunGenerators(compilation);
        Assert.Equal(4, driver.GetRunResult().GeneratedTrees.Length);
        var old = trees.FirstOrDefault(t => t.FilePath == file);
        var edited = Harness.Tree(source, file);
        var result = driver.RunGenerators(old is null ? compilation.AddSyntaxTrees(edited) : compilation.ReplaceSyntaxTree(old, edited)).GetRunResult().Results[0];
        return string.Join(" ", Steps.Select(step => $"{step}:{Reasons(result.TrackedSteps[step])}"))
            + " Output:" + Reasons(result.TrackedOutputSteps.SelectMany(s => s.Value));
    }

    private static string Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        string.Join("|", steps.SelectMany(s => s.Outputs).Select(o => o.Reason).Distinct().Order());

    [Fact]
    public void An_unrelated_file_changes_nothing() =>
        Assert.Equal("Programs:Cached ProgramCode:Cached Calls:Cached DerivativeCode:Cached Interceptors:Cached Registrations:Cached Output:Cached",
            Edited("/src/Other.cs", "class Other { int F() => 1; }"));

    [Fact]
    public void A_comment_in_the_program_changes_nothing() =>
        Assert.Contains("ProgramCode:Cached", Edited("/src/M.cs", "// a comment\n" + Program), StringComparison.Ordinal);

    [Fact]
    public void A_comment_in_the_program_emits_nothing() =>
        Assert.EndsWith("Output:Cached", Edited("/src/M.cs", "// a comment\n" + Program), StringComparison.Ordinal);

    [Fact]
    public void Another_meaning_of_a_helper_reaches_the_program_and_its_derivative()
    {
        var edited = Edited("/src/Helper.cs", Helper.Replace("x * x", "x * x * x", StringComparison.Ordinal));
        Assert.Contains("Programs:Modified", edited, StringComparison.Ordinal);
        Assert.Contains("ProgramCode:Modified", edited, StringComparison.Ordinal);
        Assert.Contains("DerivativeCode:Modified", edited, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_spelling_of_a_helper_changes_nothing() =>
        Assert.EndsWith("Output:Cached", Edited("/src/Helper.cs", "// why\n" + Helper.Replace("x * x", "(x * x)", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void An_edit_in_a_calling_file_renews_the_interceptors_only()
    {
        var edited = Edited("/src/Caller.cs", "// a comment\n" + Caller);
        Assert.Contains("ProgramCode:Cached", edited, StringComparison.Ordinal);
        Assert.Contains("DerivativeCode:Cached", edited, StringComparison.Ordinal);
        Assert.Contains("Interceptors:Modified", edited, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_that_moves_changes_no_file() =>
        Assert.EndsWith("Output:Cached", Edited("/src/M.cs", "\n\n" + Program), StringComparison.Ordinal);

    [Fact]
    public void Models_hold_no_symbols_or_trees()
    {
        var compilation = Harness.Compilation(Harness.Tree(Program, "/src/M.cs"), Harness.Tree(Helper, "/src/Helper.cs"), Harness.Tree(Caller, "/src/Caller.cs"));
        var steps = Harness.Driver().RunGenerators(compilation).GetRunResult().Results[0].TrackedSteps;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var name in Steps.Append("VectorSpaces"))
            if (steps.TryGetValue(name, out var runs))
                foreach (var output in runs.SelectMany(r => r.Outputs)) Walk(output.Value, name, seen);
        Assert.True(seen.Count > 20, "the walk saw the models");
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !value.GetType().IsValueType && !seen.Add(value)) return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or IOperation or Location, $"{path} holds a {value.GetType()}");
        if (value is MemberInfo or Delegate) return;
        if (value is IEnumerable items && value.GetType().IsArray)
            foreach (var item in items) Walk(item, path + "[]", seen);
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
    }
}
