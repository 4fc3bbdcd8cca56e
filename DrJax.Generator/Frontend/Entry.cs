using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>A method's signature as parameters of the IR, and its body's value as results.</summary>
internal sealed class Entry(Session session)
{
    private readonly Translator translator = new(session);

    public Program OfMethod(IMethodSymbol method, Location at)
    {
        CheckSignature(method, at);
        var placements = new EntryPlacements(translator.EntryPlacement(method), Translator.InnerNames(method), session);
        var region = new Region(session, null, placements.Outermost);
        var parameters = new List<Param>();
        var signature = method.Parameters.Select(p => new Parameter(p.Name, StructureOf(p.Type, TypeSyntax(p) ?? at))).ToEquatable();
        ImmutableArray<Value> values =
            [.. signature.Select((p, i) => Open(p, placements, at, session, parameters, RaggedParameter.Is(method.Parameters[i], p.Type, session)))];
        placements.CheckNames(parameters, Translator.AttributeAt(method, session.Cancellation) ?? at);
        var result = StructureOf(method.ReturnType, at);
        // A program with a rule of its own calls itself, so that its companions are differentiated by the rule.
        var root = Scope.Root(region, Scope.NoTypes);
        translator.DeclareThrown(root);
        var value = CustomRules.Has(method) && method.DeclaringSyntaxReferences is [var declaration, ..]
            ? translator.Call(method, values, [], declaration.GetSyntax(session.Cancellation), root)
            : translator.MethodBody(method, values, root);
        return new Program(method.Name, signature, result, placements.Outermost,
            new Func(method.Name, [.. parameters], [.. value.Leaves]), session.Sizes.Requirements) { Guard = translator.GuardOf(root, parameters) };
    }

    /// <summary>The value that a parameter has inside, its leaves added to <paramref name="parameters"/>.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="placements">The program's.</param>
    /// <param name="at">Where to tell that it has none.</param>
    /// <param name="session">The compilation.</param>
    /// <param name="parameters">The leaves so far.</param>
    /// <param name="ragged">Whether groups may differ in their number of rows; null if only what is called with it will tell.</param>
    public static Value Open(Parameter parameter, EntryPlacements placements, Location at, Session session, List<Param> parameters, bool? ragged)
    {
        return Value(parameter.Type, parameter.Name, [], null, null);

        Value Value(Structure type, string path, ImmutableArray<Placement> over, string? home, Dim? rows, bool isKey = false)
        {
            switch (type)
            {
                case Leaf leaf:
                    var shape = Enumerable.Range(0, leaf.Rank)
                        .Select(axis => axis == 0 && rows is not null ? rows : session.Sizes.Symbol($"{path}.{axis}")).ToEquatable();
                    if (ragged is null && over.Length == 1 && leaf.Rank > 0) session.MayBeRagged[$"{path}.0"] = home!;
                    var node = session.Graph.Param(path, new ValueType(leaf.Element, shape, new(over)));
                    parameters.Add(node);
                    // An int of the whole program is a size, but for the words of a key.
                    return new Data(over.IsEmpty && leaf is { Element: ElementType.Int32, Rank: 0 } && !isKey
                        ? session.Graph.Size(session.Sizes.Symbol(path)) : node);
                case Composite composite:
                    return new Parts([.. composite.Fields.Select(f => (f.Name, Value(f.Type, $"{path}.{f.Name}", over, home, rows, composite.IsKey)))],
                        composite.IsTuple);
                case PlacedStructure placed:
                    var placement = placements[over.Length]
                        ?? throw new Rejected(Diagnostics.NoPlacement, at, $"'{parameter.Name}'", "the program's [DrJaxProgram] attribute must name");
                    // Groups of groups have rows of one number.
                    var isRagged = (ragged ?? session.Sizes.IsRagged(path)) && over.IsEmpty && !RaggedParameter.HasPlaced(placed.Group);
                    return new PlacedValue(Value(placed.Group, path, over.Add(placement), path,
                        isRagged ? session.Sizes.Symbol(Atom.RowsOf(path, placement.Name).Name) : null));
                default:
                    throw new IrException($"a parameter of {type.GetType().Name}");
            }
        }
    }

    private static void CheckSignature(IMethodSymbol method, Location at)
    {
        var why = method switch
        {
            { IsStatic: false } => "it must be static",
            { IsGenericMethod: true } or { ContainingType.IsGenericType: true } =>
                "it must not be generic; write one program for each type it is used at",
            { IsAsync: true } => "it must not be async",
            { ReturnsVoid: true } => "it must return its result",
            { IsAbstract: true } or { IsExtern: true } => "it must have a body",
            _ when method.Parameters.Any(p => p.RefKind != RefKind.None) => "its parameters must be values, not ref, in or out",
            _ => null,
        };
        if (why is not null) throw new Rejected(Diagnostics.Signature, at, method.Name, why);
    }

    private static Structure StructureOf(ITypeSymbol type, Location at)
    {
        if (type.TypeKind == TypeKind.Error) throw new NotCSharp();
        return CSharpTypes.Structure(type) ?? throw new Rejected(Diagnostics.Type, at, type.ToDisplayString(), Cures.Of(type));
    }

    private Location? TypeSyntax(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.Select(r => r.GetSyntax(session.Cancellation)).OfType<ParameterSyntax>()
            .FirstOrDefault()?.Type?.GetLocation();
}
