using TorchSharp;
using static TorchSharp.torch;

namespace DrJax.Benchmarks.Torch;

/// <content>The LSTM, step by step.</content>
internal sealed partial class Peers
{
    internal override Contestant Lstm(int l, int steps, int b, double[] main, double[] extra, double[] state, double[] sequence)
    {
        Tensor[] leaves = [Leaf(main, l, 8, b), Leaf(extra, 3, b)];
        var (states, items) = (tensor(state, [l, 2, b]), tensor(sequence, [steps, b]));
        return new TorchContestant(() =>
        {
            var weights = leaves[0].unbind(0).Select(layer => layer.unbind(0)).ToArray();
            var ends = leaves[1].unbind(0);
            var h = Enumerable.Range(0, l).Select(k => states[k, 0]).ToArray();
            var c = Enumerable.Range(0, l).Select(k => states[k, 1]).ToArray();
            var outputs = new Tensor[steps - 1];
            for (var t = 0; t < steps - 1; t++)
            {
                var x = items[t] * ends[0];
                for (var k = 0; k < l; k++)
                {
                    var w = weights[k];
                    var (f, i) = ((x * w[0] + w[4]).sigmoid(), (h[k] * w[1] + w[5]).sigmoid());
                    var (o, change) = ((x * w[2] + w[6]).sigmoid(), (h[k] * w[3] + w[7]).tanh());
                    c[k] = c[k] * f + i * change;
                    x = h[k] = o * c[k].tanh();
                }
                outputs[t] = x;
            }
            var y = stack(outputs) * ends[1] + ends[2];
            var normalised = y - (2 + y.exp().sum(1, keepdim: true)).log();
            return autograd.grad([-(items.narrow(0, 1, steps - 1) * normalised).mean()], leaves);
        });
    }
}
