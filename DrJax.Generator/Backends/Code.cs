using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DrJax.Generator.Backends;

/// <summary>
/// C# text from interpolated raw strings. A hole of several lines keeps the column at which it stands; a hole alone on its line that is
/// empty takes the line with it.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Code(int literalLength, int holes)
{
    /// <summary>Stands for an empty hole at the start of a line until the rest of the line is known.</summary>
    private const char Empty = '\0';

    private readonly StringBuilder text = new(literalLength + 64 * holes);

    /// <summary>The text of an interpolated string: <c>Code.Text($$"""..""")</c>.</summary>
    public static string Text(Code code)
    {
        code.TakeEmpty();
        return code.text.ToString();
    }

    public void AppendLiteral(string literal)
    {
        if (TakeEmpty() && literal[0] == '\n')
        {
            text.Length = LineStart();
            literal = literal.Substring(1);
        }
        text.Append(literal);
    }

    public void AppendFormatted(string? value)
    {
        TakeEmpty();
        var indent = text.Length - LineStart();
        if (!string.IsNullOrEmpty(value)) AppendIndented(value!.TrimEnd('\n'), indent);
        else if (string.IsNullOrWhiteSpace(text.ToString(text.Length - indent, indent))) text.Append(Empty);
    }

    public void AppendFormatted(IEnumerable<string> lines) => AppendFormatted(string.Join("\n", lines));

    public void AppendFormatted(int value) => AppendFormatted(value.ToString(CultureInfo.InvariantCulture));

    private void AppendIndented(string value, int indent)
    {
        var lines = value.Split('\n');
        text.Append(lines[0]);
        foreach (var line in lines.Skip(1)) text.Append('\n').Append(' ', line.Length == 0 ? 0 : indent).Append(line);
    }

    private bool TakeEmpty()
    {
        if (text.Length == 0 || text[text.Length - 1] != Empty) return false;
        text.Length--;
        return true;
    }

    private int LineStart()
    {
        var at = text.Length;
        while (at > 0 && text[at - 1] != '\n') at--;
        return at;
    }
}
