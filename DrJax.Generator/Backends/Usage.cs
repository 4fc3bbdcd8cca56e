using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>The buffers, locals and size symbols that steps mention, each once, in order of first mention.</summary>
internal sealed class Usage
{
    private readonly HashSet<object> seen = [];

    public List<Buffer> Buffers { get; } = [];

    public List<Local> Locals { get; } = [];

    public List<string> Symbols { get; } = [];

    /// <summary>Of these, arguments and results of which the nearest element is taken where an index is outside: of an empty one there must be something to take.</summary>
    public HashSet<Buffer> Clamped { get; } = [];

    /// <summary>What is declared inside the steps: scratch and segments of stages, results of scalar steps, loop indices.</summary>
    public HashSet<object> Declared { get; } = [];

    public static Usage Of(params IEnumerable<Step> steps)
    {
        var usage = new Usage();
        foreach (var step in steps) usage.Visit(step);
        return usage;
    }

    public void Visit(Dim dim)
    {
        foreach (var atom in dim.Atoms)
        {
            if (seen.Add(atom)) Symbols.Add(atom.Name);
        }
    }

    public void Visit(Buffer buffer)
    {
        if (seen.Add(buffer)) Buffers.Add(buffer);
    }

    /// <summary>Counts the sizes of buffers that are allocated here.</summary>
    public void Declare(IEnumerable<Buffer> buffers)
    {
        foreach (var buffer in buffers)
        {
            Visit(buffer);
            Visit(buffer.Size);
            Declared.Add(buffer);
        }
    }

    private void Visit(Block block)
    {
        foreach (var step in block.Steps) Visit(step);
    }

    private void Visit(Step step)
    {
        switch (step)
        {
            case ScalarStep s:
                Visit(s.Value);
                Visit(s.Local);
                Declared.Add(s.Local);
                break;
            case AssignStep s:
                Visit(s.Value);
                Visit(s.Local);
                break;
            case NestStep s:
                foreach (var axis in s.Parallel.Concat(s.Reduced)) Visit(axis.Extent);
                foreach (var output in s.Outputs)
                {
                    Visit(output.Value);
                    Visit(output.Target, output.At);
                }
                break;
            case GemmStep s:
                foreach (var axis in s.Outer.Concat(s.Summed)) Visit(axis.Extent);
                foreach (var matrix in new[] { s.A, s.B, s.C })
                {
                    Visit(matrix.Buffer, matrix.At);
                    Visit(matrix.RowStride);
                    Visit(matrix.ColumnStride);
                }
                foreach (var size in new[] { s.M, s.N, s.K }) Visit(size);
                break;
            case KernelStep s:
                foreach (var axis in s.Outer) Visit(axis.Extent);
                if (s.Lanes is { } lanes) Visit(lanes.Extent);
                foreach (var operand in s.Operands)
                {
                    Visit(operand.Buffer, operand.At);
                    foreach (var stride in operand.Strides) Visit(stride);
                }
                foreach (var size in s.Sizes) Visit(size);
                break;
            case TransposeStep s:
                Visit(s.Packed, s.PackedAt);
                Visit(s.Lanes);
                foreach (var size in new[] { s.PackedStride, s.BlockSize, s.Size, s.LaneStride }) Visit(size);
                break;
            case LoopStep s:
                switch (s.Limit)
                {
                    case LoopLimit.Sized limit: Visit(limit.Count); break;
                    case LoopLimit.Counted limit: Visit(limit.Count); break;
                    case LoopLimit.Running limit:
                        Visit(limit.Block);
                        Visit(limit.Condition);
                        break;
                }
                Visit(s.Index);
                Declared.Add(s.Index);
                Declare(s.Stacks);
                foreach (var (state, next) in s.Swaps) { Visit(state); Visit(next); }
                Visit(s.Body);
                foreach (var (state, next) in s.Assigned) { Visit(next); Visit(state); }
                break;
            case BranchStep s:
                Visit(s.Condition);
                Visit(s.Then);
                Visit(s.Otherwise);
                break;
            case StageStep s:
                Visit(s.Placement.Size);
                Visit(s.BytesPerGroup);
                Declare(s.Scratch);
                Declare(s.Segments.Select(segment => segment.Buffer));
                Visit(s.Body);
                break;
            default:
                throw new InvalidOperationException($"no step {step.GetType().Name}");
        }
    }

    private void Visit(Local local)
    {
        if (seen.Add(local)) Locals.Add(local);
    }

    private void Visit(Buffer buffer, Address at)
    {
        Visit(buffer);
        if (buffer.Kind is BufferKind.Argument or BufferKind.Result && at.Computed.Any(c => c.Index is IndexExpr { Bounds: Bounds.Clamped } index && !(index.Extent - Dim.One).IsNonNegative)) Clamped.Add(buffer);
        Visit(at.Offset);
        foreach (var stride in at.Strides) Visit(stride.Stride);
        foreach (var computed in at.Computed)
        {
            Visit(computed.Index);
            Visit(computed.Stride);
        }
    }

    private void Visit(Expr expr)
    {
        if (!seen.Add(expr)) return;
        foreach (var operand in expr.Operands) Visit(operand);
        switch (expr)
        {
            case SizeExpr e: Visit(e.Dim); break;
            case LocalExpr e: Visit(e.Local); break;
            case IndexExpr { Bounds: not Bounds.Inside } e: Visit(e.Extent); break;
            case LoadExpr e:
                Visit(e.Buffer, e.Address);
                break;
        }
    }
}
