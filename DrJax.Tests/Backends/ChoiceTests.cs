using DrJax.Compiled;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

/// <summary>Choices of which lanes mostly take one side: the other is computed where some lane takes it, and every lane has what it chose.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData((int)ScalarOp.Equal, true)]
    [InlineData((int)ScalarOp.NotEqual, true)]
    [InlineData((int)ScalarOp.Less, false)]
    public void Equal_numbers_are_rare(int op, bool branches)
    {
        foreach (var element in new[] { ElementType.Float64, ElementType.Float32 })
        {
            var b = new LoweredBuilder();
            var n = N("n");
            var (x, w) = (b.Argument("x", element, n), b.Argument("w", element, n));
            var y = b.Result("y", element, n);
            var i = Axis("i", n);
            var (at, zero) = (b.Load(x, b.At(i)), b.E.Const(0, element));
            var costly = b.Apply(ScalarOp.Exp, b.Load(w, b.At(i)));
            var value = b.Apply(ScalarOp.Select, b.Apply((ScalarOp)op, at, zero), op == (int)ScalarOp.NotEqual ? at : costly, op == (int)ScalarOp.NotEqual ? costly : at);
            var emitted = new EmittedProgram(b.Build(b.Nest([i], [], i, element, b.Store(value, y, b.At(i)))));
            Assert.Equal(branches, emitted.Text.Contains("if (any", StringComparison.Ordinal));
            for (var length = 0; length <= 40; length++)
            {
                var ws = Data.Of(element, length, seed: 2);
                // No lane takes the rare side, some do, all do.
                foreach (var every in new[] { 0, 1, 3, 11 })
                {
                    var xs = Data.From(element, [.. Enumerable.Range(0, length).Select(k => every > 0 && k % every == every - 1 ? 0 : k - 7.5)]);
                    var ys = Data.Empty(element, length);
                    emitted.Run([xs, ws], [ys], ("n", length));
                    for (var k = 0; k < length; k++)
                    {
                        var takesCostly = op == (int)ScalarOp.Less ? Data.At(xs, k) < 0 : Data.At(xs, k) == 0;
                        var exp = element == ElementType.Float64 ? ScalarMath.Exp(Data.At(ws, k)) : ScalarMath.Exp((float)Data.At(ws, k));
                        Assert.Equal(takesCostly ? exp : Data.At(xs, k), Data.At(ys, k));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData((int)ScalarOp.Greater)]
    [InlineData((int)ScalarOp.LessOrEqual)]
    public void Lanes_beyond_a_triangle_gather_nothing(int op)
    {
        var b = new LoweredBuilder();
        var n = N("n");
        var (x, index) = (b.Argument("x", ElementType.Float64, n), b.Argument("index", ElementType.Int32, n));
        var y = b.Result("y", ElementType.Float64, n, n);
        var (i, j) = (Axis("i", n), Axis("j", n));
        var gathered = b.Load(x, b.E.Index(b.Load(index, b.At(j)), n, Bounds.Clamped));
        var value = b.Apply(ScalarOp.Select, b.Apply((ScalarOp)op, b.At(i), b.At(j)), gathered, b.E.Const(0, ElementType.Float64));
        var emitted = new EmittedProgram(b.Build(b.Nest([i, j], [], j, ElementType.Float64, b.Store(value, y, b.At(i), b.At(j)))));
        Assert.Contains("if (any", emitted.Text, StringComparison.Ordinal);
        for (var length = 1; length <= 20; length++)
        {
            var (xs, indices, ys) = (new double[length], new int[length], new double[length * length]);
            for (var k = 0; k < length; k++) (xs[k], indices[k]) = (k + 1, 3 * k % length);
            emitted.Run([xs, indices], [ys], ("n", length));
            for (var r = 0; r < length; r++)
                for (var c = 0; c < length; c++)
                    Assert.Equal((op == (int)ScalarOp.Greater ? r > c : r <= c) ? xs[indices[c]] : 0, ys[(r * length) + c]);
        }
    }
}
