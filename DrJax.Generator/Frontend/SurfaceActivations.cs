using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Elementwise members that other operations make up.</summary>
internal static partial class Surface
{
    private static readonly Dictionary<string, Func<SurfaceCall, Value>> ActivationMembers = new()
    {
        ["Digamma"] = c => Of(c, (g, x) => g.Apply(ScalarOp.Polygamma, g.Fill(0, x), x)),
        ["Log2"] = c => Of(c, (g, x) => g.Apply(ScalarOp.Log, x) / g.Fill(Math.Log(2), x)),
        ["Log10"] = c => Of(c, (g, x) => g.Apply(ScalarOp.Log, x) / g.Fill(Math.Log(10), x)),
        ["Exp2"] = c => Of(c, (g, x) => g.Apply(ScalarOp.Pow, g.Fill(2, x), x)),
        ["Silu"] = c => Of(c, (g, x) => x * g.Apply(ScalarOp.Sigmoid, x)),
        ["Gelu"] = c => Of(c, (g, x) => g.Fill(0.5, x) * x * g.Apply(ScalarOp.Erfc, x * g.Fill(-Math.Sqrt(0.5), x))),
        ["Elu"] = c => Of(c, Elu),
        ["LeakyRelu"] = c => Of(c, (g, x) => g.Select(g.Apply(ScalarOp.GreaterOrEqual, x, g.Fill(0, x)), x, x * g.Fill(c.Node(1), x.Type.Shape))),
        ["Hypot"] = c => new Data(c.Match(0, 1) is var (x, y) ? Hypot(c.Graph, x, y) : throw new Poisoned()),
    };

    private static Data Of(SurfaceCall c, Func<Graph, Node, Node> f) => new(f(c.Graph, c.Node(0)));

    /// <summary>The squares of what the greater makes at most 1: they neither overflow nor vanish. It is the same whatever they are divided by.</summary>
    private static Node Hypot(Graph g, Node x, Node y)
    {
        var greater = g.StopGradient(g.Apply(ScalarOp.Max, g.Apply(ScalarOp.Abs, x), g.Apply(ScalarOp.Abs, y)));
        var isScale = g.Apply(ScalarOp.And, g.Apply(ScalarOp.Greater, greater, g.Fill(0, x)), IsFinite(greater));
        var scale = g.Select(isScale, greater, g.One(x));
        return scale * Root(g.Square(x / scale) + g.Square(y / scale));
    }

    /// <summary>The exponential is kept from the positive numbers, where it may be infinite.</summary>
    private static Node Elu(Graph g, Node x)
    {
        var isPositive = g.Apply(ScalarOp.Greater, x, g.Fill(0, x));
        return g.Select(isPositive, x, g.Apply(ScalarOp.Expm1, g.Select(isPositive, g.Fill(0, x), x)));
    }
}
