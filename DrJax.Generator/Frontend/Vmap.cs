using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>Vmap: a function of items, batched over the first axis of the arrays; what it captures and its other arguments are shared.</summary>
internal sealed partial class Translator
{
    public Value Vmap(SurfaceCall c)
    {
        var f = c.Function(0);
        ImmutableArray<Node> arrays = [.. c.Arguments[1].Leaves];
        for (var i = 1; i < arrays.Length; i++)
            Equate(c.Name, new Side(arrays[0], 0, $"the first array of {c.Text(1)}"), new Side(arrays[i], 0, $"the second array of {c.Text(1)}"), c.At);
        var s = c.Scope;
        var region = new Region(session, s.Region, s.Region.Placement);
        ImmutableArray<Param> items = [.. arrays.Select((x, i) =>
            Graph.Param(f.Symbol.Parameters[i].Name, x.Type.WithShape(x.Type.Shape.Skip(1))))];
        var shared = c.Arguments.Skip(2).Select((a, i) => a.Select(leaf => region.Import(leaf, s.Region, c.Text(i + 2))));
        var inside = s.Inside(region);
        DeclareThrown(inside);
        var value = c.Invoke(f, [.. items.Select(item => new Data(item)), .. shared], inside);
        RethrowFromItems(inside, items, arrays, s);
        if (!value.IsData) throw new Rejected(Diagnostics.Closure, c.At, "the result of Vmap");
        var function = region.Close(f.Body is null ? f.Symbol.Name : "vmap", items, value.Leaves);
        var batched = function.Parameters.Select((_, i) => i < items.Length).ToEquatable();
        var results = new Queue<Node>(Graph.Call(session.Derivatives.Vmap(function, arrays[0].Type.Shape[0], batched), [.. arrays, .. region.Operands]));
        return value.Select(_ => results.Dequeue());
    }
}
