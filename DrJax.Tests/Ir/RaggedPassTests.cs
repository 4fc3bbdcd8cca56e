using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>A function of one group's rows, run for padded groups all at once, is the function run for each group's own rows.</summary>
public class RaggedPassTests
{
    private static readonly Dim Rows = Dim.Of(Atom.RowsOf("x", "clients"));

    private static readonly int[] Counts = [3, 5, 1, 4, 2];

    /// <summary>Functions of x: [rows, 2], v: [rows], k: an index of a row and of nothing more.</summary>
    private static readonly Dictionary<string, Func<Graph, Node, Node, Node, Node[]>> Cases = new()
    {
        ["sums"] = (g, x, v, k) => [g.SumAll(x), g.Sum(x, [0]), g.Sum(x, [1])],
        ["extrema"] = (g, x, v, k) => [g.Reduce(ReduceKind.Max, x, [0]), g.Reduce(ReduceKind.Min, g.Negate(x), [0, 1])],
        ["places of extrema"] = (g, x, v, k) => [g.ArgReduce(ReduceKind.Max, v, 0), g.ArgReduce(ReduceKind.Min, x, 0)],
        ["products"] = (g, x, v, k) => [g.Contract(x, x, new([], [], [0], [0])), g.Contract(g.Sqrt(x), v, new([], [], [0], [0])), g.Contract(x, x, new([], [], [1], [1]))],
        ["the number of rows"] = (g, x, v, k) => [g.Cast(g.Size(Rows * Rows / 2 + Rows % 3), ElementType.Float64) * g.SumAll(x)],
        ["a reshape that keeps rows"] = (g, x, v, k) => [g.Reshape(x, [2 * Rows]), g.Reshape(g.Reshape(x, [2 * Rows]), [1, Rows, 2, 1])],
        ["a reshape across rows"] = (g, x, v, k) => [g.Reshape(g.Permute(x, [1, 0]), [2 * Rows]), g.Reshape(g.Permute(x, [1, 0]), [Rows, 2])],
        ["a pad"] = (g, x, v, k) => [g.Pad(x, [1, 0], [2, 1]), g.Pad(v, [3], [0])],
        ["a pad by rows"] = (g, x, v, k) => [g.Pad(v, [Rows], [1]), g.Pad(x, [0, 0], [Rows, 0])],
        ["a concatenation"] = (g, x, v, k) => [g.Concat([v, g.Negate(v), g.Square(v)], 0), g.Concat([x, g.Negate(x)], 1), g.Concat([g.Fill(2, RealType(2)), v], 0)],
        ["boxes of rows"] = (g, x, v, k) => [g.Slice(v, [g.Size(Rows / 2)], [Rows - Rows / 2]), g.Slice(x, [g.Const(0, ElementType.Int32), k], [Rows, 1])],
        ["a box at an index"] = (g, x, v, k) => [g.Slice(x, [k, g.Const(0, ElementType.Int32)], [1, 2]), g.Slice(v, [g.Size(Rows - 1)], [1])],
        ["rows set"] = (g, x, v, k) => [g.Update(v, g.Fill(7, RealType(1)), [g.Size(Rows - 1)], UpdateMode.Set), g.Update(v, g.Slice(v, [g.Const(0, ElementType.Int32)], [Rows - 1]), [g.Const(1, ElementType.Int32)], UpdateMode.Set)],
        ["rows added"] = (g, x, v, k) => [g.Update(v, g.Slice(v, [g.Const(0, ElementType.Int32)], [Rows / 2]), [g.Size(Rows - Rows / 2)], UpdateMode.Add)],
        ["rows in reverse"] = (g, x, v, k) => [g.Gather(x, [g.Fill(g.Size(Rows - 1), [Rows]) - g.Iota([Rows], 0)], [0])],
        ["rows by data"] = (g, x, v, k) => [g.Gather(x, [g.Fill(k, [Rows])], [1]), g.Gather(v, [g.Expand(g.Fill(k, [Rows]), [Rows, 2], [0])], [0])],
        ["a scatter"] = (g, x, v, k) => [g.ScatterAdd(v, [g.Fill(k, [Rows])], [0], [3]), g.ScatterAdd(x, [g.Fill(g.Size(Rows - 1), [Rows]) - g.Iota([Rows], 0)], [0], [Rows, 2])],
        ["an order"] = (g, x, v, k) => [g.ArgSort(v, 0, false), g.Gather(v, [g.ArgSort(g.Sqrt(v), 0, true)], [0]), g.ArgSort(g.Cast(g.Negate(x) * g.Fill(9, x), ElementType.Int32), 0, true)],
        ["functions of matrices"] = (g, x, v, k) =>
        {
            var a = g.Contract(x, x, new([], [], [1], [1])) + g.Select(g.Apply(ScalarOp.Equal, g.Iota([Rows, Rows], 0), g.Iota([Rows, Rows], 1)), g.Fill(2, RealType(Rows, Rows)), g.Fill(0, RealType(Rows, Rows)));
            var (l, lu) = (g.Cholesky(a), g.Lu(a));
            return [l, g.TriangularSolve(l, x), g.TriangularSolve(l, x, transposed: true), g.LuSolve(a, lu, x), g.MatrixFunction(new(MatrixKind.LogAbsDet), a, lu), g.MatrixFunction(new(MatrixKind.Det), a, lu)];
        },
        ["a loop over rows"] = (g, x, v, k) => [.. g.Loop(Rows, reverse: false, Step(g, g.SumAll), [g.Sum(v, [0])], [x])],
        ["a loop that stacks nothing"] = (g, x, v, k) => [g.Loop(Rows, reverse: true, Last(g), [g.Sum(v, [0])], [x])[0]],
        ["a loop over pairs of rows"] = (g, x, v, k) => [.. g.Loop(Rows / 2, reverse: true, Step(g, g.SumAll), [g.Sum(v, [0])], [x])],
        ["a choice by rows"] = (g, x, v, k) => g.Branch(g.Apply(ScalarOp.Less, g.Size(Rows), g.Const(3, ElementType.Int32)),
            Function(g, x, p => g.SumAll(p)), Function(g, x, p => g.Reduce(ReduceKind.Max, p, [0, 1])), [x])[0] is var y ? [y] : [],
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Padded_groups_are_the_groups(string name)
    {
        var lab = new Lab();
        lab.Sizes[Rows.ToString()] = Counts.Max();
        lab.Sizes["clients"] = Counts.Length;
        var body = lab.Function(name, [RealType(Rows, 2), RealType(Rows), IntType], p => Cases[name](lab.Graph, p[0], p[1], p[2]));
        Same(lab, body);
        if (!body.Results.Any(r => r.Type.IsDifferentiable)) return;
        // The derivative is that of the group's own rows: the pass comes after it.
        Same(lab, lab.Derivatives.Vjp(body, All(body)));
        Same(lab, lab.Derivatives.Jvp(body, All(body)));
    }

    [Fact]
    public void An_index_of_a_row_that_is_not_there_is_an_error()
    {
        var lab = new Lab();
        var body = lab.Function("row", [RealType(Rows), IntType], p => [lab.Graph.At(p[0], p[1])]);
        var (entry, arguments) = Padded(lab, body, [[.. Counts.Select(n => new NdArray([n], new double[n]))], [.. Counts.Select(n => NdArray.Scalar(n))]]);
        Assert.ThrowsAny<Exception>(() => lab.Run(entry, arguments));
    }

    private static void Same(Lab lab, Func body)
    {
        var random = new Random(1);
        // For every parameter, its value in each group.
        var groups = body.Parameters.Select(p => Counts.Select(n => InGroup(lab, n, () => lab.Draw(p.Type, random, r => p.Type.IsDifferentiable ? 0.5 + r.NextDouble() : 0))).ToArray()).ToArray();
        var (entry, arguments) = Padded(lab, body, groups);
        var together = lab.Run(entry, arguments);
        for (var i = 0; i < Counts.Length; i++)
        {
            var alone = InGroup(lab, Counts[i], () => lab.Run(body, [.. groups.Select(values => values[i])]));
            for (var k = 0; k < alone.Length; k++)
                DerivativeCheck.Same(alone[k], Corner(together[k], i, alone[k].Shape), $"{body}: result {k} of group {i}", 1e-12);
        }
    }

    /// <summary>The function mapped over all groups, and its arguments: zeros after a group's own, then the numbers of rows.</summary>
    private static (Func Entry, NdArray[] Arguments) Padded(Lab lab, Func body, NdArray[][] groups)
    {
        var g = lab.Graph;
        lab.Sizes[Rows.ToString()] = Counts.Max();
        lab.Sizes["clients"] = Counts.Length;
        Param[] parameters = [.. body.Parameters.Select(p => g.Param(p.Name, p.Type with { Placements = [Clients] })),
            g.Param("x.rows", IntType with { Placements = [Clients] })];
        var mapped = new Func("entry", [.. parameters], g.Map(Clients, body, parameters[..^1]));
        return (Ragged.Run(g, Verifier.Verify(mapped)), [.. groups.Select((values, p) => Stack(lab, body.Parameters[p].Type, values)), NdArray.Of([.. Counts.Select(n => (double)n)])]);
    }

    private static T InGroup<T>(Lab lab, int rows, Func<T> f)
    {
        var longest = Counts.Max();
        lab.Sizes[Rows.ToString()] = rows;
        try { return f(); }
        finally { lab.Sizes[Rows.ToString()] = longest; }
    }

    private static NdArray Stack(Lab lab, DrJax.Generator.Ir.ValueType type, NdArray[] values)
    {
        var shape = new Interpreter(lab.Sizes).ShapeOf(type);
        var stacked = NdArray.Zeros([values.Length, .. shape]);
        for (var i = 0; i < values.Length; i++)
            foreach (var (index, at) in Indices(values[i].Shape).Select((index, at) => (index, at))) stacked.Data[Offset([i, .. index], stacked.Shape)] = values[i].Data[at];
        return stacked;
    }

    /// <summary>The first elements along every axis of group i.</summary>
    private static NdArray Corner(NdArray x, int i, int[] shape) => new(shape, [.. Indices(shape).Select(index => x.Data[Offset([i, .. index], x.Shape)])]);

    private static IEnumerable<int[]> Indices(int[] shape)
    {
        var count = shape.Aggregate(1, (a, b) => a * b);
        for (var at = 0; at < count; at++)
        {
            var (index, rest) = (new int[shape.Length], at);
            for (var axis = shape.Length - 1; axis >= 0; axis--) (index[axis], rest) = (rest % shape[axis], rest / shape[axis]);
            yield return index;
        }
    }

    private static int Offset(int[] index, int[] shape) => index.Zip(shape).Aggregate(0, (offset, p) => offset * p.Second + p.First);

    private static Func Step(Graph g, Func<Node, Node> sum)
    {
        Param[] p = [g.Param("i", IntType), g.Param("h", RealType()), g.Param("x", RealType(Rows, 2))];
        var next = Catalogue.Sin(p[1]) + sum(g.At(p[2], p[0]));
        return new("step", [.. p], [next, g.At(p[2], p[0]) * g.Fill(next, [2])]);
    }

    private static Func Last(Graph g)
    {
        var step = Step(g, g.SumAll);
        return new("last", step.Parameters, [step.Results[0] + g.SumAll(step.Results[1])]);
    }

    private static Func Function(Graph g, Node like, Func<Node, Node> f)
    {
        var p = g.Param("p", like.Type);
        return new("arm", [p], [f(p)]);
    }
}
