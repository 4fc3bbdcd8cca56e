namespace DrJax.Benchmarks;

/// <summary>The gradient of a Gaussian mixture's log posterior, derived by hand. For a point, y = Q (x - mean) of every component is kept
/// for the way back; Q' (sum of r y) is taken once for each component, after the points.</summary>
internal sealed class GmmPeer(int d, int k)
{
    private readonly int _width = d * (d + 1) / 2;
    private readonly double[] _diagonal = new double[k * d], _constant = new double[k], _weights = new double[k];
    private readonly double[] _centred = new double[k * d], _y = new double[k * d], _sumY = new double[k * d];

    /// <param name="alphas">k.</param>
    /// <param name="means">k x d.</param>
    /// <param name="icf">k rows: d logarithms of the diagonal of Q, then its strictly lower triangle column by column.</param>
    /// <param name="x">Points of d coordinates.</param>
    /// <param name="gamma">The Wishart prior's scale.</param>
    /// <param name="m">The Wishart prior's degrees of freedom beyond d + 1.</param>
    internal Mixture Gradient(double[] alphas, double[] means, double[] icf, double[] x, double gamma, int m)
    {
        var (dAlphas, dMeans, dIcf) = (new double[k], new double[k * d], new double[icf.Length]);
        Array.Clear(_sumY);
        for (var c = 0; c < k; c++)
        {
            _constant[c] = alphas[c];
            for (var i = 0; i < d; i++)
            {
                _constant[c] += icf[c * _width + i];
                _diagonal[c * d + i] = Math.Exp(icf[c * _width + i]);
            }
        }
        for (var at = 0; at < x.Length; at += d) Point(x.AsSpan(at, d), means, icf, dAlphas, dIcf);
        for (var c = 0; c < k; c++) Component(c, icf.AsSpan(c * _width, _width), dAlphas[c], gamma, m, dMeans, dIcf);
        alphas.CopyTo(_weights, 0);
        Softmax(_weights);
        var points = x.Length / d;
        for (var c = 0; c < k; c++) dAlphas[c] -= points * _weights[c];
        return new(Vec<double>.UnsafeWrap(dAlphas), Mat<double>.UnsafeWrap(dMeans, k, d), Mat<double>.UnsafeWrap(dIcf, k, _width));
    }

    private void Point(ReadOnlySpan<double> x, double[] means, double[] icf, double[] dAlphas, double[] dIcf)
    {
        for (var c = 0; c < k; c++)
        {
            var centred = _centred.AsSpan(c * d, d);
            var y = _y.AsSpan(c * d, d);
            for (var i = 0; i < d; i++)
            {
                centred[i] = x[i] - means[c * d + i];
                y[i] = _diagonal[c * d + i] * centred[i];
            }
            ReadOnlySpan<double> lower = icf.AsSpan(c * _width + d, _width - d);
            for (var j = 0; j < d - 1; lower = lower[(d - 1 - j)..], j++)
                Loops.AddScaled(y[(j + 1)..], centred[j], lower[..(d - 1 - j)]);
            var squares = 0.0;
            foreach (var e in y) squares += e * e;
            _weights[c] = _constant[c] - 0.5 * squares;
        }
        Softmax(_weights);
        for (var c = 0; c < k; c++)
        {
            var r = _weights[c];
            var centred = _centred.AsSpan(c * d, d);
            var y = _y.AsSpan(c * d, d);
            dAlphas[c] += r;
            Loops.AddScaled(_sumY.AsSpan(c * d, d), r, y);
            var diagonal = dIcf.AsSpan(c * _width, d);
            var lower = dIcf.AsSpan(c * _width + d, _width - d);
            for (var i = 0; i < d; i++) diagonal[i] -= r * y[i] * centred[i];
            for (var j = 0; j < d - 1; lower = lower[(d - 1 - j)..], j++)
                Loops.AddScaled(lower[..(d - 1 - j)], -r * centred[j], y[(j + 1)..]);
        }
    }

    /// <summary>What is the same for all points: Q' (sum of r y), the diagonal's exponentials, and the prior.</summary>
    private void Component(int c, ReadOnlySpan<double> icf, double sumR, double gamma, int m, double[] dMeans, double[] dIcf)
    {
        var sumY = _sumY.AsSpan(c * d, d);
        var lower = icf[d..];
        var dRow = dIcf.AsSpan(c * _width, _width);
        var at = 0;
        for (var j = 0; j < d; j++)
        {
            var e = _diagonal[c * d + j];
            var mean = e * sumY[j];
            for (var i = j + 1; i < d; i++, at++)
            {
                mean += lower[at] * sumY[i];
                dRow[d + at] += gamma * gamma * lower[at];
            }
            dMeans[c * d + j] = mean;
            dRow[j] = sumR + e * dRow[j] + gamma * gamma * e * e - m;
        }
    }

    private static void Softmax(Span<double> t)
    {
        var max = double.NegativeInfinity;
        foreach (var e in t) max = Math.Max(max, e);
        var sum = 0.0;
        foreach (ref var e in t)
        {
            e = Math.Exp(e - max);
            sum += e;
        }
        foreach (ref var e in t) e /= sum;
    }
}
