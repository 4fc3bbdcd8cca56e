using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator.Usage;

/// <summary>Programs: their attribute, what generated code needs of their signature, and everything that the Frontend finds in their bodies.</summary>
internal static class ProgramRules
{
    public static void Check(SymbolAnalysisContext context, Report report)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || method.GetAttributes().FirstOrDefault(ProgramModel.IsMark) is not { } mark) return;
        report.Root(method);
        foreach (var diagnostic in Declaration(method, mark, context.Compilation, context.CancellationToken)) report.Say(diagnostic, context.ReportDiagnostic);
        foreach (var diagnostic in Frontend.Frontend.CompileMethod(method, context.Compilation, context.CancellationToken, withDiagnostics: true).Diagnostics)
            report.Say(diagnostic, context.ReportDiagnostic);
    }

    public static void CheckLocalFunction(SyntaxNodeAnalysisContext context)
    {
        var syntax = (LocalFunctionStatementSyntax)context.Node;
        if (syntax.AttributeLists.Count > 0 && context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol local && ProgramModel.IsProgram(local))
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.LocalProgram, syntax.Identifier.GetLocation(), local.Name));
    }

    private static IEnumerable<DiagnosticInfo> Declaration(IMethodSymbol method, AttributeData mark, Compilation compilation, CancellationToken cancellation)
    {
        var at = mark.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var location = at?.GetLocation() ?? method.Locations[0];
        if (Translator.ProgramAttribute(method) is var (first, size))
        {
            var names = Translator.InnerNames(method).Prepend(first).ToArray();
            for (var i = 0; i < names.Length; i++)
                if ((i > 0 || names[i].Length > 0) && !SyntaxFacts.IsValidIdentifier(names[i])) yield return Report.Info(Diagnostics.PlacementName, Argument(i), names[i]);
            if (size < 0) yield return Report.Info(Diagnostics.PlacementSize, Argument(1), $"{size}");
        }
        foreach (var type in Reach.Signature(method).Where(t => t.TypeKind != TypeKind.Error && t is not ITypeParameterSymbol && Reach.Of(t) == Accessibility.Private))
            yield return Report.Info(Diagnostics.Inaccessible, method.Locations[0], type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), method.Name);
        if (compilation.Options is CSharpCompilationOptions { AllowUnsafe: false }) yield return Report.Info(Diagnostics.UnsafeBlocks, location);

        Location Argument(int index) => at?.ArgumentList?.Arguments is { } arguments && index < arguments.Count ? arguments[index].GetLocation() : location;
    }
}
