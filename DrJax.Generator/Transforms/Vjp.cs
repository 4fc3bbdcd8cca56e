using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// The reverse derivative of a function for given active parameters and given results with cotangents. The function's own nodes serve as the
/// forward values, except loops, which are replaced by ones that also stack what their backward loops read. A null cotangent is a zero.
/// </summary>
internal sealed partial class Pullback
{
    private readonly Derivatives derivatives;
    private readonly Graph g;
    private readonly Regions regions;
    private readonly Func f;
    private readonly Activity activity;
    private readonly Dictionary<Node, Node> cotangents = [];
    private readonly Dictionary<Region, Node?[]> regionCotangents = [];
    private readonly List<(Node Loop, Node Stacking)> replaced = [];
    private readonly Dictionary<(bool, EquatableArray<bool>), Func> funcs = [];

    public Pullback(Derivatives derivatives, Func f, EquatableArray<bool> active, EquatableArray<bool> given)
    {
        (this.derivatives, g, regions, this.f) = (derivatives, derivatives.Graph, derivatives.Regions, f);
        activity = derivatives.Active(f, active);
        ResultCotangents = [.. f.Results.Select((r, i) => given[i] ? g.Param($"ct{i}", r.Type) : null)];
        for (var i = 0; i < f.Results.Length; i++)
            if (ResultCotangents[i] is { } ct) Contribute(f.Results[i], ct);
        foreach (var node in f.Nodes.Reverse())
        {
            if (node is Region region && regionCotangents.TryGetValue(region, out var ofResults)) Transpose(region, ofResults);
            if (node is Region || !cotangents.TryGetValue(node, out var ct)) continue;
            if (node is Result result) OfRegion(result.Region)[result.Index] = ct;
            else Transpose(node, ct);
        }
        var roots = Replace([.. f.Results, .. f.Parameters.Select(p => cotangents.TryGetValue(p, out var ct) ? ct : null).OfType<Node>()]);
        Results = roots.RemoveRange(f.Results.Length, roots.Length - f.Results.Length);
        var next = f.Results.Length;
        ParameterCotangents = [.. f.Parameters.Select(p => cotangents.ContainsKey(p) ? roots[next++] : null)];
    }

    /// <summary>A parameter for each result whose cotangent is given.</summary>
    public ImmutableArray<Param?> ResultCotangents { get; }

    public ImmutableArray<Node> Results { get; }

    public ImmutableArray<Node?> ParameterCotangents { get; }

    public EquatableArray<bool> Reached => ParameterCotangents.Select(ct => ct is not null).ToEquatable();

    /// <summary>Parameters, then the cotangents given → results if <paramref name="primal"/>, then cotangents of the wanted parameters.</summary>
    public Func Func(bool primal, EquatableArray<bool> wanted)
    {
        if (funcs.TryGetValue((primal, wanted), out var known)) return known;
        var results = f.Parameters.Select((p, i) => wanted[i] ? ParameterCotangents[i] ?? regions.Zero(p.Type) : null).OfType<Node>();
        return funcs[(primal, wanted)] = new($"vjp.{f.Name}",
            [.. f.Parameters, .. ResultCotangents.OfType<Param>()], [.. primal ? Results : [], .. results]);
    }

    private void Contribute(Node x, Node ct)
    {
        if (!activity[x] || Regions.IsZero(ct)) return;
        cotangents[x] = cotangents.TryGetValue(x, out var sum) ? regions.Add(sum, ct) : ct;
    }

    private Node?[] OfRegion(Region region) =>
        regionCotangents.TryGetValue(region, out var known) ? known : regionCotangents[region] = new Node?[region.Types.Length];

