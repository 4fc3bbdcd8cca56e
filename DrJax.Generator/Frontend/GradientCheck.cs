using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>
/// CheckGrad: a program that measures how well a function's derivatives, forward and reverse, agree with its values. It takes the call's data, a seed
/// that directions are made of and a step, and returns numbers: whether there is forward mode; u·Jt, Jᵀu·t and the size of their terms; then for each
/// floating leaf of the result the greatest distance of the tangent from the difference quotient, and the greatest of both.
/// </summary>
internal sealed partial class Translator
{
    /// <summary>Central differences at h, 2 h, 3 h: exact for polynomials of degree 6.</summary>
    private static readonly ImmutableArray<(int Steps, int Weight)> Stencil = [(1, 45), (2, -9), (3, 1)];

    public Data GradientCheck(SurfaceCall c, Node seed, Node step)
    {
        var d = Differentiate(c, others: 2);
        var (count, results) = (d.Variables, d.Function.Results);
        int[] floating = [.. Enumerable.Range(0, results.Length).Where(i => results[i].Type.IsDifferentiable)];
        if (floating.Length == 0) throw new Rejected(Diagnostics.NotDifferentiable, SourceOf(c, 0), $"{c.Name}: '{c.Text(0)}' gives no float or double");
        ImmutableArray<Node> x = [.. d.Operands.Take(count)], constants = [.. d.Operands.Skip(count)];
        ImmutableArray<Node> tangents = [.. x.Select((v, k) => DirectionLike(v, seed, k))];

        var differences = Stencil.Select(s => (s.Weight, Up: At(s.Steps), Down: At(-s.Steps))).ToArray();
        var quotients = floating.Select(i => Each("quotient", p => p.Skip(1).Select((y, k) => Scale(y, (k % 2 == 0 ? 1 : -1) * differences[k / 2].Weight))
            .Aggregate((a, b) => a + b) / Fit(p[0], p[1], 60), [step, .. differences.SelectMany(e => new[] { e.Up[i], e.Down[i] })])).ToArray();

        var hasForward = session.Derivatives.HasForward(d.Function);
        Node[] forward = hasForward ? [.. Graph.Call(session.Derivatives.Jvp(d.Function, d.Active), [.. d.Operands, .. tangents]).Skip(results.Length)] : quotients;
        var values = Graph.Call(d.Function, d.Operands);
        ImmutableArray<Node> weights = [.. floating.Select((i, k) => DirectionLike(values[i], seed, count + k))];
        var gradients = Graph.Call(session.Derivatives.Vjp(d.Function, d.Active), [.. d.Operands, .. weights]).Skip(results.Length);

        Node[] left = [.. forward.Zip(weights, Product)], right = [.. gradients.Zip(tangents, Product)];
        List<Node> measures =
        [
            Graph.Const(hasForward ? 1 : 0, ElementType.Float64), Sum(left), Sum(right), Sum(left.Concat(right).Select(p => Each("size", v => Graph.Apply(ScalarOp.Abs, v[0]), p))),
        ];
        foreach (var (tangent, quotient) in forward.Zip(quotients, (t, q) => (t, q)))
        {
            measures.Add(Greatest(Each("distance", v => Graph.Apply(ScalarOp.Abs, v[0] - v[1]), tangent, quotient)));
            measures.Add(Greatest(Each("greater", v => Graph.Apply(ScalarOp.Max, Graph.Apply(ScalarOp.Abs, v[0]), Graph.Apply(ScalarOp.Abs, v[1])), tangent, quotient)));
        }
        return new Data(Graph.Concat(measures.Select(m => Graph.Reshape(m, [Ir.Dim.One])), 0));

        ImmutableArray<Node> At(int steps) => Graph.Call(d.Function,
            [.. x.Zip(tangents, (v, t) => Each($"step{steps}", p => p[0] + p[1] * Fit(p[2], p[1], steps), v, t, step)), .. constants]);

        Node Product(Node a, Node b) => Each("product", v => v[0] * v[1], a, b);

        Node Sum(IEnumerable<Node> terms) => terms.Select(t => Over(t, ReduceKind.Sum, PlacedReduceKind.Sum)).Aggregate((a, b) => a + b);

        Node Greatest(Node v) => Over(v, ReduceKind.Max, PlacedReduceKind.Max);
    }

    private Node Each(string key, Func<ImmutableArray<Node>, Node> formula, params ImmutableArray<Node> x) => session.Derivatives.Regions.Lift(key, formula, x);

    private Node Scale(Node x, double factor) => x * Graph.Fill(factor, x);

    /// <summary>A multiple of a double scalar in the shape and precision of another value.</summary>
    private Node Fit(Node scalar, Node like, double factor) => Graph.Fill(Graph.Cast(Scale(scalar, factor), like.Type.Element), like.Type.Shape);

    /// <summary>All elements of all groups as one double.</summary>
    private Node Over(Node x, ReduceKind within, PlacedReduceKind groups)
    {
        var value = Each($"over{within}", v => Graph.Cast(Graph.Reduce(within, v[0], Enumerable.Range(0, v[0].Type.Rank)), ElementType.Float64), x);
        while (value.Type.IsPlaced) value = Graph.PlacedReduce(groups, value);
        return value;
    }

    /// <summary>Numbers without a pattern in [-1, 1], another for every seed, leaf, element and value of the element.</summary>
    private Node DirectionLike(Node value, Node seed, int leaf) => Each($"direction{leaf}", v =>
    {
        var type = v[0].Type;
        var position = Graph.Cast(Graph.Reshape(Graph.Iota([type.Size], 0), type.Shape), type.Element);
        return Graph.Apply(ScalarOp.Sin, Scale(position, 3) + Scale(v[0], 7) + Fit(v[1], v[0], 1) + Graph.Fill(5 * leaf, v[0]));
    }, value, seed);

    /// <summary>The floating leaves of a result, by the names that a user knows.</summary>
    public static IEnumerable<string> FloatingLeaves(Structure type, string path = "") => type switch
    {
        Leaf { Element: ElementType.Float32 or ElementType.Float64 } => [path.Length == 0 ? "the result" : path],
        Composite composite => composite.Fields.SelectMany(f => FloatingLeaves(f.Type, path.Length == 0 ? f.Name : $"{path}.{f.Name}")),
        PlacedStructure placed => FloatingLeaves(placed.Group, path),
        _ => [],
    };
}
