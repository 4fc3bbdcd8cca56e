using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Factors of a number that the groups share leave the sum of it over the groups: sum(c x) is c sum(x). So what the groups sum is computed with fewer
/// products, and sums that differ in such factors are one. Changes rounding only.
/// </summary>
internal sealed class SharedFactors(Graph graph) : Rewriter(graph)
{
    protected override Func OfFunc(Func f)
    {
        var users = f.Nodes.SelectMany(n => n.Operands.Select(o => (o, n))).ToLookup(p => p.o, p => p.n);
        var moved = new Dictionary<Node, Node>();
        foreach (var map in f.Nodes.OfType<Map>())
        {
            ImmutableArray<Result> results = [.. Graph.Results(map).Cast<Result>()];
            var shared = SharedValues.Operands(map);
            var product = new Product(new SharedValues(shared.Keys));
            ImmutableArray<(Node Own, Func<Node, Func<Node, Node>, Node>? Scale)> parts =
                [.. results.Select(r => IsOnlySummed(f, r, users) ? product.Apart(map.Body.Results[r.Index]) : (map.Body.Results[r.Index], null))];
            if (parts.All(p => p.Scale is null)) continue;
            var body = new Func(map.Body.Name, map.Body.Parameters, [.. parts.Select(p => p.Own)]);
            // What is computed with the factors for other results, too, would be computed twice.
            if (Operations(body) >= Operations(map.Body)) continue;
            var fewer = Graph.Map(map.Placement, body, Graph.Substitute(map.Operands, moved));
            for (var i = 0; i < results.Length; i++)
            {
                // Equal results are one, so that their sums are.
                var own = fewer[body.Results.IndexOf(body.Results[i])];
                if (parts[i].Scale is not { } scale) moved[results[i]] = fewer[i];
                else
                    foreach (var sum in users[results[i]].Distinct().Cast<PlacedReduce>())
                        moved[sum] = scale(Graph.PlacedReduce(sum.Kind, own), x => Graph.Substitute([Graph.Substitute([x], shared)[0]], moved)[0]);
            }
        }
        return moved.Count == 0 ? f : new(f.Name, f.Parameters, Graph.Substitute(f.Results, moved));
    }

    private static int Operations(Func f) => f.Nodes.Count(n => n is Apply);

    private static bool IsOnlySummed(Func f, Result r, ILookup<Node, Node> users) =>
        r.Type is { Rank: 0, Placements.Count: 1, IsDifferentiable: true } && users.Contains(r) && !f.Results.Contains(r)
        && users[r].All(u => u is PlacedReduce { Kind: PlacedReduceKind.Sum or PlacedReduceKind.Mean });

    private sealed class Product(SharedValues shared)
    {
        /// <summary>A product without its shared factors and divisors, and what multiplies a value with them; null if there are none.</summary>
        public (Node Own, Func<Node, Func<Node, Node>, Node>? Scale) Apart(Node x)
        {
            switch (x)
            {
                case Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[0]]: return Then(Apart(n.Operands[1]), (y, outside) => outside(n.Operands[0]) * y);
                case Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[1]]: return Then(Apart(n.Operands[0]), (y, outside) => y * outside(n.Operands[1]));
                case Apply { Op: ScalarOp.Divide } n when shared[n.Operands[1]]: return Then(Apart(n.Operands[0]), (y, outside) => y / outside(n.Operands[1]));
                case Apply { Op: ScalarOp.Negate } n: return Inside(Apart(n.Operands[0]), y => -y, x);
                case Apply { Op: ScalarOp.Multiply } n:
                    var (a, b) = (Apart(n.Operands[0]), Apart(n.Operands[1]));
                    if (a.Scale is null) return Inside(b, y => n.Operands[0] * y, x);
                    if (b.Scale is null) return Inside(a, y => y * n.Operands[1], x);
                    return (a.Own * b.Own, (y, outside) => a.Scale(b.Scale(y, outside), outside));
                default: return (x, null);
            }
        }

        private static (Node, Func<Node, Func<Node, Node>, Node>?) Then((Node Own, Func<Node, Func<Node, Node>, Node>? Scale) part, Func<Node, Func<Node, Node>, Node> step) =>
            (part.Own, part.Scale is { } scale ? (y, outside) => step(scale(y, outside), outside) : step);

        private static (Node, Func<Node, Func<Node, Node>, Node>?) Inside((Node Own, Func<Node, Func<Node, Node>, Node>? Scale) part, Func<Node, Node> operation, Node same) =>
            (part.Scale is null ? same : operation(part.Own), part.Scale);
    }
}
