using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends;

/// <summary>The statements of one loop nest.</summary>
internal sealed class NestText
{
    // Adding a vector waits for the one before; four sums at a time hide that.
    private const int Copies = 4;

    private readonly NestStep nest;
    private readonly LoopAxis[] loops;
    private readonly LoopAxis? vector;
    private readonly bool foldsLanes;
    private readonly MethodNames locals;
    private readonly List<Writer> writers = [];
    private readonly List<int> known = [];
    private readonly LoopText text;
    private readonly IThreadGroup? group;

    private NestText(Setting setting, NestStep step, MethodNames method, LoopAxis[] threads, LoopAxis? lanes, VectorWidth width = VectorWidth.Bits512,
        IThreadGroup? group = null)
    {
        this.group = group;
        (nest, locals) = (step, method);
        loops = [.. threads, .. step.Parallel.Where(axis => !threads.Contains(axis)), .. step.Reduced];
        var reduced = lanes is not null && step.Reduced.Contains(lanes);
        // The first largest element is found one by one.
        vector = reduced && step.Outputs.Any(o => o.Mode == OutputMode.ArgReduce) ? null : lanes;
        foldsLanes = reduced && vector is not null;
        if (vector is not null && loops[foldsLanes ? loops.Length - 1 : step.Parallel.Length - 1] != vector)
            throw new InvalidOperationException($"{step.Name}: the vector axis {vector} is not the innermost of its kind");
        Body = new Body(setting, locals, loops, vector, step.Element, width) { RowLoads = vector is null ? null : new RowLoads(step.Outputs, vector) };
        Body.Written.UnionWith(step.Outputs.Select(o => o.Target));
        foreach (var output in step.Outputs)
        {
            writers.Add(Make(output));
            known.Add(Body.Count);
        }
        Body.Decide();
        text = new LoopText(locals, Body, loops, nest.Parallel.Length, vector)
        {
            From = threads.Length,
            Before = level => level == nest.Parallel.Length ? writers.SelectMany(w => w.Before()) : [],
            After = level => level == nest.Parallel.Length ? writers.SelectMany(w => w.After()) : [],
            Point = () => writers.Select((w, i) => (vector is null ? Body.Count : Stored(i), w.Point())),
            Unroll = foldsLanes && writers is [Reducer] && Body.IsShort ? Copies : 1,
            Halves = foldsLanes ? Body.Dialect.Halves : 1,
            Copy = copy => { foreach (var writer in writers) writer.Copy = copy; },
        };
        foreach (var writer in writers) (writer.Copies, writer.Halves) = (text.Unroll, text.Halves);
    }

    /// <summary>
    /// The number of values after which lanes can be stored: that is early, so that registers are free again, but in the order of the outputs, and after what
    /// is loaded from the same memory.
    /// </summary>
    private int Stored(int writer) => Enumerable.Range(0, writer + 1).Max(i => Math.Max(known[i], Body.LoadsOf(nest.Outputs[i].Target)));

    /// <summary>All loops, with lanes along the nest's vector axis.</summary>
    public static NestText InLanes(Setting setting, NestStep step, MethodNames method, VectorWidth width = VectorWidth.Bits512) =>
        new(setting, step, method, [], step.Vector, width);

    /// <summary>What one thread does: the indices along its axes are known, the other axes are loops.</summary>
    public static NestText InThread(Setting setting, NestStep step, MethodNames method, LoopAxis[] threads) => new(setting, step, method, threads, null);

    /// <summary>What one thread of a group does, whose threads share the reduced points of one parallel point.</summary>
    public static NestText InGroup(Setting setting, NestStep step, MethodNames method, IThreadGroup group) => new(setting, step, method, [.. step.Parallel], null, group: group);

    public Body Body { get; }

    public IEnumerable<string> Print()
    {
        string[] loops = [.. text.Print()];
        return [.. Body.Memory(), .. loops];
    }

    /// <summary>The loops among other statements.</summary>
    public IEnumerable<string> PrintInside() => text.PrintInside();

    /// <summary>The statements of one thread of a group.</summary>
    /// <param name="head">The loop over the thread's reduced points.</param>
    /// <param name="indices">The indices of such a point.</param>
    public IEnumerable<string> PrintShared(string head, IEnumerable<string> indices)
    {
        var (outer, all) = (nest.Parallel.Length, loops.Length);
        string[] empty = [.. nest.Reduced.Where(axis => axis.Extent.AsConstant is not > 0).Select(axis => $"{Body.Setting.Size(axis.Extent).Operand} > 0").Distinct()];
        var runs = empty.Length == 0 ? null : string.Join(" && ", empty);
        return
        [
            .. Enumerable.Range(0, outer + 1).SelectMany(level => Body.Statements(level, runs)),
            .. writers.SelectMany(w => w.Before()),
            .. LoopText.Braced(head,
            [
                .. indices,
                .. Enumerable.Range(outer + 1, all - outer).SelectMany(level => Body.Statements(level, null)),
                .. writers.SelectMany(w => w.Point()),
            ]),
            .. writers.SelectMany(w => w.After()),
        ];
    }

    private Writer Make(Output output)
    {
        var lanes = vector is not null;
        var inner = output.Mode is OutputMode.Store or OutputMode.Add || nest.Reduced.IsEmpty;
        var level = inner ? loops.Length : nest.Parallel.Length;
        var to = new Place(Body, output.Target, Body.At(output.Target, output.At), lanes && (inner || !foldsLanes) ? output.At : null, vector);
        to.At.Pointer.Use(level);
        if (output.Mode == OutputMode.ArgReduce && !nest.Reduced.IsEmpty)
        {
            if (nest.Reduced.Length != 1) throw new InvalidOperationException($"{nest.Name}: an argument is sought along one axis, not {nest.Reduced.Length}");
            return new ArgReducer(Body, locals, to, output, Value(output.Value), nest.Reduced[0], lanes) { Group = group };
        }
        // A part of a triangle that adds zeros adds nothing.
        if (!lanes && output is { Mode: OutputMode.Add, Value: ApplyExpr { Op: ScalarOp.Select, Operands: [ApplyExpr { Operands: [AxisExpr, AxisExpr] } side, var term, ConstExpr { Value: 0 }] } })
            return new Storer(to, output, Value(term)) { Where = Value(side) };
        if (inner) return new Storer(to, output, Value(output.Value));
        var product = output.Kind == ReduceKind.Sum && output.Value.Element is ElementType.Float32 or ElementType.Float64 ? output.Value as ApplyExpr : null;
        Item[] factors = product switch
        {
            { Op: ScalarOp.Multiply } => [Value(product.Operands[0]), Value(product.Operands[1])],
            { Op: ScalarOp.Square } => [Value(product.Operands[0]), Value(product.Operands[0])],
            { Op: ScalarOp.Relu } when lanes => [Used(Body.ReluInSum(product))],
            _ => [Value(output.Value)],
        };
        return new Reducer(Body, locals, to, output, factors, lanes, foldsLanes) { Group = group };

        Item Value(Expr value) => Used(lanes ? Body.Lanes(value) : Body.Scalar(value));

        Item Used(Item item)
        {
            item.Use(loops.Length);
            return item;
        }
    }
}
