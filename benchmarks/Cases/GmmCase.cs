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
    private const double Gamma = 1;
    private const int M = 0;

    internal static Entry Entry(int points, int d, int k, bool peaked = false) =>
        new($"GMM, {points:N0} points, d = {d}, K = {k}{(peaked ? ", peaked" : "")}, float64", () => Create(points, d, k, peaked), points);

    /// <param name="points">The number of groups.</param>
    /// <param name="d">Dimensions.</param>
    /// <param name="k">Components.</param>
    /// <param name="peaked">Whether components are so narrow that the weights of most are subnormal or zero.</param>
    internal static Case Create(int points, int d, int k, bool peaked = false)
    {
        var random = new RandomArrays(1);
        var alphas = random.Uniform<double>(k, 1);
        var means = random.Uniform<double>(k * d, 1);
        var icf = random.Uniform<double>(k * d * (d + 1) / 2, 1);
        var x = random.Uniform<double>(points * d, 1);
        if (peaked) Narrow(icf, d, k);
        var mixture = new Mixture(new(alphas), new(means, k, d), new(icf, k, icf.Length / k));
        var placed = Placed.Rows(new Mat<double>(x, points, d));
        var (da, dm, di) = (new double[k], new double[k * d], new double[icf.Length]);
        // For a point and a component: the triangle of Q and that of its gradient, one multiply-add an element each; then x - mean, y y', r y and
        // its sum; the softmax's exponential and a few more.
        var flops = (double)points * k * (2.0 * d * (d + 1) + 5.0 * d + Work.Transcendental + 8);
        return new(new Contestant<Mixture>(Tables.DrJax, () => Grad(LogPosterior, mixture, placed, d, points, Gamma, M)),
            new(flops, 8.0 * (x.Length + 2 * (icf.Length + means.Length + k))))
        {
            Objective = new Contestant<double>("objective", () => LogPosterior(mixture, placed, d, points, Gamma, M)),
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.Gmm(d, k, points, alphas, means, icf, x, Gamma, M, da, dm, di);
                    return new Mixture(Vec<double>.UnsafeWrap(da), Mat<double>.UnsafeWrap(dm, k, d), Mat<double>.UnsafeWrap(di, k, di.Length / k));
                }),
                .. TorchPeers.Peer(torch => torch.Gmm(d, k, alphas, means, icf, x, Gamma, M)),
            ],
        };
    }

    /// <summary>Scales every Q so that the logarithms of a point's weights spread over about 0 to -1500.</summary>
    private static void Narrow(double[] icf, int d, int k)
    {
        // |Q (x - mean)|^2 of entries and coordinates in (-1, 1) is about d^2 / 9 + d times the scale's square.
        var scale = Math.Sqrt(1500 / (d * d / 9.0 + d));
        for (var c = 0; c < k; c++)
        {
            var row = icf.AsSpan(c * (icf.Length / k), icf.Length / k);
            foreach (ref var q in row[..d]) q += Math.Log(scale);
            foreach (ref var lower in row[d..]) lower *= scale;
        }
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
