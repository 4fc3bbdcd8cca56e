using System.Collections.Immutable;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Ir;

/// <summary>
/// The rewrites that <see cref="Graph"/> applies as it builds: before → after, each exact for every value including NaN and infinities
/// (so never x * 0 → 0), except where a rule says that only rounding changes.
/// </summary>
internal static partial class Simplify
{
    public static Node? Apply(Graph g, ScalarOp op, ReadOnlySpan<Node> x)
    {
        if (Fold(g, op, x) is { } folded) return folded;
        return op switch
        {
            ScalarOp.Add when IsFill(x[1], 0) => x[0],                                                   // x + 0
            ScalarOp.Add when IsFill(x[0], 0) => x[1],                                                   // 0 + x
            ScalarOp.Add when x[1] is Apply { Op: ScalarOp.Negate } n => x[0] - n.Operands[0],           // x + -y
            ScalarOp.Add when x[0] is Apply { Op: ScalarOp.Negate } n => x[1] - n.Operands[0],           // -x + y
            ScalarOp.Subtract when IsFill(x[1], 0) => x[0],                                              // x - 0
            ScalarOp.Subtract when x[1] is Apply { Op: ScalarOp.Negate } n => x[0] + n.Operands[0],      // x - -y
            ScalarOp.Multiply when IsFill(x[1], 1) => x[0],                                              // x * 1
            ScalarOp.Multiply when IsFill(x[0], 1) => x[1],                                              // 1 * x
            ScalarOp.Multiply when IsFill(x[1], -1) => -x[0],                                            // x * -1
            ScalarOp.Multiply when IsFill(x[0], -1) => -x[1],                                            // -1 * x
            ScalarOp.Multiply when x[0] is Apply { Op: ScalarOp.Negate } n => -(n.Operands[0] * x[1]),   // -x * y
            ScalarOp.Multiply when x[1] is Apply { Op: ScalarOp.Negate } n => -(x[0] * n.Operands[0]),   // x * -y
            ScalarOp.Divide when IsFill(x[1], 1) => x[0],                                                // x / 1
            ScalarOp.Max when IsFill(x[0], 0) && Variable(x[1]) is not null => x[1],                     // max(0, i)
            ScalarOp.Min when Variable(x[0]) is { } i && AsDim(x[1]) is { } last
                && (last + 1 - x[0].Type.Shape[i]).IsNonNegative => x[0],                                // min(i, last), i up to last
            ScalarOp.Negate when x[0] is Apply { Op: ScalarOp.Negate } n => n.Operands[0],               // --x
            ScalarOp.Not when x[0] is Apply { Op: ScalarOp.Not } n => n.Operands[0],                     // !!x
            ScalarOp.Select when x[1] == x[2] => x[1],                                                   // c ? x : x
            ScalarOp.Select when Constant(x[0]) is { } c => c != 0 ? x[1] : x[2],                        // true ? x : y
            _ => null,
        };
    }

    public static Node? Cast(Graph g, Node x, ElementType to) => x switch
    {
        Const { Value: var value } => g.Const(to switch
        {
            ElementType.Int32 => Math.Truncate(value),
            ElementType.Bool => value != 0 ? 1 : 0,
            _ => value,
        }, to),
        Expand n when n.X is Const => g.Expand(g.Cast(n.X, to), n.Type.Shape, n.Axes),
        _ => null,
    };

