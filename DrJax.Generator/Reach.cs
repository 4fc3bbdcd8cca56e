using Microsoft.CodeAnalysis;

namespace DrJax.Generator;

/// <summary>Whether generated code, which stands outside of the user's types, can write a type's name.</summary>
internal static class Reach
{
    /// <summary>The least accessible of the types: public, internal, or private if generated code cannot name one of them.</summary>
    public static Accessibility Of(IEnumerable<ITypeSymbol> types)
    {
        var least = Accessibility.Public;
        foreach (var type in types)
        {
            var reach = Of(type);
            if (reach == Accessibility.Private) return reach;
            if (reach == Accessibility.Internal) least = reach;
        }
        return least;
    }

    /// <summary>The types of a method's signature.</summary>
    public static IEnumerable<ITypeSymbol> Signature(IMethodSymbol method) => method.Parameters.Select(p => p.Type).Append(method.ReturnType);

    public static Accessibility Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => Of(tuple.TupleElements.Select(e => e.Type)),
        INamedTypeSymbol { IsAnonymousType: false, IsFileLocal: false, TypeKind: not TypeKind.Error } named => Named(named),
        _ => Accessibility.Private,
    };

    private static Accessibility Named(INamedTypeSymbol type)
    {
        var least = Of(type.TypeArguments);
        for (ISymbol? at = type; at is INamedTypeSymbol && least != Accessibility.Private; at = at.ContainingType)
        {
            least = at.DeclaredAccessibility switch
            {
                Accessibility.Public => least,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
                _ => Accessibility.Private,
            };
        }
        return least;
    }
}
