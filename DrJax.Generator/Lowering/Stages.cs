using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>A placed value that a stage reads from memory; with <paramref name="Index"/>, that entry along an axis of it.</summary>
internal sealed record Source(Node Value, Ir.ValueType Type, Node? Index = null, int Axis = 0);

/// <summary>
/// All work of one level over one placement: reductions, and placed values that are kept (results, and what a loop or branch outside takes in). Placed
/// values between them are computed inside the stage; one that an earlier stage also needed is computed again, so memory does not grow with the groups.
/// </summary>
internal sealed class Stage(Placement placement, int level)
{
    public Placement Placement { get; } = placement;

    public int Level { get; } = level;

    /// <summary>Reductions and kept placed values, in the function's order.</summary>
    public List<Node> Outputs { get; } = [];

    /// <summary>The unplaced values that the groups read.</summary>
    public ImmutableArray<Node> Captured { get; private set; } = [];

    /// <summary>The placed values that are read from memory.</summary>
    public ImmutableArray<Source> Sources { get; private set; } = [];

    /// <summary>The parameter of the body that is the group's own index, if the body reads it.</summary>
    public Param? Index { get; private set; }

    /// <summary>Everything that has to be there before the stage runs.</summary>
    public ImmutableArray<Node> Reads => [.. Captured, .. Sources.Select(s => s.Value)];

    /// <summary>One group's work: parameters are the sources, then the captured values, then <see cref="Index"/>; one result an output.</summary>
    public Func Body { get; private set; } = null!;

    public void Collect(Func<Node, bool> isStored)
    {
        var graph = Outputs[0].Graph;
        var sources = new Dictionary<Node, Param>();
        var captured = new Dictionary<Node, Param>();
        var known = new Dictionary<Node, Node>();
        ImmutableArray<Node> results = [.. Outputs.Select(o => Pull(o is PlacedReduce r ? r.X : o))];
        var entries = Entries();
        results = graph.Substitute(results, entries.ToDictionary(e => (Node)e.Slice, e => graph.Reshape(e.Parameter, e.Slice.Type.Shape)));
        var read = new HashSet<Node>(new Func("read", [], results).Nodes);
        var whole = sources.Where(s => read.Contains(s.Value)).ToArray();
        Sources = [.. whole.Select(s => new Source(s.Key, s.Key.Type)), .. entries.Select(e => e.Source)];
        Captured = [.. captured.Keys];
        Body = new Func($"{Placement.Name}.{Level}",
            [.. whole.Select(s => s.Value), .. entries.Select(e => e.Parameter), .. captured.Values, .. Index is null ? [] : new[] { Index }], results);

        Node Pull(Node node)
        {
            if (IsInMemory(node) || (isStored(node) && !Outputs.Contains(node)))
            {
                if (!sources.TryGetValue(node, out var source))
                    sources[node] = source = graph.Param(NameOf(node), node.Type with { Placements = node.Type.Placements.Skip(1).ToEquatable() });
                return source;
            }
            if (known.TryGetValue(node, out var done)) return done;
            return known[node] = node switch
            {
                Broadcast b => Capture(b.X),
                GroupIndex => Index = graph.Param("group", node.Type with { Placements = [] }),
                Result { Region: Map map } r => MapResults(map)[r.Index],
                _ => graph.Rebuild(node, [.. node.Operands.Select(o => o.Type.IsPlaced ? Pull(o) : Capture(o))]),
            };
        }

        ImmutableArray<Node> MapResults(Map map)
        {
            if (!maps.TryGetValue(map, out var inlined)) maps[map] = inlined = graph.Inline(map.Body, map.Operands.Select(o => Pull(o)));
            return inlined;
        }

        // An entry of what a loop around the stage has stacked is a source of its own: the stage does not see the whole stack.
        List<(Slice Slice, Param Parameter, Source Source)> Entries()
        {
            var values = sources.ToDictionary(s => (Node)s.Value, s => s.Key);
            var outside = captured.ToDictionary(c => (Node)c.Value, c => c.Key);
            var found = new List<(Slice, Param, Source)>();
            foreach (var slice in new Func("entries", [], results).Nodes.OfType<Slice>())
            {
                if (slice.Bounds != Bounds.Inside || !values.TryGetValue(slice.X, out var stack)) continue;
                int[] computed = [.. Enumerable.Range(0, slice.Type.Rank).Where(i => slice.Starts[i] is not Const { Value: 0 })];
                if (computed.Length != 1 || !outside.TryGetValue(slice.Starts[computed[0]], out var index)) continue;
                var entry = slice.X.Type.WithShape(slice.Type.Shape.Items.RemoveAt(computed[0]));
                found.Add((slice, graph.Param(NameOf(stack), entry), new Source(stack, entry with { Placements = stack.Type.Placements }, index, computed[0])));
            }
            return found;
        }

        Node Capture(Node node)
        {
            if (IsClosed(node)) return node;
            if (node is Broadcast other) return graph.Broadcast(Capture(other.X), other.Placement);
            if (!captured.TryGetValue(node, out var parameter)) captured[node] = parameter = graph.Param(NameOf(node), node.Type);
            return parameter;
        }
    }

