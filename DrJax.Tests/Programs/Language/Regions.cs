using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Placements in placements: regions of clients.</summary>
public static class Regions
{
    [DrJaxProgram("clients")]
    public static double ClientLoss(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Square(Sin(Dot(w, x)) - 0.5), x));

    [DrJaxProgram("regions")]
    public static double RegionLoss(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceMean(Map(region => Exp(ClientLoss(w, region)), x));

    [DrJaxProgram("regions", "clients")]
    public static (double, Placed<double>) Directly(Vec<double> w, Placed<Placed<Vec<double>>> x)
    {
        var spread = Map(region =>
        {
            var mean = ReduceMean(region);
            return ReduceMax(Map(x => Dot(w, x - mean), region)) + Sum(w) / region.Count;
        }, x);
        return (ReduceSum(spread), spread);
    }

    [DrJaxProgram("regions", "clients")]
    public static Placed<Placed<Vec<double>>> Centred(Vec<double> w, Placed<Placed<Vec<double>>> x)
    {
        var mean = ReduceMean(Map(region => ReduceMean(region), x));
        return Map(region => Map(x => (x - mean) * w, region), x);
    }

    [DrJaxProgram("regions", "clients")]
    public static (Placed<Placed<double>>, Placed<Vec<double>>, Vec<double>) SeveralLevels(Vec<double> w, Placed<(Placed<Vec<double>> X, double Bias)> region)
    {
        var (scores, means) = Map(r => (Map(x => Dot(w, x) + 1, r.X), ReduceMean(r.X) * r.Bias), region);
        return (scores, means, ReduceMean(means));
    }

    [DrJaxProgram("regions", "clients")]
    public static Placed<Vec<double>> ReducedOverRegions(Placed<Placed<Vec<double>>> x, double a) =>
        Map(region => ReduceSum(Map(x => Sin(a * x), region)), x);

    [DrJaxProgram("regions", "clients")]
    public static double InnerGradient(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceMean(Map(region =>
    {
        var local = w - 0.1 * Grad(ClientLoss, w, region);
        return ClientLoss(local, region);
    }, x));

    [DrJaxProgram("clients")]
    public static Vec<double> LocalRound(Vec<double> w, double lr, Placed<Vec<double>> x)
    {
        for (var r = 0; r < 2; r++) w -= lr / 8 * Grad(ClientLoss, w, x);
        return w;
    }

    [DrJaxProgram("regions")]
    public static Vec<double> HierarchicalRounds(Vec<double> w, double lr, Placed<Placed<Vec<double>>> x)
    {
        for (var r = 0; r < 2; r++)
        {
            var start = w;
            w = ReduceMean(Map(region => LocalRound(start, lr, region), x));
        }
        return w;
    }

    [DrJaxProgram("regions")]
    public static Vec<double> OuterGradient(Vec<double> w, Placed<Placed<Vec<double>>> x) => Grad(RegionLoss, w, x);

    [DrJaxProgram("regions", "clients")]
    public static (double, Placed<Mat<double>>) InnerReductions(Placed<Placed<double>> x, double t)
    {
        var products = Map(region => Reduce(static (a, b) => a * Cos(b), region), x);
        var grids = Map(region => Outer(Collect(region), Collect(region)) * t, x);
        return (ReduceSum(products), grids);
    }

    [DrJaxProgram("regions", "clients")]
    public static double InnerParticipants(Vec<double> w, Placed<(Placed<Vec<double>> X, Placed<bool> On)> region) =>
        ReduceSum(Map(r => ReduceSum(Map(x => Sin(Dot(w, x)), r.X), r.On), region));

    [DrJaxProgram("regions", "clients")]
    public static double BroadcastInside(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceMean(Map(region =>
    {
        var mean = ReduceMean(region);
        return ReduceSum(Map(static (m, x) => Sin(Dot(m, x)), Broadcast(mean * w), region));
    }, x));

    [DrJaxProgram("regions", "clients")]
    public static float Singles(float a, Placed<Placed<Vec<float>>> x) =>
        ReduceMean(Map(region => Sqrt(1f + ReduceMean(Map(x => Square(Dot(x, x) * a / 8f), region))), x));

    [DrJaxProgram("continents", "regions", "clients")]
    public static double ThreeLevels(double a, Placed<Placed<Placed<double>>> x) =>
        ReduceMean(Map(c => ReduceMax(Map(r => Exp(ReduceSum(Map(x => Sin(a * x), r)) / 9), c)), x));
}
