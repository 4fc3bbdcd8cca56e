using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>Regions batch their functions. A branch on a batched condition computes both arms and selects.</summary>
internal sealed partial class Batched
{
    private void Add(Region region)
    {
        if (guard is null && !Any(region.Operands))
        {
            ImmutableArray<Node> x = [.. region.Operands.Select(o => values[o])];
            values[region] = x.SequenceEqual(region.Operands) ? region : g.Rebuild(region, x);
            return;
        }
        values[region] = region;
        results[region] = region switch
        {
            Call n => OfCall(n),
            Map n => OfMap(n),
            Loop n => OfLoop(n),
            Branch n => isBatched.Contains(n.Condition) ? Converted(n) : Kept(n),
            _ => throw new IrException($"no rule to batch {region.GetType().Name}"),
        };
    }

    private Batched Inner(Func callee, IEnumerable<bool> mask) =>
        derivatives.Batch(callee, size, mask.ToEquatable(), protect, guard is not null);

    private IEnumerable<bool> Mask(IEnumerable<Node> nodes) => nodes.Select(isBatched.Contains);

    /// <summary>Values of the operands, and the guard if there is one.</summary>
    private IEnumerable<Node> Arguments(IEnumerable<Node> nodes, Node? guardValue) =>
        [.. nodes.Select(o => values[o]), .. guardValue is null ? [] : new[] { guardValue }];

    private (ImmutableArray<Node>, ImmutableArray<bool>) OfCall(Call n)
    {
        if (n.Callee.Rule is not null)
        {
            var ruled = derivatives.BatchWithRule(n.Callee, size, Mask(n.Operands).ToEquatable(), protect, guard is not null);
            return (g.Call(ruled, Arguments(n.Operands, guard)), [.. n.Types.Select(_ => true)]);
        }
        var inner = Inner(n.Callee, Mask(n.Operands));
        return (regions.Call(inner.Func, Arguments(n.Operands, guard), n.IsCheckpoint), inner.Results.Items);
    }

    private (ImmutableArray<Node>, ImmutableArray<bool>) OfMap(Map n)
    {
        var inner = Inner(n.Body, Mask(n.Operands));
        var guards = guard is null ? null : g.Broadcast(guard, n.Placement);
        return (regions.Map(n.Placement, inner.Func, Arguments(n.Operands, guards)), inner.Results.Items);
    }

    private (ImmutableArray<Node>, ImmutableArray<bool>) Kept(Branch n)
    {
        var mask = Mask(n.Arguments);
        var (then, otherwise) = (Inner(n.Then, mask), Inner(n.Otherwise, mask));
        ImmutableArray<bool> either = [.. then.Results.Zip(otherwise.Results, (a, b) => a || b)];
        return (regions.Branch(values[n.Condition], then.With(either), otherwise.With(either), Arguments(n.Arguments, guard)), either);
    }

    private (ImmutableArray<Node>, ImmutableArray<bool>) Converted(Branch n)
    {
        var condition = values[n.Condition];
        var then = Arm(n.Then, condition);
        var otherwise = Arm(n.Otherwise, g.Apply(ScalarOp.Not, condition));
        return ([.. then.Zip(otherwise, Choose)], [.. then.Select(_ => true)]);

        Node[] Arm(Func arm, Node taken)
        {
            var inner = derivatives.Batch(arm, size, Mask(n.Arguments).ToEquatable(), protect, guarded: true);
            var lanes = guard is null ? taken : g.Apply(ScalarOp.And, guard, taken);
            return [.. g.Inline(inner.Func, Arguments(n.Arguments, lanes)).Select((r, i) => Wide(r, inner.Results[i]))];
        }

        Node Choose(Node a, Node b) => Where(condition, a, b);
    }

    /// <summary>One value or the other, lane by lane.</summary>
    private Node Where(Node lanes, Node a, Node b) => a == b ? a : regions.Lift("select", x => Select(x[0], x[1], x[2]), lanes, a, b);

    /// <summary>An array with changes or without: the changes are made or not, so that the array can be changed in place.</summary>
    private Node Select(Node lanes, Node a, Node b)
    {
        switch (a)
        {
            case var _ when a == b: return a;
            case Update n when Changes(n.X, b):
                var x = Select(lanes, n.X, b);
                var neutral = n.Mode == UpdateMode.Add ? g.Fill(0, n.Value) : g.Slice(x, n.Starts, n.Value.Type.Shape, n.Bounds);
                return g.Update(x, Select(lanes, n.Value, neutral), n.Starts, n.Mode, n.Bounds);
            // A scatter over lanes has them first in its updates, if its first index is the lane.
            case ScatterAdd n when n.Axes[0] == 0 && Simplify.IndexVariable(n.Indices[0], size) == 0 && Changes(n.X, b):
                return g.ScatterAdd(Select(lanes, n.X, b), Select(lanes, n.Updates, g.Fill(0, n.Updates)), n.Indices, n.Axes, n.Bounds);
            default: return g.Select(g.Expand(lanes, a.Type.Shape, [0]), a, b);
        }

        static bool Changes(Node x, Node of) => x == of || (x is Update u && Changes(u.X, of)) || (x is ScatterAdd s && Changes(s.X, of));
    }
}
