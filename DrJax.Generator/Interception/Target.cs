using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Interception;

/// <summary>The method that stands in for the calls of one method with one signature.</summary>
/// <param name="Name">What the interceptor is called in stack traces.</param>
/// <param name="Result">The type of the call.</param>
/// <param name="Parameters">The called method's parameters, <c>type name</c>.</param>
/// <param name="Class">The class that computes it, as generated code writes it.</param>
/// <param name="Member">The member of that class.</param>
/// <param name="Arguments">The parameters that it takes: all but delegates.</param>
internal sealed record Target(string Name, string Result, EquatableArray<string> Parameters, string Class, string Member, EquatableArray<string> Arguments)
{
    /// <summary>For CheckGrad, whose class measures and whose errors the runtime judges.</summary>
    public CheckedFunction? Check { get; init; }

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static Target Of(IMethodSymbol method, string @class, string member) => new(
        method.Name,
        method.ReturnType.ToDisplayString(Format),
        method.Parameters.Select(p => $"{p.Type.ToDisplayString(Format)} {Identifier(p)}").ToEquatable(),
        @class,
        member,
        method.Parameters.Where(p => p.Type.TypeKind != TypeKind.Delegate).Select(Identifier).ToEquatable());

    private static string Identifier(IParameterSymbol parameter) => Backends.Spelling.Identifier(parameter.Name);
}

/// <summary>A function whose derivatives are checked.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Leaves">The floating leaves of its result.</param>
/// <param name="IsSingle">Whether a float is among its variables or results.</param>
internal sealed record CheckedFunction(string Name, EquatableArray<string> Leaves, bool IsSingle);
