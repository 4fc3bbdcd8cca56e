using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>Contractions become the runtime's GEMM, or loop nests where lanes run along a batch axis or no matrix is left.</summary>
internal sealed partial class BlockBuilder
{
    private void LowerContract(Contract node)
    {
        var (view, mode) = ReductionTarget(node);
        var (rankA, rankB) = (node.A.Type.Rank, node.B.Type.Rank);
        var batch = node.Axes.BatchA.Count;
        var (freeA, freeB) = (node.Axes.FreeA(rankA), node.Axes.FreeB(rankB));
        ImmutableArray<Dim> domain = [.. node.Type.Shape, .. node.Axes.SumA.Select(axis => node.A.Type.Shape[axis])];

        ImmutableArray<Expr> IndexA(ImmutableArray<Expr> at) => Operand(rankA, at, node.Axes.BatchA, freeA, batch, node.Axes.SumA, node.Type.Rank);
        ImmutableArray<Expr> IndexB(ImmutableArray<Expr> at) => Operand(rankB, at, node.Axes.BatchB, freeB, batch + freeA.Length, node.Axes.SumB, node.Type.Rank);

        LoopAxis[] axes = [.. domain.Select((extent, i) => new LoopAxis("ijklmnpq"[Math.Min(i, 7)] + (i > 7 ? $"{i}" : ""), extent))];
        ImmutableArray<Expr> index = [.. axes.Select(Table.Axis)];
        // A scalar or a constant has no address: the products are a nest.
        var (a, b) = (Reader.Read(node.A, IndexA(index)) as LoadExpr, Reader.Read(node.B, IndexB(index)) as LoadExpr);
        var c = view.At(Table, [.. index.Take(node.Type.Rank)]);
        var after = After(node.A, node.B);

        if (a is null || b is null || IsNest(axes, batch, freeA.Length, freeB.Length, a.Address, b.Address, c))
        {
            var at = AddNest(domain, [.. Enumerable.Range(node.Type.Rank, node.Axes.SumA.Count)], after, Because(node, view.Buffer.Name), i =>
                [new Output(view.Buffer, view.At(Table, [.. i.Take(node.Type.Rank)]),
                    Table.Apply(ScalarOp.Multiply, node.Type.Element, Reader.Read(node.A, IndexA(i)), Reader.Read(node.B, IndexB(i))), mode)]);
            Bind(node, new InMemory(view, Owned: true), at);
            return;
        }

        var rows = new MatrixAxes(axes.Skip(batch).Take(freeA.Length), a.Address, c);
        var columns = new MatrixAxes(axes.Skip(batch + freeA.Length).Take(freeB.Length), b.Address, c);
        var inner = new MatrixAxes(axes.Skip(node.Type.Rank), a.Address, b.Address);
        var step = new GemmStep(
            [.. axes.Take(batch).Where(x => !x.Extent.IsConstant(1)), .. rows.Outer, .. columns.Outer], inner.Outer, rows.Extent, columns.Extent, inner.Extent,
            new MatrixView(a.Buffer, rows.Remove(inner.Remove(a.Address)), rows.First, inner.First),
            new MatrixView(b.Buffer, columns.Remove(inner.Remove(b.Address)), inner.Second, columns.First),
            new MatrixView(view.Buffer, rows.Remove(columns.Remove(c)), rows.Second, columns.Second),
            mode == OutputMode.ReduceInto, Because(node, view.Buffer.Name), Bounds());
        Bind(node, new InMemory(view, Owned: true), Add(step));

        // Of axes that are one of the contraction's each it is known how their indices compare.
        GemmBounds Bounds()
        {
            var places = triangles.Filled(node.A).Along(Domain(node.Axes.BatchA, freeA, batch, node.Axes.SumA))
                .And(triangles.Filled(node.B).Along(Domain(node.Axes.BatchB, freeB, batch + freeA.Length, node.Axes.SumB)));
            var wanted = triangles.Read(node);
            Sides Compared(Places of, MatrixAxes first, MatrixAxes second) =>
                first.Only is { } i && second.Only is { } j ? of[Array.IndexOf(axes, i), Array.IndexOf(axes, j)] : Sides.All;
            return Bounded(Compared(places, inner, rows), GemmBounds.InnerToRow, GemmBounds.InnerFromRow)
                | Bounded(Compared(places, inner, columns), GemmBounds.InnerToColumn, GemmBounds.InnerFromColumn)
                | Bounded(Compared(wanted, columns, rows), GemmBounds.ColumnsToRow, GemmBounds.ColumnsFromRow);
        }

        Func<int, int?> Domain(EquatableArray<int> batchAxes, ImmutableArray<int> free, int firstFree, EquatableArray<int> summed) => axis =>
            batchAxes.IndexOf(axis) is >= 0 and var b ? b : free.IndexOf(axis) is >= 0 and var f ? firstFree + f : node.Type.Rank + summed.IndexOf(axis);
    }

