using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Small functions, at least one for every node of the IR: what every transformation is tried on.</summary>
internal static partial class Catalogue
{
    public static IReadOnlyDictionary<string, Func<Lab, Func>> Cases { get; } = new Dictionary<string, Func<Lab, Func>>([.. Nodes, .. CountedLoops, .. Loops]);

    private static Dictionary<string, Func<Lab, Func>> Nodes => new()
    {
        ["elementwise"] = lab => { var (x, y) = Two(lab); return lab.Entry(Sin(x * y) / (x + y) - lab.Graph.Sqrt(x)); },
        ["constant"] = lab => { var x = lab.Real("x", N); return lab.Entry(lab.Graph.One(x), x, lab.Graph.Fill(2, x) * x); },
        ["select"] = lab =>
        {
            var (x, y) = Two(lab);
            return lab.Entry(lab.Graph.Select(lab.Graph.Apply(ScalarOp.Less, x, y), x * y, lab.Graph.Square(x)));
        },
        ["ties"] = lab => { var x = lab.Real("x", N); return lab.Entry(lab.Graph.Apply(ScalarOp.Max, x, lab.Graph.Apply(ScalarOp.Relu, x - lab.Graph.One(x)))); },
        ["stopGradient"] = lab => { var x = lab.Real("x", N); return lab.Entry(Sin(x), lab.Graph.Apply(ScalarOp.Floor, x)); },
        ["cast"] = lab =>
        {
            var i = lab.Int("i", 5, N);
            var x = lab.Real("x", N);
            return lab.Entry(lab.Graph.Cast(i, ElementType.Float64) * x, lab.Graph.Cast(x, ElementType.Int32));
        },
        ["expand"] = lab => { var x = lab.Real("x", N); return lab.Entry(lab.Graph.Square(lab.Graph.Expand(Sin(x), [K, N, M], [1]))); },
        ["permute"] = lab => { var x = lab.Real("x", N, M, K); return lab.Entry(Sin(lab.Graph.Permute(lab.Graph.Square(x), [2, 0, 1]))); },
        ["reshape"] = lab => { var x = lab.Real("x", N, M); return lab.Entry(lab.Graph.Square(lab.Graph.Reshape(Sin(x), [M * N]))); },
        ["slice"] = lab => { var x = lab.Real("x", N, M); return lab.Entry(lab.Graph.Square(lab.Graph.Slice(Sin(x), [lab.Graph.Const(1, ElementType.Int32), lab.Graph.Size(M - 2)], [N - 1, 2]))); },
        ["sliceAt"] = lab =>
        {
            var (x, i) = (lab.Real("x", N, M), lab.Int("i", 3));
            var rows = lab.Graph.Slice(Sin(x), [i, lab.Zero], [1, M]);
            return lab.Entry(lab.Graph.Square(rows), lab.Graph.Square(lab.Graph.Slice(x, [lab.Zero, i], [N - 1, 2])));
        },
        ["sliceOut"] = lab => { var (x, i) = (lab.Real("x", N, M), lab.Int("i", 9)); return lab.Entry(lab.Graph.Square(lab.Graph.Slice(x, [i, i], [2, 1], Bounds.Clamped))); },
        ["pad"] = lab => { var x = lab.Real("x", N); return lab.Entry(lab.Graph.Square(lab.Graph.Pad(Sin(x), [2], [K]))); },
        ["concat"] = lab => { var (x, y) = (lab.Real("x", N, M), lab.Real("y", N, 2)); return lab.Entry(lab.Graph.Square(lab.Graph.Concat([x, Sin(y), x], 1))); },
        ["updateSet"] = lab => Update(lab, UpdateMode.Set),
        ["updateAdd"] = lab => Update(lab, UpdateMode.Add),
        ["updateOne"] = lab =>
        {
            var (x, v, i) = (lab.Real("x", N), lab.Real("v"), lab.Int("i", 3));
            return lab.Entry(lab.Graph.Square(lab.Graph.Update(Sin(x), lab.Graph.Reshape(v, [1]), [i], UpdateMode.Set)));
        },
        ["sum"] = lab => { var x = lab.Real("x", N, M, K); return lab.Entry(Sin(lab.Graph.Sum(lab.Graph.Square(x), [0, 2]))); },
        ["sumAlongDiagonal"] = lab =>
        {
            var (g, x) = (lab.Graph, lab.Real("x", K, M, M));
            var here = g.Expand(g.Apply(ScalarOp.Equal, g.Iota([M, M], 0), g.Iota([M, M], 1)), [K, M, M], [1, 2]);
            Node Masked(Node value) => g.Select(here, value, g.Zero(x.Type));
            return lab.Entry(g.Square(g.Sum(Masked(Sin(x)), [2])), g.Sum(Masked(x), [1]));
        },
        ["updatedResult"] = lab =>
        {
            var (g, x, y) = (lab.Graph, lab.Real("x", N, M), lab.Real("y", N - 1, M));
            var padded = g.Pad(Sin(y), [1, 0], [0, 0]);
            return lab.Entry(g.Update(g.Update(padded, x, [lab.Zero, lab.Zero], UpdateMode.Add), g.Square(y), [lab.Zero, lab.Zero], UpdateMode.Add));
        },
        ["max"] = lab => { var x = lab.Real("x", N, M, K); return lab.Entry(Sin(lab.Graph.Reduce(ReduceKind.Max, lab.Graph.Square(x), [0, 2]))); },
        ["min"] = lab => { var x = lab.Real("x", N, M); return lab.Entry(lab.Graph.Square(lab.Graph.Reduce(ReduceKind.Min, x, [0, 1]))); },
        ["argMax"] = lab =>
        {
            var x = lab.Real("x", N, M);
            var at = lab.Graph.ArgReduce(ReduceKind.Max, x, 1);
            return lab.Entry(lab.Graph.Square(lab.Graph.Gather(x, [lab.Graph.Iota([N], 0), at], [0, 1])), at);
        },
        ["matMul"] = lab => { var (a, b) = (lab.Real("a", N, K), lab.Real("b", K, M)); return lab.Entry(lab.Graph.Square(lab.Graph.Contract(a, b, new([], [], [1], [0])))); },
        ["contract"] = lab =>
        {
            var (a, b) = (lab.Real("a", 2, N, K, M), lab.Real("b", M, 3, N, 2));
            return lab.Entry(lab.Graph.Square(lab.Graph.Contract(Sin(a), b, new([1], [2], [3, 0], [0, 3]))));
        },
        ["selfContract"] = lab => { var a = lab.Real("a", N, K); return lab.Entry(lab.Graph.Contract(a, Sin(a), new([0], [0], [1], [1])), lab.Graph.Contract(a, a, new([], [], [0], [0]))); },
        ["cholesky"] = lab => { var x = lab.Real("x", N, N); return lab.Entry(lab.Graph.Square(lab.Graph.Cholesky(Regular(x)))); },
        ["choleskyOfMany"] = lab => { var x = lab.Real("x", K, N, N); return lab.Entry(Sin(lab.Graph.Cholesky(Regular(x)))); },
        ["triangularSolve"] = lab =>
        {
            var (x, b) = (lab.Real("x", N, N), lab.Real("b", N, M));
            var t = Regular(x);
            return lab.Entry([.. Flags().Select(f => lab.Graph.Square(lab.Graph.TriangularSolve(t, b, f.Upper, f.Transposed)))]);
        },
        ["luSolve"] = lab =>
        {
            var (x, b) = (lab.Real("x", N, N), lab.Real("b", N, K));
            var a = Regular(x);
            return lab.Entry([.. Flags().Take(2).Select(f => lab.Graph.Square(lab.Graph.LuSolve(a, lab.Graph.Lu(a), b, f.Transposed)))]);
        },
        ["logAbsDet"] = lab => { var a = lab.Real("a", K, N, N); return lab.Entry(Sin(lab.Graph.MatrixFunction(new(MatrixKind.LogAbsDet), Regular(a), lab.Graph.Lu(Regular(a))))); },
        ["det"] = lab => { var a = Regular(lab.Real("a", 3, 3)); return lab.Entry(Sin(lab.Graph.MatrixFunction(new(MatrixKind.Det), a, lab.Graph.Lu(a)))); },
        ["sort"] = lab =>
        {
            var x = lab.Real("x", N, M);
            var g = lab.Graph;
            var (first, last) = (g.ArgSort(x, 0, true), g.ArgSort(Sin(x), 1, false));
            return lab.Entry(g.Square(g.Gather(x, [first, g.Iota([N, M], 1)], [0, 1])), Sin(g.Gather(x, [g.Iota([N, M], 0), last], [0, 1])), first, last);
        },
        ["matricesInMap"] = lab =>
        {
            // Groups are rows: each has a matrix of its own, and shares another.
            var (w, x) = (lab.Real("w", N, N), lab.Real("x", [Clients], N, N));
            var g = lab.Graph;
            var body = lab.Function("body", [RealType(N, N), RealType(N, N)], p =>
            {
                var l = g.Cholesky(Regular(p[1]));
                return [g.SumAll(g.Square(g.TriangularSolve(l, p[0]))), g.LuSolve(p[0], g.Lu(p[0]), p[1]), g.ArgSort(p[1], 0, false)];
            });
            var r = g.Map(Clients, body, [g.Broadcast(Regular(w), Clients), x]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Mean, r[0]), r[1], r[2]);
        },
        ["matricesInLanes"] = lab =>
        {
            // Groups are lanes: the elements of a matrix lie as far apart as there are groups.
            var x = lab.Real("x", [Clients], N);
            var g = lab.Graph;
            var body = lab.Function("body", [RealType(N)], p =>
            {
                var a = Regular(g.Contract(p[0], Sin(p[0]), new([], [], [], [])));
                var b = g.Reshape(p[0], [N, 1]);
                var l = g.Cholesky(a);
                var lu = g.Lu(a);
                return
                [
                    g.SumAll(g.TriangularSolve(l, g.TriangularSolve(l, b), transposed: true) * b), g.LuSolve(a, lu, b),
                    g.MatrixFunction(new(MatrixKind.LogAbsDet), a, lu), g.Gather(p[0], [g.ArgSort(p[0], 0, true)], [0]),
                ];
            });
            var r = g.Map(Clients, body, [x]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, r[0]), r[1], r[2], r[3]);
        },
        ["matricesInLoop"] = lab =>
        {
            var (p0, q) = (lab.Real("p", N, N), lab.Real("q", N, N));
            var g = lab.Graph;
            var body = lab.Function("body", [IntType, RealType(N, N), RealType(N, N)], p =>
            {
                var a = Regular(p[1]);
                return [Sin(g.LuSolve(a, g.Lu(a), p[2])), g.Cholesky(a)];
            });
            var r = g.Loop(K, false, body, [p0], [q]);
            return lab.Entry(r[0], g.Sum(r[1], [0]));
        },
        ["gather"] = lab => { var (x, i) = (lab.Real("x", N, M), lab.Int("i", 3, K)); return lab.Entry(lab.Graph.Square(lab.Graph.Gather(Sin(x), [i], [1]))); },
        ["gatherRows"] = lab => { var (x, i) = (lab.Real("x", N, M), lab.Int("i", 4, N)); return lab.Entry(lab.Graph.Square(lab.Graph.Gather(Sin(x), [lab.Graph.Iota([N], 0), i], [0, 1]))); },
        ["gatherOut"] = lab => { var (x, i) = (lab.Real("x", N, M, K), lab.Int("i", 9, M, 2)); return lab.Entry(lab.Graph.Square(lab.Graph.Gather(x, [i, lab.Graph.Iota([M, 2], 0)], [0, 1], Bounds.Clamped))); },
        ["diagonal"] = lab => { var x = lab.Real("x", N, N); var i = lab.Graph.Iota([N], 0); return lab.Entry(lab.Graph.Square(lab.Graph.Gather(x, [i, i], [0, 1]))); },
        ["stencil"] = lab =>
        {
            var x = lab.Real("x", N);
            var i = lab.Graph.Iota([N - 1], 0);
            return lab.Entry(Sin(lab.Graph.Gather(x, [i + lab.Graph.One(i)], [0]) - lab.Graph.Gather(x, [i], [0])));
        },
        ["windows"] = lab => Windows(lab, 1, 1),
        ["windowsApart"] = lab => Windows(lab, 2, 3),
        ["scatterAdd"] = lab => { var (x, i) = (lab.Real("x", K, M), lab.Int("i", 3, K)); return lab.Entry(lab.Graph.Square(lab.Graph.ScatterAdd(Sin(x), [i], [1], [M, N]))); },
        ["scatterInto"] = lab =>
        {
            var (x, updates, i) = (lab.Real("x", M, N), lab.Real("updates", K, M), lab.Int("i", 3, K));
            return lab.Entry(lab.Graph.Square(lab.Graph.ScatterAdd(Sin(x), Sin(updates), [i], [1])));
        },
        ["call"] = lab =>
        {
            var (x, y) = Two(lab);
            var callee = lab.Function("helper", [RealType(N), RealType(N)], p => [p[0] * p[1], Sin(p[1]), p[0]]);
            var r = lab.Graph.Call(callee, [x, y * x]);
            return lab.Entry(r[0] + lab.Graph.Call(callee, [r[1], x])[1], r[2]);
        },
        ["callWithRule"] = lab =>
        {
            // The rule says what the function's own derivative is, another way, and calls the function.
            var (x, y) = Two(lab);
            Func? rule = null;
            var helper = lab.Function("helper", [RealType(N), RealType(N)], p => [p[0] * Sin(p[1]), p[0]]);
            var callee = new Func("ruled", helper.Parameters, helper.Results) { Rule = new(() => rule, () => null) };
            rule = lab.Function("rule", [RealType(N), RealType(N), RealType(N), RealType(N)], p =>
            {
                var r = lab.Graph.Call(callee, [p[0], p[1]]);
                return [r[0], r[1], p[2] * r[0] / p[0] + p[0] * Cos(p[1]) * p[3], p[2]];
            });
            var r = lab.Graph.Call(callee, [x, y * x]);
            return lab.Entry(r[0] * x, r[1] * r[0]);
        },
        ["checkpoint"] = lab =>
        {
            var (x, y) = Two(lab);
            var callee = lab.Function("helper", [RealType(N), RealType(N)], p => [Sin(Sin(p[0]) * p[1]), Sin(p[1]), p[0]]);
            var r = lab.Graph.Call(callee, [x, y * x], isCheckpoint: true);
            return lab.Entry(r[0] + lab.Graph.Call(callee, [r[1], x])[1], r[2]);
        },
        ["recompute"] = lab => { var (x, y) = Two(lab); var s = Sin(x); return lab.Entry(s * Sin(lab.Graph.Recompute(x, [y * s, s]))); },
        ["branch"] = lab =>
        {
            var (c, x, y) = (lab.Bool("c"), lab.Real("x", N), lab.Real("y", N));
            var then = lab.Function("then", [RealType(N), RealType(N)], p => [Sin(p[0]), p[1] * p[1], p[0]]);
            var otherwise = lab.Function("otherwise", [RealType(N), RealType(N)], p => [p[0] * p[1], lab.Graph.One(p[0]), p[1]]);
            var r = lab.Graph.Branch(c, then, otherwise, [x, y * y]);
            return lab.Entry(r[0] * r[1], r[2]);
        },
        ["branchIndex"] = lab =>
        {
            // The arm's index is out of range wherever the arm is not taken.
            var (i, x) = (lab.Int("i", 4), lab.Real("x", N));
            var then = lab.Function("then", [IntType, RealType(N)], p => [Sin(lab.Graph.At(p[1], p[0]))]);
            var otherwise = lab.Function("otherwise", [IntType, RealType(N)], p => [lab.Graph.SumAll(p[1])]);
            return lab.Entry(lab.Graph.Branch(lab.Graph.Apply(ScalarOp.Less, i, lab.Graph.Size(N)), then, otherwise, [i, x])[0]);
        },
        ["triangleInMap"] = lab => Triangle(lab, ScalarOp.GreaterOrEqual),
        ["mixtureInMap"] = lab => Mixture(lab, M),
        ["longMixtureInMap"] = lab => Mixture(lab, M + 5),
        ["strictTriangleInMap"] = lab => Triangle(lab, ScalarOp.Less),
        ["map"] = lab =>
        {
            var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], N));
            var body = lab.Function("body", [RealType(N), RealType(N)], p => [lab.Graph.SumAll(p[0] * Sin(p[1])), p[1] * p[1]]);
            var r = lab.Graph.Map(Clients, body, [lab.Graph.Broadcast(lab.Graph.Square(w), Clients), x]);
            return lab.Entry(lab.Graph.PlacedReduce(PlacedReduceKind.Mean, r[0]), r[1]);
        },
        ["mapTwice"] = lab =>
        {
            var x = lab.Real("x", [Clients], N);
            var body = lab.Function("body", [RealType(N)], p => [Sin(p[0])]);
            var first = lab.Graph.Map(Clients, body, [x])[0];
            var second = lab.Graph.Map(Clients, body, [first])[0];
            var sum = lab.Graph.Broadcast(lab.Graph.PlacedReduce(PlacedReduceKind.Sum, first), Clients);
            var product = lab.Function("product", [RealType(N), RealType(N), RealType(N)], p => [p[0] * p[1] * p[2]]);
            return lab.Entry(lab.Graph.PlacedReduce(PlacedReduceKind.Sum, lab.Graph.Map(Clients, product, [first, second, sum])[0]));
        },
        ["groupIndex"] = lab =>
        {
            var (w, x, k) = (lab.Real("w", N), lab.Real("x", [Clients], N), lab.Int("k", 100));
            var g = lab.Graph;
            var body = lab.Function("body", [RealType(N), RealType(N), IntType, IntType], p =>
            {
                var bits = g.Apply(ScalarOp.ThreefryBits, g.Fill(p[2], [N]), g.Fill(p[3], [N]), g.Fill(0, g.Iota([N], 0)), g.Iota([N], 0));
                var u = g.Apply(ScalarOp.UniformDouble, bits, bits, g.Fill(p[2], [N]), g.Iota([N], 0));
                return [Sin(p[0] * u * g.Fill(g.Cast(p[2], ElementType.Float64), [N])) * p[1], p[2]];
            });
            var r = g.Map(Clients, body, [g.Broadcast(w, Clients), x, g.GroupIndex(Clients), g.Broadcast(k, Clients)]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, r[0]), r[1]);
        },
        ["groupIndexInside"] = lab =>
        {
            var (w, x) = (lab.Real("w"), lab.Real("x", [Clients, Sites], N));
            var g = lab.Graph;
            var inner = lab.Function("inner", [RealType(), RealType(N), IntType, IntType], p =>
                [Sin(p[0] * g.Cast(p[2], ElementType.Float64)) * g.SumAll(p[1]) * g.Cast(p[3] + g.Const(1, ElementType.Int32), ElementType.Float64)]);
            var outer = lab.Function("outer", [RealType(), RealType(N) with { Placements = [Sites] }, IntType], p =>
                [g.PlacedReduce(PlacedReduceKind.Sum, g.Map(Sites, inner, [g.Broadcast(p[0], Sites), p[1], g.GroupIndex(Sites), g.Broadcast(p[2], Sites)])[0])]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Mean, g.Map(Clients, outer, [g.Broadcast(w, Clients), x, g.GroupIndex(Clients)])[0]));
        },
        ["placedSum"] = lab => Placed(lab, PlacedReduceKind.Sum),
        ["placedMean"] = lab => Placed(lab, PlacedReduceKind.Mean),
        ["placedMax"] = lab => Placed(lab, PlacedReduceKind.Max),
        ["placedMin"] = lab => Placed(lab, PlacedReduceKind.Min),
        ["collect"] = lab =>
        {
            var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], N));
            var g = lab.Graph;
            var body = lab.Function("body", [RealType(N), RealType(N)], p => [Sin(p[0]) * p[1]]);
            var all = g.Collect(g.Map(Clients, body, [x, g.Broadcast(w, Clients)])[0]);
            return lab.Entry(g.Contract(all, g.Collect(x), new([], [], [0, 1], [0, 1])), g.Square(all), g.At(g.Collect(x), lab.Int("i", 3)));
        },
        ["spread"] = lab =>
        {
            var (x, y) = (lab.Real("x", Clients.Size, N), lab.Real("y", N));
            var g = lab.Graph;
            var body = lab.Function("body", [RealType(N), RealType(N)], p => [Sin(p[0]) * p[1]]);
            var rows = g.Spread(g.Square(x), Clients);
            var r = g.Map(Clients, body, [rows, g.Spread(x, Clients)])[0];
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, r), g.Spread(x * g.Expand(y, x.Type.Shape, [1]), Clients), g.Collect(r));
        },
        ["collectInMap"] = lab =>
        {
            var x = lab.Real("x", [Clients, Sites], N);
            var g = lab.Graph;
            var scale = lab.Function("scale", [RealType(N), RealType(N)], p => [Sin(p[0]) * p[1]]);
            var outer = lab.Function("outer", [RealType(N) with { Placements = [Sites] }], p =>
            {
                var all = g.Collect(p[0]);
                var again = g.Map(Sites, scale, [p[0], g.Spread(g.Square(all), Sites)])[0];
                return [g.SumAll(g.Contract(all, all, new([], [], [1], [1]))), g.PlacedReduce(PlacedReduceKind.Sum, again), again];
            });
            var r = g.Map(Clients, outer, [x]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, r[0]), g.Collect(r[1]), r[2]);
        },
        ["nestedMaps"] = lab =>
        {
            var (w, x) = (lab.Real("w"), lab.Real("x", [Clients, Sites], N));
            var g = lab.Graph;
            var inner = lab.Function("inner", [RealType(), RealType(N)], p => [Sin(p[0]) * g.SumAll(g.Square(p[1]))]);
            var outer = lab.Function("outer", [RealType(), RealType(N) with { Placements = [Sites] }], p =>
            {
                var r = g.Map(Sites, inner, [g.Broadcast(p[0] * p[0], Sites), p[1]])[0];
                return [g.PlacedReduce(PlacedReduceKind.Mean, r), g.PlacedReduce(PlacedReduceKind.Max, r)];
            });
            var all = g.Map(Clients, outer, [g.Broadcast(w, Clients), x]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, all[0]), g.PlacedReduce(PlacedReduceKind.Mean, all[1]));
        },
    };

    private static Node Cos(Node x) => x.Graph.Apply(ScalarOp.Cos, x);

    public static Node Sin(Node x) => x.Graph.Apply(ScalarOp.Sin, x);

    /// <summary>A matrix with 4 added on its diagonal: its symmetric part is positive definite.</summary>
    private static Node Regular(Node x) => x + x.Graph.Fill(4, x) * x.Graph.Identity(x.Type);

    private static IEnumerable<(bool Upper, bool Transposed)> Flags() => [(false, false), (false, true), (true, false), (true, true)];

    private static (Param, Param) Two(Lab lab) => (lab.Real("x", N), lab.Real("y", N));

    /// <summary>x at stride·i + dilation·j + 1 for j below 3, beside an axis that is not indexed.</summary>
    public static Func Windows(Lab lab, int stride, int dilation)
    {
        var g = lab.Graph;
        var x = lab.Real("x", (N - 1) * stride + 2 * dilation + 3, M);
        Dim[] over = [3, N];
        Node Times(int axis, int factor) => g.Iota(over, axis) * g.Fill(factor, g.Iota(over, axis));
        return lab.Entry(g.Square(g.Gather(x, [Times(1, stride) + Times(0, dilation) + g.Fill(1, g.Iota(over, 0))], [0])));
    }

    /// <summary>The groups' rows through a matrix that is zero but for a triangle, and its own square, of which only a triangle is read.</summary>
    private static Func Triangle(Lab lab, ScalarOp side)
    {
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", K, M, M), lab.Real("x", [Clients], M));
        var chosen = g.Apply(side, g.Iota([M, M], 0), g.Iota([M, M], 1));
        Node Masked(Node a) => g.Select(g.Expand(chosen, [K, M, M], [1, 2]), a, g.Zero(a.Type));
        var body = lab.Function("body", [RealType(K, M, M), RealType(M)], p => [Sin(g.Contract(p[0], p[1], new([], [], [2], [0])))]);
        var sum = g.PlacedReduce(PlacedReduceKind.Sum, g.Map(Clients, body, [g.Broadcast(Masked(Sin(w)), Clients), x])[0]);
        var square = g.Contract(Masked(w), w, new([0], [0], [2], [1]));
        return lab.Entry(sum, Masked(square), g.Contract(w, Masked(w), new([0], [0], [2], [1])));
    }

    /// <summary>Squares of matrices times differences from several centres, in every group: a mixture of Gaussians without its logarithms.</summary>
    private static Func Mixture(Lab lab, Dim length)
    {
        var g = lab.Graph;
        var (w, centres, x) = (lab.Real("w", K, length, length), lab.Real("centres", K, length), lab.Real("x", [Clients], length));
        var body = lab.Function("body", [RealType(K, length, length), RealType(K, length), RealType(length)], p =>
        {
            var y = g.Contract(p[0], g.Expand(p[2], [K, length], [1]) - p[1], new([0], [0], [2], [1]));
            var squares = g.Sum(g.Square(y), [1]);
            return [g.SumAll(Sin(squares * g.Fill(0.01, squares)))];
        });
        return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, g.Map(Clients, body, [g.Broadcast(w, Clients), g.Broadcast(centres, Clients), x])[0]));
    }

    private static Func Update(Lab lab, UpdateMode mode)
    {
        var (x, v, i) = (lab.Real("x", N, M), lab.Real("v", 2, M - 2), lab.Int("i", 2));
        return lab.Entry(lab.Graph.Square(lab.Graph.Update(Sin(x), v, [i, lab.Graph.Const(1, ElementType.Int32)], mode)));
    }

    private static Func Placed(Lab lab, PlacedReduceKind kind)
    {
        var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], N));
        var y = lab.Graph.PlacedReduce(kind, x);
        return lab.Entry(Sin(y) * w, lab.Graph.Broadcast(y * w, Clients));
    }
}
