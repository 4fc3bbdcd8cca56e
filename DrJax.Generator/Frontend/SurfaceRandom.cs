using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Random numbers: a key is two ints, and every number a function of them and of its place.</summary>
internal static partial class Surface
{
    private static readonly Dictionary<string, Func<SurfaceCall, Value>> RandomMembers = new()
    {
        ["Split"] = c => Parts.Tuple(FoldIn(KeyOf(c), c.Graph.Const(0, ElementType.Int32)), FoldIn(KeyOf(c), c.Graph.Const(1, ElementType.Int32))),
        ["FoldIn"] = c => FoldIn(KeyOf(c), c.Node(1)),
        ["SplitGroups"] = c => c.Translator.SplitGroups(c),
        ["Bits"] = c => new Data(Draw(c, ScalarOp.ThreefryBits)),
        ["Uniform"] = c => new Data(Uniform(c)),
        ["Normal"] = c => new Data(Normal(Uniform(c))),
        ["Exponential"] = c => new Data(Exponential(Uniform(c))),
        ["Gumbel"] = c => new Data(Gumbel(Uniform(c))),
        ["Bernoulli"] = c => new Data(Bernoulli(c)),
        ["Randint"] = c => new Data(Randint(c)),
        ["Permutation"] = c => new Data(c.Graph.ArgSort(Draw(c, ScalarOp.UniformDouble), 0, descending: false)),
        ["Categorical"] = c => new Data(Categorical(c)),
    };

    /// <summary>A key's words, in order.</summary>
    private static Node[] KeyOf(SurfaceCall c) => c.Arguments[0] is Parts parts ? [.. parts.Leaves] : throw new Poisoned();

    public static Parts Key(Node word0, Node word1) => new([("Word0", new Data(word0)), ("Word1", new Data(word1))], isTuple: false);

    public static Parts FoldIn(Node[] key, Node data)
    {
        var g = data.Graph;
        Node[] x = [.. key, g.Const(0, ElementType.Int32), data];
        return Key(g.Apply(ScalarOp.ThreefryFirst, x), g.Apply(ScalarOp.ThreefrySecond, x));
    }

    /// <summary>An operation of the key and of every element's place in row-major order; the axes are the arguments after the first <paramref name="others"/>.</summary>
    private static Node Draw(SurfaceCall c, ScalarOp op, int others = 1) => Draw(KeyOf(c), op, [.. Enumerable.Range(others, c.Count - others).Select(c.Dim)]);

    private static Node Draw(Node[] key, ScalarOp op, Dim[] shape)
    {
        var g = key[0].Graph;
        var (place, stride) = (g.Fill(g.Const(0, ElementType.Int32), shape), Dim.One);
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            place = g.Iota(shape, axis) * g.Fill(g.Size(stride), shape) + place;
            stride *= shape[axis];
        }
        return g.Apply(op, g.Fill(key[0], shape), g.Fill(key[1], shape), g.Fill(g.Const(0, ElementType.Int32), shape), place);
    }

    /// <summary>In [0, 1), in the precision of the result's type.</summary>
    private static Node Uniform(SurfaceCall c) => Draw(c, OpOf(ResultElement(c)));

    private static ScalarOp OpOf(ElementType element) => element == ElementType.Float32 ? ScalarOp.UniformSingle : ScalarOp.UniformDouble;

    /// <summary>√2 erf⁻¹ of a number in (-1, 1).</summary>
    private static Node Normal(Node u)
    {
        var g = u.Graph;
        var isFloat = u.Type.Element == ElementType.Float32;
        var low = isFloat ? -1 + 1.0 / (1 << 24) : -1 + 1.0 / (1L << 53);
        var scale = isFloat ? (float)(1 - low) : 1 - low;
        var inside = g.Apply(ScalarOp.Max, g.Fill(low, u), u * g.Fill(scale, u) + g.Fill(low, u));
        return g.Fill(isFloat ? (float)Math.Sqrt(2) : Math.Sqrt(2), u) * g.Apply(ScalarOp.ErfInv, inside);
    }

    private static Node Exponential(Node u) => -u.Graph.Apply(ScalarOp.Log1p, -u);

    private static Node Gumbel(Node u)
    {
        var g = u.Graph;
        var least = g.Fill(u.Type.Element == ElementType.Float32 ? 1.1754943508222875e-38 : 2.2250738585072014e-308, u);
        return -g.Apply(ScalarOp.Log, -g.Apply(ScalarOp.Log, g.Apply(ScalarOp.Max, u, least)));
    }

    private static Node Bernoulli(SurfaceCall c)
    {
        var p = c.Node(1);
        var u = Draw(c, OpOf(p.Type.Element), others: 2);
        return c.Graph.Apply(ScalarOp.Less, u, c.Graph.Fill(p, u.Type.Shape));
    }

    private static Node Randint(SurfaceCall c)
    {
        var u = Draw(c, ScalarOp.UniformDouble, others: 3);
        var g = c.Graph;
        var low = g.Cast(c.Node(1), ElementType.Float64);
        var span = g.Apply(ScalarOp.Max, g.Cast(c.Node(2), ElementType.Float64) - low, g.One(low));
        return g.Cast(g.Fill(low, u.Type.Shape) + g.Apply(ScalarOp.Floor, u * g.Fill(span, u.Type.Shape)), ElementType.Int32);
    }

    private static Node Categorical(SurfaceCall c)
    {
        var logits = c.Node(1);
        NeedElements(c, logits, [0]);
        return c.Graph.ArgReduce(ReduceKind.Max, logits + Gumbel(Draw(KeyOf(c), OpOf(logits.Type.Element), [.. logits.Type.Shape])), 0);
    }
}
