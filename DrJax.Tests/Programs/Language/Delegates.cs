using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Functions as values: chosen by conditions, given back, methods of records by name.</summary>
public static class Delegates
{
    public enum Activation { Tanh, Swish, Identity }

    public readonly record struct Kernel(double Length, double Scale)
    {
        public double Evaluate(Vec<double> a, Vec<double> b) => Scale * Exp(-Sum(Square(a - b)) / (a.Length + Length * Length));
        public double OfDistance(double r) => Scale * Exp(-r * r);

        public Vec<double> Against(Mat<double> x, Vec<double> at)
        {
            var own = this;
            return Build(x.Rows, i => own.Evaluate(x[i], at));
        }
    }

    private static Func<double, double> Pick(Activation a) => a switch { Activation.Tanh => Math.Tanh, Activation.Swish => x => x * Sigmoid(x), _ => x => x };

    private static Func<double, double> ByName(string name) => name switch
    {
        "tanh" => Math.Tanh,
        nameof(Math.Sin) => Math.Sin,
        _ => throw new ArgumentException($"no activation '{name}'", nameof(name)),
    };

    private static Func<double, double> Either(bool first)
    {
        if (first) return Math.Tanh;
        return Math.Cos;
    }

    private static Func<double, double> Line(double slope, double offset) => x => slope * x + offset;

    private static double Best(Vec<double> x, Func<double, double, bool> isBetter)
    {
        var best = x[0];
        foreach (var v in x) if (isBetter(v, best)) best = v;
        return best;
    }

    [DrJaxProgram] public static Vec<double> Named(Vec<double> x) => Build(x.Length, i => ByName("tanh")(x[i]) + ByName("Sin")(x[i]));

    [DrJaxProgram]
    public static Vec<double> Picked(Vec<double> x, Activation a, bool first)
    {
        var (f, g) = (Pick(a), Either(first));
        return Build(x.Length, i => f(x[i]) * g(x[i]) * i);
    }

    [DrJaxProgram("clients")]
    public static double PickedInMap(Placed<(double X, Activation A)> p, double scale) => ReduceSum(Map(q => Pick(q.A)(scale * q.X), p));

    [DrJaxProgram]
    public static double Captures(double x, double t)
    {
        var scale = 2.0;
        Func<double, double> f = x > t ? y => scale * y * y : y => y / scale;
        scale = 3.0;
        var line = Line(t, x);
        return f(x) + Sum(3, i => f(i * x) * line(i));
    }

    [DrJaxProgram] public static (double, double) Comparisons(Vec<double> x, double a) => (a * Best(x, (v, best) => v > best), a * Best(x, static (v, best) => v < best));

    [DrJaxProgram("clients")]
    public static double MethodsOfRecords(Kernel k, Placed<Mat<double>> xs)
    {
        var rows = Map(x => Sum(Rows(x, row => k.Against(x, row))), xs);
        Func<double, double> f = k.OfDistance;
        var before = k;
        k = k with { Scale = 100 };
        return ReduceMean(rows) + f(0.3) + Sum(Map2(k.OfDistance, before.OfDistance));

        static Vec<double> Map2(Func<double, double> f, Func<double, double> g) => Vec(f(1.0) / 100, g(2.0));
    }
}
