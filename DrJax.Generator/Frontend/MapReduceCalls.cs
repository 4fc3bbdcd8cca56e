using System.Collections.Immutable;
using DrJax.Generator.Ir;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Broadcast, Map and the reductions over groups.</summary>
internal sealed partial class Translator
{
    public PlacedValue Broadcast(SurfaceCall c)
    {
        var placement = Placement("Broadcast", c.At, c.Scope);
        if (!c.Arguments[0].IsData) throw new Rejected(Diagnostics.Closure, c.At, "broadcast");
        return new PlacedValue(c.Arguments[0].Select(node => Graph.Broadcast(node, placement)));
    }

    public PlacedValue Map(SurfaceCall c)
    {
        var placement = Placement("Map", c.At, c.Scope);
        var f = c.Function(0);
        var region = new Region(session, c.Scope.Region, placement: null, mapped: placement);
        var (parameters, operands) = (new List<Param>(), new List<Node>());
        var groups = c.Arguments.Skip(1).Select((a, i) => Group(a, i + 1).Select(leaf =>
        {
            operands.Add(leaf);
            parameters.Add(Graph.Param(f.Symbol.Parameters[i].Name,
                leaf.Type with { Placements = leaf.Type.Placements.Skip(1).ToEquatable() }));
            return parameters[parameters.Count - 1];
        })).ToImmutableArray();
        var value = c.Invoke(f, groups, c.Scope.Inside(region));
        if (!value.IsData) throw new Rejected(Diagnostics.Closure, c.At, "the result of Map");
        RaggedSizes.RefuseColumns(value, c.At);
        var body = region.Close(f.Body is null ? f.Symbol.Name : "map", parameters, value.Leaves);
        var results = Graph.Map(placement, body, [.. operands, .. region.Operands]);
        var next = 0;
        return new PlacedValue(value.Select(_ => results[next++]));

        Value Group(Value argument, int i) => argument switch
        {
            PlacedValue placed when placed.Leaves.All(leaf => leaf.Type.Placements[0].Equals(placement)) => placed.Group,
            PlacedValue placed => throw new Rejected(Diagnostics.OtherPlacement, c.At, c.Text(i),
                placed.Leaves.First().Type.Placements[0].Name, placement.Name),
            PoisonValue => throw new Poisoned(),
            _ => throw new IrException($"argument {i} of Map is not placed"),
        };
    }

    /// <summary>The placement is the program's; a placed argument, which tells the eager call the number of groups, must have it too.</summary>
    public PlacedValue GroupIndex(SurfaceCall c) => new(new Data(GroupIndexNode(c, 0)));

    /// <summary>In every group, its index folded into the key.</summary>
    public PlacedValue SplitGroups(SurfaceCall c)
    {
        var index = GroupIndexNode(c, 1);
        var placement = index.Type.Placements[0];
        ImmutableArray<Node> operands = [.. c.Arguments[0].Leaves.Select(word => Graph.Broadcast(word, placement)), index];
        ImmutableArray<Param> parameters = [.. new[] { "word0", "word1", "group" }.Select(name => Graph.Param(name, ValueType.Scalar(ElementType.Int32)))];
        var key = Surface.FoldIn([parameters[0], parameters[1]], parameters[2]);
        var words = Graph.Map(placement, new Func("foldIn", [.. parameters], [.. key.Leaves]), operands);
        return new PlacedValue(Surface.Key(words[0], words[1]));
    }

    private Node GroupIndexNode(SurfaceCall c, int like)
    {
        var placement = Placement(c.Name, c.At, c.Scope);
        if (like < c.Count && c.Arguments[like] is PlacedValue placed && placed.Leaves.First().Type.Placements[0] is var other && !other.Equals(placement))
            throw new Rejected(Diagnostics.OtherPlacement, c.At, c.Text(like), other.Name, placement.Name);
        return Graph.GroupIndex(placement);
    }

    /// <summary>(Σ w x) / Σ w, leaf by leaf, the weights in the leaf's precision.</summary>
    public Value WeightedMean(SurfaceCall c)
    {
        RaggedSizes.RefuseReduction(c);
        var weights = c.Arguments[1].Leaves.Single();
        return ((PlacedValue)c.Arguments[0]).Group.Select(x =>
        {
            if (!x.Type.IsDifferentiable) throw new Rejected(Diagnostics.IntMean, c.At, c.Name);
            var products = MapNodes([x, weights], p => p[0] * Graph.Fill(Graph.Cast(p[1], p[0].Type.Element), p[0].Type.Shape));
            var sum = Graph.PlacedReduce(PlacedReduceKind.Sum, products);
            var total = Graph.PlacedReduce(PlacedReduceKind.Sum, MapNodes([weights], p => Graph.Cast(p[0], x.Type.Element)));
            return sum / Graph.Fill(total, sum.Type.Shape);
        });
    }

    /// <summary>A map that the user did not write.</summary>
    public Node MapNodes(ImmutableArray<Node> placed, Func<ImmutableArray<Param>, Node> f)
    {
        ImmutableArray<Param> parameters = [.. placed
            .Select((x, i) => Graph.Param("x" + i, x.Type with { Placements = x.Type.Placements.Skip(1).ToEquatable() }))];
        return Graph.Map(placed[0].Type.Placements[0], new Func("map", parameters, [f(parameters)]), placed)[0];
    }
}

/// <summary>Reductions over groups, leaf by leaf.</summary>
internal static partial class Surface
{
    private static Value Reduced(SurfaceCall c, PlacedReduceKind kind)
    {
        RaggedSizes.RefuseReduction(c);
        return c.Arguments[0] is PlacedValue placed ? placed.Group.Select(leaf => c.Graph.PlacedReduce(kind, leaf)) : throw new Poisoned();
    }

    /// <summary>Overloads of ints give a double; an int leaf of a structure has no mean of its type.</summary>
    private static Value ReduceMean(SurfaceCall c)
    {
        if (c.Arguments[0] is not PlacedValue placed) throw new Poisoned();
        RaggedSizes.RefuseReduction(c);
        var declared = CSharpTypes.Array(CSharpTypes.Resolve(c.Method.ReturnType, c.Scope.Types));
        return placed.Group.Select(leaf =>
        {
            if (leaf.Type.IsDifferentiable) return c.Graph.PlacedReduce(PlacedReduceKind.Mean, leaf);
            if (declared is not { Element: ElementType.Float64 }) throw new Rejected(Diagnostics.IntMean, c.At, c.Name);
            return c.Graph.PlacedReduce(PlacedReduceKind.Mean, c.Translator.MapNodes([leaf], p => c.Graph.Cast(p[0], ElementType.Float64)));
        });
    }
}
