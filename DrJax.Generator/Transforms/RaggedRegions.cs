using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>Regions hand each group's number of rows to their functions; a loop over ragged trips does nothing in those that a group has not.</summary>
internal sealed partial class Ragged
{
    private ImmutableArray<Node> OfRegion(Region region, ImmutableArray<Node> x)
    {
        ImmutableArray<string> names = [.. Verifier.Functions(region).SelectMany(Symbols).Distinct().OrderBy(n => n, StringComparer.Ordinal)];
        if (region is Loop { Trips: LoopTrips.Fixed { Count.IsRagged: true } trips })
            names = [.. names.Concat(trips.Count.Atoms.Where(a => a.IsRagged).Select(a => a.Name)).Distinct().OrderBy(n => n, StringComparer.Ordinal)];
        if (names.IsEmpty) return g.Results((Region)g.Rebuild(region, x));
        ImmutableArray<Node> given = [.. names.Select(n => counts[n])];
        switch (region)
        {
            case Map n: return OfMap(n, x, names, given);
            case Branch n:
                ImmutableArray<Param> parameters = [.. g.Fresh(n.Then.Parameters), .. Counts(names, given)];
                var then = Inside(n.Then, n.Arguments, x.RemoveAt(0), parameters, names, conditional: true);
                var otherwise = Inside(n.Otherwise, n.Arguments, x.RemoveAt(0), parameters, names, conditional: true);
                return g.Branch(x[0], new Func(n.Then.Name, parameters, then), Renamed(new Func(n.Otherwise.Name, parameters, otherwise)), [.. x.RemoveAt(0), .. given]);
            case Loop n: return OfLoop(n, x, names, given);
            default: throw new IrException($"no rule for {region.GetType().Name} over groups of unequal size");
        }
    }

    private ImmutableArray<Node> OfMap(Map n, ImmutableArray<Node> x, ImmutableArray<string> names, ImmutableArray<Node> given)
    {
        ImmutableArray<Node> counted = [.. given.Select(c => c.Type.IsPlaced && c.Type.Placements[0].Equals(n.Placement) ? c : g.Broadcast(c, n.Placement))];
        ImmutableArray<Param> parameters = [.. g.Fresh(n.Body.Parameters), .. names.Select((name, i) =>
            g.Param(RowCounts.NameOf(new Atom(name)), Regions.Inside(counted[i].Type)))];
        var isInGroup = parameters.Skip(x.Length).All(p => !p.Type.IsPlaced);
        var inner = new Ragged(g, Named(names, parameters.Skip(x.Length)), isInGroup, isConditional, []);
        // In memory, rows after a group's own are zeros.
        inner.padded.UnionWith(parameters.Where((p, i) => i < x.Length && x[i] is not Broadcast));
        var values = inner.Results(n.Body, parameters);
        if (isInGroup) values = [.. values.Select(v => inner.Masked(v, 0))];
        return g.Map(n.Placement, new Func(n.Body.Name, parameters, values), [.. x, .. counted]);
    }

    private ImmutableArray<Node> OfLoop(Loop n, ImmutableArray<Node> x, ImmutableArray<string> names, ImmutableArray<Node> given)
    {
        var operands = x.Take(n.BodyOperands.Length).ToImmutableArray();
        ImmutableArray<Param> parameters = [.. g.Fresh(n.Body.Parameters), .. Counts(names, given)];
        var trips = n.Trips is LoopTrips.While { Condition: var condition }
            ? new LoopTrips.While(Renamed(new Func(condition.Name, parameters, Inner(condition)))) : n.Trips;
        var body = new Func(n.Body.Name, parameters, Inner(n.Body));
        ImmutableArray<Node> count = [.. x.Skip(operands.Length)];
        if (isInGroup && n.Trips is LoopTrips.Fixed { Count: { IsRagged: true } own })
        {
            // A stack has room for the longest group's entries; without one the loop ends with the group.
            if (body.Results.Length > n.Carried) body = OnlyBefore(own, body, n.Carried, names);
            else (trips, count) = (new LoopTrips.Given(), [Number(own)]);
        }
        return g.Results(new Loop(trips, n.Reverse, n.Carried, body, [.. operands, .. given, .. count]));

        ImmutableArray<Node> Inner(Func f)
        {
            var index = new Dictionary<Node, Dim>();
            if (n.Trips is LoopTrips.Fixed { Count: var extent }) index[f.Parameters[0]] = extent;
            return Inside(f, [.. Enumerable.Repeat<Node?>(null, 1 + n.Carried), .. n.BodyOperands.Skip(n.Carried)],
                [.. Enumerable.Repeat<Node?>(null, 1 + n.Carried), .. operands.Skip(n.Carried)], parameters, names, conditional: false, index);
        }
    }

    /// <summary>A loop's body that does nothing from the group's true number of trips on.</summary>
    private Func OnlyBefore(Dim count, Func body, int carried, ImmutableArray<string> names)
    {
        var parameters = g.Fresh(body.Parameters);
        var here = new Ragged(g, Named(names, parameters.Skip(parameters.Length - names.Length)), isInGroup, isConditional, []);
        var otherwise = g.Fresh(body.Parameters);
        var idle = body.Results.Select((r, i) => i < carried ? otherwise[1 + i] : g.Zero(r.Type));
        return new Func(body.Name, parameters, g.Branch(g.Apply(ScalarOp.Less, parameters[0], here.Number(count)),
            body, new Func("idle", otherwise, [.. idle]), parameters));
    }

    /// <summary>The results of a region's function, which knows of its parameters what is known of the operands (null: nothing).</summary>
    private ImmutableArray<Node> Inside(Func f, IEnumerable<Node?> operands, IEnumerable<Node?> now, ImmutableArray<Param> parameters, ImmutableArray<string> names,
        bool conditional, Dictionary<Node, Dim>? index = null)
    {
        var known = index ?? [];
        foreach (var (operand, p) in operands.Zip(f.Parameters, (o, p) => (o, p)))
            if (operand is not null && extents.TryGetValue(operand, out var extent)) known[p] = extent;
        var inner = new Ragged(g, Named(names, parameters.Skip(f.Parameters.Length)), isInGroup, isConditional || conditional, known);
        foreach (var (value, p) in now.Zip(parameters, (v, p) => (v, p)))
            if (value is not null && padded.Contains(value)) inner.padded.Add(p);
        return inner.Results(f, parameters);
    }

    private IEnumerable<Param> Counts(ImmutableArray<string> names, ImmutableArray<Node> given) =>
        names.Select((name, i) => g.Param(RowCounts.NameOf(new Atom(name)), given[i].Type));

    private static Dictionary<string, Node> Named(ImmutableArray<string> names, IEnumerable<Param> parameters) =>
        names.Zip(parameters, (name, p) => (name, p)).ToDictionary(t => t.name, t => (Node)t.p);

    /// <summary>The function with parameters of its own.</summary>
    private Func Renamed(Func f)
    {
        var fresh = g.Fresh(f.Parameters);
        return new Func(f.Name, fresh, g.Inline(f, fresh));
    }
}
