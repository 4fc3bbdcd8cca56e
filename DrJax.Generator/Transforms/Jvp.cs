using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>The forward derivative of a function for given active parameters. A null tangent is a zero.</summary>
internal sealed partial class Pushforward
{
    private readonly Derivatives derivatives;
    private readonly Graph g;
    private readonly Regions regions;
    private readonly Func f;
    private readonly Activity activity;
    private readonly Dictionary<Node, Node> primals = [];
    private readonly Dictionary<Node, Node> tangents = [];
    private readonly Dictionary<Region, (ImmutableArray<Node> Primals, ImmutableArray<Node?> Tangents)> derived = [];

    public Pushforward(Derivatives derivatives, Func f, EquatableArray<bool> active)
    {
        (this.derivatives, g, regions, this.f) = (derivatives, derivatives.Graph, derivatives.Regions, f);
        activity = derivatives.Active(f, active);
        ParameterTangents = [.. f.Parameters.Select(p => activity[p] ? g.Param("d" + p.Name, p.Type) : null)];
        for (var i = 0; i < f.Parameters.Length; i++)
            if (ParameterTangents[i] is { } tangent) tangents[f.Parameters[i]] = tangent;
        foreach (var node in f.Nodes) Derive(node);
        Results = [.. f.Results.Select(r => primals[r])];
        Tangents = [.. f.Results.Select(Tangent)];
        ImmutableArray<Param> parameters = [.. f.Parameters, .. ParameterTangents.OfType<Param>()];
        Func = new($"jvp.{f.Name}", parameters, [.. Results, .. Tangents.OfType<Node>()]);
        WithAllTangents = Tangents.Zip(f.Results, (t, r) => t is null && r.Type.IsDifferentiable).Any(absent => absent)
            ? new($"jvp.{f.Name}", parameters,
                [.. Results, .. f.Results.Zip(Tangents, (r, t) => (r, t)).Where(x => x.r.Type.IsDifferentiable).Select(x => x.t ?? regions.Zero(x.r.Type))])
            : Func;
    }

    public ImmutableArray<Param?> ParameterTangents { get; }

    public ImmutableArray<Node> Results { get; }

    public ImmutableArray<Node?> Tangents { get; }

    /// <summary>Parameters, then tangents of the active ones → results, then the tangents that are there.</summary>
    public Func Func { get; }

    public Func WithAllTangents { get; }

    private Node? Tangent(Node node) => tangents.TryGetValue(node, out var tangent) ? tangent : null;

    private Node TangentOrZero(Node node) => Tangent(node) ?? regions.Zero(node.Type);

    private void Derive(Node node)
    {
        ImmutableArray<Node> x = [.. node.Operands.Select(o => primals[o])];
        if (node is Region region && activity[node])
        {
            derived[region] = Derive(region, x);
            primals[node] = node;
            return;
        }
        if (node is Result result && derived.TryGetValue(result.Region, out var results))
        {
            primals[node] = results.Primals[result.Index];
            if (results.Tangents[result.Index] is { } t) tangents[node] = t;
            return;
        }
        var y = primals[node] = x.SequenceEqual(node.Operands) ? node : g.Rebuild(node, x);
        if (activity[node] && node is not Param && Derive(node, x, y) is { } tangent) tangents[node] = tangent;
    }

    private Node? Derive(Node node, ImmutableArray<Node> x, Node y) => node switch
    {
        Apply { Op: ScalarOp.Select } n => g.Select(x[0], TangentOrZero(n.Operands[1]), TangentOrZero(n.Operands[2])),
        Apply n => Elementwise(n, x, y),
        Update { Mode: UpdateMode.Add } n when Tangent(n.Value) is null => Tangent(n.X),
        Update n => g.Update(TangentOrZero(n.X), TangentOrZero(n.Value), x.Skip(2), n.Mode, n.Bounds),
        ScatterAdd n when Tangent(n.Updates) is null => Tangent(n.X),
        ScatterAdd n => g.ScatterAdd(TangentOrZero(n.X), Tangent(n.Updates)!, x.Skip(2), n.Axes, n.Bounds),
        Concat n => g.Concat(n.Operands.Select(TangentOrZero), n.Axis),
        Reduce { Kind: not ReduceKind.Sum } n => Extremum(n, x[0], y),
        Contract n => Bilinear(n, x),
        MatrixFunction n => MatrixRules.Tangent(n, x, y, i => Tangent(n.Operands[i])),
        PlacedReduce { Kind: PlacedReduceKind.Max or PlacedReduceKind.Min } n => MapReduceAd.ExtremumTangent(regions, x[0], y, Tangent(n.X)!),
        // Linear in the first operand; the others are indices, or what is waited for.
        Recompute or Cast or Expand or Permute or Reshape or Slice or Pad or Reduce or Gather or Broadcast or PlacedReduce or Collect or Spread
            => g.Rebuild(node, x.SetItem(0, Tangent(node.Operands[0])!)),
        _ => throw new IrException($"no forward derivative of {node.GetType().Name}"),
    };

