using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Forward: tangents of the active carried values are carried along.
/// Reverse: the loop run backwards carries the cotangents of the carried values and accumulates those of the invariants; an iteration
/// computes its forward values again from the carried values at its start and from what was costly, which a forward loop stacks. It makes as many
/// trips as the forward loop has made.
/// </summary>
internal sealed partial class Pushforward
{
    private (ImmutableArray<Node>, ImmutableArray<Node?>) Derive(Loop n, ImmutableArray<Node> x)
    {
        var push = derivatives.Push(n.Body, activity.Body(n));
        var (body, operands) = (n.Body.Parameters, n.BodyOperands);
        var (carried, outputs) = (n.Carried, n.Body.Results.Length);
        ImmutableArray<int> activeCarried = [.. Enumerable.Range(0, carried).Where(j => push.ParameterTangents[1 + j] is not null)];
        ImmutableArray<int> activeInvariants = [.. Enumerable.Range(carried, operands.Length - carried).Where(j => push.ParameterTangents[1 + j] is not null)];
        ImmutableArray<int> activeStacked = [.. Enumerable.Range(carried, outputs - carried).Where(j => push.Tangents[j] is not null)];
        var derived = new Func(push.Func.Name, Parameters(body),
            [
                .. push.Results.Take(carried), .. activeCarried.Select(j => push.Tangents[j] ?? regions.Zero(push.Results[j].Type)),
                .. push.Results.Skip(carried), .. activeStacked.Select(j => push.Tangents[j]!),
            ]);
        // The condition has the body's parameters, and reads no tangent.
        var trips = n.Condition is { } condition ? new LoopTrips.While(new(condition.Name, Parameters(condition.Parameters), condition.Results)) : n.Trips;
        var results = g.Loop(trips, n.Count is null ? null : x[x.Length - 1], n.Reverse, derived,
            [.. x.Take(carried), .. activeCarried.Select(j => TangentOrZero(operands[j]))],
            [.. x.Take(operands.Length).Skip(carried), .. activeInvariants.Select(j => Tangent(operands[j])!)]);
        var stacked = carried + activeCarried.Length;
        var primals = results.Take(carried).Concat(results.Skip(stacked).Take(outputs - carried)).ToImmutableArray();
        var tangents = new Node?[outputs];
        for (var k = 0; k < activeCarried.Length; k++) tangents[activeCarried[k]] = results[carried + k];
        for (var k = 0; k < activeStacked.Length; k++) tangents[activeStacked[k]] = results[stacked + outputs - carried + k];
        return (primals, [.. tangents]);

        ImmutableArray<Param> Parameters(ImmutableArray<Param> own) =>
        [
            .. own.Take(1 + carried), .. activeCarried.Select(j => push.ParameterTangents[1 + j]!),
            .. own.Skip(1 + carried), .. activeInvariants.Select(j => push.ParameterTangents[1 + j]!),
        ];
    }
}

