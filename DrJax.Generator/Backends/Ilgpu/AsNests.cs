using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>Contractions and transpositions as loop nests.</summary>
internal static class AsNests
{
    public static NestStep Of(GemmStep s)
    {
        var table = new ExprTable();
        LoopAxis row = new("row", s.M), column = new("column", s.N), inner = new("inner", s.K);
        var product = table.Apply(ScalarOp.Multiply, s.A.Buffer.Element,
            table.Load(s.A.Buffer, At(s.A, row, inner)), table.Load(s.B.Buffer, At(s.B, inner, column)));
        return new NestStep("contract", [.. s.Outer, row, column], [.. s.Summed, inner], null, s.C.Buffer.Element,
            [new Output(s.C.Buffer, At(s.C, row, column), product, s.Accumulate ? OutputMode.ReduceInto : OutputMode.Reduce)], s.Because);
    }

    public static NestStep Of(TransposeStep s)
    {
        var table = new ExprTable();
        LoopAxis group = new("group", s.BlockSize), element = new("element", s.Size);
        var packed = Moved(s.PackedAt, (group, s.PackedStride), (element, Dim.One));
        var lanes = Moved(new Address(Dim.Zero, [], []), (group, Dim.One), (element, s.LaneStride));
        var output = s.ToLanes ? new Output(s.Lanes, lanes, table.Load(s.Packed, packed), OutputMode.Store) : new Output(s.Packed, packed, table.Load(s.Lanes, lanes), OutputMode.Store);
        return new NestStep("transpose", [element, group], [], null, s.Packed.Element, [output], s.Because);
    }

    private static Address At(MatrixView matrix, LoopAxis row, LoopAxis column) => Moved(matrix.At, (row, matrix.RowStride), (column, matrix.ColumnStride));

    /// <summary>An address that moves along further axes.</summary>
    public static Address Moved(Address at, params (LoopAxis Axis, Dim Stride)[] by) =>
        at with { Strides = at.Strides.Concat(by.Where(b => !b.Stride.IsConstant(0)).Select(b => new AxisStride(b.Axis, b.Stride))).ToEquatable() };
}
