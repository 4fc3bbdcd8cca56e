using System.Reflection;
using System.Runtime.CompilerServices;
using DrJax.Tests.Frontend;

namespace DrJax.Tests.Programs;

/// <summary>Values of any type that a program takes, element by element.</summary>
internal static class Elements
{
    /// <summary>The value with f applied to its floating elements, depth first; other leaves stay.</summary>
    public static object Select(object value, Func<double, double> f) => value switch
    {
        double x => f(x),
        float x => (float)f(x),
        int or bool or Enum => value,
        INdArray<double> x => x.Like([.. x.AsSpan().ToArray().Select(f)]),
        INdArray<float> x => x.Like([.. x.AsSpan().ToArray().Select(e => (float)f(e))]),
        INdArray => value,
        ITuple items => Activator.CreateInstance(value.GetType(), [.. Enumerable.Range(0, items.Length).Select(i => Select(items[i]!, f))])!,
        _ => Generic(IsPlaced(value.GetType()) ? nameof(Placed) : nameof(Structured), value, f),
    };

    /// <summary>x + h v over the floating elements.</summary>
    public static object Step(object x, double h, object v)
    {
        var steps = new Queue<double>();
        Select(v, e => { steps.Enqueue(e); return e; });
        return Select(x, e => e + h * steps.Dequeue());
    }

    /// <summary>Σ xᵢ yᵢ over all leaves, and Σ |xᵢ yᵢ|, by which rounding is measured.</summary>
    public static (double Sum, double Scale) Dot(object x, object y)
    {
        double[] products = [.. Numbers(x).Zip(Numbers(y), (a, b) => a * b)];
        return (products.Sum(), products.Sum(Math.Abs));
    }

    public static double[] Numbers(object value) => [.. Eager.Leaves(value).SelectMany(leaf => leaf.Data)];

    /// <summary>Numbers of about 1 for every floating element.</summary>
    public static object Direction(object like, Random random) => Select(like, _ => 2 * random.NextDouble() - 1);

    /// <summary>A value of the type: every axis of every array has length n, ints are indices below n, a placed value has the given number of groups.</summary>
    /// <param name="type">The type.</param>
    /// <param name="n">The length of axes.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="rows">The length of axis 0, if another.</param>
    public static object Draw(Type type, int n, int groups, Random random, int? rows = null)
    {
        if (type == typeof(double)) return Number(random);
        if (type == typeof(float)) return (float)Number(random);
        if (type == typeof(int)) return random.Next(n);
        if (type == typeof(bool)) return random.Next(2) == 1;
        if (type.IsEnum) return type.GetEnumValues().GetValue(random.Next(type.GetEnumValues().Length))!;
        if (IsPlaced(type))
        {
            var items = Array.CreateInstance(type.GetGenericArguments()[0], groups);
            for (var i = 0; i < groups; i++) items.SetValue(Draw(type.GetGenericArguments()[0], n, Math.Min(groups, 5), random), i);
            return Place(items);
        }
        if (typeof(INdArray).IsAssignableFrom(type)) return ArrayOf(type, n, rows ?? n, random);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Draw(p.ParameterType, n, groups, random, rows))]);
    }

    /// <summary>As <see cref="Draw(Type, int, int, Random)"/>, the groups of a placed value with their own lengths of axis 0.</summary>
    public static object DrawRagged(Type type, int n, int[] rows, Random random)
    {
        var items = Array.CreateInstance(type.GetGenericArguments()[0], rows.Length);
        for (var i = 0; i < rows.Length; i++) items.SetValue(Draw(type.GetGenericArguments()[0], n, 0, random, rows[i]), i);
        return Place(items);
    }

    /// <summary>Odd multiples of 1/64 in (-2, 2): away from 0 and from where a step crosses an integer or a half.</summary>
    private static double Number(Random random) => (2 * random.Next(-64, 64) + 1) / 64.0;

    private static object ArrayOf(Type type, int n, int rows, Random random)
    {
        var element = type.GetGenericArguments()[0];
        var rank = 1 + System.Array.IndexOf([typeof(Vec<>), typeof(Mat<>), typeof(Tensor3<>), typeof(Tensor4<>)], type.GetGenericTypeDefinition());
        var data = System.Array.CreateInstance(element, rows * (int)Math.Pow(n, rank - 1));
        for (var i = 0; i < data.Length; i++) data.SetValue(Draw(element, n, 0, random), i);
        return type.GetMethod("UnsafeWrap")!.Invoke(null, [data, .. rank == 1 ? [] : Enumerable.Repeat<object>(n, rank - 1).Prepend(rows)])!;
    }

    private static bool IsPlaced(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Placed<>);

    /// <summary>The items as a placed value.</summary>
    public static object Place(Array items) => typeof(Elements).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(items.GetType().GetElementType()!).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [items], null)!;

    private static Placed<T> Create<T>(T[] items) => DrJax.Placed.Create<T>(items);

    private static object Generic(string method, object value, Func<double, double> f)
    {
        var type = value.GetType();
        return typeof(Elements).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(method == nameof(Placed) ? type.GetGenericArguments() : [type])
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value, f], null)!;
    }

    private static T Structured<T>(T value, Func<double, double> f) =>
        Structure.Unflatten<T>([.. Structure.Flatten(value).Select(leaf => Select(leaf, f))]);

    private static Placed<T> Placed<T>(Placed<T> value, Func<double, double> f) =>
        DrJax.Placed<T>.FromLeaves(value.Count, [.. value.Leaves.ToArray().Select(leaf => leaf switch
        {
            PackedLeaf<double> { InnerLevels: > 0 } x => x.Like([.. x.Data.Select(f)]),
            PackedLeaf<float> { InnerLevels: > 0 } x => x.Like([.. x.Data.Select(e => (float)f(e))]),
            PackedLeaf<double> x => OwnRows(x, f),
            PackedLeaf<float> x => OwnRows(x, e => (float)f(e)),
            _ => leaf,
        })]);

    /// <summary>What follows a group's own rows stays zero.</summary>
    private static PackedLeaf<E> OwnRows<E>(PackedLeaf<E> leaf, Func<E, E> f) where E : unmanaged
    {
        var (size, groups) = (leaf.Dims.Count, leaf.Dims.Count == 0 ? 0 : leaf.Length / leaf.Dims.Count);
        var data = new E[leaf.Length];
        for (var i = 0; i < groups; i++)
            for (var k = 0; k < (leaf.Rank == 0 ? 1 : leaf.RowsOf(i) * leaf.Dims.Stride); k++) data[i * size + k] = f(leaf.Data[i * size + k]);
        return new PackedLeaf<E>(data, leaf.Dims, leaf.Ragged);
    }
}