    /// <summary>A gather whose index is one plain index variable over the whole axis, or the same everywhere, is structure.</summary>
    public static Node? Gather(Graph g, Node x, ImmutableArray<Node> indices, EquatableArray<int> axes, Bounds bounds)
    {
        var shape = indices[0].Type.Shape;
        // The same index everywhere → a slice, then the other indices.
        for (var k = 0; k < indices.Length; k++)
        {
            if (Uniform(indices[k]) is not { } at) continue;
            var axis = axes[k];
            var sliced = g.Reshape(
                g.Slice(x, x.Type.Shape.Select((_, i) => i == axis ? at : g.Const(0, ElementType.Int32)), x.Type.Shape.Select((d, i) => i == axis ? Dim.One : d), bounds),
                x.Type.Shape.Items.RemoveAt(axis));
            if (indices.Length == 1) return g.Expand(sliced, shape.Concat(sliced.Type.Shape), Enumerable.Range(shape.Count, sliced.Type.Rank));
            return g.Gather(sliced, indices.RemoveAt(k), axes.Items.RemoveAt(k).Select(a => a > axis ? a - 1 : a), bounds);
        }
        // An index variable plus the same everywhere, or over less than its axis → a slice, then the plain index variable.
        for (var k = 0; bounds == Bounds.Checked && k < indices.Length; k++)
        {
            if (Offset(g, indices[k], x.Type.Shape[axes[k]]) is not var (variable, start)) continue;
            var (axis, extent) = (axes[k], shape[variable]);
            var sliced = g.Slice(x, x.Type.Shape.Select((_, i) => i == axis ? start : g.Const(0, ElementType.Int32)), x.Type.Shape.Select((d, i) => i == axis ? extent : d));
            return g.Gather(sliced, indices.SetItem(k, g.Iota(shape, variable)), axes);
        }
        // Plain index variables, all different, each over its whole axis → permute and expand.
        var variables = indices.Select((index, k) => IndexVariable(index, x.Type.Shape[axes[k]])).ToArray();
        if (variables.Any(v => v is null) || variables.Distinct().Count() != variables.Length) return null;
        var order = Enumerable.Range(0, axes.Count).OrderBy(k => variables[k]).ToArray();
        var rest = Enumerable.Range(0, x.Type.Rank).Where(i => !axes.Contains(i)).ToArray();
        var moved = g.Permute(x, order.Select(k => axes[k]).Concat(rest));
        return g.Expand(moved, shape.Concat(rest.Select(i => x.Type.Shape[i])),
            order.Select(k => variables[k]!.Value).Concat(rest.Select((_, i) => shape.Count + i)));
    }

    /// <summary>The axis of which the index array is the plain index, if it runs over exactly <paramref name="extent"/>.</summary>
    public static int? IndexVariable(Node index, Dim extent) => Variable(index) is { } axis && index.Type.Shape[axis] == extent ? axis : null;

    /// <summary>The axis and the offset of an index that is an axis's own index plus or minus a scalar, or runs over less than the whole operand's axis.</summary>
    private static (int Variable, Node Start)? Offset(Graph g, Node index, Dim whole)
    {
        if (Variable(index) is { } own) return index.Type.Shape[own] == whole ? null : (own, g.Const(0, ElementType.Int32));
        if (index is not Apply { Op: ScalarOp.Add or ScalarOp.Subtract } sum) return null;
        if (Variable(sum.Operands[0]) is { } first && Uniform(sum.Operands[1]) is { } offset) return (first, sum.Op == ScalarOp.Add ? offset : -offset);
        if (sum.Op == ScalarOp.Add && Variable(sum.Operands[1]) is { } second && Uniform(sum.Operands[0]) is { } start) return (second, start);
        return null;
    }

    /// <summary>The axis of which the index array is the plain index.</summary>
    private static int? Variable(Node index) => index switch
    {
        Iota n => n.Axis,
        Expand { X: Iota inner } n => n.Axes[inner.Axis],
        _ => null,
    };

    private static Node? Uniform(Node index) => index switch
    {
        { Type.IsScalar: true } => index,
        Expand { X.Type.IsScalar: true } n => n.X,
        _ => null,
    };

    public static double? Constant(Node x) => x switch
    {
        Const n => n.Value,
        Expand { X: Const n } => n.Value,
        _ => null,
    };

    public static bool IsFill(Node x, double value) => Constant(x) is { } c && c.Equals(value);

