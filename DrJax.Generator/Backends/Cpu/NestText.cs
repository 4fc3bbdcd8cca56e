using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>The statements of one loop nest.</summary>
internal sealed class NestText
{
    // Adding a vector waits for the one before; four sums at a time hide that.
    private const int Copies = 4;

    private readonly NestStep nest;
    private readonly LoopAxis[] loops;
    private readonly LoopAxis? vector;
    private readonly bool foldsLanes;
    private readonly Body body;
    private readonly MethodNames locals;
    private readonly List<Writer> writers = [];
    private readonly LoopText text;

    public NestText(Names names, NestStep step, MethodNames method)
    {
        (nest, locals) = (step, method);
        loops = [.. step.Parallel, .. step.Reduced];
        var reduced = step.Vector is { } axis && step.Reduced.Contains(axis);
        // The first largest element is found one by one.
        vector = reduced && step.Outputs.Any(o => o.Mode == OutputMode.ArgReduce) ? null : step.Vector;
        foldsLanes = reduced && vector is not null;
        if (vector is not null && loops[foldsLanes ? loops.Length - 1 : step.Parallel.Length - 1] != vector)
            throw new InvalidOperationException($"{step.Name}: the vector axis {vector} is not the innermost of its kind");
        body = new Body(names, locals, loops, vector, step.Element);
        body.Written.UnionWith(step.Outputs.Select(o => o.Target));
        foreach (var output in step.Outputs) writers.Add(Make(output));
        body.Decide();
        text = new LoopText(names, locals, body, loops, nest.Parallel.Length, vector)
        {
            Before = level => level == nest.Parallel.Length ? writers.SelectMany(w => w.Before()) : [],
            After = level => level == nest.Parallel.Length ? writers.SelectMany(w => w.After()) : [],
            Point = () => writers.SelectMany(w => w.Point()),
            Unroll = foldsLanes && writers is [Reducer] && body.IsShort ? Copies : 1,
            Copy = copy => { foreach (var writer in writers) writer.Copy = copy; },
        };
        foreach (var writer in writers) writer.Copies = text.Unroll;
    }

    public IEnumerable<string> Print() => text.Print();

    private Writer Make(Output output)
    {
        var lanes = vector is not null;
        var inner = output.Mode is OutputMode.Store or OutputMode.Add || nest.Reduced.IsEmpty;
        var level = inner ? loops.Length : nest.Parallel.Length;
        var to = new Place(body, output.Target, body.At(output.Target, output.At), lanes && (inner || !foldsLanes) ? output.At : null, vector);
        to.At.Pointer.Use(level);
        if (output.Mode == OutputMode.ArgReduce && !nest.Reduced.IsEmpty)
        {
            if (nest.Reduced.Length != 1) throw new InvalidOperationException($"{nest.Name}: an argument is sought along one axis, not {nest.Reduced.Length}");
            return new ArgReducer(body, locals, to, output, Value(output.Value), nest.Reduced[0], lanes);
        }
        if (inner) return new Storer(to, output, Value(output.Value));
        var product = output.Kind == ReduceKind.Sum && output.Value.Element is ElementType.Float32 or ElementType.Float64 ? output.Value as ApplyExpr : null;
        Item[] factors = product switch
        {
            { Op: ScalarOp.Multiply } => [Value(product.Operands[0]), Value(product.Operands[1])],
            { Op: ScalarOp.Square } => [Value(product.Operands[0]), Value(product.Operands[0])],
            _ => [Value(output.Value)],
        };
        return new Reducer(body, locals, to, output, factors, lanes, foldsLanes);

        Item Value(Expr value)
        {
            var item = lanes ? body.Lanes(value) : body.Scalar(value);
            item.Use(loops.Length);
            return item;
        }
    }
}
