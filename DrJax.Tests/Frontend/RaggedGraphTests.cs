using System.Runtime.CompilerServices;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Programs over groups of unequal size as printed IR: a size a group, then the longest group's with each group's own as a value.</summary>
public class RaggedGraphTests
{
    [Fact]
    public void A_mean_over_own_rows() => Match("""
        public static class Programs
        {
            [DrJaxProgram("clients")]
            public static double P(Vec<double> w, [Ragged] Placed<(Mat<double> X, Vec<double> Y)> data) =>
                ReduceMean(Map(d => Mean(Square(MatMul(d.X, w) - d.Y)), data));
        }
        """);

    [Fact]
    public void A_loop_over_own_rows() => Match("""
        public static class Programs
        {
            [DrJaxProgram("clients")]
            public static double P(double a, [Ragged] Placed<Vec<double>> x) => ReduceSum(Map(x =>
            {
                var h = 0.0;
                for (var i = 0; i < x.Length; i++) h = Tanh(a * h + x[i]);
                return h;
            }, x));
        }
        """);

    private static void Match(string source, [CallerMemberName] string name = "")
    {
        var program = Compile.Program("P", source);
        var opened = RowCounts.Open(program).Function;
        var graph = opened.Results[0].Graph;
        var gradient = DrJax.Generator.Frontend.Frontend.CompileDerivative(program, DrJax.Generator.Frontend.DerivativeKind.Vjp)!;
        Snapshot.Match(string.Join("\n", Printer.Print(program.Function), "padded", "", Printer.Print(Ragged.Run(graph, new Passes(graph).Prepare(opened))),
            "gradient, padded", "", Printer.Print(Ragged.Run(graph, new Passes(graph).Prepare(RowCounts.Open(gradient).Function)))), method: name);
    }
}
