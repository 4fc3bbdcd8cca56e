using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Interception;

/// <summary>
/// Finds the calls that run compiled: calls of programs, except in the bodies of programs (eager runs stay eager to the bottom, and a compiled
/// program has inlined them), and derivatives of closed functions anywhere, because eagerly there are none.
/// </summary>
internal static class Calls
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is InvocationExpressionSyntax call && NameOf(call) is not null;

    public static InterceptedCall? Of(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var (name, model) = (NameOf(call)!, context.SemanticModel);
        if (!CallEntry.Heads.Contains(name) && !GraphModel.Heads.Contains(name) && !ProgramNames.Contains(name, model.Compilation)) return null;
        // What replaces the call depends on what it calls, where it stands on every character before it.
        var found = ProjectState.Of(model.Compilation).Get(call, nameof(Calls), footprint => Find(call, model, footprint, cancellation));
        return found is not null && model.GetInterceptableLocation(call, cancellation) is { } location
            ? found with { Attribute = location.GetInterceptsLocationAttributeSyntax(), Display = Display(call) }
            : null;
    }

    private static InterceptedCall? Find(InvocationExpressionSyntax call, SemanticModel model, Footprint footprint, CancellationToken cancellation)
    {
        if (model.GetOperation(call, cancellation) is not IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary, IsStatic: true } } operation) return null;
        return IsHead(operation.TargetMethod) ? Derivative(operation, model, footprint, cancellation)
            : GraphModel.IsHead(operation.TargetMethod) ? Graph(operation, model, footprint, cancellation)
            : ProgramModel.IsProgram(operation.TargetMethod) ? Program(operation, model, cancellation)
            : null;
    }

    /// <summary>Whether the method is one of the derivatives that <c>DrJax.Autodiff</c> declares.</summary>
    public static bool IsHead(IMethodSymbol method) => CallEntry.IsDerivative(method);

    /// <summary>Whether the operation stands in the body of a method marked as a program.</summary>
    public static bool IsInProgram(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }) symbol = symbol.ContainingSymbol;
        return symbol is IMethodSymbol method && ProgramModel.IsProgram(method);
    }

    private static InterceptedCall? Program(IInvocationOperation operation, SemanticModel model, CancellationToken cancellation)
    {
        var method = operation.TargetMethod;
        if (method.IsGenericMethod || method.ContainingType.IsGenericType || IsInProgram(operation.Syntax, model, cancellation)) return null;
        var (@namespace, companion) = ProgramModel.CompanionOf(method);
        var metadataName = @namespace.Length == 0 ? companion : $"{@namespace}.{companion}";
        // Here the companion is what this run of the generator makes; elsewhere it must be there, and public.
        var isElsewhere = !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly);
        if (isElsewhere && method.ContainingAssembly.GetTypeByMetadataName(metadataName) is not { DeclaredAccessibility: Accessibility.Public }) return null;
        return new("", "", Target.Of(method, "global::" + metadataName, "Forward"), isElsewhere, null);
    }

    private static InterceptedCall? Derivative(IInvocationOperation operation, SemanticModel model, Footprint footprint, CancellationToken cancellation)
    {
        var method = operation.TargetMethod;
        if (Reach.Of(Reach.Signature(method)) == Accessibility.Private) return null;
        if (Frontend.Frontend.CompileCall(operation, model.Compilation, cancellation, footprint).Program is not { } program) return null;
        var function = operation.Arguments.Select(a => a.Value).OfType<IDelegateCreationOperation>().FirstOrDefault()?.Target is IMethodReferenceOperation group
            ? group.Method.Name
            : "Lambda";
        var derivative = DerivativeModel.Of(method.Name, function, $"{method.Name} of {function}", program);
        var target = Target.Of(method, $"global::{Backends.Host.Namespace}.{derivative.Class}", "Call") with { Check = method.Name == "CheckGrad" ? Checked(method, function) : null };
        return new("", "", target, false, derivative);
    }

    /// <summary>The types of CheckGrad are the function's: the first argument's first, the result's last.</summary>
    private static CheckedFunction? Checked(IMethodSymbol method, string function)
    {
        var (first, result) = (CSharpTypes.Structure(method.TypeArguments[0])!, CSharpTypes.Structure(method.TypeArguments[method.Arity - 1])!);
        return new(function, Translator.FloatingLeaves(result).ToEquatable(), first.Leaves.Concat(result.Leaves).Any(l => l.Element == ElementType.Float32));
    }

    private static InterceptedCall? Graph(IInvocationOperation operation, SemanticModel model, Footprint footprint, CancellationToken cancellation) =>
        GraphModel.Of(operation, model.Compilation, footprint, cancellation) is { } graph
            ? new("", "", Target.Of(operation.TargetMethod, $"global::{Backends.Host.Namespace}.{graph.Class}", "Call"), false, null) { Graph = graph }
            : null;

    /// <summary>File name and line: nothing of the machine's folders goes into generated code.</summary>
    private static string Display(SyntaxNode syntax) =>
        $"{Path.GetFileName(syntax.SyntaxTree.FilePath)}({syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };
}
