using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Drops from regions the results that nothing uses and the operands that no result needs; lets constants and sizes into them; hands on operands that
/// they return unchanged; makes invariants of carried values that never change. Derivatives leave much of this behind.
/// </summary>
internal sealed class Prune(Graph graph)
{
    private readonly Dependence dependence = new();
    private readonly Regions regions = new(graph);
    private readonly Dictionary<(Func, EquatableArray<int>, EquatableArray<Node>), Func> done = [];

    public Func Run(Func f) => Restrict(f, [.. Enumerable.Range(0, f.Results.Length)], [.. f.Parameters]);

    /// <summary>The function of some of its results. Entry i of <paramref name="arguments"/> stands for parameter i: a parameter of the new function or a constant.</summary>
    private Func Restrict(Func f, EquatableArray<int> results, EquatableArray<Node> arguments)
    {
        if (done.TryGetValue((f, results, arguments), out var known)) return known;
        var used = Used(f, results);
        var values = new Dictionary<Node, Node>();
        for (var i = 0; i < f.Parameters.Length; i++) values[f.Parameters[i]] = arguments[i];
        foreach (var node in f.Nodes)
        {
            if (node is Param || !used.Contains(node)) continue;
            if (node is Region region) AddResults(region, used, values);
            else if (node is not Result)
            {
                ImmutableArray<Node> x = [.. node.Operands.Select(o => values[o])];
                values[node] = x.SequenceEqual(node.Operands) ? node : graph.Rebuild(node, x);
            }
        }
        return done[(f, results, arguments)] = new(f.Name, [.. arguments.OfType<Param>().Distinct()], [.. results.Select(i => values[f.Results[i]])]);
    }

    /// <summary>The nodes that the results need: users come before what they use.</summary>
    private HashSet<Node> Used(Func f, EquatableArray<int> results)
    {
        var used = new HashSet<Node>(results.Select(i => f.Results[i]));
        var wanted = new Dictionary<Region, HashSet<int>>();
        foreach (var node in f.Nodes.Reverse())
        {
            if (!used.Contains(node)) continue;
            if (node is Result result)
            {
                if (!wanted.TryGetValue(result.Region, out var indices)) wanted[result.Region] = indices = [];
                indices.Add(result.Index);
                used.Add(result.Region);
            }
            else if (node is Region region) used.UnionWith(wanted[region].SelectMany(i => dependence.Operands(region, i)).Select(i => region.Operands[i]));
            else used.UnionWith(node.Operands);
        }
        return used;
    }

    private void AddResults(Region region, HashSet<Node> used, Dictionary<Node, Node> values)
    {
        var all = graph.Results(region);
        EquatableArray<int> live = [.. Enumerable.Range(0, all.Length).Where(i => used.Contains(all[i]))];
        ImmutableArray<Node?> x = [.. region.Operands.Select(o => values.TryGetValue(o, out var value) ? value : null)];
        var made = region switch
        {
            Call n => OfCall(n, live, x),
            Branch n => OfBranch(n, live, x),
            Map n => OfMap(n, live, x),
            Loop n => OfLoop(n, live, x),
            _ => throw new IrException($"no rule to prune {region.GetType().Name}"),
        };
        for (var k = 0; k < live.Count; k++) values[all[live[k]]] = made[k];
    }

    private Node[] OfCall(Call n, EquatableArray<int> live, ImmutableArray<Node?> x)
    {
        var (arguments, operands) = Arguments(n.Callee, x, x);
        var callee = Restrict(n.Callee, live, arguments);
        return Handed(callee.Results, operands, () => regions.Call(callee, Operands(callee, operands)));
    }

    private Node[] OfMap(Map n, EquatableArray<int> live, ImmutableArray<Node?> x)
    {
        var (arguments, operands) = Arguments(n.Body, x, [.. x.Select(o => o is Broadcast b ? b.X : null)]);
        var body = Restrict(n.Body, live, arguments);
        if (!body.Nodes.Any(node => node is Param || Ragged.DependsOnGroup(node))) return [.. body.Results.Select(r => graph.Broadcast(r, n.Placement))];
        return Handed(body.Results, operands, () => regions.Map(n.Placement, body, Operands(body, operands)));
    }

    private Node[] OfBranch(Branch n, EquatableArray<int> live, ImmutableArray<Node?> x)
    {
        var (arguments, operands) = Arguments(n.Then, x.RemoveAt(0), x.RemoveAt(0));
        // Both arms take the parameters of the first.
        var then = Restrict(n.Then, live, arguments);
        var otherwise = Restrict(n.Otherwise, live, arguments);
        if (x[0] is Const known && (known.Value != 0 ? then : otherwise) is var taken) return [.. graph.Inline(taken, Operands(taken, operands))];
        return Handed(then.Results.Zip(otherwise.Results, (a, b) => a == b ? a : null), operands,
            () => regions.Branch(x[0]!, then, otherwise, Operands(then, operands)));
    }

