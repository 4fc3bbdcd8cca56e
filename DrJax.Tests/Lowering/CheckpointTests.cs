using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Frontend;
using Xunit;
using Derivative = DrJax.Generator.Frontend.Frontend;

namespace DrJax.Tests.Lowering;

/// <summary>What a reverse derivative keeps, in numbers of its scratch memory, with and without checkpoints.</summary>
public class CheckpointTests
{
    private const string Source = """
        public static class Programs
        {
            static Vec<double> Layer(Vec<double> x, Mat<double> w)
            {
                var h = Tanh(MatMul(w, x));
                h = Tanh(MatMul(w, h));
                h = Tanh(MatMul(w, h));
                return Tanh(MatMul(w, h));
            }

            [DrJaxProgram] public static double Loop([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w, int steps)
            {
                for (var i = 0; i < steps; i++)
                {
                    var h = Tanh(MatMul(w, x));
                    h = Tanh(MatMul(w, h));
                    h = Tanh(MatMul(w, h));
                    x = Tanh(MatMul(w, h));
                }
                return Sum(x);
            }

            [DrJaxProgram] public static double CheckpointedLoop([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w, int steps)
            {
                for (var i = 0; i < steps; i++) x = Checkpoint(Layer, x, w);
                return Sum(x);
            }

            [DrJaxProgram] public static double Once([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w) => Sum(Layer(x, w));

            [DrJaxProgram] public static Vec<double> Deep([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w) =>
                Grad(static (x, w) => Sum(Layer(Layer(Layer(Layer(Layer(Layer(x, w), w), w), w), w), w)), x, w);

            static Vec<double> Cheap(Vec<double> x, Mat<double> w) => Checkpoint(Layer, x, w);

            [DrJaxProgram] public static Vec<double> CheckpointedDeep([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w) =>
                Grad(static (x, w) => Sum(Cheap(Cheap(Cheap(Cheap(Cheap(Cheap(x, w), w), w), w), w), w)), x, w);

            [DrJaxProgram] public static double CheckpointedOnce([Shape("n")] Vec<double> x, [Shape("n", "n")] Mat<double> w) => Sum(Checkpoint(Layer, x, w));
        }
        """;

    [Fact]
    public void A_loop_stacks_the_carried_value_and_nothing_that_its_checkpoint_computes()
    {
        // Loops over 1000 steps of 10 numbers: each stack has 10 000, one step's values hundreds.
        Assert.InRange(Scratch("Loop"), 40_000, 100_000);
        Assert.InRange(Scratch("CheckpointedLoop"), 10_000, 12_000);
    }

    [Fact]
    public void Layers_of_checkpoints_take_turns_in_one_memory()
    {
        // Six layers of eight vectors: the gradient in x needs four of each, or the six arguments and one layer's at a time.
        var (kept, again) = (Vectors("Deep"), Vectors("CheckpointedDeep"));
        Assert.InRange(kept, 24, 100);
        Assert.InRange(again, 6, 16);
    }

    [Fact]
    public void What_a_checkpoint_computes_is_computed_again()
    {
        Assert.Equal(2 * Contractions("CheckpointedOnce", null), Contractions("CheckpointedOnce", DerivativeKind.Vjp) - Backward);
        Assert.Equal(Contractions("Once", null), Contractions("Once", DerivativeKind.Vjp) - Backward);
    }

    /// <summary>The products of the backward pass: W'ct in each of the four layers. (The outer products for W's own are no contractions.)</summary>
    private const int Backward = 4;

    private static double Scratch(string name)
    {
        var program = Derivative.CompileDerivative(Compile.Program(name, Source), DerivativeKind.Vjp)!;
        return Lower.Program(program).Scratch.Sum(b => (double)b.Size.Substitute(a => a.Operation is not null ? null : a.Name == "steps" ? 1000 : 10).AsConstant!.Value);
    }

    /// <summary>The vectors of scratch that have memory of their own.</summary>
    private static int Vectors(string name)
    {
        var lowered = Lower.Program(Compile.Program(name, Source));
        var homes = SharedMemory.Of(lowered);
        return lowered.Scratch.Count(b => b.Shape.Length == 1 && !homes.ContainsKey(b));
    }

    private static int Contractions(string name, DerivativeKind? kind)
    {
        var program = Compile.Program(name, Source);
        if (kind is { } derivative) program = Derivative.CompileDerivative(program, derivative)!;
        return Prepare.Func(program.Function.Results[0].Graph, program.Function).Nodes.Count(n => n is Contract);
    }
}