    private void Transpose(Node node, Node ct)
    {
        switch (node)
        {
            case Param: break;
            case Apply { Op: ScalarOp.Select } n:
                Contribute(n.Operands[1], g.Select(n.Operands[0], ct, g.Fill(0, ct)));
                Contribute(n.Operands[2], g.Select(n.Operands[0], g.Fill(0, ct), ct));
                break;
            case Apply n:
                var partials = OpTable.Row(n.Op).Partials!(g, [.. n.Operands], n);
                for (var i = 0; i < partials.Length; i++)
                    if (partials[i] is { } partial && activity[n.Operands[i]]) Contribute(n.Operands[i], Derivatives.Times(partial, ct));
                break;
            case Recompute n: Contribute(n.X, ct); break;
            case Cast n: Contribute(n.X, g.Cast(ct, n.X.Type.Element)); break;
            case Expand n: Contribute(n.X, g.Sum(ct, Enumerable.Range(0, n.Type.Rank).Except(n.Axes))); break;
            case Permute n: Contribute(n.X, g.Permute(ct, Inverse(n.Order))); break;
            case Reshape n: Contribute(n.X, g.Reshape(ct, n.X.Type.Shape)); break;
            case Slice n: Contribute(n.X, Unslice(n, ct)); break;
            case Pad n: Contribute(n.X, g.Slice(ct, n.Low.Select(g.Size), n.X.Type.Shape)); break;
            case Concat n: Split(n, ct); break;
            case Update n:
                Contribute(n.X, n.Mode == UpdateMode.Add ? ct : g.Update(ct, regions.Zero(n.Value.Type), n.Starts, UpdateMode.Set, n.Bounds));
                Contribute(n.Value, g.Slice(ct, n.Starts, n.Value.Type.Shape, n.Bounds));
                break;
            case Reduce { Kind: ReduceKind.Sum } n: Contribute(n.X, Back(ct, n)); break;
            case Reduce n:
                var (attained, count) = Ties.Of(g, n.X, n, n.Axes);
                Contribute(n.X, g.Select(attained, Back(ct / count, n), g.Fill(0, n.X)));
                break;
            case Contract n:
                if (activity[n.A]) Contribute(n.A, Uncontract(ct, n.B, n.A.Type.Rank, n.B.Type.Rank, n.Axes, first: true));
                if (activity[n.B]) Contribute(n.B, Uncontract(ct, n.A, n.B.Type.Rank, n.A.Type.Rank, Flip(n.Axes), first: false));
                break;
            case MatrixFunction n:
                foreach (var (operand, own) in MatrixRules.Cotangents(n, ct, i => activity[n.Operands[i]])) Contribute(n.Operands[operand], own);
                break;
            case Gather n: Contribute(n.X, g.ScatterAdd(ct, n.Indices, n.Axes, n.X.Type.Shape, n.Bounds)); break;
            case ScatterAdd n:
                Contribute(n.X, ct);
                Contribute(n.Updates, g.Gather(ct, n.Indices, n.Axes, n.Bounds));
                break;
            case Broadcast n: Contribute(n.X, g.PlacedReduce(PlacedReduceKind.Sum, ct)); break;
            case Collect n: Contribute(n.X, g.Spread(ct, n.Placement)); break;
            case Spread n: Contribute(n.X, g.Collect(ct)); break;
            case PlacedReduce n: Contribute(n.X, MapReduceAd.Cotangent(regions, n, n, ct)); break;
            default: throw new IrException($"no reverse derivative of {node.GetType().Name}");
        }
    }

    private Node Back(Node ct, Reduce n) => g.Expand(ct, n.X.Type.Shape, Enumerable.Range(0, n.X.Type.Rank).Except(n.Axes));

    private static int[] Inverse(IReadOnlyList<int> order)
    {
        var inverse = new int[order.Count];
        for (var i = 0; i < inverse.Length; i++) inverse[order[i]] = i;
        return inverse;
    }

    /// <summary>A box at a place known before the call is padded, which fuses; another is added to zeros, which accumulates in place.</summary>
    private Node Unslice(Slice n, Node ct)
    {
        if (n.Bounds != Bounds.Clamped && n.Starts.Select(Simplify.AsDim).ToArray() is var starts && starts.All(s => s is not null))
            return g.Pad(ct, starts!, n.X.Type.Shape.Select((dim, axis) => dim - starts[axis]! - n.Type.Shape[axis]));
        return g.Update(regions.Zero(n.X.Type), ct, n.Starts, UpdateMode.Add, n.Bounds);
    }

    private void Split(Concat n, Node ct)
    {
        var offset = Dim.Zero;
        foreach (var x in n.Operands)
        {
            var start = offset;
            if (activity[x]) Contribute(x, g.Slice(ct, x.Type.Shape.Select((_, axis) => g.Size(axis == n.Axis ? start : Dim.Zero)), x.Type.Shape));
            offset += x.Type.Shape[n.Axis];
        }
    }

    private static ContractAxes Flip(ContractAxes axes) => new(axes.BatchB, axes.BatchA, axes.SumB, axes.SumA);

