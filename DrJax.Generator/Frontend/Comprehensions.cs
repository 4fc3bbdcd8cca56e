using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>Build, Rows and Sum(n, f): a function of one index or row, batched over all of them.</summary>
internal sealed partial class Translator
{
    /// <summary>f at every index of the extents; each adds an axis.</summary>
    public Value Comprehend(FunctionValue f, ImmutableArray<Dim> extents, SurfaceCall c) => Comprehend(f, extents, [], c, c.Scope);

    private Value Comprehend(FunctionValue f, ImmutableArray<Dim> extents, ImmutableArray<Value> indices, SurfaceCall c, Scope s)
    {
        if (extents.IsEmpty) return c.Invoke(f, indices, s);
        var name = f.Symbol.Parameters[indices.Length].Name;
        return Vectorise(Graph.Iota([extents[0]], 0), name, s, (index, inside) =>
        {
            var visible = indices.Select(i => i.Select(node => inside.Region.Import(node, s.Region, name)));
            return Comprehend(f, extents.RemoveAt(0), [.. visible, index], c, inside);
        });
    }

    /// <summary>Sum(n, f) where n is computed, from other indices perhaps: a loop.</summary>
    public Node RunningSum(SurfaceCall c)
    {
        var (f, s) = (c.Function(1), c.Scope);
        var region = new Region(session, s.Region, s.Region.Placement, conditional: true);
        var index = Graph.Param(f.Symbol.Parameters[0].Name, Ir.ValueType.Scalar(ElementType.Int32));
        var inside = s.Inside(region);
        DeclareThrown(inside);
        var term = Node(c.Invoke(f, [new Data(index)], inside), c.Sources[1]);
        var total = Graph.Param("sum", term.Type);
        var thrown = ThrownFromTrips(inside);
        var results = new Queue<Node>(Graph.Loop(c.Node(0), reverse: false, region.Close("sum", [index, total, .. thrown.Parameters], [total + term, .. thrown.Next]), [Graph.Zero(term.Type), .. thrown.Initial], region.Operands));
        var sum = results.Dequeue();
        RethrowFromTrips(results, s);
        return sum;
    }

    /// <summary>f of every item of x's first axis.</summary>
    public Value OverItems(FunctionValue f, Node x, SurfaceCall c) =>
        Vectorise(x, f.Symbol.Parameters[0].Name, c.Scope, (item, inside) => c.Invoke(f, [item], inside));

    /// <summary>A function of one item of <paramref name="items"/>, batched over its first axis and written out in place.</summary>
    private Value Vectorise(Node items, string name, Scope s, Func<Value, Scope, Value> body)
    {
        var region = new Region(session, s.Region, placement: null, runs: Region.AtLeastOnce(items.Type.Shape[0]), forItems: true);
        var item = Graph.Param(name, items.Type.WithShape(items.Type.Shape.Skip(1)));
        if (items is Iota) session.Extents[item] = items.Type.Shape[0];
        var inside = s.Inside(region);
        DeclareThrown(inside);
        var value = body(new Data(item), inside);
        RethrowFromItems(inside, [item], [items], s);
        if (!value.IsData) throw new IrException("a comprehension of delegates");
        var function = region.Close("item", [item], value.Leaves);
        if (region.Runs?.IsConstant(1) == false) function = ReadingNothing(function);
        var batched = function.Parameters.Select((_, i) => i == 0).ToEquatable();
        var results = Graph.Inline(session.Derivatives.Vmap(function, items.Type.Shape[0], batched), [items, .. region.Operands]);
        var next = 0;
        return value.Select(_ => results[next++]);
    }

    /// <summary>
    /// A function of items, of which there may be none: what it reads whatever the item, at places that sizes decide, is read then too, and only then may
    /// lie outside, because it is demanded at entry.
    /// </summary>
    private Func ReadingNothing(Func function)
    {
        var (item, ofItem, clamped) = (function.Parameters[0], new HashSet<Node>(), new Dictionary<Node, Node>());
        foreach (var node in function.Nodes)
        {
            if (node == item || node.Operands.Any(ofItem.Contains)) ofItem.Add(node);
            else if (node is Slice { Bounds: Bounds.Checked } n && n.Starts.All(s => Simplify.AsDim(s) is not null))
                clamped[n] = Graph.Slice(clamped.TryGetValue(n.X, out var x) ? x : n.X, n.Starts, n.Type.Shape, Bounds.Clamped);
        }
        return clamped.Count == 0 ? function : new Func(function.Name, function.Parameters, Graph.Substitute(function.Results, clamped));
    }

    public Data WithItem(SurfaceCall c) =>
        WithItem(c.Node(0), c.Arguments.RemoveAt(c.Count - 1).RemoveAt(0), c.Node(c.Count - 1), c.Text(c.Count - 1), c.Text(0), c.At,
            c.Scope);
}
