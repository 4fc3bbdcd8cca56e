using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

public sealed class ReductionTests
{
    public static TheoryData<int, int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            foreach (var element in (ElementType[])[ElementType.Float64, ElementType.Float32, ElementType.Int32])
                foreach (var kind in Enum.GetValues<ReduceKind>())
                    foreach (var axes in (string[])["rows", "columns", "both"])
                        data.Add((int)element, (int)kind, axes);
            return data;
        }
    }

    /// <summary>Each with the vector along either axis, or none, into fresh memory and into what is there.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Reductions_are_those_of_plain_loops(int type, int how, string axes)
    {
        var (element, kind) = ((ElementType)type, (ReduceKind)how);
        var b = new LoweredBuilder();
        var (n, m) = (N("n"), N("m"));
        var x = b.Argument("x", element, n, m);
        List<Step> steps = [];
        List<Generator.Lowering.Buffer> results = [];
        foreach (var along in (string[])["none", "rows", "columns"])
        {
            foreach (var mode in (OutputMode[])[OutputMode.Reduce, OutputMode.ReduceInto])
            {
                LoopAxis i = Axis("i", n), j = Axis("j", m);
                var vector = along switch { "rows" => i, "columns" => j, _ => null };
                // The vector axis stands last among its kind.
                var (parallel, reduced) = axes switch { "rows" => ([j], [i]), "columns" => ([i], [j]), _ => (Array.Empty<LoopAxis>(), along == "rows" ? new[] { j, i } : [i, j]) };
                var to = b.Result($"y{results.Count}", element, axes switch { "rows" => [m], "columns" => [n], _ => [] });
                results.Add(to);
                var at = b.At(to, [.. parallel.Select(b.At)]);
                var value = b.Load(x, b.At(i), b.At(j));
                var floating = element == ElementType.Int32 ? ElementType.Float64 : element;
                steps.Add(b.Nest([.. parallel], [.. reduced], vector, floating, new Output(to, at, value, mode, kind)));
            }
        }
        var emitted = new EmittedProgram(b.Build([.. steps]));
        foreach (var (rows, columns) in ((int, int)[])[(3, 5), (1, 8), (17, 9), (16, 33), (0, 3), (3, 0), (40, 131)])
        {
            var xs = Data.Of(element, rows * columns);
            var length = axes switch { "rows" => columns, "columns" => rows, _ => 1 };
            var ys = results.Select(_ => Data.From(element, [.. Enumerable.Repeat(1.0, length)])).ToArray();
            emitted.Run([xs], ys, ("n", rows), ("m", columns));
            for (var k = 0; k < length; k++)
            {
                var values = axes switch
                {
                    "rows" => Enumerable.Range(0, rows).Select(i => Data.At(xs, i * columns + k)),
                    "columns" => Enumerable.Range(0, columns).Select(j => Data.At(xs, k * columns + j)),
                    _ => Enumerable.Range(0, rows * columns).Select(i => Data.At(xs, i)),
                };
                var integer = element == ElementType.Int32;
                var total = kind switch
                {
                    ReduceKind.Sum => values.Sum(),
                    ReduceKind.Max => values.Append(integer ? int.MinValue : double.NegativeInfinity).Max(),
                    _ => values.Append(integer ? int.MaxValue : double.PositiveInfinity).Min(),
                };
                for (var r = 0; r < ys.Length; r++)
                {
                    var expected = r % 2 == 0 ? total : kind switch { ReduceKind.Sum => total + 1, ReduceKind.Max => Math.Max(total, 1), _ => Math.Min(total, 1) };
                    var actual = Data.At(ys[r], k);
                    // Only a sum rounds, in another order than here: 5240 terms of at most 3.
                    var tolerance = kind != ReduceKind.Sum ? 0 : element switch { ElementType.Float64 => 1e-11, ElementType.Float32 => 2e-2, _ => 0 };
                    Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance, $"{results[r]}[{k}] of {rows} x {columns} is {actual}, expected {expected}");
                }
            }
        }
    }

    [Fact]
    public void A_NaN_survives_max_and_min_wherever_it_stands()
    {
        var b = new LoweredBuilder();
        var n = N("n");
        var x = b.Argument("x", ElementType.Float64, n);
        LoopAxis i = Axis("i", n), j = Axis("j", n);
        var (max, min) = (b.Result("max", ElementType.Float64), b.Result("min", ElementType.Float64));
        var emitted = new EmittedProgram(b.Build(
            b.Nest([], [i], i, ElementType.Float64, new Output(max, b.At(max), b.Load(x, b.At(i)), OutputMode.Reduce, ReduceKind.Max)),
            b.Nest([], [j], j, ElementType.Float64, new Output(min, b.At(min), b.Load(x, b.At(j)), OutputMode.Reduce, ReduceKind.Min))));
        for (var at = 0; at < 45; at++)
        {
            var xs = Data.Of(ElementType.Float64, 45);
            xs.SetValue(double.NaN, at);
            var (largest, smallest) = (new double[1], new double[1]);
            emitted.Run([xs], [largest, smallest], ("n", 45));
            Assert.True(double.IsNaN(largest[0]) && double.IsNaN(smallest[0]));
        }
    }

    [Fact]
    public void Colliding_additions_all_arrive()
    {
        var b = new LoweredBuilder();
        var (n, m) = (N("n"), N("m"));
        var (index, x) = (b.Argument("index", ElementType.Int32, n), b.Argument("x", ElementType.Float64, n));
        var y = b.Result("y", ElementType.Float64, m);
        LoopAxis i = Axis("i", n);
        var at = b.E.Index(b.Load(index, b.At(i)), m, Bounds.Checked);
        var emitted = new EmittedProgram(b.Build(b.Nest([i], [], null, ElementType.Float64, new Output(y, b.At(y, at), b.Load(x, b.At(i)), OutputMode.Add))));
        var ys = new double[3];
        emitted.Run([new[] { 2, 0, 2, 2, 1 }, new[] { 1.0, 2, 4, 8, 16 }], [ys], ("n", 5), ("m", 3));
        Assert.Equal([2, 16, 13], ys);
        var thrown = Assert.Throws<IndexOutOfRangeException>(() => emitted.Run([new[] { 0, 3 }, new[] { 1.0, 2 }], [ys], ("n", 2), ("m", 3)));
        Assert.Equal("index 3 is outside an axis of length 3", thrown.Message);
    }

    [Fact]
    public void The_first_extreme_wins_in_lanes_and_alone()
    {
        foreach (var element in (ElementType[])[ElementType.Float64, ElementType.Float32])
        {
            var b = new LoweredBuilder();
            var (n, m) = (N("n"), N("m"));
            var x = b.Argument("x", element, n, m);
            List<Step> steps = [];
            foreach (var kind in (ReduceKind[])[ReduceKind.Max, ReduceKind.Min])
            {
                foreach (var along in (string[])["none", "parallel", "reduced"])
                {
                    LoopAxis i = Axis("i", n), j = Axis("j", m);
                    var y = b.Result($"y{steps.Count}", ElementType.Int32, m);
                    var vector = along switch { "parallel" => j, "reduced" => i, _ => null };
                    steps.Add(b.Nest([j], [i], vector, element, new Output(y, b.At(y, b.At(j)), b.Load(x, b.At(i), b.At(j)), OutputMode.ArgReduce, kind)));
                }
            }
            var emitted = new EmittedProgram(b.Build([.. steps]));
            // Few different values, so that many are equal.
            var xs = Data.From(element, [.. Enumerable.Range(0, 9 * 21).Select(k => (double)(k * 7919 % 5))]);
            var ys = steps.Select(_ => new int[21]).ToArray();
            emitted.Run([xs], ys, ("n", 9), ("m", 21));
            for (var j = 0; j < 21; j++)
            {
                var column = Enumerable.Range(0, 9).Select(i => Data.At(xs, i * 21 + j)).ToArray();
                for (var r = 0; r < 6; r++) Assert.Equal(Array.IndexOf(column, r < 3 ? column.Max() : column.Min()), ys[r][j]);
            }
        }
    }
}
