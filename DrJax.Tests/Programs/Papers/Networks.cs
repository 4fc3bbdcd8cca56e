using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Papers;

/// <summary>Networks whose sizes are quotients: heads of attention, patches of images, halves of couplings.</summary>
public static class Networks
{
    public record Attention(Mat<double> Wq, Mat<double> Wk, Mat<double> Wv, Mat<double> Wo) : IVectorSpace;
    public record FeedForward(Mat<double> W1, Vec<double> B1, Mat<double> W2, Vec<double> B2) : IVectorSpace;
    public record Affine(Vec<double> Gain, Vec<double> Bias) : IVectorSpace;
    public record Encoder(Attention Attention, FeedForward Ff, Affine Ln1, Affine Ln2) : IVectorSpace;

    private static Mat<double> LayerNorm(Mat<double> x, Affine p, double eps = 1e-2) =>
        Rows(x, row => (row - Mean(row)) / Sqrt(Var(row) + eps) * p.Gain + p.Bias);

    private static Mat<double> MultiHead(Attention p, Mat<double> x, Vec<bool> mask, int heads)
    {
        int length = x.Rows, dim = x.Columns / heads;
        var q = Permute(Reshape(MatMul(x, p.Wq), length, heads, dim), 1, 0, 2);
        var k = Permute(Reshape(MatMul(x, p.Wk), length, heads, dim), 1, 0, 2);
        var v = Permute(Reshape(MatMul(x, p.Wv), length, heads, dim), 1, 0, 2);
        var scores = MatMul(q, Transpose(k)) / Math.Sqrt(dim);
        var masked = Build(heads, length, length, (h, i, j) => mask[j] ? scores[h, i, j] : -1e9);
        var attention = Rows(masked, m => Rows(m, Softmax));
        var context = Reshape(Permute(MatMul(attention, v), 1, 0, 2), length, heads * dim);
        return MatMul(context, p.Wo);
    }

    private static Mat<double> PositionalEncoding(int length, int dim) => Build(length, dim, (position, i) =>
    {
        var angle = position / Math.Pow(10000, 2 * (i / 2) / (double)dim);
        return i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    });

    private static Mat<double> Encode(Encoder b, Mat<double> x, Vec<bool> mask, int heads)
    {
        x += MultiHead(b.Attention, LayerNorm(x, b.Ln1), mask, heads);
        var h = Gelu(MatMul(LayerNorm(x, b.Ln2), b.Ff.W1) + b.Ff.B1);
        return x + MatMul(h, b.Ff.W2) + b.Ff.B2;
    }

    // Vaswani et al. 2017: an encoder block, heads by Reshape and Permute.
    [DrJaxProgram("clients")]
    public static double Transformer(Encoder block, Placed<(Mat<double> X, Vec<bool> Mask)> sentences) => ReduceMean(Map(s =>
    {
        var x = s.X + PositionalEncoding(s.X.Rows, s.X.Columns);
        var pooled = Mean(Encode(block, x, s.Mask.With(0, true), heads: 2), 0);
        return Sum(Square(pooled)) / pooled.Length;
    }, sentences));

    private static object[] TransformerArguments(int n, int groups, Draw d) => TransformerOf(n / 2 * 2, groups, d);

    internal static object[] TransformerOf(int columns, int groups, Draw d) => [Block(columns, d), d.Groups(groups, _ => (d.Mat(5, columns) / 2, d.Bools(5)))];

    private static Encoder Block(int n, Draw d) => new(new(d.Mat(n, n) / n, d.Mat(n, n) / n, d.Mat(n, n) / n, d.Mat(n, n) / n),
        new(d.Mat(n, 5) / n, d.Vec(5), d.Mat(5, n) / n, d.Vec(n)), new(d.Vec(n), d.Vec(n)), new(d.Vec(n), d.Vec(n)));

    // Dosovitskiy et al. 2021: patches of an image as the words of a sentence.
    [DrJaxProgram("clients")]
    public static double VisionTransformer(Mat<double> embed, Vec<double> cls, Mat<double> positions, Encoder block, Mat<double> head, Placed<(Mat<double> Image, int Label)> images)
    {
        const int patch = 2;
        var losses = Map(sample =>
        {
            var (image, label) = sample;
            int rows = image.Rows / patch, columns = image.Columns / patch;
            var patches = Build(rows * columns, patch * patch, (p, e) => image[p / columns * patch + e / patch, p % columns * patch + e % patch]);
            var sequence = Concat(Reshape(cls, 1, cls.Length), MatMul(patches, embed)) + positions;
            var encoded = Encode(block, sequence, Build(sequence.Rows, _ => true), 2);
            return -LogSoftmax(MatMul(encoded[0], head))[label];
        }, images);
        return ReduceMean(losses);
    }

    private static object[] VisionTransformerArguments(int n, int groups, Draw d) =>
        [d.Mat(4, 4), d.Vec(4), d.Mat(1 + n / 2 * 2, 4), Block(4, d), d.Mat(4, 3), d.Groups(groups, _ => (d.Mat(n, 5) / 2, d.Int(3)))];

    public record Coupling(Mat<double> S1, Mat<double> S2, Mat<double> T1, Mat<double> T2) : IVectorSpace
    {
        public (Vec<double> Y, double LogDet) Forward(Vec<double> x, bool swap)
        {
            var half = x.Length / 2;
            var (kept, changed) = swap ? (x[half..], x[..half]) : (x[..half], x[half..]);
            var s = Tanh(MatMul(Tanh(MatMul(kept, S1)), S2));
            var t = MatMul(Tanh(MatMul(kept, T1)), T2);
            var y = changed * Exp(s) + t;
            return (swap ? Concat(y, kept) : Concat(kept, y), Sum(s));
        }
    }

    // Dinh et al. 2017: real-valued non-volume-preserving flow.
    [DrJaxProgram("clients")]
    public static double RealNvp((Coupling A, Coupling B, Coupling C) flow, Placed<Mat<double>> data)
    {
        double NegLogLik(Vec<double> x)
        {
            var (z, total) = (x, 0.0);
            var swap = false;
            foreach (var layer in new[] { flow.A, flow.B, flow.C })
            {
                (z, var logDet) = layer.Forward(z, swap);
                total += logDet;
                swap = !swap;
            }
            return 0.5 * Dot(z, z) + 0.5 * z.Length * Math.Log(2 * Math.PI) - total;
        }
        return ReduceMean(Map(x => Mean(x.Rows, i => NegLogLik(x[i])), data));
    }

    private static object[] RealNvpArguments(int n, int groups, Draw d) => [(Layer(n / 2, d), Layer(n / 2, d), Layer(n / 2, d)), d.Groups(groups, _ => d.Mat(3, n / 2 * 2))];

    private static Coupling Layer(int half, Draw d) => new(d.Mat(half, 3) / 2, d.Mat(3, half) / 2, d.Mat(half, 3) / 2, d.Mat(3, half) / 2);
}
