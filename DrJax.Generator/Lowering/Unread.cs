using System.Collections.Immutable;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Drops from a block what it stores in scratch memory and nobody loads: values whose readers all came to stand in the same nest have them in registers.
/// </summary>
internal static class Unread
{
    /// <param name="scratch">Memory that nothing outside of the block reads.</param>
    public static (Block Block, ImmutableArray<Buffer> Scratch) Drop(Block block, ImmutableArray<Buffer> scratch)
    {
        while (true)
        {
            var (read, written) = (new HashSet<Buffer>(), new HashSet<Buffer>());
            Visit(block, read, written);
            var unread = scratch.Where(b => !read.Contains(b)).ToImmutableHashSet();
            scratch = [.. scratch.Where(read.Contains)];
            if (!written.Overlaps(unread)) return (block, scratch);
            block = Without(block, unread);
        }
    }

    /// <summary>The buffers that a step reads or writes.</summary>
    public static IEnumerable<Buffer> Mentioned(Step step)
    {
        var mentioned = new HashSet<Buffer>();
        Visit(new Block([step]), mentioned, mentioned);
        return mentioned;
    }

    /// <summary>Everything that a step mentions may be read, but where a nest stores.</summary>
    private static void Visit(Block block, HashSet<Buffer> read, HashSet<Buffer> written)
    {
        foreach (var step in block.Steps)
        {
            foreach (var inner in step.Blocks) Visit(inner, read, written);
            switch (step)
            {
                case ScalarStep s: Visit(s.Value, read); break;
                case AssignStep s: Visit(s.Value, read); break;
                case BranchStep s: Visit(s.Condition, read); break;
                case NestStep s:
                    foreach (var output in s.Outputs)
                    {
                        (output.Mode == OutputMode.Store ? written : read).Add(output.Target);
                        Visit(output.Value, read);
                        Visit(output.At, read);
                    }
                    break;
                case GemmStep s:
                    foreach (var matrix in new[] { s.A, s.B, s.C }) Visit(matrix.Buffer, matrix.At, read);
                    break;
                case KernelStep s:
                    foreach (var operand in s.Operands) Visit(operand.Buffer, operand.At, read);
                    break;
                case TransposeStep s:
                    Visit(s.Packed, s.PackedAt, read);
                    read.Add(s.Lanes);
                    break;
                case LoopStep s:
                    if (s.Limit is LoopLimit.Running running) Visit(running.Condition, read);
                    foreach (var (state, next) in s.Swaps) read.UnionWith([state, next]);
                    foreach (var (_, next) in s.Assigned) Visit(next, read);
                    break;
                case StageStep s:
                    read.UnionWith(s.Segments.Select(segment => segment.Buffer));
                    // What a stage stores outside of itself, it stores for other steps.
                    Visit(s.Body, read, read);
                    break;
                default: throw new InvalidOperationException($"no step {step.GetType().Name}");
            }
        }
    }

    private static void Visit(Buffer buffer, Address at, HashSet<Buffer> read)
    {
        read.Add(buffer);
        Visit(at, read);
    }

    private static void Visit(Address at, HashSet<Buffer> read)
    {
        foreach (var computed in at.Computed) Visit(computed.Index, read);
    }

    private static void Visit(Expr root, HashSet<Buffer> read)
    {
        var seen = new HashSet<Expr> { root };
        var open = new Stack<Expr>(seen);
        while (open.Count > 0)
        {
            var expr = open.Pop();
            if (expr is LoadExpr load) read.Add(load.Buffer);
            foreach (var operand in expr.Operands)
                if (seen.Add(operand)) open.Push(operand);
        }
    }

    private static Block Without(Block block, ImmutableHashSet<Buffer> unread) => new([.. block.Steps.Select(step => Without(step, unread)).OfType<Step>()]);

    private static Step? Without(Step step, ImmutableHashSet<Buffer> unread)
    {
        switch (step)
        {
            case NestStep s:
                ImmutableArray<Output> kept = [.. s.Outputs.Where(o => !unread.Contains(o.Target))];
                return kept.Length == s.Outputs.Length ? s : kept.IsEmpty ? null : new NestStep(s.Name, s.Parallel, s.Reduced, s.Vector, s.Element, kept, s.Because);
            case BranchStep s:
                return new BranchStep(s.Condition, Without(s.Then, unread), Without(s.Otherwise, unread), s.Because);
            case LoopStep s:
                var limit = s.Limit is LoopLimit.Running running ? running with { Block = Without(running.Block, unread) } : s.Limit;
                return new LoopStep(s.Index, limit, s.Reverse, Without(s.Body, unread), s.Swaps, s.Assigned, s.Stacks, s.Because);
            default: return step;
        }
    }
}
