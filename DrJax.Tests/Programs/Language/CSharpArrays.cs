using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>C# arrays made, filled, exchanged and handed on; tables of rows; places counted from the end along every axis.</summary>
public static class CSharpArrays
{
    private static readonly double[][] Stages = [[], [0.5], [0, 0.5], [0, 0, 1]];
    private static readonly double[] Weights = [1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0];
    private static readonly double[,] Mixing = { { 1, 0.5, 0.25 }, { 0.5, 1, 0.5 } };

    /// <summary>Cholesky's factor by its textbook loops, in a square array.</summary>
    [DrJaxProgram("groups")]
    public static (double, Placed<Mat<double>>) CholeskyByLoops(double ridge, Placed<Mat<double>> data)
    {
        var factors = Map(m =>
        {
            var n = m.Rows;
            var l = new double[n, n];
            for (var i = 0; i < l.GetLength(0); i++)
                for (var j = 0; j <= i; j++)
                {
                    var sum = i == j ? n + ridge * ridge : 0.1 * (m[i, j] + m[j, i]);
                    for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                    l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
                }
            return (Mat<double>)l;
        }, data);
        return (ReduceMean(Map(l => 2 * Sum(Log(Diag(l))), factors)), factors);
    }

    /// <summary>Heat in a rod with two buffers that change places.</summary>
    [DrJaxProgram("rods")]
    public static Placed<Vec<double>> TwoBuffers(double conductivity, Placed<Vec<double>> rods) => Map(rod =>
    {
        double[] now = rod.ToArray(), next = new double[rod.Length];
        for (var t = 0; t < 4; t++)
        {
            for (var i = 1; i < now.Length - 1; i++) next[i] = now[i] + 0.1 * conductivity * (now[i - 1] - 2 * now[i] + now[i + 1]);
            next[0] = now[0];
            next[^1] = now[^1];
            (now, next) = (next, now);
        }
        return Vec(now);
    }, rods);

    /// <summary>A Runge-Kutta method from its table, whose rows differ in length.</summary>
    [DrJaxProgram("starts")]
    public static double RungeKuttaTable(double rate, Placed<double> starts) => ReduceMean(Map(start =>
    {
        const double h = 0.1;
        var y = start;
        for (var step = 0; step < 5; step++)
        {
            var slopes = new double[Weights.Length];
            for (var i = 0; i < slopes.Length; i++)
            {
                var at = y;
                for (var j = 0; j < Stages[i].Length; j++) at += h * Stages[i][j] * slopes[j];
                slopes[i] = -rate * at + Math.Sin(at);
            }
            for (var i = 0; i < slopes.Length; i++) y += h * Weights[i] * slopes[i];
        }
        return y;
    }, starts));

    /// <summary>Insertion sort of keys with their places, elements exchanged as tuples; the numbers are far from ties.</summary>
    [DrJaxProgram("groups")]
    public static Placed<(Vec<double>, Vec<int>)> SortedWithPlaces(double scale, Placed<Vec<double>> data) => Map(x =>
    {
        var items = new (double Key, int At)[x.Length];
        for (var i = 0; i < items.Length; i++) items[i] = (Exp(0.1 * scale) * (Sin(40.0 * i) + 0.01 * x[i]), i);
        for (var i = 1; i < items.Length; i++)
            for (var j = i; j > 0 && items[j].Key < items[j - 1].Key; j--)
                (items[j], items[j - 1]) = (items[j - 1], items[j]);
        items[0].Key *= 2;
        return (Build(x.Length, i => items[i].Key), Build(x.Length, i => items[i].At));
    }, data);

    public record struct Body(double Mass, double X, double V);

    /// <summary>Bodies on a line: an array of records, whose fields are assigned.</summary>
    [DrJaxProgram("systems")]
    public static double Bodies(double mass, Placed<Vec<double>> positions) => ReduceMean(Map(x =>
    {
        var bodies = new Body[x.Length];
        for (var i = 0; i < bodies.Length; i++) bodies[i] = new Body(1 + 0.1 * i * mass, x[i], 0);
        for (var t = 0; t < 3; t++)
            for (var i = 0; i < bodies.Length; i++)
            {
                var force = 0.0;
                foreach (var other in bodies) force += other.Mass * Tanh(other.X - bodies[i].X);
                bodies[i].V += 0.01 * force;
                bodies[i] = bodies[i] with { X = bodies[i].X + 0.01 * bodies[i].V };
            }
        var energy = 0.0;
        foreach (var (m, at, v) in bodies) energy += 0.5 * m * v * v + at;
        return energy;
    }, positions));

