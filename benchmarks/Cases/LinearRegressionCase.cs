using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>The tutorial's mean squared error of a linear model over three groups: what a call costs that has hardly any work.</summary>
internal static class LinearRegressionCase
{
    internal static readonly Entry Tutorial = new("linear regression, model (2), data (3, 2), float32", () => Create([2, -1], [1, 2, 3, -4, -7, 6]), 3);

    internal static Entry Entry(int groups) => new(
        $"linear regression, model (2), data ({groups:N0}, 2), float32", () => Create([2, -1], new RandomArrays(1).Uniform<float>(2 * groups, 1)), groups);

    /// <param name="w">The model.</param>
    /// <param name="x">The groups' rows, as long as the model.</param>
    private static Case Create(float[] w, float[] x)
    {
        var (model, data) = (new Vec<float>(w), Placed.Rows(new Mat<float>(x, x.Length / w.Length, w.Length)));
        var dw = new float[w.Length];
        return new(new Contestant<Vec<float>>(Tables.DrJax, () => Grad(MeanLoss, model, data)), new(Flops: 4.0 * x.Length, Bytes: 4.0 * x.Length, Single: true))
        {
            Objective = new Contestant<float>("objective", () => MeanLoss(model, data)),
            // Sums of few float32 numbers, taken in another order.
            Tolerance = 1e-5,
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.LinearRegression(w.Length, x.Length / w.Length, w, x, dw);
                    return Vec<float>.UnsafeWrap(dw);
                }),
                .. TorchPeers.Peer(torch => torch.LinearRegression(w, x)),
            ],
        };
    }

    [DrJaxProgram("groups")]
    internal static float MeanLoss(Vec<float> model, Placed<Vec<float>> data)
        => ReduceMean(Map(x => 0.5f * Square(Dot(model, x) - 1f), data));
}
