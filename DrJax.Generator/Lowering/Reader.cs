using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Pulls one element of a node as a scalar expression: materialised values are loads, everything elementwise or structural is computed where it is
/// used. That is how producers fuse into their consumers.
/// </summary>
/// <param name="assured">What is certain where the values are read.</param>
internal sealed class Reader(ExprTable table, Func<Node, Storage?> storage, Assured assured)
{
    /// <summary>Values that the nest under construction has in registers, at its own indices.</summary>
    public Func<Node, ImmutableArray<Expr>, Expr?> InRegister { get; set; } = (_, _) => null;

    public Expr Read(Node node, ImmutableArray<Expr> at)
    {
        if (InRegister(node, at) is { } known) return known;
        switch (storage(node))
        {
            case InMemory memory: return table.Load(memory.View.Buffer, memory.View.At(table, at));
            case InLocal local: return local.Value;
            case InOuter outer: return outer.Outer.Reader.Read(outer.Node, at);
        }
        return node switch
        {
            Const n => table.Const(n.Value, n.Type.Element),
            Ir.Size n => table.Size(n.Dim),
            Iota n => at[n.Axis],
            Apply n => table.Apply(n.Op, n.Type.Element, [.. n.Operands.Select(x => Read(x, at))]),
            Cast n => table.Cast(Read(n.X, at), n.Type.Element),
            StopGradient n => Read(n.X, at),
            Recompute n => Read(n.X, at),
            Expand n => Read(n.X, [.. n.Axes.Select(axis => at[axis])]),
            Permute n => Read(n.X, Permuted(n, at)),
            // An operand of whose axes none are told apart may be in a register.
            Reshape n => !Materialise.MergesOnly(n) && storage(n.X) is InMemory { View: var view } && view.Reshaped(n.X.Type.Shape, n.Type.Shape) is { } same
                ? table.Load(same.Buffer, same.At(table, at))
                : Read(n.X, Unshaped(n, at)),
            Slice n => Read(n.X, Shifted(n, at)),
            Gather n => Read(n.X, Gathered(n, at)),
            _ => throw new IrException($"{node.GetType().Name} {node.Type} is read before it is computed"),
        };
    }

    private static ImmutableArray<Expr> Permuted(Permute n, ImmutableArray<Expr> at)
    {
        var index = new Expr[at.Length];
        for (var i = 0; i < at.Length; i++) index[n.Order[i]] = at[i];
        return [.. index];
    }

    private ImmutableArray<Expr> Shifted(Slice n, ImmutableArray<Expr> at) =>
        [.. n.Starts.Select((start, axis) => table.Add(Start(start, n.X.Type.Shape[axis], n.Type.Shape[axis], n.Bounds), at[axis]))];

    /// <summary>The start of a box of a given size along an axis; unless the box certainly lies inside, it is checked (or clamped).</summary>
    public Expr Start(Node start, Dim extent, Dim size, Bounds bounds) => Start(Read(start, []), extent, size, bounds);

    /// <inheritdoc cref="Start(Node, Dim, Dim, Bounds)"/>
    public Expr Start(Expr start, Dim extent, Dim size, Bounds bounds) => start switch
    {
        ConstExpr c when c.Value >= 0 && (extent - size - Dim.Constant((long)c.Value)).IsNonNegative => start,
        SizeExpr s when s.Dim.IsNonNegative && (extent - size - s.Dim).IsNonNegative => start,
        _ when bounds == Bounds.Inside => start,
        _ => Index(start, extent - size + Dim.One, bounds),
    };

    // What is the same at all points keeps its extent, which tells its elements from others.
    private Expr Index(Expr index, Dim extent, Bounds bounds) => !assured.IsInside(index, extent) ? table.Index(index, extent, bounds)
        : index is ConstExpr || !index.Axes.IsEmpty ? index
        : table.Index(index, extent, Bounds.Inside);

    private ImmutableArray<Expr> Gathered(Gather n, ImmutableArray<Expr> at)
    {
        var rank = n.Indices[0].Type.Rank;
        var index = new Expr[n.X.Type.Rank];
        for (var k = 0; k < n.Axes.Count; k++)
            index[n.Axes[k]] = Index(Read(n.Indices[k], [.. at.Take(rank)]), n.X.Type.Shape[n.Axes[k]], n.Bounds);
        var rest = rank;
        for (var axis = 0; axis < index.Length; axis++) index[axis] ??= at[rest++];
        return [.. index];
    }

    /// <summary>Indices of the operand of a reshape. Only merging an operand's axis apart is affine; see <see cref="ReshapeGroups"/> for the converse.</summary>
    private ImmutableArray<Expr> Unshaped(Reshape n, ImmutableArray<Expr> at)
    {
        var index = new Expr[n.X.Type.Rank];
        foreach (var (from, to) in ReshapeGroups.Of(n.X.Type.Shape, n.Type.Shape))
        {
            // The linear index within the group, then apart into the operand's axes (only its first non-unit axis may be larger than one index).
            Expr linear = table.Const(0, ElementType.Int32);
            foreach (var axis in to) linear = table.Add(Scaled(linear, n.Type.Shape[axis]), at[axis]);
            var wide = from.Where(axis => !n.X.Type.Shape[axis].IsConstant(1)).ToArray();
            foreach (var axis in from) index[axis] = table.Const(0, ElementType.Int32);
            if (wide.Length == 1) index[wide[0]] = linear;
            else
                for (var i = wide.Length - 1; i >= 0; i--)
                {
                    var size = table.Size(n.X.Type.Shape[wide[i]]);
                    index[wide[i]] = i == 0 ? linear : table.Apply(ScalarOp.Remainder, ElementType.Int32, linear, size);
                    linear = table.Apply(ScalarOp.Divide, ElementType.Int32, linear, size);
                }
        }
        return [.. index];
    }

    private Expr Scaled(Expr x, Dim factor) =>
        x is ConstExpr { Value: 0 } || factor.IsConstant(1) ? x : table.Apply(ScalarOp.Multiply, ElementType.Int32, x, table.Size(factor));
}

/// <summary>Which axes of two shapes of one size correspond: the finest split into runs with equal products.</summary>
internal static class ReshapeGroups
{
    public static List<(int[] From, int[] To)> Of(EquatableArray<Dim> from, EquatableArray<Dim> to)
    {
        var groups = new List<(int[], int[])>();
        var (i, j) = (0, 0);
        while (i < from.Count || j < to.Count)
        {
            var (i0, j0) = (i, j);
            var (p, q) = (i < from.Count ? from[i++] : Dim.One, j < to.Count ? to[j++] : Dim.One);
            // Grow the side that is a proper factor of the other; without a decision, take everything that is left.
            while (p != q)
            {
                if (i < from.Count && (j == to.Count || Divides(p, q) || !Divides(q, p))) p *= from[i++];
                else if (j < to.Count) q *= to[j++];
                else throw new IrException($"reshape of [{from}] to [{to}]");
            }
            groups.Add(([.. Enumerable.Range(i0, i - i0)], [.. Enumerable.Range(j0, j - j0)]));
        }
        return groups;
    }

    /// <summary>Whether p is a proper factor of q, as far as single terms tell.</summary>
    private static bool Divides(Dim p, Dim q)
    {
        if (p.IsConstant(1)) return true;
        if (p.AsConstant is { } a && q.AsConstant is { } b) return a < b;
        if (p.Terms.Length != 1 || q.Terms.Length != 1) return false;
        var left = q.Terms[0].Atoms.ToList();
        return p.Terms[0].Atoms.All(left.Remove) && p.Terms[0].Factor <= q.Terms[0].Factor;
    }
}
