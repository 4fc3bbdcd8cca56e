using System.Reflection;
using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Groups of unequal size: each is computed as if it were alone, whatever memory is padded with.</summary>
[Collection(nameof(Numerics.WorkerCount))]
public sealed class RaggedTests : IDisposable
{
    private readonly int degree = DrJaxRuntime.MaxDegreeOfParallelism;

    public static TheoryData<string> Programs => [.. Twin.Programs(typeof(RaggedGroups)).Select(m => m.Name)];

    public void Dispose() => DrJaxRuntime.MaxDegreeOfParallelism = degree;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Compiled_computes_what_eager_does(string program)
    {
        var method = typeof(RaggedGroups).GetMethod(program)!;
        // Groups of one row, of a few, and more than a vector register; all equal; lanes of groups with a tail.
        foreach (var (n, groups, most, seed) in new[] { (4, 1, 3, 1), (5, 7, 6, 2), (4, 17, 11, 3), (4, 40, 19, 4), (6, 3, 1, 5) })
        {
            var random = new Random(seed);
            int[] rows = [.. Enumerable.Range(0, groups).Select(_ => 1 + random.Next(most))];
            var arguments = Arguments(method, n, rows, random);
            // Difference quotients need room from what is singular at 0.
            if (program == nameof(RaggedGroups.Singular)) arguments[1] = Elements.Select(arguments[1], x => 1 + Math.Abs(x));
            new Twin(method).Check(random, arguments);
        }
    }

    [Theory]
    [InlineData(nameof(RaggedGroups.SoftmaxRegression))]
    [InlineData(nameof(RaggedGroups.LocalSgd))]
    [InlineData(nameof(RaggedGroups.Recurrent))]
    [InlineData(nameof(RaggedGroups.Kernels))]
    [InlineData(nameof(RaggedGroups.Singular))]
    public void Each_group_is_computed_as_if_alone(string program)
    {
        var method = typeof(RaggedGroups).GetMethod(program)!;
        var twin = new Twin(method);
        var random = new Random(6);
        var arguments = Arguments(method, 4, [3, 9, 1, 6], random);
        var together = Elements.Numbers(twin.Forward(arguments));
        double[][] alone = [.. Enumerable.Range(0, 4).Select(i => Elements.Numbers(twin.Forward([.. arguments.Select(a => Group(a, i))])))];
        for (var k = 0; k < together.Length; k++) Assert.Equal(alone.Average(values => values[k]), together[k], 1e-12 * (1 + Math.Abs(together[k])));
    }

    [Fact]
    public void A_group_may_have_no_rows()
    {
        var twin = new Twin(typeof(RaggedGroups).GetMethod(nameof(RaggedGroups.Recurrent))!);
        var random = new Random(7);
        var (w, u) = (Elements.Draw(typeof(Mat<double>), 4, 0, random), Elements.Draw(typeof(Mat<double>), 4, 0, random));
        foreach (var rows in new int[][] { [3, 0, 5], [0, 0], [0, 1] })
            twin.Check(random, w, u, Elements.DrawRagged(typeof(Placed<Mat<double>>), 4, rows, random));
        // The mean of nothing is NaN in both.
        var mean = new Twin(typeof(RaggedGroups).GetMethod(nameof(RaggedGroups.SquaredErrors))!);
        object[] arguments = [Ones<double>(4), Elements.DrawRagged(typeof(Placed<RaggedGroups.Sample>), 4, [2, 0], random)];
        Assert.Equal(double.NaN, mean.Eager(arguments));
        Assert.Equal(double.NaN, mean.Forward(arguments));
    }

