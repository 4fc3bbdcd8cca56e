using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>The bound bodies of a compilation's methods, each bound once however many programs reach it.</summary>
internal static class Bodies
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<IMethodSymbol, IBlockOperation?>> Bound = new();

    /// <summary>The body, read for a program; null if the method's source is not part of the compilation.</summary>
    public static IBlockOperation? Of(IMethodSymbol method, Session session)
    {
        foreach (var reference in (method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition).DeclaringSyntaxReferences)
            // An implicit member is declared by its type, whose other members it does not read.
            if (reference.GetSyntax(session.Cancellation) is var syntax and not BaseTypeDeclarationSyntax) session.Footprint.Add(syntax);
        return Of(method, session.Compilation, session.Cancellation);
    }

    /// <summary>The body, or null if the method's source is not part of the compilation.</summary>
    public static IBlockOperation? Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Bound.GetValue(compilation, _ => new ConcurrentDictionary<IMethodSymbol, IBlockOperation?>(SymbolEqualityComparer.Default))
            .GetOrAdd(method.OriginalDefinition, m => Bind(m, compilation, cancellation));

    /// <summary>The constructor that another one calls by <c>: this(..)</c>, if that is all it does.</summary>
    public static IInvocationOperation? Initializer(IMethodSymbol constructor, Session session)
    {
        foreach (var reference in constructor.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (!session.Compilation.ContainsSyntaxTree(reference.SyntaxTree) || reference.GetSyntax(session.Cancellation) is not ConstructorDeclarationSyntax syntax) continue;
            session.Footprint.Add(syntax);
#pragma warning disable RS1030 // as for method bodies
            var operation = session.Compilation.GetSemanticModel(reference.SyntaxTree).GetOperation(syntax, session.Cancellation);
#pragma warning restore RS1030
            return operation is IConstructorBodyOperation { ExpressionBody: null, BlockBody.Operations.IsEmpty: true, Initializer: IExpressionStatementOperation { Operation: IInvocationOperation call } }
                ? call : null;
        }
        return null;
    }

    private static IBlockOperation? Bind(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            // A reference to another project has syntax too, in trees that are not this compilation's.
            if (!compilation.ContainsSyntaxTree(reference.SyntaxTree)) continue;
            var syntax = reference.GetSyntax(cancellation);
#pragma warning disable RS1030 // outside of an analyzer action there is no model at hand; the result is cached for the compilation
            var operation = compilation.GetSemanticModel(reference.SyntaxTree).GetOperation(syntax, cancellation);
#pragma warning restore RS1030
            if (operation is IMethodBodyBaseOperation body) return body.BlockBody ?? body.ExpressionBody;
            if (operation is IBlockOperation getter) return getter;
        }
        return null;
    }
}
