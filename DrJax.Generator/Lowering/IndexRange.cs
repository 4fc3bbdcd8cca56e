using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>The least and greatest value of an index that is sums, differences and multiples of loop variables and sizes.</summary>
internal readonly record struct IndexRange(Dim Least, Dim Greatest)
{
    /// <summary>Certainly in 0 .. extent - 1 wherever its loops run.</summary>
    public static bool IsInside(Expr index, Dim extent) => Of(index, _ => null) is var (least, greatest) && least.IsNonNegative && (extent - 1 - greatest).IsNonNegative;

    /// <param name="local">What is known of a local.</param>
    public static IndexRange? Of(Expr index, Func<Local, IndexRange?> local) => index switch
    {
        ConstExpr n => new(Dim.Constant((long)n.Value), Dim.Constant((long)n.Value)),
        SizeExpr n => new(n.Dim, n.Dim),
        AxisExpr n => new(Dim.Zero, n.Axis.Extent - 1),
        LocalExpr n => local(n.Local),
        ApplyExpr { Op: ScalarOp.Add } n when Of(n.Operands[0], local) is var (a, b) && Of(n.Operands[1], local) is var (c, d) => new(a + c, b + d),
        ApplyExpr { Op: ScalarOp.Subtract } n when Of(n.Operands[0], local) is var (a, b) && Of(n.Operands[1], local) is var (c, d) => new(a - d, b - c),
        ApplyExpr { Op: ScalarOp.Multiply, Operands: [var x, ConstExpr { Value: var factor }] } => Of(x, local)?.Times((long)factor),
        ApplyExpr { Op: ScalarOp.Multiply, Operands: [ConstExpr { Value: var factor }, var x] } => Of(x, local)?.Times((long)factor),
        _ => null,
    };

    private IndexRange Times(long factor)
    {
        var by = Dim.Constant(factor);
        return factor >= 0 ? new(by * Least, by * Greatest) : new(by * Greatest, by * Least);
    }
}
