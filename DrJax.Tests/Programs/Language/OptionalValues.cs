using System.Diagnostics;
using System.Numerics;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public static class VectorMembers
{
    extension<T>(Vec<T> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Energy => Dot(v, v) / (T.One + T.One);
        public Vec<T> Scaled(T by) => v * by;
    }

    extension(Mat<double> m)
    {
        public Vec<double> Diagonal => Diag(m);
        public double Form(Vec<double> x, Vec<double>? y = null) => Dot(x, MatMul(m, y ?? x));
    }
}

/// <summary>Nullable types, out and ref arguments, constructors of records, extension members.</summary>
public static class OptionalValues
{
    public record Penalty(double L1, double L2)
    {
        public Penalty(double l2) : this(0.0, l2) { }

        public double Of(Vec<double> w) => L1 * Sum(Sqrt(1 + Square(w))) + L2 * Dot(w, w);
    }

    private static double Loss(Vec<double> w, Vec<double> target) => Sum(Square(Tanh(w) - target));

    private static Vec<double> Fit(Vec<double> w, Vec<double> target, double lr = 0.1, Penalty? penalty = null, double? clip = null, Func<double, double>? schedule = null)
    {
        Debug.Assert(lr > 0, "a step downhill");
        penalty ??= new Penalty(0.01);
        for (var i = 0; i < 3; i++)
        {
            var g = Grad(Loss, w, target) + 2 * penalty.L2 * w;
            if (clip is { } c && Norm(g) > c) g *= c / Norm(g);
            w -= lr * (schedule?.Invoke(i) ?? 1.0) * g;
        }
        return w * (1 + 1e-3 * penalty.Of(w));
    }

    [DrJaxProgram] public static Vec<double> LeftOut(Vec<double> w, Vec<double> target) => Fit(w, target);

    [DrJaxProgram] public static Vec<double> Given(Vec<double> w, Vec<double> target, double a) => Fit(w, target, penalty: new(0.1, a / 4), clip: 1e-3, schedule: k => a / (k + 1));

    [DrJaxProgram]
    public static double Nullables(double x)
    {
        double? best = null;
        int? at = null;
        if (at is null) at = 3;
        best = best ?? x * x;
        return best.Value * at.GetValueOrDefault() + (best.HasValue ? 1 : 0) * x;
    }

    [DrJaxProgram] public static (double, float) Extensions(Mat<double> m, Vec<double> x, Vec<float> y, double a) => (x.Energy + x.Scaled(a).Energy + m.Form(x) + m.Form(m.Diagonal, x), y.Scaled(0.5f).Energy);

    private static void Statistics(Vec<double> x, out double mean, out double deviation, ref int calls)
    {
        calls++;
        mean = Mean(x);
        if (x.Length < 2)
        {
            deviation = 0;
            return;
        }
        var sum = 0.0;
        foreach (var v in x) sum += Square(v - mean);
        deviation = Sqrt(sum / (x.Length - 1));
    }

    private static bool TryNormalise(Vec<double> x, double bound, out Vec<double> result)
    {
        var norm = Norm(x);
        if (norm > bound)
        {
            result = x / norm;
            return true;
        }
        result = x;
        return false;
    }

    private static void Swap<T>(ref T a, ref T b) => (a, b) = (b, a);

    [DrJaxProgram]
    public static (Vec<double>, int) OutAndRef(Vec<double> x, double b)
    {
        var calls = 0;
        Statistics(x, out var m, out var deviation, ref calls);
        for (var i = 0; i < 3; i++)
        {
            Statistics(x * b, out m, out _, ref calls);
            if (TryNormalise(x - m, b, out var y)) x += 0.1 * y;
            else x -= 0.1 * y;
        }
        var (p, q) = (m, deviation);
        Swap(ref p, ref q);
        Twice(q, out var t);
        return (x * p + t, calls);

        void Twice(double d, out double twice) => twice = d * 2 + p;
    }

    [DrJaxProgram("clients")]
    public static double OutInMap(Placed<Vec<double>> xs, double b) => ReduceSum(Map(x =>
    {
        var calls = 0;
        Statistics(b * x, out var m, out var s, ref calls);
        return m * s + (TryNormalise(x, b, out var y) ? Sum(y) : b) + calls;
    }, xs));

    [DrJaxProgram]
    public static double SystemMath(double x, double y)
    {
        var (s, c) = Math.SinCos(x);
        return double.Hypot(x, y) + double.Lerp(x, y, 0.25) + double.DegreesToRadians(x) + double.RadiansToDegrees(y) + s * c
            + Math.FusedMultiplyAdd(x, y, x) + Math.Log(x * x + 2, y * y + 3) + double.Exp2(x) + (double.IsInfinity(x) || double.IsPositiveInfinity(y) || double.IsNegativeInfinity(y) ? 1 : y);
    }
}
