using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>Where an output goes: one element, or lanes (with <paramref name="address"/> in the vector axis).</summary>
internal sealed class Place(Body body, Buffer buffer, Access at, Address? address, LoopAxis? vector)
{
    private readonly Term? stride = address is null ? null
        : address.Stride(vector!).IsConstant(0) ? throw new InvalidOperationException($"all lanes go to one element of {buffer}")
        : body.VectorStride(address);

    public Access At => at;

    public Dialect Dialect => address is null ? body.Setting.Scalar : body.Dialect;

    public Term Load() => address is null ? at.Read() : body.Dialect.Load(buffer.Element, at.Text(), stride, body.RestOf(buffer, stride));

    public string Store(Term value) => address is null ? at.Write(value) : body.Dialect.Store(buffer.Element, at.Text(), value, stride, body.RestOf(buffer, stride));
}

/// <summary>Prints what one output of a nest does.</summary>
internal abstract class Writer
{
    /// <summary>The part of an unrolled loop that is being printed: a half of a copy.</summary>
    public int Copy { get; set; }

    public int Copies { get; set; } = 1;

    /// <summary>The vectors of a copy.</summary>
    public int Halves { get; set; } = 1;

    /// <summary>Before the reduced loops.</summary>
    public virtual IEnumerable<string> Before() => [];

    /// <summary>At every point of all loops.</summary>
    public abstract IEnumerable<string> Point();

    /// <summary>After the reduced loops.</summary>
    public virtual IEnumerable<string> After() => [];
}

/// <summary>Stores or adds at every point.</summary>
internal sealed class Storer(Place to, Output output, Item value) : Writer
{
    /// <summary>Holds at the points where something is to be done; null: at all.</summary>
    public Item? Where { get; init; }

    public override IEnumerable<string> Point() => Where is null ? Lines() : LoopText.Braced($"if ({Where.Value()})", Lines());

    private IEnumerable<string> Lines() => output.Mode switch
    {
        OutputMode.ArgReduce => [to.Store(to.Dialect.Constant(0, ElementType.Int32))],
        OutputMode.Add => [to.Store(to.Dialect.Apply(ScalarOp.Add, output.Value.Element, [to.Load(), value.Value()]))],
        OutputMode.ReduceInto => [to.Store(to.Dialect.Combine(output.Kind, output.Value.Element, to.Load(), value.Value()))],
        _ => [to.Store(value.Value())],
    };
}

/// <summary>Threads that combine the points of one reduction together.</summary>
internal interface IThreadGroup
{
    /// <summary>Combines what each thread has combined.</summary>
    /// <param name="total">The local of a thread that holds it.</param>
    /// <param name="store">The statement that leaves it where the output goes.</param>
    IEnumerable<string> Finish(Output output, string total, string store);

    /// <summary>Finds the largest or smallest of what each thread has found, the first of equal ones.</summary>
    /// <param name="best">The local of a thread that holds its own.</param>
    /// <param name="index">The local that holds where that was; -1 where the thread had no points.</param>
    /// <param name="store">The statement that leaves the index where the output goes.</param>
    IEnumerable<string> Finish(Output output, string best, string index, string store);
}

/// <summary>Combines over the reduced loops in registers; a sum of products rounds once a term.</summary>
/// <param name="factors">The value, or the two factors of a product.</param>
/// <param name="foldsLanes">The lanes run along a reduced axis.</param>
internal sealed class Reducer(Body body, MethodNames locals, Place to, Output output, Item[] factors, bool lanes, bool foldsLanes) : Writer
{
    private readonly ElementType element = output.Value.Element;
    private readonly Dialect dialect = lanes ? body.Dialect : body.Setting.Scalar;
    private readonly string total = locals.Fresh($"{output.Kind.ToString().ToLowerInvariant()}_{output.Target.Name}");
    private string[] totals = [];

    /// <summary>The group of threads that combines together; null: there is one thread.</summary>
    public IThreadGroup? Group { get; init; }

