using System.Collections.Immutable;
using DrJax.Generator.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator;

/// <summary>
/// Reports everything that DrJax has to say: the mistakes that keep a program or a derivative from compiling (found by the same Frontend that
/// the generator runs), and uses that do not do what they look like.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DrJaxAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Diagnostics.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(DrJaxGenerator.Mark) is null) return;
            var report = new Report(start.Compilation);
            start.RegisterSymbolAction(c => ProgramRules.Check(c, report), SymbolKind.Method);
            start.RegisterSymbolAction(c => CustomRuleRules.Check(c, report), SymbolKind.Method);
            start.RegisterOperationAction(c => CallRules.CheckCall(c, report), OperationKind.Invocation);
            start.RegisterOperationAction(c => CallRules.CheckMethodGroup(c, report), OperationKind.MethodReference);
            start.RegisterSyntaxNodeAction(ProgramRules.CheckLocalFunction, SyntaxKind.LocalFunctionStatement);
            start.RegisterSyntaxNodeAction(MixedPlacement.Check, SyntaxKind.InvocationExpression);
            start.RegisterCompilationEndAction(report.Finish);
        });
    }
}
