using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>A call of a member of the surface: what its expansion reads.</summary>
internal sealed record SurfaceCall(
    Translator Translator, IMethodSymbol Method, ImmutableArray<Value> Arguments, ImmutableArray<IOperation> Sources, Scope Scope,
        SyntaxNode At)
{
    public Graph Graph => Translator.Graph;

    public int Count => Arguments.Length;

    public string Name => Method.Name;

    /// <summary>Argument i as its writer spelled it; a call by a delegate has no text of its own.</summary>
    public string Text(int i) => i < Sources.Length ? Translator.Text(Sources[i]) : Method.Parameters[i].Name;

    public Node Node(int i) => Arguments[i] switch
    {
        Data data => data.Node,
        PoisonValue => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.Unsupported, At, $"'{Text(i)}' as an argument of {Name}"),
    };

    public Dim Dim(int i)
    {
        var at = i < Sources.Length ? Sources[i].Syntax : At;
        return RaggedSizes.Growing(Simplify.AsDim(Node(i)) ?? throw new Rejected(Diagnostics.UnknownSize, at, $"'{Text(i)}'"), at);
    }

    /// <summary>An argument that must be a constant, such as an axis.</summary>
    public int Constant(int i) => (int)(Dim(i).AsConstant ?? throw new Rejected(Diagnostics.UnknownSize, At, $"'{Text(i)}'"));

    public FunctionValue Function(int i) =>
        Arguments[i] as FunctionValue ?? throw new Rejected(Diagnostics.Delegate, i < Sources.Length ? Sources[i].Syntax : At);

    public bool IsFunction(int i) => i < Count && Arguments[i] is FunctionValue;

    public Translator.Side Side(int i, int axis) => new(Node(i), axis, Text(i));

    public (Node A, Node B) Match(int i, int j) => Translator.Match(Name, Node(i), Node(j), Text(i), Text(j), At);

    public Value Invoke(FunctionValue f, ImmutableArray<Value> arguments, Scope s) => Translator.WithoutArrays(Translator.Invoke(f, arguments, [], At, s), f.Syntax);
}

