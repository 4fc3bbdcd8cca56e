using TorchSharp;
using static TorchSharp.torch;

namespace DrJax.Benchmarks.Torch;

/// <content>The Gaussian mixture: Q x of all points and components is one product of matrices.</content>
internal sealed partial class Peers
{
    internal override Contestant Gmm(int d, int k, double[] alphas, double[] means, double[] icf, double[] x, double gamma, int m)
    {
        var (n, width) = (x.Length / d, d * (d + 1) / 2);
        Tensor[] leaves = [Leaf(alphas, k), Leaf(means, k, d), Leaf(icf, k, width)];
        var data = tensor(x, [n, d]);
        var places = tensor(Places(d, width));
        return new TorchContestant(() =>
        {
            var (a, mu, roots) = (leaves[0], leaves[1], leaves[2]);
            var (q, lower) = (roots.narrow(1, 0, d), roots.narrow(1, d, width - d));
            var entries = cat([q.exp(), lower, zeros([k, 1], dtype: ScalarType.Float64)], 1);
            var root = entries.index_select(1, places).view(k, d, d);
            var y = data.matmul(root.view(k * d, d).t()).view(n, k, d) - root.matmul(mu.unsqueeze(2)).squeeze(2);
            var t = a + q.sum(1) - 0.5 * y.square().sum(2);
            var prior = 0.5 * gamma * gamma * (q.exp().square().sum() + lower.square().sum()) - m * q.sum();
            return autograd.grad([t.logsumexp(1).sum() - n * a.logsumexp(0) + prior], leaves);
        });
    }

    /// <summary>For every element of Q the column, of e^q, the lower triangle and a zero, that it is.</summary>
    private static long[] Places(int d, int width)
    {
        var places = new long[d * d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++) places[i * d + j] = i == j ? i : i > j ? d + j * (2 * d - j - 1) / 2 + i - j - 1 : width;
        return places;
    }
}
