using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public partial record struct PreyAndPredators(double Alpha, double Beta, double Delta, double Gamma) : IVectorSpace;

/// <summary>Published algorithms, written as their users write them the first time.</summary>
public static class Algorithms
{
    private static readonly double[] C = [0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1];
    private static readonly Vec<double> B5 = [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0];
    private static readonly Vec<double> B4 = [5179.0 / 57600, 0, 7571.0 / 16695, 393.0 / 640, -92097.0 / 339200, 187.0 / 2100, 1.0 / 40];

    private static (Vec<double> Y, double Error) Step(Func<double, Vec<double>, Vec<double>> f, double t, Vec<double> y, double h)
    {
        var k1 = f(t + C[0] * h, y);
        var k2 = f(t + C[1] * h, y + h * (k1 / 5));
        var k3 = f(t + C[2] * h, y + h * (3.0 / 40 * k1 + 9.0 / 40 * k2));
        var k4 = f(t + C[3] * h, y + h * (44.0 / 45 * k1 - 56.0 / 15 * k2 + 32.0 / 9 * k3));
        var k5 = f(t + C[4] * h, y + h * (19372.0 / 6561 * k1 - 25360.0 / 2187 * k2 + 64448.0 / 6561 * k3 - 212.0 / 729 * k4));
        var k6 = f(t + C[5] * h, y + h * (9017.0 / 3168 * k1 - 355.0 / 33 * k2 + 46732.0 / 5247 * k3 + 49.0 / 176 * k4 - 5103.0 / 18656 * k5));
        var next = y + h * (B5[0] * k1 + B5[2] * k3 + B5[3] * k4 + B5[4] * k5 + B5[5] * k6);
        var k7 = f(t + C[6] * h, next);
        var fourth = y + h * (B4[0] * k1 + B4[2] * k3 + B4[3] * k4 + B4[4] * k5 + B4[5] * k6 + B4[6] * k7);
        return (next, NormMax(next - fourth));
    }

    private static Vec<double> DormandPrince(Func<double, Vec<double>, Vec<double>> f, Vec<double> y0, double t0, double t1, double tolerance = 1e-6, int maxSteps = 500)
    {
        var (t, y, h) = (t0, y0, (t1 - t0) / 10);
        var steps = 0;
        while (t < t1 && steps++ < maxSteps)
        {
            if (t + h > t1) h = t1 - t;
            var (candidate, error) = Step(f, t, y, h);
            if (error <= tolerance)
            {
                t += h;
                y = candidate;
            }
            h *= Math.Clamp(0.9 * Math.Pow(tolerance / (error + 1e-300), 0.2), 0.2, 5.0);
        }
        return y;
    }

    private static Vec<double> LotkaVolterra(PreyAndPredators p, Vec<double> z) =>
        [p.Alpha * z[0] - p.Beta * z[0] * z[1], p.Delta * z[0] * z[1] - p.Gamma * z[1]];

    /// <summary>Prey and predators by Dormand and Prince: each lake takes its own number of steps.</summary>
    [DrJaxProgram("lakes")]
    public static double OwnStarts(PreyAndPredators raw, Placed<(double Prey, double Predator)> starts)
    {
        var p = raw with { Alpha = 1.0, Beta = Exp(0.1 * raw.Beta), Gamma = 0.5 };
        var ends = Map(s =>
        {
            var z = DormandPrince((_, z) => LotkaVolterra(p with { Delta = 0.3 }, z), [Exp(0.2 * s.Prey), Exp(0.2 * s.Predator)], 0.0, 1.0, maxSteps: 40);
            return Sum(Log(z));
        }, starts);
        return ReduceMean(ends);
    }

    /// <summary>Laplace's approximation of a logistic model with random effects: Newton for each cluster, the likelihood through it.</summary>
    [DrJaxProgram("clusters")]
    public static double LaplaceGlmm(Vec<double> beta, Vec<double> logTau, Placed<(Mat<double> X, Vec<double> Y)> clusters)
    {
        var tau = Exp(0.2 * logTau[..2]);
        static double Joint(Vec<double> u, Vec<double> beta, Vec<double> tau, Mat<double> x, Vec<double> y)
        {
            var eta = MatMul(x, beta) + u[0] + u[1] * x[.., 0];
            var labels = Where(y > 0.0, 1.0, 0.0);
            return Sum(Softplus(eta) - labels * eta) + 0.5 * Sum(Square(u) / tau);
        }

        return ReduceSum(Map((x, y) =>
        {
            var u = Zeros<double>(2);
            for (var it = 0; it < 12; it++)
            {
                var g = Grad(Joint, u, beta, tau, x, y);
                var h = Hessian(Joint, u, beta, tau, x, y);
                var step = Solve(h, g);
                u -= step;
                if (NormMax(step) < 1e-14) break;
            }
            var curvature = Hessian(Joint, u, beta, tau, x, y);
            return Joint(u, beta, tau, x, y) + 0.5 * LogDet(curvature) + 0.5 * Sum(Log(tau));
        }, Map(c => c.X, clusters), Map(c => c.Y, clusters)));
    }

