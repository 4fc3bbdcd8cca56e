using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>How a value depends on chosen parameters. Zero is every degree at once: it joins with any other.</summary>
internal enum Degree
{
    Zero,
    Free,
    Linear,
    Other,
}

/// <summary>Whether the results of a function are homogeneous and linear in some of its parameters together, the others being fixed.</summary>
internal sealed class Linearity
{
    private readonly Dictionary<(Func, EquatableArray<Degree>), EquatableArray<Degree>> known = [];

    /// <summary>The degree of every result, given that of every parameter.</summary>
    public EquatableArray<Degree> Of(Func f, EquatableArray<Degree> parameters)
    {
        if (known.TryGetValue((f, parameters), out var results)) return results;
        var degrees = new Dictionary<Node, Degree>();
        var regions = new Dictionary<Region, EquatableArray<Degree>>();
        for (var i = 0; i < f.Parameters.Length; i++) degrees[f.Parameters[i]] = parameters[i];
        foreach (var node in f.Nodes)
        {
            if (node is Param) continue;
            Degree[] x = [.. node.Operands.Select(o => degrees[o])];
            if (node is Region region)
            {
                regions[region] = OfRegion(region, x);
                degrees[region] = Degree.Other;
            }
            else degrees[node] = node is Result result ? regions[result.Region][result.Index] : OfNode(node, x);
        }
        return known[(f, parameters)] = f.Results.Select(r => degrees[r]).ToEquatable();
    }

    private static Degree OfNode(Node node, Degree[] x)
    {
        if (Regions.IsZero(node)) return Degree.Zero;
        if (x.Contains(Degree.Other)) return Degree.Other;
        if (!x.Contains(Degree.Linear)) return Degree.Free;
        return node switch
        {
            Apply { Op: ScalarOp.Negate or ScalarOp.Add or ScalarOp.Subtract } or Concat => If(x.All(IsLinear)),
            Apply { Op: ScalarOp.Multiply } or Contract => If(x.Count(d => d == Degree.Linear) == 1),
            Apply { Op: ScalarOp.Divide } => If(x[1] != Degree.Linear),
            Apply { Op: ScalarOp.Select } => If(x[0] != Degree.Linear && x.Skip(1).All(IsLinear)),
            Recompute => x[0],
            Update or ScatterAdd => If(x.Take(2).All(IsLinear) && !x.Skip(2).Contains(Degree.Linear)),
            Cast n => If(n.Type.IsDifferentiable),
            MatrixFunction { Op.Kind: MatrixKind.TriangularSolve or MatrixKind.LuSolve } => If(IsLinear(x[x.Length - 1]) && !x.Take(x.Length - 1).Contains(Degree.Linear)),
            Reduce { Kind: ReduceKind.Sum } or PlacedReduce { Kind: PlacedReduceKind.Sum or PlacedReduceKind.Mean }
                or Expand or Permute or Reshape or Slice or Pad or Gather or Broadcast or Collect or Spread or StopGradient
                => If(IsLinear(x[0]) && !x.Skip(1).Contains(Degree.Linear)),
            _ => Degree.Other,
        };
    }

    private EquatableArray<Degree> OfRegion(Region region, Degree[] x)
    {
        switch (region)
        {
            case Call n: return Of(n.Callee, new([.. x]));
            case Map n: return Of(n.Body, new([.. x]));
            case Branch n when x[0] is Degree.Linear or Degree.Other: return n.Types.Select(_ => Degree.Other).ToEquatable();
            case Branch n: return Of(n.Then, new([.. x.Skip(1)])).Zip(Of(n.Otherwise, new([.. x.Skip(1)])), Join).ToEquatable();
            case Loop n: return OfLoop(n, x);
            default: throw new IrException($"no rule for {region.GetType().Name}");
        }
    }

    private EquatableArray<Degree> OfLoop(Loop n, Degree[] x)
    {
        var parameters = x.Take(n.BodyOperands.Length).Prepend(Degree.Free).ToArray();
        while (true)
        {
            var results = Of(n.Body, new([.. parameters]));
            var next = parameters.Select((d, i) => i >= 1 && i <= n.Carried ? Join(d, results[i - 1]) : d).ToArray();
            if (!next.SequenceEqual(parameters))
            {
                parameters = next;
                continue;
            }
            // The number of trips must not depend on what is to be scaled.
            var trips = n.Trips is LoopTrips.While { Condition: var condition } ? Of(condition, new([.. parameters]))[0] : x.Skip(n.BodyOperands.Length).DefaultIfEmpty().Max();
            return trips > Degree.Free ? results.Select(_ => Degree.Other).ToEquatable() : results.Select((d, i) => i < n.Carried ? parameters[1 + i] : d).ToEquatable();
        }
    }

    private static bool IsLinear(Degree d) => d is Degree.Linear or Degree.Zero;

    private static Degree If(bool linear) => linear ? Degree.Linear : Degree.Other;

    private static Degree Join(Degree a, Degree b) => a == b || b == Degree.Zero ? a : a == Degree.Zero ? b : Degree.Other;
}
