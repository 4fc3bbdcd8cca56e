using TorchSharp;
using static TorchSharp.torch;

namespace DrJax.Benchmarks.Torch;

/// <summary>The cases on whole tensors, the groups being one more axis, as one writes them for speed: few large operations.</summary>
internal sealed partial class Peers : TorchPeers
{
    internal Peers() => set_num_threads(1);

    internal override Contestant LinearRegression(float[] w, float[] x)
    {
        var (model, data) = (Leaf(w, w.Length), tensor(x, [x.Length / w.Length, w.Length]));
        return new TorchContestant(() => autograd.grad([0.5f * (data.matmul(model) - 1f).square().mean()], [model]));
    }

    internal override Contestant Option(double[] market, double strike, double[] z)
    {
        var leaves = market.Select(value => Leaf([value])).ToArray();
        var normal = tensor(z);
        return new TorchContestant(() =>
        {
            var (s, sigma, r, t) = (leaves[0], leaves[1], leaves[2], leaves[3]);
            var end = s * ((r - sigma * sigma / 2) * t + sigma * t.sqrt() * normal).exp();
            return autograd.grad([(-r * t).exp() * (end - strike).relu().mean()], leaves);
        });
    }

    internal override Contestant Mlp(
        int inputs, int hidden, int outputs, float[] w1, float[] b1, float[] w2, float[] b2, float[] x, int[] labels)
    {
        Tensor[] leaves = [Leaf(w1, inputs, hidden), Leaf(b1, hidden), Leaf(w2, hidden, outputs), Leaf(b2, outputs)];
        var (data, classes) = (tensor(x, [labels.Length, inputs]), tensor(Array.ConvertAll(labels, label => (long)label)));
        return new TorchContestant(() =>
        {
            var h = (data.matmul(leaves[0]) + leaves[1]).relu();
            return autograd.grad([nn.functional.cross_entropy(h.matmul(leaves[2]) + leaves[3], classes)], leaves);
        });
    }

    private static Tensor Leaf(float[] values, params long[] shape) => tensor(values, shape).requires_grad_();

    private static Tensor Leaf(double[] values, params long[] shape) => (shape is [] ? tensor(values[0]) : tensor(values, shape)).requires_grad_();
}
