using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Loops of as many trips as a size says.</summary>
internal static partial class Catalogue
{
    private static Dictionary<string, Func<Lab, Func>> CountedLoops => new()
    {
        ["loop"] = lab =>
        {
            var (x, w) = (lab.Real("x", N), lab.Real("w", N));
            var body = lab.Function("body", [IntType, RealType(N), RealType(N)], p => [Sin(p[1] * p[2]), lab.Graph.Square(p[1])]);
            var r = lab.Graph.Loop(M, false, body, [x], [w]);
            return lab.Entry(r[0], r[1]);
        },
        ["loopReverse"] = lab =>
        {
            var (x, w) = (lab.Real("x"), lab.Real("w", M));
            var body = lab.Function("body", [IntType, RealType(), RealType(M)], p => [Sin(p[1]) * lab.Graph.At(p[2], p[0]), p[1]]);
            var r = lab.Graph.Loop(M, true, body, [x], [w]);
            return lab.Entry(r[0] * lab.Graph.SumAll(lab.Graph.Square(r[1])));
        },
        ["loopWith"] = lab =>
        {
            // x[i] = sin(x[i - 1]) * w: a carried array, read and written at the index.
            var (x, w) = (lab.Real("x", M + 1), lab.Real("w"));
            var g = lab.Graph;
            var body = lab.Function("body", [IntType, RealType(M + 1), RealType()], p =>
                [g.Update(p[1], g.Reshape(Sin(g.At(p[1], p[0])) * p[2], [1]), [p[0] + g.Const(1, ElementType.Int32)], UpdateMode.Set)]);
            return lab.Entry(g.Loop(M, false, body, [x], [w])[0]);
        },
        ["loopSwap"] = lab =>
        {
            // One value is active only from the second iteration; one is overwritten; one never changes.
            var (x, w) = (lab.Real("x"), lab.Real("w"));
            var g = lab.Graph;
            var body = lab.Function("body", [IntType, RealType(), RealType(), RealType(), RealType()], p =>
                [p[2] * p[3], Sin(p[1]) + g.Cast(p[0], ElementType.Float64), p[3], p[4] * p[4]]);
            var r = g.Loop(M, false, body, [g.Const(1, ElementType.Float64), x, g.Square(w), g.Const(3, ElementType.Float64)], []);
            return lab.Entry(r[0], r[1] * r[2], r[3]);
        },
        ["loopInLoop"] = lab =>
        {
            var (x, w) = (lab.Real("x"), lab.Real("w", M, K));
            var g = lab.Graph;
            var inner = lab.Function("inner", [IntType, RealType(), RealType(K)], p => [Sin(p[1]) * g.At(p[2], p[0])]);
            var outer = lab.Function("outer", [IntType, RealType(), RealType(M, K)], p =>
                [p[1] + g.Loop(K, false, inner, [p[1]], [g.At(p[2], p[0])])[0]]);
            return lab.Entry(g.Loop(M, false, outer, [x], [w])[0]);
        },
        ["loopBranch"] = lab =>
        {
            var (x, w) = (lab.Real("x"), lab.Real("w", M));
            var g = lab.Graph;
            var then = lab.Function("then", [RealType(), RealType()], p => [p[0] * p[1]]);
            var otherwise = lab.Function("otherwise", [RealType(), RealType()], p => [g.Sqrt(p[0])]);
            var body = lab.Function("body", [IntType, RealType(), RealType(M)], p =>
                [g.Branch(g.Apply(ScalarOp.Less, g.At(p[2], p[0]), g.One(p[1])), then, otherwise, [p[1], g.At(p[2], p[0])])[0]]);
            return lab.Entry(g.Loop(M, false, body, [x], [w])[0]);
        },
        ["loopEmpty"] = lab =>
        {
            lab.Sizes["none"] = 0;
            var x = lab.Real("x", N);
            var body = lab.Function("body", [IntType, RealType(N)], p => [Sin(p[1]), p[1]]);
            var r = lab.Graph.Loop(Dim.Symbol("none"), false, body, [x], []);
            return lab.Entry(r[0], lab.Graph.Sum(r[1], [0]));
        },
        ["rounds"] = lab =>
        {
            // A model on the server, personal models on the clients, in rounds.
            var (w, own, x) = (lab.Real("w", N), lab.Real("own", [Clients], N), lab.Real("x", [Clients], N));
            var g = lab.Graph;
            var placed = RealType(N) with { Placements = [Clients] };
            var step = lab.Function("step", [RealType(N), RealType(N), RealType(N)], p => [p[0] * Sin(p[2]), p[1] + p[0] * p[2]]);
            var body = lab.Function("body", [IntType, RealType(N), placed, placed], p =>
            {
                var r = g.Map(Clients, step, [g.Broadcast(p[1], Clients), p[2], p[3]]);
                var max = g.PlacedReduce(PlacedReduceKind.Max, r[1]);
                return [g.PlacedReduce(PlacedReduceKind.Mean, r[0]) * Sin(max), r[1], r[0]];
            });
            var all = g.Loop(K, false, body, [w, own], [x]);
            return lab.Entry(all[0], g.PlacedReduce(PlacedReduceKind.Sum, all[1]), all[2]);
        },
    };
}
