using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Derivatives of functions of matrices, as formulas of the same functions, so that they have derivatives of any order (Giles 2008,
/// "Collected matrix derivative results for forward and reverse mode"; Murray 2016, "Differentiation of the Cholesky decomposition").
/// A factorisation that the value has made serves its derivatives too.
/// </summary>
internal static class MatrixRules
{
    /// <summary>The tangent of y = n(x) for given tangents of its operands, null where zero, at least one of which is there.</summary>
    public static Node Tangent(MatrixFunction n, ImmutableArray<Node> x, Node y, Func<int, Node?> tangent)
    {
        var g = y.Graph;
        switch (n.Op.Kind)
        {
            case MatrixKind.Cholesky:
                // l⁻¹ da l⁻ᵀ = l⁻¹ dl + (l⁻¹ dl)ᵀ, of which the first is the lower triangle and half of the diagonal.
                var scaled = g.TriangularSolve(y, Transposed(g.TriangularSolve(y, Symmetric(tangent(0)!))));
                return Product(y, HalfDiagonal(scaled));
            case MatrixKind.TriangularSolve:
                var side = tangent(0) is { } dt ? Minus(tangent(1), Product(Triangle(dt, n.Op.Upper), y, n.Op.Transposed)) : tangent(1)!;
                return g.MatrixFunction(n.Op, x[0], side);
            case MatrixKind.LuSolve:
                var moved = tangent(0) is { } da ? Minus(tangent(2), Product(da, y, n.Op.Transposed)) : tangent(2)!;
                return g.MatrixFunction(n.Op, x[0], x[1], moved);
            case MatrixKind.LogAbsDet: return TraceOf(InverseTransposed(x[0], x[1]), tangent(0)!);
            case MatrixKind.Det: return y * TraceOf(InverseTransposed(x[0], x[1]), tangent(0)!);
            default: throw new IrException($"no forward derivative of {n.Op.Kind}");
        }
    }

    /// <summary>The cotangents of the active operands.</summary>
    public static IEnumerable<(int Operand, Node Cotangent)> Cotangents(MatrixFunction n, Node ct, Func<int, bool> active)
    {
        var g = n.Graph;
        var x = n.Operands;
        switch (n.Op.Kind)
        {
            case MatrixKind.Cholesky:
                // What is above the diagonal of ct has no part in the lower triangle of nᵀ ct.
                var scaled = HalfDiagonal(Product(n, ct, transposeA: true));
                var left = g.TriangularSolve(n, scaled, transposed: true);
                yield return (0, Symmetric(g.TriangularSolve(n, Transposed(left), transposed: true)));
                break;
            case MatrixKind.TriangularSolve:
                var side = g.TriangularSolve(x[0], ct, n.Op.Upper, !n.Op.Transposed);
                if (active(1)) yield return (1, side);
                if (active(0)) yield return (0, -Triangle(OuterProduct(n, side), n.Op.Upper));
                break;
            case MatrixKind.LuSolve:
                var back = g.LuSolve(x[0], x[1], ct, !n.Op.Transposed);
                if (active(2)) yield return (2, back);
                if (active(0)) yield return (0, -OuterProduct(n, back));
                break;
            case MatrixKind.LogAbsDet or MatrixKind.Det:
                var weight = n.Op.Kind == MatrixKind.Det ? ct * n : ct;
                yield return (0, InverseTransposed(x[0], x[1]) * g.Expand(weight, x[0].Type.Shape, Enumerable.Range(0, n.Batch)));
                break;
            default: throw new IrException($"no reverse derivative of {n.Op.Kind}");
        }
    }

    /// <summary>The cotangent of op(m) = b xᵀ, as one of m.</summary>
    private static Node OuterProduct(MatrixFunction x, Node b) =>
        x.Op.Transposed ? Product(x, b, transposeB: true) : Product(b, x, transposeB: true);

    private static Node InverseTransposed(Node a, Node lu) => a.Graph.LuSolve(a, lu, a.Graph.Identity(a.Type), transposed: true);

    /// <summary>tr(aᵀ b).</summary>
    private static Node TraceOf(Node a, Node b) => a.Graph.Sum(a * b, [a.Type.Rank - 2, a.Type.Rank - 1]);

    private static Node Minus(Node? a, Node b) => a is null ? -b : a - b;

    private static Node Product(Node a, Node b, bool transposeA = false, bool transposeB = false)
    {
        var rank = a.Type.Rank;
        var batch = Enumerable.Range(0, rank - 2).ToEquatable();
        return a.Graph.Contract(a, b, new(batch, batch, [transposeA ? rank - 2 : rank - 1], [transposeB ? rank - 1 : rank - 2]));
    }

    private static Node Transposed(Node x) =>
        x.Graph.Permute(x, [.. Enumerable.Range(0, x.Type.Rank - 2), x.Type.Rank - 1, x.Type.Rank - 2]);

    private static Node Symmetric(Node x) => x.Graph.Fill(0.5, x) * (x + Transposed(x));

    private static Node Triangle(Node x, bool upper) =>
        x.Graph.Select(Compared(x, upper ? ScalarOp.LessOrEqual : ScalarOp.GreaterOrEqual), x, x.Graph.Fill(0, x));

    /// <summary>The lower triangle with half of the diagonal.</summary>
    private static Node HalfDiagonal(Node x)
    {
        var g = x.Graph;
        return g.Select(Compared(x, ScalarOp.Greater), x, g.Select(Compared(x, ScalarOp.Equal), g.Fill(0.5, x) * x, g.Fill(0, x)));
    }

    /// <summary>Row index against column index.</summary>
    private static Node Compared(Node x, ScalarOp op) =>
        x.Graph.Apply(op, x.Graph.Iota(x.Type.Shape, x.Type.Rank - 2), x.Graph.Iota(x.Type.Shape, x.Type.Rank - 1));
}
