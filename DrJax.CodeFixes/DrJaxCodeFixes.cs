using System.Collections.Immutable;
using System.Composition;
using DrJax.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.CodeFixes;

/// <summary>The cures that need no thought: each replaces the expression that the diagnostic underlines.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DrJaxCodeFixes : CodeFixProvider
{
    private static readonly ImmutableDictionary<string, (string Title, Func<ExpressionSyntax, SemanticModel, ExpressionSyntax?> Cure)> Cures =
        new Dictionary<string, (string, Func<ExpressionSyntax, SemanticModel, ExpressionSyntax?>)>
        {
            [Diagnostics.LacksBroadcast.Id] = ("Broadcast the argument", Broadcast),
            [Diagnostics.EagerDelegate.Id] = ("Call it in a lambda", Lambda),
            [Diagnostics.WidenedLiteral.Id] = ("Make it a double literal", DoubleLiteral),
        }.ToImmutableDictionary();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. Cures.Keys];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var (title, cure) = Cures[diagnostic.Id];
            if (root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax old || cure(old, model!) is not { } cured) continue;
            var changed = context.Document.WithSyntaxRoot(root.ReplaceNode(old, cured.WithTriviaFrom(old)));
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), diagnostic.Id), diagnostic);
        }
    }

    /// <summary><c>model</c> → <c>Broadcast(model)</c>, qualified as the Map is.</summary>
    private static ExpressionSyntax? Broadcast(ExpressionSyntax argument, SemanticModel model)
    {
        var qualifier = argument.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.ArgumentList.Arguments.Any(a => a.Expression == argument))
            is { Expression: MemberAccessExpressionSyntax member } ? $"{member.Expression}." : "";
        return SyntaxFactory.ParseExpression($"{qualifier}Broadcast({argument.WithoutTrivia()})");
    }

    /// <summary><c>Loss</c> → <c>(x, y) => Loss(x, y)</c>: a call by name can be compiled.</summary>
    private static ExpressionSyntax? Lambda(ExpressionSyntax group, SemanticModel model)
    {
        if (model.GetSymbolInfo(group).Symbol is not IMethodSymbol method) return null;
        var names = string.Join(", ", method.Parameters.Select(p => p.Name));
        return SyntaxFactory.ParseExpression($"{(method.Parameters.Length == 1 ? names : $"({names})")} => {group.WithoutTrivia()}({names})");
    }

    /// <summary><c>0.1f</c> → <c>0.1</c>; a whole number keeps a fraction, so that it stays floating.</summary>
    private static ExpressionSyntax? DoubleLiteral(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().FirstOrDefault() is not { } literal) return null;
        var digits = literal.Token.Text.TrimEnd('f', 'F');
        var text = digits.IndexOfAny(['.', 'e', 'E']) < 0 ? digits + ".0" : digits;
        var value = (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(text);
        return expression == literal ? value : expression.ReplaceNode(literal, value);
    }
}