/// <summary>The surface's members by name → what they mean in the IR.</summary>
internal static partial class Surface
{
    private static readonly Dictionary<string, Func<SurfaceCall, Value>> OpsMembers = new()
    {
        ["Max"] = c => Extremum(c, ReduceKind.Max, ScalarOp.Max),
        ["Min"] = c => Extremum(c, ReduceKind.Min, ScalarOp.Min),
        ["Sum"] = c => new Data(Total(c, ReduceKind.Sum)),
        ["Mean"] = c => new Data(Mean(c)),
        ["ArgMax"] = c => new Data(ArgExtremum(c, ReduceKind.Max)),
        ["ArgMin"] = c => new Data(ArgExtremum(c, ReduceKind.Min)),
        ["Clamp"] = c => new Data(Clamp(c)),
        ["Where"] = c => new Data(Where(c)),
        ["Equal"] = c => Elementwise(c, ScalarOp.Equal),
        ["NotEqual"] = c => Elementwise(c, ScalarOp.NotEqual),
        ["Polygamma"] = c => new Data(Polygamma(c)),
        ["ToFloat"] = c => new Data(c.Graph.Cast(c.Node(0), ElementType.Float32)),
        ["ToDouble"] = c => new Data(c.Graph.Cast(c.Node(0), ElementType.Float64)),
        ["ToInt"] = c => new Data(c.Graph.Cast(c.Node(0), ElementType.Int32)),
        ["Dot"] = c => new Data(Dot(c)),
        ["MatMul"] = c => new Data(MatMul(c)),
        ["BatchDot"] = c => new Data(BatchDot(c)),
        ["EinsumScalar"] = c => Einsum(c, 0),
        ["EinsumVec"] = c => Einsum(c, 1),
        ["EinsumMat"] = c => Einsum(c, 2),
        ["EinsumTensor3"] = c => Einsum(c, 3),
        ["EinsumTensor4"] = c => Einsum(c, 4),
        ["Conv1D"] = c => Convolution(c, 1),
        ["Conv2D"] = c => Convolution(c, 2),
        ["MaxPool1D"] = c => new Data(Pooling(c, 1, ReduceKind.Max)),
        ["MaxPool2D"] = c => new Data(Pooling(c, 2, ReduceKind.Max)),
        ["AvgPool1D"] = c => AveragePooling(c, 1),
        ["AvgPool2D"] = c => AveragePooling(c, 2),
        ["Outer"] = c => new Data(c.Graph.Contract(c.Node(0), c.Node(1), new ContractAxes([], [], [], []))),
        ["Softmax"] = c => new Data(Softmax(c)),
        ["LogSumExp"] = c => new Data(LogSumExp(c.Node(0))),
        ["LogSoftmax"] = c => new Data(LogSoftmax(c)),
        ["Cholesky"] = c => new Data(Cholesky(c)),
        ["CholeskySolve"] = c => new Data(CholeskySolve(c)),
        ["SolveTriangular"] = c => new Data(SolveTriangular(c)),
        ["Solve"] = c => new Data(Solve(c)),
        ["Inverse"] = c => new Data(Inverse(c)),
        ["LogDet"] = c => new Data(Determinant(c, MatrixKind.LogAbsDet)),
        ["Det"] = c => new Data(Determinant(c, MatrixKind.Det)),
        ["Sort"] = c => new Data(Sort(c)),
        ["ArgSort"] = c => new Data(ArgSort(c)),
        ["TopK"] = TopK,
        ["Median"] = c => new Data(Median(c)),
        ["Quantile"] = c => new Data(Quantile(c, c.Node(1))),
        ["Build"] = c => c.Translator.Comprehend(c.Function(c.Count - 1), [.. Lengths(c, 0, c.Count - 1)], c),
        ["Rows"] = c => c.Translator.OverItems(c.Function(1), c.Node(0), c),
        ["Vec"] = Literal,
        ["Iota"] = c => new Data(c.Graph.Cast(c.Graph.Iota(Lengths(c, 0, 1), 0), ResultElement(c))),
        ["Zeros"] = c => Filled(c, 0, c.Count),
        ["Ones"] = c => Filled(c, 1, c.Count),
        ["Full"] = c => new Data(c.Graph.Fill(c.Node(c.Count - 1), Lengths(c, 0, c.Count - 1))),
    };

    private static readonly Dictionary<string, Func<SurfaceCall, Value>> MapReduceMembers = new()
    {
        ["Broadcast"] = c => c.Translator.Broadcast(c),
        ["Map"] = c => c.Translator.Map(c),
        ["ReduceSum"] = c => Reduced(c, PlacedReduceKind.Sum),
        ["ReduceMean"] = c => ReduceMean(c),
        ["ReduceMax"] = c => Reduced(c, PlacedReduceKind.Max),
        ["ReduceMin"] = c => Reduced(c, PlacedReduceKind.Min),
        ["GroupIndex"] = c => c.Translator.GroupIndex(c),
        ["Reduce"] = c => c.Translator.Fold(c),
        ["Collect"] = c => c.Translator.Collect(c),
        ["ReduceWeightedMean"] = c => c.Translator.WeightedMean(c),
    };

    private static readonly Dictionary<string, Func<SurfaceCall, Value>> AutodiffMembers = new()
    {
        ["Grad"] = Derivative(c => c.Translator.Gradient(c, withValue: false)),
        ["ValueAndGrad"] = Derivative(c => c.Translator.Gradient(c, withValue: true)),
        ["ValueAndGradAux"] = Derivative(c => c.Translator.GradientAux(c)),
        ["Jvp"] = Derivative(c => c.Translator.ForwardDerivative(c)),
        ["Vjp"] = Derivative(c => c.Translator.ReverseDerivative(c)),
        ["Hvp"] = Derivative(c => c.Translator.HessianProduct(c)),
        ["Hessian"] = Derivative(c => c.Translator.Hessian(c)),
        ["Jacobian"] = Derivative(c => c.Translator.Jacobian(c)),
        ["JacFwd"] = Derivative(c => c.Translator.ForwardJacobian(c)),
        ["JacRev"] = Derivative(c => c.Translator.ReverseJacobian(c)),
        ["CheckGrad"] = c => throw new Rejected(Diagnostics.Unsupported, c.At, "'CheckGrad', which is for tests outside of programs,"),
        ["Checkpoint"] = c => c.Translator.Checkpoint(c),
        ["Vmap"] = c => c.Translator.Vmap(c),
        ["StopGradient"] = c => c.Arguments[0].Select(c.Graph.StopGradient),
    };

