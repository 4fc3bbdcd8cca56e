using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>On which parameters each result of a function depends, seeing through regions.</summary>
internal sealed class Dependence
{
    private readonly Dictionary<Func, ImmutableArray<ImmutableHashSet<int>>> known = [];

    public ImmutableArray<ImmutableHashSet<int>> Of(Func f)
    {
        if (known.TryGetValue(f, out var results)) return results;
        var sets = new Dictionary<Node, ImmutableHashSet<int>>();
        for (var i = 0; i < f.Parameters.Length; i++) sets[f.Parameters[i]] = [i];
        foreach (var node in f.Nodes)
        {
            if (node is Param or Region) continue;
            var operands = node is Result result ? Operands(result.Region, result.Index).Select(i => result.Region.Operands[i]) : node.Operands;
            sets[node] = operands.Aggregate(ImmutableHashSet<int>.Empty, (set, o) => set.Union(sets[o]));
        }
        return known[f] = [.. f.Results.Select(r => sets[r])];
    }

    /// <summary>The operands of a region that one of its results depends on.</summary>
    public IEnumerable<int> Operands(Region region, int result) => region switch
    {
        Call n => Of(n.Callee)[result],
        Map n => Of(n.Body)[result],
        Branch n => Of(n.Then)[result].Union(Of(n.Otherwise)[result]).Select(i => i + 1).Prepend(0),
        Loop n => [.. LoopParameters(n, [result]).Where(i => i > 0).Select(i => i - 1), .. n.Count is null ? [] : new[] { n.Operands.Length - 1 }],
        _ => throw new IrException($"no rule for {region.GetType().Name}"),
    };

    /// <summary>The parameters of a loop's body (and condition) that some iteration must have, for the given results.</summary>
    public ImmutableHashSet<int> LoopParameters(Loop n, IEnumerable<int> results)
    {
        var body = Of(n.Body);
        // How many iterations there are concerns every result.
        var needed = n.Condition is { } condition ? Of(condition)[0] : [];
        var open = new Stack<int>(results);
        var seen = new HashSet<int>(open);
        Reach();
        while (open.Count > 0)
        {
            var result = open.Pop();
            needed = needed.Union(body[result]);
            // The final value of a carried local is its initial one if there is no iteration.
            if (result < n.Carried) needed = needed.Add(1 + result);
            Reach();
        }
        return needed;

        void Reach()
        {
            foreach (var carried in needed.Where(i => i >= 1 && i <= n.Carried))
                if (seen.Add(carried - 1)) open.Push(carried - 1);
        }
    }
}
