using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>A place in a buffer that a step reads or writes.</summary>
internal readonly record struct MemoryAccess(Buffer Buffer, Address At, bool Writes);

/// <summary>Every access to memory in steps and in the blocks inside them, stages' too.</summary>
internal static class Accesses
{
    public static IEnumerable<MemoryAccess> Of(Block block) => block.Steps.SelectMany(Of);

    public static IEnumerable<MemoryAccess> Of(Step step)
    {
        var inside = step is StageStep stage ? Of(stage.Body) : step.Blocks.SelectMany(Of);
        return Own(step).Concat(inside);
    }

    private static IEnumerable<MemoryAccess> Own(Step step) => step switch
    {
        ScalarStep s => Loads(s.Value),
        AssignStep s => Loads(s.Value),
        NestStep s => s.Outputs.SelectMany(o => At(o.Target, o.At, writes: true).Concat(Loads(o.Value))),
        GemmStep s => At(s.A).Concat(At(s.B)).Concat(At(s.C, writes: true)),
        KernelStep s => s.Operands.SelectMany((x, i) => At(x.Buffer, x.At, writes: i == s.Operands.Length - 1)),
        TransposeStep s => At(s.Packed, s.PackedAt, writes: !s.ToLanes).Append(new(s.Lanes, Start, s.ToLanes)),
        LoopStep s => s.Assigned.SelectMany(a => Loads(a.Next)).Concat(s.Limit is LoopLimit.Running running ? Loads(running.Condition) : []),
        BranchStep s => Loads(s.Condition),
        _ => [],
    };

    private static Address Start { get; } = new(Ir.Dim.Zero, [], []);

    private static IEnumerable<MemoryAccess> At(MatrixView matrix, bool writes = false) => At(matrix.Buffer, matrix.At, writes);

    private static IEnumerable<MemoryAccess> At(Buffer buffer, Address at, bool writes) =>
        at.Computed.SelectMany(c => Loads(c.Index)).Prepend(new(buffer, at, writes));

    /// <summary>Every element that a value reads.</summary>
    public static IEnumerable<MemoryAccess> Loads(Expr root)
    {
        var seen = new HashSet<Expr> { root };
        var open = new Stack<Expr>(seen);
        while (open.Count > 0)
        {
            var expr = open.Pop();
            if (expr is LoadExpr load) yield return new(load.Buffer, load.Address, false);
            foreach (var operand in expr.Operands)
                if (seen.Add(operand)) open.Push(operand);
        }
    }
}
