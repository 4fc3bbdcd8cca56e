using System.Reflection;
using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>What compiled programs do with arguments at the edge and beyond it, beside what the eager ones do.</summary>
public class FaultTests
{
    public static class Edges
    {
        [DrJaxProgram]
        public static double Product(Vec<double> x, Vec<double> y) => Dot(x, y);

        [DrJaxProgram]
        public static double Pick(Vec<double> x, int i) => x[i];

        [DrJaxProgram]
        public static double PickByData(Vec<double> x, Vec<int> at) => Sum(x[at]);

        [DrJaxProgram]
        public static double PickInLoop(Vec<double> x, int n)
        {
            var s = 0.0;
            for (var i = 0; i < n; i++) s += x[i] * s + 1;
            return s;
        }

        [DrJaxProgram]
        public static Vec<double> Replace(Vec<double> x, int i) => x.With(i, 1.0);

        [DrJaxProgram]
        public static double Head(Vec<double> x) => Sum(x[..3]);

        [DrJaxProgram]
        public static (double, double, Vec<double>, Vec<double>) Empties(Vec<double> x, Mat<double> m) => (Sum(x), Dot(x, x), Exp(x), MatMul(m, x));

        [DrJaxProgram]
        public static double PickInTakenArm(Vec<double> x, int k) => x[0] > 0 ? x[k] : -1;

        [DrJaxProgram]
        public static double PickInArm(Vec<double> x, int k) => k < x.Length ? x[k] : -1;

        [DrJaxProgram]
        public static double Padded(Vec<double> x, Vec<double> w) => Dot(w, Build(w.Length, i => i < x.Length ? x[i] : 0.0));

        [DrJaxProgram]
        public static double PaddedRows(Mat<double> x, Vec<int> at) => Sum(Build(at.Length, i => at[i] < x.Rows ? Sum(x[at[i]]) : 0.0));

        [DrJaxProgram]
        public static Vec<double> FromFirst(Vec<double> x, Vec<double> y) => Build(x.Length, i => x[0] * y[i]);

        [DrJaxProgram]
        public static (double, double) Extrema(Vec<double> x) => (Max(x), Min(x.Length, i => x[i]));

        [DrJaxProgram]
        public static (int, int) Integers(int a, int b) => (a / b, a % b);

        [DrJaxProgram]
        public static Mat<double> Unequal(Mat<double> a, Mat<double> b) => MatMul(a, b) + a;

        [DrJaxProgram("groups")]
        public static double Labels(Vec<double> w, Placed<int> y) => ReduceSum(Map(y => w[y], y));

        [DrJaxProgram("groups")]
        public static (double, double, double) Reductions(Placed<double> x) => (ReduceMean(Map(static x => x * x, x)), ReduceMax(x), ReduceMin(x));
    }

    [Theory]
    [InlineData(nameof(Edges.Pick), -1)]
    [InlineData(nameof(Edges.Pick), 4)]
    [InlineData(nameof(Edges.PickInLoop), 5)]
    [InlineData(nameof(Edges.PickInTakenArm), 4)]
    [InlineData(nameof(Edges.Replace), 4)]
    public void An_index_out_of_range_throws_what_eager_does(string program, int index) =>
        BothThrow<IndexOutOfRangeException>(program, Ones<double>(4), index);

    [Fact]
    public void Integer_data_out_of_range_throws_what_eager_does()
    {
        BothThrow<IndexOutOfRangeException>(nameof(Edges.PickByData), Ones<double>(4), (Vec<int>)[0, 4, 1]);
        BothThrow<IndexOutOfRangeException>(nameof(Edges.PickByData), Ones<double>(4), (Vec<int>)[0, -1, 1]);
    }

    [Fact]
    public void A_label_out_of_range_is_found_in_a_map()
    {
        var twin = Of(nameof(Edges.Labels));
        object[] arguments = [Ones<double>(4), Placed.Rows((Vec<int>)[0, 4, 1])];
        Assert.IsType<IndexOutOfRangeException>(Assert.Throws<MapException>(() => twin.Eager(arguments)).InnerException);
        Assert.Throws<IndexOutOfRangeException>(() => twin.Forward(arguments));
    }

