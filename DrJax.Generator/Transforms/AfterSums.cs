using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Work at the end of what groups sum that need not be theirs is done once, to the sum.</summary>
internal abstract class AfterSums(Graph graph) : Rewriter(graph)
{
    /// <summary>What the groups sum of a result, and what is done to the sum, with values of outside in place of a map's own; null if nothing is.</summary>
    protected sealed record Part(Node Own, Func<Node, Func<Node, Node>, Node>? Over);

    /// <summary>Whether a result of a map, of which only sums are used, is looked at.</summary>
    protected abstract bool CanMove(Result result);

    /// <summary>Takes results of a body apart.</summary>
    /// <param name="shared">The parameters that are the same in every group.</param>
    protected abstract Func<Node, Part> Parts(IReadOnlyCollection<Node> shared);

    /// <summary>Whether what is left for the groups spares them work.</summary>
    protected abstract bool IsWorth(Func body, Func rest);

    protected sealed override Func OfFunc(Func f)
    {
        var users = f.Nodes.SelectMany(n => n.Operands.Select(o => (o, n))).ToLookup(p => p.o, p => p.n);
        var moved = new Dictionary<Node, Node>();
        foreach (var map in f.Nodes.OfType<Map>())
        {
            ImmutableArray<Result> results = [.. Graph.Results(map).Cast<Result>()];
            var shared = SharedValues.Operands(map);
            var apart = Parts(shared.Keys);
            ImmutableArray<Part> parts = [.. results.Select(r => CanMove(r) && IsOnlySummed(f, r, users) ? apart(map.Body.Results[r.Index]) : new(map.Body.Results[r.Index], null))];
            if (parts.All(p => p.Over is null)) continue;
            var rest = new Func(map.Body.Name, map.Body.Parameters, [.. parts.Select(p => p.Own)]);
            if (!IsWorth(map.Body, rest)) continue;
            var less = Graph.Map(map.Placement, rest, Graph.Substitute(map.Operands, moved));
            for (var i = 0; i < results.Length; i++)
            {
                // Equal results are one, so that their sums are.
                var own = less[rest.Results.IndexOf(rest.Results[i])];
                if (parts[i].Over is not { } over) moved[results[i]] = less[i];
                else
                    foreach (var sum in users[results[i]].Distinct().Cast<PlacedReduce>())
                        moved[sum] = over(Graph.PlacedReduce(sum.Kind, own), x => Graph.Substitute([Graph.Substitute([x], shared)[0]], moved)[0]);
            }
        }
        return moved.Count == 0 ? f : new(f.Name, f.Parameters, Graph.Substitute(f.Results, moved));
    }

    private static bool IsOnlySummed(Func f, Result r, ILookup<Node, Node> users) =>
        r.Type.Placements.Count == 1 && r.Type.IsDifferentiable && users.Contains(r) && !f.Results.Contains(r)
        && users[r].All(u => u is PlacedReduce { Kind: PlacedReduceKind.Sum or PlacedReduceKind.Mean });
}
