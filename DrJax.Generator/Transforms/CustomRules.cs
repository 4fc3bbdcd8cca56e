using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>A function has no derivative of the mode asked for: its rule is of the other mode, or asks for the derivative that it is to define.</summary>
internal sealed class NoDerivativeException(string function, bool isOwnRule = false) : Exception($"no derivative of {function}")
{
    public string Function { get; } = function;

    public bool IsOwnRule { get; } = isOwnRule;
}

internal sealed partial class Pushforward
{
    private (ImmutableArray<Node>, ImmutableArray<Node?>) ByRule(Call n, CustomRule rule, ImmutableArray<Node> x)
    {
        var jvp = rule.Jvp ?? throw new NoDerivativeException(n.Callee.Name);
        var tangents = n.Operands.Where(o => o.Type.IsDifferentiable).Select(TangentOrZero);
        return Split([.. n.Types.Select(t => t.IsDifferentiable)], g.Call(jvp, x.Concat(tangents)));
    }
}

internal sealed partial class Pullback
{
    private void ByRule(Call n, Node?[] cts)
    {
        var given = n.Types.Select((t, i) => t.IsDifferentiable ? cts[i] ?? regions.Zero(t) : null).OfType<Node>();
        var results = g.Call(derivatives.ReverseRule(n.Callee), n.Operands.Concat(given));
        Contribute(n.Operands, n.Operands.Select(o => o.Type.IsDifferentiable).ToEquatable(), results);
    }
}

/// <summary>Rules of functions in the other mode, and over lanes.</summary>
internal sealed partial class Derivatives
{
    private readonly Dictionary<Func, Func> transposed = [];
    private readonly Dictionary<(Func, Dim, EquatableArray<bool>, bool, bool), Func> batchedWithRule = [];

    /// <summary>The reverse rule: the user's, or the transpose of the forward rule, which is linear in its tangents, so that it may be transposed at zero.</summary>
    internal Func ReverseRule(Func f) => f.Rule!.Vjp ?? Memo(transposed, f, () =>
    {
        var jvp = Ready(f.Rule!.Jvp ?? throw new NoDerivativeException(f.Name));
        var (own, results) = (f.Parameters.Length, f.Results.Length);
        var tangents = jvp.Parameters.Select((_, i) => i >= own).ToEquatable();
        var pull = Pull(jvp, tangents, jvp.Results.Select((_, i) => i >= results).ToEquatable()).Func(primal: false, tangents);
        var parameters = Graph.Fresh(f.Parameters);
        var cotangents = Graph.Fresh(pull.Parameters.Skip(jvp.Parameters.Length));
        var zeros = jvp.Parameters.Skip(own).Select(t => Regions.Zero(t.Type));
        return new Func($"transpose.{jvp.Name}", [.. parameters, .. cotangents], Graph.Inline(pull, [.. parameters, .. zeros, .. cotangents]));
    });

    /// <summary>Whether forward mode reaches every call in the function: none has a reverse rule alone.</summary>
    public bool HasForward(Func f)
    {
        var seen = new HashSet<Func> { f };
        var open = new Stack<Func>([f]);
        while (open.Count > 0)
        {
            foreach (var node in open.Pop().Nodes)
            {
                ImmutableArray<Func> next = [.. Verifier.Functions(node)];
                if (node is Call { Callee.Rule: { } rule })
                {
                    if (rule.Jvp is not { } jvp) return false;
                    next = [jvp];
                }
                foreach (var inner in next)
                    if (seen.Add(inner)) open.Push(inner);
            }
        }
        return true;
    }

    /// <summary>A function with a rule over a new first axis of its batched parameters and of all its results; the rule goes with it.</summary>
    internal Func BatchWithRule(Func f, Dim size, EquatableArray<bool> mask, bool protect, bool guarded)
    {
        var key = (f, size, mask, protect, guarded);
        if (batchedWithRule.TryGetValue(key, out var known)) return known;
        var inner = Batch(f, size, mask, protect, guarded).WithAllResults;
        var differentiable = f.Parameters.Select(p => p.Type.IsDifferentiable).ToArray();
        var tangents = mask.Where((_, i) => differentiable[i]);
        return batchedWithRule[key] = new Func(inner.Name, inner.Parameters, inner.Results)
        {
            Rule = new(
                () => f.Rule!.Jvp is { } jvp ? Batched(jvp, tangents) : null,
                () => f.Rule!.Vjp is { } vjp ? SummedOverLanes(Batched(vjp, vjp.Parameters.Skip(mask.Count).Select(_ => true))) : null),
        };

        Func Batched(Func rule, IEnumerable<bool> directions)
        {
            var lanes = Batch(rule, size, mask.Concat(directions).ToEquatable(), protect, guarded).WithAllResults;
            if (!guarded) return lanes;
            // The guard is the function's last parameter, before the directions.
            var guard = lanes.Parameters.Length - 1;
            return new(lanes.Name, [.. lanes.Parameters.Take(mask.Count), lanes.Parameters[guard], .. lanes.Parameters.Take(guard).Skip(mask.Count)], lanes.Results);
        }

        // A parameter that all lanes share has the sum of their cotangents.
        Func SummedOverLanes(Func rule)
        {
            bool[] own = [.. tangents];
            return new(rule.Name, rule.Parameters, [.. rule.Results.Select((r, i) => own[i] ? r : Regions.Lift("sumOfLanes", x => Graph.Sum(x[0], [0]), r))]);
        }
    }
}
