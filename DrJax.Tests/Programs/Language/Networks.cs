using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public enum Layer { Relu, Tanh, Gelu, Identity }

public readonly record struct Dense(Mat<double> W, Vec<double> B) : IVectorSpace;
public readonly record struct LstmCell(Mat<double> Wx, Mat<double> Wh, Vec<double> B) : IVectorSpace;
public readonly record struct GruCell(Mat<double> Wz, Mat<double> Wr, Mat<double> Wh) : IVectorSpace;

public static class Layers
{
    public static Vec<double> Forward(this Dense d, Vec<double> x, Layer activation = Layer.Identity) => Activate(MatMul(d.W, x) / x.Length + d.B, activation);

    public static Vec<double> Activate(Vec<double> x, Layer kind)
    {
        switch (kind)
        {
            case Layer.Relu: return Relu(x);
            case Layer.Tanh: return Tanh(x);
            case Layer.Gelu: return Gelu(x);
            default: return x;
        }
    }

    public static Vec<double> LayerNorm(Vec<double> x, Vec<double> gain, Vec<double> bias, double eps = 1e-5) =>
        (x - Mean(x)) / Sqrt(Var(x) + eps) * gain + bias;
}

/// <summary>Networks as their users write them: layers of records, attention, embeddings, flows, diffusion.</summary>
public static class Networks
{
    [DrJaxProgram("clients")]
    public static double Mlp((Dense L1, Dense L2, Dense L3) net, Placed<(Vec<double> X, int Label)> data)
    {
        return ReduceMean(Map(d =>
        {
            var h = net.L1.Forward(d.X, Layer.Tanh);
            h = net.L2.Forward(h, activation: Layer.Gelu);
            var logits = net.L3.Forward(h);
            return -LogSoftmax(logits)[d.Label];
        }, data));
    }

    private static (Vec<double> H, Vec<double> C) Step(LstmCell cell, (Vec<double> H, Vec<double> C) state, Vec<double> x)
    {
        var n = state.H.Length;
        var z = MatMul(cell.Wx, x) / x.Length + MatMul(cell.Wh, state.H) / n + cell.B;
        var (i, f, g, o) = (Sigmoid(z), Sigmoid(z + 1), Tanh(z[Reverse(Iota<int>(n))]), Sigmoid(2 * z));
        var c = f * state.C + i * g;
        return (o * Tanh(c), c);
    }

    [DrJaxProgram("sequences")]
    public static double LstmStacked(LstmCell first, LstmCell second, Placed<Mat<double>> sequences) => ReduceMean(Map(seq =>
    {
        var zero = Zeros<double>(first.B.Length);
        var (s1, s2) = ((zero, zero), (zero, zero));
        var loss = 0.0;
        for (var t = 0; t < seq.Rows - 1; t++)
        {
            s1 = Step(first, s1, seq[t]);
            s2 = Step(second, s2, s1.Item1);
            loss += Sum(Square(s2.Item1 - seq[t + 1]));
        }
        return loss / seq.Rows;
    }, sequences));

    private static Mat<double> MultiHead(Mat<double> x, Mat<double> wq, Mat<double> wk, Mat<double> wv, int heads, bool causal)
    {
        var (n, d) = (x.Rows, x.Columns);
        var dh = 2;
        var (q, k, v) = (MatMul(x, wq) / d, MatMul(x, wk) / d, MatMul(x, wv) / d);
        var result = Zeros<double>(n, d);
        for (var h = 0; h < heads; h++)
        {
            var (from, to) = (h * dh, (h + 1) * dh);
            var scores = MatMul(q[.., from..to], Transpose(k[.., from..to])) / Math.Sqrt(dh);
            if (causal) scores = Build(n, n, (i, j) => j > i ? -1e9 : scores[i, j]);
            result = result.With(.., from..to, MatMul(Rows(scores, Softmax), v[.., from..to]));
        }
        return result;
    }

    public record Block(Mat<double> Wq, Mat<double> Wk, Mat<double> Wv, Dense Up, Dense Down, Vec<double> Gain);

    [DrJaxProgram]
    public static Mat<double> TransformerBlock(Block b, Mat<double> x)
    {
        var zero = Zeros<double>(x.Columns);
        var h = x + MultiHead(Rows(x, r => Layers.LayerNorm(r, b.Gain, zero)), b.Wq, b.Wk, b.Wv, heads: 2, causal: true);
        return h + Rows(h, r => b.Down.Forward(b.Up.Forward(Layers.LayerNorm(r, b.Gain, zero), Layer.Gelu)));
    }

