using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DrJax;

/// <summary>Arrays as text: nested brackets on one line, shortest round-trip numbers, long axes elided.</summary>
internal static class ArrayFormat
{
    private const int LongestWhole = 12, Edge = 3;

    internal static string Text<T>(INdArray<T> array) where T : unmanaged
    {
        var text = new StringBuilder();
        Append(text, array.Array ?? [], array.Offset, array.Dims);
        return text.ToString();
    }

    internal static string Value(object? value) => value switch
    {
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Value(tuple[i])))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    internal static StringBuilder Items(StringBuilder text, int count, Action<int> append)
    {
        text.Append('[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(", ");
            if (count > LongestWhole && i == Edge)
            {
                text.Append("..., ");
                i = count - Edge;
            }
            append(i);
        }
        return text.Append(']');
    }

    private static void Append<T>(StringBuilder text, T[] elements, int at, Dims dims) where T : unmanaged
    {
        if (dims.Rank == 0) text.Append(Value(elements[at]));
        else Items(text, dims.D0, i => Append(text, elements, at + i * dims.Stride, dims.Inner));
    }
}
