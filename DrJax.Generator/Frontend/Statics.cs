using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Static readonly fields and properties without a setter: what their initialiser computes from constants.</summary>
internal sealed partial class Translator
{
    /// <summary>The member whose initialiser is being read.</summary>
    private ISymbol? initialising;

    private Value StaticField(IFieldReferenceOperation n, Scope s) =>
        n.Field.IsReadOnly ? Initial(n.Field, n.Field.Type, n, s) : throw new Rejected(Diagnostics.MutableState, n.Syntax, n.Field.Name);

    /// <summary>The value of an initialiser, made outside of all loops and maps, which see it as a value of their surroundings.</summary>
    private Value Initial(ISymbol member, ITypeSymbol type, IOperation at, Scope s)
    {
        if (InitializerOf(member) is { } operation && IsInitialised(member) && session.Active.Add(member))
        {
            var around = initialising;
            initialising = member;
            try
            {
                var home = s.Region;
                while (home.Outer is { } outer) home = outer;
                var value = Expression(operation, Scope.Root(home, ImmutableDictionary.Create<ITypeSymbol, ITypeSymbol>(SymbolEqualityComparer.Default)));
                if (CSharpTypes.Element(type) is { } element && value is Data data) value = new Data(Graph.Cast(data.Node, element));
                return value.Select(leaf => s.Region.Import(leaf, home, member.Name));
            }
            catch (Rejected)
            {
                // Told where it is used: that is the program.
            }
            finally
            {
                session.Active.Remove(member);
                initialising = around;
            }
        }
        throw new Rejected(Diagnostics.MutableState, at.Syntax, member.Name);
    }

    /// <summary>Whether a member has its value when the initialiser being read runs: those of a type run in the order of its text.</summary>
    private bool IsInitialised(ISymbol member) => initialising is not { } reader
        || !SymbolEqualityComparer.Default.Equals(reader.ContainingType, member.ContainingType)
        || reader.Locations[0].SourceTree == member.Locations[0].SourceTree
            && member.Locations[0].SourceSpan.Start < reader.Locations[0].SourceSpan.Start;

    private IOperation? InitializerOf(ISymbol member)
    {
        if (member.ContainingType.StaticConstructors.Any(c => AssignsIn(c, member))) return null;
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (!session.Compilation.ContainsSyntaxTree(reference.SyntaxTree)) continue;
            var initializer = reference.GetSyntax(session.Cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is null) continue;
            session.Footprint.Add(initializer);
#pragma warning disable RS1030 // as for method bodies
            var operation = session.Compilation.GetSemanticModel(reference.SyntaxTree).GetOperation(initializer, session.Cancellation);
#pragma warning restore RS1030
            return (operation as ISymbolInitializerOperation)?.Value ?? operation;
        }
        return null;
    }

    private bool AssignsIn(IMethodSymbol constructor, ISymbol member) =>
        Bodies.Of(constructor, session) is { } body && Own(body).OfType<IAssignmentOperation>().Any(a =>
            a.Target is IMemberReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Member, member));
}
