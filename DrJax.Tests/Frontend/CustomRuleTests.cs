using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Custom rules and checkpoints as printed IR: part of a program's identity.</summary>
public class CustomRuleTests
{
    private const string Source = """
        public static class Programs
        {
            [CustomJvp(nameof(SoftJvp))]
            static double Soft(double x) => Log(1 + Exp(x));

            static (double, double) SoftJvp(double x, double dx) => (Soft(x), dx / (1 + Exp(-x)));

            [CustomVjp(nameof(ClipVjp))]
            static Vec<double> Clip(Vec<double> x, double limit) => x;

            static (Vec<double>, double) ClipVjp(Vec<double> x, double limit, Vec<double> y, Vec<double> ct) => (Min(limit, Max(-limit, ct)), 0);

            [DrJaxProgram]
            public static double Rules(Vec<double> x) => Soft(Sum(Clip(x, 2.0)));

            [DrJaxProgram]
            public static double Again(double x) => Checkpoint(v => Sin(Sin(v)), x);
        }
        """;

    [Fact]
    public void A_function_is_printed_with_its_rules() => Snapshot.Match(Printer.Print(Compile.Program("Rules", Source).Function));

    [Fact]
    public void Reverse_mode_takes_the_rules() => Snapshot.Match(Reverse("Rules"));

    [Fact]
    public void Reverse_mode_computes_a_checkpoint_again() => Snapshot.Match(Reverse("Again"));

    [Fact]
    public void A_rule_is_part_of_the_identity()
    {
        var other = Source.Replace("dx / (1 + Exp(-x))", "dx / (1 + Exp(-x) * 1.0001)", StringComparison.Ordinal);
        Assert.NotEqual(Printer.Print(Compile.Program("Rules", Source).Function), Printer.Print(Compile.Program("Rules", other).Function));
    }

    private static string Reverse(string name) =>
        Printer.Print(DrJax.Generator.Frontend.Frontend.CompileDerivative(Compile.Program(name, Source), DerivativeKind.Vjp)!.Function);
}
