using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Tests.Lowering;

/// <summary>Runs the lowered form as it is written, one element at a time: proves the lowering without a backend.</summary>
internal sealed class LoweredInterpreter(LoweredProgram program, Dictionary<string, long> sizes, int blockCapacity)
{
    private readonly Dictionary<Buffer, double[]> memory = [];
    private readonly Dictionary<Local, double> locals = [];
    private readonly Dictionary<LoopAxis, long> axes = [];

    public static NdArrayResult[] Run(Program program, IReadOnlyDictionary<string, int> sizes, int blockCapacity, params double[][] arguments)
    {
        var lowered = Lower.Program(program);
        return new LoweredInterpreter(lowered, sizes.ToDictionary(s => s.Key, s => (long)s.Value), blockCapacity).Run(arguments);
    }

    public NdArrayResult[] Run(double[][] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
            if (program.Arguments[i].Scalar is { } scalar) locals[scalar] = arguments[i][0];
            else memory[program.Arguments[i].Buffer!] = [.. arguments[i]];
        foreach (var result in program.Results) memory[result] = Poison(result);
        foreach (var scratch in program.Scratch) memory[scratch] = Poison(scratch);
        Run(program.Body);
        return [.. program.Results.Select(r => new NdArrayResult([.. r.Shape.Select(Size)], memory[r]))];
    }

    private double[] Poison(Buffer buffer)
    {
        var data = new double[Size(buffer.Size)];
        Array.Fill(data, double.NaN);
        return data;
    }

    private void Run(Block block)
    {
        foreach (var step in block.Steps) Run(step);
    }

    private void Run(Step step)
    {
        switch (step)
        {
            case ScalarStep s: locals[s.Local] = Eval(s.Value); break;
            case AssignStep s: locals[s.Local] = Eval(s.Value); break;
            case NestStep s: Nest(s); break;
            case GemmStep s: Gemm(s); break;
            case KernelStep s: Kernels(s); break;
            case BranchStep s: Run(Eval(s.Condition) != 0 ? s.Then : s.Otherwise); break;
            case LoopStep s: Loop(s); break;
            case TransposeStep s: Transpose(s); break;
            case StageStep s: Stage(s); break;
            default: throw new InvalidOperationException(step.GetType().Name);
        }
    }

    private void Loop(LoopStep s)
    {
        var count = s.Limit switch
        {
            LoopLimit.Sized limit => Size(limit.Count),
            LoopLimit.Counted limit => (long)locals[limit.Count],
            _ => long.MaxValue,
        };
        foreach (var stack in s.Stacks) memory[stack] = s.Limit is LoopLimit.Counted ? [.. Enumerable.Range(0, (int)Math.Max(0, count)).SelectMany(_ => Poison(stack))] : [];
        for (long t = 0; t < count; t++)
        {
            if (s.Limit is LoopLimit.Running running)
            {
                locals[s.Index] = t;
                Run(running.Block);
                if (Eval(running.Condition) == 0) break;
                foreach (var stack in s.Stacks) memory[stack] = [.. memory[stack], .. Poison(stack)];
            }
            locals[s.Index] = s.Reverse ? count - 1 - t : t;
            Run(s.Body);
            foreach (var (state, next) in s.Swaps) (memory[state], memory[next]) = (memory[next], memory[state]);
            var values = s.Assigned.Select(a => Eval(a.Next)).ToArray();
            for (var i = 0; i < values.Length; i++) locals[s.Assigned[i].State] = values[i];
        }
    }

    private void Stage(StageStep s)
    {
        foreach (var segment in s.Segments)
        {
            memory[segment.Buffer] = new double[Size(segment.Buffer.Size)];
            Array.Fill(memory[segment.Buffer], segment.Kind switch { ReduceKind.Sum => 0, ReduceKind.Max => double.NegativeInfinity, _ => double.PositiveInfinity });
        }
        var groups = Size(s.Placement.Size);
        sizes[StageSizes.LanesName] = (blockCapacity + 7) / 8 * 8;
        foreach (var scratch in s.Scratch) memory[scratch] = Poison(scratch);
        foreach (var (scratch, home) in s.Homes) memory[scratch] = memory[home];
        for (long g = 0; g < groups; g += blockCapacity)
        {
            sizes[StageSizes.GroupName] = g;
            sizes[StageSizes.BlockName] = Math.Min(blockCapacity, groups - g);
            Run(s.Body);
        }
    }

