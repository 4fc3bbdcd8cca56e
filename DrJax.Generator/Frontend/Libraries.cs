using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>Finds what a referenced assembly's companions say of their programs.</summary>
internal static class Libraries
{
    /// <summary>The graph of a program that another assembly has compiled, or of a derivative of it, with its own sizes; null if the method is none.</summary>
    public static Func? GraphOf(IMethodSymbol method, DerivativeKind? kind, SyntaxNode at)
    {
        if (TextOf(method, at) is not { Text: var text }) return null;
        var f = Parser.Parse(new Graph(), text.Ir, Dim.Symbol, name => text.Placements.FirstOrDefault(p => p.Name == name) ?? new(name, Dim.Symbol(name)));
        var active = f.Parameters.Select(p => p.Type.IsDifferentiable).ToEquatable();
        return kind switch
        {
            DerivativeKind.Jvp => new Derivatives(f.Results[0].Graph).Jvp(f, active),
            DerivativeKind.Vjp => new Derivatives(f.Results[0].Graph).Vjp(f, active),
            _ => f,
        };
    }

    /// <summary>The text of a program that another assembly has compiled; null if the method is none.</summary>
    public static (ProgramText Text, Library Library)? TextOf(IMethodSymbol method, SyntaxNode at)
    {
        if (!ProgramModel.IsProgram(method)) return null;
        var (@namespace, name) = ProgramModel.CompanionOf(method);
        var qualified = @namespace.Length == 0 ? name : $"{@namespace}.{name}";
        if (method.ContainingAssembly.GetTypeByMetadataName(qualified) is not { DeclaredAccessibility: Accessibility.Public } companion) return null;
        var attribute = companion.GetAttributes().FirstOrDefault(a => a.AttributeClass is { Name: "CompiledProgramAttribute", ContainingNamespace: { Name: "Compiled", ContainingNamespace.Name: "DrJax" } });
        if (attribute is not { ConstructorArguments: [{ Value: int version }, { Value: string text }] }) return null;
        var display = $"{method.ContainingType.Name}.{method.Name}";
        if (version != ProgramText.Version)
            throw Unreadable($"its graph is in version {version} of the printed form and this DrJax reads version {ProgramText.Version}");
        try
        {
            return (ProgramText.Read(text), new Library(display, "global::" + qualified, ProgramText.Fingerprint(text)));
        }
        catch (IrException e)
        {
            throw Unreadable(e.Message);
        }

        Rejected Unreadable(string why) => new(Diagnostics.Library, at, display, method.ContainingAssembly.Name, why);
    }
}

