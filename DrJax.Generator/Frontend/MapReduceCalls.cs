using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
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
        // What is placed in one group is placed over the groups inside of it.
        var inner = c.Arguments.Skip(1).SelectMany(a => a.Leaves).Select(leaf => leaf.Type.Placements).Where(p => p.Count > 1)
            .Select(p => p[1]).Distinct().ToList();
        if (inner.Count > 1) throw new Rejected(Diagnostics.OtherPlacement, c.At, c.Text(1), inner[0].Name, inner[1].Name);
        var region = new Region(session, c.Scope.Region, inner.FirstOrDefault(), mapped: placement);
        var (parameters, operands) = (new List<Param>(), new List<Node>());
        var groups = c.Arguments.Skip(1).Select((a, i) => Group(a, i + 1).Select(leaf =>
        {
            operands.Add(leaf);
            parameters.Add(Graph.Param(f.Symbol.Parameters[i].Name,
                leaf.Type with { Placements = leaf.Type.Placements.Skip(1).ToEquatable() }));
            return parameters[parameters.Count - 1];
        })).ToImmutableArray();
        var inside = c.Scope.Inside(region);
        DeclareThrown(inside);
        Value? value = null;
        var refusals = session.ThrownBy(() => value = c.Invoke(f, groups, inside), inMap: true);
        RethrowFromGroups(inside, refusals, parameters, operands, c.Scope);
        if (!value!.IsData) throw new Rejected(Diagnostics.Closure, c.At, "the result of Map");
        RaggedSizes.RefuseColumns(value, c.At);
        var body = region.Close(f.Body is null ? f.Symbol.Name : "map", parameters, value.Leaves);
        var results = Graph.Map(placement, body, [.. operands, .. region.Operands]);
        var next = 0;
        return new PlacedValue(value.Select(_ => results[next++]));

        Value Group(Value argument, int i) => argument switch
        {
            PlacedValue placed => Over(placed, placement, c, i).Group,
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

    /// <summary>A placed argument, which must be over the placement.</summary>
    private static PlacedValue Over(PlacedValue placed, Placement placement, SurfaceCall c, int i) =>
        placed.Leaves.All(leaf => leaf.Type.Placements[0].Equals(placement)) ? placed
            : throw new Rejected(Diagnostics.OtherPlacement, c.At, c.Text(i), placed.Leaves.First().Type.Placements[0].Name, placement.Name);

    /// <summary>(Σ w x) / Σ w, leaf by leaf, the weights in the leaf's precision.</summary>
    public Value WeightedMean(SurfaceCall c)
    {
        RaggedSizes.RefuseReduction(c);
        var (x, weights) = (Participating(c, 0, 2, PlacedReduceKind.Sum), Participating(c, 1, 2, PlacedReduceKind.Sum).Leaves.Single());
        return x.Group.Select(x =>
        {
            if (!x.Type.IsDifferentiable) throw new Rejected(Diagnostics.IntMean, c.At, c.Name);
            var products = MapNodes([x, weights], p => session.Derivatives.Regions.Lift("weigh", v => v[0] * Graph.Fill(Graph.Cast(v[1], v[0].Type.Element), v[0].Type.Shape), p[0], p[1]));
            var sum = Graph.PlacedReduce(PlacedReduceKind.Sum, products);
            var total = Graph.PlacedReduce(PlacedReduceKind.Sum, MapNodes([weights], p => Graph.Cast(p[0], x.Type.Element)));
            return c.Count == 3 ? Over(sum, total, Participants(c, 2, x.Type.Element)) : Over(sum, total);
        });
    }

    /// <summary>A sum over groups, of which each value may be placed in turn, over one number.</summary>
    private Node Over(Node sum, Node count) => session.Derivatives.Regions.Lift("over", v => v[0] / Graph.Fill(v[1], v[0].Type.Shape), sum, count);

    /// <summary>The same over the groups that take part; NaN if there are none, which no derivative sees: 0 / 0 would make tangents NaN and cotangents 0.</summary>
    private Node Over(Node sum, Node weight, Node participants) => session.Derivatives.Regions.Lift("over", v =>
    {
        var isNobody = Graph.Apply(ScalarOp.Equal, v[2], Graph.Fill(0, v[2]));
        var divisor = Graph.Fill(Graph.Select(isNobody, Graph.One(v[1]), v[1]), v[0].Type.Shape);
        return Graph.Select(Graph.Fill(isNobody, v[0].Type.Shape), Graph.Fill(double.NaN, v[0]), v[0] / divisor);
    }, sum, weight, participants);

    private Node Participants(SurfaceCall c, int mask, ElementType element) =>
        Graph.PlacedReduce(PlacedReduceKind.Sum, MapNodes([((PlacedValue)c.Arguments[mask]).Leaves.Single()], p => Graph.Cast(p[0], element)));

    /// <summary>The sum over the groups that take part, over their number.</summary>
    public Value MeanOfParticipants(SurfaceCall c)
    {
        return Participating(c, 0, 1, PlacedReduceKind.Sum).Group.Select(x =>
        {
            if (!x.Type.IsDifferentiable) throw new Rejected(Diagnostics.IntMean, c.At, c.Name);
            var participants = Participants(c, 1, x.Type.Element);
            return Over(Graph.PlacedReduce(PlacedReduceKind.Sum, x), participants, participants);
        });
    }

    /// <summary>
    /// An argument, in the groups that take part; in the others what changes no reduction of the kind. The choice is a branch, and stays one
    /// through differentiation.
    /// </summary>
    public PlacedValue Participating(SurfaceCall c, int argument, int mask, PlacedReduceKind kind)
    {
        if (c.Arguments[argument] is not PlacedValue placed) throw new Poisoned();
        if (mask >= c.Count) return placed;
        var chosen = ((PlacedValue)c.Arguments[mask]).Leaves.Single();
        return (PlacedValue)Over(placed, chosen.Type.Placements[0], c, argument).Select(leaf => MapNodes([leaf, chosen], p =>
            Graph.Branch(p[1], new Func(Participation.Present, [p[0]], [p[0]]), Absent(p[0].Type), [p[0]])[0]));

        Func Absent(Ir.ValueType type) => new("absent", [Graph.Param("x", type)], [Neutral(kind, type)]);
    }

    private Node Neutral(PlacedReduceKind kind, Ir.ValueType type) => type.IsPlaced
        ? Graph.Broadcast(Neutral(kind, Regions.Inside(type)), type.Placements[0])
        : Graph.Fill((kind, type.Element) switch
        {
            (PlacedReduceKind.Max, ElementType.Int32) => int.MinValue,
            (PlacedReduceKind.Min, ElementType.Int32) => int.MaxValue,
            (PlacedReduceKind.Max, _) => double.NegativeInfinity,
            (PlacedReduceKind.Min, _) => double.PositiveInfinity,
            _ => 0,
        }, type);

    /// <summary>The groups' values, leaf by leaf, as arrays with a new first axis.</summary>
    public Value Collect(SurfaceCall c) => c.Arguments[0] is PlacedValue placed ? placed.Group.Select(leaf => Collected(leaf, c)) : throw new Poisoned();

    private Node Collected(Node leaf, SurfaceCall c)
    {
        RaggedSizes.RefuseReduction(c, c.Count - 1);
        if (leaf.Type.Placements.Count != 1) throw new Rejected(Diagnostics.CollectNested, c.At, c.Name, c.Text(c.Count - 1));
        return Graph.Collect(leaf);
    }

    /// <summary>Rows of an array to the groups.</summary>
    public PlacedValue Spread(SurfaceCall c)
    {
        var placement = Placement("Placed.Rows", c.At, c.Scope);
        Equate(c.Node(0).Type.Shape[0], placement.Size, $"Rows: {c.Side(0, 0).Words(0)}, '{placement.Name}' has {{1}} groups", c.At);
        return new PlacedValue(new Data(Graph.Spread(c.Node(0), placement)));
    }

    /// <summary>The user's operation, over the collected groups in order.</summary>
    public Value Fold(SurfaceCall c)
    {
        var s = c.Scope;
        if (c.Arguments[c.Count - 1] is not PlacedValue placed) throw new Poisoned();
        var f = c.Function(0);
        var all = placed.Group.Select(leaf => Collected(leaf, c));
        var isSeeded = c.Count == 3;
        var seed = isSeeded ? c.Arguments[1] : all.Select(leaf => Graph.At(leaf, Graph.Const(0, ElementType.Int32)));
        var trips = placed.Leaves.First().Type.Placements[0].Size - (isSeeded ? 0 : 1);
        var region = new Region(session, s.Region, s.Region.Placement);
        var index = Graph.Param("group", Ir.ValueType.Scalar(ElementType.Int32));
        var (parameters, inside) = (new List<Param>(), s.Inside(region));
        DeclareThrown(inside);
        var total = seed.Select(leaf =>
        {
            parameters.Add(Graph.Param(f.Symbol.Parameters[0].Name, leaf.Type));
            return parameters[parameters.Count - 1];
        });
        var at = isSeeded ? index : index + Graph.Const(1, ElementType.Int32);
        var next = all.Select(leaf => Graph.At(region.Import(leaf, s.Region, f.Symbol.Parameters[1].Name), at, Bounds.Inside));
        var value = c.Invoke(f, [total, next], inside);
        if (!value.IsData) throw new Rejected(Diagnostics.Closure, c.At, "reduced");
        KeepsShapes(c, seed, value);
        var thrown = ThrownFromTrips(inside);
        var results = new Queue<Node>(Graph.Loop(trips, reverse: false, region.Close("fold", [index, .. parameters, .. thrown.Parameters], [.. value.Leaves, .. thrown.Next]), [.. seed.Leaves, .. thrown.Initial], region.Operands));
        var folded = seed.Select(_ => results.Dequeue());
        RethrowFromTrips(results, s);
        return folded;
    }

    /// <summary>The operation must give what it takes.</summary>
    private void KeepsShapes(SurfaceCall c, Value before, Value after)
    {
        foreach (var (x, y) in before.Leaves.Zip(after.Leaves, (x, y) => (x.Type, y.Type)))
            for (var axis = 0; axis < x.Rank; axis++)
            {
                if ((x.Shape[axis] - y.Shape[axis]).AsConstant is { } d && d != 0)
                    throw new Rejected(Diagnostics.FoldShape, SourceOf(c, 0), Describe(before), Describe(after));
                Equate(x.Shape[axis], y.Shape[axis], $"Reduce: the operation takes size {{0}} along axis {axis} and gives {{1}}", c.At);
            }
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
        return c.Translator.Participating(c, 0, 1, kind).Group.Select(leaf => c.Graph.PlacedReduce(kind, leaf));
    }

    /// <summary>Overloads of ints give a double; an int leaf of a structure has no mean of its type.</summary>
    private static Value ReduceMean(SurfaceCall c)
    {
        if (c.Arguments[0] is not PlacedValue placed) throw new Poisoned();
        RaggedSizes.RefuseReduction(c);
        if (c.Count == 2) return c.Translator.MeanOfParticipants(c);
        var declared = CSharpTypes.Array(CSharpTypes.Resolve(c.Method.ReturnType, c.Scope.Types));
        return placed.Group.Select(leaf =>
        {
            if (leaf.Type.IsDifferentiable) return c.Graph.PlacedReduce(PlacedReduceKind.Mean, leaf);
            if (declared is not { Element: ElementType.Float64 }) throw new Rejected(Diagnostics.IntMean, c.At, c.Name);
            return c.Graph.PlacedReduce(PlacedReduceKind.Mean, c.Translator.MapNodes([leaf], p => c.Graph.Cast(p[0], ElementType.Float64)));
        });
    }
}
