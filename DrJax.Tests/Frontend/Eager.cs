using System.Reflection;
using System.Runtime.CompilerServices;
using DrJax.Tests.Ir;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Runs a program as the ordinary C# that it is: the oracle for what the Frontend makes of it.</summary>
internal static class Eager
{
    /// <summary>Method P of the source as a program gives the same numbers as P called, at the arguments that Args() lists;
    /// with <paramref name="derivatives"/>, its companions have their derivatives.</summary>
    public static void SameAsCompiled(string source, bool derivatives)
    {
        var compilation = Compile.Compilation(source);
        var result = Compile.Method(compilation, "P");
        Assert.True(result.Program is not null, string.Join("\n", result.Diagnostics.Select(d => d.ToDiagnostic())));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        var type = Assembly.Load(stream.ToArray()).GetType("Programs")!;
        var arguments = (object[])type.GetMethod("Args", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, null)!;
        var expected = Leaves(type.GetMethod("P", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, arguments)!).ToList();
        var given = arguments.SelectMany(Leaves).Zip(result.Program!.Function.Parameters, (value, parameter) =>
            (parameter.Name, value)).ToArray();
        var actual = Evaluate.Run(result.Program, given);

        Assert.Equal(expected.Count, actual.Length);
        for (var k = 0; k < actual.Length; k++)
        {
            Assert.Equal(expected[k].Shape, actual[k].Shape);
            for (var i = 0; i < actual[k].Data.Length; i++)
            {
                // Both are double precision and differ by the order of sums only.
                var (e, a) = (expected[k].Data[i], actual[k].Data[i]);
                Assert.True(e.Equals(a)
                    || Math.Abs(e - a) <= 1e-12 * Math.Max(1, Math.Abs(e)), $"result {k}, element {i}: eager {e:R}, compiled {a:R}");
            }
        }
        if (derivatives) DerivativeCheck.Agree(result.Program, given);
    }

    /// <summary>The leaves of any value, depth first; a placed leaf has the groups as its first axis.</summary>
    public static IEnumerable<NdArray> Leaves(object value) => value switch
    {
        double or float or int => [NdArray.Scalar(Convert.ToDouble(value, null))],
        Enum e => [NdArray.Scalar(Convert.ToDouble(e, null))],
        bool b => [NdArray.Scalar(b ? 1 : 0)],
        INdArray<double> x => [new(Shape(x.Dims), x.AsSpan().ToArray())],
        INdArray<float> x => [new(Shape(x.Dims), [.. x.AsSpan().ToArray().Select(e => (double)e)])],
        INdArray<int> x => [new(Shape(x.Dims), [.. x.AsSpan().ToArray().Select(e => (double)e)])],
        INdArray<bool> x => [new(Shape(x.Dims), [.. x.AsSpan().ToArray().Select(e => e ? 1.0 : 0)])],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Leaves(tuple[i]!)),
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Placed<>) =>
            (IEnumerable<NdArray>)typeof(Eager).GetMethod(nameof(PlacedLeaves), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [value])!,
        _ => value.GetType().GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
            .SelectMany(p => Leaves(value.GetType().GetProperty(p.Name!)!.GetValue(value)!)),
    };

    private static List<NdArray> PlacedLeaves<T>(Placed<T> placed) => [.. Enumerable.Range(0, placed.LeafCount).Select(k =>
    {
        var groups = Enumerable.Range(0, placed.Count).Select(i => Leaves(placed[i]!).ElementAt(k)).ToList();
        // Rows that differ from group to group follow one another.
        return groups.All(g => g.Shape.SequenceEqual(groups[0].Shape)) ? NdArray.Stack(groups, groups[0].Shape)
            : new NdArray([groups.Sum(g => g.Shape[0]), .. groups[0].Shape[1..]], [.. groups.SelectMany(g => g.Data)]);
    })];

    private static int[] Shape(Dims dims) => [.. Enumerable.Range(0, dims.Rank).Select(axis => dims[axis])];
}