    private Node? Elementwise(Apply n, ImmutableArray<Node> x, Node y)
    {
        var partials = OpTable.Row(n.Op).Partials!(g, [.. x], y);
        Node? sum = null;
        for (var i = 0; i < x.Length; i++)
            if (partials[i] is { } partial && Tangent(n.Operands[i]) is { } t) sum = sum is null ? Derivatives.Times(partial, t) : sum + Derivatives.Times(partial, t);
        return sum;
    }

    /// <summary>The mean of the tangents of the elements that attain the extremum.</summary>
    private Node Extremum(Reduce n, Node x, Node y)
    {
        var (attained, count) = Ties.Of(g, x, y, n.Axes);
        return g.Sum(g.Select(attained, Tangent(n.X)!, g.Fill(0, x)), n.Axes) / count;
    }

    private Node Bilinear(Contract n, ImmutableArray<Node> x)
    {
        var left = Tangent(n.A) is { } a ? g.Contract(a, x[1], n.Axes) : null;
        var right = Tangent(n.B) is { } b ? g.Contract(x[0], b, n.Axes) : null;
        return left is null ? right! : right is null ? left : left + right;
    }

    private (ImmutableArray<Node>, ImmutableArray<Node?>) Derive(Region region, ImmutableArray<Node> x)
    {
        switch (region)
        {
            case Call { Callee.Rule: { } rule } n: return ByRule(n, rule, x);
            case Call n:
            {
                var push = derivatives.Push(n.Callee, activity.Mask(n.Operands));
                return Split(push.Tangents, regions.Call(push.Func, x.Concat(Present(n.Operands)), n.IsCheckpoint));
            }
            case Map n:
            {
                var push = derivatives.Push(n.Body, activity.Mask(n.Operands));
                return Split(push.Tangents, regions.Map(n.Placement, push.Func, x.Concat(Present(n.Operands))));
            }
            case Branch n:
            {
                var mask = activity.Mask(n.Arguments);
                var (then, otherwise) = (derivatives.Push(n.Then, mask), derivatives.Push(n.Otherwise, mask));
                ImmutableArray<bool> present = [.. then.Tangents.Zip(otherwise.Tangents, (a, b) => a is not null || b is not null)];
                var results = regions.Branch(x[0], then.With(present), otherwise.With(present), x.Skip(1).Concat(Present(n.Arguments)));
                return Split(present, results);
            }
            case Loop n: return Derive(n, x);
            default: throw new IrException($"no forward derivative of {region.GetType().Name}");
        }
    }

    private IEnumerable<Node> Present(IEnumerable<Node> nodes) => nodes.Select(Tangent).OfType<Node>();

    /// <summary>The function with tangents of exactly the results named.</summary>
    private Func With(ImmutableArray<bool> present) => present.SequenceEqual(Tangents.Select(t => t is not null))
        ? Func
        : new(Func.Name, Func.Parameters, [.. Results, .. Tangents.Select((t, i) => t ?? (present[i] ? regions.Zero(Results[i].Type) : null)).OfType<Node>()]);

    private static (ImmutableArray<Node>, ImmutableArray<Node?>) Split(ImmutableArray<Node?> tangents, ImmutableArray<Node> results) =>
        Split([.. tangents.Select(t => t is not null)], results);

    private static (ImmutableArray<Node>, ImmutableArray<Node?>) Split(ImmutableArray<bool> present, ImmutableArray<Node> results)
    {
        var next = present.Length;
        return ([.. results.Take(present.Length)], [.. present.Select(there => there ? results[next++] : null)]);
    }
}
