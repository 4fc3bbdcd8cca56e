using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Nodes that the runtime computes from whole vectors or matrices.</summary>
internal sealed partial class BlockBuilder
{
    private void LowerArgSort(ArgSort node) =>
        LowerKernel(Kernel.ArgSort, node, [node.X], [node.Axis], [node.X.Type.Shape[node.Axis]], [node.Descending]);

    private void LowerMatrixFunction(MatrixFunction node)
    {
        var shape = node.Operands[0].Type.Shape;
        int[] matrix = [node.Batch, node.Batch + 1];
        var n = shape[node.Batch];
        switch (node.Op.Kind)
        {
            case MatrixKind.Cholesky: LowerKernel(Kernel.Cholesky, node, node.Read, matrix, [n], []); break;
            case MatrixKind.TriangularSolve: LowerKernel(Kernel.TriangularSolve, node, node.Read, matrix, [n, Columns(node)], [node.Op.Upper, node.Op.Transposed]); break;
            case MatrixKind.Lu: LowerKernel(Kernel.Lu, node, node.Read, matrix, [n], []); break;
            case MatrixKind.LuSolve: LowerKernel(Kernel.LuSolve, node, node.Read, matrix, [n, Columns(node)], [node.Op.Transposed]); break;
            case MatrixKind.LogAbsDet: LowerKernel(Kernel.LogAbsDet, node, node.Read, matrix, [n], []); break;
            default: LowerKernel(Kernel.Det, node, node.Read, matrix, [n], []); break;
        }
    }

    private static Dim Columns(MatrixFunction node) => node.Type.Shape[node.Batch + 1];

    /// <summary>A call of the kernel for every point of the axes that are not its own. Axes are those of the operands; the result may lack its own.</summary>
    private void LowerKernel(Kernel kernel, Node node, ImmutableArray<Node> read, int[] own, ImmutableArray<Dim> sizes, ImmutableArray<bool> flags)
    {
        LoopAxis[] loops = [.. read[0].Type.Shape.Select((extent, i) => new LoopAxis("ijklmnpq"[Math.Min(i, 7)] + (i > 7 ? $"{i}" : ""), extent))];
        LoopAxis[] inner = [.. own.Select(axis => loops[axis])];
        ImmutableArray<LoopAxis> outer = [.. loops.Where(axis => !inner.Contains(axis) && !axis.Extent.IsConstant(1))];
        var operands = read.Select(x => Operand(x, loops, inner)).ToList();
        var view = Place(node);
        var at = view.At(Table, [.. node.Type.Shape.Select((_, axis) => Index(loops, inner, axis))]);
        operands.Add(Operand(view.Buffer, at, node.Type.Rank < loops.Length ? [] : inner));
        if (sizes.Length == 2 && sizes[1].IsConstant(1) && outer.FirstOrDefault(axis => IsShared(operands, axis)) is { } columns)
        {
            // One matrix for all points of an axis, each with one right-hand side: they are the columns of one system.
            outer = outer.Remove(columns);
            sizes = sizes.SetItem(1, columns.Extent);
            operands = [operands[0], .. operands.Skip(1).Select(x => new KernelOperand(x.Buffer, Without(x.At, [columns]), [x.Strides[0], x.At.Stride(columns)]))];
        }
        var lanes = HasLanes(kernel) ? outer.FirstOrDefault(axis => operands.All(x => x.At.Stride(axis).IsConstant(1) && x.At.IsLinearIn(axis))) : null;
        if (lanes is not null)
        {
            outer = outer.Remove(lanes);
            operands = [.. operands.Select(x => x with { At = Without(x.At, [lanes]) })];
        }
        Bind(node, new InMemory(view, Owned: true), Add(new KernelStep(kernel, outer, lanes, sizes, flags, [.. operands], Because(node, view.Buffer.Name))));
    }

    private static bool IsShared(List<KernelOperand> operands, LoopAxis axis) =>
        operands.All(x => x.At.IsLinearIn(axis)) && operands[0].At.Stride(axis).IsConstant(0) && !operands[operands.Count - 1].At.Stride(axis).IsConstant(0);

    /// <summary>Kernels that the runtime has for many small problems side by side.</summary>
    private static bool HasLanes(Kernel kernel) => kernel is Kernel.Cholesky or Kernel.TriangularSolve or Kernel.Lu or Kernel.LuSolve;

    private Expr Index(LoopAxis[] loops, LoopAxis[] inner, int axis) =>
        loops[axis].Extent.IsConstant(1) && !inner.Contains(loops[axis]) ? Table.Const(0, ElementType.Int32) : Table.Axis(loops[axis]);

    /// <summary>Where a value lies: in the memory it has, or in a copy if that has no address linear in the kernel's own axes.</summary>
    private KernelOperand Operand(Node x, LoopAxis[] loops, LoopAxis[] inner)
    {
        ImmutableArray<Expr> index = [.. loops.Select((_, axis) => Index(loops, inner, axis))];
        if (Reader.Read(x, index) is LoadExpr load && inner.All(load.Address.IsLinearIn)) return Operand(load.Buffer, load.Address, inner);
        var copy = View.Of(frame.NewBuffer(NameOf(x), x.Type));
        AddNest(x.Type.Shape, [], After(x), $"{copy.Buffer.Name} = {Spelled(x)}", at => [Store(copy, at, Reader.Read(x, at))]);
        return Operand(copy.Buffer, copy.At(Table, index), inner);
    }

    private static KernelOperand Operand(Buffer buffer, Address at, LoopAxis[] inner) =>
        new(buffer, Without(at, inner), [.. inner.Select(at.Stride)]);

    private static Address Without(Address at, LoopAxis[] axes) => at with { Strides = at.Strides.Where(s => !axes.Contains(s.Axis)).ToEquatable() };
}
