using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator.Usage;

/// <summary>
/// A Map that C# cannot bind because only some of its arguments are placed: C# says that types cannot be inferred, this says which argument
/// lacks its Broadcast.
/// </summary>
internal static class MixedPlacement
{
    public static void Check(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not (SimpleNameSyntax { Identifier.ValueText: "Map" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Map" })) return;
        var model = context.SemanticModel;
        if (model.GetSymbolInfo(call, context.CancellationToken) is not { Symbol: null } info) return;
        var candidates = info.CandidateSymbols.Concat(model.GetMemberGroup(call.Expression, context.CancellationToken));
        if (!candidates.Any(c => c.ContainingType is { Name: "MapReduce" } type && CSharpTypes.IsDrJax(type))) return;
        var operands = call.ArgumentList.Arguments.Skip(1).Select(a => (a.Expression, model.GetTypeInfo(a.Expression, context.CancellationToken).Type)).ToArray();
        if (!operands.Any(o => o.Type is not null && CSharpTypes.IsPlaced(o.Type))) return;
        foreach (var (expression, type) in operands)
        {
            if (type is null or IErrorTypeSymbol || CSharpTypes.IsPlaced(type)) continue;
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.LacksBroadcast, expression.GetLocation(), expression.ToString(), "Map"));
        }
    }
}
