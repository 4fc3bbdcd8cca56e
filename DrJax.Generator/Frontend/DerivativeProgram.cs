using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Frontend;

/// <summary>The derivatives that a program's companion offers.</summary>
internal enum DerivativeKind
{
    /// <summary>The parameters, then <c>xTangent</c> for each that has floating leaves → (Value, Tangent).</summary>
    Jvp,

    /// <summary>The parameters, then <c>cotangent</c> → (Value, then XCotangent for each parameter that has floating leaves).</summary>
    Vjp,
}

/// <summary>A program's derivative with respect to everything floating in it, as a program.</summary>
internal static class DerivativeProgram
{
    public static Program? Of(Program program, DerivativeKind kind)
    {
        var variables = program.Parameters.Where(p => p.Type.Leaves.Any(IsFloating)).ToImmutableArray();
        if (variables.IsEmpty || !program.Result.Leaves.Any(IsFloating)) return null;
        var graph = program.Function.Parameters[0].Graph;
        var derivatives = new Derivatives(graph);
        var active = program.Function.Parameters.Select(p => p.Type.IsDifferentiable).ToEquatable();
        // A function with a reverse rule only has no forward derivative, nor has a program that calls it.
        if (kind == DerivativeKind.Jvp && !derivatives.HasForward(program.Function)) return null;
        return kind == DerivativeKind.Jvp ? Forward(program, variables, active, derivatives)
            : Reverse(program, variables, active, derivatives);
    }

    private static Program Forward(Program program, ImmutableArray<Parameter> variables, EquatableArray<bool> active,
        Derivatives derivatives)
    {
        var (graph, f) = (derivatives.Graph, program.Function);
        var primals = graph.Fresh(f.Parameters);
        var (directions, requirements) = (new List<Param>(), new List<Requirement>());
        foreach (var (leaf, parameter) in LeavesOf(program, f.Parameters).Where(l => variables.Contains(l.Parameter)))
            directions.Add(Like(leaf, leaf.Name.Insert(parameter.Name.Length, "Tangent"), leaf.Name));
        var results = new Queue<Node>(graph.Call(derivatives.Jvp(f, active),
            [.. primals, .. directions.Where(d => d.Type.IsDifferentiable)]));
        ImmutableArray<Node> values = [.. f.Results.Select(_ => results.Dequeue())];
        ImmutableArray<Node> tangents = [.. f.Results.Select(r => r.Type.IsDifferentiable ? results.Dequeue() : Zero(r))];
        return new Program(program.Name + "Jvp",
            program.Parameters.Concat(variables.Select(v => new Parameter(v.Name + "Tangent", v.Type))).ToEquatable(),
            Tuple([("Value", program.Result), ("Tangent", program.Result)]), program.Placement,
            new Func(program.Name + "Jvp", [.. primals, .. directions], [.. values, .. tangents]),
                program.Requirements.Concat(requirements).ToEquatable()) { Libraries = program.Libraries, Guard = program.Guard };

        Param Like(Node leaf, string name, string primal)
        {
            for (var axis = 0; axis < leaf.Type.Rank; axis++)
                requirements.Add(new Requirement(Dim.Symbol($"{name}.{axis}"), leaf.Type.Shape[axis],
                    $"'{name}' has size {{0}} along axis {axis}, '{primal}' has {{1}}"));
            return graph.Param(name, leaf.Type);
        }
    }

    private static Program Reverse(Program program, ImmutableArray<Parameter> variables, EquatableArray<bool> active,
        Derivatives derivatives)
    {
        var (graph, f) = (derivatives.Graph, program.Function);
        var primals = graph.Fresh(f.Parameters);
        var requirements = new List<Requirement>();
        var paths = Paths(program.Result, "cotangent").ToList();
        ImmutableArray<Param> cotangents = [.. f.Results.Select((r, i) => Cotangent(r, paths[i]))];
        var results = new Queue<Node>(graph.Call(derivatives.Vjp(f, active),
            [.. primals, .. cotangents.Where(ct => ct.Type.IsDifferentiable)]));
        ImmutableArray<Node> values = [.. f.Results.Select(_ => results.Dequeue())];
        var gradients = new List<Node>();
        foreach (var (leaf, parameter) in LeavesOf(program, f.Parameters))
            if (variables.Contains(parameter)) gradients.Add(leaf.Type.IsDifferentiable ? results.Dequeue() : Zero(leaf));
        return new Program(program.Name + "Vjp", program.Parameters.Append(new Parameter("cotangent", program.Result)).ToEquatable(),
            Tuple([("Value", program.Result), .. variables.Select(v => (Capital(v.Name) + "Cotangent", v.Type))]), program.Placement,
            new Func(program.Name + "Vjp", [.. primals, .. cotangents], [.. values, .. gradients]),
                program.Requirements.Concat(requirements).ToEquatable()) { Libraries = program.Libraries, Guard = program.Guard };

        Param Cotangent(Node result, string name)
        {
            for (var axis = 0; axis < result.Type.Rank; axis++)
                requirements.Add(new Requirement(Dim.Symbol($"{name}.{axis}"), result.Type.Shape[axis],
                    $"'{name}' has size {{0}} along axis {axis}, the result has {{1}}"));
            return graph.Param(name, result.Type);
        }
    }

    private static bool IsFloating(Leaf leaf) => leaf.Element is ElementType.Float32 or ElementType.Float64;

    /// <summary>The function's parameters with the C# parameter that each is a leaf of.</summary>
    private static IEnumerable<(Param Leaf, Parameter Parameter)> LeavesOf(Program program, ImmutableArray<Param> leaves) =>
        program.Parameters.SelectMany(p => p.Type.Leaves.Select(_ => p)).Zip(leaves, (parameter, leaf) => (leaf, parameter));

    private static IEnumerable<string> Paths(Structure type, string path) => type switch
    {
        Composite composite => composite.Fields.SelectMany(f => Paths(f.Type, $"{path}.{f.Name}")),
        PlacedStructure placed => Paths(placed.Group, path),
        _ => [path],
    };

    private static Composite Tuple(ImmutableArray<(string Name, Structure Type)> items) =>
        new($"({string.Join(", ", items.Select(i => $"{i.Type.CSharp} {i.Name}"))})", IsTuple: true,
            items.Select((item, i) => new Field($"Item{i + 1}", item.Type)).ToEquatable());

    /// <summary>Zeros, in every group if placed.</summary>
    public static Node Zero(Node like)
    {
        var zero = like.Graph.Zero(like.Type with { Placements = [] });
        foreach (var placement in like.Type.Placements.Reverse()) zero = like.Graph.Broadcast(zero, placement);
        return zero;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
