using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Forward: tangents of the active carried values are carried along.
/// Reverse: the loop run backwards carries the cotangents of the carried values and accumulates those of the invariants; an iteration
/// recomputes its forward values from the carried values at its start, which a forward loop stacks: those only that are read.
/// </summary>
internal sealed partial class Pushforward
{
    private (ImmutableArray<Node>, ImmutableArray<Node?>) Derive(Loop n, ImmutableArray<Node> x)
    {
        var push = derivatives.Push(n.Body, activity.Body(n));
        var body = n.Body.Parameters;
        var (carried, outputs) = (n.Carried, n.Body.Results.Length);
        ImmutableArray<int> activeCarried = [.. Enumerable.Range(0, carried).Where(j => push.ParameterTangents[1 + j] is not null)];
        ImmutableArray<int> activeInvariants = [.. Enumerable.Range(carried, body.Length - 1 - carried).Where(j => push.ParameterTangents[1 + j] is not null)];
        ImmutableArray<int> activeStacked = [.. Enumerable.Range(carried, outputs - carried).Where(j => push.Tangents[j] is not null)];
        var derived = new Func(push.Func.Name,
            [
                .. body.Take(1 + carried), .. activeCarried.Select(j => push.ParameterTangents[1 + j]!),
                .. body.Skip(1 + carried), .. activeInvariants.Select(j => push.ParameterTangents[1 + j]!),
            ],
            [
                .. push.Results.Take(carried), .. activeCarried.Select(j => push.Tangents[j] ?? regions.Zero(push.Results[j].Type)),
                .. push.Results.Skip(carried), .. activeStacked.Select(j => push.Tangents[j]!),
            ]);
        var results = g.Loop(n.Count, n.Reverse, derived,
            [.. x.Take(carried), .. activeCarried.Select(j => TangentOrZero(n.Operands[j]))],
            [.. x.Skip(carried), .. activeInvariants.Select(j => Tangent(n.Operands[j])!)]);
        var stacked = carried + activeCarried.Length;
        var primals = results.Take(carried).Concat(results.Skip(stacked).Take(outputs - carried)).ToImmutableArray();
        var tangents = new Node?[outputs];
        for (var k = 0; k < activeCarried.Length; k++) tangents[activeCarried[k]] = results[carried + k];
        for (var k = 0; k < activeStacked.Length; k++) tangents[activeStacked[k]] = results[stacked + outputs - carried + k];
        return (primals, [.. tangents]);
    }
}

internal sealed partial class Pullback
{
    private void Transpose(Loop n, Node?[] cts)
    {
        var (body, carried) = (n.Body, n.Carried);
        var (pull, live) = Settle(n, cts);
        int[] liveCarried = [.. Enumerable.Range(0, carried).Where(j => live[j])];
        int[] invariants = [.. Enumerable.Range(carried, n.Operands.Length - carried).Where(j => pull.ParameterCotangents[1 + j] is not null)];
        int[] ctStacked = [.. Enumerable.Range(carried, cts.Length - carried).Where(j => cts[j] is not null)];

        // What an iteration of the backward loop reads of its forward iteration.
        var read = new HashSet<Node>(new Func("read", [], [.. pull.ParameterCotangents.OfType<Node>()]).Nodes);
        int[] readOperands = [.. Enumerable.Range(0, n.Operands.Length).Where(j => read.Contains(body.Parameters[1 + j]))];
        int[] stacked = [.. readOperands.Where(j => j < carried && body.Results[j] != body.Parameters[1 + j])];
        int[] constant = [.. readOperands.Except(stacked)];
        var stacks = Stacking(n, stacked);

        // The backward body: (index, cotangents carried, sums of invariants' cotangents, what it reads ..).
        var index = body.Parameters[0];
        ImmutableArray<Param> sums = [.. invariants.Select(j => g.Param("sum." + body.Parameters[1 + j].Name, body.Parameters[1 + j].Type))];
        ImmutableArray<Param> stackParams = [.. stacks.Select((s, k) => g.Param("all." + body.Parameters[1 + stacked[k]].Name, s.Type))];
        ImmutableArray<Param> ctParams = [.. ctStacked.Select(j => g.Param($"ct{j}", cts[j]!.Type))];
        var map = new Dictionary<Node, Node>();
        for (var k = 0; k < stacked.Length; k++) map[body.Parameters[1 + stacked[k]]] = regions.At(stackParams[k], index);
        for (var k = 0; k < ctStacked.Length; k++) map[pull.ResultCotangents[ctStacked[k]]!] = regions.At(ctParams[k], index);
        var values = g.Substitute(
            liveCarried.Select(j => pull.ParameterCotangents[1 + j] ?? regions.Zero(body.Parameters[1 + j].Type))
                .Concat(invariants.Select(j => pull.ParameterCotangents[1 + j]!)), map);
        var backward = new Func($"vjp.{body.Name}",
            [index, .. liveCarried.Select(j => pull.ResultCotangents[j]!), .. sums, .. constant.Select(j => body.Parameters[1 + j]), .. stackParams, .. ctParams],
            [.. values.Take(liveCarried.Length), .. sums.Select((sum, k) => regions.Add(sum, values[liveCarried.Length + k]))]);
        var results = g.Loop(n.Count, !n.Reverse, backward,
            [.. liveCarried.Select(j => cts[j] ?? regions.Zero(n.Operands[j].Type)), .. invariants.Select(j => regions.Zero(n.Operands[j].Type))],
            [.. constant.Select(j => n.Operands[j]), .. stacks, .. ctStacked.Select(j => cts[j]!)]);
        for (var k = 0; k < liveCarried.Length; k++) Contribute(n.Operands[liveCarried[k]], results[k]);
        for (var k = 0; k < invariants.Length; k++) Contribute(n.Operands[invariants[k]], results[liveCarried.Length + k]);
    }

    /// <summary>The body's derivative for the carried values that have a cotangent after some iteration of the backward loop.</summary>
    private (Pullback Pull, bool[] Live) Settle(Loop n, Node?[] cts)
    {
        bool[] live = [.. cts.Take(n.Carried).Select(ct => ct is not null)];
        while (true)
        {
            var given = cts.Select((ct, j) => j < n.Carried ? live[j] : ct is not null).ToEquatable();
            var pull = derivatives.Pull(n.Body, activity.Body(n), given);
            bool[] next = [.. live.Select((l, j) => l || pull.ParameterCotangents[1 + j] is not null)];
            if (next.SequenceEqual(live)) return (pull, live);
            live = next;
        }
    }

    /// <summary>The values of carried locals at the start of every iteration, from a loop that takes the original's place.</summary>
    private ImmutableArray<Node> Stacking(Loop n, int[] stacked)
    {
        if (stacked.Length == 0) return [];
        var body = new Func(n.Body.Name, n.Body.Parameters, [.. n.Body.Results, .. stacked.Select(j => n.Body.Parameters[1 + j])]);
        var results = g.Loop(n.Count, n.Reverse, body, n.Initial, n.Invariants);
        replaced.AddRange(g.Results(n).Zip(results, (r, stacking) => (r, stacking)));
        return results.RemoveRange(0, n.Body.Results.Length);
    }
}
