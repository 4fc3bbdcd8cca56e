using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

/// <summary>Contractions, loops and branches.</summary>
public sealed class BlockTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Contractions_run_over_outer_axes_and_add_up_over_summed_ones(bool accumulate)
    {
        var b = new LoweredBuilder();
        var (o, s, m, n, k) = (N("o"), N("s"), N("m"), N("n"), N("k"));
        var x = b.Argument("x", ElementType.Float64, o, s, m, k);
        var y = b.Argument("y", ElementType.Float64, s, n, k);
        var z = b.Result("z", ElementType.Float64, o, m, n);
        LoopAxis i = Axis("i", o), j = Axis("j", s);
        var zero = b.E.Const(0, ElementType.Int32);
        var gemm = new GemmStep([i], [j], m, n, k,
            new MatrixView(x, b.At(x, b.At(i), b.At(j), zero, zero), k, 1),
            new MatrixView(y, b.At(y, b.At(j), zero, zero), 1, k),
            new MatrixView(z, b.At(z, b.At(i), zero, zero), n, 1), accumulate, "z = contract x y");
        var emitted = new EmittedProgram(b.Build(gemm));
        foreach (var (outer, summed) in ((int, int)[])[(2, 3), (1, 1), (0, 2), (2, 0)])
        {
            var (xs, ys) = ((double[])Data.Of(ElementType.Float64, outer * summed * 5 * 4), (double[])Data.Of(ElementType.Float64, summed * 7 * 4, 2));
            var zs = Enumerable.Repeat(1.0, outer * 5 * 7).ToArray();
            emitted.Run([xs, ys], [zs], ("o", outer), ("s", summed), ("m", 5), ("n", 7), ("k", 4));
            for (var at = 0; at < zs.Length; at++)
            {
                var (a, r, c) = (at / 35, at / 7 % 5, at % 7);
                var expected = accumulate ? 1.0 : 0;
                for (var t = 0; t < summed; t++)
                    for (var p = 0; p < 4; p++) expected += xs[((a * summed + t) * 5 + r) * 4 + p] * ys[(t * 7 + c) * 4 + p];
                // A dozen products below 9.
                Assert.Equal(expected, zs[at], 1e-13 * 108);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_swaps_its_state_and_assigns_its_scalars_together(bool reverse)
    {
        var b = new LoweredBuilder();
        var (n, steps) = (N("n"), N("steps"));
        var x = b.Argument("x", ElementType.Float64, n);
        var y = b.Result("y", ElementType.Float64, n);
        var sums = b.Result("sums", ElementType.Float64, 2);
        var (state, next) = (b.Scratch("state", ElementType.Float64, n), b.Scratch("next", ElementType.Float64, n));
        Local t = new("t", ElementType.Int32), p = new("p", ElementType.Float64), q = new("q", ElementType.Float64);
        LoopAxis i = Axis("i", n), j = Axis("j", n), k = Axis("k", n);
        var time = b.E.Cast(b.E.Local(t), ElementType.Float64);
        var body = new Block([b.Nest([j], [], j, ElementType.Float64, b.Store(b.Apply(ScalarOp.Add, b.Apply(ScalarOp.Multiply, b.Load(state, b.At(j)), b.E.Const(2, ElementType.Float64)), time), next, b.At(j)))]);
        var emitted = new EmittedProgram(b.Build(
            b.Nest([i], [], i, ElementType.Float64, b.Store(b.Load(x, b.At(i)), state, b.At(i))),
            new ScalarStep(p, b.E.Const(1, ElementType.Float64), "p"),
            new ScalarStep(q, b.E.Const(2, ElementType.Float64), "q"),
            new LoopStep(t, new LoopLimit.Sized(steps), reverse, body, [(state, next)], [(p, b.E.Local(q)), (q, b.Apply(ScalarOp.Add, b.E.Local(p), time))], [], "loop"),
            b.Nest([k], [], k, ElementType.Float64, b.Store(b.Load(state, b.At(k)), y, b.At(k))),
            b.Nest([], [], null, ElementType.Float64, b.Store(b.E.Local(p), sums, b.E.Const(0, ElementType.Int32)), b.Store(b.E.Local(q), sums, b.E.Const(1, ElementType.Int32)))));
        foreach (var count in (int[])[0, 1, 2, 5])
        {
            var (ys, pq) = (new double[11], new double[2]);
            var xs = (double[])Data.Of(ElementType.Float64, 11);
            emitted.Run([xs], [ys, pq], ("n", 11), ("steps", count));
            var (expected, ep, eq) = (xs.ToArray(), 1.0, 2.0);
            for (var s = 0; s < count; s++)
            {
                var at = reverse ? count - 1 - s : s;
                expected = [.. expected.Select(v => v * 2 + at)];
                (ep, eq) = (eq, ep + at);
            }
            Assert.Equal(expected, ys);
            Assert.Equal([ep, eq], pq);
        }
    }

    [Fact]
    public void A_branch_runs_one_of_its_blocks()
    {
        var b = new LoweredBuilder();
        var c = b.Scalar("c", ElementType.Float32);
        var flag = b.Scalar("flag", ElementType.Bool);
        var y = b.Result("y", ElementType.Float32);
        Local v = new("v", ElementType.Float32), w = new("w", ElementType.Float32);
        var positive = b.Apply(ScalarOp.Greater, b.E.Local(c), b.E.Const(0, ElementType.Float32));
        var emitted = new EmittedProgram(b.Build(
            new ScalarStep(v, b.E.Const(0, ElementType.Float32), "v"),
            new BranchStep(b.Apply(ScalarOp.And, positive, b.E.Local(flag)),
                new Block([new ScalarStep(w, b.Apply(ScalarOp.Sqrt, b.E.Local(c)), "w"), new AssignStep(v, b.Apply(ScalarOp.Exp, b.E.Local(w)), "v")]),
                new Block([new AssignStep(v, b.E.Const(-1, ElementType.Float32), "v")]), "branch"),
            b.Nest([], [], null, ElementType.Float32, b.Store(b.E.Local(v), y))));
        var result = new float[1];
        emitted.Run([4f, true], [result]);
        Assert.Equal(MathF.Exp(2), result[0]);
        emitted.Run([-4f, true], [result]);
        Assert.Equal(-1f, result[0]);
        emitted.Run([4f, false], [result]);
        Assert.Equal(-1f, result[0]);
    }

    [Fact]
    public void What_no_iteration_needs_is_not_touched()
    {
        // y[i] = sum over k of x[0, k] z[last]: with nothing to sum, x and z may have no elements at all.
        var b = new LoweredBuilder();
        var (n, m) = (N("n"), N("m"));
        var (x, z) = (b.Argument("x", ElementType.Float64, 1, m), b.Argument("z", ElementType.Float64, m));
        var y = b.Result("y", ElementType.Float64, n);
        LoopAxis i = Axis("i", n), k = Axis("k", m);
        var last = b.Load(z, b.E.Size(m - 1));
        var value = b.Apply(ScalarOp.Multiply, b.Load(x, b.E.Const(0, ElementType.Int32), b.At(k)), last);
        var emitted = new EmittedProgram(b.Build(b.Nest([i], [k], i, ElementType.Float64, new Output(y, b.At(y, b.At(i)), value, OutputMode.Reduce))));
        var ys = Enumerable.Repeat(7.0, 9).ToArray();
        emitted.Run([Array.Empty<double>(), Array.Empty<double>()], [ys], ("n", 9), ("m", 0));
        Assert.All(ys, v => Assert.Equal(0, v));
        emitted.Run([new[] { 1.0, 2 }, new[] { 3.0, 4 }], [ys], ("n", 9), ("m", 2));
        Assert.All(ys, v => Assert.Equal(12, v));
        emitted.Run([Array.Empty<double>(), Array.Empty<double>()], [Array.Empty<double>()], ("n", 0), ("m", 0));
    }
}