/// <summary>A call of a program that another assembly has compiled: its graph becomes a function of this program, with this program's sizes.</summary>
internal sealed partial class Translator
{
    private Value OfLibrary(IMethodSymbol method, (ProgramText Text, Library Library) library, ImmutableArray<Value> arguments, SyntaxNode at, Scope s)
    {
        if (arguments.FirstOrDefault(a => !a.IsData) is not null) throw new Rejected(Diagnostics.Closure, at, $"passed to '{method.Name}' of another assembly");
        var placement = PlacementOf(method, arguments, at, s);
        RaggedParameter.Apply(method, arguments, session);
        var (text, leaves) = (library.Text, arguments.SelectMany(a => a.Leaves).ToList());
        var sizes = new Dictionary<string, Dim>();
        if (placement is not null && ProgramAttribute(method) is { } own) sizes[own.Name] = placement.Size;
        Rejected Misfit(string why) => new(Diagnostics.Library, at, library.Library.Name, method.ContainingAssembly.Name, why);
        try
        {
            var parameters = Parser.Signature(text.Ir, PlacementNamed(Ir.Dim.Symbol));
            if (parameters.Length != leaves.Count) throw Misfit($"it takes {parameters.Length} values, not {leaves.Count}");
            Bind(method, parameters, leaves, sizes, at);
            for (var i = 0; i < leaves.Count; i++)
                for (var axis = 0; axis < leaves[i].Type.Rank; axis++)
                    Equate(leaves[i].Type.Shape[axis], Here(parameters[i].Type.Shape[axis]), $"'{parameters[i].Name}' of '{method.Name}' has size {{0}} along axis {axis}, expected {{1}}", at);
            foreach (var r in text.Requirements)
            {
                if (r.Refusal is { } refusal) ThrowIf(Fails(r), (Inside(refusal), []), at.GetLocation(), s);
                else if (r.Kind == RequirementKind.Equal) Equate(Here(r.Left), Here(r.Right), MessageOf(r), at, OfLibrary(r));
                else AtMost(Here(r.Left), Here(r.Right), MessageOf(r), at, s, r.Kind, OfLibrary(r));
            }
            var key = $"{library.Library.Companion} {string.Join(", ", sizes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"))}";
            if (!session.LibraryFunctions.TryGetValue(key, out var function))
                session.LibraryFunctions[key] = function = Parser.Parse(Graph, text.Ir, Size, PlacementNamed(Size));
            if (text.Guard is { } guard) Rethrow(OfGuard(Graph.Call(Parser.Parse(Graph, guard, Size, PlacementNamed(Size)), leaves)), s);
            session.Libraries.Add(library.Library);
            session.Libraries.UnionWith(text.Libraries);
            var results = new Queue<Node>(Graph.Call(function, leaves));
            return Assembled(CSharpTypes.Structure(method.ReturnType) ?? throw Misfit($"it returns a {method.ReturnType.ToDisplayString()}"), results);
        }
        catch (IrException e)
        {
            throw Misfit(e.Message);
        }

        // What the library's guard refuses, under the numbers that its refusals have here.
        Value OfGuard(ImmutableArray<Node> results)
        {
            var before = Graph.Const(session.Refusals.Count, ElementType.Int32);
            foreach (var refusal in text.Refusals) session.Refuse(Inside(refusal), at.GetLocation());
            var none = Graph.Const(0, ElementType.Int32);
            return Thrown(Graph.Select(Graph.Apply(Ops.ScalarOp.NotEqual, results[0], none), results[0] + before, none), results.RemoveAt(0));
        }

        Refusal? OfLibrary(Requirement r) => r.Failure is { } failure ? InMaps(Inside(failure)) : null;

        string MessageOf(Requirement r) => r.Failure is null ? r.Message : $"'{method.Name}' requires {r.Left} {(r.Kind == RequirementKind.Equal ? "=" : "<=")} {r.Right}: {{0}}, {{1}}";

        Node Fails(Requirement r) => Graph.Apply(r.Kind switch { RequirementKind.Equal => Ops.ScalarOp.NotEqual, RequirementKind.Different => Ops.ScalarOp.Equal, _ => Ops.ScalarOp.Greater },
            Graph.Size(Here(r.Left)), Graph.Size(Here(r.Right)));

        Refusal Inside(Refusal refusal) => refusal.WithSizes(Here);

        Dim Size(string name) => sizes.TryGetValue(name, out var size) ? size : throw new IrException($"nothing says what its size '{name}' is");

        // Maps around this call are outside of the library's.
        Dim Here(Dim size) => size == Refusal.Group ? (session.Maps == 0 ? size : Ir.Dim.Zero) : size.Substitute(atom => atom.Operation is null ? Size(atom.Name) : null);

        Func<string, Placement> PlacementNamed(Func<string, Dim> size) => name =>
            text.Placements.FirstOrDefault(p => p.Name == name) is { } known ? new(name, known.Size.Substitute(atom => atom.Operation is null ? size(atom.Name) : null))
                : throw new IrException($"no placement '{name}' in its text");
    }

    /// <summary>The library's own size symbols: axes of its parameters, and ints that it counts with.</summary>
    private static void Bind(IMethodSymbol method, ImmutableArray<(string Name, Ir.ValueType Type)> parameters, List<Node> leaves, Dictionary<string, Dim> sizes, SyntaxNode at)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            var (name, type) = parameters[i];
            if (type is { IsScalar: true, IsPlaced: false, Element: ElementType.Int32 })
            {
                sizes[name] = Simplify.AsDim(leaves[i]) ?? throw new Rejected(Diagnostics.UnknownSize, at, $"'{name}' of '{method.Name}', an int of a program in another assembly,");
                continue;
            }
            for (var axis = 0; axis < leaves[i].Type.Rank; axis++) sizes[$"{name}.{axis}"] = leaves[i].Type.Shape[axis];
            // What differs from group to group has a name of its own.
            if (type.Rank > 0 && type.Shape[0].Terms is [{ Factor: 1, Atoms: [{ IsRagged: true } rows] }] && !sizes.ContainsKey(rows.Name))
                sizes[rows.Name] = leaves[i].Type.Shape[0];
        }
    }

    private static Value Assembled(Structure type, Queue<Node> leaves) => type switch
    {
        PlacedStructure placed => new PlacedValue(Assembled(placed.Group, leaves)),
        Composite composite => new Parts([.. composite.Fields.Select(f => (f.Name, Assembled(f.Type, leaves)))], composite.IsTuple),
        _ => new Data(leaves.Dequeue()),
    };
}
