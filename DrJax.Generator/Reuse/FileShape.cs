using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DrJax.Generator.Reuse;

/// <summary>
/// A source file as two things: its declarations, of which code elsewhere may depend on any, and its <em>bodies</em> (of methods and accessors,
/// initialisers that are no constants, top-level statements), on which only those depend who read them.
/// </summary>
internal sealed class FileShape
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileShape> Known = new();

    private readonly List<(TextSpan Span, ulong Hash)> bodies = [];
    private readonly ulong declarations;

    private FileShape(SyntaxTree tree)
    {
        (Path, Options) = (tree.FilePath, tree.Options);
        var (hash, text, statements) = (new TextHash(), tree.GetText(), (Syntax: default(TextSpan?), Names: new SortedSet<string>(StringComparer.Ordinal)));
        foreach (var item in tree.GetRoot().DescendantNodesAndTokens(node => !IsBody(node)))
        {
            if (item.AsNode() is not { } node)
            {
                var token = item.AsToken();
                if (token.ContainsDirectives) AddDirectives(token.LeadingTrivia);
                hash.Add(token.Text);
            }
            else if (IsBody(node))
            {
                // A directive in a body may switch what comes after it.
                if (node.ContainsDirectives) AddDirectives(node.DescendantTrivia());
                if (node is GlobalStatementSyntax)
                {
                    statements.Syntax = TextSpan.FromBounds(statements.Syntax?.Start ?? node.SpanStart, node.Span.End);
                    statements.Names.UnionWith(node.DescendantNodes().Select(DeclaredName).OfType<string>());
                    continue;
                }
                bodies.Add((node.Span, TextHash.Of(text.ToString(node.Span))));
                hash.Add("{}");
            }
        }
        if (statements.Syntax is { } span)
        {
            // The names of their locals are found, and refused, in the bodies of types.
            bodies.Add((span, TextHash.Of(text.ToString(span))));
            foreach (var name in statements.Names) hash.Add(name);
            hash.Add("statements");
        }
        bodies.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        declarations = hash.Value;

        void AddDirectives(IEnumerable<SyntaxTrivia> trivia)
        {
            foreach (var t in trivia)
                if (t.IsDirective) hash.Add(t.ToString());
        }
    }

    public string Path { get; }

    /// <summary>
    /// The surroundings that the file was last seen in, the latest first. There are several at a time: analyzers see what generators have added.
    /// </summary>
    public ImmutableArray<Surroundings> Seen { get; private set; } = [];

    private const int MostSeen = 3;

    private ParseOptions Options { get; }

    public void SeeIn(Surroundings surroundings)
    {
        var seen = Seen;
        if (seen.IsEmpty || !ReferenceEquals(seen[0], surroundings)) Seen = [surroundings, .. seen.Where(s => !ReferenceEquals(s, surroundings)).Take(MostSeen - 1)];
    }

    public static FileShape Of(SyntaxTree tree) => Known.GetValue(tree, t => new(t));

    /// <summary>Whether code elsewhere cannot tell the files apart.</summary>
    public bool DeclaresAs(FileShape other) => ReferenceEquals(this, other)
        || declarations == other.declarations && bodies.Count == other.bodies.Count && Path == other.Path && Options.Equals(other.Options);

    /// <summary>The bodies that a piece of the file has a part in, by their place among the file's.</summary>
    public IEnumerable<int> BodiesIn(TextSpan span) => Enumerable.Range(0, bodies.Count).Where(i => bodies[i].Span.OverlapsWith(span));

    public ulong HashOf(int body) => bodies[body].Hash;

    /// <summary>Where in its body a node stands; null outside of all bodies.</summary>
    public (int Body, int Offset)? Find(SyntaxNode node)
    {
        var i = bodies.FindIndex(b => b.Span.Contains(node.Span));
        return i < 0 ? null : (i, node.SpanStart - bodies[i].Span.Start);
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax,
        ArrowExpressionClauseSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax,
        EqualsValueClauseSyntax => node.Parent is PropertyDeclarationSyntax
            || node.Parent is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } && !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        GlobalStatementSyntax => true,
        _ => false,
    };

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax n => n.Identifier.ValueText,
        SingleVariableDesignationSyntax n => n.Identifier.ValueText,
        ForEachStatementSyntax n => n.Identifier.ValueText,
        LocalFunctionStatementSyntax n => n.Identifier.ValueText,
        _ => null,
    };
}
