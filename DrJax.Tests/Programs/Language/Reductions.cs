using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Groups collected, arrays spread, and reductions by operations of the user's.</summary>
public static class Reductions
{
    [DrJaxProgram("groups")]
    public static (Vec<double>, Mat<double>, Tensor3<double>) Collected(double a, Placed<double> s, Placed<Vec<double>> v, Placed<Mat<double>> m) =>
        (Sin(a * Collect(s)), Collect(Map(v => v * v, v)), Collect(m));

    [DrJaxProgram("groups")]
    public static double Pairwise(Placed<Vec<double>> x)
    {
        var all = Collect(x);
        return ReduceMean(Map(x => Sum(Exp(-Square(MatMul(all, x) / all.Columns))), x));
    }

    [DrJaxProgram("rows")]
    public static double Spread(Mat<double> x, Vec<double> y, Vec<double> w)
    {
        var rows = Placed.Rows(x * x);
        var sums = Map((x, y) => Sin(Dot(x, w)) * y, rows, Placed.Rows(y));
        return ReduceSum(sums) * ReduceMean(Placed.Rows(y));
    }

    [DrJaxProgram("rows")]
    public static (Placed<Vec<double>>, Placed<double>) SpreadResults(Mat<double> x) => (Placed.Rows(2 * x), Map(static x => Sum(x), Placed.Rows(x)));

    [DrJaxProgram("groups")]
    public static Placed<double> Sorted(Placed<double> x)
    {
        var all = Collect(x);
        return Placed.Rows(Build(all.Length, i => all[i] * all[all.Length - 1 - i]));
    }

    [DrJaxProgram("groups")]
    public static Mat<double> Products(double t, Placed<double> angle) =>
        Reduce(MatMul, [[1, t], [0, 1]], Map(static a => (Mat<double>)[[Cos(a), -Sin(a)], [Sin(a), Cos(a) + a]], angle));

    [DrJaxProgram("groups")]
    public static double StableLogSumExp(double t, Placed<double> x)
    {
        var (max, sum) = Reduce(static (a, b) =>
        {
            var top = a.Max > b.Max ? a.Max : b.Max;
            return (Max: top, Sum: a.Sum * Exp(a.Max - top) + b.Sum * Exp(b.Max - top));
        }, Map(x => (Max: t * x, Sum: 1.0), x));
        return max + Log(sum);
    }

    [DrJaxProgram("groups")]
    public static (double, int) ArgMaxPair(double t, Placed<Vec<double>> x, Placed<int> id) =>
        Reduce(static (a, b) => b.Item1 > a.Item1 ? b : a, Map((x, id) => (Dot(x, x) * (t * t + 1), id), x, id));

    /// <summary>Count, mean and sum of squared deviations, which merge (Chan, Golub and LeVeque 1983).</summary>
    public record struct Moments(double N, Vec<double> Mean, Vec<double> M2);

    private static Moments Merge(Moments a, Moments b)
    {
        var n = a.N + b.N;
        var d = b.Mean - a.Mean;
        return new(n, a.Mean + d * (b.N / n), a.M2 + b.M2 + d * d * (a.N * b.N / n));
    }

    [DrJaxProgram("groups")]
    public static (Vec<double>, Vec<double>) ParallelVariance(Placed<Mat<double>> x)
    {
        var all = Reduce(Merge, Map(static x =>
        {
            var mean = Sum(x, 0) / x.Rows;
            return new Moments(x.Rows, mean, Sum(Square(x - mean), 0));
        }, x));
        return (all.Mean, all.M2 / all.N);
    }

    [DrJaxProgram("groups")]
    public static float SingleProduct(float seed, Placed<float> x) => Reduce((a, b) => a * (1f + 0.1f * b), seed, x);
}
