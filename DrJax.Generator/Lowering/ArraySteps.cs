using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Nodes that become loop nests.</summary>
internal sealed partial class BlockBuilder
{
    private int scalars;

    private void LowerScalar(Node node)
    {
        var value = Reader.Read(node, []);
        if (value is LocalExpr or ConstExpr or SizeExpr)
        {
            Bind(node, new InLocal(value), After([.. node.Operands]));
            return;
        }
        var local = new Local(frame.Names.Unique($"s{scalars++}"), node.Type.Element);
        assured.Know(local, assured.RangeOf(value));
        Bind(node, new InLocal(Table.Local(local)), Add(new ScalarStep(local, value, Because(node, local.Name))));
    }

    private void LowerElementwise(Node node)
    {
        var view = Place(node);
        var position = AddNest(node.Type.Shape, [], After([.. node.Operands]), Because(node, view.Buffer.Name),
            at => [Store(view, at, Reader.Read(node, at))], stores: node);
        Bind(node, new InMemory(view, Owned: true), position);
    }

    private void LowerReduce(Reduce node)
    {
        var (view, mode) = ReductionTarget(node);
        if (mode == OutputMode.Reduce && Diagonal(node) is var (axis, other))
        {
            // The one term of each sum that is not zero.
            Bind(node, new InMemory(view, Owned: true), AddNest(node.Type.Shape, [], After(node.X), Because(node, view.Buffer.Name),
                at => [Store(view, at, Reader.Read(node.X, at.Insert(axis, at[other < axis ? other : other - 1])))], stores: node));
            return;
        }
        var position = AddNest(node.X.Type.Shape, node.Axes, After(node.X), Because(node, view.Buffer.Name),
            at => [new Output(view.Buffer, view.At(Table, Without(at, node.Axes)), Reader.Read(node.X, at), mode, node.Kind)]);
        Bind(node, new InMemory(view, Owned: true), position);
    }

    /// <summary>The axis of a sum whose terms are zero but where its index is that along another, and that other axis.</summary>
    private (int Axis, int Other)? Diagonal(Reduce node)
    {
        if (node.Kind != ReduceKind.Sum || node.Axes.Count != 1) return null;
        var (axis, shape, filled) = (node.Axes[0], node.X.Type.Shape, triangles.Filled(node.X));
        for (var other = 0; other < shape.Count; other++)
            if (other != axis && shape[other] == shape[axis] && filled[other, axis] == Sides.Equal) return (axis, other);
        return null;
    }

    /// <summary>A reduction that is only wanted in an accumulator goes straight into it.</summary>
    private (View View, OutputMode Mode) ReductionTarget(Node node)
    {
        var into = Enumerable.Range(0, func.Results.Length).Where(i => func.Results[i] == node && targets.Length > i && targets[i] is { Into: not null }).ToArray();
        if (into.Length != 1 || func.Nodes.Any(n => n.Operands.Contains(node))) return (Place(node), OutputMode.Reduce);
        placed.Add(into[0]);
        return (targets[into[0]]!.View, OutputMode.ReduceInto);
    }

    private void LowerArgReduce(ArgReduce node)
    {
        var view = Place(node);
        var position = AddNest(node.X.Type.Shape, [node.Axis], After(node.X), Because(node, view.Buffer.Name),
            at => [new Output(view.Buffer, view.At(Table, at.RemoveAt(node.Axis)), Reader.Read(node.X, at), OutputMode.ArgReduce, node.Kind)], mayJoin: false);
        Bind(node, new InMemory(view, Owned: true), position);
    }

    private void LowerPad(Pad node)
    {
        var view = Place(node);
        var filled = Fill(view, node, 0);
        Bind(node, new InMemory(view, Owned: true), Box(view, node.X, [.. node.Low.Select((low, axis) => Reader.Start(Table.Size(low), node.Type.Shape[axis], node.X.Type.Shape[axis], Bounds.Checked))], OutputMode.Store, filled, Because(node, view.Buffer.Name)));
    }

