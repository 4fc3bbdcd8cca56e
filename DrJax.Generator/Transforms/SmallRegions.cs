using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Branches and loops take, carry and return small values as elements.</summary>
internal sealed partial class Elements
{
    private void AddBranch(Branch n)
    {
        var passed = n.Arguments.Select(Passed).ToEquatable();
        var (then, otherwise) = (arrays.Of(n.Then, passed), arrays.Of(n.Otherwise, passed));
        var results = n.Then.Results.Zip(n.Otherwise.Results, (a, b) =>
            (then.IsApart(a) || otherwise.IsApart(b)) && SmallArrays.IsSmall(a.Type) ? Either(then.PiecesOf(a), otherwise.PiecesOf(b)) : Pieces.Whole).ToEquatable();
        whole[n] = n;
        if (results.Any(r => !r.IsApart || r.Present.Any(there => there)))
            Bind(n, results, g.Branch(WholeOf(n.Condition), then.Func(results), otherwise.Func(results), Arguments(n.Arguments, passed)));
        else Bind(n, results, []);
    }

    /// <summary>
    /// A carried array that the body computes as a whole stays whole. An element that is zero at first and after every iteration is not carried.
    /// </summary>
    private void AddLoop(Loop n)
    {
        var carried = n.Initial.Select(x => x.Type.IsScalar || !SmallArrays.IsSmall(x.Type) ? Passed(x) : PiecesOf(x)).ToArray();
        ImmutableArray<Pieces> invariants = [.. n.Invariants.Select(Passed)];
        Elements body;
        while (true)
        {
            body = arrays.Of(n.Body, [Pieces.Whole, .. carried, .. invariants]);
            var next = carried.Select((c, i) =>
                !c.IsApart ? c : n.Body.Results[i].Type.IsScalar || body.IsApart(n.Body.Results[i]) ? Either(c, body.PiecesOf(n.Body.Results[i])) : Pieces.Whole).ToArray();
            if (next.SequenceEqual(carried)) break;
            carried = next;
        }
        EquatableArray<Pieces> passed = [.. carried, .. invariants], results = [.. carried, .. Enumerable.Repeat(Pieces.Whole, n.Types.Length - n.Carried)];
        var trips = n.Condition is { } condition ? new LoopTrips.While(arrays.Of(condition, [Pieces.Whole, .. passed]).Func([Pieces.Whole])) : n.Trips;
        whole[n] = n;
        Bind(n, results, g.Loop(trips, n.Count is { } count ? WholeOf(count) : null, n.Reverse, body.Func(results),
            Arguments(n.Initial, carried.ToEquatable()), Arguments(n.Invariants, invariants.ToEquatable())));
    }

    /// <summary>How a value is passed to a function: as elements if it has been taken apart.</summary>
    private Pieces Passed(Node x) => IsApart(x) && (!x.Type.IsScalar || apart[x][0] is null) ? PiecesOf(x) : Pieces.Whole;

    private static Pieces Either(Pieces a, Pieces b) => new(a.Present.Zip(b.Present, (x, y) => x || y).ToEquatable());

    private IEnumerable<Node> Arguments(IEnumerable<Node> values, EquatableArray<Pieces> passed) =>
        [.. values.SelectMany((x, i) => passed[i].IsApart ? PartsOf(x).Where((_, k) => passed[i].Present[k]).Select(part => part ?? Zero(x)) : [WholeOf(x)])];

    private void Bind(Region n, EquatableArray<Pieces> results, ImmutableArray<Node> values)
    {
        ImmutableArray<Node>[] own = [.. results.Select(r => r.IsApart ? r.Present.Count(there => there) : 1).Select((count, i) => (count, i))
            .Select(x => values.Skip(Start(x.i)).Take(x.count).ToImmutableArray())];
        foreach (var result in ResultsOf(n))
        {
            var (pieces, parts) = (results[result.Index], own[result.Index]);
            if (!pieces.IsApart)
            {
                whole[result] = parts[0];
                continue;
            }
            var next = 0;
            apart[result] = [.. pieces.Present.Select(there => there ? parts[next++] : null)];
        }

        int Start(int index) => results.Take(index).Sum(r => r.IsApart ? r.Present.Count(there => there) : 1);
    }
}
