using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>
/// What functions throw that are called once, or for every item, trip or group: of those for which they throw, the first throws here, as it would if
/// they ran in order. Each such function has what it throws to itself (<see cref="DeclareThrown"/> in its scope).
/// </summary>
internal sealed partial class Translator
{
    /// <summary>What a scope threw as a function of parameters and captures, with their values; null if nothing.</summary>
    private (Func Function, ImmutableArray<Node> Operands)? ThrownApart(Scope inside, IEnumerable<Param> parameters, IEnumerable<Node> operands) =>
        ThrownIn(inside) is { } thrown ? (Apart("thrown", [.. parameters, .. inside.Region.Captured], thrown.Leaves), [.. operands, .. inside.Region.Operands]) : null;

    /// <summary>Of a function that is called as it is.</summary>
    private void RethrowFromCall(Scope inside, IEnumerable<Param> parameters, IEnumerable<Node> operands, Scope s)
    {
        if (ThrownApart(inside, parameters, operands) is var (f, x)) Rethrow(ThrownOf(Graph.Call(f, x)), s);
    }

    /// <summary>Of a function of the items of arrays' first axes.</summary>
    private void RethrowFromItems(Scope inside, ImmutableArray<Param> items, ImmutableArray<Node> arrays, Scope s)
    {
        if (ThrownApart(inside, items, arrays) is not var (f, x)) return;
        var size = arrays[0].Type.Shape[0];
        var batched = f.Parameters.Select((_, i) => i < items.Length).ToEquatable();
        var all = Graph.Call(session.Derivatives.Vmap(f, size, batched), x);
        var places = Graph.Iota([size], 0);
        var first = Graph.Reduce(ReduceKind.Min, Graph.Select(IsThrown(all[0]), places, Graph.Fill(int.MaxValue, places)), [0]);
        var isFirst = Graph.Apply(ScalarOp.Equal, places, Graph.Fill(first, places.Type.Shape));
        Rethrow(ThrownOf(all.Select((leaf, i) => Graph.Reduce(i == 0 ? ReduceKind.Sum : ReduceKind.Max, Graph.Select(isFirst, leaf, Graph.Fill(Absent(i), leaf)), [0]))), s);
    }

    /// <summary>Of a map's function: what comes out of a map says in which group it was thrown.</summary>
    private void RethrowFromGroups(Scope inside, HashSet<int> refusals, IEnumerable<Param> parameters, IEnumerable<Node> operands, Scope s)
    {
        if (ThrownApart(inside, parameters, operands) is not var (f, x)) return;
        var placement = inside.Region.Mapped!;
        var all = Graph.Map(placement, f, x);
        var index = Graph.GroupIndex(placement);
        var first = Graph.PlacedReduce(PlacedReduceKind.Min, MapNodes([all[0], index], p => Graph.Select(IsThrown(p[0]), p[1], Graph.Const(int.MaxValue, ElementType.Int32))));
        ImmutableArray<Node> thrown = [.. all.Select((leaf, i) => Graph.PlacedReduce(i == 0 ? PlacedReduceKind.Sum : PlacedReduceKind.Max,
            MapNodes([leaf, index, Graph.Broadcast(first, placement)], p => Graph.Select(Graph.Apply(ScalarOp.Equal, p[1], p[2]), p[0], Graph.Const(Absent(i), p[0].Type.Element)))))];
        var code = thrown[0];
        foreach (var inner in refusals.OrderBy(r => r))
        {
            if (session.Refusals[inner - 1].Holes.Count(h => h.Size is null) == KeptDetails)
                throw new Rejected(Diagnostics.Exceptions, session.ThrowsAt[inner - 1], "This exception comes out of too many maps within one another to tell all groups and numbers; show fewer numbers");
            var wrapped = Graph.Const(session.Refuse(session.Refusals[inner - 1].InGroup(new Hole(ElementType.Int32, null)), session.ThrowsAt[inner - 1]), ElementType.Int32);
            code = Graph.Select(Graph.Apply(ScalarOp.Equal, thrown[0], Graph.Const(inner, ElementType.Int32)), wrapped, code);
        }
        Rethrow(Thrown(code, [first, .. thrown.Skip(1).Take(KeptDetails - 1)]), s);
    }

    /// <summary>Of a function that a loop calls in every trip: what the loop carries beside its own values.</summary>
    private (ImmutableArray<Param> Parameters, ImmutableArray<Node> Next, ImmutableArray<Node> Initial) ThrownFromTrips(Scope inside)
    {
        if (ThrownIn(inside) is not { } thrown) return ([], [], []);
        var before = thrown.Select(leaf => Graph.Param("thrown", leaf.Type));
        return ([.. before.Leaves.OfType<Param>()], [.. First(before, thrown).Leaves], [.. thrown.Leaves.Select(leaf => Graph.Zero(leaf.Type))]);
    }

    private void RethrowFromTrips(IReadOnlyCollection<Node> results, Scope s)
    {
        if (results.Count > 0) Rethrow(ThrownOf(results), s);
    }

    private Node IsThrown(Node code) => Graph.Apply(ScalarOp.NotEqual, code, Graph.Fill(0, code));

    /// <summary>What leaf i has where nothing is thrown: the number of no refusal, or less than any number in a text.</summary>
    private static double Absent(int i) => i == 0 ? 0 : double.NegativeInfinity;
}
