using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Published federated algorithms, as they are written.</summary>
public static class Federated
{
    private static double Loss(Vec<double> w, Vec<double> x, double y) => Square(Tanh(Dot(w, x) / w.Length) - y / 4) / 2;

    private static Vec<double> Local(Vec<double> w, double lr, Vec<double> x, double y)
    {
        for (var s = 0; s < 3; s++) w -= lr / 8 * Grad(Loss, w, x, y);
        return w;
    }

    /// <summary>A round with momentum at the server (Hsu, Qi and Brown 2019).</summary>
    [DrJaxProgram("clients")]
    public static (Vec<double> Model, Vec<double> Velocity) MomentumRound(Vec<double> w, Vec<double> v, double serverLr, double beta, Placed<Vec<double>> x, Placed<double> y)
    {
        var delta = ReduceMean(Map((x, y) => Local(w, 0.5, x, y) - w, x, y));
        var velocity = beta / 4 * v + delta;
        return (w + serverLr * velocity, velocity);
    }

    [DrJaxProgram("clients")]
    public static double LossAfterRounds(double serverLr, Vec<double> w, Placed<Vec<double>> x, Placed<double> y)
    {
        var v = 0.0 * w;
        for (var r = 0; r < 2; r++) (w, v) = MomentumRound(w, v, serverLr, 0.9, x, y);
        var model = w;
        return ReduceMean(Map((x, y) => Loss(model, x, y), x, y));
    }

    [DrJaxProgram("clients")]
    public static double DerivativeInServerLr(double serverLr, Vec<double> w, Placed<Vec<double>> x, Placed<double> y) => Grad(LossAfterRounds, serverLr, w, x, y);

    /// <summary>SCAFFOLD (Karimireddy et al. 2020), option II: control variates at the server and at every client.</summary>
    [DrJaxProgram("clients")]
    public static (Vec<double> Model, Vec<double> Control, Placed<Vec<double>> Controls) Scaffold(
        Vec<double> w, Vec<double> c, double lr, Placed<Vec<double>> ci, Placed<Vec<double>> x, Placed<double> y, Placed<bool> on)
    {
        const int Steps = 3;
        var (dw, next) = Map((ci, x, y) =>
        {
            var local = w;
            for (var s = 0; s < Steps; s++) local -= (0.5 + lr * lr) / 8 * (Grad(Loss, local, x, y) - ci + c);
            return (local - w, ci - c + (w - local) / (Steps * (0.5 + lr * lr) / 8));
        }, ci, x, y);
        var kept = Map(static (on, old, now) => on ? now : old, on, ci, next);
        var change = ReduceSum(Map(static (now, old) => now - old, kept, ci)) / kept.Count;
        return (w + ReduceSum(dw, on) / (1 + ReduceSum(Map(static on => on ? 1.0 : 0.0, on))), c + change, kept);
    }

    private static double Proximal(Vec<double> m, Vec<double> w, double mu, Vec<double> x, double y) => Loss(m, x, y) + mu / 2 * Dot(m - w, m - w);

    /// <summary>FedProx (Li et al. 2020): local steps are held near the server's model.</summary>
    [DrJaxProgram("clients")]
    public static Vec<double> FedProx(Vec<double> w, double mu, Placed<Vec<double>> x, Placed<double> y, Placed<double> n) => ReduceWeightedMean(Map((x, y) =>
    {
        var local = w;
        for (var s = 0; s < 3; s++) local -= 0.1 * Grad(Proximal, local, w, mu, x, y);
        return local;
    }, x, y), Map(static n => 1 + n * n, n));

    /// <summary>Federated analytics: how many groups' values fall into each of 8 bins of [-2, 2).</summary>
    [DrJaxProgram("clients")]
    public static Vec<double> Histogram(Placed<double> x) =>
        ReduceSum(Map(static x => Build(8, b => x >= b / 2.0 - 2 && x < (b + 1) / 2.0 - 2 ? 1.0 : 0.0), x));

    /// <summary>The q-quantile by bisection: each step asks the groups only how many lie below.</summary>
    [DrJaxProgram("clients")]
    public static double Quantile(double scale, Placed<double> x)
    {
        var (low, high) = (-2.0, 2.0);
        for (var k = 0; k < 5; k++)
        {
            var middle = (low + high) / 2;
            var below = ReduceMean(Map(x => x < middle ? 1.0 : 0.0, x));
            if (below < 0.3) low = middle;
            else high = middle;
        }
        return scale * (low + high) / 2;
    }

    /// <summary>One step of expectation maximisation for a mixture of unit Gaussians.</summary>
    [DrJaxProgram("clients")]
    public static (Mat<double> Means, Vec<double> Weights, double LogLikelihood) ExpectationMaximisation(Mat<double> means, Vec<double> logits, Placed<Vec<double>> x)
    {
        var (counts, sums, logs) = Map(x =>
        {
            var scores = LogSoftmax(logits) + Build(means.Rows, k => -0.5 / means.Columns * Sum(Square(x - means[k])));
            var r = Softmax(scores);
            return (r, Outer(r, x), LogSumExp(scores));
        }, x);
        var (total, moments) = (ReduceSum(counts), ReduceSum(sums));
        return (Build(means.Rows, means.Columns, (k, j) => moments[k, j] / total[k]), total / counts.Count, ReduceMean(logs));
    }
}
