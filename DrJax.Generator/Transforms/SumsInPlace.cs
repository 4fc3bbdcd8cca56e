using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Sums of which one term is zero but for some places are added there only: <c>a + pad(x)</c> becomes an update of a. So it is with what a loop has stacked:
/// <c>a + stack</c> becomes a loop that carries a and adds its entry in every trip. The cotangents of what a program reads in places (an array's rows, a
/// parameter's fields) are such sums; they then take the time of what is added, and no memory but the sum's own.
/// </summary>
internal sealed class SumsInPlace(Graph graph) : Rewriter(graph)
{
    protected override Node OfNode(Node node) => node is Apply { Op: ScalarOp.Add, Operands: [var a, var b] } && !node.Type.IsPlaced
        ? Into(a, b, null) ?? Into(b, a, null) ?? node
        : node;

    /// <summary>An entry of an axis: where a loop's trip adds.</summary>
    private sealed record Entry(int Axis, Node Index);

    /// <summary>The sum of an array (at an entry of it) and a value that is zero but for some places; null if the value is not so.</summary>
    private Node? Into(Node sum, Node value, Entry? entry) => value switch
    {
        Pad n => Place(sum, n.X, n.Low.Select(Graph.Size), Bounds.Checked, entry),
        Update { Mode: UpdateMode.Add } n when Into(sum, n.X, entry) is { } rest => Place(rest, n.Value, n.Starts, n.Bounds, entry),
        Apply { Op: ScalarOp.Add, Operands: [var a, var b] } when Into(sum, a, entry) is { } rest => Into(rest, b, entry),
        _ when Regions.IsZero(value) => sum,
        _ => null,
    };

    private Node Place(Node sum, Node value, IEnumerable<Node> starts, Bounds bounds, Entry? entry)
    {
        ImmutableArray<Node> from = [.. starts];
        return entry is null
            ? Graph.Update(sum, value, from, UpdateMode.Add, bounds)
            : Graph.Update(sum, Graph.Reshape(value, value.Type.Shape.Items.Insert(entry.Axis, Dim.One)), from.Insert(entry.Axis, entry.Index), UpdateMode.Add, bounds);
    }

    // ---- stacks that are only added to something ----------------------------------------------------------------------------------

    protected override Func OfFunc(Func f)
    {
        while (f.Nodes.OfType<Loop>().Select(loop => WithSum(f, loop)).FirstOrDefault(changed => changed is not null) is { } next) f = next;
        return f;
    }

    /// <summary>The function with one of the loop's stacks added to its sum in the loop.</summary>
    private Func? WithSum(Func f, Loop loop)
    {
        if (loop.Trips is not LoopTrips.Fixed) return null;
        for (var k = loop.Carried; k < loop.Types.Length; k++)
        {
            if (loop.Types[k] is not { IsPlaced: false, Rank: > 1 } || OnlyUser(f, Graph.Results(loop)[k]) is not { } user) continue;
            var (stack, axis) = user is Permute p ? (user, Axis(p)) : (Graph.Results(loop)[k], 0);
            if (axis < 0 || (stack == user ? OnlyUser(f, user) : user) is not Apply { Op: ScalarOp.Add } add) continue;
            var sum = add.Operands[0] == stack ? add.Operands[1] : add.Operands[0];
            if (sum == stack || DependsOn(sum, loop)) continue;
            var made = Carry(loop, k, sum, axis);
            var replaced = Graph.Results(loop).Select((r, i) => (r, i)).Where(x => x.i != k)
                .ToDictionary(x => x.r, x => made[x.i < loop.Carried ? x.i : x.i < k ? x.i + 1 : x.i]);
            replaced[add] = made[loop.Carried];
            return new Func(f.Name, f.Parameters, Graph.Substitute(f.Results, replaced));
        }
        return null;
    }

    /// <summary>The loop with a sum as its last carried value, into which goes what it stacked as result k.</summary>
    private ImmutableArray<Node> Carry(Loop n, int k, Node sum, int axis)
    {
        var (own, results) = (n.Body.Parameters, n.Body.Results);
        var carried = Graph.Param("sum", sum.Type);
        var index = own[0];
        var entry = new Entry(axis, index);
        var added = Into(carried, results[k], entry) ?? Place(carried, results[k], results[k].Type.Shape.Select(_ => (Node)Graph.Const(0, ElementType.Int32)), Bounds.Inside, entry);
        var body = new Func(n.Body.Name, own.Insert(1 + n.Carried, carried), results.RemoveAt(k).Insert(n.Carried, added));
        return Graph.Loop(n.Trips, n.Count, n.Reverse, body, n.Initial.Add(sum), n.Invariants);
    }

    /// <summary>Where an order that leaves the other axes in theirs puts the first one; -1 if it does not.</summary>
    private static int Axis(Permute n) =>
        n.Order.Where(axis => axis != 0).SequenceEqual(Enumerable.Range(1, n.Order.Count - 1)) ? n.Order.IndexOf(0) : -1;

    private static Node? OnlyUser(Func f, Node node)
    {
        if (f.Results.Contains(node)) return null;
        var users = f.Nodes.Where(n => n.Operands.Contains(node)).Take(2).ToArray();
        return users.Length == 1 && users[0].Operands.Count(o => o == node) == 1 ? users[0] : null;
    }

    private static bool DependsOn(Node node, Loop loop) => new Func("operand", [], [node]).Nodes.Contains(loop);
}