    private void Transpose(TransposeStep s)
    {
        var at = At(s.PackedAt);
        for (long b = 0; b < Size(s.BlockSize); b++)
            for (long i = 0; i < Size(s.Size); i++)
            {
                var (packed, lane) = (at + b * Size(s.PackedStride) + i, i * Size(s.LaneStride) + b);
                if (s.ToLanes) memory[s.Lanes][lane] = memory[s.Packed][packed];
                else memory[s.Packed][packed] = memory[s.Lanes][lane];
            }
    }

    private void Gemm(GemmStep s) => Over(s.Outer, () =>
    {
        var first = !s.Accumulate;
        Over(s.Summed, () =>
        {
            for (long i = 0; i < Size(s.M); i++)
                for (long j = 0; j < Size(s.N); j++)
                {
                    double sum = Is(GemmBounds.ColumnsToRow, i - j) && Is(GemmBounds.ColumnsFromRow, j - i) ? 0 : double.NaN;
                    for (long k = 0; k < Size(s.K); k++)
                        if (Is(GemmBounds.InnerToRow, i - k) && Is(GemmBounds.InnerFromRow, k - i) && Is(GemmBounds.InnerToColumn, j - k) && Is(GemmBounds.InnerFromColumn, k - j))
                            sum += memory[s.A.Buffer][At(s.A.At) + i * Size(s.A.RowStride) + k * Size(s.A.ColumnStride)]
                            * memory[s.B.Buffer][At(s.B.At) + k * Size(s.B.RowStride) + j * Size(s.B.ColumnStride)];
                    ref var c = ref memory[s.C.Buffer][At(s.C.At) + i * Size(s.C.RowStride) + j * Size(s.C.ColumnStride)];
                    c = first ? sum : c + sum;
                }
            first = false;
        });

        // Points that a bound excludes count for nothing, and results that it excludes are read by nobody.
        bool Is(GemmBounds bound, long distance) => (s.Bounds & bound) == 0 || distance >= 0;
    });

    private void Kernels(KernelStep s)
    {
        ImmutableArray<LoopAxis> loops = s.Lanes is { } lanes ? [.. s.Outer, lanes] : s.Outer;
        var (n, k) = ((int)Size(s.Sizes[0]), (int)Size(s.Sizes[^1]));
        Over(loops, () =>
        {
            // Lanes are adjacent.
            var lane = s.Lanes is { } axis ? axes[axis] : 0;
            long Place(KernelOperand x, int i, int j) => At(x.At) + lane + (x.Strides.Length > 0 ? i * Size(x.Strides[0]) : 0) + (x.Strides.Length > 1 ? j * Size(x.Strides[1]) : 0);
            var last = s.Operands[^1];
            if (s.Kernel == Kernel.ArgSort)
            {
                var order = Ir.MatrixOracle.ArgSort([.. Enumerable.Range(0, n).Select(i => memory[s.Operands[0].Buffer][Place(s.Operands[0], i, 0)])], s.Flags[0]);
                for (var i = 0; i < n; i++) memory[last.Buffer][Place(last, i, 0)] = order[i];
                return;
            }
            var upper = s.Kernel == Kernel.TriangularSolve && s.Flags[0];
            var op = new MatrixOp(Enum.Parse<MatrixKind>(s.Kernel.ToString()), upper, s.Flags.Length > 0 && s.Flags[^1]);
            var value = Ir.MatrixOracle.Evaluate(op, [.. s.Operands.SkipLast(1).Select((x, i) => Matrix(x, i == 0 ? n + (HasOrder(s) ? 1 : 0) : n, i == 0 ? n : k))]);
            for (var i = 0; i < value.GetLength(0); i++)
                for (var j = 0; j < value.GetLength(1); j++) memory[last.Buffer][Place(last, i, j)] = value[i, j];

            double[,] Matrix(KernelOperand x, int rows, int columns)
            {
                var m = new double[rows, columns];
                for (var i = 0; i < rows; i++) for (var j = 0; j < columns; j++) m[i, j] = memory[x.Buffer][Place(x, i, j)];
                return m;
            }
        });

        static bool HasOrder(KernelStep s) => s.Kernel is Kernel.LuSolve or Kernel.LogAbsDet or Kernel.Det;
    }

