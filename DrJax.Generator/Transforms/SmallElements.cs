using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>The values of one function, whole or as elements (row-major; null: a zero that nothing computes) or both.</summary>
internal sealed partial class Elements
{
    private readonly SmallArrays arrays;
    private readonly Graph g;
    private readonly Func f;
    private readonly ImmutableArray<Param> parameters;
    private readonly Dictionary<Node, Node> whole = [];
    private readonly Dictionary<Node, ImmutableArray<Node?>> apart = [];

    public Elements(SmallArrays arrays, Func f, EquatableArray<Pieces> passed)
    {
        (this.arrays, g, this.f) = (arrays, arrays.Graph, f);
        var own = ImmutableArray.CreateBuilder<Param>();
        for (var i = 0; i < f.Parameters.Length; i++)
        {
            var parameter = f.Parameters[i];
            if (!passed[i].IsApart)
            {
                own.Add(parameter);
                whole[parameter] = parameter;
                continue;
            }
            apart[parameter] = [.. passed[i].Present.Select((there, k) => there ? g.Param($"{parameter.Name}_{k}", Scalar(parameter)) : null)];
            own.AddRange(apart[parameter].OfType<Param>());
        }
        parameters = own.ToImmutable();
        foreach (var node in f.Nodes)
            if (!whole.ContainsKey(node) && !apart.ContainsKey(node)) Add(node);
    }

    public bool IsApart(Node node) => apart.ContainsKey(node) && !node.Type.IsPlaced;

    public Pieces PiecesOf(Node node) => new(PartsOf(node).Select(x => x is not null).ToEquatable());

    /// <summary>The function with results whole or as the elements that are present.</summary>
    public Func Func(EquatableArray<Pieces> results) => new(f.Name, parameters, [.. f.Results.SelectMany((r, i) => Results(r, results[i]))]);

    private IEnumerable<Node> Results(Node result, Pieces wanted) =>
        !wanted.IsApart ? [WholeOf(result)] : PartsOf(result).Where((_, k) => wanted.Present[k]).Select(x => x ?? Zero(result));

    // ---- both ways ------------------------------------------------------------------------------------------------------------

    public Node WholeOf(Node node)
    {
        if (whole.TryGetValue(node, out var known)) return known;
        ImmutableArray<Node> parts = [.. apart[node].Select(x => x ?? Zero(node))];
        return whole[node] = parts switch
        {
            [var only] => g.Reshape(only, node.Type.Shape),
            [] => g.Zero(node.Type),
            _ when parts.All(x => x == parts[0]) => g.Fill(parts[0], node.Type.Shape),
            _ => g.Reshape(g.Concat(parts.Select(x => g.Reshape(x, [Dim.One])), 0), node.Type.Shape),
        };
    }

    private ImmutableArray<Node?> PartsOf(Node node)
    {
        if (apart.TryGetValue(node, out var known)) return known;
        var x = whole[node];
        return apart[node] = [.. Positions(node.Type.Shape).Select(at => Element(x, at))];
    }

    private Node Element(Node x, int[] at)
    {
        if (x is Expand { X: var repeated } n) return repeated.Type.IsScalar ? repeated : Element(repeated, [.. n.Axes.Select(axis => at[axis])]);
        return x.Type.IsScalar ? x : g.Reshape(g.Slice(x, at.Select(i => g.Const(i, ElementType.Int32)), at.Select(_ => Dim.One)), []);
    }

    private Node Zero(Node like) => g.Const(0, like.Type.Element);

    private static Ir.ValueType Scalar(Node like) => Ir.ValueType.Scalar(like.Type.Element);

    // ---- positions ------------------------------------------------------------------------------------------------------------

    private static int[] Extents(EquatableArray<Dim> shape) => [.. shape.Select(dim => (int)dim.AsConstant!.Value)];

    /// <summary>Every index of an array, in row-major order.</summary>
    private static IEnumerable<int[]> Positions(EquatableArray<Dim> shape) => Positions(Extents(shape));

    private static IEnumerable<int[]> Positions(int[] extents)
    {
        var size = extents.Aggregate(1, (n, extent) => n * extent);
        for (var k = 0; k < size; k++)
        {
            var at = new int[extents.Length];
            for (int axis = extents.Length - 1, rest = k; axis >= 0; rest /= extents[axis--]) at[axis] = rest % extents[axis];
            yield return at;
        }
    }

    private static int Place(EquatableArray<Dim> shape, IEnumerable<int> at) => Extents(shape).Zip(at, (extent, i) => (extent, i)).Aggregate(0, (place, x) => place * x.extent + x.i);

    private Node? Part(Node node, IEnumerable<int> at) => PartsOf(node)[Place(node.Type.Shape, at)];

    // ---- arithmetic with zeros that nothing computes --------------------------------------------------------------------------

    private Node? Add(Node? a, Node? b) => a is null ? b : b is null ? a : a + b;

    private Node? Multiply(Node? a, Node? b) => a is null || b is null ? null : a * b;

    private Node? Apply(Apply n, ImmutableArray<Node?> x)
    {
        if (x.All(v => v is not null)) return g.Apply(n.Op, [.. x.Select(v => v!)]);
        switch (n.Op)
        {
            case ScalarOp.Add: return Add(x[0], x[1]);
            case ScalarOp.Subtract: return x[1] is null ? x[0] : x[0] is null ? -x[1]! : x[0]! - x[1]!;
            case ScalarOp.Negate or ScalarOp.Square: return null;
            case ScalarOp.Multiply: return Multiply(x[0], x[1]);
            case ScalarOp.Divide when x[0] is null && x[1] is not null: return null;
            case ScalarOp.Select when x[1] is null && x[2] is null: return null;
            default: return g.Apply(n.Op, [.. x.Select((v, i) => v ?? Zero(n.Operands[i]))]);
        }
    }
}
