using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>Programs with syntax nodes deleted, swapped and duplicated, as they stand while being typed: nothing throws, and what is accepted compiles.</summary>
public class RobustnessTests
{
    private const int Mutations = 100;

    private const string Tutorial = """
        public partial record struct Net(Mat<double> W, Vec<double> B) : IVectorSpace;

        public static class Tutorial
        {
            static double ComputeLoss(Vec<double> x, Vec<double> y) => 0.5 * Square(Dot(x, y) - 1.0);

            [DrJaxProgram("groups", 3)]
            public static double PartitionedEval(Vec<double> model, Placed<Vec<double>> data)
            {
                var models = Broadcast(model);
                var losses = Map(ComputeLoss, models, data);
                return ReduceMean(losses);
            }

            [DrJaxProgram("groups", 3)]
            public static Vec<double> Step(Vec<double> model, Placed<Vec<double>> data) => model - 0.01 * Grad(PartitionedEval, model, data);

            public static Vec<double> Outside(Vec<double> model, Placed<Vec<double>> data) =>
                Grad(static (m, d) => PartitionedEval(m, d), model, data) + Step(model, data);
        }
        """;

    private const string Loops = """
        public static class Loops
        {
            [DrJaxProgram]
            public static (double Total, Vec<double> Last) Run(Vec<double> x, int n)
            {
                var (total, v) = (0.0, x);
                for (var i = 0; i < n; i++)
                {
                    if (total > 1.0) total -= Sum(v); else total += Sum(v) / 2.0;
                    v = v.With(0, total > 0.5 ? Sqrt(total) : 1.0);
                }
                return (total, v);
            }

            [DrJaxProgram]
            public static Vec<double> Pick(Mat<double> m, Vec<int> at)
            {
                var picked = Build(at.Length, i => m[i, at[i]] * 2.0);
                return picked + Rows(m, r => Sum(r) - r[0]);
            }
        }
        """;

    private const string Records = """
        public partial record struct P(Vec<double> A, double B) : IVectorSpace;

        public static class Records
        {
            static P Shift(P p, double by) => p with { B = p.B + by };

            [DrJaxProgram("clients")]
            public static (P, double) Round(P p, double lr, Placed<(Vec<double> X, double Y)> data)
            {
                var (ps, losses) = Map(d =>
                {
                    var (loss, g) = ValueAndGrad(Loss, p, d.X, d.Y);
                    return (p - lr * g, loss);
                }, data);
                return (Shift(ReduceMean(ps), 0.5), ReduceSum(losses));
            }

            static double Loss(P p, Vec<double> x, double y)
            {
                double Residual(double scale) => scale * (Dot(p.A, x) + p.B - y);
                return Square(Residual(0.5));
            }
        }
        """;

    private const string Control = """
        public static class Control
        {
            static readonly double[] Rates = [0.5, 0.25];
            enum Mode { Slow, Fast }

            static double Step(Mode mode, double v) => mode switch { Mode.Fast => 2.0 * v, _ when v < 0.0 => -v, _ => v * v };

            [DrJaxProgram]
            public static (double, int) Run(Vec<double> x, int n)
            {
                var (s, k) = (x[0], 0);
                while (s < 3.0 && k < 20)
                {
                    k++;
                    if (x[1] < 0.0) continue;
                    if (s > 2.0) break;
                    s += Step((Mode)(k % 2), 0.5);
                }
                foreach (var rate in Rates) s *= rate;
                foreach (var v in x) { if (v is < -1.0 or > 5.0) return (v, -k); s += v; }
                do { s = s / 2.0; } while (s > 1.0);
                switch (n)
                {
                    case 0: return (s, 0);
                    case 1 or 2 when s > 0.0: s = Sqrt(s); break;
                    default: k += n; break;
                }
                for (int i = 0, j = n; i < j; i++, j--) for (var l = 0; l < i; l++) s += x[0] * l;
                return (s, k);
            }
        }
        """;

    [Theory]
    [InlineData(Control, 201)]
    [InlineData(Control, 202)]
    [InlineData(Control, 203)]
    [InlineData(Control, 204)]
    [InlineData(Tutorial, 1)]
    [InlineData(Tutorial, 2)]
    [InlineData(Tutorial, 3)]
    [InlineData(Tutorial, 4)]
    [InlineData(Loops, 5)]
    [InlineData(Loops, 6)]
    [InlineData(Loops, 7)]
    [InlineData(Loops, 8)]
    [InlineData(Records, 9)]
    [InlineData(Records, 10)]
    [InlineData(Records, 11)]
    [InlineData(Records, 12)]
    [InlineData(Loops, 101)]
    [InlineData(Loops, 102)]
    [InlineData(Records, 103)]
    [InlineData(Records, 104)]
    [InlineData(Tutorial, 105)]
    [InlineData(Tutorial, 106)]
    public async Task Mutated_programs_neither_crash_nor_emit_wrong_code(string source, int seed)
    {
        var random = new Random(seed);
        var compilation = Harness.Compilation(source);
        var tree = compilation.SyntaxTrees.Single();
        var driver = Harness.Driver(steps: false);
        for (var k = 0; k < Mutations; k++)
        {
            var text = Mutated(tree, random);
            var mutated = compilation.ReplaceSyntaxTree(tree, Harness.Tree(text));
            driver = driver.RunGeneratorsAndUpdateCompilation(mutated, out var output, out var diagnostics);
            var result = driver.GetRunResult().Results[0];
            Assert.True(result.Exception is null, $"{result.Exception}\n{text}");
            Assert.True(diagnostics.IsEmpty, $"{string.Join("\n", diagnostics)}\n{text}");
            if (mutated.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)) continue;
            var faults = output.Emit(Stream.Null).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            Assert.True(faults.Length == 0, $"{string.Join("\n", faults.Select(f => f.ToString()))}\n{text}");
            if (k % 10 == 0) await Harness.Analyze(mutated, new DrJax.Generator.DrJaxAnalyzer());
        }
    }

    /// <summary>One or two nodes of the class deleted, replaced by another, or written twice.</summary>
    private static string Mutated(SyntaxTree tree, Random random)
    {
        var text = tree.ToString();
        for (var n = random.Next(1, 3); n > 0; n--)
        {
            var root = CSharpSyntaxTree.ParseText(text, Harness.ParseOptions).GetRoot();
            SyntaxNode[] nodes = [.. root.DescendantNodes().Where(x => x is ExpressionSyntax or StatementSyntax or ArgumentSyntax or ParameterSyntax or TypeSyntax or MemberDeclarationSyntax && x.Span.Length < 400 && x.SpanStart > Harness.Usings.Length)
                .Where(x => x.SpanStart > Harness.Usings.Length)];
            if (nodes.Length == 0) return text;
            var (at, other) = (nodes[random.Next(nodes.Length)].Span, nodes[random.Next(nodes.Length)].ToString());
            var old = text.Substring(at.Start, at.Length);
            text = text[..at.Start] + (random.Next(4) switch
            {
                0 => "",
                1 => old + " " + old,
                _ => other,
            }) + text[at.End..];
        }
        return text;
    }
}