    /// <summary>
    /// For y = contract(a, b): da = contract(dy, b) or contract(b, dy) over b's free axes, whichever has a's axes in their places, else
    /// permuted. <paramref name="mine"/> names the axes with the wanted operand as A; <paramref name="first"/>: it was the first.
    /// </summary>
    private Node Uncontract(Node ct, Node other, int rank, int otherRank, ContractAxes mine, bool first)
    {
        var (batch, free, otherFree) = (mine.BatchA.Count, mine.FreeA(rank), mine.FreeB(otherRank));
        var axes = new ContractAxes(
            Enumerable.Range(0, batch).ToEquatable(), mine.BatchB,
            Enumerable.Range(first ? batch + free.Length : batch, otherFree.Length).ToEquatable(), otherFree.ToEquatable());
        // The axes that were summed are free in b, in b's order; here named as axes of a.
        int[] summed = [.. Enumerable.Range(0, mine.SumA.Count).OrderBy(i => mine.SumB[i]).Select(i => mine.SumA[i])];
        int[] names = [.. mine.BatchA, .. summed, .. free];
        if (names.SequenceEqual(Enumerable.Range(0, rank))) return g.Contract(other, ct, Flip(axes));
        names = [.. mine.BatchA, .. free, .. summed];
        return g.Permute(g.Contract(ct, other, axes), Inverse(names));
    }

    private void Transpose(Region region, Node?[] cts)
    {
        var given = cts.Select(ct => ct is not null).ToEquatable();
        var present = cts.OfType<Node>();
        switch (region)
        {
            case Call { Callee.Rule: not null } n: ByRule(n, cts); break;
            case Call n:
            {
                var pull = derivatives.Pull(n.IsCheckpoint ? derivatives.Ready(n.Callee) : n.Callee, activity.Mask(n.Operands), given);
                var operands = n.IsCheckpoint ? Again(n.Operands, present) : n.Operands;
                Contribute(n.Operands, pull.Reached, regions.Call(pull.Func(false, pull.Reached), operands.Concat(present), n.IsCheckpoint));
                break;
            }
            case Map n:
            {
                var pull = derivatives.Pull(n.Body, activity.Mask(n.Operands), given);
                Contribute(n.Operands, pull.Reached, regions.Map(n.Placement, pull.Func(false, pull.Reached), n.Operands.Concat(present)));
                break;
            }
            case Branch n:
            {
                var mask = activity.Mask(n.Arguments);
                var (then, otherwise) = (derivatives.Pull(n.Then, mask, given), derivatives.Pull(n.Otherwise, mask, given));
                var reached = then.Reached.Zip(otherwise.Reached, (a, b) => a || b).ToEquatable();
                var results = regions.Branch(n.Condition, then.Func(false, reached), otherwise.Func(false, reached), n.Arguments.Concat(present));
                Contribute(n.Arguments, reached, results);
                break;
            }
            case Loop n: Transpose(n, cts); break;
            default: throw new IrException($"no reverse derivative of {region.GetType().Name}");
        }
    }

    /// <summary>
    /// The operands of a checkpoint, so that all that follows from them is computed again, when the cotangents are there. What is placed is never
    /// kept from one pass over the groups to another anyway.
    /// </summary>
    private ImmutableArray<Node> Again(ImmutableArray<Node> operands, IEnumerable<Node> cts)
    {
        ImmutableArray<Node> after = [.. cts.Where(ct => !ct.Type.IsPlaced)];
        return [.. operands.Select(x => x.Type.IsPlaced ? x : g.Recompute(x, after))];
    }

    private void Contribute(ImmutableArray<Node> operands, EquatableArray<bool> reached, ImmutableArray<Node> results)
    {
        var next = 0;
        for (var i = 0; i < operands.Length; i++)
            if (reached[i]) Contribute(operands[i], results[next++]);
    }

    /// <summary>The roots with every replaced loop result gone. An earlier loop comes first, so that a later one sees it replaced.</summary>
    private ImmutableArray<Node> Replace(ImmutableArray<Node> roots)
    {
        if (replaced.Count == 0) return roots;
        var stacking = replaced.ToDictionary(r => r.Loop, r => r.Stacking);
        var all = new Func("replace", [], [.. replaced.AsEnumerable().Reverse().Select(r => r.Stacking), .. roots]);
        var map = new Dictionary<Node, Node>();
        foreach (var node in all.Nodes)
        {
            if (stacking.TryGetValue(node, out var other)) map[node] = map[other];
            else
            {
                ImmutableArray<Node> x = [.. node.Operands.Select(o => map[o])];
                map[node] = x.SequenceEqual(node.Operands) ? node : g.Rebuild(node, x);
            }
        }
        return [.. roots.Select(r => map[r])];
    }
}
