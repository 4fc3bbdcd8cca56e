using System.Numerics;

namespace DrJax;

/// <summary>A binary operation of numbers, as a type: one body serves every element type.</summary>
internal interface IBinary
{
    static abstract T Apply<T>(T x, T y) where T : INumber<T>;
}

internal readonly struct Add : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => x + y; }
internal readonly struct Subtract : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => x - y; }
internal readonly struct Multiply : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => x * y; }
internal readonly struct Divide : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => x / y; }
internal readonly struct Maximum : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => T.Max(x, y); }
internal readonly struct Minimum : IBinary { public static T Apply<T>(T x, T y) where T : INumber<T> => T.Min(x, y); }

/// <summary>Arithmetic on the float and double leaves of structures.</summary>
internal static class LeafMath
{
    internal static P Zip<P, F>(string operation, P x, P y) where F : IBinary
    {
        var (left, right) = (Structure.Flatten(x), Structure.Flatten(y));
        for (var k = 0; k < left.Length; k++) left[k] = Zip<F>(operation, left[k], right[k]);
        return Structure.Unflatten<P>(left);
    }

    internal static P Scale<P, F>(P x, double s) where F : IBinary
    {
        var leaves = Structure.Flatten(x);
        for (var k = 0; k < leaves.Length; k++) leaves[k] = Scale<F>(leaves[k], s);
        return Structure.Unflatten<P>(leaves);
    }

    private static object Zip<F>(string operation, object x, object y) where F : IBinary => x switch
    {
        float a => F.Apply(a, (float)y),
        double a => F.Apply(a, (double)y),
        INdArray<float> a => ZipArrays<float, F>(operation, a, (INdArray<float>)y),
        INdArray<double> a => ZipArrays<double, F>(operation, a, (INdArray<double>)y),
        _ => x,
    };

    private static object Scale<F>(object x, double s) where F : IBinary => x switch
    {
        float a => F.Apply(a, (float)s),
        double a => F.Apply(a, s),
        INdArray<float> a => ScaleArray<float, F>(a, (float)s),
        INdArray<double> a => ScaleArray<double, F>(a, s),
        InnerLeaf { Leaf: PackedLeaf<float> a } inner => inner with { Leaf = a.Like(Scaled<float, F>(a.Data, (float)s)) },
        InnerLeaf { Leaf: PackedLeaf<double> a } inner => inner with { Leaf = a.Like(Scaled<double, F>(a.Data, s)) },
        _ => x,
    };

    private static object ZipArrays<T, F>(string operation, INdArray<T> x, INdArray<T> y) where T : unmanaged, INumber<T> where F : IBinary
    {
        Guard.SameShape(operation, x.Dims, y.Dims);
        var left = x.AsSpan();
        var right = y.AsSpan();
        var to = new T[left.Length];
        for (var i = 0; i < to.Length; i++) to[i] = F.Apply(left[i], right[i]);
        return x.Like(to);
    }

    private static object ScaleArray<T, F>(INdArray<T> x, T s) where T : unmanaged, INumber<T> where F : IBinary => x.Like(Scaled<T, F>(x.AsSpan(), s));

    private static T[] Scaled<T, F>(ReadOnlySpan<T> x, T s) where T : unmanaged, INumber<T> where F : IBinary
    {
        var to = x.ToArray();
        for (var i = 0; i < to.Length; i++) to[i] = F.Apply(to[i], s);
        return to;
    }
}
