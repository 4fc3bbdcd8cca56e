using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>A costly function of a repeated value is computed before it is repeated, also where the repeated value is chosen, or a constant instead of it.</summary>
internal sealed class BeforeRepetition(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) =>
        node is Apply { Operands: [var x] } n && OpTable.Row(n.Op).Costly && IsRepeated(x) ? Of(n.Op, x) : node;

    private static bool IsRepeated(Node x) => Simplify.Constant(x) is null && x switch
    {
        Expand => true,
        Apply { Op: ScalarOp.Select } n => n.Operands.Skip(1).All(o => Simplify.Constant(o) is not null || IsRepeated(o)),
        _ => false,
    };

    private Node Of(ScalarOp op, Node x) => x switch
    {
        Expand n => Graph.Expand(Graph.Apply(op, n.X), n.Type.Shape, n.Axes),
        Apply n => Graph.Select(n.Operands[0], Of(op, n.Operands[1]), Of(op, n.Operands[2])),
        _ => Graph.Apply(op, x),
    };
}