    [Fact]
    public void Lengths_that_differ_are_both_named()
    {
        foreach (var e in BothThrow<ArgumentException>(nameof(Edges.Product), Ones<double>(3), Ones<double>(4)))
        {
            Assert.Contains("3", e.Message, StringComparison.Ordinal);
            Assert.Contains("4", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_evaluated_is_not_checked()
    {
        var twin = Of(nameof(Edges.PickInArm));
        Assert.Equal(-1.0, twin.Eager(Ones<double>(4), 9));
        Assert.Equal(-1.0, twin.Forward(Ones<double>(4), 9));
    }

    /// <summary>Arms that are not taken in any lane read nothing, and no derivative writes there.</summary>
    [Fact]
    public void Nothing_is_read_of_an_empty_array()
    {
        var (none, some) = (new Vec<double>(), Vec(1.0, 2, 3));
        Assert.Equal(0, Edges.Padded(none, some));
        Assert.Equal(none, Grad(Edges.Padded, none, some));
        Assert.Equal(0, Edges.PaddedRows(Zeros<double>(0, 100), [1, 2, 0]));
        Assert.Equal(Zeros<double>(0, 100), Grad(Edges.PaddedRows, Zeros<double>(0, 100), (Vec<int>)[1, 2, 0]));
        Assert.Equal(none, Edges.FromFirst(none, none));
    }

    [Fact]
    public void The_extremum_of_nothing_throws_in_both() => BothThrow<ArgumentException>(nameof(Edges.Extrema), new Vec<double>());

    [Fact]
    public void Division_of_ints_by_zero_throws_in_both() => BothThrow<DivideByZeroException>(nameof(Edges.Integers), 3, 0);

    [Fact]
    public void Matrices_that_do_not_meet_throw_in_both() => BothThrow<ArgumentException>(nameof(Edges.Unequal), Ones<double>(2, 3), Ones<double>(2, 3));

    [Fact]
    public void A_range_beyond_the_end_throws_in_both()
    {
        var twin = Of(nameof(Edges.Head));
        Assert.ThrowsAny<ArgumentException>(() => twin.Eager(Ones<double>(2)));
        Assert.ThrowsAny<ArgumentException>(() => twin.Forward(Ones<double>(2)));
    }

    [Fact]
    public void Axes_may_be_empty()
    {
        var (sum, dot, exp, product) = Edges.Empties(default, Zeros<double>(3, 0));
        Assert.Equal((0, 0), (sum, dot));
        Assert.Equal(0, exp.Length);
        Assert.Equal(Zeros<double>(3), product);
        var (nothing, groups) = (Zeros<double>(0), Placed.Rows(Zeros<double>(3, 0)));
        Assert.Equal(nothing, Grad(Edges.Product, nothing, nothing));
        Assert.Equal(nothing, Grad(BitTests.Regression.Loss, nothing, groups));
        Assert.Equal(groups, Grad(static (x, w) => BitTests.Regression.Loss(w, x), groups, nothing));
    }

    [Fact]
    public void One_group_is_enough()
    {
        Assert.Equal((9.0, -3, -3), Edges.Reductions(Placed.Rows((Vec<double>)[-3])));
        Assert.Equal(2.0, Edges.Labels([1, 2], Placed.Rows((Vec<int>)[1])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(300)]
    public void A_NaN_in_one_group_reaches_every_reduction(int groups)
    {
        for (var at = 0; at < groups; at += 13)
        {
            var (mean, max, min) = Edges.Reductions(Placed.Rows(Ones<double>(groups).With(at, double.NaN)));
            Assert.True(double.IsNaN(mean) && double.IsNaN(max) && double.IsNaN(min), $"group {at}: {mean}, {max}, {min}");
        }
    }

    [Fact]
    public void A_NaN_stays_in_its_group()
    {
        var gradient = Grad(static x => Edges.Reductions(x).Item1, Placed.Rows(Ones<double>(17).With(5, double.NaN)));
        for (var i = 0; i < 17; i++) Assert.Equal(i == 5, double.IsNaN(gradient[i]));
    }

    private static Twin Of(string program) => new(typeof(Edges).GetMethod(program, BindingFlags.Static | BindingFlags.Public)!);

    private static E[] BothThrow<E>(string program, params object[] arguments) where E : Exception
    {
        var twin = Of(program);
        return [Assert.Throws<E>(() => twin.Eager(arguments)), Assert.Throws<E>(() => twin.Forward(arguments))];
    }
}
