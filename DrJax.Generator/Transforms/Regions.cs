using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Makes regions of derived functions: without the operands that their functions do not read; and lifts formulas over placements.</summary>
internal sealed class Regions(Graph graph)
{
    private readonly Dictionary<(Func, Func), (Func, Func, ImmutableArray<int>)> trimmed = [];
    private readonly Dictionary<(string, EquatableArray<Ir.ValueType>), Func> lifted = [];

    public ImmutableArray<Node> Call(Func callee, IEnumerable<Node> arguments, bool isCheckpoint = false)
    {
        var (func, _, kept) = Trim(callee, callee);
        return graph.Call(func, Take(arguments, kept), isCheckpoint);
    }

    public ImmutableArray<Node> Map(Placement placement, Func body, IEnumerable<Node> operands)
    {
        var (func, _, kept) = Trim(body, body);
        return graph.Map(placement, func, Take(operands, kept));
    }

    public ImmutableArray<Node> Branch(Node condition, Func then, Func otherwise, IEnumerable<Node> arguments)
    {
        var (first, second, kept) = Trim(then, otherwise);
        return graph.Branch(condition, first, second, Take(arguments, kept));
    }

    /// <summary>A formula over values of which some may be placed: a map over their groups, in which the others are broadcast. <paramref name="key"/> names the formula.</summary>
    public Node Lift(string key, Func<ImmutableArray<Node>, Node> formula, params ImmutableArray<Node> x)
    {
        if (x.FirstOrDefault(v => v.Type.IsPlaced) is not { } placed) return formula(x);
        var placement = placed.Type.Placements[0];
        ImmutableArray<Node> operands = [.. x.Select(v => v.Type.Placements.Contains(placement) ? v : graph.Broadcast(v, placement))];
        if (operands.All(v => v is Broadcast)) return graph.Broadcast(Lift(key, formula, [.. operands.Select(v => v.Operands[0])]), placement);
        var types = operands.Select(v => Inside(v.Type)).ToEquatable();
        if (!lifted.TryGetValue((key, types), out var body))
        {
            ImmutableArray<Param> parameters = [.. types.Select((type, i) => graph.Param($"x{i}", type))];
            lifted[(key, types)] = body = new Func(key, parameters, [Lift(key, formula, [.. parameters])]);
        }
        return graph.Map(placement, body, operands)[0];
    }

    public Node Zero(Ir.ValueType type) => type.IsPlaced
        ? graph.Broadcast(Zero(Inside(type)), type.Placements[0])
        : graph.Zero(type);

    public static bool IsZero(Node x) => x is Broadcast { X: var inner } ? IsZero(inner) : Simplify.IsFill(x, 0);

    /// <summary>The sum; updates and scatters move outwards, so that in a loop the array is added to in place and never copied.</summary>
    public Node Add(Node a, Node b)
    {
        if (IsZero(a)) return b;
        if (IsZero(b)) return a;
        if (a.Type.IsPlaced) return Lift("add", x => Add(x[0], x[1]), a, b);
        if (b is Update { Mode: UpdateMode.Add } v) return graph.Update(Add(a, v.X), v.Value, v.Starts, UpdateMode.Add, v.Bounds);
        if (a is Update { Mode: UpdateMode.Add } u) return graph.Update(Add(u.X, b), u.Value, u.Starts, UpdateMode.Add, u.Bounds);
        if (b is ScatterAdd p) return graph.ScatterAdd(Add(a, p.X), p.Updates, p.Indices, p.Axes, p.Bounds);
        if (a is ScatterAdd q) return graph.ScatterAdd(Add(q.X, b), q.Updates, q.Indices, q.Axes, q.Bounds);
        return a + b;
    }

    /// <summary>Entry <paramref name="index"/> of a value stacked by a loop, in an iteration of a loop that makes as many trips.</summary>
    public Node At(Node stacked, Node index) => Lift("at", x => graph.At(x[0], x[1], Bounds.Inside), stacked, index);

    /// <summary>The type in one group of the outermost placement.</summary>
    public static Ir.ValueType Inside(Ir.ValueType type) => type with { Placements = type.Placements.Skip(1).ToEquatable() };

    private static IEnumerable<Node> Take(IEnumerable<Node> nodes, ImmutableArray<int> kept)
    {
        ImmutableArray<Node> all = [.. nodes];
        return kept.Select(i => all[i]);
    }

    private (Func, Func, ImmutableArray<int>) Trim(Func first, Func second)
    {
        if (trimmed.TryGetValue((first, second), out var known)) return known;
        var used = new HashSet<Node>(first.Nodes.Concat(second.Nodes));
        ImmutableArray<int> kept = [.. Enumerable.Range(0, first.Parameters.Length)
            .Where(i => used.Contains(first.Parameters[i]) || used.Contains(second.Parameters[i]))];
        return trimmed[(first, second)] = (Only(first), first == second ? Only(first) : Only(second), kept);

        Func Only(Func f) => kept.Length == f.Parameters.Length ? f : new Func(f.Name, [.. kept.Select(i => f.Parameters[i])], f.Results);
    }
}
