using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Lowering;

/// <summary>A stage's body, over a block of groups.</summary>
internal sealed partial class BlockBuilder
{
    private void LowerStage(Stage stage)
    {
        var lanesAreGroups = stage.Sources.All(IsSmall);
        var inner = new Frame(Table, frame.Names, lanesAreGroups);
        var (body, parts) = StageBody.Of(stage, lanesAreGroups);
        var before = new List<Step>();
        var after = new List<Step>();
        var bindings = new Dictionary<Node, Storage>();
        for (var i = 0; i < stage.Sources.Length; i++)
            bindings[body.Parameters[i]] = new InMemory(BlockOf(stage.Sources[i].Value, stage.Sources[i].Type, ViewOf(stage.Sources[i]), inner, before, toLanes: true), Owned: false);
        for (var i = 0; i < stage.Captured.Length; i++)
            bindings[body.Parameters[stage.Sources.Length + i]] = new InOuter(this, stage.Captured[i]);

        var segments = ImmutableArray.CreateBuilder<Segment>();
        var results = new Target[stage.Outputs.Count];
        var homes = new View[stage.Outputs.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var output = stage.Outputs[i];
            if (output is PlacedReduce reduce)
            {
                var segment = new Frame(Table, frame.Names, false).NewBuffer(NameOf(reduce), Packed.Type(reduce.Type), BufferKind.Accumulator);
                var kind = reduce.Kind switch { PlacedReduceKind.Max => ReduceKind.Max, PlacedReduceKind.Min => ReduceKind.Min, _ => ReduceKind.Sum };
                segments.Add(new Segment(segment, kind));
                homes[i] = View.Of(segment);
                results[i] = new Target(homes[i], kind);
                continue;
            }
            homes[i] = PackedHome(output);
            results[i] = new Target(BlockOf(output, output.Type, homes[i], inner, after, toLanes: false));
        }

        var filled = new Dictionary<Node, Places>();
        for (var i = 0; i < stage.Captured.Length; i++) filled[body.Parameters[stage.Sources.Length + i]] = triangles.Filled(stage.Captured[i]);
        var inside = new Triangles(body, filled, [.. parts.Select(p => p.Element is null && stage.Outputs[p.Output] is PlacedReduce sum ? triangles.Read(sum) : Places.Everywhere)]);

        var builder = new BlockBuilder(inner, body, bindings, assured.Inside(stage.Placement.Size), inside);
        for (var i = 0; i < stage.Sources.Length; i++) builder.rows[body.Parameters[i]] = InRows(ViewOf(stage.Sources[i]));
        var block = builder.Build([.. parts.Select(p => p.Element is { } k ? results[p.Output].Element(InGroup(stage.Outputs[p.Output]), k) : results[p.Output])]);
        var (work, scratch) = Unread.Drop(new Block([.. before, .. block.Steps, .. after]), inner.Scratch);
        (var shared, work) = StageMemory.Of(work, scratch);
        var position = Add(new StageStep(
            frame.Names.Unique("stage"), stage.Placement, scratch, segments.ToImmutable(), work, inner.BytesPerGroup(scratch.Where(b => !shared.ContainsKey(b))),
            lanesAreGroups, $"stage {stage.Level} over {stage.Placement.Name}: {string.Join(", ", stage.Outputs.Select(o => o.Type))}\n{Choice(stage, lanesAreGroups)}", shared));
        for (var i = 0; i < homes.Length; i++)
        {
            Bind(stage.Outputs[i], new InMemory(homes[i], Owned: stage.Outputs[i] is PlacedReduce), position);
            if (stage.Outputs[i] is not PlacedReduce) CopyToOtherResults(stage.Outputs[i], homes[i], position);
        }
    }

    /// <summary>Why lanes are groups, or not.</summary>
    private static string Choice(Stage stage, bool lanesAreGroups) => lanesAreGroups
        ? "lanes = groups: what a group reads are numbers, vectors and small arrays"
        : $"groups one after the other: each reads a matrix, {string.Join(", ", stage.Sources.Where(s => !IsSmall(s)).Select(s => $"{NameOfSource(s)}: {s.Type}"))}";

    private static string NameOfSource(Source source) => source.Value is Param p ? p.Name : source.Value.GetType().Name.ToLowerInvariant();

