using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Brings a function, and the bodies of its regions, into the form that lowering takes: calls inlined, means as sums over counts.</summary>
internal sealed class Prepare
{
    private readonly Graph graph;
    private readonly Dictionary<Func, Func> done = [];

    private Prepare(Graph graph) => this.graph = graph;

    public static Func Func(Graph graph, Func func) => new Prepare(graph).Rewrite(func);

    private Func Rewrite(Func func)
    {
        if (done.TryGetValue(func, out var known)) return known;
        var map = new Dictionary<Node, Node>();
        var calls = new Dictionary<Node, ImmutableArray<Node>>();
        foreach (var node in func.Nodes)
        {
            ImmutableArray<Node> x = node is Result { Region: Call } ? [] : [.. node.Operands.Select(o => map[o])];
            switch (node)
            {
                case Param: map[node] = node; break;
                case Call call:
                    map[node] = call;
                    calls[node] = graph.Inline(Rewrite(call.Callee), x);
                    break;
                case Result { Region: Call call } result: map[node] = calls[call][result.Index]; break;
                case Branch n: map[node] = ((Result)graph.Branch(x[0], Rewrite(n.Then), Rewrite(n.Otherwise), x.RemoveAt(0))[0]).Region; break;
                case Loop n: map[node] = ((Result)graph.Loop(n.Count, n.Reverse, Rewrite(n.Body), x.Take(n.Carried), x.Skip(n.Carried))[0]).Region; break;
                case Map n: map[node] = ((Result)graph.Map(n.Placement, Rewrite(n.Body), x)[0]).Region; break;
                case PlacedReduce { Kind: PlacedReduceKind.Mean } n:
                    var sum = graph.PlacedReduce(PlacedReduceKind.Sum, x[0]);
                    var count = graph.Cast(graph.Size(n.Placement.Size), sum.Type.Element);
                    map[node] = sum / graph.Expand(count, sum.Type.Shape, []);
                    break;
                default: map[node] = graph.Rebuild(node, x); break;
            }
        }
        return done[func] = new Func(func.Name, func.Parameters, [.. func.Results.Select(r => map[r])]);
    }
}
