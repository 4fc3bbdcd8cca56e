using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>What the functions throw that maps, comprehensions and loops in them run, and operands that may not run.</summary>
public static class Throwing
{
    public enum Kind
    {
        Squared,
        Absolute,
        Logistic,
    }

    private static double Loss(Kind kind, double error) => kind switch
    {
        Kind.Squared => error * error,
        Kind.Absolute => Abs(error),
        Kind.Logistic => Softplus(error),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), (int)kind, "no loss of this kind"),
    };

    private static double Root(double x) => x < -1e4 ? throw new ArgumentException($"no root of {x}", nameof(x)) : Sqrt(x * x + 1);

    [DrJaxProgram("clients")]
    public static double SwitchInMap(Vec<double> w, Placed<(Vec<double> X, Kind Kind)> data) => ReduceMean(Map(d => Loss(d.Kind, Dot(w, d.X) - 1), data));

    [DrJaxProgram("clients")]
    public static double StatementsInMap(double w, Placed<double> x) => ReduceSum(Map(x =>
    {
        if (x > 1e4) throw new OverflowException($"{x} is more than {1e4}");
        ArgumentOutOfRangeException.ThrowIfLessThan(x * w, -5e3);
        var s = w;
        for (var k = 0; k < 4; k++)
        {
            s += Root(s * x);
            if (s > 1e4) throw new InvalidOperationException($"{s:F3} in step {k}");
        }
        while (s > 2)
        {
            s /= 2;
            if (Abs(s - 3e3) < 250) throw new ArithmeticException("near 3000");
        }
        return s;
    }, x));

    [DrJaxProgram("clients")]
    public static double TwoMaps(double w, Placed<double> x)
    {
        var mean = ReduceMean(Map(x => Root(w * x), x));
        if (mean > 1e3) throw new InvalidOperationException($"mean {mean:F4}");
        return ReduceMean(Map(x => Root(mean - x), x));
    }

    [DrJaxProgram("regions", "clients")]
    public static double NestedMaps(double w, Placed<Placed<double>> x) => ReduceMean(Map(region =>
    {
        var mean = ReduceMean(Map(x => Root(w + x), region));
        return mean > 1e3 ? throw new InvalidOperationException($"region of mean {mean:F4}") : mean;
    }, x));

    [DrJaxProgram]
    public static Vec<double> InBuild(Vec<double> x) => Build(x.Length, i => x[i] < -100 ? throw new ArgumentException($"{x[i]} at {i} of {x.Length}") : Root(x[i]));

    [DrJaxProgram]
    public static Mat<double> InBuildOfTwo(Vec<double> x, Vec<double> y) => Build(x.Length, y.Length, (i, j) => x[i] + y[j] < -100 ? throw new ArgumentException($"{i}, {j}") : x[i] * y[j]);

    [DrJaxProgram]
    public static Mat<double> InRows(Mat<double> m) => Rows(m, row => Sum(row) <= -100 ? throw new ArgumentException($"a row of sum {Sum(row)}") : row * Sum(row));

    [DrJaxProgram]
    public static Vec<double> InSums(Vec<double> x) => Build(x.Length, t => Sum(t + 1, k => x[k] < -100 ? throw new ArgumentException($"element {k} of {t}: {x[k]}") : x[k] * x[t - k]));

    [DrJaxProgram("clients")]
    public static double BuildInMap(Vec<double> w, Placed<Vec<double>> x) => ReduceSum(Map(x => Sum(Build(x.Length, i => Root(w[i] * x[i]))), x));

    [DrJaxProgram]
    public static double InOperands(double x, double y) => (x > 0 && Root(y) > 1.2 ? Root(x - y) : 0) + (x > 1 ? Root(x * y) : y);

    [DrJaxProgram]
    public static double InConditions(double x)
    {
        var k = 0;
        while (k < 10 && Root(x) > 1.1)
        {
            x *= 0.5;
            k++;
        }
        for (var i = 0; i < 3 && Root(x * 3) > 0; i++) x -= 0.3 * x;
        return x;
    }

    private static double Total(Func<double, double> f, Vec<double> x)
    {
        var s = 0.0;
        foreach (var v in x) s += f(v);
        return s;
    }

    [DrJaxProgram]
    public static double InDelegates(Vec<double> x, double least) => Total(v => v < least - 100 ? throw new ArgumentException($"{v} < {least} - 100") : v * v, x);

    [DrJaxProgram]
    public static double InTransformations(Vec<double> x, double y) =>
        Sum(Vmap((v, w) => Root(v + w), x, y)) + Checkpoint(v => v > 90 ? throw new ArgumentException("far") : v * v, y) + Grad(v => v > 80 ? throw new ArgumentException("away") : v * v, y);

    [DrJaxProgram("clients")]
    public static double InReduce(Placed<double> x) => Reduce((a, b) => a * b > 1e40 ? throw new OverflowException($"{a} * {b}") : a * b, x);

    /// <summary>What the first condition refuses must not be read by the second.</summary>
    [DrJaxProgram]
    public static double BeforeAnIndex(Vec<double> x)
    {
        var k = (int)Abs(x[0]);
        if (k >= x.Length) throw new ArgumentException($"no element {k}");
        if (x[k] < -100) throw new ArgumentException($"element {k} is {x[k]}");
        for (var i = k; i < k + 3; i++)
        {
            if (i >= x.Length) throw new InvalidOperationException("beyond the end");
            if (x[i] > 50) throw new InvalidOperationException("large");
        }
        return x[k] * x[k + 1];
    }

    private static double Mean(Vec<double> x) => x.Length < 2 ? throw new ArgumentException($"{x.Length} rows") : Ops.Mean(x);

    [DrJaxProgram("clients")]
    public static double OfRows([Ragged] Placed<Vec<double>> x) => ReduceSum(Map(Mean, x));

    [DrJaxProgram]
    public static double InNothing(Vec<double> x, Vec<double> y) => Sum(Build(x.Length, i => y.Length < 3 ? throw new ArgumentException("short") : y[2] * x[i])) + Sum(x.Length, i => y[1] + i);
}
