using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends;

/// <summary>Comments and long lists in generated code.</summary>
internal static class Lines
{
    private const int ListWidth = 120;

    /// <summary>The IR that a step computes, as comments.</summary>
    public static IEnumerable<string> Comment(Step step) =>
        step.Because.Length == 0 ? [] : step.Because.TrimEnd().Split('\n').Select(line => $"// {line.TrimEnd()}");

    /// <summary>A list of parameters or arguments, in lines that can be read.</summary>
    public static string List(IEnumerable<string> items)
    {
        var (text, line) = ("", 0);
        foreach (var item in items)
        {
            var wraps = line + item.Length > ListWidth;
            text += text.Length == 0 ? item : (wraps ? ",\n    " : ", ") + item;
            line = wraps ? item.Length : line + item.Length + 2;
        }
        return text;
    }
}
