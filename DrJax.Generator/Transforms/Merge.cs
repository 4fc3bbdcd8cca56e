using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Makes one region of several independent ones, so that what they compute alike is computed once: a derivative recomputes forward values
/// inside its own regions. Regions are independent if they have the same level; what reads a region's results in a way that cannot be merged
/// into it has a higher one.
/// </summary>
internal abstract class Merge(Graph graph) : Rewriter(graph)
{
    /// <summary>The regions that may become one, by an equal key; null for those that stay.</summary>
    protected abstract object? Key(Node node);

    /// <summary>Whether a reader of a merged region's results can itself be part of the region.</summary>
    protected abstract bool Joins(Node reader, Region region);

    /// <summary>The results of the regions, in order; values holds what takes the place of their operands.</summary>
    protected abstract ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values);

    protected override Func OfFunc(Func f)
    {
        if (f.Nodes.GroupBy(Key).All(group => group.Key is null || group.Count() < 2)) return f;
        var levels = new Dictionary<Node, int>();
        foreach (var node in f.Nodes)
            levels[node] = node.Operands.Select(o => levels[o] + (o is Result r && Key(r.Region) is not null && !Joins(node, r.Region) ? 1 : 0)).DefaultIfEmpty().Max();
        var values = new Dictionary<Node, Node>();
        foreach (var level in f.Nodes.GroupBy(n => levels[n]).OrderBy(group => group.Key))
        {
            foreach (var node in level)
                if (!IsPart(node)) values[node] = Rebuild(node, values);
            foreach (var group in level.OfType<Region>().Where(r => Key(r) is not null).GroupBy(r => Key(r)))
            {
                ImmutableArray<Region> regions = [.. group];
                if (regions.Length > 1 && Combine(regions, values) is { } combined)
                {
                    foreach (var (region, results) in regions.Zip(combined, (r, c) => (r, c)))
                        foreach (var (result, value) in Graph.Results(region).Zip(results, (r, v) => (r, v))) values[result] = value;
                    continue;
                }
                foreach (var region in regions)
                    foreach (var result in Graph.Results(region).Prepend(region)) values[result] = Rebuild(result, values);
            }
        }
        return new(f.Name, f.Parameters, [.. f.Results.Select(r => values[r])]);

        bool IsPart(Node node) => Key(node) is not null || (node is Result r && Key(r.Region) is not null);
    }

    private Node Rebuild(Node node, Dictionary<Node, Node> values)
    {
        ImmutableArray<Node> x = [.. node.Operands.Select(o => values[o])];
        return x.SequenceEqual(node.Operands) ? node : Graph.Rebuild(node, x);
    }
}

/// <summary>All maps of one level are one map: one pass over the groups. A map of another's results becomes part of it.</summary>
internal sealed class MergeMaps(Graph graph) : Merge(graph)
{
    protected override object? Key(Node node) => (node as Map)?.Placement;

    protected override bool Joins(Node reader, Region region) => Equals(Key(reader), Key(region));

    protected override ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values)
    {
        var parameters = new Dictionary<Node, Param>();
        var inside = new Dictionary<Node, Node>();
        var placement = ((Map)regions[0]).Placement;
        foreach (var map in regions.Cast<Map>())
        {
            var arguments = map.Operands.Select((o, i) => inside.TryGetValue(o, out var known) ? known : Parameter(values[o], map.Body.Parameters[i]));
            foreach (var (result, value) in Graph.Results(map).Zip(Graph.Inline(map.Body, arguments), (r, v) => (r, v))) inside[result] = value;
        }
        ImmutableArray<Node> results = [.. regions.SelectMany(r => Graph.Results(r)).Select(r => inside[r])];
        var merged = Graph.Map(placement, new Func(((Map)regions[0]).Body.Name, [.. parameters.Values], results), parameters.Keys);
        var next = 0;
        return [.. regions.Select(r => r.Types.Select(_ => merged[next++]).ToImmutableArray())];

        Node Parameter(Node operand, Param like)
        {
            if (!parameters.TryGetValue(operand, out var known)) parameters[operand] = known = Graph.Param(like.Name, like.Type);
            return known;
        }
    }
}

/// <summary>
/// Loops of one count and direction that carry a value alike become one: the loop that computes a value and the one that stacks its steps for
/// the derivative. Two carried values are alike if they start alike and, taking all that start alike for one, their steps are the same node.
/// </summary>
internal sealed class MergeLoops(Graph graph) : Merge(graph)
{
    protected override object? Key(Node node) => node is Loop n ? (n.Count, n.Reverse) : null;

    protected override bool Joins(Node reader, Region region) => false;

    protected override ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values)
    {
        ImmutableArray<Loop> loops = [.. regions.Cast<Loop>()];
        var carried = loops.SelectMany(n => n.Body.Parameters.Skip(1).Take(n.Carried).Zip(n.Initial, (p, x) => (Loop: n, Param: p, Initial: values[x]))).ToArray();
        // Classes of carried values, finer until the steps of each class are one node.
        var classes = carried.Select(c => Array.FindIndex(carried, d => d.Initial == c.Initial)).ToArray();
        if (classes.Distinct().Count() == carried.Length) return null;
        var index = loops[0].Body.Parameters[0];
        var invariants = new Dictionary<Node, Param>();
        foreach (var loop in loops)
            foreach (var (p, x) in loop.Body.Parameters.Skip(1 + loop.Carried).Zip(loop.Invariants, (p, x) => (p, x)))
                if (!invariants.ContainsKey(values[x])) invariants[values[x]] = Graph.Param(p.Name, p.Type);
        var own = carried.Select(c => Graph.Param(c.Param.Name, c.Param.Type)).ToArray();
        Node[][] results;
        while (true)
        {
            var at = 0;
            results = [.. loops.Select(n => Graph.Inline(n.Body,
                [index, .. Enumerable.Range(0, n.Carried).Select(_ => own[classes[at++]]), .. n.Invariants.Select(x => invariants[values[x]])]).ToArray())];
            var steps = loops.SelectMany((n, k) => results[k].Take(n.Carried)).ToArray();
            int[] finer = [.. classes.Select((c, i) => Enumerable.Range(0, steps.Length).First(j => classes[j] == c && steps[j] == steps[i]))];
            if (finer.SequenceEqual(classes)) break;
            classes = finer;
        }
        int[] kept = [.. classes.Distinct()];
        if (kept.Length == carried.Length) return null;
        var allSteps = loops.SelectMany((n, k) => results[k].Take(n.Carried)).ToArray();
        Node[] stacked = [.. loops.SelectMany((n, k) => results[k].Skip(n.Carried)).Distinct()];
        var body = new Func(loops[0].Body.Name, [index, .. kept.Select(c => own[c]), .. invariants.Values], [.. kept.Select(c => allSteps[c]), .. stacked]);
        var merged = Graph.Loop(loops[0].Count, loops[0].Reverse, body, kept.Select(c => carried[c].Initial), invariants.Keys);
        var next = 0;
        return [.. loops.Select((n, k) => results[k].Select((r, i) => i < n.Carried
            ? merged[Array.IndexOf(kept, classes[next++])]
            : merged[kept.Length + Array.IndexOf(stacked, r)]).ToImmutableArray())];
    }
}
