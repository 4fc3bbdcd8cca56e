using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Inside one group, a further placement is an axis: its placed values are arrays with its groups along a first axis, its map is its body vectorised over
/// that axis, its reductions and broadcasts are those of arrays.
/// </summary>
internal sealed class InnerPlacements(Derivatives derivatives)
{
    private readonly Graph graph = derivatives.Graph;
    private readonly Dictionary<Func, Func> done = [];

    public Func Rewrite(Func func)
    {
        if (done.TryGetValue(func, out var known)) return known;
        var map = new Dictionary<Node, Node>();
        var regions = new Dictionary<Region, ImmutableArray<Node>>();
        foreach (var parameter in func.Parameters) map[parameter] = parameter.Type.IsPlaced ? graph.Param(parameter.Name, Packed.Type(parameter.Type)) : parameter;
        foreach (var node in func.Nodes)
        {
            if (node is Param) continue;
            if (node is Result { Region: var owner, Index: var index })
            {
                map[node] = regions[owner][index];
                continue;
            }
            ImmutableArray<Node> x = [.. node.Operands.Select(o => map[o])];
            switch (node)
            {
                case Map n: regions[n] = [.. graph.Call(derivatives.Vmap(Rewrite(n.Body), n.Placement.Size, n.Body.Parameters.Select(_ => true).ToEquatable(), protect: false), x)]; break;
                case Call n: regions[n] = [.. graph.Call(Rewrite(n.Callee), x)]; break;
                case Branch n: regions[n] = [.. graph.Branch(x[0], Rewrite(n.Then), Rewrite(n.Otherwise), x.RemoveAt(0))]; break;
                case Loop n: regions[n] = Loop(n, x); break;
                case GroupIndex n: map[n] = graph.Iota([n.Placement.Size], 0); break;
                case Broadcast n: map[n] = graph.Expand(x[0], x[0].Type.Shape.Items.Insert(0, n.Placement.Size), Enumerable.Range(1, x[0].Type.Rank)); break;
                case Collect or Spread: map[node] = x[0]; break;
                case PlacedReduce n: map[n] = graph.Reduce(Kind(n.Kind), x[0], [0]); break;
                default: map[node] = node.Type.IsPlaced ? throw new LoweringException($"{node.GetType().Name} of a value placed in a placement inside a map") : graph.Rebuild(node, x); break;
            }
            if (node is Region region) map[node] = region;
        }
        return done[func] = Prepare.Func(graph, new Func(func.Name, [.. func.Parameters.Select(p => (Param)map[p])], [.. func.Results.Select(r => map[r])]));
    }

    /// <summary>A stacked placed value has the axis of its groups first; stacking put the loop's axis there.</summary>
    private ImmutableArray<Node> Loop(Loop n, ImmutableArray<Node> x)
    {
        var results = graph.Results(new Loop(n.Condition is { } condition ? new LoopTrips.While(Rewrite(condition)) : n.Trips, n.Reverse, n.Carried, Rewrite(n.Body), x));
        return [.. results.Select((r, i) => i < n.Carried ? r : Move(r, n.Types[i].Placements.Count))];

        Node Move(Node r, int groups) => graph.Permute(r, [.. Enumerable.Range(1, groups), 0, .. Enumerable.Range(groups + 1, r.Type.Rank - groups - 1)]);
    }

    private static ReduceKind Kind(PlacedReduceKind kind) => kind switch
    {
        PlacedReduceKind.Max => ReduceKind.Max,
        PlacedReduceKind.Min => ReduceKind.Min,
        PlacedReduceKind.Sum => ReduceKind.Sum,
        _ => throw new IrException("a mean is left at lowering"),
    };
}
