using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>Arrays as text: nested brackets on one line, shortest round-trip numbers, long axes elided.</summary>
internal static class ArrayFormat
{
    private const int LongestWhole = 12, Edge = 3;

    internal static string Text<T>(INdArray<T> array) where T : unmanaged
        => Text(DeviceArrays.Ready(array.Array) ?? [], array.Offset, array.Dims);

    internal static string Value(object? value) => value switch
    {
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Value(tuple[i])))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    internal static string Items(int count, Func<int, string> item)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(", ");
            if (count > LongestWhole && i == Edge)
            {
                text.Append("..., ");
                i = count - Edge;
            }
            text.Append(item(i));
        }
        return text.Append(']').ToString();
    }

    private static string Text<T>(T[] elements, int at, Dims dims) where T : unmanaged => dims.Rank == 0
        ? Value(elements[at])
        : Items(dims.D0, i => Text(elements, at + i * dims.Stride, dims.Inner));
}
