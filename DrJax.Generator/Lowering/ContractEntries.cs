using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>
/// An operand that costs next to nothing, of products for all groups of a block: it is computed entry by entry of the batch, right before the product of
/// that entry, and never as a whole. So it stays in the first-level cache; and where groups are summed, it is made of their rows as they lie, because such
/// a product takes its operand group after group.
/// </summary>
internal sealed partial class BlockBuilder
{
    /// <summary>Operations an element that cost less than to store and load it.</summary>
    private const int Negligible = 2;

    /// <summary>The shortest rows that are worth vectors.</summary>
    private const int ShortestRow = 8;

    /// <summary>The groups' rows where they lie, for the parameters that are turned into lanes.</summary>
    private readonly Dictionary<Node, View> rows = [];

    private bool TryLowerEntries(Contract node)
    {
        var form = new ContractForm(node);
        if (!frame.LanesAreGroups || form is not { Batch: 1, FreeA.Length: 1, FreeB.Length: 1 } || node.Axes.SumA.Count != 1 || node.Type.Shape[0].IsConstant(1)) return false;
        var isB = IsNegligible(node.B);
        if (node.A == node.B || !(isB || IsNegligible(node.A))) return false;
        var operand = isB ? node.B : node.A;
        var other = isB ? node.A : node.B;
        if (!operand.Type.Shape.Contains(StageSizes.Block) || !materialised.IsView(other)) return false;

        var (view, mode) = ReductionTarget(node);
        Step step = Entries(form, operand, isB, null, view, mode);
        if (node.A.Type.Shape[node.Axes.SumA[0]] == StageSizes.Block && RowsOf(operand, isB ? node.Axes.BatchB[0] : node.Axes.BatchA[0]) is { } home)
        {
            var length = home.Shape[1];
            var inRows = Entries(form, operand, isB, home, view, mode);
            step = length.AsConstant is { } known ? known >= ShortestRow ? inRows : step
                : new BranchStep(Table.Apply(ScalarOp.GreaterOrEqual, ElementType.Bool, Table.Size(length), Table.Const(ShortestRow, ElementType.Int32)),
                    new Block([inRows]), new Block([step]), $"{length} at least {ShortestRow}: rows in vectors, otherwise lanes");
        }
        Bind(node, new InMemory(view, Owned: true), Add(step));
        return true;
    }

    /// <summary>The loop over the batch.</summary>
    /// <param name="home">Memory for an entry as rows of groups; null for one with groups as lanes.</param>
    private LoopStep Entries(ContractForm form, Node operand, bool isB, Buffer? home, View view, OutputMode mode)
    {
        var node = form.Node;
        var entry = new Local(frame.Names.Unique("entry"), ElementType.Int32);
        LoopAxis[] axes = form.Axes();
        ImmutableArray<Expr> index = [Table.Local(entry), .. axes.Skip(1).Select(Table.Axis)];
        var batch = (isB ? node.Axes.BatchB : node.Axes.BatchA)[0];
        var isRows = home is not null;
        home ??= frame.NewBuffer(NameOf(operand), operand.Type.WithShape(operand.Type.Shape.Items.RemoveAt(batch)));

        var reader = new Reader(Table, n => n == operand ? null : isRows && rows.TryGetValue(n, out var packed) ? new InMemory(packed, Owned: false) : StorageOf(n), assured);
        var at = isB ? form.OfB(index) : form.OfA(index);
        ImmutableArray<LoopAxis> looped = [.. Order(isB ? form.OfB : form.OfA)];
        var to = View.Of(home).At(Table, [.. isRows ? looped.Select(Table.Axis) : at.RemoveAt(batch)]);
        var nest = NestShape.Finish(Table, frame.Names.Unique("nest"), looped, [], [new Output(home, to, reader.Read(operand, at), OutputMode.Store)], Because(operand, home.Name));

        var load = (LoadExpr)Reader.Read(isB ? node.A : node.B, isB ? form.OfA(index) : form.OfB(index));
        var (a, b) = isB ? ((load.Buffer, load.Address), (home, to)) : ((home, to), (load.Buffer, load.Address));
        var product = Product(form, axes, index, a, b, (view.Buffer, view.At(Table, [.. index.Take(node.Type.Rank)])), mode);
        return new LoopStep(entry, new LoopLimit.Sized(node.Type.Shape[0]), false, new Block([nest, product]), [], [], [], $"{view.Buffer.Name}, entry by entry of its batch: {home.Name} costs less to compute there than to keep");

        // As rows, groups come first.
        IEnumerable<LoopAxis> Order(Func<ImmutableArray<Expr>, ImmutableArray<Expr>> of)
        {
            var own = of(index).RemoveAt(batch).Select(e => ((AxisExpr)e).Axis);
            return isRows ? own.OrderBy(axis => axis.Extent == StageSizes.Block ? 0 : 1) : own;
        }
    }

    /// <summary>Memory for an entry of the operand as rows of groups, if all that it reads of groups lies in rows.</summary>
    private Buffer? RowsOf(Node operand, int batch)
    {
        if (!Leaves(operand).All(leaf => rows.ContainsKey(leaf) || !leaf.Type.Shape.Contains(StageSizes.Block))) return null;
        var length = operand.Type.Shape.Where((dim, axis) => axis != batch && dim != StageSizes.Block).Single();
        return frame.NewRows(NameOf(operand), operand.Type.WithShape([StageSizes.Block, length]));
    }

    /// <summary>A few cheap operations on what lies in memory, for contractions alone.</summary>
    private bool IsNegligible(Node x) =>
        x is Apply && x.Type.IsDifferentiable && Operations(x) <= Negligible && !func.Results.Contains(x)
        && Leaves(x).All(leaf => leaf is Const or Ir.Size || materialised.IsView(leaf))
        && func.Nodes.All(n => !n.Operands.Contains(x) || n is Contract);

    /// <summary>The cheap operations that compute a value from memory, counted to one more than are negligible: so many, too, if there are others.</summary>
    private int Operations(Node x)
    {
        switch (x)
        {
            case Param or Const or Ir.Size:
                return 0;
            case Apply { Op: ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Negate } or Expand or Permute or Slice or StopGradient:
                var operations = x is Apply ? 1 : 0;
                foreach (var operand in x.Operands.Take(x is Apply ? x.Operands.Length : 1))
                    if (operations <= Negligible && !materialised[operand]) operations += Operations(operand);
                return Math.Min(operations, Negligible + 1);
            default:
                return materialised[x] ? 0 : Negligible + 1;
        }
    }

    /// <summary>What the value is computed from, in memory.</summary>
    private IEnumerable<Node> Leaves(Node x) => x.Operands.SelectMany(o => o is Param or Const or Ir.Size || materialised[o] ? [o] : Leaves(o));
}
