using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>A delegate that a condition chooses: its call is the condition's branch, with a call in either arm.</summary>
internal sealed partial class Translator
{
    private static bool IsDelegate(ITypeSymbol? type) => type is { TypeKind: TypeKind.Delegate };

    /// <summary>The function that a condition chooses; both are read, which computes nothing.</summary>
    private static Value Chosen(Node condition, Value then, Value otherwise, SyntaxNode at) => (then, otherwise) switch
    {
        _ when condition is Const known => known.Value != 0 ? then : otherwise,
        (FunctionValue f, FunctionValue g) => new ChosenFunction(condition, f, g),
        (PoisonValue, _) or (_, PoisonValue) => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.Delegate, at),
    };

    private Value Invoke(ChosenFunction f, ImmutableArray<Value> arguments, ImmutableArray<IOperation> sources, SyntaxNode at, Scope s)
    {
        return Branch(f.Condition, Called(f.Then), Called(f.Otherwise), at, s);

        Func<Scope, Value> Called(FunctionValue g) => arm => Invoke(Seen(g, arm), [.. arguments.Select(a => Seen(a, arm))], sources, at, arm);

        Value Seen(Value value, Scope arm) => value.Select(node => arm.Region.Import(node, s.Region, "argument"));
    }
}
