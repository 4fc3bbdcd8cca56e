using DrJax.Generator.Ir;

namespace DrJax.Tests.Backends;

/// <summary>Arrays of any element type, filled by seed.</summary>
internal static class Data
{
    public static Array Of(ElementType element, int count, int seed = 1, double low = -3, double high = 3)
    {
        var random = new Random(seed);
        var array = Empty(element, count);
        for (var i = 0; i < count; i++) Set(array, i, low + (high - low) * random.NextDouble());
        return array;
    }

    public static Array From(ElementType element, IReadOnlyList<double> values)
    {
        var array = Empty(element, values.Count);
        for (var i = 0; i < values.Count; i++) Set(array, i, values[i]);
        return array;
    }

    public static Array Empty(ElementType element, int count) => element switch
    {
        ElementType.Float64 => new double[count],
        ElementType.Float32 => new float[count],
        ElementType.Int32 => new int[count],
        _ => new bool[count],
    };

    public static object Value(ElementType element, double value) => element switch
    {
        ElementType.Float64 => value,
        ElementType.Float32 => (float)value,
        ElementType.Int32 => (int)value,
        _ => value > 0,
    };

    public static double At(Array array, int index) => array switch
    {
        double[] a => a[index],
        float[] a => a[index],
        int[] a => a[index],
        _ => ((bool[])array)[index] ? 1 : 0,
    };

    private static void Set(Array array, int index, double value)
    {
        switch (array)
        {
            case double[] a: a[index] = value; break;
            case float[] a: a[index] = (float)value; break;
            case int[] a: a[index] = (int)Math.Floor(value); break;
            default: ((bool[])array)[index] = value > 0; break;
        }
    }
}