    public override IEnumerable<string> Before()
    {
        totals = [total, .. Enumerable.Range(1, (Copies * Halves) - 1).Select(_ => locals.Fresh(total))];
        return totals.Select(name => $"{dialect.Type(element)} {name} = {dialect.Identity(output.Kind, element)};");
    }

    public override IEnumerable<string> Point()
    {
        Term sum = totals[Copy];
        var next = factors.Length == 2
            ? dialect.FusedMultiplyAdd(element, factors[0].Value(), factors[1].Value(), sum)
            : dialect.Combine(output.Kind, element, sum, factors[0].Value());
        // Lanes beyond the end must not change what was combined.
        if (foldsLanes && body.Rest is { } rest) next = dialect.Apply(ScalarOp.Select, ElementType.Bool, [body.Dialect.First(rest), next, sum]);
        return [$"{sum} = {next};"];
    }

    public override IEnumerable<string> After()
    {
        var result = foldsLanes ? body.Dialect.Fold(output.Kind, Enumerable.Range(0, Halves).Select(half => OfCopies(half, Copies))) : total;
        if (output.Mode == OutputMode.ReduceInto) result = to.Dialect.Combine(output.Kind, element, to.Load(), result);
        return Group is null ? [to.Store(result)] : Group.Finish(output, total, to.Store(result));
    }

    /// <summary>What some copies have combined, neighbours first.</summary>
    private Term OfCopies(int first, int count) => count == 1 ? totals[first]
        : dialect.Combine(output.Kind, element, OfCopies(first, count / 2), OfCopies(first + (count / 2 * Halves), count / 2));
}

/// <summary>Finds the first largest or smallest element; the first NaN is more than either.</summary>
internal sealed class ArgReducer(Body body, MethodNames locals, Place to, Output output, Item value, LoopAxis along, bool lanes) : Writer
{
    private readonly ElementType element = output.Value.Element;
    private readonly Dialect dialect = lanes ? body.Dialect : body.Setting.Scalar;
    private readonly string best = locals.Fresh("best");
    private readonly string index = locals.Fresh("index");
    private readonly string candidate = locals.Fresh("candidate");
    private readonly string wins = locals.Fresh("wins");

    /// <summary>The group of threads that seeks together; null: there is one thread.</summary>
    public IThreadGroup? Group { get; init; }

    public override IEnumerable<string> Before() =>
    [
        $"{dialect.Type(element)} {best} = default;",
        $"{dialect.Type(ElementType.Int32)} {index} = {dialect.Constant(Group is null ? 0 : -1, ElementType.Int32)};",
    ];

    public override IEnumerable<string> Point()
    {
        var k = body[along];
        var better = dialect.Apply(output.Kind == ReduceKind.Min ? ScalarOp.Less : ScalarOp.Greater, element, [candidate, best]);
        if (element is ElementType.Float32 or ElementType.Float64) better = Logic(ScalarOp.Or, better, Logic(ScalarOp.And, IsNaN(candidate), Logic(ScalarOp.Not, IsNaN(best))));
        var candidateIs = $"var {candidate} = {value.Value()};";
        if (!lanes) return [candidateIs, .. LoopText.Braced($"if ({(Group is null ? $"{k} == 0" : $"{index} < 0")} || {better})", [$"{best} = {candidate};", $"{index} = (int){k};"])];
        var at = body.Dialect.Broadcast(k, ElementType.Int32);
        return
        [
            candidateIs,
            $"var {wins} = {k} == 0 ? {dialect.Constant(1, ElementType.Bool)} : {better};",
            $"{best} = {dialect.Apply(ScalarOp.Select, ElementType.Bool, [wins, candidate, best])};",
            $"{index} = {dialect.Apply(ScalarOp.Select, ElementType.Bool, [wins, at, index])};",
        ];
    }

    public override IEnumerable<string> After() => Group is null ? [to.Store(index)] : Group.Finish(output, best, index, to.Store(index));

    private Term IsNaN(string x) => dialect.Apply(ScalarOp.NotEqual, element, [x, x]);

    private Term Logic(ScalarOp op, params Term[] x) => dialect.Apply(op, ElementType.Bool, x);
}
