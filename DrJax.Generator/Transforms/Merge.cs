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

    /// <summary>One parameter for each distinct operand of the merged functions.</summary>
    protected sealed class Parameters(Graph graph)
    {
        private readonly List<Param> list = [];
        private readonly List<Node> operands = [];

        public IEnumerable<Param> List => list;

        public IEnumerable<Node> Operands => operands;

        public Param Of(Node operand, Param like)
        {
            var known = operands.IndexOf(operand);
            if (known >= 0) return list[known];
            operands.Add(operand);
            list.Add(graph.Param(like.Name, like.Type));
            return list[list.Count - 1];
        }
    }

    /// <summary>The results of one merged region, handed to the regions that it replaces.</summary>
    protected static ImmutableArray<ImmutableArray<Node>> Share(ImmutableArray<Region> regions, ImmutableArray<Node> merged)
    {
        var next = 0;
        return [.. regions.Select(r => r.Types.Select(_ => merged[next++]).ToImmutableArray())];
    }
}
