using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>How often steps mention buffers and locals: what is mentioned more often in the whole program than in some of its steps, others mention too.</summary>
internal static class Mentions
{
    public static Dictionary<object, int> Of(IEnumerable<Step> steps)
    {
        var counts = new Dictionary<object, int>();
        foreach (var step in steps) Count(step, counts);
        return counts;
    }

    private static void Count(Step step, Dictionary<object, int> counts)
    {
        foreach (var place in Own(step)) counts[place] = counts.TryGetValue(place, out var known) ? known + 1 : 1;
        foreach (var inner in step is StageStep stage ? stage.Body.Steps : step.Blocks.SelectMany(b => b.Steps)) Count(inner, counts);
    }

    /// <summary>The buffers and locals that a step mentions itself, not the blocks inside it.</summary>
    private static IEnumerable<object> Own(Step step) => Exprs(step).SelectMany(Leaves).Concat(step switch
    {
        ScalarStep s => [s.Local],
        AssignStep s => [s.Local],
        NestStep s => s.Outputs.Select(o => o.Target),
        GemmStep s => [s.A.Buffer, s.B.Buffer, s.C.Buffer],
        KernelStep s => s.Operands.Select(x => x.Buffer),
        TransposeStep s => [s.Packed, s.Lanes],
        LoopStep s => s.Swaps.SelectMany(x => new object[] { x.State, x.Next }).Concat(s.Assigned.Select(x => x.State)).Concat(s.Stacks).Append(s.Index)
            .Concat(s.Limit is LoopLimit.Counted counted ? [counted.Count] : []),
        StageStep s => s.Segments.Select(x => x.Buffer),
        _ => Array.Empty<object>(),
    });

    /// <summary>The values that a step computes and the indices of what it reads and writes.</summary>
    public static IEnumerable<Expr> Exprs(Step step) => step switch
    {
        ScalarStep s => [s.Value],
        AssignStep s => [s.Value],
        NestStep s => s.Outputs.SelectMany(o => Indices(o.At).Append(o.Value)),
        GemmStep s => new[] { s.A, s.B, s.C }.SelectMany(x => Indices(x.At)),
        KernelStep s => s.Operands.SelectMany(x => Indices(x.At)),
        TransposeStep s => Indices(s.PackedAt),
        LoopStep s => s.Assigned.Select(x => x.Next).Concat(s.Limit is LoopLimit.Running running ? [running.Condition] : []),
        BranchStep s => [s.Condition],
        _ => [],
    };

    private static IEnumerable<Expr> Indices(Address at) => at.Computed.Select(c => c.Index);

    /// <summary>The buffers and locals that a value is computed from.</summary>
    public static IEnumerable<object> Leaves(Expr root)
    {
        var seen = new HashSet<Expr> { root };
        var open = new Stack<Expr>(seen);
        while (open.Count > 0)
        {
            var expr = open.Pop();
            if (expr is LoadExpr load) yield return load.Buffer;
            if (expr is LocalExpr local) yield return local.Local;
            foreach (var operand in expr.Operands)
                if (seen.Add(operand)) open.Push(operand);
        }
    }
}
