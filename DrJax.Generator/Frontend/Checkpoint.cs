using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

internal sealed partial class Translator
{
    /// <summary>Checkpoint: a call that the reverse derivative makes again.</summary>
    public Value Checkpoint(SurfaceCall c)
    {
        var s = c.Scope;
        var f = c.Function(0);
        var region = new Region(session, s.Region, s.Region.Placement, conditional: s.Region.IsConditional);
        var (parameters, operands) = (new List<Param>(), new List<Node>());
        var arguments = c.Arguments.Skip(1).Select((a, i) => a.Select(leaf =>
        {
            if (Region.IsClosed(leaf)) return leaf;
            operands.Add(leaf);
            parameters.Add(Graph.Param(f.Symbol.Parameters[i].Name, leaf.Type));
            return parameters[parameters.Count - 1];
        }));
        var inside = s.Inside(region);
        DeclareThrown(inside);
        var value = c.Invoke(f, [.. arguments], inside);
        RethrowFromCall(inside, parameters, operands, s);
        if (!value.IsData) throw new Rejected(Diagnostics.Closure, c.At, "the result of Checkpoint");
        var function = region.Close(f.Body is null ? f.Symbol.Name : "checkpoint", parameters, value.Leaves.Where(leaf => !Region.IsClosed(leaf)));
        var results = new Queue<Node>(Graph.Call(function, [.. operands, .. region.Operands], isCheckpoint: true));
        return value.Select(leaf => Region.IsClosed(leaf) ? leaf : results.Dequeue());
    }
}