    private void LowerConcat(Concat node)
    {
        var view = Place(node);
        var start = Dim.Zero;
        var last = -1;
        foreach (var operand in node.Operands)
        {
            var offset = start;
            last = Math.Max(last, Box(view, operand,
                [.. node.Type.Shape.Select((_, axis) => Table.Size(axis == node.Axis ? offset : Dim.Zero))], OutputMode.Store, -1, Because(node, view.Buffer.Name)));
            start += operand.Type.Shape[node.Axis];
        }
        Bind(node, new InMemory(view, Owned: true), last);
    }

    private void LowerUpdate(Update node)
    {
        ImmutableArray<Expr> starts =
            [.. node.Starts.Select((s, axis) => Reader.Start(s, node.Type.Shape[axis], node.Value.Type.Shape[axis], node.Bounds))];
        var mode = node.Mode == UpdateMode.Set ? OutputMode.Store : OutputMode.Add;
        var (view, copied) = Changed(node, node.X);
        var after = After([.. node.Operands]);
        var overwrites = inPlace.Contains(node) ? view.Buffer : null;
        Bind(node, new InMemory(view, Owned: true),
            Box(view, node.Value, starts, mode, overwrites is null ? Math.Max(copied, after) : after - 1, Because(node, view.Buffer.Name), overwrites));
    }

    /// <summary>Where a node changes its operand: in place, or in a copy.</summary>
    private (View View, int Position) Changed(Node node, Node operand)
    {
        // Whoever reads the old value stands before in the schedule; nothing may move past it.
        if (inPlace.Contains(node)) return (((InMemory)storage[operand]).View, items.Count - 1);
        var view = Place(node);
        return (view, AddNest(node.Type.Shape, [], After(operand), $"{view.Buffer.Name} = {Spelled(operand)}, to be updated",
            at => [Store(view, at, Reader.Read(operand, at))]));
    }

    private void LowerScatterAdd(ScatterAdd node)
    {
        var (view, filled) = Changed(node, node.X);
        var rank = node.Indices[0].Type.Rank;
        var position = AddNest(node.Updates.Type.Shape, [], Math.Max(filled, After([.. node.Operands])) + 1, Because(node, view.Buffer.Name), at =>
        {
            var index = new Expr[node.Type.Rank];
            for (var k = 0; k < node.Axes.Count; k++)
                index[node.Axes[k]] = Table.Index(Reader.Read(node.Indices[k], [.. at.Take(rank)]), node.Type.Shape[node.Axes[k]], node.Bounds);
            var rest = rank;
            for (var axis = 0; axis < index.Length; axis++) index[axis] ??= at[rest++];
            return [new Output(view.Buffer, view.At(Table, [.. index]), Reader.Read(node.Updates, at), OutputMode.Add)];
        });
        Bind(node, new InMemory(view, Owned: true), position);
    }

    private int Fill(View view, Node node, double value) => AddNest(node.Type.Shape, [], -1, $"{view.Buffer.Name} = {value}",
        at => [Store(view, at, Table.Const(value, node.Type.Element))]);

    /// <summary>Writes a value into the box of a view that begins at <paramref name="starts"/>, after whatever stands at a position.</summary>
    private int Box(View view, Node value, ImmutableArray<Expr> starts, OutputMode mode, int after, string because, Buffer? overwrites = null) =>
        AddNest(value.Type.Shape, [], Math.Max(after + 1, After(value)), because, at =>
            [new Output(view.Buffer, view.At(Table, [.. at.Select((e, axis) => Table.Add(starts[axis], e))]), Reader.Read(value, at), mode)], overwrites: overwrites);

    private Output Store(View view, ImmutableArray<Expr> at, Expr value) => new(view.Buffer, view.At(Table, at), value, OutputMode.Store);

    private static ImmutableArray<Expr> Without(ImmutableArray<Expr> at, EquatableArray<int> axes) => [.. at.Where((_, axis) => !axes.Contains(axis))];
}
