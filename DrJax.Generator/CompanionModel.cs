using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Generator;

/// <summary>
/// A program's companion. It has the program itself, which calls run; derivatives that anyone takes are compiled where they are taken, from the program's
/// graph. The companion's own <c>Jvp</c> and <c>Vjp</c> are made for those who ask for them by name.
/// </summary>
/// <param name="Devices">Whether the project asks for device code.</param>
internal sealed record CompanionModel(ProgramModel Program, bool HasDerivatives, bool Devices)
{
    /// <summary>The property of projects whose users call their companions' derivatives, from where no generator sees it.</summary>
    private const string Property = "build_property.DrJaxCompanionDerivatives";

    /// <summary>Whether the name could be a companion's, and stands where a type's name may.</summary>
    public static bool IsMention(SyntaxNode node, CancellationToken cancellation) =>
        node is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax or QualifiedNameSyntax or UsingDirectiveSyntax or TypeOfExpressionSyntax } name
        && name.Identifier.ValueText.LastIndexOf('_') > 0;

    public static string Mention(GeneratorSyntaxContext context, CancellationToken cancellation) => ((IdentifierNameSyntax)context.Node).Identifier.ValueText;

    /// <summary>The companions that are asked for derivatives by name; null: all are.</summary>
    public static EquatableArray<string>? Asked(ImmutableArray<string> mentions, AnalyzerConfigOptions options) =>
        options.TryGetValue(Property, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase)
            ? null
            : mentions.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatable();

    private readonly Once<ProgramCode> code = new();

    public ProgramCode Code(CancellationToken cancellation) => code.Get(Program.Program.Value.Graph, () => ProgramCode.Of(this, cancellation));

    public static CompanionModel Of(ProgramModel program, EquatableArray<string>? asked, bool devices) => new(program, asked is null || asked.Value.Contains(program.Companion), devices);
}
