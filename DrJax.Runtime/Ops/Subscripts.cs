using System;
using System.Collections.Generic;
using System.Linq;

namespace DrJax;

/// <summary>The subscripts of an Einsum, "ij,jk->ik": a letter for every axis of every operand, and those of the result. Compiled into the generator
/// too, so that a build and a run say the same.</summary>
internal sealed class Subscripts
{
    private Subscripts(string[] operands, string result) => (Operands, Result) = (operands, result);

    /// <summary>The letters of each operand's axes.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>The letters of the result's axes.</summary>
    public string Result { get; }

    /// <summary>A mistake in the text, from <paramref name="start"/> on.</summary>
    internal sealed class Mistake(string message, int start, int length)
    {
        public string Message { get; } = message;

        public int Start { get; } = start;

        public int Length { get; } = length;
    }

    /// <summary>Null, and what is wrong, if the text does not fit operands of these names and ranks and a result of this rank.</summary>
    public static Subscripts? Parse(string text, IReadOnlyList<(string Name, int Rank)> operands, int resultRank, out Mistake? mistake)
    {
        mistake = Find(text, operands, resultRank, out var known);
        return mistake is null ? known : null;
    }

    private static Mistake? Find(string text, IReadOnlyList<(string Name, int Rank)> operands, int resultRank, out Subscripts? known)
    {
        known = null;
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        if (arrow < 0) return new($"'{text}' has no '->' before the result's indices", 0, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.') return new("'...' is not supported; give every axis a letter", i, 1);
            if (i != arrow && i != arrow + 1 && text[i] is not (' ' or ',') && !IsIndex(text[i])) return new($"'{text[i]}' is not an index; an index is a letter", i, 1);
        }
        var start = 0;
        var inputs = new List<string>();
        foreach (var part in text.Substring(0, arrow).Split(','))
        {
            var letters = part.Replace(" ", "");
            if (inputs.Count < operands.Count && letters.Length != operands[inputs.Count].Rank)
                return new($"'{letters}' names {Axes(letters.Length)}, {operands[inputs.Count].Name} has {operands[inputs.Count].Rank}", start, part.Length);
            inputs.Add(letters);
            start += part.Length + 1;
        }
        if (inputs.Count != operands.Count) return new($"'{text}' names {inputs.Count} operands, there are {operands.Count}", 0, arrow);
        var result = "";
        for (var i = arrow + 2; i < text.Length; i++)
        {
            if (text[i] == ' ') continue;
            if (text[i] == ',') return new("there is one result", i, 1);
            if (result.Contains(text[i])) return new($"index '{text[i]}' occurs twice in the result", i, 1);
            if (!inputs.Any(letters => letters.Contains(text[i]))) return new($"index '{text[i]}' of the result is in no operand", i, 1);
            result += text[i];
        }
        if (result.Length != resultRank) return new($"the result '{result}' has {Axes(result.Length)}, this method's has {resultRank}", arrow + 2, text.Length - arrow - 2);
        known = new Subscripts([.. inputs], result);
        return null;
    }

    private static bool IsIndex(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';

    private static string Axes(int count) => count == 1 ? "1 axis" : $"{count} axes";
}
