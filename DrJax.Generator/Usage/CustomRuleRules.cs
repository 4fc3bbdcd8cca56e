using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator.Usage;

/// <summary>Methods with a derivative of their own: its rule must be there and fit, whether or not a program calls the method.</summary>
internal static class CustomRuleRules
{
    public static void Check(SymbolAnalysisContext context, Report report)
    {
        // What a generic method's rule must be is known at each call.
        var method = (IMethodSymbol)context.Symbol;
        if (method.IsGenericMethod || method.ContainingType.IsGenericType) return;
        foreach (var attribute in CustomRules.Attributes(method))
        {
            try
            {
                CustomRules.Find(method, attribute, context.Compilation, context.CancellationToken);
            }
            catch (Rejected rejected)
            {
                report.Say(rejected.Diagnostic, context.ReportDiagnostic);
            }
            catch (NotCSharp)
            {
                // C# says what is wrong.
            }
        }
    }
}
