using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

internal readonly record struct Network(Mat<float> W1, Vec<float> B1, Mat<float> W2, Vec<float> B2) : IVectorSpace;

/// <summary>Mean cross entropy of a network with one hidden layer over groups of images.</summary>
internal static class MlpCase
{
    private const int Inputs = 784, Hidden = 128, Outputs = 10;

    internal static IBenchmark Create(int groups, int rows)
    {
        var random = new RandomArrays(1);
        var w1 = random.Uniform<float>(Inputs * Hidden, 0.06);
        var b1 = random.Uniform<float>(Hidden, 0.1);
        var w2 = random.Uniform<float>(Hidden * Outputs, 0.15);
        var b2 = random.Uniform<float>(Outputs, 0.1);
        var images = random.Uniform<float>(groups * rows * Inputs, 1);
        var labels = random.Integers(groups * rows, Outputs);
        var network = new Network(new(w1, Inputs, Hidden), new(b1), new(w2, Hidden, Outputs), new(b2));
        var x = Placed.Rows(new Tensor3<float>(images, groups, rows, Inputs));
        var y = Placed.Rows(new Mat<int>(labels, groups, rows));
        var peer = new MlpPeer(Inputs, Hidden, Outputs, rows);
        // 2e-5: sums of 2048 products in float32, taken in another order.
        return new Benchmark<Network>($"MLP {Inputs}-{Hidden}-{Outputs}, {groups} groups x {rows} rows, float32", 2e-5,
            () => Grad(MeanLoss, network, x, y),
            () => peer.Gradient(w1, b1, w2, b2, images, labels));
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
