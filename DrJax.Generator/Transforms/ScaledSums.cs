using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Sums over groups that are linear in one broadcast scalar, which is known only after an earlier reduction: the sum is taken with the scalar 1 and then
/// scaled. So the gradient of g(mean of f), where the scalar is the cotangent g'(mean), is one pass over the groups and not two. Changes rounding only.
/// </summary>
internal sealed class ScaledSums(Graph graph) : Rewriter(graph)
{
    private readonly Linearity linearity = new();
    private readonly Dependence dependence = new();

    protected override Func OfFunc(Func f)
    {
        var levels = new Dictionary<Node, int>();
        foreach (var node in f.Nodes)
            levels[node] = node.Operands.Select(o => levels[o]).DefaultIfEmpty().Max() + (node is PlacedReduce or Collect or Loop or Branch ? 1 : 0);
        var users = f.Nodes.SelectMany(n => n.Operands.Select(o => (o, n))).ToLookup(p => p.o, p => p.n);
        var scaled = new Dictionary<Node, Node>();
        foreach (var map in f.Nodes.OfType<Map>())
        {
            ImmutableArray<Result> read = [.. Graph.Results(map).Cast<Result>().Where(r => users.Contains(r) || f.Results.Contains(r))];
            if (read.Any(f.Results.Contains) || read.SelectMany(r => users[r]).Any(n => n is not PlacedReduce)) continue;
            // Only if every one of its sums can be had earlier is the later pass saved.
            Node?[] earlier = [.. read.SelectMany(r => users[r]).Select(n => Scaled((PlacedReduce)n, levels))];
            if (earlier.Length == 0 || earlier.Contains(null)) continue;
            foreach (var (sum, value) in read.SelectMany(r => users[r]).Zip(earlier, (sum, value) => (sum, value!))) scaled[sum] = Graph.Substitute([value], scaled)[0];
        }
        return scaled.Count == 0 ? f : new(f.Name, f.Parameters, Graph.Substitute(f.Results, scaled));
    }

    private Node? Scaled(PlacedReduce sum, Dictionary<Node, int> levels)
    {
        if (sum.Kind is not (PlacedReduceKind.Sum or PlacedReduceKind.Mean) || !sum.Type.IsDifferentiable) return null;
        var result = (Result)sum.X;
        var map = (Map)result.Region;
        var latest = map.Operands.Select(o => levels[o]).DefaultIfEmpty().Max();
        Node?[] terms = [.. Terms(map.Body.Results[result.Index]).Select(term => Scaled(sum.Kind, map, term, latest, levels))];
        return terms.Contains(null) ? null : terms.Aggregate((a, b) => new Regions(Graph).Add(a!, b!));
    }

    /// <summary>A shared parameter's cotangents from several maps have been added in every group: each is summed for itself.</summary>
    private static IEnumerable<Node> Terms(Node x) => x is Apply { Op: ScalarOp.Add } n ? n.Operands.SelectMany(Terms) : [x];

    /// <summary>The sum of one term without the operand that is known last; null if it cannot be had before that is.</summary>
    private Node? Scaled(PlacedReduceKind kind, Map map, Node term, int latest, Dictionary<Node, int> levels)
    {
        ImmutableArray<int> used = [.. dependence.Of(new Func("term", map.Body.Parameters, [term]))[0].OrderBy(i => i)];
        int[] late = [.. used.Where(i => levels[map.Operands[i]] == latest)];
        if (used.Length <= late.Length) return null;
        if (late.Length == 0) return Sum([], used);
        if (late.Length > 1 || map.Operands[late[0]] is not Broadcast { X: { Type: { IsScalar: true, IsDifferentiable: true, IsPlaced: false } } factor }) return null;
        var degrees = map.Operands.Select((_, i) => i == late[0] ? Degree.Linear : Degree.Free).ToEquatable();
        if (linearity.Of(new Func("term", map.Body.Parameters, [term]), degrees)[0] != Degree.Linear) return null;
        var unscaled = Sum(new() { [map.Body.Parameters[late[0]]] = Graph.One(factor) }, [.. used.Where(i => i != late[0])]);
        return new Regions(Graph).Lift("scale", x => x[0] * Graph.Fill(Graph.Cast(x[1], x[0].Type.Element), x[0].Type.Shape), unscaled, factor);

        Node Sum(Dictionary<Node, Node> known, ImmutableArray<int> operands)
        {
            var body = new Func(map.Body.Name, [.. operands.Select(i => map.Body.Parameters[i])], Graph.Substitute([term], known));
            return Graph.PlacedReduce(kind, Graph.Map(map.Placement, body, operands.Select(i => map.Operands[i]))[0]);
        }
    }
}
