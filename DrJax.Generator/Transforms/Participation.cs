using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Reductions over the groups that take part choose in every group between its value and a constant. Before such a choice is differentiated, the
/// maps that compute the value move into the arm that takes it: what is not computed has no derivative, so an infinite one of a group that takes no part
/// meets no zero.
/// </summary>
internal sealed class Participation(Graph graph) : Rewriter(graph)
{
    /// <summary>The name of the arm that returns the group's value.</summary>
    public const string Present = "present";

    protected override ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x)
    {
        if (region is not Map n || Choice(n.Body) is not { } choice || x[0] is not Result { Region: Map }) return base.OfRegion(region, x);
        var sources = new Dictionary<Node, Param>();
        var maps = new Dictionary<Map, ImmutableArray<Node>>();
        var value = Pull(x[0]);
        ImmutableArray<Param> arm = [.. sources.Values];
        var outer = Graph.Fresh(arm);
        var condition = Graph.Param("participates", choice.Condition.Type);
        var absent = new Func(choice.Otherwise.Name, Graph.Fresh(arm), choice.Otherwise.Results);
        var results = Graph.Branch(condition, new Func(Present, arm, [value]), absent, outer);
        return Graph.Map(n.Placement, new Func(n.Body.Name, [.. outer, condition], results), [.. sources.Keys, x[1]]);

        Node Pull(Node node)
        {
            if (node is Result { Region: Map map } result)
            {
                if (!maps.TryGetValue(map, out var inlined)) maps[map] = inlined = Graph.Inline(map.Body, [.. map.Operands.Select(Pull)]);
                return inlined[result.Index];
            }
            if (!sources.TryGetValue(node, out var source)) sources[node] = source = Graph.Param($"x{sources.Count}", Regions.Inside(node.Type));
            return source;
        }
    }

    /// <summary>The choice that a body is, between its first parameter and a constant by its second.</summary>
    private static Branch? Choice(Func body) => body is { Parameters.Length: 2, Results: [Result { Region: Branch choice }] }
        && choice.Condition == body.Parameters[1] && choice.Arguments is [var argument] && argument == body.Parameters[0]
        && choice.Then is { Name: Present, Results: [var value] } && value == choice.Then.Parameters[0]
            ? choice : null;
}
