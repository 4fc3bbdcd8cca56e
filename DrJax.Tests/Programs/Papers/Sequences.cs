using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Papers;

/// <summary>Sequences: alignment, transcription, contrast, recurrence in both directions.</summary>
public static class Sequences
{
    private static double SoftMin(double a, double b, double c, double gamma)
    {
        var m = Math.Min(a, Math.Min(b, c));
        return m - gamma * Math.Log(Math.Exp(-(a - m) / gamma) + Math.Exp(-(b - m) / gamma) + Math.Exp(-(c - m) / gamma));
    }

    private static double SoftDtw(Mat<double> x, Mat<double> y, double gamma)
    {
        int n = x.Rows, m = y.Rows;
        var r = Full(n + 1, m + 1, 1e10).With(0, 0, 0.0);
        for (int i = 1; i <= n; i++)
            for (int j = 1; j <= m; j++)
            {
                var cost = Sum(Square(x[i - 1] - y[j - 1]));
                r = r.With(i, j, cost + SoftMin(r[i - 1, j], r[i, j - 1], r[i - 1, j - 1], gamma));
            }
        return r[n, m];
    }

    // Cuturi and Blondel 2017: steps towards a barycentre of series of unequal length.
    [DrJaxProgram("series")]
    public static Mat<double> Barycentre(Mat<double> centre, [Ragged] Placed<Mat<double>> series)
    {
        for (var i = 0; i < 2; i++)
        {
            var c = centre;
            centre -= 0.05 * ReduceMean(Map(s => Grad(static (c, s) => SoftDtw(c, s, 1.0) / s.Rows, c, s), series));
        }
        return centre;
    }

    private static object[] BarycentreArguments(int n, int groups, Draw d) => [d.Mat(n, 2), d.Groups(groups, i => d.Mat(1 + (i * 5 + n) % 6, 2))];

    private static double LogAdd(double a, double b) => a > b ? a + Log1p(Exp(b - a)) : b + Log1p(Exp(a - b));

    // Graves et al. 2006: the forward algorithm over the labels with blanks between.
    private static double Ctc(Mat<double> logProbs, Vec<int> labels, int blank = 0)
    {
        const double LogZero = -1e30;
        var (T, L) = (logProbs.Rows, labels.Length);
        var S = 2 * L + 1;
        int Symbol(int s) => s % 2 == 0 ? blank : labels[s / 2];

        var alpha = Full(S, LogZero).With(0, logProbs[0, blank]).With(1, logProbs[0, Symbol(1)]);
        for (int t = 1; t < T; t++)
        {
            var previous = alpha;
            alpha = Build(S, s =>
            {
                var a = previous[s];
                if (s >= 1) a = LogAdd(a, previous[s - 1]);
                if (s >= 2 && Symbol(s) != blank && Symbol(s) != Symbol(s - 2)) a = LogAdd(a, previous[s - 2]);
                return a + logProbs[t, Symbol(s)];
            });
        }
        return -LogAdd(alpha[S - 1], alpha[S - 2]);
    }

    [DrJaxProgram("utterances")]
    public static double Transcription(Mat<double> w, Placed<(Mat<double> Frames, Vec<int> Labels)> utterances) =>
        ReduceMean(Map(u => Ctc(Rows(MatMul(u.Frames, w), LogSoftmax), u.Labels), utterances));

    private static object[] TranscriptionArguments(int n, int groups, Draw d) => [d.Mat(n, 4), d.Groups(groups, _ => (d.Mat(8, n), d.Ints(3, 3) + 1))];

    // Chen et al. 2020 (NT-Xent): every view against all others of the batch.
    [DrJaxProgram("clients")]
    public static double Contrast(Mat<double> encoder, Placed<(Mat<double> A, Mat<double> B)> batches)
    {
        const double tau = 0.5;
        return ReduceMean(Map(b =>
        {
            var z = Rows(MatMul(Concat(b.A, b.B), encoder), v => v / Math.Sqrt(Dot(v, v) + 1e-8));
            int n = b.A.Rows, total = 2 * n;
            var sim = MatMul(z, Transpose(z)) / tau;
            var loss = 0.0;
            for (int i = 0; i < total; i++)
            {
                var positive = (i + n) % total;
                var masked = Build(total, j => j == i ? double.NegativeInfinity : sim[i, j]);
                loss += LogSumExp(masked) - sim[i, positive];
            }
            return loss / total;
        }, batches));
    }

    private static object[] ContrastArguments(int n, int groups, Draw d) => [d.Mat(n, 3), d.Groups(groups, _ => (d.Mat(4, n), d.Mat(4, n)))];

    public record Gru(Mat<double> Wz, Mat<double> Uz, Mat<double> Wr, Mat<double> Ur, Mat<double> Wh, Mat<double> Uh) : IVectorSpace
    {
        public Vec<double> Step(Vec<double> h, Vec<double> x)
        {
            var z = Sigmoid(MatMul(Wz, x) + MatMul(Uz, h));
            var r = Sigmoid(MatMul(Wr, x) + MatMul(Ur, h));
            var candidate = Tanh(MatMul(Wh, x) + MatMul(Uh, r * h));
            return (1 - z) * h + z * candidate;
        }
    }

    [DrJaxProgram("clients")]
    public static double Bidirectional(Gru forward, Gru backward, [Ragged] Placed<Mat<double>> sequences) => ReduceMean(Map(xs =>
    {
        var (h1, h2) = (Zeros<double>(forward.Uz.Rows), Zeros<double>(backward.Uz.Rows));
        for (var t = 0; t < xs.Rows; t++)
        {
            h1 = forward.Step(h1, xs[t]);
            h2 = backward.Step(h2, xs[xs.Rows - 1 - t]);
        }
        return Sum(Square(Concat(h1, h2)));
    }, sequences));

    private static object[] BidirectionalArguments(int n, int groups, Draw d) => [Cell(n, d), Cell(n, d), d.Groups(groups, i => d.Mat(1 + (i * 5 + n) % 6, 3))];

    private static Gru Cell(int n, Draw d) => new(d.Mat(n, 3), d.Mat(n, n) / n, d.Mat(n, 3), d.Mat(n, n) / n, d.Mat(n, 3), d.Mat(n, n) / n);
}
