using DrJax.Generator.Backends;
using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Pipeline;

using Leaf = DrJax.Generator.Ir.Leaf;
using Program = DrJax.Generator.Ir.Program;
using ValueType = DrJax.Generator.Ir.ValueType;

/// <summary>The host code around a core that is written by hand here: sizes, checks, allocation, structures.</summary>
[Collection("Counts compiled calls")]
public class HostTests
{
    private const string Vec = "global::DrJax.Vec<double>", Mat = "global::DrJax.Mat<double>";

    private static readonly Placement Clients = new("clients", Dim.Symbol("clients"));

    /// <summary>(scale: double, w: Vec[n], data: Placed of (Vec[n], double), steps: int) → (Placed of Vec[n], P(scale, w) with w extended by steps).</summary>
    private static Loaded Sample()
    {
        var g = new Graph();
        var n = Dim.Symbol("w.0");
        var steps = Dim.Symbol("steps");
        Param[] parameters =
        [
            g.Param("scale", ValueType.Scalar(ElementType.Float64)),
            g.Param("w", ValueType.Array(ElementType.Float64, n)),
            g.Param("data.Item1", Placed(ValueType.Array(ElementType.Float64, n))),
            g.Param("data.Item2", Placed(ValueType.Scalar(ElementType.Float64))),
            g.Param("steps", ValueType.Scalar(ElementType.Int32)),
        ];
        var function = new Func("Sample", [.. parameters],
            [parameters[2], parameters[0], g.Pad(parameters[1], [Dim.Zero], [steps])]);
        var pair = new Composite("(double Scale, global::DrJax.Vec<double> W)", true,
            [new Field("Item1", new DrJax.Generator.Ir.Leaf("double", ElementType.Float64, 0)), new Field("Item2", new DrJax.Generator.Ir.Leaf(Vec, ElementType.Float64, 1))]);
        var group = new Composite($"({Vec}, double)", true,
            [new Field("Item1", new DrJax.Generator.Ir.Leaf(Vec, ElementType.Float64, 1)), new Field("Item2", new DrJax.Generator.Ir.Leaf("double", ElementType.Float64, 0))]);
        var program = new Program("Sample",
            [
                new Parameter("scale", new DrJax.Generator.Ir.Leaf("double", ElementType.Float64, 0)),
                new Parameter("w", new DrJax.Generator.Ir.Leaf(Vec, ElementType.Float64, 1)),
                new Parameter("data", new PlacedStructure($"global::DrJax.Placed<({Vec}, double)>", group)),
                new Parameter("steps", new DrJax.Generator.Ir.Leaf("int", ElementType.Int32, 0)),
            ],
            new Composite($"(global::DrJax.Placed<{Vec}>, (double Scale, {Vec} W))", true,
                [new Field("Item1", new PlacedStructure($"global::DrJax.Placed<{Vec}>", new DrJax.Generator.Ir.Leaf(Vec, ElementType.Float64, 1))), new Field("Item2", pair)]),
            Clients, function,
            [new Requirement(Dim.Zero, steps, "steps: expected at least {0}, got {1}", RequirementKind.LessOrEqual)]);
        var core = new CoreCode("""
            private static unsafe void Run_Sample(
                double scale, double* w, double* data_1, double* data_2, int steps, nint n, nint clients, double* placed, double* s, double* padded)
            {
                for (nint i = 0; i < clients * n; i++) placed[i] = scale * data_1[i] + data_2[i / n];
                *s = scale;
                for (nint i = 0; i < n + steps; i++) padded[i] = i < n ? w[i] : 0;
            }
            """, ["w.0", "clients"], []);
        return Harness.Load($$"""
            {{Host.Emit("Sample", "A sample", program, core, device: null).Class}}

            public static class Caller
            {
                public static string Run(int groups, int n, int m, int steps)
                {
                    var w = Build(n, i => (double)i);
                    var data = Groups(groups, m);
                    var (placed, (scale, padded)) = Sample.Call(2.0, w, data, steps);
                    return $"{placed} {scale} {padded}";
                }

                public static Placed<(Vec<double>, double)> Groups(int groups, int m)
                {
                    var vectors = new PackedLeaf<double>(new double[groups * m], m);
                    var scalars = new PackedLeaf<double>(new double[groups]);
                    for (var i = 0; i < groups * m; i++) vectors.Data[i] = i;
                    for (var i = 0; i < groups; i++) scalars.Data[i] = 100 * i;
                    return Placed<(Vec<double>, double)>.FromLeaves(groups, vectors, scalars);
                }

                public static object Null() => Sample.Call(2.0, new Vec<double>(), null!, 1);

                public static object Uniform() => Sample.Call(2.0, Build(1, i => 0.0), Broadcast((Build(1, i => 0.0), 0.0)), 1);

                public static Action Again()
                {
                    var (w, data) = (Build(1000, i => (double)i), Groups(10, 1000));
                    for (var i = 0; i < 50; i++) Sample.Call(2.0, w, data, 3);
                    return () => Sample.Call(2.0, w, data, 3);
                }
            }
            """);
    }

    private static ValueType Placed(ValueType type) => type with { Placements = [Clients] };

    [Fact]
    public void Structures_go_in_and_come_out()
    {
        var (text, compiled) = Sample().Counted("Caller.Run", 2, 2, 2, 1);
        Assert.Equal("[[0, 2], [104, 106]] 2 [0, 1, 0]", text);
        Assert.Equal(1, compiled);
    }

    [Fact]
    public void Arrays_may_be_empty() => Assert.Equal("[[], []] 2 [0]", Sample().Call("Caller.Run", 2, 0, 0, 1));

    [Fact]
    public void An_axis_that_does_not_fit_is_named_with_what_was_expected()
    {
        var e = Assert.Throws<ArgumentException>(() => Sample().Call("Caller.Run", 2, 3, 4, 1));
        Assert.Equal("data.Item1: axis 0 has length 4, expected 3 (axis 0 of w) (Parameter 'data.Item1')", e.Message);
    }

    [Fact]
    public void A_requirement_that_fails_gives_its_text() =>
        Assert.Equal("steps: expected at least 0, got -1", Assert.Throws<ArgumentException>(() => Sample().Call("Caller.Run", 2, 3, 3, -1)).Message);

    [Fact]
    public void A_missing_placed_value_is_an_argument_null() =>
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => Sample().Call("Caller.Null")).ParamName);

    [Fact]
    public void A_broadcast_without_a_size_is_refused() =>
        Assert.Contains("eager broadcast", Assert.Throws<ArgumentException>(() => Sample().Call("Caller.Uniform")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_call_allocates_its_results_only()
    {
        // Two arrays (10 x 1000 and 1003 doubles with 24 bytes of header each), and the objects of one placed value: the value, its leaf, the leaves' array.
        var arrays = (10 * 1000 * 8 + 24) + (1003 * 8 + 24);
        Assert.InRange(Allocation.Bytes((Action)Sample().Call("Caller.Again")!), arrays, arrays + 200);
    }
}