    /// <summary>Arithmetic of constants and of symbolic sizes.</summary>
    private static Node? Fold(Graph g, ScalarOp op, ReadOnlySpan<Node> x)
    {
        if (x.Length == 1) return Constant(x[0]) is { } only && One(op, only) is { } y ? Filled(y, x[0].Type) : null;
        if (x.Length != 2) return null;
        if (x[0].Type.Element == ElementType.Int32 && AsDim(x[0]) is { } p && AsDim(x[1]) is { } q && OfSizes(g, op, p, q) is { } size)
            return x[0].Type.IsScalar ? size : g.Expand(size, x[0].Type.Shape, []);
        if (x[0].Type.Element == ElementType.Int32) return null;
        if (Constant(x[0]) is not { } a || Constant(x[1]) is not { } b || Two(op, a, b, x[0].Type.Element) is not { } z) return null;
        return Filled(z, OpTable.Row(op).Result == OpResult.Bool ? x[0].Type.WithElement(ElementType.Bool) : x[0].Type);

        Node Filled(double value, ValueType type) => g.Fill(value, type);
    }

    public static Dim? AsDim(Node x) => x switch
    {
        Size n => n.Dim,
        Const { Type.Element: ElementType.Int32 } n => Dim.Constant((long)n.Value),
        Expand { X: var scalar } when scalar.Type.IsScalar => AsDim(scalar),
        _ => null,
    };

    private static Node? OfSizes(Graph g, ScalarOp op, Dim a, Dim b) => op switch
    {
        ScalarOp.BitAnd or ScalarOp.BitOr or ScalarOp.BitXor or ScalarOp.ShiftRight or ScalarOp.ShiftRightLogical
            when a.AsConstant is { } x && b.AsConstant is { } y => g.Const(Bits(op, (int)x, (int)y), ElementType.Int32),
        ScalarOp.ShiftLeft when b.AsConstant is { } y => g.Size(a * Dim.Constant(1L << ((int)y & 31))),
        ScalarOp.ShiftRight when a.IsNonNegative && b.AsConstant is { } y => g.Size(a / Dim.Constant(1L << ((int)y & 31))),
        ScalarOp.Add => g.Size(a + b),
        ScalarOp.Subtract => g.Size(a - b),
        ScalarOp.Multiply => g.Size(a * b),
        ScalarOp.Divide when !b.IsConstant(0) => g.Size(a / b),
        ScalarOp.Remainder when !b.IsConstant(0) => g.Size(a % b),
        ScalarOp.Max => g.Size(Dim.Max(a, b)),
        ScalarOp.Min => g.Size(Dim.Min(a, b)),
        _ when (a - b).AsConstant is { } d && Two(op, d, 0, ElementType.Int32) is { } z => g.Const(z, ElementType.Bool),
        _ => null,
    };

    private static int Bits(ScalarOp op, int a, int b) => op switch
    {
        ScalarOp.BitAnd => a & b,
        ScalarOp.BitOr => a | b,
        ScalarOp.BitXor => a ^ b,
        ScalarOp.ShiftRight => a >> b,
        _ => a >>> b,
    };

    private static double? One(ScalarOp op, double x) => op switch
    {
        ScalarOp.Negate => -x,
        ScalarOp.Not => x == 0 ? 1 : 0,
        _ => null,
    };

    private static double? Two(ScalarOp op, double a, double b, ElementType element)
    {
        double? y = op switch
        {
            ScalarOp.Add => a + b,
            ScalarOp.Subtract => a - b,
            ScalarOp.Multiply => a * b,
            ScalarOp.Divide => a / b,
            ScalarOp.Max => Math.Max(a, b),
            ScalarOp.Min => Math.Min(a, b),
            ScalarOp.Less => Bool(a < b),
            ScalarOp.LessOrEqual => Bool(a <= b),
            ScalarOp.Greater => Bool(a > b),
            ScalarOp.GreaterOrEqual => Bool(a >= b),
            ScalarOp.Equal => Bool(a == b),
            ScalarOp.NotEqual => Bool(a != b),
            ScalarOp.And => Bool(a != 0 && b != 0),
            ScalarOp.Or => Bool(a != 0 || b != 0),
            _ => null,
        };
        return y is { } value && element == ElementType.Float32 ? (float)value : y;
    }

    private static double Bool(bool value) => value ? 1 : 0;
}
