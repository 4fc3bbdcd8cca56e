using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Which values of a function have a derivative that may not be zero: floating, and dependent on an active parameter other than through flat operations.</summary>
internal sealed class Activity
{
    private readonly Derivatives derivatives;
    private readonly HashSet<Node> active = [];
    private readonly Dictionary<Loop, EquatableArray<bool>> loops = [];

    public Activity(Derivatives derivatives, Func f, EquatableArray<bool> parameters)
    {
        this.derivatives = derivatives;
        for (var i = 0; i < f.Parameters.Length; i++)
            if (parameters[i] && f.Parameters[i].Type.IsDifferentiable) active.Add(f.Parameters[i]);
        var results = new Dictionary<Region, EquatableArray<bool>>();
        foreach (var node in f.Nodes)
        {
            if (node is Region region)
            {
                results[region] = Of(region);
                if (results[region].Any(a => a)) active.Add(region);
            }
            else if (node is Result result ? results[result.Region][result.Index] : IsActive(node)) active.Add(node);
        }
        Results = f.Results.Select(active.Contains).ToEquatable();
    }

    public EquatableArray<bool> Results { get; }

    public bool this[Node node] => active.Contains(node);

    public EquatableArray<bool> Mask(IEnumerable<Node> nodes) => nodes.Select(active.Contains).ToEquatable();

    /// <summary>The active parameters of a loop's body, in any iteration.</summary>
    public EquatableArray<bool> Body(Loop loop) => loops[loop];

    private bool IsActive(Node node) => node.Type.IsDifferentiable && node switch
    {
        StopGradient or MatrixFunction { Op.Kind: MatrixKind.Lu } => false,
        Cast n => active.Contains(n.X),
        Recompute n => active.Contains(n.X),
        Apply n => OpTableHasDerivative(n) && n.Operands.Any(active.Contains),
        _ => node.Operands.Any(active.Contains),
    };

    private static bool OpTableHasDerivative(Apply n) =>
        n.Op == Ops.ScalarOp.Select || Ops.OpTable.Row(n.Op).Partials is not null;

    private EquatableArray<bool> Of(Region region)
    {
        switch (region)
        {
            // A rule may give a derivative to what has none of its own.
            case Call { Callee.Rule: not null } n: return n.Types.Select(t => t.IsDifferentiable && n.Operands.Any(active.Contains)).ToEquatable();
            case Call n: return derivatives.Active(n.Callee, Mask(n.Operands)).Results;
            case Map n: return derivatives.Active(n.Body, Mask(n.Operands)).Results;
            case Branch n:
                var arguments = Mask(n.Arguments);
                return derivatives.Active(n.Then, arguments).Results
                    .Zip(derivatives.Active(n.Otherwise, arguments).Results, (a, b) => a || b).ToEquatable();
            case Loop n:
                // A carried value is active if it is so at first or after some iteration.
                ImmutableArray<bool> mask = [false, .. Mask(n.BodyOperands)];
                while (true)
                {
                    var results = derivatives.Active(n.Body, new(mask)).Results;
                    ImmutableArray<bool> next = [.. mask.Select((a, i) => a || (i >= 1 && i <= n.Carried && results[i - 1]))];
                    if (next.SequenceEqual(mask))
                    {
                        loops[n] = new(mask);
                        return results.Select((a, i) => i < n.Carried ? mask[1 + i] : a).ToEquatable();
                    }
                    mask = next;
                }
            default: throw new IrException($"no activity rule for {region.GetType().Name}");
        }
    }
}
