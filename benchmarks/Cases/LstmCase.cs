using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>Main (layers, 8, b): the weights of the forget, input, output and change gates, then their biases. Extra (3, b): input weight, output
/// weight, output bias.</summary>
internal readonly record struct LstmWeights(Tensor3<double> Main, Mat<double> Extra) : IVectorSpace;

/// <summary>The loss of a diagonal LSTM that predicts a sequence's next item (ADBench's LSTM), through all steps.</summary>
internal static class LstmCase
{
    private const int Width = 14, Steps = 1024;

    internal static Entry Entry(int layers) => new($"LSTM, l = {layers}, c = {Steps}, b = {Width}, float64", () => Create(layers, Steps, Width));

    internal static Case Create(int l, int steps, int b)
    {
        var random = new RandomArrays(1);
        var main = random.Uniform<double>(l * 8 * b, 1);
        var extra = random.Uniform<double>(3 * b, 1);
        var state = random.Uniform<double>(l * 2 * b, 1);
        var sequence = Array.ConvertAll(random.Integers(steps * b, 2), bit => (double)bit);
        var weights = new LstmWeights(new(main, l, 8, b), new(extra, 3, b));
        var (states, items) = (new Tensor3<double>(state, l, 2, b), new Mat<double>(sequence, steps, b));
        var (dMain, dExtra) = (new double[main.Length], new double[extra.Length]);
        // A cell: three sigmoids and two hyperbolic tangents forward, about 60 more both ways; an output: an exponential and about 20.
        var flops = (steps - 1.0) * b * (l * (5 * (Work.Transcendental + 6) + 60) + Work.Transcendental + 20);
        return new(new Contestant<LstmWeights>(Tables.DrJax, () => Grad(Loss, weights, states, items)), new(flops, 8.0 * (sequence.Length + 2 * main.Length)))
        {
            Objective = new Contestant<double>("objective", () => Loss(weights, states, items)),
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.Lstm(l, steps, b, main, extra, state, sequence, dMain, dExtra);
                    return new LstmWeights(Tensor3<double>.UnsafeWrap(dMain, l, 8, b), Mat<double>.UnsafeWrap(dExtra, 3, b));
                }),
                .. TorchPeers.Peer(torch => torch.Lstm(l, steps, b, main, extra, state, sequence)),
            ],
        };
    }

    [DrJaxProgram]
    internal static double Loss(LstmWeights weights, Tensor3<double> state, Mat<double> sequence)
    {
        var (main, extra) = weights;
        var h = Build(state.Length, l => state[l, 0]);
        var c = Build(state.Length, l => state[l, 1]);
        var total = 0.0;
        for (var t = 0; t < sequence.Length - 1; t++)
        {
            var x = sequence[t] * extra[0];
            for (var l = 0; l < main.Length; l++)
            {
                var w = main[l];
                var forget = Sigmoid(x * w[0] + w[4]);
                var input = Sigmoid(h[l] * w[1] + w[5]);
                var output = Sigmoid(x * w[2] + w[6]);
                var change = Tanh(h[l] * w[3] + w[7]);
                var cell = c[l] * forget + input * change;
                x = output * Tanh(cell);
                h = h.With(l, x);
                c = c.With(l, cell);
            }
            var y = x * extra[1] + extra[2];
            total += Dot(sequence[t + 1], y - Log(2 + Sum(Exp(y))));
        }
        return -total / ((sequence.Length - 1) * sequence.Columns);
    }
}
