using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>A mixture of k Gaussians in d dimensions: log weights (k), means (k, d), and for each inverse covariance's root Q the
/// logarithms of its diagonal, then its strictly lower triangle column by column (k, d (d + 1) / 2).</summary>
internal readonly record struct Mixture(Vec<double> Alphas, Mat<double> Means, Mat<double> Icf) : IVectorSpace;

/// <summary>The log posterior of a Gaussian mixture with a Wishart prior (ADBench's GMM); the points are the placement.</summary>
internal static class GmmCase
{
    internal static IBenchmark Create(int points, int d, int k)
    {
        var random = new RandomArrays(1);
        var alphas = random.Uniform<double>(k, 1);
        var means = random.Uniform<double>(k * d, 1);
        var icf = random.Uniform<double>(k * d * (d + 1) / 2, 1);
        var x = random.Uniform<double>(points * d, 1);
        var mixture = new Mixture(new(alphas), new(means, k, d), new(icf, k, icf.Length / k));
        var placed = Placed.Rows(new Mat<double>(x, points, d));
        var peer = new GmmPeer(d, k);
        return new Benchmark<Mixture>($"GMM, {points} points, d = {d}, K = {k}, float64", 1e-10,
            () => Grad(LogPosterior, mixture, placed, d, points, 1.0, 0),
            () => peer.Gradient(alphas, means, icf, x, 1.0, 0));
    }

    [DrJaxProgram("points")]
    internal static double LogPosterior(Mixture p, Placed<Vec<double>> x, int d, int n, double gamma, int m)
        => -0.5 * n * d * Log(2 * Math.PI) + ReduceSum(Map(x => LogDensity(p, x), x)) - n * LogSumExp(p.Alphas) + Prior(p, d, gamma, m);

    private static Mat<double> Root(Vec<double> icf, int d)
        => Build(d, d, (i, j) => i == j ? Exp(icf[i]) : i > j ? icf[d + j * (2 * d - j - 1) / 2 + i - j - 1] : 0);

    private static double LogDensity(Mixture p, Vec<double> x)
    {
        var d = x.Length;
        return LogSumExp(Build(p.Alphas.Length, k =>
            p.Alphas[k] + Sum(p.Icf[k][..d]) - 0.5 * Sum(Square(MatMul(Root(p.Icf[k], d), x - p.Means[k])))));
    }

    private static double Prior(Mixture p, int d, double gamma, int m)
    {
        var n = d + m + 1;
        var logGamma = 0.25 * d * (d - 1) * Log(Math.PI) + Sum(d, j => LogGamma(0.5 * n - 0.5 * j));
        var c = n * d * (Log(gamma) - 0.5 * Log(2.0)) - logGamma;
        return Sum(p.Alphas.Length, k =>
            0.5 * gamma * gamma * (Sum(Exp(2 * p.Icf[k][..d])) + Sum(Square(p.Icf[k][d..]))) - m * Sum(p.Icf[k][..d]) - c);
    }
}
