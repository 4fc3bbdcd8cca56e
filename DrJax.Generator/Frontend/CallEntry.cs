using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>A derivative call in the user's code as a program of its own.</summary>
internal sealed class CallEntry(Session session)
{
    private readonly Translator translator = new(session);

    /// <summary>The members of Autodiff that exist compiled only.</summary>
    public static IReadOnlyCollection<string> Heads { get; } = new HashSet<string>
    {
        "Grad", "ValueAndGrad", "ValueAndGradAux", "Jvp", "Vjp", "Hvp", "Hessian", "Jacobian", "JacFwd", "JacRev", "CheckGrad",
    };

    public static bool IsDerivative(IMethodSymbol method) =>
        Heads.Contains(method.Name) && method.ContainingType is { Name: "Autodiff" } home && CSharpTypes.IsDrJax(home);

    /// <summary>
    /// All that the program of a call depends on, if the call only names what it differentiates: its text, what the text stands for, and the
    /// placement around it. Null if a lambda says more.
    /// </summary>
    public static string? IdentityOf(IInvocationOperation call)
    {
        var arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => a.Value).ToArray();
        if (arguments.Any(a => a.Type is { TypeKind: TypeKind.Delegate } && FunctionOf(a) is not IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction })) return null;
        var symbol = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }) symbol = symbol.ContainingSymbol;
        return string.Join("|", [
            string.Join(" ", call.Syntax.DescendantTokens().Select(t => t.Text)),
            call.TargetMethod.ToDisplayString(Identity),
            symbol is IMethodSymbol method ? $"{Translator.ProgramAttribute(method)}" : "",
            .. arguments.Select(a => FunctionOf(a) is IMethodReferenceOperation { Method: var function }
                ? $"{function.ToDisplayString(Identity)} in {function.ContainingType.MetadataName}"
                : $"{a.Type?.ToDisplayString(Identity)} {a.ConstantValue.Value}"),
        ]);
    }

    private static readonly SymbolDisplayFormat Identity = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType);

    public Program? OfCall(IInvocationOperation call)
    {
        var arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => a.Value).ToImmutableArray();
        var functions = arguments.Select(FunctionOf).ToImmutableArray();
        foreach (var (argument, function) in arguments.Zip(functions, (a, f) => (a, f)))
        {
            if (function is null && argument.Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate })
                throw new Rejected(Diagnostics.Delegate, argument.Syntax);
            if (function is not null && Captured(function) is { Count: > 0 } captured)
                throw new Rejected(Diagnostics.Capture, function.Syntax, string.Join(", ", captured.Select(c => $"'{c}'")),
                    call.TargetMethod.Name);
        }
        var isCheck = call.TargetMethod.Name == "CheckGrad";
        if ((isCheck ? Measures : CSharpTypes.Structure(call.Type!)) is not { } result) return null;

        var placement = functions.Select(f => f is null ? null : PlacementOf(f, [])).FirstOrDefault(p => p is not null) ?? Around(call);
        var placements = new EntryPlacements(placement, functions.Select(f => f is IMethodReferenceOperation n ? Translator.InnerNames(n.Method) : default).FirstOrDefault(n => n.Count > 0), session);
        var region = new Region(session, null, placement);
        var scope = Scope.Root(region, ImmutableDictionary.Create<ITypeSymbol, ITypeSymbol>(SymbolEqualityComparer.Default));
        translator.DeclareThrown(scope);
        var parameters = new List<Param>();
        var signature = new List<Parameter>();
        var values = new List<Value>();
        var names = Names(call, functions[0]!);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (functions[i] is { } function)
            {
                values.Add(LocalFunctionOf(function) is { } local ? new FunctionValue(local.Symbol, local.Body, scope, local.Syntax) : translator.Expression(function, scope));
                continue;
            }
            if (CSharpTypes.Structure(arguments[i].Type!) is not { } type) return null;
            signature.Add(new Parameter(names[signature.Count], type));
            values.Add(Entry.Open(signature[signature.Count - 1], placements, arguments[i].Syntax.GetLocation(), session, parameters, ragged: null));
        }
        var value = isCheck ? Check() : translator.Call(call.TargetMethod, [.. values], arguments, call.Syntax, scope);
        var name = $"{call.TargetMethod.Name}.{((FunctionValue)values[0]).Symbol switch { { Name: "" } => "lambda", var f => f.Name }}";
        return new Program(name, signature.ToEquatable(), result, placement, new Func(name, [.. parameters], [.. value.Leaves]),
            session.Sizes.Requirements) { Guard = translator.GuardOf(scope, parameters) };

        Value Check() => translator.GradientCheck(new SurfaceCall(translator, call.TargetMethod, [.. values], arguments, scope, call.Syntax), Extra("seed"), Extra("step"));

        // What the measuring program takes beside the call's data.
        Param Extra(string name)
        {
            while (signature.Any(p => p.Name == name)) name += "0";
            signature.Add(new Parameter(name, new Leaf("double", ElementType.Float64, 0)));
            parameters.Add(session.Graph.Param(name, ValueType.Scalar(ElementType.Float64)));
            return parameters[parameters.Count - 1];
        }
    }

    /// <summary>What the program of a CheckGrad returns.</summary>
    private static readonly Leaf Measures = new("global::DrJax.Vec<double>", ElementType.Float64, 1);

    /// <summary>The lambda or method that an argument names, if it does.</summary>
    private static IOperation? FunctionOf(IOperation argument) => argument switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation or IMethodReferenceOperation } n => n.Target,
        IConversionOperation n => FunctionOf(n.Operand),
        _ => null,
    };

    /// <summary>The data parameters' names: those of the function, the direction's between the first and the others.</summary>
    private static List<string> Names(IInvocationOperation call, IOperation function)
    {
        var parameters = function is IAnonymousFunctionOperation lambda ? lambda.Symbol.Parameters
            : ((IMethodReferenceOperation)function).Method.Parameters;
        var names = parameters.Select((p, i) => p.Name is "" or "_" ? $"x{i}" : p.Name).ToList();
        if (call.TargetMethod.Name is "Jvp" or "Hvp") names.Insert(1, names[0] + "Tangent");
        for (var i = 0; i < names.Count; i++)
            while (names.IndexOf(names[i]) < i) names[i] += i;
        return names;
    }

    private static ILocalFunctionOperation? LocalFunctionOf(IOperation function) =>
        function is IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } method } ? Translator.DeclarationOf(method.OriginalDefinition, function) : null;

    /// <summary>What a lambda or local function captures, and the local functions that it calls; of a method by name, nothing.</summary>
    private static List<string> Captured(IOperation function)
    {
        if (LocalFunctionOf(function) is { } local) return Captured(local, local.Symbol, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
        return function is IAnonymousFunctionOperation lambda ? Captured(lambda, lambda.Symbol, new HashSet<ISymbol>(SymbolEqualityComparer.Default)) : [];
    }

    private static List<string> Captured(IOperation lambda, IMethodSymbol own, HashSet<ISymbol> seen)
    {
        seen.Add(own);
        var inside = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var o in lambda.Descendants())
        {
            if (o is IVariableDeclaratorOperation declarator) inside.Add(declarator.Symbol);
            if (o is IAnonymousFunctionOperation inner) inside.UnionWith(inner.Symbol.Parameters);
            if (o is ILocalFunctionOperation local) inside.UnionWith([local.Symbol, .. local.Symbol.Parameters]);
            if (o is IDeclarationPatternOperation { DeclaredSymbol: { } matched }) inside.Add(matched);
            if (o is IRecursivePatternOperation { DeclaredSymbol: { } whole }) inside.Add(whole);
            if (o is IDeclarationExpressionOperation declaration)
                inside.UnionWith(declaration.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(l => l.Local));
        }
        inside.UnionWith([own, .. own.Parameters]);
        return [.. lambda.Descendants().SelectMany(o => o switch
        {
            ILocalReferenceOperation { Local.IsConst: false } n when !inside.Contains(n.Local) => [n.Local.Name],
            IParameterReferenceOperation n when !inside.Contains(n.Parameter) => [n.Parameter.Name],
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => ["this"],
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } method } when !inside.Contains(method) => OfOther(method, o),
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } method } when !inside.Contains(method) => OfOther(method, o),
            _ => Array.Empty<string>(),
        }).Distinct()];

        IEnumerable<string> OfOther(IMethodSymbol method, IOperation at) => seen.Contains(method.OriginalDefinition) ? []
            : Translator.DeclarationOf(method.OriginalDefinition, at) is { } other ? Captured(other, other.Symbol, seen) : [method.Name];
    }

    /// <summary>The placement of the program in whose body the call stands, if an argument is placed.</summary>
    private Placement? Around(IInvocationOperation call)
    {
        if (!call.Arguments.Any(a => a.Value.Type is { } type && HasPlaced(type))) return null;
        var symbol = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart, session.Cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }) symbol = symbol.ContainingSymbol;
        return symbol is IMethodSymbol method ? translator.EntryPlacement(method) : null;
    }

    private static bool HasPlaced(ITypeSymbol type) =>
        CSharpTypes.IsPlaced(type) || (CSharpTypes.Fields(type) is { } fields && fields.Any(f => HasPlaced(f.Type)));

    /// <summary>The placement of the first program that a function is or calls.</summary>
    private Placement? PlacementOf(IOperation function, HashSet<ISymbol> seen)
    {
        if (function is IAnonymousFunctionOperation lambda) return Within(lambda.Body);
        if (LocalFunctionOf(function) is { Body: { } local }) return Within(local);
        return Of(((IMethodReferenceOperation)function).Method);

        Placement? Of(IMethodSymbol method)
        {
            if (!seen.Add(method.OriginalDefinition)) return null;
            return translator.EntryPlacement(method)
                ?? (Bodies.Of(method, session) is { } body ? Within(body) : null);
        }

        Placement? Within(IOperation body) => body.DescendantsAndSelf().Select(o => o switch
        {
            IInvocationOperation n when !CSharpTypes.IsDrJax(n.TargetMethod.ContainingType ?? (ISymbol)n.TargetMethod) =>
                Of(n.TargetMethod),
            IMethodReferenceOperation n => Of(n.Method),
            _ => null,
        }).FirstOrDefault(p => p is not null);
    }
}
