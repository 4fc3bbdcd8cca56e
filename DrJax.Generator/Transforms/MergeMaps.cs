using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>All maps of one level are one map: one pass over the groups. A map of another's results becomes part of it.</summary>
internal sealed class MergeMaps(Graph graph) : Merge(graph)
{
    protected override object? Key(Node node) => (node as Map)?.Placement;

    protected override bool Joins(Node reader, Region region) => Equals(Key(reader), Key(region));

    protected override ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values)
    {
        var parameters = new Parameters(Graph);
        var inside = new Dictionary<Node, Node>();
        var placement = ((Map)regions[0]).Placement;
        foreach (var map in regions.Cast<Map>())
        {
            var arguments = map.Operands.Select((o, i) => inside.TryGetValue(o, out var known) ? known : parameters.Of(values[o], map.Body.Parameters[i]));
            foreach (var (result, value) in Graph.Results(map).Zip(Graph.Inline(map.Body, arguments), (r, v) => (r, v))) inside[result] = value;
        }
        ImmutableArray<Node> results = [.. regions.SelectMany(r => Graph.Results(r)).Select(r => inside[r])];
        var merged = Graph.Map(placement, new Func(((Map)regions[0]).Body.Name, [.. parameters.List], results), parameters.Operands);
        return Share(regions, merged);
    }
}

/// <summary>Branches on one condition are one branch: an arm of a derivative recomputes what the arm computed.</summary>
internal sealed class MergeBranches(Graph graph) : Merge(graph)
{
    protected override object? Key(Node node) => (node as Branch)?.Condition;

    protected override bool Joins(Node reader, Region region) => false;

    protected override ImmutableArray<ImmutableArray<Node>>? Combine(ImmutableArray<Region> regions, Dictionary<Node, Node> values)
    {
        var parameters = new Parameters(Graph);
        var (then, otherwise) = (new List<Node>(), new List<Node>());
        foreach (var branch in regions.Cast<Branch>())
        {
            Param[] arguments = [.. branch.Arguments.Select((x, i) => parameters.Of(values[x], branch.Then.Parameters[i]))];
            then.AddRange(Graph.Inline(branch.Then, arguments));
            otherwise.AddRange(Graph.Inline(branch.Otherwise, arguments));
        }
        var first = (Branch)regions[0];
        Func Arm(Func like, List<Node> results) => new(like.Name, [.. parameters.List], [.. results]);
        return Share(regions, Graph.Branch(values[first.Condition], Arm(first.Then, then), Arm(first.Otherwise, otherwise), parameters.Operands));
    }
}
