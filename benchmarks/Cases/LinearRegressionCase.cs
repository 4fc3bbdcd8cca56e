using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>The tutorial's mean squared error of a linear model over three groups: what a call costs that has hardly any work.</summary>
internal static class LinearRegressionCase
{
    internal static IBenchmark Create()
    {
        Vec<float> model = [2f, -1f];
        Placed<Vec<float>> data = [[1, 2], [3, -4], [-7, 6]];
        float[] points = [1, 2, 3, -4, -7, 6];
        return new Benchmark<Vec<float>>("linear regression, model (2), data (3, 2), float32", 1e-6,
            () => Grad(MeanLoss, model, data),
            () => Vec<float>.UnsafeWrap(LinearRegressionPeer.Gradient(model.AsSpan(), points)));
    }

    [DrJaxProgram("groups", 3)]
    internal static float MeanLoss(Vec<float> model, Placed<Vec<float>> data)
        => ReduceMean(Map(x => 0.5f * Square(Dot(model, x) - 1f), data));
}
