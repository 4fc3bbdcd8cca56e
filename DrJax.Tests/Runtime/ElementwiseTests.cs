using System.Reflection;
using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

/// <summary>Every elementwise operation: the scalar one against System.Math, the arrays' against the scalar one.</summary>
public class ElementwiseTests
{
    private static readonly double[] Points = [-1.7, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2.5];
    private static readonly Type[] Ranks = [typeof(Vec<>), typeof(Mat<>), typeof(Tensor3<>), typeof(Tensor4<>)];

    private static readonly Dictionary<string, Func<double, double>> Unary = new()
    {
        ["Abs"] = Math.Abs, ["Sign"] = x => Math.Sign(x), ["Square"] = x => x * x,
        ["Exp"] = Math.Exp, ["Log"] = Math.Log, ["Sqrt"] = Math.Sqrt,
        ["Log1p"] = x => Math.Log(1 + x), ["Expm1"] = x => Math.Exp(x) - 1, ["Sin"] = Math.Sin, ["Cos"] = Math.Cos, ["Tan"] = Math.Tan,
        ["Asin"] = Math.Asin, ["Acos"] = Math.Acos, ["Atan"] = Math.Atan, ["Sinh"] = Math.Sinh, ["Cosh"] = Math.Cosh, ["Tanh"] = Math.Tanh,
        ["Sigmoid"] = x => 1 / (1 + Math.Exp(-x)), ["Softplus"] = x => Math.Log(1 + Math.Exp(x)), ["Relu"] = x => x > 0 ? x : 0,
        ["Asinh"] = Math.Asinh, ["Acosh"] = Math.Acosh, ["Atanh"] = Math.Atanh, ["Cbrt"] = Math.Cbrt, ["Log2"] = Math.Log2, ["Log10"] = Math.Log10,
        ["Exp2"] = x => Math.Pow(2, x), ["Silu"] = x => x / (1 + Math.Exp(-x)), ["Elu"] = x => x > 0 ? x : Math.Exp(x) - 1,
        ["Floor"] = Math.Floor, ["Ceiling"] = Math.Ceiling, ["Round"] = Math.Round, ["Truncate"] = Math.Truncate,
    };

    private static readonly Dictionary<string, Func<double, double, double>> Binary = new()
    {
        ["Max"] = Math.Max, ["Min"] = Math.Min, ["Pow"] = Math.Pow, ["Atan2"] = Math.Atan2,
    };

    public static TheoryData<string> UnaryNames => [.. Unary.Keys, "LogGamma"];

    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    [Theory, MemberData(nameof(UnaryNames))]
    public void A_unary_operation_is_the_same_on_scalars_and_on_every_rank(string name)
    {
        var scalar = Scalar(name, 1).CreateDelegate<Func<double, double>>();
        var expected = Points.Select(scalar).ToArray();
        if (Unary.TryGetValue(name, out var math))
            // A few units in the last place: the plain formulas for log(1 + x) and exp(x) - 1 themselves cancel near 0.
            for (var i = 0; i < Points.Length; i++) AssertClose(math(Points[i]), expected[i], 4e-16);
        foreach (var rank in Ranks)
            Assert.Equal(Array(rank, expected), Overload(name, rank.MakeGenericType(typeof(double))).Invoke(null, [Array(rank, Points)]));
    }

    [Theory, MemberData(nameof(UnaryNames))]
    public void A_unary_operation_of_floats_is_that_of_doubles_rounded(string name)
    {
        var single = Scalar(name, 1, typeof(float)).CreateDelegate<Func<float, float>>();
        var twice = Scalar(name, 1).CreateDelegate<Func<double, double>>();
        // Points are floats, up to the first, whose neighbourhood no operation magnifies by more than 10.
        foreach (var x in Points) AssertClose(twice((float)x), single((float)x), 5e-7);
    }

    [Theory, MemberData(nameof(BinaryNames))]
    public void A_binary_operation_is_the_same_on_scalars_and_on_every_rank(string name)
    {
        var math = Binary[name];
        var scalar = Scalar(name, 2).CreateDelegate<Func<double, double, double>>();
        double[] others = [.. Points.Reverse()];
        var both = Points.Zip(others, math).ToArray();
        var withOne = Points.Select(x => math(x, 0.75)).ToArray();
        var ofOne = Points.Select(x => math(0.75, x)).ToArray();
        Assert.Equal(both, Points.Zip(others, scalar));
        foreach (var rank in Ranks)
        {
            var type = rank.MakeGenericType(typeof(double));
            Assert.Equal(Array(rank, both), Overload(name, type, type).Invoke(null, [Array(rank, Points), Array(rank, others)]));
            Assert.Equal(Array(rank, withOne), Overload(name, type, typeof(double)).Invoke(null, [Array(rank, Points), 0.75]));
            Assert.Equal(Array(rank, ofOne), Overload(name, typeof(double), type).Invoke(null, [0.75, Array(rank, Points)]));
        }
    }

