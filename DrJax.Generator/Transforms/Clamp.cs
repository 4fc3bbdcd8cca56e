using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Indices that lie outside become the nearest valid ones, in place of exceptions.</summary>
internal sealed class Clamp(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) => node switch
    {
        Slice { Bounds: Bounds.Checked } n => Graph.Slice(n.X, n.Starts, n.Type.Shape, Bounds.Clamped),
        Gather { Bounds: Bounds.Checked } n => Graph.Gather(n.Operands[0], n.Operands.Skip(1), n.Axes, Bounds.Clamped),
        Update { Bounds: Bounds.Checked } n => Graph.Update(n.X, n.Value, n.Operands.Skip(2), n.Mode, Bounds.Clamped),
        ScatterAdd { Bounds: Bounds.Checked } n => Graph.ScatterAdd(n.X, n.Updates, n.Indices, n.Axes, Bounds.Clamped),
        _ => node,
    };
}