    private static GemmBounds Bounded(Sides sides, GemmBounds upTo, GemmBounds from) =>
        (sides & Sides.Greater) == 0 ? upTo : (sides & Sides.Less) == 0 ? from : GemmBounds.None;

    /// <summary>A nest if lanes run along a batch axis (unit stride everywhere), or the result has no matrix axis.</summary>
    private static bool IsNest(LoopAxis[] axes, int batch, int freeA, int freeB, Address a, Address b, Address c) =>
        (freeA == 0 && freeB == 0)
        || axes.Take(batch).Any(axis => a.Stride(axis).IsConstant(1) && b.Stride(axis).IsConstant(1) && c.Stride(axis).IsConstant(1) && !axis.Extent.IsConstant(1))
        || a.Computed.Concat(b.Computed).Any(t => !t.Index.Axes.IsEmpty);

    private static ImmutableArray<Expr> Operand(
        int rank, ImmutableArray<Expr> at, EquatableArray<int> batch, ImmutableArray<int> free, int firstFree, EquatableArray<int> summed, int firstSummed)
    {
        var index = new Expr[rank];
        for (var i = 0; i < batch.Count; i++) index[batch[i]] = at[i];
        for (var i = 0; i < free.Length; i++) index[free[i]] = at[firstFree + i];
        for (var i = 0; i < summed.Count; i++) index[summed[i]] = at[firstSummed + i];
        return [.. index];
    }

    /// <summary>
    /// The axes of one side of a matrix product as one matrix axis: those that lie one behind the other in both memories are merged, the innermost of them
    /// being the one with unit stride if there is one; the rest are outer loops.
    /// </summary>
    private sealed class MatrixAxes
    {
        private readonly List<LoopAxis> merged = [];

        public MatrixAxes(IEnumerable<LoopAxis> axes, Address first, Address second)
        {
            var left = axes.Where(a => !a.Extent.IsConstant(1)).ToList();
            if (left.Count == 0) return;
            var inner = left.Where(a => second.Stride(a).IsConstant(1)).Concat(left.Where(a => first.Stride(a).IsConstant(1))).FirstOrDefault() ?? left[left.Count - 1];
            (First, Second) = (first.Stride(inner), second.Stride(inner));
            while (inner is not null)
            {
                left.Remove(inner);
                merged.Add(inner);
                Extent *= inner.Extent;
                inner = left.FirstOrDefault(a => first.Stride(a) == First * Extent && second.Stride(a) == Second * Extent);
            }
            Outer = [.. left];
        }

        public ImmutableArray<LoopAxis> Outer { get; } = [];

        public Dim Extent { get; private set; } = Dim.One;

        /// <summary>The axis, if it is one alone.</summary>
        public LoopAxis? Only => merged.Count == 1 ? merged[0] : null;

        public Dim First { get; } = Dim.Zero;

        public Dim Second { get; } = Dim.Zero;

        /// <summary>The address of the matrix's corner.</summary>
        public Address Remove(Address address) => address with { Strides = address.Strides.Where(s => !merged.Contains(s.Axis) && !s.Axis.Extent.IsConstant(1)).ToEquatable() };
    }
}
