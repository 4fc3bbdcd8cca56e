using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Frontend;
using DrJax.Tests.Golden;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>What breaks first when differentiation, vectorisation or the order of passes goes wrong.</summary>
public class EarlyAlarmTests
{
    /// <summary>A vector and a tail in lanes of 8 and of 16.</summary>
    private const int Groups = 17;

    public static class Guarded
    {
        [DrJaxProgram("points")]
        internal static double Roots(Placed<double> x) => ReduceSum(Map(static x => x > 0 ? Sqrt(x) : 0, x));

        [DrJaxProgram]
        internal static double RootsInBuild(Vec<double> x) => Sum(Build(x.Length, i => x[i] > 0 ? Sqrt(x[i]) : 0));

        [DrJaxProgram("points")]
        internal static double Rotated(Placed<Vec<double>> r, Placed<Vec<double>> x) => ReduceSum(Map(static (r, x) => Sum(Rotate(r, x) * Vec(1.0, 2.0, 4.0)), r, x));

        private static Vec<double> Cross([Shape(3)] Vec<double> a, [Shape(3)] Vec<double> b) =>
            [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

        private static Vec<double> Rotate([Shape(3)] Vec<double> r, [Shape(3)] Vec<double> x)
        {
            var square = Dot(r, r);
            if (square == 0) return x + Cross(r, x);
            var angle = Sqrt(square);
            var axis = r / angle;
            return x * Cos(angle) + Cross(axis, x) * Sin(angle) + axis * (Dot(axis, x) * (1 - Cos(angle)));
        }
    }

    [Fact]
    public void The_root_that_is_not_taken_leaves_no_trace_in_derivatives()
    {
        var x = Build(Groups, i => i % 3 == 0 ? 0 : i % 3 == 1 ? 4.0 : -1.0);
        var first = Build(Groups, i => i % 3 == 1 ? 0.25 : 0);                    // 1 / (2 sqrt 4)
        var second = Build(Groups, i => i % 3 == 1 ? -1.0 / 32 : 0);              // -1 / (4 4^(3/2))
        var (points, ones) = (Placed.Rows(x), Placed.Rows(Ones<double>(Groups)));
        Assert.Equal(Placed.Rows(first), Grad(Guarded.Roots, points));
        Assert.Equal(Placed.Rows(second), Hvp(Guarded.Roots, points, ones));
        Assert.Equal(first, Grad(Guarded.RootsInBuild, x));
        Assert.Equal(second, Hvp(Guarded.RootsInBuild, x, Ones<double>(Groups)));
    }

    [Fact]
    public void Rotations_by_zero_have_finite_derivatives()
    {
        // With u = (1, 2, 4), u·(x + r × x) has the gradient x × u in r, and both formulas have it at r = 0.
        var x = Build(Groups, 3, (i, k) => 0.25 * i + k);
        var r = Build(Groups, 3, (i, k) => i % 2 == 0 ? 0 : 1e-3 * (k + 1));
        var gradient = Grad(Guarded.Rotated, Placed.Rows(r), Placed.Rows(x));
        var curvature = Hvp(Guarded.Rotated, Placed.Rows(r), Placed.Rows(Ones<double>(Groups, 3)), Placed.Rows(x));
        for (var i = 0; i < Groups; i++)
        {
            var (a, b, c) = (x[i, 0], x[i, 1], x[i, 2]);
            Vec<double> exact = [4 * b - 2 * c, c - 4 * a, 2 * a - b];
            // Off by the size of the rotation times the curvature.
            for (var k = 0; k < 3; k++) Assert.Equal(exact[k], gradient[i][k], i % 2 == 0 ? 1e-14 : 0.2);
            foreach (var value in curvature[i]) Assert.True(double.IsFinite(value));
            if (i % 2 == 0) Assert.Equal(Zeros<double>(3), curvature[i]);          // the taken formula is linear in r
        }
    }

    /// <summary>Passes over the data of a gradient: one for each level of the graph, forward and backward in the same pass where the cotangent is known.</summary>
    [Theory]
    [InlineData("Regions.RegionLoss", 1)]
    [InlineData("Regions.Directly", 1)]
    [InlineData("Participants.Sums", 1)]
    [InlineData("Participants.Means", 2)]
    [InlineData("Captured", 1)]
    [InlineData("RootOfMean", 1)]
    [InlineData("NormaliseThenMap", 3)]
    [InlineData("LoopInMap", 1)]
    [InlineData("CallsPrograms", 1)]
    [InlineData("Rounds", 2)]
    public void Gradients_take_few_passes_over_the_groups(string program, int stages)
    {
        var compiled = Compile.Program(program.Contains('.', StringComparison.Ordinal) ? program : "Placements." + program, LanguageSources);
        var reverse = DrJax.Generator.Frontend.Frontend.CompileDerivative(compiled, DerivativeKind.Vjp)!;
        // Only the parameters of the model are differentiated: the cotangents of the data would be placed results.
        var own = new Func(program, reverse.Function.Parameters, [.. reverse.Function.Results.Where(r => !r.Type.IsPlaced)]);
        var text = CpuBackend.Emit(Lower.Program(reverse with { Function = own })).ClassBody;
        Assert.Equal(stages, text.Split(": IStage").Length - 1);
    }

    private static string[] LanguageSources => [.. Directory.GetFiles(Path.Combine(Repository.Root, "DrJax.Tests", "Programs", "Language"), "*.cs").Select(File.ReadAllText)];

    /// <summary>The budgets are about a third above what the compiler makes today, loops in vectors of two widths.</summary>
    [Fact]
    public void A_gradient_through_a_gradient_stays_small()
    {
        var program = Compile.Program("Maml.MetaLoss", Compile.GoldenPrograms);
        var reverse = DrJax.Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Vjp)!;
        var nodes = Printer.Print(Prepare.Func(reverse.Function.Results[0].Graph, reverse.Function)).Split('\n').Length;
        Assert.InRange(nodes, 100, 280);
        var lines = CpuBackend.Emit(Lower.Program(reverse)).ClassBody.Split('\n').Length;
        Assert.InRange(lines, 1000, 3800);
    }
}