    private Node[] OfLoop(Loop n, EquatableArray<int> live, ImmutableArray<Node?> x)
    {
        var needed = dependence.LoopParameters(n, live);
        bool Constant(int j) => n.Body.Results[j] == n.Body.Parameters[1 + j];
        int[] carried = [.. Enumerable.Range(0, n.Carried).Where(j => needed.Contains(1 + j) && !Constant(j))];
        int[] invariants = [.. Enumerable.Range(0, n.BodyOperands.Length).Where(j => needed.Contains(1 + j) && (j >= n.Carried || Constant(j)))];
        int[] stacked = [.. live.Where(i => i >= n.Carried)];
        // Carried values are never constants: each keeps its own parameter.
        var values = x.Take(n.BodyOperands.Length).Select((o, j) => invariants.Contains(j) ? o : null).ToImmutableArray();
        var (arguments, operands) = Arguments(n.Body, values.Insert(0, null), values.Insert(0, null));
        var restricted = Restrict(n.Body, [.. carried.Concat(stacked)], arguments);
        // The condition takes the parameters of the body.
        var condition = n.Condition is { } own ? Restrict(own, [0], arguments) : null;
        // A loop that never runs: whoever reads an entry of what it stacks never runs either.
        if (condition?.Results[0] is Const { Value: 0 } || (n.Count is not null && x[x.Length - 1] is Const { Value: <= 0 }))
            return [.. live.Select(i => i < n.Carried ? x[i]! : regions.Zero(n.Types[i]))];
        Param[] kept = [.. operands.Keys.OfType<Param>().Where(p => restricted.Nodes.Contains(p) || condition?.Nodes.Contains(p) == true)];
        ImmutableArray<Param> parameters = [n.Body.Parameters[0], .. carried.Select(j => n.Body.Parameters[1 + j]), .. kept];
        var trips = condition is null ? n.Trips : new LoopTrips.While(new(condition.Name, parameters, condition.Results));
        var results = carried.Length + stacked.Length == 0 ? [] : graph.Loop(trips, n.Count is null ? null : x[x.Length - 1], n.Reverse,
            new Func(restricted.Name, parameters, restricted.Results), carried.Select(j => x[j]!), kept.Select(p => operands[p]));
        return [.. live.Select(i =>
            i >= n.Carried ? results[carried.Length + Array.IndexOf(stacked, i)] : Constant(i) ? x[i]! : results[Array.IndexOf(carried, i)])];
    }

    /// <summary>
    /// What stands for each parameter, and the operand of each parameter that remains: a constant stands for itself, equal operands share one
    /// parameter, and one without an operand is not needed.
    /// </summary>
    private static (EquatableArray<Node> Arguments, Dictionary<Node, Node> Operands) Arguments(Func f, ImmutableArray<Node?> x, ImmutableArray<Node?> inside)
    {
        var parameters = new Dictionary<Node, Param>();
        var arguments = f.Parameters.Select((p, i) =>
        {
            if (x[i] is not { } operand) return p;
            if (inside[i] is { } value && IsClosed(value)) return value;
            if (!parameters.TryGetValue(operand, out var first)) parameters[operand] = first = p;
            return (Node)first;
        }).ToEquatable();
        return (arguments, parameters.ToDictionary(p => (Node)p.Value, p => p.Key));
    }

    /// <summary>Constants and sizes, what they are converted to and computed with, repeated to a shape: known before the first group or iteration.</summary>
    private static bool IsClosed(Node x) => x is Const or Size || (x is Cast or Apply or Expand && x.Operands.All(IsClosed));

    /// <summary>Operands in the order of the function's parameters; a parameter without one is not read, and is trimmed away.</summary>
    private static IEnumerable<Node> Operands(Func f, Dictionary<Node, Node> operands) => f.Parameters.Select(p => operands.TryGetValue(p, out var operand) ? operand : p);

    /// <summary>The region's results, of which those that are parameters are the operands themselves.</summary>
    private static Node[] Handed(IEnumerable<Node?> results, Dictionary<Node, Node> operands, Func<ImmutableArray<Node>> region)
    {
        Node?[] handed = [.. results.Select(r => r is not null && operands.TryGetValue(r, out var operand) ? operand : null)];
        if (handed.All(h => h is not null)) return handed!;
        var made = region();
        return [.. handed.Select((h, k) => h ?? made[k])];
    }
}