    /// <summary>A tree walked with a stack of ints, whose top moves in its own index.</summary>
    [DrJaxProgram("trees")]
    public static double StackOfNodes(double weight, Placed<Vec<double>> trees) => ReduceMean(Map(values =>
    {
        var stack = new int[8];
        var (top, sum) = (0, 0.0);
        stack[top++] = 0;
        while (top > 0)
        {
            var node = stack[--top];
            if (node >= values.Length || node > 6) continue;
            sum += weight * values[node] * (1 + top);
            if (node > 2) continue;
            stack[top++] = 2 * node + 2;
            stack[top++] = 2 * node + 1;
        }
        return sum;
    }, trees));

    private static double[] Normalised(double[] p)
    {
        var total = 0.0;
        foreach (var e in p) total += e;
        var q = new double[p.Length];
        for (var i = 0; i < p.Length; i++) q[i] = p[i] / total;
        return q;
    }

    private static (double[] Kept, int Count) FirstOf(Vec<int> at, Vec<double> x)
    {
        var kept = new double[x.Length];
        var n = 0;
        foreach (var i in at) if (i % 3 > 0) kept[n++] = x[i];
        return (kept, n);
    }

    /// <summary>Arrays through methods and local functions; each new one takes the place of the last.</summary>
    [DrJaxProgram("groups")]
    public static double ThroughMethods(double k, Placed<(Vec<double> X, Vec<int> At)> data) => ReduceMean(Map(d =>
    {
        var p = new double[d.X.Length];
        for (var i = 0; i < p.Length; i++) p[i] = Math.Exp(k * d.X[i]);
        for (var t = 0; t < 3; t++)
        {
            var mixed = new double[p.Length];
            for (var i = 0; i < p.Length; i++) mixed[i] = p[i] + 0.3 * p[(i + 1) % p.Length];
            p = Normalised(mixed);
        }
        p[0] += 0.5;
        var (kept, n) = FirstOf(d.At, d.X);
        kept[^1] += 1;
        void Add(int i, double x) { kept[i] += x; }
        for (var i = 0; i < n; i++) Add(i, k);
        return p[0] * p[^1] + Sum(kept.Length, i => kept[i] * kept[i]);
    }, data));

    /// <summary>Counts, in the gradient of a function that fills them, and a table of the arm that is taken.</summary>
    [DrJaxProgram("groups")]
    public static (double, double) InsideGradients(double k, Placed<(Vec<double> X, Vec<int> Labels)> data)
    {
        static double Loss(double k, Vec<double> x, Vec<int> labels)
        {
            double[] narrow = [0.2, 0.6, 0.2], wide = [0.3, 0.3, 0.4];
            var weights = labels[0] > 1 ? narrow : wide;
            var sums = new double[3];
            for (var i = 0; i < labels.Length; i++) sums[labels[i] % 3] += Tanh(k * x[i]);
            double[] all = [.. sums, k, .. weights];
            var best = 0.0;
            for (var i = 0; i < 3; i++) best += all[i] * all[i] * all[4 + i] + Mixing[i % 2, i] * all[3];
            return best;
        }
        var values = Map(d => Loss(k, d.X, d.Labels), data);
        var slopes = Map(d => Grad(Loss, k, d.X, d.Labels), data);
        return (ReduceMean(values), ReduceSum(slopes));
    }

    /// <summary>Single precision, whole numbers and flags.</summary>
    [DrJaxProgram("groups")]
    public static Vec<float> OtherElements(float k, Placed<(Vec<float> X, Vec<int> At)> data) => ReduceSum(Map(d =>
    {
        var (sums, counts, seen) = (new float[4], new int[4], new bool[4]);
        for (var i = 0; i < d.At.Length; ++i)
        {
            var at = d.At[i] & 3;
            sums[at] += k * d.X[i];
            counts[at]++;
            seen[at] |= d.At[i] > 1;
        }
        return Build(4, i => seen[i] ? sums[i] / Math.Max(counts[i], 1) : sums[i]);
    }, data));

    /// <summary>Elements, rows and columns counted from the end.</summary>
    [DrJaxProgram]
    public static (double, Vec<double>, Mat<double>, Tensor3<double>) FromTheEnd(Mat<double> m, Tensor3<double> t, Tensor4<double> u, int i)
    {
        var (last, corner) = (m[^1, i] * m[i, ^2], t[^1, ^2, i] + u[i, ^1, 0, ^3]);
        var rows = m[^1, 1..] * m[1.., ^1] + t[^2, .., i][1..] * t[i, ^1, 1..] + t[1.., ^1, ^1];
        var tables = t[.., ^1] * t[.., i, ..] + u[i, .., ^1, ..] * u[.., ^1, i, ..] + u[^1, i] * u[.., .., ^1, i];
        return (last + corner, rows, tables.With(^1, m[0]).With(i, ^1, last).With(1.., ^2, rows).With(^2, 1.., rows), t.With(^1, ^1, ^1, corner).With(^2, i, m[^1]).With(^3, tables));
    }
}