    /// <summary>Topics of documents: the variational step of each to a tolerance, then what is known of the topics.</summary>
    [DrJaxProgram("documents")]
    public static (Mat<double> Stats, double Bound) Lda(Mat<double> topics, double alpha0, Placed<Vec<double>> documents)
    {
        var logBeta = Rows(topics, LogSoftmax);
        var alpha = 0.5 + 0.1 * Sigmoid(alpha0);
        var (stats, bounds) = Map(words =>
        {
            var counts = Square(words);
            var k = logBeta.Rows;
            var gamma = Full(k, alpha + Sum(counts) / k);
            var phi = Zeros<double>(counts.Length, k);
            var change = double.MaxValue;
            for (var it = 0; change > 1e-13 && it < 12; it++)
            {
                var eLogTheta = Digamma(gamma) - Digamma(Sum(gamma));
                phi = Rows(Transpose(logBeta) + eLogTheta, Softmax);
                var next = alpha + MatMul(Transpose(phi), counts);
                change = Mean(Abs(next - gamma));
                gamma = next;
            }
            var bound = Sum(LogGamma(gamma)) - LogGamma(Sum(gamma)) + Dot(counts, Sum(phi * Transpose(logBeta), axis: 1));
            return (Transpose(phi) * counts, bound);
        }, documents);
        return (ReduceSum(stats), ReduceMean(bounds));
    }

    /// <summary>The soft edit distance between strings of symbols, with learned costs.</summary>
    [DrJaxProgram("pairs")]
    public static double EditDistance(Mat<double> substitution, double gap, Placed<(Vec<int> A, Vec<int> B)> strings)
    {
        var g = Softplus(gap);
        static double SoftMin(double a, double b, double c) => -LogSumExp([-a, -b, -c]);
        return ReduceMean(Map(pair =>
        {
            var (a, b) = pair;
            var row = Build(b.Length + 1, j => j * g);
            for (var i = 1; i <= a.Length; i++)
            {
                var above = row;
                row = row.With(0, i * g);
                for (var j = 1; j <= b.Length; j++)
                {
                    var cost = a[i - 1] == b[j - 1] ? 0 : Softplus(substitution[a[i - 1], b[j - 1]]);
                    row = row.With(j, SoftMin(above[j] + g, row[j - 1] + g, above[j - 1] + cost));
                }
            }
            return row[^1];
        }, strings));
    }

    /// <summary>Rounds over regions of clients: local steps inside, momentum outside.</summary>
    [DrJaxProgram("regions", "clients")]
    public static (Vec<double> Model, double Loss) HierarchicalRounds(Vec<double> w, double rate, Placed<(double Weight, Placed<(Mat<double> X, Vec<double> Y)> Clients)> regions)
    {
        static double Loss(Vec<double> w, Mat<double> x, Vec<double> y) => 0.5 * Mean(Square(MatMul(x, w) - y));
        var (model, velocity, last) = (w, 0.0 * w, 0.0);
        for (var round = 0; round < 2; round++)
        {
            var (deltas, losses) = Map(region =>
            {
                var local = model;
                for (var inner = 0; inner < 2; inner++)
                {
                    var updates = Map(c => Grad(Loss, local, c.X, c.Y), region.Clients);
                    local -= 0.1 * Sigmoid(rate) * ReduceMean(updates);
                }
                return (local - model, ReduceMean(Map(c => Loss(local, c.X, c.Y), region.Clients)));
            }, regions);
            var weights = Map(r => Square(r.Weight) + 0.1, regions);
            velocity = 0.9 * velocity + ReduceWeightedMean(deltas, weights);
            model += velocity;
            last = ReduceMax(losses);
        }
        return (model, last);
    }

    private static double Root(double a, double b)
    {
        var x = 1.0;
        double f;
        do
        {
            f = x * x * x + (1 + a * a) * x - b;
            x -= f / (3 * x * x + 1 + a * a);
        } while (Abs(f) > 1e-15);
        return x;
    }

    /// <summary>A root by Newton, and the curvature of what is computed of it.</summary>
    [DrJaxProgram("g")]
    public static (double, double) ImplicitCurvature(double a, Placed<double> b)
    {
        static double Energy(double a, Placed<double> b) => ReduceSum(Map(y => Square(Root(a, y)) * Exp(0.1 * a), b));
        var (value, slope) = ValueAndGrad(Energy, a, b);
        var curvature = Hvp(Energy, a, 1.0, b);
        return (value - slope / (1 + curvature * curvature), curvature);
    }

    /// <summary>Spins of a lattice redrawn one after the other: the state is a matrix of flags.</summary>
    [DrJaxProgram("chains")]
    public static double GibbsIsing(double coupling, double field, Placed<(Key Key, Mat<bool> Start)> chains) => ReduceMean(Map(chain =>
    {
        var spins = chain.Start;
        var (n, m) = (spins.Rows, spins.Columns);
        var logProbability = 0.0;
        for (var sweep = 0; sweep < 2; sweep++)
            for (var i = 0; i < n; i++)
                for (var j = 0; j < m; j++)
                {
                    var neighbours = 0;
                    if (i > 0) neighbours += spins[i - 1, j] ? 1 : -1;
                    if (i < n - 1) neighbours += spins[i + 1, j] ? 1 : -1;
                    if (j > 0) neighbours += spins[i, j - 1] ? 1 : -1;
                    if (j < m - 1) neighbours += spins[i, j + 1] ? 1 : -1;
                    var p = Sigmoid(0.4 * coupling * neighbours + 0.2 * field);
                    var up = Rng.Bernoulli(Rng.FoldIn(chain.Key, (sweep * n + i) * m + j), StopGradient(p) * 0 + 0.5);
                    spins = spins.With(i, j, up);
                    logProbability += Log(up ? p : 1 - p);
                }
        return logProbability / (n * m);
    }, chains));
}
