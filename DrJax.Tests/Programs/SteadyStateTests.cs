using DrJax.Compiled;
using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>What compiled calls take, once warm: their results on the managed heap, and scratch that the model sizes, never the data.</summary>
public class SteadyStateTests
{
    /// <summary>The header and the length of an array of doubles.</summary>
    private const int Header = 24;

    private readonly Vec<double> w = Build(100, i => 0.01 * i);

    private readonly Placed<Vec<double>> data = Placed.Rows(Build(300, 100, (i, j) => (i - j) % 7 * 0.1));

    [Fact]
    public void A_scalar_result_allocates_nothing() => Assert.Equal(0, Bytes(() => BitTests.Regression.Loss(w, data)));

    [Fact]
    public void A_vector_result_allocates_its_array() => Assert.Equal(Header + 100 * 8, Bytes(() => Grad(BitTests.Regression.Loss, w, data)));

    [Fact]
    public void A_value_and_a_gradient_allocate_the_gradient() => Assert.Equal(Header + 100 * 8, Bytes(() => ValueAndGrad(BitTests.Regression.Loss, w, data).Value));

    [Fact]
    public void Rounds_and_loops_allocate_their_last_result()
    {
        var y = Placed.Rows(Build(300, i => 0.01 * i));
        Assert.Equal(Header + 100 * 8, Bytes(() => Language.Placements.Rounds(w, data, y)));
        Assert.Equal(0, Bytes(() => SecondOrder.LocalTraining(w, 0.1, data, y)));
        Assert.Equal(Header + 100 * 8, Bytes(() => Loops.Recurrence(w)));
    }

    [Fact]
    public void Factorisations_and_orders_take_their_scratch_from_the_arena()
    {
        var (x, y) = (Build(70, 3, (i, j) => (i * 5 + j * 3) % 7 * 0.3), Build(70, i => i % 4 * 0.5));
        Placed<(Mat<double>, Vec<double>)> groups = Placed.Create<(Mat<double>, Vec<double>)>([(x, y), (x, y), (x, y)]);
        Assert.Equal(Header + 3 * 8, Bytes(() => Grad(LinearAlgebra.MeanMarginalLikelihood, (Vec<double>)w[..3], groups)));
        Assert.Equal(0, Bytes(() => Language.Sorting.InLoop(w)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_does_not_grow_with_the_number_of_groups(bool isSecond)
    {
        var (few, many) = (Scratch(1_000, isSecond), Scratch(100_000, isSecond));
        Assert.Equal(few, many);
    }

    [Fact]
    public void Loops_of_a_checkpointed_method_keep_the_root_of_their_steps()
    {
        // 250 000 steps of 8 carried numbers take 16 MB; 2 x 500 of them less than a first chunk of the arena.
        var x = Build(8, i => 0.1 * i);
        Assert.InRange(Filled(() => Grad(Stored, x)), 16_000_000, 100_000_000);
        Assert.InRange(Filled(() => Grad(Kept, x)), 1, 300_000);
    }

    [DrJaxProgram]
    internal static double Stored(Vec<double> x)
    {
        for (var i = 0; i < 250_000; i++) x = 0.9 * x + 0.1 * Sin(x);
        return Sum(x);
    }

    [DrJaxProgram, Checkpoint]
    internal static double Kept(Vec<double> x)
    {
        for (var i = 0; i < 250_000; i++) x = 0.9 * x + 0.1 * Sin(x);
        return Sum(x);
    }

    /// <summary>How much of a fresh thread's arena one call fills; stages stay on that thread, as the workers' arenas are theirs.</summary>
    private static long Scratch(int groups, bool isSecond)
    {
        var (model, x) = (Build(20, i => 0.1 * i), Placed.Rows(Build(groups, 20, (i, j) => (i + j) % 5 * 0.2)));
        return Filled(() =>
        {
            if (isSecond) Hvp(BitTests.Regression.Loss, model, model, x);
            else Grad(BitTests.Regression.Loss, model, x);
        });
    }

    private static long Filled(Action call)
    {
        long filled = 0;
        var thread = new Thread(() =>
        {
            call();
            filled = Arena.Capacity;
        });
        thread.Start();
        thread.Join();
        return filled;
    }

    private static double Bytes<R>(Func<R> call)
    {
        for (var i = 0; i < 50; i++) call();
        return Allocation.Bytes(() => call());
    }
}
