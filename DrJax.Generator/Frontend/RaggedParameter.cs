using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>[Ragged] on a parameter: the groups of its placed values differ in their number of rows.</summary>
internal static class RaggedParameter
{
    /// <summary>Whether the parameter is marked.</summary>
    /// <exception cref="Rejected">It is, and has no placed array.</exception>
    public static bool Is(IParameterSymbol parameter, Structure type, Session session)
    {
        if (Mark(parameter) is not { } mark) return false;
        if (!HasPlacedArray(type))
            throw new Rejected(Diagnostics.RaggedAttribute,
                mark.ApplicationSyntaxReference?.GetSyntax(session.Cancellation).GetLocation() ?? Location.None, parameter.Name);
        return true;
    }

    /// <summary>Arguments of a derivative call are ragged if a method takes them so.</summary>
    /// <exception cref="SizeLearnt">They are from now on.</exception>
    public static void Apply(IMethodSymbol method, ImmutableArray<Value> arguments, Session session)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Leaves.All(leaf => !leaf.Type.IsPlaced) || Mark(method.OriginalDefinition.Parameters[i]) is null) continue;
            foreach (var leaf in arguments[i].Leaves.Where(leaf => leaf.Type is { IsPlaced: true, Rank: > 0 }))
                if (session.MayBeRagged.TryGetValue(leaf.Type.Shape[0].ToString(), out var path)) session.Sizes.MakeRagged(path);
        }
    }

    private static AttributeData? Mark(IParameterSymbol parameter) => parameter.GetAttributes()
        .FirstOrDefault(a => a.AttributeClass is { Name: "RaggedAttribute" } type && CSharpTypes.IsDrJax(type));

    public static bool HasPlaced(Structure type) =>
        type is PlacedStructure || type is Composite composite && composite.Fields.Any(f => HasPlaced(f.Type));

    private static bool HasPlacedArray(Structure type) => type switch
    {
        PlacedStructure placed => !HasPlaced(placed.Group) && placed.Leaves.Any(leaf => leaf.Rank > 0),
        Composite composite => composite.Fields.Any(f => HasPlacedArray(f.Type)),
        _ => false,
    };
}
