using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>The tutorial's mean squared error of a linear model over three groups: what a call costs that has hardly any work.</summary>
internal static class LinearRegressionCase
{
    internal static readonly Entry Entry = new("linear regression, model (2), data (3, 2), float32", () =>
    {
        float[] w = [2, -1], x = [1, 2, 3, -4, -7, 6];
        return Create(new(w), w, Placed.Rows(new Mat<float>(x, 3, 2)), x);
    });

    internal static Case Create(Vec<float> model, float[] w, Placed<Vec<float>> data, float[] x)
    {
        var dw = new float[w.Length];
        var terms = x.Length;
        return new(new Contestant<Vec<float>>(Tables.DrJax, () => Grad(MeanLoss, model, data)), new(Flops: 4.0 * terms, Bytes: 4.0 * terms, Single: true))
        {
            Objective = new Contestant<float>("objective", () => MeanLoss(model, data)),
            // Sums of few float32 numbers, taken in another order.
            Tolerance = 1e-5,
            Peers = NativePeers.Peer(() =>
            {
                NativePeers.LinearRegression(w.Length, x.Length / w.Length, w, x, dw);
                return Vec<float>.UnsafeWrap(dw);
            }),
        };
    }

    [DrJaxProgram("groups")]
    internal static float MeanLoss(Vec<float> model, Placed<Vec<float>> data)
        => ReduceMean(Map(x => 0.5f * Square(Dot(model, x) - 1f), data));
}
