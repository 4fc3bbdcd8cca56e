using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator;

/// <summary>
/// The derivatives of a program as programs, for its companion. A parameter or result has a tangent (cotangent) of its own type if it has floating
/// leaves; integer leaves of tangents are not read, and come out 0.
/// </summary>
internal sealed class Companion
{
    private readonly Program program;
    private readonly Graph graph;
    private readonly Derivatives derivatives;
    private readonly ImmutableArray<Parameter> active;

    public Companion(Program program)
    {
        this.program = program;
        graph = program.Function.Results[0].Graph;
        derivatives = new Derivatives(graph);
        active = [.. program.Parameters.Where(p => IsDifferentiable(p.Type))];
    }

    /// <summary>Whether anything floating goes in and comes out.</summary>
    public bool IsDifferentiable() => active.Length > 0 && IsDifferentiable(program.Result);

    /// <summary>(arguments, a tangent for each active parameter) → (Value, Tangent).</summary>
    public Program Jvp()
    {
        var tangents = active.Select(p => new Parameter(Fresh(p.Name + "Tangent"), p.Type)).ToArray();
        var primal = Copies(program.Function.Parameters, name => name);
        var tangent = active.Zip(tangents, (p, t) => Copies(LeavesOf(p), name => t.Name + name.Substring(p.Name.Length))).SelectMany(x => x).ToArray();
        var outputs = graph.Call(derivatives.Jvp(program.Function, All), [.. primal, .. tangent.Where(t => t.Type.IsDifferentiable)]);
        var values = program.Function.Results.Length;
        return Make("Jvp", tangents, primal, tangent, [("Value", program.Result), ("Tangent", program.Result)],
            [.. outputs.Take(values), .. Complete(program.Function.Results, outputs.Skip(values))]);
    }

    /// <summary>(arguments, a cotangent of the result) → (Value, a cotangent for each active parameter).</summary>
    public Program Vjp()
    {
        var cotangent = new Parameter(Fresh("cotangent"), program.Result);
        var primal = Copies(program.Function.Parameters, name => name);
        var names = Paths(program.Result, cotangent.Name).ToArray();
        var cotangents = program.Function.Results.Select((r, i) => graph.Param(names[i], r.Type)).ToArray();
        var outputs = graph.Call(derivatives.Vjp(program.Function, All), [.. primal, .. cotangents.Where(t => t.Type.IsDifferentiable)]);
        var values = program.Function.Results.Length;
        var results = active.Select(p => (char.ToUpperInvariant(p.Name[0]) + p.Name.Substring(1) + "Cotangent", p.Type));
        return Make("Vjp", [cotangent], primal, cotangents, [("Value", program.Result), .. results],
            [.. outputs.Take(values), .. Complete(active.SelectMany(LeavesOf), outputs.Skip(values))]);
    }

    private EquatableArray<bool> All => program.Function.Parameters.Select(_ => true).ToEquatable();

    private Program Make(string name, IEnumerable<Parameter> added, IEnumerable<Param> primal, IEnumerable<Param> others,
        IReadOnlyList<(string Name, Structure Type)> results, IEnumerable<Node> nodes)
    {
        var type = $"({string.Join(", ", results.Select(r => $"{r.Type.CSharp} {r.Name}"))})";
        return new Program(
            name,
            program.Parameters.Concat(added).ToEquatable(),
            new Composite(type, IsTuple: true, results.Select((r, i) => new Field($"Item{i + 1}", r.Type)).ToEquatable()),
            program.Placement,
            new Func($"{program.Function.Name}.{name.ToLowerInvariant()}", [.. primal, .. others], [.. nodes]),
            program.Requirements);
    }

    private Param[] Copies(IEnumerable<Param> parameters, Func<string, string> name) => [.. parameters.Select(p => graph.Param(name(p.Name), p.Type))];

    /// <summary>The derivatives of the floating leaves among <paramref name="leaves"/>, and zeros for the others.</summary>
    private IEnumerable<Node> Complete(IEnumerable<Node> leaves, IEnumerable<Node> floating)
    {
        var next = new Queue<Node>(floating);
        return leaves.Select(leaf => leaf.Type.IsDifferentiable ? next.Dequeue() : derivatives.Regions.Zero(leaf.Type)).ToArray();
    }

    private IEnumerable<Param> LeavesOf(Parameter parameter)
    {
        var at = program.Parameters.TakeWhile(p => p != parameter).Sum(p => p.Type.Leaves.Count());
        return program.Function.Parameters.Skip(at).Take(parameter.Type.Leaves.Count());
    }

    private string Fresh(string name)
    {
        while (program.Parameters.Any(p => p.Name == name)) name += "_";
        return name;
    }

    private static bool IsDifferentiable(Structure type) => type.Leaves.Any(l => l.Element is ElementType.Float32 or ElementType.Float64);

    private static IEnumerable<string> Paths(Structure type, string path) => type switch
    {
        Composite composite => composite.Fields.SelectMany(f => Paths(f.Type, $"{path}.{f.Name}")),
        PlacedStructure placed => Paths(placed.Group, path),
        _ => [path],
    };
}
