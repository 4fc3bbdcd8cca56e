using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>Contractions become the runtime's GEMM, or loop nests where lanes run along a batch axis or no matrix is left.</summary>
internal sealed partial class BlockBuilder
{
    private void LowerContract(Contract node)
    {
        if (TryLowerEntries(node)) return;
        var (view, mode) = ReductionTarget(node);
        var form = new ContractForm(node);
        LoopAxis[] axes = form.Axes();
        ImmutableArray<Expr> index = [.. axes.Select(Table.Axis)];
        // A scalar or a constant has no address: the products are a nest.
        var (a, b) = (Reader.Read(node.A, form.OfA(index)) as LoadExpr, Reader.Read(node.B, form.OfB(index)) as LoadExpr);
        var c = view.At(Table, [.. index.Take(node.Type.Rank)]);

        if (a is null || b is null || IsNest(axes, form, a.Address, b.Address, c))
        {
            var at = AddNest(form.Domain, [.. Enumerable.Range(node.Type.Rank, node.Axes.SumA.Count)], After(node.A, node.B), Because(node, view.Buffer.Name), i =>
                [new Output(view.Buffer, view.At(Table, [.. i.Take(node.Type.Rank)]),
                    Table.Apply(ScalarOp.Multiply, node.Type.Element, Reader.Read(node.A, form.OfA(i)), Reader.Read(node.B, form.OfB(i))), mode)]);
            Bind(node, new InMemory(view, Owned: true), at);
            return;
        }
        Bind(node, new InMemory(view, Owned: true), Add(Product(form, axes, index, (a.Buffer, a.Address), (b.Buffer, b.Address), (view.Buffer, c), mode)));
    }

    /// <summary>The contraction's matrices by the runtime's GEMM; batch axes whose index is their loop variable are outer loops.</summary>
    private GemmStep Product(
        ContractForm form, LoopAxis[] axes, ImmutableArray<Expr> index, (Buffer Buffer, Address At) a, (Buffer Buffer, Address At) b, (Buffer Buffer, Address At) c, OutputMode mode)
    {
        var node = form.Node;
        var rows = new MatrixAxes(axes.Skip(form.Batch).Take(form.FreeA.Length), a.At, c.At);
        var columns = new MatrixAxes(axes.Skip(form.Batch + form.FreeA.Length).Take(form.FreeB.Length), b.At, c.At);
        var inner = new MatrixAxes(axes.Skip(node.Type.Rank), a.At, b.At);
        var bounds = Bounds();
        return new GemmStep(
            [.. axes.Take(form.Batch).Where((x, i) => !x.Extent.IsConstant(1) && index[i] is AxisExpr), .. rows.Outer, .. columns.Outer], inner.Outer,
            rows.Extent, columns.Extent, inner.Extent,
            new MatrixView(a.Buffer, rows.Remove(inner.Remove(a.At)), rows.First, inner.First),
            new MatrixView(b.Buffer, columns.Remove(inner.Remove(b.At)), inner.Second, columns.First),
            new MatrixView(c.Buffer, rows.Remove(columns.Remove(c.At)), rows.Second, columns.Second),
            mode == OutputMode.ReduceInto, Because(node, c.Buffer.Name) + Remark(bounds), bounds);

        // Of axes that are one of the contraction's each it is known how their indices compare.
        GemmBounds Bounds()
        {
            var places = triangles.Filled(node.A).Along(form.DomainOfA).And(triangles.Filled(node.B).Along(form.DomainOfB));
            var wanted = triangles.Read(node);
            Sides Compared(Places of, MatrixAxes first, MatrixAxes second) =>
                first.Only is { } i && second.Only is { } j ? of[Array.IndexOf(axes, i), Array.IndexOf(axes, j)] : Sides.All;
            return Bounded(Compared(places, inner, rows), GemmBounds.InnerToRow, GemmBounds.InnerFromRow)
                | Bounded(Compared(places, inner, columns), GemmBounds.InnerToColumn, GemmBounds.InnerFromColumn)
                | Bounded(Compared(wanted, columns, rows), GemmBounds.ColumnsToRow, GemmBounds.ColumnsFromRow);
        }
    }

    private static string Remark(GemmBounds bounds) => string.Concat(new[]
    {
        (GemmBounds.InnerToRow, "A is lower triangular"), (GemmBounds.InnerFromRow, "A is upper triangular"),
        (GemmBounds.InnerToColumn, "B is upper triangular"), (GemmBounds.InnerFromColumn, "B is lower triangular"),
        (GemmBounds.ColumnsToRow, "only the lower triangle of it is read"), (GemmBounds.ColumnsFromRow, "only the upper triangle of it is read"),
    }.Where(r => (bounds & r.Item1) != 0).Select(r => $"\n{r.Item2}"));

    private static GemmBounds Bounded(Sides sides, GemmBounds upTo, GemmBounds from) =>
        (sides & Sides.Greater) == 0 ? upTo : (sides & Sides.Less) == 0 ? from : GemmBounds.None;

    /// <summary>A nest if lanes run along a batch axis (unit stride everywhere), or the result has no matrix axis.</summary>
    private static bool IsNest(LoopAxis[] axes, ContractForm form, Address a, Address b, Address c) =>
        (form.FreeA.IsEmpty && form.FreeB.IsEmpty)
        || axes.Take(form.Batch).Any(axis => a.Stride(axis).IsConstant(1) && b.Stride(axis).IsConstant(1) && c.Stride(axis).IsConstant(1) && !axis.Extent.IsConstant(1))
        || a.Computed.Concat(b.Computed).Any(t => !t.Index.Axes.IsEmpty);

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
