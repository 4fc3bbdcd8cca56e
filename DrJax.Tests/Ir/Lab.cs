using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Tests.Ir;

/// <summary>A graph under test: parameters with the distribution that their arguments are drawn from, and sizes for the symbols.</summary>
internal sealed class Lab
{
    private readonly List<(Param Param, Func<Random, double> Draw)> parameters = [];

    public Graph Graph { get; } = new();

    public Derivatives Derivatives => field ??= new(Graph);

    public Dictionary<string, int> Sizes { get; } = new() { ["n"] = 3, ["m"] = 4, ["k"] = 2, ["clients"] = 5, ["sites"] = 2 };

    public static Dim N { get; } = Dim.Symbol("n");

    public static Dim M { get; } = Dim.Symbol("m");

    public static Dim K { get; } = Dim.Symbol("k");

    public static Placement Clients { get; } = new("clients", Dim.Symbol("clients"));

    public static Placement Sites { get; } = new("sites", Dim.Symbol("sites"));

    public Param Real(string name, params Dim[] shape) => Real(name, [], shape);

    public Param Real(string name, Placement[] placements, params Dim[] shape) => Add(name, ElementType.Float64, placements, shape, r => 0.5 + r.NextDouble());

    public Param Int(string name, int below, params Dim[] shape) => Add(name, ElementType.Int32, [], shape, r => r.Next(below));

    public Param Bool(string name, params Dim[] shape) => Add(name, ElementType.Bool, [], shape, r => r.Next(2));

    public Param Add(string name, ElementType element, Placement[] placements, Dim[] shape, Func<Random, double> draw)
    {
        var parameter = Graph.Param(name, new ValueType(element, shape.ToEquatable(), placements.ToEquatable()));
        parameters.Add((parameter, draw));
        return parameter;
    }

    /// <summary>The entry: a function of all parameters made so far.</summary>
    public Func Entry(params Node[] results) => new("f", [.. parameters.Select(p => p.Param)], [.. results]);

    /// <summary>A function of fresh parameters.</summary>
    public Func Function(string name, ValueType[] types, Func<Param[], Node[]> body)
    {
        Param[] p = [.. types.Select((type, i) => Graph.Param($"p{i}", type))];
        return new(name, [.. p], [.. body(p)]);
    }

    public static ValueType RealType(params Dim[] shape) => ValueType.Array(ElementType.Float64, shape);

    public static ValueType IntType => ValueType.Scalar(ElementType.Int32);

    public Node Zero => Graph.Const(0, ElementType.Int32);

    public NdArray[] Arguments(Random random) => [.. parameters.Select(p => Draw(p.Param.Type, random, p.Draw))];

    public NdArray Draw(ValueType type, Random random, Func<Random, double> draw)
    {
        var zeros = NdArray.Zeros(new Interpreter(Sizes).ShapeOf(type));
        return zeros.Select(_ => draw(random));
    }

    public NdArray[] Run(Func func, params NdArray[] arguments) => Interpreter.Run(Verifier.Verify(func), Sizes, arguments);

    public static EquatableArray<bool> All(Func func) => func.Parameters.Select(p => p.Type.IsDifferentiable).ToEquatable();
}
