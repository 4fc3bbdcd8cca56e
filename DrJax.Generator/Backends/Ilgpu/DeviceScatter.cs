using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Additions to places that points may share. Where many of them would follow each other in few threads, a kernel computes every point's place and what it adds,
/// and the runtime adds that sorted by place: an order that depends on the places alone. Sizes choose.
/// </summary>
internal static class DeviceScatter
{
    /// <summary>Whether all that a nest does is to add, along axes that are no threads.</summary>
    public static bool Is(NestStep step, LoopAxis[] threads) => threads.Length < step.Parallel.Length && step.Reduced.IsEmpty
        && step.Outputs is [{ Mode: OutputMode.Add, Kind: ReduceKind.Sum } output] && output.Target.Element != ElementType.Bool
        && Accesses.Loads(output.Value).All(load => load.Buffer != output.Target);

    /// <param name="inThreads">The statement that launches the nest as it is.</param>
    public static IEnumerable<string> Print(DeviceFrame frame, NestStep step, LoopAxis[] threads, string inThreads)
    {
        var output = step.Outputs[0];
        var names = frame.Names;
        Buffer places = Extra("places", ElementType.Int32), added = Extra("added", output.Target.Element);
        var at = AsNests.Moved(new Address(Dim.Zero, [], []), [.. step.Parallel.Select((axis, i) => (axis, places.Strides[i]))]);
        var parts = new NestStep(step.Name + "_parts", step.Parallel, [], null, step.Element,
        [
            new Output(places, at, Place(output.At, frame.Offset(output.Target, output.At)), OutputMode.Store),
            new Output(added, at, output.Value, OutputMode.Store),
        ], "the place and the value of every addition of\n" + step.Because);
        var points = names.Size(DeviceNest.Product(step.Parallel)).Text;
        return
        [
            $"if (DeviceQueue.Sorts({names.Size(DeviceNest.Product(threads)).Text}, {points}, {frame.Count(output.Target)}))",
            "{",
            .. DeviceNest.Print(frame, parts, explains: false).Select(line => "    " + line),
            $"    {frame.Queue}.AddAt({frame.View(output.Target, writes: true)}, {frame.View(places, writes: false)}.SubView(0, {points}), {frame.View(added, writes: false)}.SubView(0, {points}));",
            "}",
            "else",
            "    " + inThreads,
        ];

        Buffer Extra(string what, ElementType element)
        {
            Dim[] shape = [.. step.Parallel.Select(axis => axis.Extent)];
            var strides = new Dim[shape.Length];
            var size = Dim.One;
            for (var i = shape.Length - 1; i >= 0; i--) (strides[i], size) = (size, size * shape[i]);
            var buffer = new Buffer($"{output.Target.Name}_{what}", element, BufferKind.Scratch, [.. shape], [.. strides], size);
            names.Declare(buffer);
            frame.Extra.Add(buffer);
            return buffer;
        }
    }

    /// <summary>An address as a value. Each part is of a table of its own: its operands come from the nest's, whose numbers another table would confuse.</summary>
    private static Expr Place(Address at, Dim offset)
    {
        var parts = at.Strides.Select(s => (Index: new ExprTable().Axis(s.Axis), s.Stride)).Concat(at.Computed.Select(c => (c.Index, c.Stride)));
        return parts.Aggregate(new ExprTable().Size(offset), (sum, part) => new ExprTable().Add(sum, Times(part.Index, part.Stride)));

        static Expr Times(Expr index, Dim stride)
        {
            var table = new ExprTable();
            return stride.IsConstant(1) ? index : table.Apply(ScalarOp.Multiply, ElementType.Int32, index, table.Size(stride));
        }
    }
}
