using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Usage;

/// <summary>The methods of the compilation that the bodies of given methods call or name, and theirs in turn.</summary>
internal static class Reached
{
    public static HashSet<ISymbol> From(IEnumerable<IMethodSymbol> roots, Compilation compilation, CancellationToken cancellation)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var next = new Stack<IMethodSymbol>(roots);
        while (next.Count > 0)
        {
            var method = next.Pop().OriginalDefinition;
            if (!reached.Add(method) || Bodies.Of(method, compilation, cancellation) is not { } body) continue;
            foreach (var operation in body.Descendants())
            {
                var named = operation switch
                {
                    IInvocationOperation call => call.TargetMethod,
                    IMethodReferenceOperation group => group.Method,
                    IPropertyReferenceOperation property => property.Property.GetMethod,
                    IBinaryOperation { OperatorMethod: { } @operator } => @operator,
                    IUnaryOperation { OperatorMethod: { } @operator } => @operator,
                    _ => null,
                };
                if (named is not null) next.Push(named);
            }
        }
        return reached;
    }

    /// <summary>The method, accessor or initialiser around an operation, outside of all lambdas and local functions.</summary>
    public static ISymbol? Around(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }) symbol = symbol.ContainingSymbol;
        return (symbol as IMethodSymbol)?.OriginalDefinition;
    }
}
