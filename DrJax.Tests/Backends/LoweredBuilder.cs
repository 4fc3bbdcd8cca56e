using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Tests.Backends;

using Leaf = DrJax.Generator.Ir.Leaf;

/// <summary>Makes lowered programs by hand.</summary>
internal sealed class LoweredBuilder
{
    private readonly Graph graph = new();
    private readonly List<Param> parameters = [];
    private readonly List<Argument> arguments = [];
    private readonly List<Buffer> results = [];
    private readonly List<Buffer> scratch = [];
    private int nests;

    public ExprTable E { get; } = new();

    public static Dim N(string symbol) => Dim.Symbol(symbol);

    public static LoopAxis Axis(string name, Dim extent) => new(name, extent);

    public Local Scalar(string name, ElementType element)
    {
        var local = new Local(name, element);
        parameters.Add(graph.Param(name, DrJax.Generator.Ir.ValueType.Scalar(element)));
        arguments.Add(new Argument(local, null));
        return local;
    }

    public Buffer Argument(string name, ElementType element, params Dim[] shape)
    {
        var buffer = Make(name, element, BufferKind.Argument, shape);
        parameters.Add(graph.Param(name, DrJax.Generator.Ir.ValueType.Array(element, shape)));
        arguments.Add(new Argument(null, buffer));
        return buffer;
    }

    public Buffer Result(string name, ElementType element, params Dim[] shape)
    {
        var buffer = Make(name, element, BufferKind.Result, shape);
        results.Add(buffer);
        return buffer;
    }

    public Buffer Scratch(string name, ElementType element, params Dim[] shape)
    {
        var buffer = Make(name, element, BufferKind.Scratch, shape);
        scratch.Add(buffer);
        return buffer;
    }

    /// <summary>A packed, row-major buffer.</summary>
    public static Buffer Make(string name, ElementType element, BufferKind kind, params Dim[] shape)
    {
        var strides = new Dim[shape.Length];
        var size = Dim.One;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = size;
            size *= shape[i];
        }
        return new Buffer(name, element, kind, [.. shape], [.. strides], size);
    }

    public Address At(Buffer buffer, params Expr[] index) => E.Address(index.Select((x, i) => (x, buffer.Strides[i])));

    public Expr Load(Buffer buffer, params Expr[] index) => E.Load(buffer, At(buffer, index));

    public Expr At(LoopAxis axis) => E.Axis(axis);

    public Expr Apply(ScalarOp op, params Expr[] x) =>
        E.Apply(op, OpTable.Row(op).Result switch { OpResult.Bool => ElementType.Bool, OpResult.SecondOperand => x[1].Element, _ => x[0].Element }, [.. x]);

    public Output Store(Expr value, Buffer to, params Expr[] index) => new(to, At(to, index), value, OutputMode.Store);

    public NestStep Nest(LoopAxis[] parallel, LoopAxis[] reduced, LoopAxis? vector, ElementType element, params Output[] outputs) =>
        new($"Nest{++nests}", [.. parallel], [.. reduced], vector, element, [.. outputs], $"{outputs[0].Target} = ..");

    public LoweredProgram Build(params Step[] steps)
    {
        var function = new Func("F", [.. parameters], []);
        EquatableArray<Parameter> signature = [.. parameters.Select(p => new Parameter(p.Name, new DrJax.Generator.Ir.Leaf("object", p.Type.Element, p.Type.Rank)))];
        var program = new Program("Tested", signature, new Composite("object", true, []), null, function, []);
        return new LoweredProgram(program, [.. arguments], [.. results], [.. scratch], new Block([.. steps]));
    }
}
