using System.Numerics;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public enum Activation
{
    Identity,
    Tanh,
    Softplus,
}

/// <summary>foreach, lists, static values, and generic helpers that use them.</summary>
public static class Collections
{
    [DrJaxProgram]
    public static Vec<double> SumsOfComputedCounts(Vec<double> x) => Build(x.Length, t => Sum(t + 1, k => x[k] * x[t - k]) / x.Length + Mean(t + 1, k => Sin(x[k])));

    [DrJaxProgram]
    public static double TriangleOfSums(Mat<double> m) => Sum(m.Rows, i => Sum(i, j => m[i, j] * m[j, i])) / m.Rows;

    [DrJaxProgram("clients")]
    public static double SumsOfOwnCounts(Placed<Vec<double>> x, Placed<int> n) => ReduceMean(Map((x, n) => Sum(n, k => x[k] * x[k]), x, n));

    private const int Order = 3;

    private static readonly double Scale = Math.Sqrt(2 * Math.PI) / Order;

    private static readonly Vec<double> Nodes = [-0.75, 0, 0.75];

    private static readonly Mat<double> Table = [[1, 2, 3], [0.5, 0.25, 0.125]];

    private static readonly (double Node, double Weight)[] Quadrature = [(-0.77, 0.55), (0, 0.89), (0.77, 0.55)];

    private static readonly double[] Coefficients = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];

    private static readonly Func<double, double>[] Layers = [Math.Tanh, v => v * v, Softplus];

    private static double Bias { get; } = Scale + Sum(Nodes * Nodes);

    [DrJaxProgram]
    public static double Elements(Vec<double> x)
    {
        var s = 0.25;
        foreach (var v in x) s = Sin(s) * v + s / 2;
        return s;
    }

    [DrJaxProgram]
    public static Vec<double> RowsOf(Mat<double> m, Vec<double> h)
    {
        foreach (var row in m)
        {
            if (row[0] < -1) continue;
            h = Tanh(h * 0.5 + row);
        }
        return h;
    }

    [DrJaxProgram]
    public static double Integral(Vec<double> x)
    {
        var s = 0.0;
        foreach (var (node, weight) in Quadrature) s += weight * Exp(-Square(x[0] * node + x[1]));
        return s * Scale + Bias;
    }

    [DrJaxProgram]
    public static double Network(double x)
    {
        foreach (var layer in Layers) x = layer(x) + 0.5;
        return x;
    }

    [DrJaxProgram]
    public static double Horner(double x)
    {
        var s = 0.0;
        foreach (var c in Coefficients) s = s * x / 4 + c;
        for (var i = 0; i < Coefficients.Length; i++) s += Coefficients[i] * Sin(i * x);
        return s;
    }

    [DrJaxProgram("groups")]
    public static double Tables(Placed<Vec<double>> x) => ReduceMean(Map(v =>
    {
        var s = 0.0;
        for (var i = 0; i < Order; i++) s = s * Nodes[i] + Table[1, i] * v[i] + Dot(Table[0], v[..3]);
        return s;
    }, x));

    [DrJaxProgram]
    public static double Windows(Vec<double> x)
    {
        var s = 0.0;
        foreach (var n in new[] { 1, 2, 3 }) s += Max(x[..n]) * Sum(x[^n..]);
        return s;
    }

    [DrJaxProgram]
    public static double Chosen(double x, int n)
    {
        var kind = (Activation)(n % 3);
        return Apply(kind, x) + Apply(Activation.Softplus, x);
    }

    [DrJaxProgram]
    public static (float, double) Generic(Vec<float> x, Vec<double> y) => (Settle(x, 0.5f), Settle(y, 0.5));

    [DrJaxProgram]
    public static double Parts(Vec<double> x)
    {
        var state = (Sum: 0.0, Best: (At: -1, Value: x));
        for (var i = 0; i < x.Length; i++)
        {
            state.Sum += x[i] * (i + 1);
            if (state.Sum > 1)
            {
                state.Best.At = i;
                state.Best.Value *= 0.9;
            }
            state.Best.At++;
            _ = state.Sum;
        }
        return state.Sum + state.Best.At * Sum(state.Best.Value);
    }

    private static double Apply(Activation kind, double x) => kind switch
    {
        Activation.Tanh => Tanh(x),
        Activation.Softplus => Softplus(x),
        _ => x,
    };

    private static T Settle<T>(Vec<T> x, T tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = T.One + T.One;
        while (s > tolerance)
        {
            s *= T.CreateChecked(0.75);
            foreach (var v in x)
            {
                if (v < T.Zero) continue;
                s -= v * v / T.CreateChecked(16 * x.Length);
            }
            if (s < T.Zero) return -s;
        }
        return s * x[0];
    }
}
