using DrJax.Generator.Frontend;
using DrJax.Generator.Interception;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Usage;

/// <summary>Calls of derivatives and MapReduce primitives, and programs named without a call.</summary>
internal static class CallRules
{
    private static readonly HashSet<string> Primitives =
        ["Broadcast", "Map", "ReduceSum", "ReduceMean", "ReduceWeightedMean", "ReduceMax", "ReduceMin", "Reduce", "Collect", "GroupIndex"];

    public static void CheckCall(OperationAnalysisContext context, Report report)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Calls.IsHead(call.TargetMethod)) CheckDerivative(call, context, report);
        else if (IsPrimitive(call.TargetMethod) && !IsInDerivative(call))
            report.Wait(Report.Info(Diagnostics.OutsideProgram, call.Syntax.GetLocation(), call.TargetMethod.Name), Reached.Around(context.ContainingSymbol));
    }

    /// <summary>A program given to something that will call it as a delegate: anything but DrJax's own functions, which see what is meant.</summary>
    public static void CheckMethodGroup(OperationAnalysisContext context, Report report)
    {
        var group = (IMethodReferenceOperation)context.Operation;
        if (!ProgramModel.IsProgram(group.Method) || Receiver(group) is { } receiver && IsDrJax(receiver)) return;
        report.Wait(Report.Info(Diagnostics.EagerDelegate, group.Syntax.GetLocation(), group.Method.Name), Reached.Around(context.ContainingSymbol));
    }

    /// <summary>
    /// A derivative outside of programs must be of a closed function. Where a program reaches the call, what it captures is the program's to
    /// judge, so that complaint waits.
    /// </summary>
    private static void CheckDerivative(IInvocationOperation call, OperationAnalysisContext context, Report report)
    {
        foreach (var function in call.Arguments.Select(a => Function(a.Value)).OfType<IMethodSymbol>()) report.Root(function);
        if (Calls.IsInProgram(call.Syntax, call.SemanticModel!, context.CancellationToken)) return;
        if (Reach.Signature(call.TargetMethod).Select(OpenParameter).FirstOrDefault(t => t is not null) is { } open)
        {
            report.Wait(Report.Info(Diagnostics.OpenDerivative, call.Syntax.GetLocation(), call.TargetMethod.Name, open.Name), Reached.Around(context.ContainingSymbol));
            return;
        }
        foreach (var diagnostic in Frontend.Frontend.CompileCall(call, context.Compilation, context.CancellationToken, withDiagnostics: true).Diagnostics)
        {
            if (diagnostic.Id == Diagnostics.Capture.Id || diagnostic.Id == Diagnostics.Delegate.Id) report.Wait(diagnostic, Reached.Around(context.ContainingSymbol));
            else report.Say(diagnostic, context.ReportDiagnostic);
        }
        var types = Reach.Signature(call.TargetMethod).Where(t => Reach.Of(t) == Accessibility.Private);
        if (types.FirstOrDefault() is { } hidden)
            report.Say(Report.Info(Diagnostics.Inaccessible, call.Syntax.GetLocation(), hidden.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), call.TargetMethod.Name), context.ReportDiagnostic);
    }

    private static bool IsPrimitive(IMethodSymbol method) => Primitives.Contains(method.Name) && method.ContainingType.Name == "MapReduce" && IsDrJax(method);

    /// <summary>Whether the call stands in a lambda that is differentiated, and so compiled.</summary>
    private static bool IsInDerivative(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
            if (at is IDelegateCreationOperation && Receiver(at) is { } receiver && Calls.IsHead(receiver)) return true;
        return false;
    }

    /// <summary>The method to which the delegate goes as an argument.</summary>
    private static IMethodSymbol? Receiver(IOperation operation)
    {
        var at = operation;
        while (at.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) at = at.Parent;
        return at.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call.TargetMethod : null;
    }

    private static IMethodSymbol? Function(IOperation value) => value is IDelegateCreationOperation { Target: IMethodReferenceOperation group } ? group.Method : null;

    private static ITypeParameterSymbol? OpenParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter,
        INamedTypeSymbol named => named.TypeArguments.Select(OpenParameter).FirstOrDefault(p => p is not null),
        _ => null,
    };

    private static bool IsDrJax(ISymbol symbol) => symbol.ContainingNamespace is { Name: "DrJax", ContainingNamespace.IsGlobalNamespace: true }
        && symbol.ContainingAssembly.Name == "DrJax.Runtime";
}