    // word2vec with negative sampling
    [DrJaxProgram("clients")]
    public static double Word2Vec(Mat<double> input, Mat<double> output, Key key, Placed<Vec<int>> sentences)
    {
        const int negatives = 3, window = 1;
        return ReduceMean(Map((s, k) =>
        {
            var loss = 0.0;
            for (var center = 0; center < s.Length; center++)
                for (var offset = -window; offset <= window; offset++)
                {
                    var context = center + offset;
                    if (offset == 0 || context < 0 || context >= s.Length) continue;
                    var v = input[s[center]];
                    loss -= Log(Sigmoid(Dot(v, output[s[context]]) / v.Length));
                    var drawn = Rng.Randint(Rng.FoldIn(k, center * 8 + offset), 0, input.Rows, negatives);
                    foreach (var word in drawn) loss -= Log(Sigmoid(-Dot(v, output[word]) / v.Length));
                }
            return loss / s.Length;
        }, sentences, Rng.SplitGroups(key, sentences)));
    }

    // matrix factorisation by ALS
    [DrJaxProgram]
    public static (Mat<double> U, Mat<double> V, double Error) Als(Mat<double> ratings, Mat<double> v0)
    {
        var (rows, cols) = (ratings.Rows, ratings.Columns);
        const int rank = 2;
        const double ridge = 1.0;
        Mat<double> Factor(Mat<double> r, Mat<double> f)
        {
            var gram = MatMul(Transpose(f), f) + ridge * Diag(Ones<double>(rank));
            return Transpose(Solve(gram, MatMul(Transpose(f), Transpose(r))));
        }
        var v = v0[.., ..rank];
        var u = Zeros<double>(rows, rank);
        for (var it = 0; it < 2; it++)
        {
            u = Factor(ratings, v);
            v = Factor(Transpose(ratings), u);
        }
        return (u, v, Sum(Square(ratings - MatMul(u, Transpose(v)))) / (rows * cols));
    }

    // coupling flow (RealNVP)
    private static (Vec<double> Y, double LogDet) Coupling(Vec<double> x, Mat<double> w, bool flip)
    {
        var half = x.Length / 2;
        var (a, b) = flip ? (x[..half], x[half..(2 * half)]) : (x[half..(2 * half)], x[..half]);
        var s = Tanh(MatMul(w[..half, ..half], a) / half);
        var t = MatMul(w[..half, ..half], Sin(a));
        var moved = b * Exp(s) + t;
        return (flip ? [.. a, .. moved] : [.. moved, .. a], Sum(s));
    }

    [DrJaxProgram("points")]
    public static double RealNvp(Tensor3<double> layers, Placed<Vec<double>> data) => -ReduceMean(Map(x =>
    {
        var z = x[..(x.Length / 2 * 2)];
        var logDet = 0.0;
        for (var l = 0; l < layers.Length; l++)
        {
            (z, var ld) = Coupling(z, layers[l] / 4, flip: l % 2 == 0);
            logDet += ld;
        }
        return logDet - 0.5 * Dot(z, z) / z.Length;
    }, data));

    // diffusion: DDPM training loss with cosine schedule
    private static (double SqrtAlpha, double Sigma) Schedule(double t)
    {
        var f = Math.Cos((t + 0.008) / 1.008 * Math.PI / 2);
        return (f, Math.Sqrt(1 - f * f));
    }

    [DrJaxProgram("clients")]
    public static double Ddpm(Mat<double> w, Vec<double> b, Key key, Placed<Mat<double>> images) => ReduceMean(Map((x, k) =>
    {
        var loss = 0.0;
        for (int i = 0; i < x.Rows; i++)
        {
            var (kt, kn) = Rng.Split(Rng.FoldIn(k, i));
            var t = Rng.Uniform<double>(kt);
            var noise = Rng.Normal<double>(kn, x.Columns);
            var (a, s) = Schedule(0.9 * t + 0.05);
            var predicted = Tanh(MatMul(w, a * x[i] + s * noise) / x.Columns + t * b);
            loss += Mean(Square(predicted - noise));
        }
        return loss / x.Rows;
    }, images, Rng.SplitGroups(key, images)));

    // batch norm + dropout
    [DrJaxProgram]
    public static double BatchNormDropout(Mat<double> x, Vec<double> gamma, Vec<double> beta, Key key, bool training)
    {
        const double keep = 0.8;
        var mean = Mean(x, 0);
        var variance = Mean(Square(x - mean), 0);
        var normalized = (x - mean) / Sqrt(variance + 1e-3) * gamma + beta;
        var h = training ? Where(Rng.Bernoulli(key, keep, x.Rows, x.Columns), normalized / keep, 0.0) : normalized;
        return Sum(Square(Relu(h + 0.001))) / x.Rows;
    }
}
