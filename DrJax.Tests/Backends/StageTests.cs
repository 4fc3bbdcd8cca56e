using DrJax.Compiled;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

public sealed class StageTests
{
    private static readonly Dim Groups = Dim.Symbol("groups"), Block = StageSizes.Block, First = StageSizes.Group, Capacity = StageSizes.Lanes, Size = Dim.Symbol("n");

    [Theory]
    [InlineData((int)ElementType.Float64)]
    [InlineData((int)ElementType.Float32)]
    public void Groups_in_lanes_give_the_same_bits_on_any_number_of_threads(int type)
    {
        var element = (ElementType)type;
        var b = new LoweredBuilder();
        var x = b.Argument("x", element, Groups, Size);
        var scale = b.Scalar("scale", element);
        var each = b.Result("each", element, Groups, Size);
        var (loss, gradient, largest) = (b.Result("loss", element), b.Result("gradient", element, Size), b.Result("largest", element));
        var lanes = new Generator.Lowering.Buffer("turned", element, BufferKind.Scratch, [Size, Capacity], [Capacity, 1], Size * Capacity);
        var squares = new Generator.Lowering.Buffer("squares", element, BufferKind.Scratch, [Size, Capacity], [Capacity, 1], Size * Capacity);
        var total = Make("total", element, BufferKind.Accumulator);
        var sums = Make("sums", element, BufferKind.Accumulator, Size);
        var peak = Make("peak", element, BufferKind.Accumulator);
        LoopAxis i = Axis("i", Size), g = Axis("g", Block), i2 = Axis("i", Size), g2 = Axis("g", Block);
        var value = b.Load(lanes, b.At(i), b.At(g));
        var square = b.Apply(ScalarOp.Multiply, b.Apply(ScalarOp.Square, value), b.E.Local(scale));
        var packed = b.E.Address([], First * Size);
        var body = new Block(
        [
            new TransposeStep(x, packed, Size, lanes, Block, Size, Capacity, true, "lanes of x"),
            b.Nest([i], [g], g, element, b.Store(square, squares, b.At(i), b.At(g)), new Output(sums, b.At(sums, b.At(i)), value, OutputMode.ReduceInto)),
            b.Nest([], [i2, g2], g2, element,
                new Output(total, b.At(total), b.Load(squares, b.At(i2), b.At(g2)), OutputMode.ReduceInto),
                new Output(peak, b.At(peak), b.Load(lanes, b.At(i2), b.At(g2)), OutputMode.ReduceInto, ReduceKind.Max)),
            new TransposeStep(each, packed, Size, squares, Block, Size, Capacity, false, "groups of squares"),
        ]);
        var k = Axis("k", Size);
        var emitted = new EmittedProgram(b.Build(
            new StageStep("Losses", new Placement("groups", Groups), [lanes, squares], [new(total, ReduceKind.Sum), new(sums, ReduceKind.Sum), new(peak, ReduceKind.Max)], body, 16 * Size, true, "map@groups"),
            b.Nest([k], [], k, element, b.Store(b.Load(sums, b.At(k)), gradient, b.At(k))),
            b.Nest([], [], null, element, b.Store(b.Load(total), loss), b.Store(b.Load(peak), largest))));

        foreach (var count in (int[])[0, 1, 7, 64, 65, 1000])
        {
            var xs = Data.Of(element, count * 3);
            Array[]? first = null;
            foreach (var workers in (int[])[1, 2, 3, 7])
            {
                Array[] results = [Data.Empty(element, count * 3), Data.Empty(element, 1), Data.Empty(element, 3), Data.Empty(element, 1)];
                WithWorkers(workers, () => emitted.Run([xs, Data.Value(element, 0.5)], results, ("groups", count), ("n", 3)));
                first ??= results;
                Assert.Equal(first, results);
            }
            var values = Enumerable.Range(0, count * 3).Select(v => Data.At(xs, v)).ToArray();
            // 3000 terms below 5, each rounded once or twice.
            var tolerance = element == ElementType.Float64 ? 1e-10 : 5e-2;
            Assert.Equal(values.Sum(v => v * v) / 2, Data.At(first![1], 0), tolerance);
            Assert.Equal(values.Append(double.NegativeInfinity).Max(), Data.At(first[3], 0));
            for (var j = 0; j < 3; j++) Assert.Equal(values.Where((_, v) => v % 3 == j).Sum(), Data.At(first[2], j), tolerance);
            for (var v = 0; v < values.Length; v++) Assert.Equal(values[v] * values[v] / 2, Data.At(first[0], v), 1e-6);
        }
    }

    [Fact]
    public void A_stage_in_a_loop_starts_again_every_time()
    {
        var b = new LoweredBuilder();
        var x = b.Argument("x", ElementType.Int32, Groups);
        var y = b.Result("y", ElementType.Int32);
        var sum = Make("sum", ElementType.Int32, BufferKind.Accumulator);
        var g = Axis("g", Block);
        var t = new Local("t", ElementType.Int32);
        var value = b.Apply(ScalarOp.Multiply, b.E.Load(x, b.E.Address([(b.At(g), Dim.One)], First)), b.E.Local(t));
        var stage = new StageStep("Sum", new Placement("groups", Groups), [], [new(sum, ReduceKind.Sum)],
            new Block([b.Nest([], [g], g, ElementType.Float64, new Output(sum, b.At(sum), value, OutputMode.ReduceInto))]), 4, false, "map@groups");
        var add = b.Nest([], [], null, ElementType.Float64, new Output(y, b.At(y), b.Load(sum), OutputMode.Add));
        var emitted = new EmittedProgram(b.Build(new LoopStep(t, new LoopLimit.Sized(4), false, new Block([stage, add]), [], [], [], "loop")));
        var ys = new int[1];
        emitted.Run([Enumerable.Range(0, 777).ToArray()], [ys], ("groups", 777));
        Assert.Equal((1 + 2 + 3) * 777 * 776 / 2, ys[0]);
    }

    [Theory]
    [InlineData(1000, 40, 128)]
    [InlineData(1_000_000, 0, 512)]
    [InlineData(1_000_000, 40, 200)]
    [InlineData(1_000_000, 400, 128)]
    [InlineData(1000, 10_000, 128)]
    [InlineData(1000, 40_000, 48)]
    [InlineData(1000, 1_000_000, 8)]
    [InlineData(3, 40, 8)]
    [InlineData(0, 0, 8)]
    public void Blocks_in_lanes_are_whole_vectors_that_fit_the_cache(int groups, int bytes, int capacity)
    {
        var plan = Compiled.StagePlan.InLanes(groups, bytes, 8, 0);
        Assert.Equal(capacity, plan.Capacity);
        Assert.InRange(plan.LeafGroups, plan.Capacity, Math.Max(4 * plan.Capacity, groups / 128));
    }

    private static void WithWorkers(int workers, Action action)
    {
        var before = Parallelism.MaxDegree;
        try
        {
            Parallelism.MaxDegree = workers;
            action();
        }
        finally
        {
            Parallelism.MaxDegree = before;
        }
    }
}
