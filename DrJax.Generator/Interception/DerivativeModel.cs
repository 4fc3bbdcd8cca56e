using System.Globalization;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Interception;

/// <summary>A derivative taken outside of programs: one for all calls that ask for the same one.</summary>
/// <param name="Class">The class that computes it, in the generated namespace.</param>
/// <param name="Summary">The call as the user wrote it first.</param>
/// <param name="Text">Signature and printed IR.</param>
internal sealed record DerivativeModel(string Class, string Text, Carried<string> Summary, Carried<Program> Program)
{
    public static DerivativeModel Of(string head, string function, string summary, Program program)
    {
        var text = ProgramModel.TextOf(program);
        return new($"{head}_{function}_{Hash(text)}", text, summary, program);
    }

    /// <summary>FNV-1a: the same in every process, which string.GetHashCode is not.</summary>
    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = unchecked((hash ^ c) * 16777619u);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
