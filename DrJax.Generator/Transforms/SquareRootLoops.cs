using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A loop of T trips → a loop over about √T blocks of about √T trips each. Its reverse derivative then stacks what is carried at the start of every
/// block, runs a block again with its stacks when the way back comes to it, and so keeps about 2 √T trips' values in place of T. Callees stay as they are.
/// </summary>
internal sealed class SquareRootLoops(Graph graph) : Rewriter(graph)
{
    /// <summary>Up to so many trips, blocks save nothing.</summary>
    private const int Few = 8;

    protected override ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x) => region switch
    {
        Call => Graph.Results((Region)Graph.Rebuild(region, x)),
        Loop { Trips: LoopTrips.Fixed { Count: var count } } n when n.Carried == n.Types.Length && count.AsConstant is null or > Few => Blocks(n, Run(n.Body), count, x),
        _ => base.OfRegion(region, x),
    };

    private ImmutableArray<Node> Blocks(Loop n, Func body, Dim count, ImmutableArray<Node> x)
    {
        var trips = Graph.Size(count);
        var (blocks, length) = Schedule(trips);
        var own = body.Parameters;
        var state = own.Skip(1).Take(n.Carried);
        var invariants = own.Skip(1 + n.Carried).ToArray();

        // One trip: (index in the block, carried.., invariants.., the block's first index).
        var (inBlock, first) = (Int("i"), Int("first"));
        var index = n.Reverse ? trips - Constant(1) - (first + inBlock) : first + inBlock;
        var trip = new Func(body.Name, [inBlock, .. own.Skip(1), first], Graph.Inline(body, [index, .. own.Skip(1)]));

        // One block: (its number, carried.., invariants.., the blocks' length).
        ImmutableArray<Param> outer = [Int("block"), .. Graph.Fresh(state), .. Graph.Fresh(invariants), Int("length")];
        var size = outer[outer.Length - 1];
        var start = outer[0] * size;
        var rest = Graph.Loop(Graph.Apply(ScalarOp.Min, size, trips - start), false, trip,
            outer.Skip(1).Take(n.Carried), [.. outer.Skip(1 + n.Carried).Take(invariants.Length), start]);
        return Graph.Loop(blocks, false, new($"{body.Name}.block", outer, rest), x.Take(n.Carried), [.. x.Skip(n.Carried), length]);
    }

    /// <summary>The root of the number of trips, rounded up, and the length that so many blocks have.</summary>
    private (Node Blocks, Node Length) Schedule(Node trips)
    {
        if (trips is Const { Value: var known })
        {
            var root = Math.Ceiling(Math.Sqrt(known));
            return (Constant(root), Constant(Math.Ceiling(known / root)));
        }
        var blocks = Graph.Cast(Graph.Apply(ScalarOp.Ceiling, Graph.Sqrt(Graph.Cast(trips, ElementType.Float64))), ElementType.Int32);
        var some = Graph.Apply(ScalarOp.Max, blocks, Constant(1));
        return (blocks, Graph.Apply(ScalarOp.Divide, trips + blocks - Constant(1), some));
    }

    private Node Constant(double value) => Graph.Const(value, ElementType.Int32);

    private Param Int(string name) => Graph.Param(name, Ir.ValueType.Scalar(ElementType.Int32));
}
