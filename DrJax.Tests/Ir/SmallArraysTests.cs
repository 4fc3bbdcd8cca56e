using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Small arrays taken apart have the values that they had as arrays; and no array operation is left of them.</summary>
public class SmallArraysTests
{
    private static readonly Dictionary<string, Func<Graph, Param, Param, Node>> Cases = new()
    {
        ["elementwise"] = (g, a, b) => Catalogue.Sin(a) * g.Square(a) + g.Expand(b, a.Type.Shape, [1]),
        ["permute"] = (g, a, b) => g.Permute(-a, [1, 0]),
        ["reshape"] = (g, a, b) => g.Reshape(-a, [3, 2]),
        ["slice"] = (g, a, b) => g.Slice(-a, [Int(g, 1), Int(g, 1)], [1, 2]),
        ["pad"] = (g, a, b) => g.Pad(-a, [1, 0], [0, 2]) * g.Fill(3, RealType(3, 5)),
        ["padded constant"] = (g, a, b) => g.Pad(g.Fill(2, RealType(1)), [1], [1]) * b,
        ["concat"] = (g, a, b) => g.Concat([-a, g.Square(a)], 1),
        ["set"] = (g, a, b) => g.Update(-a, g.Reshape(b, [1, 3]), [Int(g, 1), Int(g, 0)], UpdateMode.Set),
        ["add"] = (g, a, b) => g.Update(-a, g.Reshape(b, [1, 3]), [Int(g, 1), Int(g, 0)], UpdateMode.Add),
        ["sum"] = (g, a, b) => g.Sum(g.Square(a), [0]),
        ["sum of all"] = (g, a, b) => g.SumAll(g.Square(a)),
        ["max"] = (g, a, b) => g.Reduce(ReduceKind.Max, g.Square(a), [1]),
        ["index of the least"] = (g, a, b) => g.Cast(g.ArgReduce(ReduceKind.Min, -a, 1), ElementType.Float64),
        ["contract"] = (g, a, b) => g.Contract(g.Square(a), -b, new([], [], [1], [0])),
        ["batched contract"] = (g, a, b) => g.Contract(-a, a, new([1], [1], [0], [0])),
        ["outer contract"] = (g, a, b) => g.Contract(-a, a, new([], [], [0], [0])),
        ["gather"] = (g, a, b) => g.Gather(-a, [g.Iota([2], 0)], [1]),
        ["gather of a computed row"] = (g, a, b) => g.At(-a, g.Cast(g.Reshape(g.Slice(b, [Int(g, 0)], [1]), []), ElementType.Int32)),
        ["scatter"] = (g, a, b) => g.ScatterAdd(-b, g.Square(g.Reshape(g.Slice(a, [Int(g, 0), Int(g, 0)], [1, 2]), [2])), [g.Iota([2], 0)], [0]),
        ["sort"] = (g, a, b) => g.Cast(g.ArgSort(-a, 1, descending: false), ElementType.Float64),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Node Int(Graph g, int value) => g.Const(value, ElementType.Int32);

    private static (Lab Lab, Func F) Of(Func<Graph, Param, Param, Node> result)
    {
        var lab = new Lab();
        var (a, b) = (lab.Real("a", 2, 3), lab.Real("b", 3));
        return (lab, lab.Entry(result(lab.Graph, a, b)));
    }

    /// <summary>Elements put back into the arrays that they belong to.</summary>
    private static Func Together(Lab lab, Func f)
    {
        var (apart, parts) = new SmallArrays(lab.Graph).Run(f, _ => true);
        Node[] results = [.. f.Results.Select((whole, i) =>
        {
            var size = (int)whole.Type.Size.AsConstant!.Value;
            var own = parts.Select((p, k) => (p.Result, p.Element, Node: apart.Results[k])).Where(p => p.Result == i).ToArray();
            if (own is [{ Element: null } only]) return only.Node;
            var elements = Enumerable.Range(0, size).Select(k => own.Where(p => p.Element == k).Select(p => p.Node).FirstOrDefault() ?? lab.Graph.Const(0, ElementType.Float64));
            return lab.Graph.Reshape(lab.Graph.Stack(elements), whole.Type.Shape);
        })];
        return new(f.Name, apart.Parameters, [.. results]);
    }

    private static void Same(Lab lab, Func f)
    {
        var arguments = lab.Arguments(new Random(7));
        var (expected, actual) = (lab.Run(f, arguments), lab.Run(Together(lab, f), arguments));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].Shape);
            // Sums are taken in another order.
            Assert.All(expected[i].Data.Zip(actual[i].Data), x => Assert.Equal(x.First, x.Second, 1e-14 * (1 + Math.Abs(x.First))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Elements_have_the_values_of_the_array(string name)
    {
        var (lab, f) = Of(Cases[name]);
        Same(lab, f);
    }

    [Fact]
    public void Loops_carry_elements()
    {
        var (lab, f) = Of((g, a, b) => g.SumAll(a));
        var g = lab.Graph;
        var body = lab.Function("body", [IntType, RealType(3), RealType(2, 3)], p => [Catalogue.Sin(p[1]) + g.Sum(p[2], [0]), g.Square(p[1])]);
        var results = g.Loop((Dim)4, false, body, [-f.Parameters[1]], [g.Square(f.Parameters[0])]);
        f = new(f.Name, f.Parameters, results);
        Same(lab, f);
        var (apart, _) = new SmallArrays(g).Run(f, _ => false);
        Assert.Equal(3, apart.Nodes.OfType<Loop>().Single().Carried);
    }

    [Fact]
    public void Branches_take_and_return_elements()
    {
        var (lab, f) = Of((g, a, b) => g.SumAll(a));
        var g = lab.Graph;
        var (a, b) = (f.Parameters[0], f.Parameters[1]);
        var then = lab.Function("then", [RealType(2, 3), RealType(3)], p => [g.Sum(p[0], [0]) * p[1]]);
        var otherwise = lab.Function("otherwise", [RealType(2, 3), RealType(3)], p => [p[1]]);
        var condition = g.Apply(ScalarOp.Greater, g.SumAll(a), g.Const(4, ElementType.Float64));
        f = new(f.Name, f.Parameters, g.Branch(condition, then, otherwise, [-a, -b]));
        Same(lab, f);
    }

    [Fact]
    public void A_sum_leaves_out_zeros_that_nothing_computes()
    {
        var (lab, f) = Of(Cases["padded constant"]);
        var (apart, parts) = new SmallArrays(lab.Graph).Run(f, _ => true);
        Assert.Equal([(0, 1)], parts.Select(p => (p.Result, p.Element!.Value)));
        Assert.Single(apart.Results);
    }

    [Fact]
    public void What_would_become_too_long_stays_as_it_is()
    {
        var (lab, f) = Of((g, a, b) => Enumerable.Range(0, 600).Aggregate((Node)a, (x, _) => Catalogue.Sin(x)));
        var (apart, parts) = new SmallArrays(lab.Graph).Run(f, _ => true);
        Assert.Same(f, apart);
        Assert.Null(parts.Single().Element);
    }
}
