using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>An index array as offset + Σ factor · index over its own axes, in the order in which they are written.</summary>
internal sealed record AffineIndex(Dim Offset, ImmutableArray<(int Axis, long Factor)> Terms)
{
    private static readonly AffineIndex Zero = new(Dim.Zero, []);

    /// <summary>Null if the index array is not of this form.</summary>
    public static AffineIndex? Of(Node index) => index switch
    {
        _ when Simplify.AsDim(index) is { } offset => new(offset, []),
        Iota n => new(Dim.Zero, [(n.Axis, 1)]),
        Expand n when Of(n.X) is { } x => x with { Terms = [.. x.Terms.Select(t => (n.Axes[t.Axis], t.Factor))] },
        Apply { Op: ScalarOp.Add } n when Of(n.Operands[0]) is { } a && Of(n.Operands[1]) is { } b => a.Plus(b, 1),
        Apply { Op: ScalarOp.Subtract } n when Of(n.Operands[0]) is { } a && Of(n.Operands[1]) is { } b => a.Plus(b, -1),
        Apply { Op: ScalarOp.Multiply } n when Factor(n.Operands[0]) is { } factor && Of(n.Operands[1]) is { } x => Zero.Plus(x, factor),
        Apply { Op: ScalarOp.Multiply } n when Factor(n.Operands[1]) is { } factor && Of(n.Operands[0]) is { } x => Zero.Plus(x, factor),
        _ => null,
    };

    /// <summary>Certainly in 0 .. extent - 1 wherever an index array of this shape has elements.</summary>
    public bool IsInside(EquatableArray<Dim> shape, Dim extent)
    {
        Dim Reach(Func<long, bool> counts) => Terms.Where(t => counts(t.Factor)).Aggregate(Offset, (sum, t) => sum + Dim.Constant(t.Factor) * (shape[t.Axis] - 1));
        return Reach(f => f < 0).IsNonNegative && (extent - 1 - Reach(f => f > 0)).IsNonNegative;
    }

    private static long? Factor(Node x) => Simplify.AsDim(x)?.AsConstant;

    private AffineIndex Plus(AffineIndex other, long times) => new(
        Offset + Dim.Constant(times) * other.Offset,
        [.. Terms.Concat(other.Terms.Select(t => (t.Axis, Factor: times * t.Factor)))
            .GroupBy(t => t.Axis, (axis, terms) => (axis, Factor: terms.Sum(t => t.Factor))).Where(t => t.Factor != 0)]);
}