    private readonly Dictionary<Map, ImmutableArray<Node>> maps = [];

    /// <summary>Placed values that something else than a stage puts into memory: arguments, rows of an array, totals of another placement, what a loop carries or a branch chooses.</summary>
    public static bool IsInMemory(Node node) => node is Param or Spread or PlacedReduce or Result { Region: Loop or Branch };

    /// <summary>Constants and sizes mean the same inside and outside.</summary>
    private static bool IsClosed(Node node) => node is Const or Ir.Size or Iota || (node is not (Param or Region) && node.Operands.All(IsClosed) && node.Operands.Length > 0);

    private static string NameOf(Node node) => node is Param p ? p.Name : char.ToLowerInvariant(node.GetType().Name[0]) + node.GetType().Name.Substring(1);
}

/// <summary>The stages of one function. Levels: inputs 0, a placed value the maximum of what it is computed from, a reduction one more.</summary>
internal sealed class StagePlan
{
    private readonly Dictionary<Node, Stage> stageAt = [];
    private readonly HashSet<Node> stored = [];

    private StagePlan()
    {
    }

    /// <summary>The stage that runs at this node's place: that of its first output.</summary>
    public Stage? StageAt(Node node) => stageAt.TryGetValue(node, out var stage) ? stage : null;

    public bool IsStored(Node node) => stored.Contains(node);

    public IEnumerable<Stage> Stages => stageAt.Values;

    public static StagePlan Of(Func func)
    {
        var plan = new StagePlan();
        var levels = new Dictionary<Node, int>();
        var stages = new Dictionary<(string, int), Stage>();
        foreach (var node in func.Nodes)
        {
            var operands = node.Operands.Select(o => levels[o]).DefaultIfEmpty(0).Max();
            levels[node] = node is PlacedReduce or Ir.Collect or Loop or Branch ? operands + 1 : operands;
            if (node is Loop or Branch or Ir.Collect)
                foreach (var operand in node.Operands)
                    if (operand.Type.IsPlaced && !Stage.IsInMemory(operand)) plan.stored.Add(operand);
        }
        // What one placement's groups have computed, another's read from memory.
        foreach (var node in func.Nodes)
            if (node is Broadcast { X: { Type.IsPlaced: true } x } && x is not Broadcast && !Stage.IsInMemory(x)) plan.stored.Add(x);
        foreach (var result in func.Results)
            if (result.Type.IsPlaced && result is not Spread) plan.stored.Add(result);
        foreach (var node in func.Nodes)
        {
            if (node is not PlacedReduce && !plan.stored.Contains(node)) continue;
            var placement = node is PlacedReduce r ? r.Placement : node.Type.Placements[0];
            var key = (placement.Name, node is PlacedReduce ? levels[node] - 1 : levels[node]);
            if (!stages.TryGetValue(key, out var stage))
                plan.stageAt[node] = stages[key] = stage = new Stage(placement, key.Item2);
            stage.Outputs.Add(node);
        }
        foreach (var stage in stages.Values) stage.Collect(plan.IsStored);
        return plan;
    }
}

/// <summary>What the lowering cannot do yet, in the user's terms: becomes a diagnostic at the program.</summary>
internal sealed class LoweringException(string message) : Exception(message);
