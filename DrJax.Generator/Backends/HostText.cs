using Microsoft.CodeAnalysis.CSharp;

namespace DrJax.Generator.Backends;

/// <summary>Text inside generated C#: literals, comments and documentation.</summary>
internal static class HostText
{
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>Several lines as a raw string literal.</summary>
    public static string Raw(string text) => $"\"\"\"\n{text.TrimEnd('\n')}\n\"\"\"";

    public static string Comment(string text) => string.Join("\n", text.TrimEnd('\n').Split('\n').Select(line => ("// " + line).TrimEnd()));

    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
