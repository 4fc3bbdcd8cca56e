using System.Text.RegularExpressions;

namespace DrJax.Generator.Backends;

/// <summary>C# text without the names that only its writer chose: texts that differ in those alone are the same.</summary>
internal static class Anonymous
{
    // A word that is no member of another and stands in no text.
    private static readonly Regex Words = new("\"(?:[^\"\\\\]|\\\\.)*\"|(?<![\\w.])[A-Za-z_@]\\w*", RegexOptions.Compiled);

    /// <summary>The text with parameters, and locals in order of their mention, numbered.</summary>
    public static string Text(IEnumerable<string> parameters, string body, MethodNames locals)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in parameters) numbers[name] = $"${numbers.Count}";
        return Words.Replace(body, word =>
            numbers.TryGetValue(word.Value, out var number) ? number
            : locals.Has(word.Value) ? numbers[word.Value] = $"${numbers.Count}"
            : word.Value);
    }

    /// <summary>The text with the members of a parameter numbered, in the order that is given, and locals in order of their mention.</summary>
    public static string Text(string parameter, IReadOnlyList<string> members, string body, MethodNames locals)
    {
        var numbers = members.Select((name, i) => (name, i)).ToDictionary(m => m.name, m => m.i, StringComparer.Ordinal);
        return Text([], Regex.Replace(body, $@"(?<![\w.]){parameter}\.(\w+)", m => numbers.TryGetValue(m.Groups[1].Value, out var i) ? $"$.{i}" : m.Value), locals);
    }
}