    private void Nest(NestStep s) => Over(s.Parallel, () =>
    {
        var totals = s.Outputs.Select(o => o.Kind switch { ReduceKind.Sum => 0, ReduceKind.Max => double.NegativeInfinity, _ => double.PositiveInfinity }).ToArray();
        var best = new double[totals.Length];
        Over(s.Reduced, () =>
        {
            for (var i = 0; i < totals.Length; i++)
            {
                var o = s.Outputs[i];
                var value = Eval(o.Value);
                switch (o.Mode)
                {
                    case OutputMode.Store: memory[o.Target][At(o.At)] = value; break;
                    case OutputMode.Add: memory[o.Target][At(o.At)] += value; break;
                    case OutputMode.ArgReduce when o.Kind == ReduceKind.Max ? value > totals[i] : value < totals[i]:
                        (totals[i], best[i]) = (value, axes[s.Reduced[0]]);
                        break;
                    case OutputMode.ArgReduce: break;
                    default: totals[i] = Combine(o.Kind, totals[i], value); break;
                }
            }
        });
        for (var i = 0; i < totals.Length; i++)
        {
            var o = s.Outputs[i];
            if (o.Mode is OutputMode.Store or OutputMode.Add) continue;
            ref var target = ref memory[o.Target][At(o.At)];
            target = o.Mode switch { OutputMode.ArgReduce => best[i], OutputMode.Reduce => totals[i], _ => Combine(o.Kind, target, totals[i]) };
        }
    });

    private static double Combine(ReduceKind kind, double a, double b) => kind switch { ReduceKind.Sum => a + b, ReduceKind.Max => Math.Max(a, b), _ => Math.Min(a, b) };

    private void Over(ImmutableArray<LoopAxis> loops, Action body, int depth = 0)
    {
        if (depth == loops.Length)
        {
            body();
            return;
        }
        for (long i = 0; i < Size(loops[depth].Extent); i++)
        {
            axes[loops[depth]] = i;
            Over(loops, body, depth + 1);
        }
    }

    private long At(Address address) =>
        Size(address.Offset) + address.Strides.Sum(s => axes[s.Axis] * Size(s.Stride)) + address.Computed.Sum(c => (long)Eval(c.Index) * Size(c.Stride));

    private double Eval(Expr e) => e switch
    {
        ConstExpr n => n.Value,
        SizeExpr n => Size(n.Dim),
        AxisExpr n => axes[n.Axis],
        LocalExpr n => locals[n.Local],
        CastExpr n => n.Element switch { ElementType.Int32 => Math.Truncate(Eval(n.X)), ElementType.Float32 => (float)Eval(n.X), ElementType.Bool => Eval(n.X) != 0 ? 1 : 0, _ => Eval(n.X) },
        IndexExpr n => Index(n),
        LoadExpr n => memory[n.Buffer][At(n.Address)],
        ApplyExpr { Op: ScalarOp.Select } n => Eval(n.Operands[Eval(n.Operands[0]) != 0 ? 1 : 2]),
        ApplyExpr n => Ir.ScalarMath.Evaluate(n.Op, n.Operands.Select(Eval).ToArray(), n.Operands[0].Element == ElementType.Int32),
        _ => throw new InvalidOperationException(e.GetType().Name),
    };

    private double Index(IndexExpr n)
    {
        var (x, extent) = (Eval(n.X), Size(n.Extent));
        if (n.Bounds == Bounds.Clamped) return Math.Clamp(x, 0, Math.Max(0, extent - 1));
        return x >= 0 && x < extent ? x : throw new InvalidOperationException($"{x} of {extent}");
    }

    private long Size(Dim dim)
    {
        var value = dim.Substitute(a => a.Operation is null ? Dim.Constant(sizes[a.Name]) : null);
        return value.AsConstant ?? throw new InvalidOperationException($"size {dim}");
    }
}

internal sealed record NdArrayResult(long[] Shape, double[] Data);
