using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Derivatives of derivatives stay small: nodes in all functions of a prepared program against a budget.</summary>
public class SizeTests
{
    /// <summary>Local training on every client, a gradient step per batch; the loss of the mean model by the initial model, and its derivatives.</summary>
    [Fact]
    public void A_gradient_in_a_loop_in_a_map_differentiated_again()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, rate, x) = (lab.Real("w", N, K), lab.Real("rate"), lab.Real("x", [Clients], M, N));
        var f = Training(lab, w, rate, x);
        var first = lab.Derivatives.Vjp(f, [true, true, false]);
        var second = lab.Derivatives.Vjp(first, first.Parameters.Select((_, i) => i < 2).ToEquatable());
        var (zero, one, two) = (Nodes(lab, f), Nodes(lab, first), Nodes(lab, second));
        Assert.True(zero <= 60 && one <= 190 && two <= 550, $"nodes of the program {zero}, of its gradient {one}, of the gradient of that {two}");

        var random = new Random(5);
        DerivativeCheck.First(lab, f, lab.Arguments(random), random, [true, true, false]);
        NdArray[] arguments = [.. lab.Arguments(random), NdArray.Scalar(1)];
        DerivativeCheck.First(lab, first, arguments, random, [true, true, false, true]);
        var prepared = new Passes(g).Prepare(first);
        var (expected, actual) = (lab.Run(first, arguments), lab.Run(prepared, arguments));
        for (var i = 0; i < expected.Length; i++) DerivativeCheck.Same(expected[i], actual[i], $"result {i}", 1e-10);
    }

    private static Func Training(Lab lab, Node w, Node rate, Node x)
    {
        var g = lab.Graph;
        // mean of tanh(w' x)^2 - log(1 + exp(sum))
        var loss = lab.Function("loss", [RealType(N, K), RealType(N)], p =>
        {
            var y = g.Apply(ScalarOp.Tanh, g.Contract(p[1], p[0], new([], [], [0], [0])));
            return [g.SumAll(g.Square(y)) - g.Apply(ScalarOp.Softplus, g.SumAll(y))];
        });
        var gradient = lab.Derivatives.Vjp(loss, [true, false]);
        var step = lab.Function("step", [IntType, RealType(N, K), RealType(), RealType(), RealType(M, N)], p =>
        {
            var r = g.Call(gradient, [p[1], g.At(p[4], p[0]), g.Const(1, ElementType.Float64)]);
            return [p[1] - g.Fill(p[3], [N, K]) * r[1], p[2] + r[0], p[3]];
        });
        var local = lab.Function("local", [RealType(N, K), RealType(), RealType(M, N)], p =>
        {
            var r = g.Loop(M, false, step, [p[0], g.Const(0, ElementType.Float64), p[1]], [p[2]]);
            return [r[0], r[1]];
        });
        var all = g.Map(Clients, local, [g.Broadcast(w, Clients), g.Broadcast(rate, Clients), x]);
        var mean = g.PlacedReduce(PlacedReduceKind.Mean, all[0]);
        return lab.Entry(g.SumAll(g.Square(mean)) + g.PlacedReduce(PlacedReduceKind.Mean, all[1]));
    }

    private static int Nodes(Lab lab, Func program)
    {
        var prepared = new Passes(lab.Graph).Prepare(program);
        var (count, seen, open) = (0, new HashSet<Func>(), new Stack<Func>([prepared]));
        while (open.Count > 0)
        {
            var func = open.Pop();
            if (!seen.Add(func)) continue;
            count += func.Nodes.Count;
            foreach (var inner in func.Nodes.SelectMany(n => Verifier.Functions(n))) open.Push(inner);
        }
        return count;
    }
}
