using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Moves out of a map what its body computes from broadcast operands only: it is computed once, and its value broadcast. Leaves and pure
/// structure are not worth it, and what repetition has made larger than it was stays inside, so that no group captures more memory.
/// </summary>
internal sealed class Hoist(Graph graph) : Rewriter(graph)
{
    protected override ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x)
    {
        if (region is not Map n) return base.OfRegion(region, x);
        var body = Run(n.Body);
        var outside = new Dictionary<Node, Node>();
        for (var i = 0; i < x.Length; i++)
            if (x[i] is Broadcast broadcast) outside[body.Parameters[i]] = broadcast.X;
        var frontier = Frontier(body, outside.Keys);
        if (frontier.Count == 0) return Graph.Map(n.Placement, body, x);
        var inside = new Dictionary<Node, Node>();
        var parameters = body.Parameters.ToBuilder();
        foreach (var node in frontier)
        {
            var parameter = Graph.Param($"hoisted{inside.Count}", node.Type);
            parameters.Add(parameter);
            inside[node] = parameter;
        }
        var hoisted = Graph.Substitute(frontier, outside).Select(node => Graph.Broadcast(node, n.Placement));
        var reduced = new Func(body.Name, parameters.ToImmutable(), Graph.Substitute(body.Results, inside));
        return Graph.Map(n.Placement, reduced, x.Concat(hoisted));
    }

    /// <summary>The nodes to hoist: dependent on broadcast operands only, with work in them, and read by something that stays.</summary>
    private static List<Node> Frontier(Func body, IEnumerable<Node> broadcast)
    {
        var (dependent, closed) = (new HashSet<Node>(broadcast), new HashSet<Node>());
        var (works, enlarged) = (new HashSet<Node>(), new HashSet<Node>());
        foreach (var node in body.Nodes)
        {
            if (node is Param || Ragged.DependsOnGroup(node) || !node.Operands.All(o => dependent.Contains(o) || closed.Contains(o))) continue;
            if (!node.Operands.Any(dependent.Contains))
            {
                closed.Add(node);
                continue;
            }
            dependent.Add(node);
            if (IsWork(node) || node.Operands.Any(works.Contains)) works.Add(node);
            if (IsEnlarged(node, enlarged)) enlarged.Add(node);
        }
        // From the results down: what a hoisted node alone reads goes with it.
        var frontier = new HashSet<Node>();
        var reached = new HashSet<Node>(body.Results);
        foreach (var node in body.Nodes.Reverse())
        {
            if (!reached.Contains(node)) continue;
            if (works.Contains(node) && !enlarged.Contains(node) && node is not Region) frontier.Add(node);
            else reached.UnionWith(node.Operands);
        }
        return [.. body.Nodes.Where(frontier.Contains)];
    }

    private static bool IsWork(Node node) =>
        node is Apply or Cast or Update or Concat or Reduce or ArgReduce or ArgSort or MatrixFunction or Contract or Gather or ScatterAdd or Region or PlacedReduce;

    private static bool IsEnlarged(Node node, HashSet<Node> enlarged) => node switch
    {
        Expand n => Simplify.Constant(n) is null,
        // What is dear to compute is worth its memory, which every worker would fill for every block otherwise.
        Apply n when OpTable.Row(n.Op).Costly => false,
        Contract or MatrixFunction or Reduce or ArgReduce or ArgSort or ScatterAdd or Result => false,
        _ => node.Operands.Any(enlarged.Contains),
    };
}
