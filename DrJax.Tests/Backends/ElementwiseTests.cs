using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

public sealed class ElementwiseTests
{
    [Fact]
    public void Products_with_a_scalar_and_a_broadcast_row_are_exact_for_every_tail()
    {
        foreach (var element in new[] { ElementType.Float64, ElementType.Float32 })
        {
            var b = new LoweredBuilder();
            var (n, m) = (N("n"), N("m"));
            var x = b.Argument("x", element, n, m);
            var row = b.Argument("row", element, m);
            var scale = b.Scalar("scale", element);
            var y = b.Result("y", element, n, m);
            var (i, j) = (Axis("i", n), Axis("j", m));
            var value = b.Apply(ScalarOp.Add, b.Apply(ScalarOp.Multiply, b.Load(x, b.At(i), b.At(j)), b.E.Local(scale)), b.Load(row, b.At(j)));
            var emitted = new EmittedProgram(b.Build(b.Nest([i, j], [], j, element, b.Store(value, y, b.At(i), b.At(j)))));
            for (var length = 0; length <= 40; length++)
            {
                var xs = Data.Of(element, 3 * length);
                var rows = Data.Of(element, length, seed: 2);
                var ys = Data.Empty(element, 3 * length);
                emitted.Run([xs, rows, Data.Value(element, 0.7)], [ys], ("n", 3), ("m", length));
                for (var k = 0; k < 3 * length; k++)
                {
                    var expected = element == ElementType.Float64
                        ? Data.At(xs, k) * 0.7 + Data.At(rows, k % length)
                        : (float)Data.At(xs, k) * 0.7f + (float)Data.At(rows, k % length);
                    Assert.Equal(expected, Data.At(ys, k));
                }
            }
        }
    }
}
