using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>The least and greatest value of index arithmetic over loop variables and iotas, which run from 0 to their extents.</summary>
/// <param name="extents">The extents of loop variables.</param>
internal sealed class IndexRanges(IReadOnlyDictionary<Node, Dim> extents)
{
    /// <summary>Whether boxes of the size at the index lie inside an axis of the length, whatever sizes are.</summary>
    public bool IsInside(Node index, Dim size, Dim length) =>
        Of(index) is var (least, greatest) && IsNonNegative(least) && IsNonNegative(length - size - greatest);

    private (Dim Least, Dim Greatest)? Of(Node x)
    {
        if (Simplify.AsDim(x) is { } size) return (size, size);
        if (extents.TryGetValue(x, out var extent)) return (Dim.Zero, extent - 1);
        switch (x)
        {
            case Iota iota: return (Dim.Zero, iota.Type.Shape[iota.Axis] - 1);
            case Expand or Permute or Reshape: return Of(x.Operands[0]);
            case Apply { Op: ScalarOp.Add or ScalarOp.Subtract } sum when Of(sum.Operands[0]) is var (a, b) && Of(sum.Operands[1]) is var (c, d):
                return sum.Op == ScalarOp.Add ? (a + c, b + d) : (a - d, b - c);
            case Apply { Op: ScalarOp.Multiply } product:
                var (factor, other) = Simplify.AsDim(product.Operands[0]) is { } left ? (left, product.Operands[1]) : (Simplify.AsDim(product.Operands[1]), product.Operands[0]);
                return factor is { IsNonNegative: true } && Of(other) is var (low, high) ? (factor * low, factor * high) : null;
            default: return null;
        }
    }

    /// <summary>Also with quotients: b * (a / b) is at most a, and so is b * max(0, a / b).</summary>
    private static bool IsNonNegative(Dim dim)
    {
        if (dim.IsNonNegative) return true;
        var least = Dim.Zero;
        foreach (var term in dim.Terms)
        {
            var quotient = term.Factor < 0 ? term.Atoms.FirstOrDefault(a => Quotient(a) is not null) : null;
            least += quotient is not null && Quotient(quotient) is var (left, right) && left.IsNonNegative
                && Product(term.Atoms.Remove(quotient), -term.Factor) == right ? -left : Product(term.Atoms, term.Factor);
        }
        return least.IsNonNegative;
    }

    private static (Dim Left, Dim Right)? Quotient(Atom atom) => atom switch
    {
        { Operation: "/" } => (atom.Left!, atom.Right!),
        { Operation: "max", Left: { } zero, Right.Terms: [{ Factor: 1, Atoms: [var inner] }] } when zero.IsConstant(0) => Quotient(inner),
        _ => null,
    };

    private static Dim Product(IEnumerable<Atom> atoms, long factor) => atoms.Aggregate(Dim.Constant(factor), (product, atom) => product * Dim.Of(atom));
}
