using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Triangles of a function's arrays, found where a value is chosen by comparing two indices: the places that can be other than zero (of what is chosen
/// or zero), and the places that are read (of what is chosen from). Contractions leave out the rest.
/// </summary>
internal sealed class Triangles
{
    private readonly Dictionary<Node, Places> filled = [];
    private readonly Dictionary<Node, Places> read = [];

    /// <param name="parameters">The places at which a parameter can be other than zero; everywhere if it is not named.</param>
    /// <param name="results">The places of each result that are read.</param>
    public Triangles(Func func, Dictionary<Node, Places> parameters, ImmutableArray<Places> results)
    {
        foreach (var node in func.Nodes) filled[node] = parameters.TryGetValue(node, out var given) ? given : OfNode(node);
        for (var i = 0; i < results.Length; i++) Read(func.Results[i], results[i]);
        foreach (var node in func.Nodes.Reverse())
            if (read.TryGetValue(node, out var places))
                for (var i = 0; i < node.Operands.Length; i++) Read(node.Operands[i], OfOperand(node, i, places));
    }

    /// <summary>The places at which the value can be other than zero.</summary>
    public Places Filled(Node node) => filled.TryGetValue(node, out var places) ? places : Places.Everywhere;

    /// <summary>The places that are read of the value.</summary>
    public Places Read(Node node) => read.TryGetValue(node, out var places) ? places : Places.Everywhere;

    private void Read(Node node, Places places) => read[node] = read.TryGetValue(node, out var known) ? known.Or(places) : places;

    private Places OfNode(Node node) => node switch
    {
        Expand or Const when Simplify.IsFill(node, 0) => Places.Nowhere,
        Apply { Op: ScalarOp.Select } n => Condition(n.Operands[0]) is var (then, otherwise)
            ? Filled(n.Operands[1]).And(then).Or(Filled(n.Operands[2]).And(otherwise))
            : Filled(n.Operands[1]).Or(Filled(n.Operands[2])),
        Apply { Op: ScalarOp.Negate } or StopGradient or Recompute or Broadcast or PlacedReduce { Kind: PlacedReduceKind.Sum } => Filled(node.Operands[0]),
        Apply { Op: ScalarOp.Multiply } n => Filled(n.Operands[0]).And(Filled(n.Operands[1])),
        Apply { Op: ScalarOp.Add or ScalarOp.Subtract } n => Filled(n.Operands[0]).Or(Filled(n.Operands[1])),
        Expand n => Filled(n.X).Along(axis => n.Axes[axis]),
        Permute n => Filled(n.X).Along(axis => n.Order.Items.IndexOf(axis)),
        _ => Places.Everywhere,
    };

    /// <summary>The places of an operand that are read if these of the node are.</summary>
    private static Places OfOperand(Node node, int operand, Places places) => node switch
    {
        Apply { Op: ScalarOp.Select } n when operand > 0 && Condition(n.Operands[0]) is var (then, otherwise) => places.And(operand == 1 ? then : otherwise),
        Apply or Cast or StopGradient or Broadcast or PlacedReduce => places,
        Recompute when operand == 0 => places,
        Expand n => places.Along(axis => n.Axes.IndexOf(axis) is >= 0 and var own ? own : null),
        Permute n => places.Along(axis => n.Order[axis]),
        _ => Places.Everywhere,
    };

    /// <summary>The places at which a comparison of two indices holds, and those at which it does not.</summary>
    private static (Places Then, Places Otherwise)? Condition(Node node)
    {
        switch (node)
        {
            case Expand n when Condition(n.X) is var (then, otherwise):
                return (then.Along(axis => n.Axes[axis]), otherwise.Along(axis => n.Axes[axis]));
            case Permute n when Condition(n.X) is var (then, otherwise):
                return (then.Along(axis => n.Order.Items.IndexOf(axis)), otherwise.Along(axis => n.Order.Items.IndexOf(axis)));
            case Apply { Op: var op } n when Compared(op) is { } sides && n.Operands[0].Type.Element == ElementType.Int32
                && AffineIndex.Of(n.Operands[0]) is { Terms: [{ Factor: 1, Axis: var first }], Offset: var from }
                && AffineIndex.Of(n.Operands[1]) is { Terms: [{ Factor: 1, Axis: var second }], Offset: var to } && first != second && from == to:
                return (Places.Where(first, sides, second), Places.Where(first, Sides.All & ~sides, second));
            default: return null;
        }
    }

    private static Sides? Compared(ScalarOp op) => op switch
    {
        ScalarOp.Less => Sides.Less,
        ScalarOp.LessOrEqual => Sides.Less | Sides.Equal,
        ScalarOp.Equal => Sides.Equal,
        ScalarOp.NotEqual => Sides.Less | Sides.Greater,
        ScalarOp.GreaterOrEqual => Sides.Greater | Sides.Equal,
        ScalarOp.Greater => Sides.Greater,
        _ => null,
    };
}
