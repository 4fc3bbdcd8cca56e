using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A loop of which the lanes make different numbers of trips runs until the last lane is done. In the lanes that are done its body runs as the
/// untaken arm of a branch does, and what they carry stays; index and entries of stacks are those of all lanes alike.
/// </summary>
internal sealed partial class Batched
{
    private (ImmutableArray<Node>, ImmutableArray<bool>) OfLoop(Loop n)
    {
        // A carried value is batched if it is so at first or after some iteration, or if the lanes leave the loop at different times.
        ImmutableArray<bool> mask = [false, .. Mask(n.BodyOperands)];
        var apart = n.Count is { } trips && isBatched.Contains(trips);
        Batched inner;
        while (true)
        {
            inner = Inner(n.Body, mask);
            apart |= n.Condition is { } own && Inner(own, mask).Results[0];
            ImmutableArray<bool> next = [.. mask.Select((b, i) => b || (i >= 1 && i <= n.Carried && (apart || inner.Results[i - 1])))];
            if (next.SequenceEqual(mask)) break;
            mask = next;
        }
        ImmutableArray<bool> batched = [.. inner.Results.Select((b, i) => i < n.Carried ? mask[1 + i] : b)];
        ImmutableArray<Node> initial = [.. n.Initial.Select((x, i) => mask[1 + i] ? Wide(x) : values[x])];
        ImmutableArray<Node> results;
        if (!apart) results = Together(n, inner.With(batched), mask, initial);
        else
        {
            inner = derivatives.Batch(n.Body, size, new(mask), protect, guarded: true);
            batched = [.. inner.Results.Select((b, i) => i < n.Carried || b)];
            results = n.Condition is { } condition ? WhileAny(n, condition, inner.With(batched), mask, initial) : UpToLast(n, inner.With(batched), initial);
        }
        // A stacked value has the axis of iterations before that of lanes.
        return ([.. results.Select((r, i) => i >= n.Carried && batched[i] ? regions.Lift("lanesFirst", x => ToFront(x[0], 1), r) : r)], batched);
    }

    /// <summary>All lanes make the same trips; none if no lane takes the arm that the loop is in, where its condition or count need not make sense.</summary>
    private ImmutableArray<Node> Together(Loop n, Func body, ImmutableArray<bool> mask, ImmutableArray<Node> initial)
    {
        var (trips, count) = (n.Trips, n.Count is null ? null : values[n.Count]);
        if (n.Condition is { } condition)
        {
            var holds = Inner(condition, mask).Func;
            trips = new LoopTrips.While(guard is null
                ? holds
                : new(holds.Name, holds.Parameters, [g.Apply(ScalarOp.And, AnyLane(holds.Parameters[holds.Parameters.Length - 1]), holds.Results[0])]));
        }
        else if (count is not null && guard is not null) count = g.Select(AnyLane(guard), count, g.Const(0, ElementType.Int32));
        return g.Loop(trips, count, n.Reverse, body, initial, Arguments(n.Invariants, guard));
    }

    /// <summary>As many trips as the lane with the most makes; a lane takes part while the index is below its own number.</summary>
    private ImmutableArray<Node> UpToLast(Loop n, Func body, ImmutableArray<Node> initial)
    {
        var counts = Wide(n.Count!);
        if (guard is not null) counts = g.Select(guard, counts, g.Fill(0, counts));
        var (index, own) = (body.Parameters[0], g.Param("count", counts.Type));
        var active = g.Apply(ScalarOp.Less, g.Fill(index, own.Type.Shape), own);
        ImmutableArray<Param> parameters = [.. body.Parameters.Take(body.Parameters.Length - 1), own];
        var last = g.Reduce(ReduceKind.Max, counts, [0]);
        return g.Loop(n.Trips, last, n.Reverse, new(body.Name, parameters, Kept(n, body, active)), initial, Arguments(n.Invariants, counts));
    }

    /// <summary>Runs while any lane's condition holds. Whether a lane still takes part is carried, so that one that is done does not start again.</summary>
    private ImmutableArray<Node> WhileAny(Loop n, Func condition, Func body, ImmutableArray<bool> mask, ImmutableArray<Node> initial)
    {
        var lanes = derivatives.Batch(condition, size, new(mask), protect, guarded: true);
        var holds = lanes.With([true]);
        ImmutableArray<Node> invariants = [.. n.Invariants.Select(o => values[o])];
        var everyone = guard ?? g.Fill(1, Ir.ValueType.Array(ElementType.Bool, size));
        var zero = g.Const(0, ElementType.Int32);
        var first = g.Apply(ScalarOp.And, everyone, g.Inline(holds, [zero, .. initial, .. invariants, everyone])[0]);

        var active = body.Parameters[body.Parameters.Length - 1];
        ImmutableArray<Param> parameters = [.. body.Parameters.Take(1 + n.Carried), active, .. body.Parameters.Skip(1 + n.Carried).Take(invariants.Length)];
        var kept = Kept(n, body, active);
        var index = parameters[0] + g.Const(1, ElementType.Int32);
        var still = g.Apply(ScalarOp.And, active, g.Inline(holds, [index, .. kept.Take(n.Carried), .. parameters.Skip(2 + n.Carried), active])[0]);
        var results = g.While(new(condition.Name, parameters, [AnyLane(active)]), new(body.Name, parameters, kept.Insert(n.Carried, still)),
            initial.Add(first), invariants);
        return results.RemoveAt(n.Carried);
    }

    /// <summary>The body's results for the lanes that take part, given for its last parameter; the others keep what they carry.</summary>
    private ImmutableArray<Node> Kept(Loop n, Func body, Node active)
    {
        var results = g.Inline(body, [.. body.Parameters.Take(body.Parameters.Length - 1), active]);
        return [.. results.Select((r, i) => i < n.Carried ? Where(active, r, body.Parameters[1 + i]) : r)];
    }

    private Node AnyLane(Node lanes)
    {
        var most = g.Reduce(ReduceKind.Max, g.Cast(lanes, ElementType.Int32), [0]);
        return g.Apply(ScalarOp.Greater, most, g.Const(0, ElementType.Int32));
    }
}