internal sealed partial class Pullback
{
    private void Transpose(Loop n, Node?[] cts)
    {
        var (body, carried, operands) = (n.Body, n.Carried, n.BodyOperands);
        var (pull, live) = Settle(n, cts);
        int[] liveCarried = [.. Enumerable.Range(0, carried).Where(j => live[j])];
        int[] invariants = [.. Enumerable.Range(carried, operands.Length - carried).Where(j => pull.ParameterCotangents[1 + j] is not null)];
        int[] ctStacked = [.. Enumerable.Range(carried, cts.Length - carried).Where(j => cts[j] is not null)];

        // What an iteration of the backward loop reads of its forward iteration.
        var read = Read(n, pull);
        int[] constant = [.. Enumerable.Range(0, operands.Length).Where(j => read.Contains(body.Parameters[1 + j]) && IsConstant(n, j))];
        Node[] stacked = [.. read.Except(constant.Select(j => body.Parameters[1 + j]))];
        var (stacks, count) = Stacking(n, pull, stacked);

        // The backward body: (index, cotangents carried, sums of invariants' cotangents, what it reads ..).
        var index = body.Parameters[0];
        ImmutableArray<Param> sums = [.. invariants.Select(j => g.Param("sum." + body.Parameters[1 + j].Name, body.Parameters[1 + j].Type))];
        ImmutableArray<Param> stackParams = [.. stacks.Select((s, k) => g.Param(stacked[k] is Param p ? "all." + p.Name : $"all{k}", s.Type))];
        var entries = new StackEntries(regions, index);
        var map = new Dictionary<Node, Node>();
        for (var k = 0; k < stacked.Length; k++) map[stacked[k]] = regions.At(stackParams[k], index);
        foreach (var j in ctStacked) map[pull.ResultCotangents[j]!] = entries.Of(cts[j]!, $"ct{j}");
        var values = g.Substitute(
            liveCarried.Select(j => pull.ParameterCotangents[1 + j] ?? regions.Zero(body.Parameters[1 + j].Type))
                .Concat(invariants.Select(j => pull.ParameterCotangents[1 + j]!)), map);
        // An invariant of which iteration i reads entry i only has its cotangent stacked; the others are summed.
        var ofInvariants = values.Skip(liveCarried.Length)
            .Select((value, k) => (Operand: invariants[k], Value: value, Sum: sums[k], Entry: entries.Only(value, n.Trips.Extent))).ToArray();
        var summed = ofInvariants.Where(v => v.Entry is null).ToArray();
        var scanned = ofInvariants.Where(v => v.Entry is not null).ToArray();
        var backward = new Func($"vjp.{body.Name}",
            [
                index, .. liveCarried.Select(j => pull.ResultCotangents[j]!), .. summed.Select(v => v.Sum), .. constant.Select(j => body.Parameters[1 + j]),
                .. stackParams, .. entries.Parameters,
            ],
            [.. values.Take(liveCarried.Length), .. summed.Select(v => regions.Add(v.Sum, v.Value)), .. scanned.Select(v => v.Entry!.Value.Value)]);
        var results = g.Loop(count is null ? n.Trips : new LoopTrips.Given(), count, !n.Reverse, backward,
            [.. liveCarried.Select(j => cts[j] ?? regions.Zero(operands[j].Type)), .. summed.Select(v => regions.Zero(v.Sum.Type))],
            [.. constant.Select(j => operands[j]), .. stacks, .. entries.Stacks]);
        var next = 0;
        foreach (var j in liveCarried) Contribute(operands[j], results[next++]);
        foreach (var v in summed) Contribute(operands[v.Operand], results[next++]);
        foreach (var v in scanned) Contribute(operands[v.Operand], entries.Whole(results[next++], v.Entry!.Value.Axis));
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

    private static bool IsConstant(Loop n, int operand) =>
        operand >= n.Carried || n.Body.Results[operand] == n.Body.Parameters[1 + operand];

    /// <summary>
    /// The values of a forward iteration that its derivative reads: operands of the loop, and results of costly operations, which are stored
    /// rather than computed again. What stays the same in all iterations is not stored, nor is what is placed: the maps of a round run again.
    /// </summary>
    private List<Node> Read(Loop n, Pullback pull)
    {
        var forward = new Func("forward", [], pull.Results);
        var varying = new HashSet<Node>(n.Body.Parameters.Where((_, i) => i == 0 || !IsConstant(n, i - 1)));
        var stored = new HashSet<Node>();
        foreach (var node in forward.Nodes)
        {
            if (node.Operands.Any(varying.Contains)) varying.Add(node);
            if (varying.Contains(node) && !node.Type.IsPlaced && IsCostly(node)) stored.Add(node);
        }
        foreach (var inner in forward.Nodes.OfType<Loop>())
            if (varying.Contains(inner) && KeepsLittle(inner)) stored.UnionWith(g.Results(inner));
        // Of a carried array that is read in places only, those are stored.
        foreach (var node in forward.Nodes.Concat(new Func("backward", [], [.. pull.ParameterCotangents.OfType<Node>()]).Nodes))
            if (node is Slice { Type.IsPlaced: false, X: Param } or Gather { Type.IsPlaced: false, X: Param } && varying.Contains(node.Operands[0])) stored.Add(node);
        while (true)
        {
            var read = ReadOf(n, pull, stored);
            var whole = new HashSet<Node>(read.OfType<Param>());
            if (stored.RemoveWhere(node => node is Slice or Gather && whole.Contains(node.Operands[0])) == 0) return [.. read.OrderBy(node => node.Id)];
        }
    }

    /// <summary>
    /// Whether what an inner loop keeps of its trips is kept over the trips of the loop around it, so that it does not run again: numbers and vectors
    /// are, not whole matrices (a training loop's models), nor what has no size.
    /// </summary>
    private static bool KeepsLittle(Loop inner) => inner.Trips is LoopTrips.Fixed && inner.Types.All(t => !t.IsPlaced)
        && inner.Body.Results.Skip(inner.Carried).All(r => EntryRank(r) <= 1) && inner.Types.Length > inner.Carried;

    private static int EntryRank(Node kept) => kept is Result { Region: Loop { Trips: LoopTrips.Fixed } loop } r && r.Index >= loop.Carried
        ? EntryRank(loop.Body.Results[r.Index])
        : kept.Type.Shape.Any(LoopTrips.IsUnknown) ? int.MaxValue : kept.Type.Shape.Count(size => !size.IsConstant(1));

    /// <summary>The stored values and the parameters (but the index) that the cotangents are computed from.</summary>
    private static List<Node> ReadOf(Loop n, Pullback pull, HashSet<Node> stored)
    {
        var read = new List<Node>();
        var seen = new HashSet<Node>();
        var open = new Stack<Node>(pull.ParameterCotangents.OfType<Node>());
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (!seen.Add(node)) continue;
            if (stored.Contains(node) || (node is Param p && n.Body.Parameters.IndexOf(p) > 0)) read.Add(node);
            else
                foreach (var operand in node.Operands) open.Push(operand);
        }
        return read;
    }

