using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.Generator.Frontend;

/// <summary>A method's [CustomJvp] or [CustomVjp] with the method that it names, whose signature fits.</summary>
/// <param name="HasValue">A forward rule returns the value beside the tangent; a reverse rule takes the value before the cotangent.</param>
internal sealed record CustomRuleMethod(IMethodSymbol Method, bool IsForward, bool HasValue, SyntaxNode At);

/// <summary>Finds the rules of methods and checks their signatures.</summary>
internal static class CustomRules
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat;

    public static IEnumerable<AttributeData> Attributes(IMethodSymbol method) => method.GetAttributes()
        .Where(a => a.AttributeClass is { Name: "CustomJvpAttribute" or "CustomVjpAttribute" } type && CSharpTypes.IsDrJax(type));

    public static bool Has(IMethodSymbol method) => Attributes(method).Any();

    /// <summary>The rule that an attribute of the method names.</summary>
    public static CustomRuleMethod Find(IMethodSymbol method, AttributeData attribute, Compilation compilation, CancellationToken cancellation)
    {
        var isForward = attribute.AttributeClass!.Name == "CustomJvpAttribute";
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
        var at = (syntax as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault() ?? syntax ?? method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (attribute.ConstructorArguments is not [{ Value: string name }]) throw new NotCSharp();

        ImmutableArray<ITypeSymbol> own = [.. method.Parameters.Select(p => p.Type)];
        if (own.Append(method.ReturnType).FirstOrDefault(t => CSharpTypes.Structure(t) is null) is { } outside)
            throw Problem($"'{outside.ToDisplayString(Format)}' is not made of scalars and arrays");
        ImmutableArray<ITypeSymbol> variables = [.. own.Where(IsFloating)];
        if (variables.IsEmpty || !IsFloating(method.ReturnType)) throw Problem("it has no float or double to differentiate");

        var y = method.ReturnType;
        var gradient = variables.Length == 1 ? variables[0] : compilation.CreateTupleTypeSymbol(variables);
        (bool HasValue, ITypeSymbol Result, ITypeSymbol[] Parameters)[] signatures = isForward
            ? [(false, y, [.. own, .. variables]), (true, compilation.CreateTupleTypeSymbol([y, y]), [.. own, .. variables])]
            : [(false, gradient, [.. own, y]), (true, gradient, [.. own, y, y])];
        foreach (var candidate in method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Where(m => m.IsStatic && m.Arity == method.Arity))
        {
            var rule = method.IsGenericMethod ? candidate.Construct([.. method.TypeArguments]) : candidate;
            foreach (var (hasValue, result, parameters) in signatures)
                if (rule.Parameters.Length == parameters.Length && Same(rule.ReturnType, result) && rule.Parameters.Zip(parameters, (p, t) => p.RefKind == RefKind.None && Same(p.Type, t)).All(same => same))
                    return new(rule, isForward, hasValue, at);
        }
        throw Problem($"'{method.ContainingType.Name}' has no static '{string.Join("' or '", signatures.Select(s => $"{s.Result.ToDisplayString(Format)} {name}({string.Join(", ", s.Parameters.Select(p => p.ToDisplayString(Format)))})"))}'");

        Rejected Problem(string why) => new(Diagnostics.CustomRule, at, isForward ? "CustomJvp" : "CustomVjp", method.Name, why);

        bool Same(ITypeSymbol a, ITypeSymbol b) => compilation.ClassifyConversion(a, b).IsIdentity;
    }

    private static bool IsFloating(ITypeSymbol type) => CSharpTypes.Structure(type) is { } structure
        && structure.Leaves.Any(l => l.Element is ElementType.Float32 or ElementType.Float64);
}

/// <summary>A helper's rules while it is compiled: they may call it, but not differentiate it.</summary>
internal sealed class PendingRules(string function)
{
    private bool isComplete;
    private Func? jvp, vjp;

    public CustomRule Rule => field ??= new(() => Known(jvp), () => Known(vjp));

