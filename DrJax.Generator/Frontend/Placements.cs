using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>Which groups a method's placed values are spread over.</summary>
internal sealed partial class Translator
{
    /// <summary>The name and number of groups (0: from the arguments) of a program's attribute.</summary>
    public static (string Name, int Size)? ProgramAttribute(IMethodSymbol method)
    {
        if (Mark(method) is not { } attribute) return null;
        var arguments = attribute.ConstructorArguments;
        return (arguments.Length > 0 ? arguments[0].Value as string ?? "" : "",
            arguments.Length > 1 && arguments[1] is { Kind: TypedConstantKind.Primitive, Value: int size } ? size : 0);
    }

    /// <summary>The names that a program's attribute gives to the placements inside of its own.</summary>
    public static EquatableArray<string> InnerNames(IMethodSymbol method) => Mark(method)?.ConstructorArguments is [_, { Kind: TypedConstantKind.Array } names]
        ? names.Values.Select(v => v.Value as string ?? "").ToEquatable() : [];

    public static Location? AttributeAt(IMethodSymbol method, CancellationToken cancellation) =>
        Mark(method)?.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation();

    private static AttributeData? Mark(IMethodSymbol method) => method.GetAttributes()
        .FirstOrDefault(a => a.AttributeClass is { Name: "DrJaxProgramAttribute" } type && CSharpTypes.IsDrJax(type));

    /// <summary>The placement of a program as an entry.</summary>
    public Placement? EntryPlacement(IMethodSymbol method) => ProgramAttribute(method) switch
    {
        null or { Name: "" } => null,
        { Size: > 0 } fixedSize => new Placement(fixedSize.Name, Ir.Dim.Constant(fixedSize.Size)),
        { Name: var name } => new Placement(name, session.Sizes.Symbol(name)),
    };

    /// <summary>The placement that a called method works over: the caller's, or inside a map a program's own.</summary>
    private Placement? PlacementOf(IMethodSymbol method, ImmutableArray<Value> arguments, SyntaxNode at, Scope s)
    {
        var around = s.Region.Placement;
        if (ProgramAttribute(method) is not { Name: not "" } own) return around;
        if (around is null || (around.Name != own.Name && IsInGroup(s.Region)))
        {
            if (Given(own, arguments) is { } given) return Sized(given, own, method, at);
            if (own.Size > 0) return new Placement(own.Name, Ir.Dim.Constant(own.Size));
            if (around is null)
                throw new Rejected(Diagnostics.NoPlacement, at, $"'{method.Name}'", "has no size here; give the size in its [DrJaxProgram] attribute");
        }
        if (around.Name != own.Name) throw new Rejected(Diagnostics.OtherPlacement, at, method.Name, own.Name, around.Name);
        return Sized(around, own, method, at);
    }

    /// <summary>The placement of a program's arguments inside a group, if it is the program's by name or has no name yet.</summary>
    private Placement? Given((string Name, int Size) own, ImmutableArray<Value> arguments)
    {
        var placements = arguments.SelectMany(a => a.Leaves).SelectMany(leaf => leaf.Type.Placements.Take(1)).ToList();
        if (placements.FirstOrDefault(EntryPlacements.IsProvisional) is { } unnamed) session.Sizes.NamePlacement(unnamed.Name, own.Name);
        return placements.FirstOrDefault(p => p.Name == own.Name);
    }

    private Placement Sized(Placement around, (string Name, int Size) own, IMethodSymbol method, SyntaxNode at)
    {
        if (own.Size > 0)
            Equate(around.Size, Ir.Dim.Constant(own.Size), $"'{method.Name}' is a program of {{1}} groups, this one has {{0}}", at);
        return around;
    }

    private static bool IsInGroup(Region region)
    {
        for (var at = region; at is not null; at = at.Outer)
            if (at.Mapped is not null) return true;
        return false;
    }

    /// <summary>The placement here, for Broadcast and Map.</summary>
    private Placement Placement(string operation, SyntaxNode at, Scope s) =>
        s.Region.Placement ?? throw new Rejected(Diagnostics.NoPlacement, at, operation,
            s.Region.Outer is null ? "the program's [DrJaxProgram] attribute must name"
                : "the bodies of Build and Rows do not have, nor that of a Map whose arguments are not placed in turn");
}
