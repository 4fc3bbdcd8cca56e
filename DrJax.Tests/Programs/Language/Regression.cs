using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public enum Family { Gaussian, Poisson, Binomial, Gamma }

/// <summary>Regression: generalised linear, ordinal, robust, by Gaussian processes.</summary>
public static class Glm
{
    public static (double Mean, double Variance) Link(Family family, double eta) => family switch
    {
        Family.Gaussian => (eta, 1),
        Family.Poisson => (Math.Exp(eta), Math.Exp(eta)),
        Family.Binomial => (1 / (1 + Math.Exp(-eta)), Sigmoid(eta) * (1 - Sigmoid(eta))),
        _ => (1 / eta, 1 / (eta * eta)),
    };

    // IRLS
    private static Vec<double> Irls(Mat<double> x, Vec<double> y, Family family, int iterations = 3, double ridge = 1.0)
    {
        var p = x.Columns;
        var beta = Zeros<double>(p);
        for (var it = 0; it < iterations; it++)
        {
            var eta = MatMul(x, beta) / p;
            var mean = Build(eta.Length, i => Link(family, eta[i]).Mean);
            var w = Build(eta.Length, i => Link(family, eta[i]).Variance);
            var gradient = MatMul(Transpose(x), y - mean) / p - ridge * beta;
            var hessian = MatMul(Transpose(x), Build(x.Rows, p, (i, j) => w[i] * x[i, j])) / (p * p) + ridge * Diag(Ones<double>(p));
            beta += Solve(hessian, gradient);
        }
        return beta;
    }

    [DrJaxProgram] public static Vec<double> Logistic(Mat<double> x, Vec<double> y) => Irls(x, Sigmoid(y), Family.Binomial);
    [DrJaxProgram] public static Vec<double> Poisson(Mat<double> x, Vec<double> y) => Irls(x, Square(y), Family.Poisson, iterations: 2);
    // Ordinal regression (proportional odds)
    private static double OrdinalNll(Vec<double> w, Vec<double> rawCuts, Mat<double> x, Vec<int> y)
    {
        var k = rawCuts.Length + 1;
        var cuts = CumSum(Concat(rawCuts[..1], Softplus(rawCuts[1..])));
        double Cdf(double eta, int level) => level < 0 ? 0.0 : level >= k - 1 ? 1.0 : Sigmoid(cuts[level] - eta);
        var nll = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var eta = Dot(x[i], w) / w.Length;
            var p = Cdf(eta, y[i]) - Cdf(eta, y[i] - 1);
            nll -= Log(Max(p, 1e-12));
        }
        return nll / y.Length;
    }

    [DrJaxProgram]
    public static double Ordinal(Vec<double> w, Vec<double> cuts, Mat<double> x, Vec<int> y) => OrdinalNll(w, cuts, x, y);

    // quantile (pinball) loss by subgradient + Huber by pattern matching
    private static double Pinball(double u, double tau) => u switch
    {
        >= 0 => tau * u,
        _ => (tau - 1) * u,
    };

    private static double HuberLoss(double r, double delta) => Math.Abs(r) is var a && a <= delta ? 0.5 * r * r : delta * (Math.Abs(r) - 0.5 * delta);

    [DrJaxProgram("clients")]
    public static (double, double) RobustLosses(Vec<double> w, Placed<Vec<double>> x, Placed<double> y)
    {
        var r = Map((x, y) => y - Dot(w, x) / w.Length, x, y);
        return (ReduceMean(Map(r => Pinball(r, 0.9), r)), ReduceMean(Map(r => HuberLoss(r, delta: 0.75), r)));
    }

    // Gaussian process with an ARD kernel
    private static Mat<double> Ard(Mat<double> a, Mat<double> b, Vec<double> logLengths, double logAmplitude)
    {
        var inv = Exp(-logLengths);
        return Build(a.Rows, b.Rows, (i, j) => Exp(2 * logAmplitude - 0.5 * Sum(Square((a[i] - b[j]) * inv)) / inv.Length));
    }

    [DrJaxProgram]
    public static (double Evidence, Vec<double> Mean) GpRegression(Mat<double> x, Vec<double> y, Mat<double> test, Vec<double> logLengths, (double Amplitude, double Noise) hyper)
    {
        var n = x.Rows;
        var k = Ard(x, x, logLengths / 4, hyper.Amplitude / 4) + Exp(hyper.Noise / 4) * Diag(Ones<double>(n));
        var l = Cholesky(k);
        var alpha = CholeskySolve(l, y);
        var evidence = -0.5 * Dot(y, alpha) - Sum(Log(Diag(l))) - 0.5 * n * Math.Log(2 * Math.PI);
        return (evidence / n, MatMul(Ard(test, x, logLengths / 4, hyper.Amplitude / 4), alpha));
    }
}
