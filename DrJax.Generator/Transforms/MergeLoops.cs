using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Loops of one length and direction that carry a value alike become one: the loop that computes a value and the one that stacks its steps for
/// the derivative. Two carried values are alike if they start alike and, taking all that start alike for one, their steps are the same node.
/// </summary>
internal sealed class MergeLoops(Graph graph) : Merge(graph)
{
    private readonly Dictionary<Loop, Node> conditions = [];
    private Param? anyIndex;

    protected override object? Key(Node node) => node is Loop n ? (n.Reverse, Length: Length(n)) : null;

    /// <summary>What decides the number of trips; of loops with alike conditions, the condition before the first trip.</summary>
    private object Length(Loop n)
    {
        if (n.Condition is not { } condition) return n.Count ?? (object)n.Trips;
        if (!conditions.TryGetValue(n, out var first))
            conditions[n] = first = Graph.Inline(condition, [anyIndex ??= Graph.Param("index", Ir.ValueType.Scalar(ElementType.Int32)), .. n.Operands])[0];
        return first;
    }

    protected override bool Joins(Node reader, Region region) => false;

    protected override ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values)
    {
        ImmutableArray<Loop> loops = [.. regions.Cast<Loop>()];
        var carried = loops.SelectMany(n => n.Body.Parameters.Skip(1).Take(n.Carried).Zip(n.Initial, (p, x) => (Loop: n, Param: p, Initial: values[x]))).ToArray();
        // Classes of carried values, finer until the steps of each class are one node.
        var classes = carried.Select(c => Array.FindIndex(carried, d => d.Initial == c.Initial)).ToArray();
        if (classes.Distinct().Count() == carried.Length) return null;
        var index = loops[0].Body.Parameters[0];
        var parameters = new Parameters(Graph);
        var invariants = loops.Select(n => n.Invariants.Select((x, i) => parameters.Of(values[x], n.Body.Parameters[1 + n.Carried + i])).ToArray()).ToArray();
        var own = carried.Select(c => Graph.Param(c.Param.Name, c.Param.Type)).ToArray();
        Node[][] results;
        while (true)
        {
            var at = 0;
            results = [.. loops.Select((n, k) => Graph.Inline(n.Body,
                [index, .. Enumerable.Range(0, n.Carried).Select(_ => own[classes[at++]]), .. invariants[k]]).ToArray())];
            var steps = loops.SelectMany((n, k) => results[k].Take(n.Carried)).ToArray();
            int[] finer = [.. classes.Select((c, i) => Enumerable.Range(0, steps.Length).First(j => classes[j] == c && steps[j] == steps[i]))];
            if (finer.SequenceEqual(classes)) break;
            classes = finer;
        }
        int[] kept = [.. classes.Distinct()];
        if (kept.Length == carried.Length) return null;
        var trips = loops[0].Trips;
        if (loops[0].Condition is { } first)
        {
            var at = 0;
            Node[] conditions = [.. loops.SelectMany((n, k) => Graph.Inline(n.Condition!,
                [index, .. Enumerable.Range(0, n.Carried).Select(_ => own[classes[at++]]), .. invariants[k]]))];
            if (conditions.Distinct().Count() > 1) return null;
            trips = new LoopTrips.While(new(first.Name, [index, .. kept.Select(c => own[c]), .. parameters.List], [conditions[0]]));
        }
        var allSteps = loops.SelectMany((n, k) => results[k].Take(n.Carried)).ToArray();
        Node[] stacked = [.. loops.SelectMany((n, k) => results[k].Skip(n.Carried)).Distinct()];
        var body = new Func(loops[0].Body.Name, [index, .. kept.Select(c => own[c]), .. parameters.List], [.. kept.Select(c => allSteps[c]), .. stacked]);
        var count = loops[0].Count is { } value ? values[value] : null;
        var merged = Graph.Loop(trips, count, loops[0].Reverse, body, kept.Select(c => carried[c].Initial), parameters.Operands);
        var next = 0;
        return [.. loops.Select((n, k) => results[k].Select((r, i) => i < n.Carried
            ? merged[Array.IndexOf(kept, classes[next++])]
            : merged[kept.Length + Array.IndexOf(stacked, r)]).ToImmutableArray())];
    }
}