    /// <summary>System.Math has no counterpart, or arrays do not take them in every combination.</summary>
    private static readonly string[] TestedElsewhere = ["LogGamma", "Digamma", "Erf", "Erfc", "ErfInv", "Gelu", "LeakyRelu", "Hypot", "Clamp"];

    [Fact]
    public void Every_scalar_operation_is_in_the_tables()
    {
        var scalars = typeof(Ops).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.IsGenericMethod && m.ReturnType.IsGenericMethodParameter)
            .Where(m => m.GetParameters().All(p => p.ParameterType == m.ReturnType));
        Assert.Equal([.. Unary.Keys, .. Binary.Keys, .. TestedElsewhere], scalars.Select(m => m.Name).ToHashSet());
    }

    [Fact]
    public void Points_near_zero_keep_their_digits()
    {
        AssertClose(1e-20, Log1p(1e-20), 0);
        AssertClose(1e-20, Expm1(1e-20), 0);
        AssertClose(1.00000000005e-10, Expm1(1e-10), 3e-16);
        AssertClose(9.9999999995e-11, Log1p(1e-10), 3e-16);
        AssertClose(1e-7f, Expm1(1e-7f), 1e-6);
    }

    [Fact]
    public void The_ends_of_the_domains_are_kept()
    {
        Assert.Equal((double.NegativeInfinity, double.NaN), (Log(0.0), Log(-1.0)));
        Assert.Equal((-1, double.PositiveInfinity), (Expm1(double.NegativeInfinity), Expm1(800.0)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (Log1p(-1.0), Log1p(double.PositiveInfinity)));
        Assert.True(Math.Abs(Expm1(709.5) / Math.Exp(709.5) - 1) < 1e-15);
        Assert.Equal((0, 1), (Sigmoid(-800.0), Sigmoid(800.0)));
        Assert.Equal((0, 800), (Softplus(-800.0), Softplus(800.0)));
        Assert.Equal((double.NaN, double.NaN, double.NaN), (Sign(double.NaN), Relu(double.NaN), Max(double.NaN, 1.0)));
        Assert.Equal((2, 2, -2), (Round(1.5), Round(2.5), Round(-2.5)));
    }

    [Fact]
    public void Integers_have_the_exact_operations()
    {
        Vec<int> x = [-2, 0, 3];
        Assert.Equal([2, 0, 3], Abs(x));
        Assert.Equal([-1, 0, 1], Sign(x));
        Assert.Equal([4, 0, 9], Square(x));
        Assert.Equal([0, 0, 3], Max(x, 0));
        Assert.Equal([-2, 0, 1], Min(1, x));
        Assert.Equal([-1, 0, 2], Clamp(x, -1, 2));
        Assert.Equal((3, 2.5), (Max(3, 2), Max(2, 2.5)));
    }

    [Fact]
    public void Clamp_holds_every_rank_to_the_interval()
    {
        double[] expected = [.. Points.Select(x => Math.Clamp(x, -0.5, 1))];
        foreach (var rank in Ranks)
            Assert.Equal(Array(rank, expected),
                Overload("Clamp", rank.MakeGenericType(typeof(double)), typeof(double), typeof(double))
                    .Invoke(null, [Array(rank, Points), -0.5, 1.0]));
        Assert.Equal(1.0, Clamp(1.5, 2.0, 1.0));
    }

    [Fact]
    public void Different_shapes_are_named()
    {
        Assert.Equal("Pow: shapes [2] and [3] differ", Assert.Throws<ArgumentException>(() => Pow(Vec(1.0, 2), Vec(1.0, 2, 3))).Message);
        Assert.Equal("Max: shapes [2, 1] and [1, 2] differ",
            Assert.Throws<ArgumentException>(() => Max(Zeros<int>(2, 1), Zeros<int>(1, 2))).Message);
    }

    internal static object Array(Type rank, double[] elements)
    {
        var (n, half) = (elements.Length, elements.Length / 2);
        if (rank == typeof(Vec<>)) return new Vec<double>(elements);
        if (rank == typeof(Mat<>)) return new Mat<double>(elements, half, 2);
        if (rank == typeof(Tensor3<>)) return new Tensor3<double>(elements, 1, 2, half);
        return new Tensor4<double>(elements, half, 1, 2, n / half / 2);
    }

    private static MethodInfo Scalar(string name, int count, Type? type = null)
        => Overload(name, [.. Enumerable.Repeat(type ?? typeof(double), count)]);

    private static MethodInfo Overload(string name, params Type[] parameters) => typeof(Ops).GetMethods()
        .Where(m => m.Name == name && m.IsGenericMethod && m.GetGenericArguments().Length == 1)
        .Where(m => m.GetParameters().Length == parameters.Length)
        .Select(m => m.MakeGenericMethod(parameters[0].IsGenericType ? parameters[0].GetGenericArguments()[0] : parameters[0]))
        .Single(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters) && m.GetParameters()[^1].Name != "axis");

    private static void AssertClose(double expected, double actual, double tolerance)
        => Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)),
            $"{actual}, expected {expected}");
}