    public void Add(CustomRuleMethod method, Func rule)
    {
        if (method.IsForward) jvp = rule;
        else vjp = rule;
    }

    public void Complete() => isComplete = true;

    private Func? Known(Func? rule) => isComplete ? rule : throw new NoDerivativeException(function, isOwnRule: true);
}

/// <summary>Rules as functions of leaves.</summary>
internal sealed partial class Translator
{
    private void CompileRules(IMethodSymbol method, ImmutableArray<Value> arguments, Helper helper, PendingRules pending, Func<Scope> scope)
    {
        foreach (var attribute in CustomRules.Attributes(method))
        {
            var rule = CustomRules.Find(method, attribute, session.Compilation, session.Cancellation);
            pending.Add(rule, CompileRule(rule, method, arguments, helper, scope()));
        }
        pending.Complete();
    }

    private Func CompileRule(CustomRuleMethod rule, IMethodSymbol method, ImmutableArray<Value> arguments, Helper helper, Scope scope)
    {
        var (parameters, directions) = (new List<Param>(), new List<Param>());
        ImmutableArray<Value> primals = [.. arguments.Select((a, i) => a.Select(leaf => IsStatic(leaf) ? leaf : Add(parameters, method.Parameters[i].Name, leaf)))];
        var computed = new Queue<Node>(Graph.Call(helper.Function, parameters));
        var value = helper.Result.Select(leaf => IsStatic(leaf) ? leaf : computed.Dequeue());
        var variables = arguments.Select((a, i) => (Value: a, method.Parameters[i].Name)).Where(a => a.Value.Leaves.Any(leaf => leaf.Type.IsDifferentiable)).ToArray();

        ImmutableArray<Value> given = rule.IsForward
            ? [.. variables.Select(v => Direction(v.Value, "d" + v.Name))]
            : [.. rule.HasValue ? [value] : Array.Empty<Value>(), Direction(value, "ct")];
        var returned = Call(rule.Method, [.. primals, .. given], [], rule.At, scope);

        IEnumerable<Node> results = [];
        if (rule is { IsForward: true, HasValue: true })
        {
            var pair = ((Parts)returned).Fields;
            results = Fitting(pair[0].Value, value, "the value");
            returned = pair[1].Value;
        }
        else if (rule.IsForward) results = value.Leaves.Where(leaf => !IsStatic(leaf));
        ImmutableArray<Value> of = rule.IsForward ? [value] : [.. variables.Select(v => v.Value)];
        ImmutableArray<Value> derivatives = of.Length == 1 ? [returned] : [.. ((Parts)returned).Fields.Select(f => f.Value)];
        var last = derivatives.Zip(of, (d, x) => Fitting(d, x, rule.IsForward ? "the tangent" : "the cotangent", onlyFloating: true)).SelectMany(d => d);
        return new Func($"{method.Name}.{(rule.IsForward ? "jvp" : "vjp")}", [.. parameters, .. directions], [.. results, .. last]);

        Param Add(List<Param> list, string name, Node like)
        {
            list.Add(Graph.Param(name, like.Type));
            return list[list.Count - 1];
        }

        Value Direction(Value like, string name) => like.Select(leaf =>
            leaf.Type.IsDifferentiable ? Add(directions, name, leaf) : IsStatic(leaf) ? leaf : DerivativeProgram.Zero(leaf));

        // The leaves of a result, in the shapes of what they belong to.
        List<Node> Fitting(Value result, Value like, string what, bool onlyFloating = false)
        {
            var pairs = result.Leaves.Zip(like.Leaves, (r, x) => (r, x)).Where(p => onlyFloating ? p.x.Type.IsDifferentiable : !IsStatic(p.x)).ToList();
            foreach (var (r, x) in pairs)
                for (var axis = 0; axis < x.Type.Rank; axis++)
                    Equate(rule.Method.Name, new Side(r, axis, what), new Side(x, axis, $"what {method.Name} has"), rule.At);
            return [.. pairs.Select(p => p.r)];
        }
    }
}
