using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

internal enum MatrixKind
{
    /// <summary>a → the lower triangular l with l lᵀ = (a + aᵀ) / 2; all of the triangle is NaN if there is none.</summary>
    Cholesky,

    /// <summary>(t, b) → x with op(t) x = b; only the named triangle of t is read.</summary>
    TriangularSolve,

    /// <summary>
    /// a → [n + 1, n]: the factors of a's rows in pivoted order (l below the diagonal, whose own is 1, u from it on), then a row that says
    /// which row of a each one was. It has no derivative of its own: what reads it takes <c>a</c> along, and differentiates by that.
    /// </summary>
    Lu,

    /// <summary>(a, lu, b) → x with op(a) x = b.</summary>
    LuSolve,

    /// <summary>(a, lu) → ln |det a|.</summary>
    LogAbsDet,

    /// <summary>(a, lu) → det a.</summary>
    Det,
}

/// <summary>What a <see cref="MatrixFunction"/> computes. op(m) is mᵀ if <paramref name="Transposed"/>.</summary>
internal sealed record MatrixOp(MatrixKind Kind, bool Upper = false, bool Transposed = false);

/// <summary>
/// A function of matrices: the last two axes of every operand, at every index of the leading axes, in which all operands agree.
/// A right-hand side is a matrix too: a vector is one column.
/// </summary>
internal sealed class MatrixFunction(MatrixOp op, ImmutableArray<Node> operands, ValueType type) : Node(type, operands, op)
{
    public MatrixOp Op { get; } = op;

    /// <summary>The number of leading axes.</summary>
    public int Batch => Operands[0].Type.Rank - 2;

    /// <summary>The operands that decide the value; the factors of a matrix stand for it.</summary>
    public ImmutableArray<Node> Read => HasFactors ? Operands.RemoveAt(0) : Operands;

    public bool HasFactors => Op.Kind is MatrixKind.LuSolve or MatrixKind.LogAbsDet or MatrixKind.Det;
}

/// <summary>
/// The int indices along one axis that put the elements in order, least first or (descending) greatest first; equal ones keep their order,
/// and NaN counts as greater than every number.
/// </summary>
internal sealed class ArgSort(Node x, int axis, bool descending) : Node(x.Type.WithElement(ElementType.Int32), [x], (axis, descending))
{
    public Node X => Operands[0];

    public int Axis { get; } = axis;

    public bool Descending { get; } = descending;
}

internal sealed partial class Graph
{
    public Node MatrixFunction(MatrixOp op, params ImmutableArray<Node> x)
    {
        var first = x[0].Type;
        Require(first.Rank >= 2 && first.IsDifferentiable, $"{op.Kind} of {first}");
        var batch = first.Shape.Take(first.Rank - 2).ToEquatable();
        Require(x.All(o => o.Type.Element == first.Element && o.Type.Rank == first.Rank && o.Type.Shape.Take(batch.Count).SequenceEqual(batch)),
            $"{op.Kind} of {string.Join(", ", x.Select(o => o.Type))}");
        var (rows, columns) = (first.Shape[batch.Count], first.Shape[batch.Count + 1]);
        Require(rows == columns, $"{op.Kind} of {first}, which is not square");
        switch (op.Kind)
        {
            case MatrixKind.TriangularSolve or MatrixKind.LuSolve:
                var side = x[x.Length - 1].Type;
                Require(side.Shape[batch.Count] == rows, $"{op.Kind} of {first} and {side}");
                return Intern(new MatrixFunction(op, x, side));
            case MatrixKind.Cholesky: return Intern(new MatrixFunction(op, x, first));
            case MatrixKind.Lu: return Intern(new MatrixFunction(op, x, first.WithShape([.. batch, rows + 1, rows])));
            default: return Intern(new MatrixFunction(op, x, first.WithShape(batch)));
        }
    }

    public Node Cholesky(Node a) => MatrixFunction(new(MatrixKind.Cholesky), a);

    public Node TriangularSolve(Node t, Node b, bool upper = false, bool transposed = false) =>
        MatrixFunction(new(MatrixKind.TriangularSolve, upper, transposed), t, b);

    public Node Lu(Node a) => MatrixFunction(new(MatrixKind.Lu), a);

    public Node LuSolve(Node a, Node lu, Node b, bool transposed = false) =>
        MatrixFunction(new(MatrixKind.LuSolve, Transposed: transposed), a, lu, b);

    /// <summary>The identity in the shape of square matrices.</summary>
    public Node Identity(ValueType type)
    {
        var equal = Apply(Ops.ScalarOp.Equal, Iota(type.Shape, type.Rank - 2), Iota(type.Shape, type.Rank - 1));
        return Select(equal, Fill(1, type), Fill(0, type));
    }

    public Node ArgSort(Node x, int axis, bool descending)
    {
        Require(axis >= 0 && axis < x.Type.Rank, $"argSort of {x.Type} along axis {axis}");
        return Intern(new ArgSort(x, axis, descending));
    }
}