    /// <summary>What a method means; null if it is not of the surface, System.Math or generic maths.</summary>
    public static Func<SurfaceCall, Value>? Find(IMethodSymbol method)
    {
        var home = method.ContainingType;
        if (home is null) return null;
        if (CSharpTypes.IsDrJax(home))
        {
            return home.Name switch
            {
                "Ops" => Get(OpsMembers, method.Name) ?? Get(StructureMembers, method.Name) ?? Get(StatisticsMembers, method.Name)
                    ?? Get(ActivationMembers, method.Name) ?? Scalar(method.Name, method),
                "MapReduce" => Get(MapReduceMembers, method.Name),
                "Rng" => Get(RandomMembers, method.Name),
                "Autodiff" => Get(AutodiffMembers, method.Name),
                "Placed" when method.Name == "Zip" => c =>
                    new PlacedValue(Parts.Tuple([.. c.Arguments.Select(a => ((PlacedValue)a).Group)])),
                "Placed" when method.Name == "Rows" => c => c.Translator.Spread(c),
                "Placed" when method.Name is "Take" or "With" => c => throw new Rejected(Diagnostics.ChoosesGroups, c.At, c.Name),
                "Vec" or "Mat" or "Tensor3" or "Tensor4" => ArrayMember(method.Name),
                _ => null,
            };
        }
        if (home.Name is "Math" or "MathF" && home.ContainingNamespace is { Name: "System" }) return Maths(method);
        // static abstract members of generic numbers: T.Sqrt(x), T.CreateChecked(n), double.Exp(x)
        return home.ContainingNamespace?.ToDisplayString() == "System.Numerics" || CSharpTypes.Element(home) is not null
            ? Maths(method) : null;
    }

    /// <summary>A derivative, which functions with rules may not have.</summary>
    private static Func<SurfaceCall, Value> Derivative(Func<SurfaceCall, Value> expansion) => c =>
    {
        try
        {
            return expansion(c);
        }
        catch (NoDerivativeException e)
        {
            throw new Rejected(e.IsOwnRule ? Diagnostics.OwnRule : Diagnostics.NoForward, c.At, c.Name, e.Function);
        }
    };

    private static Func<SurfaceCall, Value>? Get(Dictionary<string, Func<SurfaceCall, Value>> table, string name) =>
        table.TryGetValue(name, out var known) ? known : null;

    private static Func<SurfaceCall, Value>? ArrayMember(string name) => name switch
    {
        "With" => c => c.Translator.WithItem(c),
        "ToArray" => c => new ArrayValue(new Data(c.Node(0)), c.Node(0).Type.Rank == 1 ? 1 : throw new Rejected(Diagnostics.PlainArray, c.At)),
        "Dimension" => c => new Data(c.Graph.Size(c.Node(0).Type.Shape[Axis(c, 1)])),
        _ => null,
    };

    /// <summary>A row of the op table by its name; comparisons and the like are operators, not names.</summary>
    private static Func<SurfaceCall, Value>? Scalar(string name, IMethodSymbol method) =>
        Enum.TryParse<ScalarOp>(name, out var op) && OpTable.Row(op) is { Result: OpResult.Same, Arity: <= 2 } row
            && row.Arity == method.Parameters.Length && op is not (ScalarOp.And or ScalarOp.Or or ScalarOp.Not)
            ? c => Elementwise(c, op)
            : null;

    /// <summary>The element type that the call's C# result has.</summary>
    private static ElementType ResultElement(SurfaceCall c) =>
        CSharpTypes.Array(CSharpTypes.Resolve(c.Method.ReturnType, c.Scope.Types)) is { } array ? array.Element
            : throw Translator.NoType(c.Method.ReturnType, c.At);
}
