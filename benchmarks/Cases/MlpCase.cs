using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

internal readonly record struct Network(Mat<float> W1, Vec<float> B1, Mat<float> W2, Vec<float> B2) : IVectorSpace;

/// <summary>Mean cross entropy of a network with one hidden layer over groups of images.</summary>
internal static class MlpCase
{
    private const int Inputs = 784, Hidden = 128, Outputs = 10;

    internal static Entry Entry(int groups, int rows) =>
        new($"MLP {Inputs}-{Hidden}-{Outputs}, {groups:N0} groups x {rows}, float32", () => Create(groups, rows), groups);

    internal static Case Create(int groups, int rows)
    {
        var random = new RandomArrays(1);
        var w1 = random.Uniform<float>(Inputs * Hidden, 0.06);
        var b1 = random.Uniform<float>(Hidden, 0.1);
        var w2 = random.Uniform<float>(Hidden * Outputs, 0.15);
        var b2 = random.Uniform<float>(Outputs, 0.1);
        var total = groups * rows;
        var images = random.Uniform<float>(total * Inputs, 1);
        var labels = random.Integers(total, Outputs);
        var network = new Network(new(w1, Inputs, Hidden), new(b1), new(w2, Hidden, Outputs), new(b2));
        var x = Placed.Rows(Tensor3<float>.UnsafeWrap(images, groups, rows, Inputs));
        var y = Placed.Rows(new Mat<int>(labels, groups, rows));
        var (dw1, db1, dw2, db2) = (new float[w1.Length], new float[Hidden], new float[w2.Length], new float[Outputs]);
        // Products: x W1, h W2, h' dz, dz W2', x' dh.
        var flops = 2.0 * total * (2 * Inputs * Hidden + 3 * Hidden * Outputs);
        return new(new Contestant<Network>(Tables.DrJax, () => Grad(MeanLoss, network, x, y)), new(flops, 4.0 * (images.Length + 2 * w1.Length), Single: true))
        {
            Objective = new Contestant<float>("objective", () => MeanLoss(network, x, y)),
            // Sums of as many products as there are rows, in float32, taken in another order.
            Tolerance = 2e-5,
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.Mlp(Inputs, Hidden, Outputs, total, w1, b1, w2, b2, images, labels, dw1, db1, dw2, db2);
                    return new Network(Mat<float>.UnsafeWrap(dw1, Inputs, Hidden), Vec<float>.UnsafeWrap(db1),
                        Mat<float>.UnsafeWrap(dw2, Hidden, Outputs), Vec<float>.UnsafeWrap(db2));
                }),
                .. TorchPeers.Peer(torch => torch.Mlp(Inputs, Hidden, Outputs, w1, b1, w2, b2, images, labels)),
            ],
        };
    }

    [DrJaxProgram("groups")]
    internal static float MeanLoss(Network network, Placed<Mat<float>> x, Placed<Vec<int>> y)
        => ReduceMean(Map((x, y) => Loss(network, x, y), x, y));

    private static float Loss(Network m, Mat<float> x, Vec<int> y)
    {
        var logp = Rows(MatMul(Relu(MatMul(x, m.W1) + m.B1), m.W2) + m.B2, LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }
}
