using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>C# types as element types, ranks and structures.</summary>
internal static class CSharpTypes
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>The element type of a scalar; an enum is its int.</summary>
    public static ElementType? Element(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ElementType.Float32,
        SpecialType.System_Double => ElementType.Float64,
        SpecialType.System_Int32 => ElementType.Int32,
        SpecialType.System_Boolean => ElementType.Bool,
        _ when type is INamedTypeSymbol { EnumUnderlyingType.SpecialType: SpecialType.System_Int32 } => ElementType.Int32,
        _ => null,
    };

    /// <summary>Element type and rank of a scalar or array type.</summary>
    public static (ElementType Element, int Rank)? Array(ITypeSymbol type)
    {
        if (Element(type) is { } scalar) return (scalar, 0);
        if (type is not INamedTypeSymbol { Arity: 1 } named || !IsDrJax(named)) return null;
        int? rank = named.Name switch { "Vec" => 1, "Mat" => 2, "Tensor3" => 3, "Tensor4" => 4, _ => null };
        return rank is { } r && Element(named.TypeArguments[0]) is { } element ? (element, r) : null;
    }

    public static bool IsDrJax(ISymbol symbol) =>
        symbol.ContainingNamespace is { Name: "DrJax", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>What a function takes that takes arrays of every rank.</summary>
    public static bool IsAnyArray(ITypeSymbol type) => type is INamedTypeSymbol { Name: "IArray", Arity: 1 } && IsDrJax(type);

    /// <summary>The key of random numbers: a record, which a compiled record struct no longer says of itself.</summary>
    public static bool IsKey(ITypeSymbol type) => type.Name == "Key" && IsDrJax(type);

    public static bool IsPlaced(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Placed", Arity: 1 } named && IsDrJax(named);

    /// <summary>A record within itself has no end, and C# allows it of classes (and while one is being written).</summary>
    private const int DeepestStructure = 16;

    /// <summary>How the type is made of leaves; null if it is not.</summary>
    public static Structure? Structure(ITypeSymbol type) => Structure(type, DeepestStructure);

    private static Structure? Structure(ITypeSymbol type, int depth)
    {
        if (depth == 0) return null;
        var name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Qualified);
        if (Array(type) is { } array) return new Leaf(name, array.Element, array.Rank, type.TypeKind == TypeKind.Enum);
        if (IsPlaced(type))
            return Structure(((INamedTypeSymbol)type).TypeArguments[0], depth - 1) is { } group ? new PlacedStructure(name, group) : null;
        if (Fields(type) is not { } fields) return null;
        var parts = new List<Field>();
        foreach (var (field, fieldType) in fields)
        {
            if (Structure(fieldType, depth - 1) is not { } part) return null;
            parts.Add(new Field(field, part));
        }
        return new Composite(name, type.IsTupleType, parts.ToEquatable(), IsKey(type));
    }

    /// <summary>The fields of a tuple or positional record, in order.</summary>
    public static ImmutableArray<(string Name, ITypeSymbol Type)>? Fields(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named) return null;
        if (named.IsTupleType) return [.. named.TupleElements.Select((e, i) => ($"Item{i + 1}", e.Type))];
        return PrimaryConstructor(named) is { } constructor ? [.. constructor.Parameters.Select(p => (p.Name, p.Type))] : null;
    }

    /// <summary>The constructor of a positional record: the one whose parameters are all properties too.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(c => c.Parameters.Length > 0 && c.Parameters.All(p => type.GetMembers(p.Name).OfType<IPropertySymbol>().Any()) && (type.IsRecord || IsTakenApart(type, c)))
        .OrderByDescending(c => c.Parameters.Length).FirstOrDefault();

    /// <summary>Of a record struct in a referenced assembly metadata tells no more than that it takes itself apart as its constructor puts it together.</summary>
    private static bool IsTakenApart(INamedTypeSymbol type, IMethodSymbol constructor) => type is { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.Length: 0 }
        && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(d => d.Parameters.Select(p => p.Name).SequenceEqual(constructor.Parameters.Select(p => p.Name)));

    /// <summary>The type with the type parameters of the methods around replaced.</summary>
    public static ITypeSymbol Resolve(ITypeSymbol type, ImmutableDictionary<ITypeSymbol, ITypeSymbol> types)
    {
        if (types.IsEmpty) return type;
        if (types.TryGetValue(type, out var known)) return known;
        return type is INamedTypeSymbol { IsGenericType: true } named
            ? named.OriginalDefinition.Construct([.. named.TypeArguments.Select(a => Resolve(a, types))])
            : type;
    }

    /// <summary>What a constructed method's type parameters, and its type's, stand for.</summary>
    public static ImmutableDictionary<ITypeSymbol,
        ITypeSymbol> TypeArguments(IMethodSymbol method, ImmutableDictionary<ITypeSymbol, ITypeSymbol> around)
    {
        var types = ImmutableDictionary.Create<ITypeSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        Add(method.OriginalDefinition.TypeParameters, method.TypeArguments);
        if (method.ContainingType is { } type) Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);
        return types;

        void Add(ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> arguments)
        {
            for (var i = 0; i < parameters.Length; i++) types = types.SetItem(parameters[i], Resolve(arguments[i], around));
        }
    }
}
