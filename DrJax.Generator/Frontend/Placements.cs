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
        var attribute = method.GetAttributes()
            .FirstOrDefault(a => a.AttributeClass is { Name: "DrJaxProgramAttribute" } type && CSharpTypes.IsDrJax(type));
        if (attribute is null) return null;
        var arguments = attribute.ConstructorArguments;
        return (arguments.Length > 0 ? arguments[0].Value as string ?? "" : "", arguments.Length > 1 && arguments[1].Value is int size
            ? size : 0);
    }

    /// <summary>The placement of a program as an entry.</summary>
    public Placement? EntryPlacement(IMethodSymbol method) => ProgramAttribute(method) switch
    {
        null or { Name: "" } => null,
        { Size: > 0 } fixedSize => new Placement(fixedSize.Name, Ir.Dim.Constant(fixedSize.Size)),
        { Name: var name } => new Placement(name, session.Sizes.Symbol(name)),
    };

    /// <summary>The placement that a called method works over: the caller's, or inside a map (which has none) a program's own.</summary>
    private Placement? PlacementOf(IMethodSymbol method, ImmutableArray<Value> arguments, SyntaxNode at, Scope s)
    {
        var around = s.Region.Placement;
        if (ProgramAttribute(method) is not { Name: not "" } own) return around;
        if (around is null)
        {
            if (own.Size > 0) return new Placement(own.Name, Ir.Dim.Constant(own.Size));
            return arguments.SelectMany(a => a.Leaves).SelectMany(leaf => leaf.Type.Placements).FirstOrDefault(p => p.Name == own.Name)
                ?? throw new Rejected(Diagnostics.NoPlacement, at, $"'{method.Name}'",
                    "has no size here; give the size in its [DrJaxProgram] attribute");
        }
        if (around.Name != own.Name) throw new Rejected(Diagnostics.OtherPlacement, at, method.Name, own.Name, around.Name);
        if (own.Size > 0)
            Equate(around.Size, Ir.Dim.Constant(own.Size), $"'{method.Name}' is a program of {{1}} groups, this one has {{0}}", at);
        return around;
    }

    /// <summary>The placement here, for Broadcast and Map.</summary>
    private Placement Placement(string operation, SyntaxNode at, Scope s) =>
        s.Region.Placement ?? throw new Rejected(Diagnostics.NoPlacement, at, operation,
            s.Region.Outer is null ? "the program's [DrJaxProgram] attribute must name" : "the bodies of Map, Build and Rows do not have");
}
