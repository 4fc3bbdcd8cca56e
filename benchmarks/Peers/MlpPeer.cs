namespace DrJax.Benchmarks;

/// <summary>The mean cross entropy of relu(x W1 + b1) W2 + b2, derived by hand: a block of rows forwards, then back.</summary>
internal sealed class MlpPeer(int inputs, int hidden, int outputs, int blockRows)
{
    private readonly float[] _h = new float[blockRows * hidden], _dh = new float[blockRows * hidden];
    private readonly float[] _logits = new float[blockRows * outputs], _w2Transposed = new float[outputs * hidden];

    /// <param name="w1">inputs x hidden.</param>
    /// <param name="b1">hidden.</param>
    /// <param name="w2">hidden x outputs.</param>
    /// <param name="b2">outputs.</param>
    /// <param name="images">Rows of inputs; their number is a multiple of the block's.</param>
    /// <param name="labels">One for each image, in [0, outputs).</param>
    internal Network Gradient(float[] w1, float[] b1, float[] w2, float[] b2, float[] images, int[] labels)
    {
        var (dw1, db1) = (new float[w1.Length], new float[hidden]);
        var (dw2, db2) = (new float[w2.Length], new float[outputs]);
        for (var i = 0; i < hidden; i++)
            for (var j = 0; j < outputs; j++) _w2Transposed[j * hidden + i] = w2[i * outputs + j];
        for (var first = 0; first < labels.Length; first += blockRows)
        {
            var x = images.AsSpan(first * inputs, blockRows * inputs);
            for (var r = 0; r < blockRows; r++) b1.CopyTo(_h, r * hidden);
            Loops.MultiplyAdd(_h, x, inputs, 1, w1, blockRows, inputs, hidden);
            foreach (ref var h in _h.AsSpan()) h = Math.Max(h, 0);
            for (var r = 0; r < blockRows; r++) b2.CopyTo(_logits, r * outputs);
            Loops.MultiplyAdd(_logits, _h, hidden, 1, w2, blockRows, hidden, outputs);

            for (var r = 0; r < blockRows; r++)
                SoftmaxCotangent(_logits.AsSpan(r * outputs, outputs), labels[first + r], db2, 1f / labels.Length);

            Loops.MultiplyAdd(dw2, _h, 1, hidden, _logits, hidden, blockRows, outputs);
            Array.Clear(_dh);
            Loops.MultiplyAdd(_dh, _logits, outputs, 1, _w2Transposed, blockRows, outputs, hidden);
            for (var r = 0; r < blockRows; r++) ReluCotangent(_dh.AsSpan(r * hidden, hidden), _h.AsSpan(r * hidden, hidden), db1);
            Loops.MultiplyAdd(dw1, x, 1, inputs, _dh, inputs, blockRows, hidden);
        }
        return new(Mat<float>.UnsafeWrap(dw1, inputs, hidden), Vec<float>.UnsafeWrap(db1),
            Mat<float>.UnsafeWrap(dw2, hidden, outputs), Vec<float>.UnsafeWrap(db2));
    }

    /// <summary>The logits give way to their cotangent, scale (softmax - one hot), which is also added to db.</summary>
    private static void SoftmaxCotangent(Span<float> logits, int label, Span<float> db, float scale)
    {
        var max = float.NegativeInfinity;
        foreach (var logit in logits) max = Math.Max(max, logit);
        var sum = 0f;
        foreach (ref var logit in logits)
        {
            logit = MathF.Exp(logit - max);
            sum += logit;
        }
        foreach (ref var logit in logits) logit *= scale / sum;
        logits[label] -= scale;
        for (var j = 0; j < logits.Length; j++) db[j] += logits[j];
    }

    private static void ReluCotangent(Span<float> dh, ReadOnlySpan<float> h, Span<float> db)
    {
        for (var j = 0; j < dh.Length; j++)
        {
            dh[j] = h[j] > 0 ? dh[j] : 0;
            db[j] += dh[j];
        }
    }
}
