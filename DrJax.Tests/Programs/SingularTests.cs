using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Matrices without factors, and sizes that do not fit: eager and compiled give the same values and the same exceptions.</summary>
public class SingularTests
{
    public static class P
    {
        [DrJaxProgram]
        public static (Mat<double>, double, double) Everything(Mat<double> a) => (Cholesky(a), LogDet(a), Det(a));

        [DrJaxProgram]
        public static Vec<double> System(Mat<double> a, Vec<double> b) => Solve(a, b);

        [DrJaxProgram]
        public static (double, Vec<double>) Chosen(Vec<double> x) =>
            ValueAndGrad(static x => x[0] > 0 ? LogDet(Outer(x, x)) : Sum(Cholesky(Build(x.Length, x.Length, (i, j) => i == j ? -x[i] : 0.0))), x);

        [DrJaxProgram("groups")]
        public static (double, Vec<double>) ChosenByGroup(Vec<double> w, Placed<Vec<double>> x) =>
            ValueAndGrad(static (w, x) => ReduceSum(Map((x, w) => x[0] > 0
                ? Sum(Cholesky(Build(x.Length, x.Length, (i, j) => i == j ? x[0] * Square(w[i]) : 0.0)))
                : Sum(w), x, Broadcast(w))), w, x);

        [DrJaxProgram]
        public static (Vec<double>, Vec<int>) First(Vec<double> x, int k) => TopK(x, k);

        [DrJaxProgram]
        public static double Middle(Vec<double> x) => Median(x);
    }

    [Fact]
    public void No_factors_are_no_exception()
    {
        var everything = new Twin(typeof(P).GetMethod(nameof(P.Everything))!);
        foreach (var a in (Mat<double>[])[Build(3, 3, (i, j) => -1.0), Build(3, 3, (i, j) => (double)(i * j)), Build(0, 0, (i, j) => 1.0), Build(2, 2, (i, j) => double.NaN)])
            Same(everything.Eager(a), everything.Forward(a));
        var system = new Twin(typeof(P).GetMethod(nameof(P.System))!);
        var singular = system.Forward(Build(3, 3, (i, j) => (double)(i * j)), (Vec<double>)[1, 2, 3]);
        Assert.DoesNotContain(Elements.Numbers(singular), x => double.IsFinite(x) && x != 0 && x != 1 && x != 2 && x != 3);
        Same(system.Eager(Build(3, 3, (i, j) => (double)(i * j)), (Vec<double>)[1, 2, 3]), singular);
    }

    [Fact]
    public void What_is_not_taken_leaves_no_nan()
    {
        var chosen = new Twin(typeof(P).GetMethod(nameof(P.Chosen))!);
        var taken = (Vec<double>)[-1, -4, -9];
        // d/dx of sqrt(-x) is -1 / (2 sqrt(-x)).
        var (value, gradient) = ((double, Vec<double>))chosen.Forward(taken);
        Assert.Equal(6, value, 1e-14);
        for (var i = 0; i < 3; i++) Assert.Equal(-0.5 / Math.Sqrt(-taken[i]), gradient[i], 1e-14);
        var byGroup = new Twin(typeof(P).GetMethod(nameof(P.ChosenByGroup))!);
        var (sum, derivative) = ((double, Vec<double>))byGroup.Forward((Vec<double>)[2, 3], Placed.Create<Vec<double>>([[1, 1], [-1, 0], [4, 2], [-3, 1]]));
        Assert.Equal(2 + 3 + 5 + 2 * (2 + 3) + 5, sum, 1e-13);
        Assert.Equal(1 + 1 + 2 + 1, derivative[0], 1e-13);
        Assert.Equal(1 + 1 + 2 + 1, derivative[1], 1e-13);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_told_alike()
    {
        Same(nameof(P.Everything), "a matrix of 2 rows and 3 columns is not square", Zeros<double>(2, 3));
        Same(nameof(P.System), "Solve: the matrix has 2 rows, the right-hand side has 3", Zeros<double>(2, 2), Zeros<double>(3));
        Same(nameof(P.First), "TopK: 4 elements of 3", Zeros<double>(3), 4);
        Same(nameof(P.First), "TopK: a number of elements is not negative, got -1", Zeros<double>(3), -1);
        Same(nameof(P.Middle), "Median: at least 1 element is needed along axis 0, there are 0", Zeros<double>(0));
    }

    private static void Same(string method, string text, params object[] arguments)
    {
        var twin = new Twin(typeof(P).GetMethod(method)!);
        Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => twin.Eager(arguments)).Message, StringComparison.Ordinal);
        Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => twin.Forward(arguments)).Message, StringComparison.Ordinal);
    }

    private static void Same(object expected, object actual) => Assert.Equal(Elements.Numbers(expected), Elements.Numbers(actual));
}