    private static bool IsSmall(Source s) =>
        Packed.Type(s.Type).Rank <= 2 || SmallArrays.IsSmall(s.Type with { Placements = s.Type.Placements.Skip(1).ToEquatable() });

    /// <summary>The shape of an output as one group leaves it.</summary>
    private static EquatableArray<Dim> InGroup(Node output) =>
        output is PlacedReduce ? Packed.Type(output.Type).Shape : Packed.Type(output.Type).Shape.Items.RemoveAt(0).ToEquatable();

    /// <summary>A block of groups of a packed placed value: in place, or turned into lanes in scratch memory.</summary>
    private View BlockOf(Node placedValue, ValueType type, View packed, Frame inner, List<Step> steps, bool toLanes)
    {
        var here = InRows(packed);
        var shape = Packed.Type(type).Shape.Items.RemoveAt(0);
        if (!inner.LanesAreGroups || shape.IsEmpty) return here;
        var lanes = inner.NewBuffer(NameOf(placedValue), new ValueType(placedValue.Type.Element, EquatableArray.Create<Dim>([StageSizes.Block, .. shape]), []));
        steps.Add(new TransposeStep(here.Buffer, Table.Address(here.Terms.Select(t => (t.Index, t.Stride)), here.Offset), here.Strides[0], lanes,
            StageSizes.Block, shape.Aggregate(Dim.One, (size, dim) => size * dim), StageSizes.Lanes, toLanes, toLanes ? $"{lanes.Name}: a block of {packed.Buffer.Name}, lanes = groups" : $"back to groups: {packed.Buffer.Name}"));
        return View.Of(lanes);
    }

    /// <summary>The rows of a block of groups.</summary>
    private static View InRows(View packed) => packed with { Offset = packed.Offset + StageSizes.Group * packed.Strides[0] };

    private View ViewOf(Source source) => source.Index is { } index
        ? PackedView(source.Value).Entry(source.Type.Placements.Count + source.Axis, Reader.Read(index, []))
        : PackedView(source.Value);

    /// <summary>Where a placed value lies, groups one after the other.</summary>
    private View PackedView(Node node) => storage.TryGetValue(node, out var found) ? found switch
    {
        InMemory memory => memory.View,
        InOuter outer => outer.Outer.PackedView(outer.Node),
        _ => throw new IrException("a placed value in a local"),
    } : throw new IrException($"a placed value is read before it is computed: {Printer.Line(node, Printer.Leaf)}");

    /// <summary>A placed value that is several results of the function goes to the others from the first.</summary>
    private void CopyToOtherResults(Node node, View home, int position)
    {
        for (var i = 0; i < func.Results.Length; i++)
        {
            if (func.Results[i] != node || targets[i] is not { } target || target.View == home) continue;
            CopyPacked(node, home, target.View, position + 1);
        }
    }

    private int CopyPacked(Node node, View from, View to, int after) => AddNest(Packed.Type(node.Type).Shape, [], after,
        $"{to.Buffer.Name} = {from.Buffer.Name}", at => [Store(to, at, Table.Load(from.Buffer, from.At(Table, at)))]);

    /// <summary>The packed groups are the array already.</summary>
    private void LowerCollect(Collect node) => Bind(node, new InMemory(PackedView(node.X), Owned: false), After(node.X));

    /// <summary>The array's memory is the packed groups already, unless it is only a view of other memory or may be written to again.</summary>
    private void LowerSpread(Spread node)
    {
        if (StorageOf(node.X) is InMemory { Owned: false, View: var view } && view.IsPacked)
        {
            Bind(node, new InMemory(view, Owned: false), After(node.X));
            return;
        }
        var home = PackedHome(node);
        Bind(node, new InMemory(home, Owned: false), AddNest(node.X.Type.Shape, [], After(node.X), Because(node, home.Buffer.Name),
            at => [Store(home, at, Reader.Read(node.X, at))]));
    }

    private View PackedHome(Node node)
    {
        for (var i = 0; i < func.Results.Length; i++)
            if (func.Results[i] == node && targets[i] is { } target) return target.View;
        return View.Of(frame.NewBuffer(NameOf(node), Packed.Type(node.Type)));
    }
}
