namespace DrJax.Benchmarks;

/// <summary>mean over rows x of (w x - 1)^2 / 2, derived by hand.</summary>
internal static class LinearRegressionPeer
{
    /// <param name="w">The model.</param>
    /// <param name="data">Rows of the model's length, one after another.</param>
    internal static float[] Gradient(ReadOnlySpan<float> w, ReadOnlySpan<float> data)
    {
        var gradient = new float[w.Length];
        for (var rest = data; rest.Length > 0; rest = rest[w.Length..])
        {
            var error = -1f;
            for (var j = 0; j < w.Length; j++) error += w[j] * rest[j];
            for (var j = 0; j < w.Length; j++) gradient[j] += error * rest[j];
        }
        var n = data.Length / w.Length;
        for (var j = 0; j < w.Length; j++) gradient[j] /= n;
        return gradient;
    }
}
