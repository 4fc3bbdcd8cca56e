using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>MapReduce programs of every form.</summary>
public static class Placements
{
    [DrJaxProgram("groups")]
    public static double Captured(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Exp(-Square(Dot(w, x)) / 9), x));

    [DrJaxProgram("groups")]
    public static double Explicit(Vec<double> w, Placed<Vec<double>> x) => ReduceSum(Map(static (w, x) => Sin(Dot(w, x)), Broadcast(w), x));

    [DrJaxProgram("groups")]
    public static double RootOfMean(Vec<double> w, Placed<Vec<double>> x) => Sqrt(1 + ReduceMean(Map(x => Square(Dot(w, x)), x)));

    [DrJaxProgram("groups")]
    public static double NormaliseThenMap(Vec<double> w, Placed<Vec<double>> x)
    {
        var mean = ReduceMean(x);
        var variance = ReduceMean(Map(x => Square(x - mean), x));
        var unit = Map(x => (x - mean) / Sqrt(variance + 0.1), x);
        return ReduceMean(Map(u => Square(Dot(w, u) - 1), unit));
    }

    [DrJaxProgram("groups")]
    public static Vec<double> Rounds(Vec<double> w, Placed<Vec<double>> x, Placed<double> y)
    {
        for (var r = 0; r < 3; r++)
        {
            var start = w;
            w -= 0.05 * ReduceMean(Map((x, y) => (Tanh(Dot(start, x)) - y) * x, x, y));
        }
        return w;
    }

    [DrJaxProgram("groups")]
    public static double LoopInMap(Vec<double> w, Placed<Mat<double>> x) => ReduceMean(Map(x =>
    {
        var h = w;
        for (var i = 0; i < x.Rows; i++) h = Tanh(h * x[i]);
        return Sum(h);
    }, x));

    [DrJaxProgram("groups")]
    public static double BranchInMap(double a, Placed<double> x) => ReduceSum(Map(x => x > 0 ? Sqrt(x + 0.5) * a : x * a * a, x));

    [DrJaxProgram("groups")]
    public static (double, Vec<double>) BranchOverRounds(Vec<double> w, Placed<Vec<double>> x)
    {
        var m = ReduceMean(Map(x => Dot(w, x), x));
        if (m > 0) return (m, ReduceMean(x));
        return (m * m, w);
    }

    [DrJaxProgram("groups")]
    public static (double, double, double) Extrema(double a, Placed<double> s) => (ReduceMax(s), ReduceMin(Map(s => Exp(s) * a, s)), ReduceMin(s) * ReduceMax(s));

    [DrJaxProgram("groups")]
    public static (Vec<double> A, double B) WeightedStructures(Placed<(Vec<double> A, double B)> x, Placed<double> w) =>
        ReduceWeightedMean(x, Map(static w => 1 + w * w, w));

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> PlacedResult(Vec<double> w, Placed<Vec<double>> x, Placed<double> s) => Map((x, s) => s * Sin(x * w), x, s);

    [DrJaxProgram("groups")]
    public static (Placed<double>, Placed<Mat<double>>, double) SeveralResults(Vec<double> w, Placed<Vec<double>> x)
    {
        var (a, b) = Map(x => (Dot(w, x), Outer(x, w)), x);
        return (a, b, ReduceSum(a));
    }

    [DrJaxProgram("groups")]
    public static Placed<(Vec<double>, double)> BroadcastResult(Vec<double> w, Placed<double> s) => Map(static (w, s) => (w * s, s), Broadcast(w), s);

    [DrJaxProgram("groups")]
    public static double CallsPrograms(Vec<double> w, Placed<Vec<double>> x) => Captured(w, x) + Square(Explicit(2 * w, x)) * RootOfMean(w, x);

    [DrJaxProgram("parts", 3)]
    public static double OverParts(Vec<double> w, Vec<double> x) => ReduceMean(Map((w, x) => Sin(Dot(w, x)), Broadcast(w), Broadcast(2 * x))) + ReduceSum(Broadcast(w[0]));

    [DrJaxProgram("groups")]
    public static double NestedPrograms(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Square(OverParts(w, x)), x));

    [DrJaxProgram("groups")]
    public static double Particles(Placed<Particle> p, double t) => ReduceSum(Map(p =>
    {
        var q = p with { Position = p.Position + t * p.Velocity };
        return Dot(q.Position, q.Velocity) * q.Mass;
    }, p));

    [DrJaxProgram("groups")]
    public static double Zipped(Placed<Vec<double>> x, Placed<double> y) => ReduceSum(Map(static p => Sum(p.Item1) * p.Item2, Placed.Zip(x, y)));

    [DrJaxProgram("groups")]
    public static double LabelsInMap(Mat<double> w, Placed<Vec<double>> x, Placed<int> y) => -ReduceMean(Map((x, y) => LogSoftmax(MatMul(x, w))[y], x, y));

    [DrJaxProgram("groups")]
    public static double RowsByIndex(Mat<double> table, Placed<int> row, Placed<double> x) =>
        ReduceMean(Map((r, x) => x > 0 ? table[r, 0] * x + Sin(table[r, 2]) : table[r, 3] * table[r, 1] - x, row, x));

    [DrJaxProgram("groups")]
    public static Placed<Vec<float>> SinglesByIndex(Mat<float> table, Placed<int> row, Placed<float> x) => Map((r, x) =>
    {
        var entry = table[r];
        return Vec(entry[3] * x, entry[0] - x * x, x + entry[1] * entry[2]);
    }, row, x);

    [DrJaxProgram("groups")]
    public static (double, int) Counting(Placed<double> x, double t)
    {
        var over = Map(x => x > t ? 1 : 0, x);
        return (ReduceMean(over), ReduceSum(over));
    }

    [DrJaxProgram("groups")]
    public static float Singles(Vec<float> w, Placed<Vec<float>> x) => ReduceMean(Map(x => Square(Dot(w, x) - 1f), x));

    [DrJaxProgram("groups")]
    public static double NumberOfGroups(double a, Placed<double> x) => a * x.Count + ReduceSum(x) / x.Count;
}
