using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis.CSharp;

namespace DrJax.Generator.Frontend;

/// <summary>The exceptions of DrJax's own members, as eager code throws them: in its words, with sizes of the call, inside of those of maps.</summary>
internal sealed partial class Translator
{
    /// <summary>An exception that names no argument.</summary>
    public Refusal Failure(Func<Func<Dim, string>, string> text) => Failure(text, "ArgumentException(", ")");

    /// <summary>Of an argument outside of a range.</summary>
    public Refusal OutOfRange(string parameter, Func<Func<Dim, string>, string> text) => Failure(text, $"ArgumentOutOfRangeException(\"{parameter}\", ", ")");

    /// <summary>Of an index.</summary>
    public Refusal OutsideAxis(Func<Func<Dim, string>, string> text) => Failure(text, "IndexOutOfRangeException(", ")");

    /// <summary>Of the length of a C# array.</summary>
    public Refusal NegativeLength() => Failure(_ => new OverflowException().Message, "OverflowException(", ")");

    /// <summary>A shape in a text.</summary>
    public static string Shape(IEnumerable<Dim> dims, Func<Dim, string> place) => $"[{string.Join(", ", dims.Select(place))}]";

    private Refusal Failure(Func<Func<Dim, string>, string> text, string before, string after)
    {
        var sizes = new List<Dim>();
        var quoted = SymbolDisplay.FormatLiteral(text(Place), quote: true).Replace("{", "{{").Replace("}", "}}");
        for (var k = 0; k < sizes.Count; k++) quoted = quoted.Replace(Refusal.Place(k), $"{{{Refusal.Place(k)}}}");
        var statement = $"throw new global::System.{before}{(sizes.Count == 0 ? quoted.Replace("{{", "{").Replace("}}", "}") : "$" + quoted)}{after};";
        return InMaps(new Refusal(statement, sizes.Select(size => new Hole(ElementType.Int32, size, IsText: true)).ToEquatable(), statement));

        string Place(Dim size)
        {
            if (size.AsConstant is { } known) return known.ToString(System.Globalization.CultureInfo.InvariantCulture);
            sizes.Add(size);
            return Refusal.Place(sizes.Count - 1);
        }
    }

    /// <summary>As it comes out of the maps around: sizes are those of all groups, or of the groups that the outermost map is over.</summary>
    private Refusal InMaps(Refusal refusal) => Enumerable.Range(1, session.Maps).Aggregate(refusal, (inner, k) => inner.InGroup(new Hole(ElementType.Int32, k == session.Maps ? Refusal.Group : Ir.Dim.Zero)));

    /// <summary>The exception of a demand that only compiled programs make, in the words of its message.</summary>
    private Refusal? FailureOf(string message, Dim a, Dim b, RequirementKind kind)
    {
        if (session.Maps == 0) return null;
        return kind == RequirementKind.InRange ? OutsideAxis(Text) : Failure(Text);

        string Text(Func<Dim, string> place) => string.Format(System.Globalization.CultureInfo.InvariantCulture, message, place(a), place(b));
    }
}
