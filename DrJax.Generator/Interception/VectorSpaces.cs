using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.Generator.Interception;

/// <summary>The records that the user marked as vector spaces: their operators need to know their parts even where no program uses them.</summary>
internal static class VectorSpaces
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is RecordDeclarationSyntax { BaseList: not null, ParameterList: not null };

    public static Composite? Of(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        context.SemanticModel.GetDeclaredSymbol((RecordDeclarationSyntax)context.Node, cancellation) is INamedTypeSymbol { IsGenericType: false } type
        && type.AllInterfaces.Any(i => i is { Name: "IVectorSpace", ContainingNamespace: { Name: "DrJax", ContainingNamespace.IsGlobalNamespace: true } })
        && Reach.Of(type) != Accessibility.Private
            ? CSharpTypes.Structure(type) as Composite
            : null;
}
