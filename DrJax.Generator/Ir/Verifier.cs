using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>
/// What is well formed: functions are closed, every node has the type that its constructor would give it from its operands, and placed values
/// meet MapReduce nodes and regions only. Run between passes; a breach is an <see cref="IrException"/>, a mistake of the compiler.
/// </summary>
internal static class Verifier
{
    /// <summary>Verifies a function and all that it reaches; returns it, so that a pass can be wrapped.</summary>
    public static Func Verify(Func entry)
    {
        var known = new HashSet<Func> { entry };
        var open = new Stack<Func>([entry]);
        while (open.Count > 0)
        {
            var func = open.Pop();
            VerifyOne(func);
            foreach (var inner in func.Nodes.SelectMany(n => Functions(n)).Concat(func.Rule?.Functions.Select(r => r.Func) ?? []))
                if (known.Add(inner)) open.Push(inner);
        }
        return entry;
    }

    /// <summary>The functions that a region applies.</summary>
    public static ImmutableArray<Func> Functions(Node node) => node switch
    {
        Call n => [n.Callee],
        Branch n => [n.Then, n.Otherwise],
        Loop n => n.Condition is { } condition ? [condition, n.Body] : [n.Body],
        Map n => [n.Body],
        _ => [],
    };

    private static void VerifyOne(Func func)
    {
        foreach (var (kind, rule) in func.Rule?.Functions ?? []) VerifyRule(func, kind, rule);
        var parameters = new HashSet<Node>(func.Parameters);
        Require(parameters.Count == func.Parameters.Length, func, "a parameter stands twice in the list");
        foreach (var node in func.Nodes)
        {
            if (node is Param parameter) Require(parameters.Contains(node), func, $"it uses {parameter.Name}, a parameter of another function");
            try
            {
                VerifyNode(func, node);
            }
            catch (IrException e) when (!e.Message.StartsWith(func.Name + ": ", StringComparison.Ordinal))
            {
                throw new IrException($"{func.Name}: {e.Message}");
            }
        }
    }

    private static void VerifyRule(Func func, string kind, Func rule)
    {
        var (parameters, results) = (func.Parameters.Select(p => p.Type), func.Results.Select(r => r.Type));
        var (variables, values) = (parameters.Where(t => t.IsDifferentiable), results.Where(t => t.IsDifferentiable));
        var isForward = kind == "jvp";
        Require(rule.Parameters.Select(p => p.Type).SequenceEqual(parameters.Concat(isForward ? variables : values)), func, $"its {kind} takes other parameters");
        Require(rule.Results.Select(r => r.Type).SequenceEqual(isForward ? results.Concat(values) : variables), func, $"its {kind} has other results");
    }

    private static void VerifyNode(Func func, Node node)
    {
        if (node is not (Region or Result or Broadcast or PlacedReduce or Collect or Param))
            Require(!node.Operands.Any(o => o.Type.IsPlaced), func, $"{node.GetType().Name} of a placed value: only maps, reductions, broadcasts, collections and regions take them");
        Require(node is Result || !node.Operands.Any(o => o is Region), func, $"{node.GetType().Name} of a region: its results are taken out first");
        switch (node)
        {
            case Param: break;
            case Result n:
                Require(n.Index >= 0 && n.Index < n.Region.Types.Length && n.Type.Equals(n.Region.Types[n.Index]), func, $"result {n.Index} of {n.Region.GetType().Name}");
                break;
            case Region n: VerifyRegion(func, n); break;
            case Update n:
                Require(n.Value.Type.Element == n.X.Type.Element && n.Value.Type.Rank == n.X.Type.Rank, func, $"update of {n.X.Type} by {n.Value.Type}");
                break;
            case ScatterAdd n:
                var expected = n.Indices[0].Type.Shape.Concat(n.Type.Shape.Where((_, axis) => !n.Axes.Contains(axis))).ToEquatable();
                Require(n.Updates.Type.Shape.Equals(expected) && n.Indices.All(i => i.Type.Equals(n.Indices[0].Type)) && n.Indices.Length == n.Axes.Count,
                    func, $"scatterAdd of {n.Updates.Type} into {n.Type} over axes {n.Axes}");
                break;
            default:
                var again = node.Graph.Rebuild(node, node.Operands);
                Require(again.Type.Equals(node.Type), func, $"{node.GetType().Name} of type {node.Type}, which its operands make {again.Type}");
                break;
        }
    }

    /// <summary>The graph's constructors hold the rules.</summary>
    private static void VerifyRegion(Func func, Region region)
    {
        var g = region.Graph;
        switch (region)
        {
            case Call n: g.Call(n.Callee, n.Operands); break;
            case Branch n: g.Branch(n.Condition, n.Then, n.Otherwise, n.Arguments); break;
            case Map n: g.Map(n.Placement, n.Body, n.Operands); break;
            case Loop n:
                Require(n.Carried <= n.BodyOperands.Length && n.Carried <= n.Body.Results.Length, func, $"loop carries {n.Carried} values, its body returns {n.Body.Results.Length}");
                g.Loop(n.Trips, n.Count, n.Reverse, n.Body, n.Initial, n.Invariants);
                break;
            default: throw new IrException($"no rule for {region.GetType().Name}");
        }
    }

    private static void Require(bool holds, Func func, string otherwise)
    {
        if (!holds) throw new IrException($"{func.Name}: {otherwise}");
    }
}
