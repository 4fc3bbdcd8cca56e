using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Rebuilds a function and the functions of its regions bottom up; a pass overrides what it changes. What does not change stays the same object.</summary>
internal abstract class Rewriter(Graph graph)
{
    private readonly Dictionary<Func, Func> done = [];

    protected Graph Graph { get; } = graph;

    public Func Run(Func f)
    {
        if (done.TryGetValue(f, out var known)) return known;
        var values = new Dictionary<Node, Node>();
        var regions = new Dictionary<Region, ImmutableArray<Node>>();
        foreach (var node in f.Nodes)
        {
            if (node is Result result)
            {
                values[node] = regions[result.Region][result.Index];
                continue;
            }
            ImmutableArray<Node> x = [.. node.Operands.Select(o => values[o])];
            if (node is Region region)
            {
                regions[region] = OfRegion(region, x);
                values[region] = region;
            }
            else values[node] = OfNode(x.SequenceEqual(node.Operands) ? node : Graph.Rebuild(node, x));
        }
        ImmutableArray<Node> results = [.. f.Results.Select(r => values[r])];
        return done[f] = OfFunc(results.SequenceEqual(f.Results) ? f : new Func(f.Name, f.Parameters, results));
    }

    /// <summary>What takes the place of a function whose nodes have been rewritten.</summary>
    protected virtual Func OfFunc(Func f) => f;

    /// <summary>What takes the place of a node whose operands have been rewritten.</summary>
    protected virtual Node OfNode(Node node) => node;

    /// <summary>The results of a region over rewritten operands.</summary>
    protected virtual ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x) => region switch
    {
        // A function and its rule belong together, as they are.
        Call n => Graph.Call(n.Callee.Rule is null ? Run(n.Callee) : n.Callee, x, n.IsCheckpoint),
        Branch n => Graph.Branch(x[0], Run(n.Then), Run(n.Otherwise), x.RemoveAt(0)),
        Loop n => OfLoop(n, Run(n.Body), x),
        Map n => Graph.Map(n.Placement, Run(n.Body), x),
        _ => throw new IrException($"no rule to rewrite {region.GetType().Name}"),
    };

    private ImmutableArray<Node> OfLoop(Loop n, Func body, ImmutableArray<Node> x)
    {
        var trips = n.Condition is { } condition ? new LoopTrips.While(Run(condition)) : n.Trips;
        return Graph.Results(new Loop(trips, n.Reverse, n.Carried, body, x));
    }
}

/// <summary>Calls are replaced by the bodies of their functions; before differentiation, those that the derivative must see stay.</summary>
internal sealed class Inline(Graph graph, bool beforeDerivatives = false) : Rewriter(graph)
{
    protected override ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x) =>
        region is Call n && !(beforeDerivatives && (n.IsCheckpoint || n.Callee.Rule is not null)) ? Graph.Inline(Run(n.Callee), x) : base.OfRegion(region, x);
}
