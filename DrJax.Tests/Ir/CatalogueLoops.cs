using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Loops of data-dependent length: alone, in one another, in branches and in maps.</summary>
internal static partial class Catalogue
{
    private static Dictionary<string, Func<Lab, Func>> Loops => new()
    {
        ["loopGiven"] = lab =>
        {
            var (x, w, trips) = (lab.Real("x", N), lab.Real("w", N), lab.Int("trips", 5));
            var body = lab.Function("body", [IntType, RealType(N), RealType(N)], p => [Sin(p[1] * p[2]), lab.Graph.Square(p[1])]);
            var r = lab.Graph.Loop(trips - lab.Graph.Const(1, ElementType.Int32), false, body, [x], [w]);
            return lab.Entry(r[0]);
        },
        ["loopGivenReverse"] = lab =>
        {
            var (x, w, trips) = (lab.Real("x"), lab.Real("w", M), lab.Int("trips", 5));
            var body = lab.Function("body", [IntType, RealType(), RealType(M)], p => [Sin(p[1]) * lab.Graph.At(p[2], p[0]), p[1]]);
            return lab.Entry(lab.Graph.Loop(trips, true, body, [x], [w])[0]);
        },
        ["while"] = lab =>
        {
            // Grows until it is over the limit.
            var (x, w, limit) = (lab.Real("x"), lab.Real("w"), lab.Real("limit"));
            var g = lab.Graph;
            var condition = Condition(lab, [RealType(), RealType(), RealType()], p => Less(p[1], p[3] * Real(g, 3)));
            var body = lab.Function("body", [IntType, RealType(), RealType(), RealType()], p => [p[1] * (g.One(p[2]) + p[2]) + Sin(p[1])]);
            return lab.Entry(g.While(condition, body, [x], [w, limit])[0]);
        },
        ["whileArray"] = lab =>
        {
            // A carried array, a carried count, and a matrix: x = tanh(a x) until it is small or ten steps are done.
            var (x, a) = (lab.Real("x", N), lab.Real("a", N, N));
            var g = lab.Graph;
            var condition = Condition(lab, [RealType(N), IntType, RealType(N, N)], p => g.Apply(ScalarOp.And,
                Less(Real(g, 0.05), g.SumAll(g.Square(p[1]))), Less(p[2], g.Const(10, ElementType.Int32))));
            var body = lab.Function("body", [IntType, RealType(N), IntType, RealType(N, N)], p =>
                [g.Apply(ScalarOp.Tanh, g.Contract(p[3] * g.Fill(0.5, p[3]), p[1], new([], [], [1], [0]))), p[2] + g.Const(1, ElementType.Int32)]);
            return lab.Entry(g.While(condition, body, [x, g.Const(0, ElementType.Int32)], [a])[0]);
        },
        ["whileNever"] = lab =>
        {
            var (x, w) = (lab.Real("x", N), lab.Real("w", N));
            var condition = Condition(lab, [RealType(N), RealType(N)], p => Less(lab.Graph.SumAll(lab.Graph.Square(p[1])), Real(lab.Graph, 0)));
            var body = lab.Function("body", [IntType, RealType(N), RealType(N)], p => [Sin(p[1] * p[2])]);
            return lab.Entry(lab.Graph.While(condition, body, [x], [w])[0]);
        },
        ["whileEdge"] = lab =>
        {
            // Where a lane is done, the root is of a negative number, the quotient by zero and the index outside.
            var (x, first) = (lab.Real("x", N), lab.Int("first", 3));
            var g = lab.Graph;
            var condition = Condition(lab, [IntType, RealType(), RealType(N)], p => Less(p[1], g.Size(N)));
            var body = lab.Function("body", [IntType, IntType, RealType(), RealType(N)], p =>
            {
                var left = g.Size(N) - p[1];
                var next = p[1] + g.Apply(ScalarOp.Divide, left, left);
                return [next, g.Sqrt(g.Cast(left, ElementType.Float64) * g.At(p[3], p[1])) / p[2] + p[2]];
            });
            return lab.Entry(g.While(condition, body, [first, Real(g, 1)], [x])[1]);
        },
        ["whileLong"] = lab =>
        {
            // More trips than any first guess of a stack's length.
            var (x, w) = (lab.Real("x"), lab.Real("w"));
            var g = lab.Graph;
            var condition = Condition(lab, [IntType, RealType(), RealType()], p => Less(p[1], g.Const(150, ElementType.Int32)));
            var body = lab.Function("body", [IntType, IntType, RealType(), RealType()], p =>
                [p[1] + g.Const(1, ElementType.Int32), Real(g, 0.9) * p[2] + Real(g, 0.1) * Sin(p[2] * p[3])]);
            return lab.Entry(g.While(condition, body, [g.Const(0, ElementType.Int32), x], [w])[1]);
        },
        ["loopGather"] = lab =>
        {
            // Each trip reads, and changes, two elements of an array.
            var (table, w) = (lab.Real("table", M + 3), lab.Real("w", M + 3));
            var g = lab.Graph;
            var body = lab.Function("body", [IntType, RealType(M + 3), RealType(), RealType(M + 3)], p =>
            {
                var at = g.Iota([2], 0) * g.Fill(2, g.Iota([2], 0)) + g.Fill(p[0], [2]);
                var read = g.Gather(p[1], [at], [0]) * g.Gather(p[3], [at], [0]);
                return [g.ScatterAdd(p[1], Sin(read), [at], [0]), p[2] * g.SumAll(read)];
            });
            var r = g.Loop(M, false, body, [table, Real(g, 1)], [w]);
            return lab.Entry(r[0], r[1]);
        },
        ["loopInLoopWith"] = lab =>
        {
            // The inner loop changes elements of the array that the outer one carries.
            var (x, w) = (lab.Real("x", M + K), lab.Real("w"));
            var g = lab.Graph;
            var one = g.Const(1, ElementType.Int32);
            var inner = lab.Function("inner", [IntType, RealType(M + K), IntType, RealType()], p =>
                [g.Update(p[1], g.Reshape(Sin(g.At(p[1], p[0] + p[2])) * p[3], [1]), [p[0] + p[2] + one], UpdateMode.Set)]);
            var outer = lab.Function("outer", [IntType, RealType(M + K), RealType()], p => [g.Loop(K, false, inner, [p[1]], [p[0], p[2]])[0]]);
            return lab.Entry(g.Loop(M - 1, false, outer, [x], [w])[0]);
        },
        ["whileInWhile"] = lab => Nested(lab, (lab, body, x, w) => lab.Graph.While(Below(lab, 2), body, [x], [w])[0], (lab, body, x, w) => lab.Graph.While(Below(lab, 1.5), body, [x], [w])[0]),
        ["givenInWhile"] = lab => Nested(lab, (lab, body, x, w) => lab.Graph.While(Below(lab, 2), body, [x], [w])[0], (lab, body, x, w) => lab.Graph.Loop(Trips(lab.Graph, x), false, body, [x], [w])[0]),
        ["whileInGiven"] = lab => Nested(lab, (lab, body, x, w) => lab.Graph.Loop(Trips(lab.Graph, w), true, body, [x], [w])[0], (lab, body, x, w) => lab.Graph.While(Below(lab, 2), body, [x], [w])[0]),
        ["whileInLoop"] = lab => Nested(lab, (lab, body, x, w) => lab.Graph.Loop(K, false, body, [x], [w])[0], (lab, body, x, w) => lab.Graph.While(Below(lab, 1.9), body, [x], [w])[0]),
        ["loopInWhile"] = lab => Nested(lab, (lab, body, x, w) => lab.Graph.While(Below(lab, 2), body, [x], [w])[0], (lab, body, x, w) => lab.Graph.Loop(K, true, body, [x], [w])[0]),
        ["branchWhile"] = lab =>
        {
            // In the untaken arm the loop would not end: its factor is at most 1.
            var (x, w) = (lab.Real("x"), lab.Real("w"));
            var g = lab.Graph;
            var grow = lab.Function("grow", [IntType, RealType(), RealType()], p => [p[1] * p[2]]);
            var then = lab.Function("then", [RealType(), RealType()], p => [g.While(Below(lab, 2), grow, [p[0]], [p[1]])[0]]);
            var otherwise = lab.Function("otherwise", [RealType(), RealType()], p => [Real(g, 0.6) * Sin(p[0]) * p[1]]);
            return lab.Entry(g.Branch(Less(Real(g, 1.1), w), then, otherwise, [x, w])[0]);
        },
        ["whileInMap"] = lab =>
        {
            // Every group makes its own number of steps.
            var (w, x, steps) = (lab.Real("w"), lab.Real("x", [Clients], N), lab.Add("steps", ElementType.Int32, [Clients], [], r => r.Next(4)));
            var g = lab.Graph;
            var condition = Condition(lab, [RealType(N), RealType()], p => Less(g.SumAll(g.Square(p[1])), Real(g, 20)));
            var step = lab.Function("step", [IntType, RealType(N), RealType()], p => [p[1] * g.Fill(p[2] + Real(g, 0.5), [N]) + Sin(p[1])]);
            var body = lab.Function("body", [RealType(), RealType(N), IntType], p =>
                [g.SumAll(g.While(condition, step, [p[1]], [p[0]])[0]), g.SumAll(g.Loop(p[2], false, step, [p[1]], [p[0]])[0])]);
            var r = g.Map(Clients, body, [g.Broadcast(w, Clients), x, steps]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Mean, r[0]), g.PlacedReduce(PlacedReduceKind.Sum, r[1]), r[0]);
        },
        ["whileScalarInMap"] = lab =>
        {
            var (w, x) = (lab.Real("w"), lab.Real("x", [Clients]));
            var g = lab.Graph;
            var step = lab.Function("step", [IntType, RealType(), RealType()], p => [p[1] + Sin(p[1] * p[2])]);
            var body = lab.Function("body", [RealType(), RealType()], p => [g.While(Below(lab, 2), step, [p[1]], [p[0]])[0]]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Mean, g.Map(Clients, body, [g.Broadcast(w, Clients), x])[0]));
        },
        ["roundsUntil"] = lab =>
        {
            // Rounds until no client's own model is large: personal models, a server's model, a condition over the groups.
            var (w, own, x) = (lab.Real("w", N), lab.Real("own", [Clients], N), lab.Real("x", [Clients], N));
            var g = lab.Graph;
            var placed = RealType(N) with { Placements = [Clients] };
            var norm = lab.Function("norm", [RealType(N)], p => [g.SumAll(g.Square(p[0]))]);
            var step = lab.Function("step", [RealType(N), RealType(N), RealType(N)], p => [p[0] * Sin(p[2]), g.Fill(0.6, p[1]) * p[1] + g.Fill(0.05, p[0]) * p[0] * p[2]]);
            var condition = Condition(lab, [RealType(N), placed, placed], p =>
                Less(Real(g, 0.4), g.PlacedReduce(PlacedReduceKind.Max, g.Map(Clients, norm, [p[2]])[0])));
            var body = lab.Function("body", [IntType, RealType(N), placed, placed], p =>
            {
                var r = g.Map(Clients, step, [g.Broadcast(p[1], Clients), p[2], p[3]]);
                return [g.PlacedReduce(PlacedReduceKind.Mean, r[0]), r[1]];
            });
            var all = g.While(condition, body, [w, own], [x]);
            return lab.Entry(all[0], g.PlacedReduce(PlacedReduceKind.Sum, all[1]));
        },
        ["roundsOfScalars"] = lab =>
        {
            var (own, x) = (lab.Real("own", [Clients]), lab.Real("x", [Clients]));
            var g = lab.Graph;
            var placed = RealType() with { Placements = [Clients] };
            var step = lab.Function("step", [RealType(), RealType()], p => [Real(g, 0.6) * Sin(p[0]) * p[1]]);
            var condition = Condition(lab, [placed, placed], p => Less(Real(g, 0.3), g.PlacedReduce(PlacedReduceKind.Mean, p[1])));
            var body = lab.Function("body", [IntType, placed, placed], p => [g.Map(Clients, step, [p[1], p[2]])[0]]);
            return lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, g.While(condition, body, [own], [x])[0]));
        },
    };

    private static Node Less(Node a, Node b) => a.Graph.Apply(ScalarOp.Less, a, b);

    private static Node Real(Graph g, double value) => g.Const(value, ElementType.Float64);

    /// <summary>A condition over the body's parameters; <paramref name="types"/> are those after the index.</summary>
    private static Func Condition(Lab lab, DrJax.Generator.Ir.ValueType[] types, Func<Param[], Node> holds) =>
        lab.Function("condition", [IntType, .. types], p => [holds(p)]);

    /// <summary>While a scalar is below a number.</summary>
    private static Func Below(Lab lab, double limit) => Condition(lab, [RealType(), RealType()], p => Less(p[1], Real(lab.Graph, limit)));

    /// <summary>One or two trips, as the value says.</summary>
    private static Node Trips(Graph g, Node x) => g.Cast(x + Real(g, 0.9), ElementType.Int32);

    private static Func Nested(Lab lab, Func<Lab, Func, Node, Node, Node> outer, Func<Lab, Func, Node, Node, Node> inner)
    {
        var (x, w) = (lab.Real("x"), lab.Real("w"));
        var g = lab.Graph;
        var innermost = lab.Function("inner", [IntType, RealType(), RealType()], p => [p[1] + Sin(p[1] * p[2]) * Real(g, 0.4)]);
        var around = lab.Function("outer", [IntType, RealType(), RealType()], p => [inner(lab, innermost, p[1] * Real(g, 1.1), p[2]) * (p[2] + Real(g, 0.6))]);
        return lab.Entry(outer(lab, around, x, w));
    }
}