    [Fact]
    public void Results_have_their_groups_rows()
    {
        var twin = new Twin(typeof(RaggedGroups).GetMethod(nameof(RaggedGroups.Predictions))!);
        var x = (Placed<Mat<double>>)Elements.DrawRagged(typeof(Placed<Mat<double>>), 3, [4, 1, 2], new Random(8));
        var (p, steps, _) = ((Placed<Mat<double>>, Placed<Vec<double>>, double))twin.Forward(Elements.Draw(typeof(Mat<double>), 3, 0, new Random(8)), x);
        Assert.Equal([4, 1, 2], p.RowCounts.ToArray());
        Assert.Equal([3, 0, 1], steps.RowCounts.ToArray());
        // What is not a row is zero, so that equal values are equal in memory.
        Assert.All(p.Leaf<double>(0).Data[15..24], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Rows_that_are_not_there_make_no_NaN()
    {
        // Zeros lie after the shorter group's rows: their logarithm and quotient are infinite, and so are their derivatives.
        Placed<Vec<double>> x = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [0.5]];
        var (value, gradient) = ValueAndGrad(RaggedGroups.Singular, 1.5, x);
        Assert.True(double.IsFinite(value) && double.IsFinite(gradient));
        var vjp = ((double Value, double A, Placed<Vec<double>> X))Call("RaggedGroups_Singular", "Vjp", 1.5, x, 1.0);
        Assert.All(vjp.X.Leaf<double>(0).Data, v => Assert.True(double.IsFinite(v)));
    }

    [Theory]
    [InlineData(nameof(RaggedGroups.SoftmaxRegression))]
    [InlineData(nameof(RaggedGroups.LocalSgd))]
    [InlineData(nameof(RaggedGroups.Recurrent))]
    public void Bits_do_not_depend_on_the_number_of_threads(string program)
    {
        var method = typeof(RaggedGroups).GetMethod(program)!;
        var random = new Random(9);
        var arguments = Arguments(method, 5, [.. Enumerable.Range(0, 300).Select(_ => 1 + random.Next(12))], random);
        var cotangent = Elements.Direction(new Twin(method).Eager(arguments), random);
        long[]? expected = null;
        foreach (var workers in new[] { 1, 2, 3, 7 })
        {
            DrJaxRuntime.MaxDegreeOfParallelism = workers;
            long[] bits = [.. Elements.Numbers(Call("RaggedGroups_" + program, "Vjp", [.. arguments, cotangent])).Select(BitConverter.DoubleToInt64Bits)];
            Assert.Equal(expected ??= bits, bits);
        }
    }

    [Fact]
    public void Calls_of_derivatives_take_ragged_groups()
    {
        Placed<(Mat<double> X, Vec<int> Y)> data = [([[1, 2], [3, 4], [5, 6]], [0, 1, 1]), ([[0.5, -1]], [1]), ([[2, 2], [-1, 0.5]], [1, 0])];
        Mat<double> w = [[0.1, 0.2], [0.3, -0.4]];
        var calls = DrJaxRuntime.CompiledCalls;
        var gradient = Grad(RaggedGroups.SoftmaxRegression, w, data);
        Assert.Equal(2 * gradient, Grad(static (w, d) => 2 * RaggedGroups.SoftmaxRegression(w, d), w, data));
        Assert.Equal(calls + 2, DrJaxRuntime.CompiledCalls);
        // By the data: a gradient of the same groups.
        var byData = Grad(static (d, w) => RaggedGroups.SquaredErrors(w, d), Samples, (Vec<double>)[0.5, -1]);
        Assert.Equal([1, 3], byData.RowCounts.ToArray());
        Assert.Equal(2.0 / 3 / 2 * 2 * (0.5 * 3 - 4 - 1), byData[1].X[1, 0] / 0.5, 1e-14);
        var (_, tangent) = Jvp(RaggedGroups.SoftmaxRegression, w, w, data);
        Assert.Equal(Sum(gradient * w), tangent, 1e-14);
    }

    [Fact]
    public void Unequal_groups_need_the_mark()
    {
        Placed<Mat<double>> x = [[[1, 2]], [[3, 4], [5, 6]]];
        var e = Assert.Throws<ArgumentException>(() => Call("Placements_LoopInMap", "Forward", Ones<double>(2), x));
        Assert.StartsWith("x: the groups have from 1 to 2 rows, and the program takes groups of one size; mark its parameter [Ragged]", e.Message);
    }

    [Fact]
    public void Arrays_of_one_group_have_one_number_of_rows()
    {
        Assert.Equal("group 1 has 2 rows in leaf 0 and 1 in leaf 1 of System.ValueTuple`2[DrJax.Mat`1[System.Double],DrJax.Vec`1[System.Int32]]: "
            + "the arrays of a group have one number of rows where groups differ in it",
            Assert.Throws<ArgumentException>(() => { Placed<(Mat<double>, Vec<int>)> bad = [([[1]], [1]), ([[1], [2]], [1])]; }).Message);
        Placed<Mat<double>> x = [[[1, 2, 3]], [[3, 4, 5], [5, 6, 7]]];
        Placed<Vec<double>> y = [[1, 2], [3]], three = [[1, 2, 3], [3, 4, 5]];
        var e = Assert.Throws<MapException>(() => Call("RaggedGroups_TwoRagged", "Forward", Ones<double>(3), x, y, three));
        Assert.Equal((0, "operator -: shapes [1] and [2] differ"), (e.Group, Assert.IsType<ArgumentException>(e.InnerException).Message));
    }

    [Fact]
    public void Requirements_hold_in_every_group()
    {
        Placed<Vec<double>> x = [[1, 2], [3], []];
        var eager = Assert.Throws<MapException>(() => new Twin(typeof(RaggedGroups).GetMethod(nameof(RaggedGroups.Split))!).Eager(Ones<double>(3), x));
        var compiled = Assert.Throws<MapException>(() => Call("RaggedGroups_Split", "Forward", Ones<double>(3), x));
        Assert.Equal((eager.Message, 2, eager.InnerException!.GetType()), (compiled.Message, compiled.Group, compiled.InnerException!.GetType()));
        var empty = Assert.Throws<MapException>(() => Call("RaggedGroups_Extrema", "Forward", 1.0, x));
        Assert.Equal((2, "Max: at least 1 element is needed along axis 0, there are 0"), (empty.Group, Assert.IsType<ArgumentException>(empty.InnerException).Message));
    }

    private static Placed<RaggedGroups.Sample> Samples =>
        [new([[1, 2]], [1], 1), new([[1, 2], [3, 4], [5, 6]], [0, 1, 1], 2)];

    private static object[] Arguments(MethodInfo method, int n, int[] rows, Random random) =>
        [.. method.GetParameters().Select(p => p.GetCustomAttribute<RaggedAttribute>() is null
            ? Elements.Draw(p.ParameterType, n, rows.Length, random) : Elements.DrawRagged(p.ParameterType, n, rows, random))];

    /// <summary>A placed value of group i only; anything else as it is.</summary>
    private static object Group(object value, int i)
    {
        var type = value.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Placed<>)) return value;
        return typeof(RaggedTests).GetMethod(nameof(Only), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [value, i])!;
    }

    private static Placed<T> Only<T>(Placed<T> value, int i) => [value[i]];

    private static object Call(string companion, string member, params object[] arguments) =>
        typeof(RaggedGroups).Assembly.GetType("DrJax.Tests.Programs.Language." + companion)!.GetMethod(member)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
