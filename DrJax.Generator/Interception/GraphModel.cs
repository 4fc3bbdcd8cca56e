using DrJax.Generator.Backends;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Interception;

/// <summary>A graph that the user's code asks for: <c>MapReduceGraph.Of</c>, <c>OfJvp</c> or <c>OfVjp</c> of a method.</summary>
/// <param name="Class">The class that holds it, in the generated namespace.</param>
/// <param name="Summary">What was asked for, for readers.</param>
/// <param name="Text">The printed IR.</param>
/// <param name="IsPlan">It is not a graph but where its steps run on devices: <c>DeviceMesh.Explain</c>.</param>
internal sealed record GraphModel(string Class, string Summary, string Text, bool IsPlan = false)
{
    private const string Explain = "Explain";

    /// <summary>The methods of <c>DrJax.MapReduceGraph</c> and <c>DrJax.DeviceMesh</c> that exist compiled only.</summary>
    public static IReadOnlyCollection<string> Heads { get; } = new HashSet<string> { "Of", "OfJvp", "OfVjp", Explain };

    public static bool IsHead(IMethodSymbol method) => Heads.Contains(method.Name)
        && method.ContainingType is { ContainingNamespace: { Name: "DrJax", ContainingNamespace.IsGlobalNamespace: true } } type
        && type.Name == (method.Name == Explain ? "DeviceMesh" : "MapReduceGraph");

    public static GraphModel? Of(IInvocationOperation call, Compilation compilation, Footprint footprint, CancellationToken cancellation)
    {
        if (call.Arguments is not [{ Value: var argument }] || MethodOf(argument) is not { IsStatic: true, IsGenericMethod: false } method) return null;
        if (call.TargetMethod.Name == Explain) return Plan(method, compilation, footprint, cancellation);
        DerivativeKind? kind = call.TargetMethod.Name switch { "OfJvp" => DerivativeKind.Jvp, "OfVjp" => DerivativeKind.Vjp, _ => null };
        var function = method.DeclaringSyntaxReferences.Length > 0 ? Compiled(method, kind, compilation, footprint, cancellation) : Libraries.GraphOf(method, kind, call.Syntax);
        if (function is null) return null;
        var text = Printer.Print(function);
        return new($"Graph_{method.Name}_{ProgramText.Fingerprint(text).Substring(0, 8)}", $"MapReduceGraph.{call.TargetMethod.Name}({method.ContainingType.Name}.{method.Name})", text);
    }

    private static GraphModel? Plan(IMethodSymbol method, Compilation compilation, Footprint footprint, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.Length == 0 || Frontend.Frontend.CompileMethod(method, compilation, cancellation, footprint).Program is not { } program) return null;
        var text = ProgramCode.Plan(program);
        return new($"Plan_{method.Name}_{ProgramText.Fingerprint(text).Substring(0, 8)}", $"DeviceMesh.Explain({method.ContainingType.Name}.{method.Name})", text, IsPlan: true);
    }

    public ProgramCode Code => new($"{Host.Namespace}.{Class}.g.cs", HostGraph.Emit(this), $"global::{Host.Namespace}.{Class}", Summary, null);

    private static IMethodSymbol? MethodOf(IOperation argument) => argument switch
    {
        IConversionOperation n => MethodOf(n.Operand),
        IDelegateCreationOperation { Target: IMethodReferenceOperation n } => n.Method,
        IMethodReferenceOperation n => n.Method,
        _ => null,
    };

    private static Func? Compiled(IMethodSymbol method, DerivativeKind? kind, Compilation compilation, Footprint footprint, CancellationToken cancellation)
    {
        var program = Frontend.Frontend.CompileMethod(method, compilation, cancellation, footprint).Program;
        return (program is null || kind is null ? program : Frontend.Frontend.CompileDerivative(program, kind.Value))?.Function;
    }
}
