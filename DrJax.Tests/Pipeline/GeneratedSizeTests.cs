using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.GeneratorBenchmarks;
using DrJax.Tests.Frontend;
using DrJax.Tests.Programs.RandomPrograms;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>
/// Generated code is bounded by the program: the bounds of docs/architecture.md ("The size of generated code"), on the programs that come nearest to them.
/// </summary>
public class GeneratedSizeTests
{
    private static readonly Lazy<CSharpCompilation> Language = new(() => Compile.Compilation(
        [.. Directory.GetFiles(Compile.InTests("Programs", "Language"), "*.cs").Select(File.ReadAllText), Compile.GoldenPrograms]));

    /// <summary>Lines of code by the nodes that the program has once helpers are inlined and derivatives are taken.</summary>
    private static int Lines(int nodes) => 12 * nodes + 300;

    [Theory]
    [InlineData("Federated.SelfTuning")]
    [InlineData("Federated.DerivativeInServerLr")]
    [InlineData("Federated.Scaffold")]
    [InlineData("LinearAlgebra.MarginalHessian")]
    [InlineData("Bundle.Jacobians")]
    [InlineData("StateSpace.BaumWelch")]
    [InlineData("Optimisers.Lbfgs")]
    [InlineData("Maml.MetaLoss")]
    [InlineData("MetaLearning.ImplicitMaml")]
    [InlineData("SecondOrder.OfNestedLoops")]
    [InlineData("Networks.TransformerBlock")]
    [InlineData("Transformations.ThirdDerivatives")]
    public void Programs_and_their_derivatives_are_bounded(string program) => Bounded(Compile.Method(Language.Value, program).Program!);

    /// <summary>Programs with early exits in nested loops in conditions, hundreds of operations each.</summary>
    [Theory]
    [InlineData(197)]
    [InlineData(38)]
    [InlineData(337)]
    [InlineData(321)]
    public void Random_programs_and_their_derivatives_are_bounded(int seed) => Bounded(Compile.Program($"Programs.P{seed}",
        $$"""
        public static partial class Programs
        {
            static double Guarded(double x) => x > 0.25 ? Sqrt(x - 0.25) * Sqrt(x - 0.25) * Sqrt(x - 0.25) : Log(1 + Square(x));

            static double Energy(double t, Vec<double> v) { var e = 0.0; for (var i = 0; i < v.Length; i++) { if (v[i] > 0.9 * t + 0.0131) e += 0.1 * v[i] * v[i]; } return Tanh(e); }

            static double Energy2(Vec<double> v, double t) => Energy(t, v) + 0.1 * Dot(v, v) * t;

        {{new ProgramWriter(seed).Write($"P{seed}")}}
        }
        """));

    [Theory]
    [InlineData("Vec<double>", 4)]
    [InlineData("Mat<double>", 3)]
    public void Loops_in_loops_grow_by_their_number_not_by_its_power(string type, int depth)
    {
        string Loops(int n) => string.Concat(Enumerable.Range(0, n).Select(i => $"for (var i{i} = 0; i{i} < n; i{i}++) {{ y = Tanh(y * a + x); ")) + new string('}', n);
        string Source(int n) => $$"""
            public static class Nested
            {
                [DrJaxProgram]
                public static double Loss({{type}} x, double a, int n) { var y = x; {{Loops(n)}} return Sum(y); }

                [DrJaxProgram]
                public static double Slope({{type}} x, double a, int n) => Sum(Square(Grad(Loss, x, a, n)));
            }
            """;
        Bounded(Compile.Program("Nested.Loss", Source(depth)));
        var (one, deep) = (Nodes(Derivative(Compile.Program("Nested.Slope", Source(1)), DerivativeKind.Vjp)), Nodes(Derivative(Compile.Program("Nested.Slope", Source(depth)), DerivativeKind.Vjp)));
        Assert.True(deep <= one * depth * depth, $"the second derivative of one loop has {one} nodes, of {depth} loops in each other {deep}");
    }

    [Fact]
    public void A_file_of_a_long_program_is_a_thousand_lines()
    {
        var trees = SampleProject.Driver().RunGenerators(SampleProject.Create(programs: 2, derivatives: 1).Compilation).GetRunResult().GeneratedTrees;
        int LinesOf(string file) => Assert.Single(trees, t => Path.GetFileName(t.FilePath).StartsWith(file, StringComparison.Ordinal)).GetText().Lines.Count;
        Assert.InRange(LinesOf("P0_Loss"), 700, 1300);
        Assert.InRange(LinesOf("DrJax.Generated.Grad_Loss"), 1000, 2300);
    }

    private static void Bounded(Program program)
    {
        var own = Measure("the program", program);
        var forward = Measure("forward mode", Derivative(program, DerivativeKind.Jvp));
        var reverse = Measure("reverse mode", Derivative(program, DerivativeKind.Vjp));
        Assert.True(forward <= 3 * own + 50 && reverse <= 4 * own + 100, $"nodes of the program {own}, of forward mode {forward}, of reverse mode {reverse}");
    }

    private static Program Derivative(Program program, DerivativeKind kind) => DrJax.Generator.Frontend.Frontend.CompileDerivative(program, kind)!;

    private static int Measure(string what, Program program)
    {
        var nodes = Nodes(program);
        var lines = CpuBackend.Emit(Lower.Program(Lower.Open(program))).ClassBody.Split('\n').Length;
        Assert.True(lines <= Lines(nodes), $"{what}: {lines} lines for {nodes} nodes");
        return nodes;
    }

    /// <summary>The nodes of all functions of the prepared program.</summary>
    private static int Nodes(Program program)
    {
        var opened = Lower.Open(program);
        var (count, seen, open) = (0, new HashSet<Func>(), new Stack<Func>([Prepare.Func(opened.Function.Results[0].Graph, opened.Function)]));
        while (open.Count > 0)
        {
            var func = open.Pop();
            if (!seen.Add(func)) continue;
            count += func.Nodes.Count;
            foreach (var inner in func.Nodes.SelectMany(n => Verifier.Functions(n))) open.Push(inner);
        }
        return count;
    }
}
