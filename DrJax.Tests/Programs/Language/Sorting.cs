using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Sorted arrays and their statistics. A difference quotient must not change the order, so that elements are pulled apart.</summary>
public static class Sorting
{
    private static Vec<double> Apart(Vec<double> x) => Build(x.Length, i => x[i] / 8 + i * 7 % x.Length);

    private static Mat<double> Apart(Mat<double> x) => Build(x.Rows, x.Columns, (i, j) => x[i, j] / 8 + (i * 7 + j * 3) % x.Rows);

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Vec<int>, Vec<int>) Both(Vec<double> x)
    {
        var y = Apart(x);
        return (Sort(y) * x, Sort(y, descending: true) * x, ArgSort(y), ArgSort(y, true));
    }

    [DrJaxProgram]
    public static (Mat<double>, Mat<double>, Mat<int>) AlongAxes(Mat<double> x)
    {
        var y = Apart(x);
        return (Sort(y, 0) * x, Sort(y, 1, descending: true) * x, ArgSort(y, 0));
    }

    [DrJaxProgram]
    public static (Vec<int>, Vec<int>, Mat<int>) Ints(Vec<int> k, Mat<int> m) => (Sort(k), ArgSort(k, true), Sort(m, 1));

    [DrJaxProgram]
    public static (Vec<float>, float) Singles(Vec<float> x) => (Sort(Build(x.Length, i => x[i] / 8 + i * 7 % x.Length)) * x, Median(Build(x.Length, i => x[i] / 8 + i * 7 % x.Length)));

    [DrJaxProgram]
    public static Mat<double> OfRows(Mat<double> x) => Rows(Apart(x), Sort) * x;

    [DrJaxProgram("groups")]
    public static (double, Placed<Vec<double>>) OfEveryGroup(Vec<double> w, Placed<Vec<double>> x)
    {
        var sorted = Map(x => Sort(Apart(x + w)), x);
        return (ReduceMean(Map(x => Dot(Sort(Apart(x), true), w), x)), sorted);
    }

    [DrJaxProgram("groups")]
    public static (Vec<double>, Placed<Vec<int>>) Largest(Placed<Vec<double>> x)
    {
        var (values, indices) = Map(x =>
        {
            var (values, indices) = TopK(Apart(x), 3);
            return (values * x[indices], indices);
        }, x);
        return (ReduceMean(values), indices);
    }

    [DrJaxProgram("groups")]
    public static (double, double) Statistics(double q, Placed<Vec<double>> x) =>
        (ReduceMean(Map(x => Median(Apart(x)), x)), ReduceMean(Map(x => Quantile(Apart(x), 0.4 + q / 1000), x)));

    [DrJaxProgram]
    public static double InLoop(Vec<double> x)
    {
        var y = Apart(x);
        for (var i = 0; i < 3; i++) y = Sort(y, descending: true) * 0.5 + Apart(x) * 2.0;
        return Dot(y, y);
    }

    [DrJaxProgram]
    public static Vec<double> SecondOrder(Vec<double> x) => Grad(static x => Dot(Sin(Sort(Apart(x))), x), x);
}