    private static bool IsCostly(Node node) => node is Result { Region: Call { IsCheckpoint: true } } or Contract or ArgReduce or ArgSort or MatrixFunction or PlacedReduce || (node is Apply n && OpTable.Row(n.Op).Costly);

    /// <summary>
    /// Values of every iteration, from a loop that takes the original's place; and the number of trips, unless it is a size. A loop that runs while
    /// a condition holds counts them.
    /// </summary>
    private (ImmutableArray<Node> Stacks, Node? Count) Stacking(Loop n, Pullback pull, Node[] stacked)
    {
        var counts = n.Condition is not null;
        if (stacked.Length == 0 && !counts) return ([], n.Count);
        var (trips, own) = (n.Trips, n.Body.Parameters);
        ImmutableArray<Node> initial = n.Initial;
        ImmutableArray<Node> results = [.. pull.Results, .. stacked];
        if (n.Condition is { } condition)
        {
            var counter = g.Param("trips", Ir.ValueType.Scalar(ElementType.Int32));
            own = own.Insert(1 + n.Carried, counter);
            initial = initial.Add(g.Const(0, ElementType.Int32));
            results = results.Insert(n.Carried, own[0] + g.Const(1, ElementType.Int32));
            trips = new LoopTrips.While(new(condition.Name, condition.Parameters.Insert(1 + n.Carried, counter), condition.Results));
        }
        var made = g.Loop(trips, n.Count, n.Reverse, new Func(n.Body.Name, own, results), initial, n.Invariants);
        var count = counts ? made[n.Carried] : n.Count;
        if (counts) made = made.RemoveAt(n.Carried);
        replaced.AddRange(g.Results(n).Zip(made, (r, stacking) => (r, stacking)));
        return (made.RemoveRange(0, n.Body.Results.Length), count);
    }
}
