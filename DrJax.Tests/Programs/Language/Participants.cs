using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Reductions over the groups that take part.</summary>
public static class Participants
{
    [DrJaxProgram("clients")]
    public static (double, Vec<double>) Sums(Vec<double> w, Placed<Vec<double>> x, Placed<bool> on) =>
        (ReduceSum(Map(x => Sin(Dot(w, x)), x), on), ReduceSum(x, on));

    [DrJaxProgram("clients")]
    public static (double, Vec<double>) Means(Vec<double> w, Placed<Vec<double>> x, Placed<bool> on) =>
        ReduceMean(Map(x => (Square(Dot(w, x)), x * w), x), Map(static (x, on) => on || x[0] < 1.5, x, on));

    [DrJaxProgram("clients")]
    public static Vec<double> WeightedMeans(Vec<double> w, Placed<Vec<double>> x, Placed<double> n, Placed<bool> on) =>
        ReduceWeightedMean(Map(x => Tanh(w * x), x), Map(static n => 1 + n * n, n), on);

    [DrJaxProgram("clients")]
    public static (double, double) Extrema(double a, Placed<double> x, Placed<bool> on)
    {
        var y = Map(x => Exp(a * x), x);
        return (ReduceMax(y, Map(static (x, on) => on || x > -2, x, on)), ReduceMin(y, Map(static (x, on) => on || x < 2, x, on)));
    }

    [DrJaxProgram("clients")]
    public static double Chosen(double t, Placed<double> x) =>
        ReduceSum(Map(x => Sqrt(x - t), x), Map(x => x > t, x)) / (1 + ReduceSum(Map(x => x > t ? 1.0 : 0.0, x)));

    [DrJaxProgram("clients")]
    public static Vec<double> GradientOfSum(Vec<double> w, Placed<Vec<double>> x, Placed<bool> on) =>
        Grad(static (w, x, on) => Square(ReduceSum(Map(x => Sin(Dot(w, x)), x), on)), w, x, on);

    [DrJaxProgram("clients")]
    public static float Singles(float t, Placed<float> x, Placed<bool> on) => ReduceSum(Map(x => x * t * t, x), on);
}
