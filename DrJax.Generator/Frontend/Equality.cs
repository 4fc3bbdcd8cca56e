using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>== and != of arrays, records and tuples: one bool.</summary>
internal sealed partial class Translator
{
    private Data TupleEquality(ITupleBinaryOperation n, Scope s)
    {
        var (left, right) = (Expression(n.LeftOperand, s), Expression(n.RightOperand, s));
        if (left is not Parts || right is not Parts || left.Leaves.Count() != right.Leaves.Count()) throw Unsupported(n);
        return Same(n.OperatorKind, left.Leaves.Zip(right.Leaves, Wider), byEquals: false, n.Syntax);

        (Node X, Node Y) Wider(Node x, Node y) => x.Type.Element == y.Type.Element ? (x, y)
            : x.Type.Element == ElementType.Float64 || y.Type.Element == ElementType.Int32 ? (x, Graph.Cast(y, x.Type.Element)) : (Graph.Cast(x, y.Type.Element), y);
    }

    /// <summary>Whether all leaves are equal.</summary>
    /// <param name="byEquals">As Equals has it, of arrays always: NaN equals itself.</param>
    private Data Same(BinaryOperatorKind kind, IEnumerable<(Node X, Node Y)> leaves, bool byEquals, SyntaxNode at)
    {
        var same = True;
        foreach (var (x, y) in leaves)
        {
            for (var axis = 0; axis < x.Type.Rank; axis++) Equate(x.Type.Shape[axis], y.Type.Shape[axis], $"== : one has size {{0}} along axis {axis}, the other {{1}}", at);
            same = Combined(true, same, x.Type.IsScalar && !byEquals ? Graph.Apply(ScalarOp.Equal, x, y) : None(Differ(x, y)));
        }
        return new Data(kind == BinaryOperatorKind.Equals ? same : Graph.Apply(ScalarOp.Not, same));
    }

    private Node Differ(Node x, Node y)
    {
        var differ = Graph.Apply(ScalarOp.NotEqual, x, y);
        return x.Type.IsDifferentiable ? Graph.Apply(ScalarOp.And, differ, Graph.Apply(ScalarOp.Not, Graph.Apply(ScalarOp.And, Graph.Apply(ScalarOp.NotEqual, x, x), Graph.Apply(ScalarOp.NotEqual, y, y)))) : differ;
    }

    private Node None(Node mask) => mask.Type.IsScalar ? Graph.Apply(ScalarOp.Not, mask)
        : Graph.Apply(ScalarOp.Equal, Graph.SumAll(Graph.Cast(mask, ElementType.Int32)), Graph.Const(0, ElementType.Int32));
}
