using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DrJax.Generator.Frontend;

/// <summary>Products over named indices: diagonals, sums of single operands, then contractions of two at a time.</summary>
internal static partial class Surface
{
    private static Data Einsum(SurfaceCall c, int rank)
    {
        var operands = Enumerable.Range(1, c.Count - 1).Select(i => (c.Text(i), c.Node(i).Type.Rank)).ToList();
        if (c.Arguments[0] is not TextValue { Text: { } text })
            throw new Rejected(Diagnostics.Einsum, SubscriptsSyntax(c), "the subscripts must be a constant");
        var subscripts = Subscripts.Parse(text, operands, rank, out var mistake)
            ?? throw new Rejected(Diagnostics.Einsum, Locate(SubscriptsSyntax(c), text, mistake!), mistake!.Message);
        EquateIndices(c, subscripts);

        var factors = subscripts.Operands.Select((letters, k) => new Factor(c.Node(k + 1), letters).Diagonal()).ToList();
        while (true)
        {
            // An index that only one operand has, and the result has not, is summed there.
            for (var k = 0; k < factors.Count; k++)
                factors[k] = factors[k].SumOut(index => !IsNeeded(index, factors.Where((_, other) => other != k)));
            if (factors.Count == 1) break;
            // Of all pairs, one whose product has fewest axes.
            var (i, j) = (from a in Enumerable.Range(0, factors.Count)
                          from b in Enumerable.Range(a + 1, factors.Count - a - 1)
                          orderby Product(a, b).Letters.Length
                          select (a, b)).First();
            factors[i] = Product(i, j);
            factors.RemoveAt(j);
        }
        var (node, labels) = factors[0];
        return new Data(c.Graph.Permute(node, subscripts.Result.Select(index => labels.IndexOf(index))));

        bool IsNeeded(char index, IEnumerable<Factor> others) => subscripts.Result.IndexOf(index) >= 0 || others.Any(f => f.Letters.IndexOf(index) >= 0);

        Factor Product(int i, int j) => factors[i].Times(factors[j], index => IsNeeded(index, factors.Where((_, k) => k != i && k != j)));
    }

    private static void EquateIndices(SurfaceCall c, Subscripts subscripts)
    {
        var first = new Dictionary<char, (Dim Size, string Name, char Operand)>();
        for (var k = 0; k < subscripts.Operands.Count; k++)
        {
            for (var axis = 0; axis < subscripts.Operands[k].Length; axis++)
            {
                var (index, size, name) = (subscripts.Operands[k][axis], c.Node(k + 1).Type.Shape[axis], c.Text(k + 1).Replace("{", "{{").Replace("}", "}}"));
                var operand = (char)('a' + k);
                if (!first.TryGetValue(index, out var known)) first.Add(index, (size, name, operand));
                else c.Translator.Equate(known.Size, size, $"Einsum: index '{index}' is {{0}} in {known.Name}, {{1}} in {name}", c.At,
                    c.Translator.Failure(place => ErrorTexts.Subscript(index, place(known.Size), known.Operand, place(size), operand)));
            }
        }
    }

    /// <summary>A value whose axes have letters.</summary>
    private sealed record Factor(Node Node, string Letters)
    {
        /// <summary>An index that occurs twice is one axis, along which both run.</summary>
        public Factor Diagonal()
        {
            var (x, letters) = (Node, Letters);
            for (var axis = 0; axis < letters.Length; axis++)
            {
                var again = letters.IndexOf(letters[axis], axis + 1);
                if (again < 0) continue;
                var along = x.Graph.Iota([x.Type.Shape[axis]], 0);
                x = x.Graph.Gather(x, [along, along], [axis, again]);
                letters = letters[axis] + letters.Remove(again, 1).Remove(axis, 1);
                axis = -1;
            }
            return new(x, letters);
        }

        public Factor SumOut(Func<char, bool> isSummed)
        {
            int[] axes = [.. Enumerable.Range(0, Letters.Length).Where(axis => isSummed(Letters[axis]))];
            return axes.Length == 0 ? this : new(Node.Graph.Sum(Node, axes), string.Concat(Letters.Where(index => !isSummed(index))));
        }

        public Factor Times(Factor other, Func<char, bool> isNeeded)
        {
            var shared = string.Concat(Letters.Where(index => other.Letters.IndexOf(index) >= 0));
            var (batch, summed) = (string.Concat(shared.Where(isNeeded)), string.Concat(shared.Where(index => !isNeeded(index))));
            static EquatableArray<int> Axes(string indices, string letters) => indices.Select(index => letters.IndexOf(index)).ToEquatable();
            var axes = new ContractAxes(Axes(batch, Letters), Axes(batch, other.Letters), Axes(summed, Letters), Axes(summed, other.Letters));
            var free = string.Concat((Letters + other.Letters).Where(index => shared.IndexOf(index) < 0));
            return new(Node.Graph.Contract(Node, other.Node, axes), batch + free);
        }
    }

    private static SyntaxNode SubscriptsSyntax(SurfaceCall c) => c.Sources.Length > 0 ? c.Sources[0].Syntax : c.At;

    /// <summary>The part of a literal that holds the mistake; the whole where the text is not written out as it is.</summary>
    private static Location Locate(SyntaxNode syntax, string text, Subscripts.Mistake mistake) =>
        syntax is LiteralExpressionSyntax literal && literal.Token.Text == $"\"{text}\"" && mistake.Length > 0
            ? Location.Create(syntax.SyntaxTree, new TextSpan(literal.SpanStart + 1 + mistake.Start, mistake.Length))
            : syntax.GetLocation();
}
