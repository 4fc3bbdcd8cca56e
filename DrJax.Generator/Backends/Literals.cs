using System.Globalization;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>Constants as C# literals that read back to the same bits.</summary>
internal static class Literals
{
    public static Term Of(double value, ElementType element) => element switch
    {
        ElementType.Bool => value != 0 ? "true" : "false",
        ElementType.Int32 => Signed(value < 0, Math.Abs((long)value).ToString(CultureInfo.InvariantCulture)),
        ElementType.Float32 => Floating(value, "float", Digits((float)value) + "f"),
        _ => Floating(value, "double", Digits(value)),
    };

    private static Term Floating(double value, string type, string digits) =>
        double.IsNaN(value) ? $"{type}.NaN"
        : double.IsPositiveInfinity(value) ? $"{type}.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? $"{type}.NegativeInfinity"
        : Signed(BitConverter.DoubleToInt64Bits(value) < 0, digits);

    private static Term Signed(bool negative, string digits) => negative ? Term.Compound("-" + digits) : digits;

    // "R" is the shortest text, but on some hosts not exact; seventeen digits always are.
    private static string Digits(double value)
    {
        var size = Math.Abs(value);
        var text = size.ToString("R", CultureInfo.InvariantCulture);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back != size) text = size.ToString("G17", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    private static string Digits(float value)
    {
        var size = Math.Abs(value);
        var text = size.ToString("R", CultureInfo.InvariantCulture);
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back != size
            ? size.ToString("G9", CultureInfo.InvariantCulture)
            : text;
    }
}
