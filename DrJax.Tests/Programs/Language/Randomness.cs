using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Random numbers: functions of a key and a place, the same eagerly and compiled; what is computed from them differentiates.</summary>
public static class Randomness
{
    [DrJaxProgram]
    public static (int, Vec<int>, Mat<int>, Tensor3<int>) Bits(Key key, int n) => (Rng.Bits(key), Rng.Bits(key, n), Rng.Bits(key, n, 3), Rng.Bits(key, 2, n, 3));

    [DrJaxProgram]
    public static (double, Vec<double>, Mat<double>, Tensor3<double>, Tensor4<double>) Doubles(Key key, int n) =>
        (Rng.Uniform<double>(key), Rng.Uniform<double>(key, n), Rng.Uniform<double>(key, 2, n), Rng.Uniform<double>(key, n, 2, 3), Rng.Uniform<double>(key, 2, 2, n, 2));

    [DrJaxProgram]
    public static (float, Vec<float>, Mat<float>) Singles(Key key, int n) => (Rng.Uniform<float>(key), Rng.Uniform<float>(key, n), Rng.Uniform<float>(key, 19, n));

    [DrJaxProgram]
    public static (Key, Key, Key, int) Keys(Key key, int n)
    {
        var (a, b) = Rng.Split(key);
        return (a, Rng.FoldIn(b, n), new Key(n), new Key(1, 2).Word1 + key.Word0);
    }

    [DrJaxProgram]
    public static (Vec<bool>, Mat<bool>, bool, Vec<int>, int) Choices(Key key, double p, int n) =>
        (Rng.Bernoulli(key, Sigmoid(p), n), Rng.Bernoulli(key, 0.3f, n, 20), Rng.Bernoulli(key, 0.5), Rng.Randint(key, -3, n, 40), Rng.Randint(key, 7, 7));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, double) Others(Key key, double s, int n) =>
        (s * Rng.Exponential<double>(key, n), s * Rng.Gumbel<double>(key, n), Rng.Exponential<double>(key) + Rng.Gumbel<double>(key) * s);

    [DrJaxProgram]
    public static int Category(Key key, Vec<double> logits) => Rng.Categorical(key, logits);

    [DrJaxProgram]
    public static double InLoop(Key key, Vec<double> x)
    {
        for (var t = 0; t < 4; t++) x = 0.5 * x + Sin(x) * Rng.Uniform<double>(Rng.FoldIn(key, t), x.Length);
        return Sum(x);
    }

    [DrJaxProgram]
    public static double CarriedKey(Key key, double x)
    {
        for (var t = 0; t < 5; t++)
        {
            var (next, draw) = Rng.Split(key);
            x += Sin(x) * Rng.Uniform<double>(draw);
            key = next;
        }
        return x;
    }

    [DrJaxProgram]
    public static Mat<double> InBuild(Key key, Vec<double> x) => Build(x.Length, i => x[i] * Rng.Uniform<double>(Rng.FoldIn(key, i), 3));

    [DrJaxProgram]
    public static Vec<double> Dropout(Key key, double scale, Vec<double> x) => Where(Rng.Bernoulli(key, 0.5, x.Length), x * scale / 0.5, 0);

    [DrJaxProgram("groups")]
    public static (Placed<Key>, Placed<int>) Groups(Key key, Placed<double> x) => (Rng.SplitGroups(key, x), GroupIndex(x));

    [DrJaxProgram("groups")]
    public static double PerGroup(Key key, double s, Placed<double> x) =>
        ReduceMean(Map((k, v) => Sin(s * v) * Rng.Uniform<double>(k), Rng.SplitGroups(key, x), x));

    [DrJaxProgram("groups")]
    public static double VectorsPerGroup(Key key, Vec<double> w, Placed<Vec<double>> x)
    {
        var total = 0.0;
        for (var t = 0; t < 3; t++)
        {
            var step = t;
            total += ReduceMean(Map((k, v) => Square(Dot(w, v * Rng.Uniform<double>(Rng.FoldIn(k, step), v.Length))), Rng.SplitGroups(key, x), x));
        }
        return total;
    }

    [DrJaxProgram("groups")]
    public static double SharedKey(Key key, Vec<double> w, Placed<Vec<double>> x) =>
        ReduceSum(Map((v, i) => Dot(w, v) * Rng.Uniform<double>(key) * i, x, GroupIndex(x)));

    [DrJaxProgram("groups")]
    public static double GivenKeys(double s, Placed<(Key Key, Mat<double> X)> data) =>
        ReduceMean(Map(d => Sum(Tanh(s * d.X + Rng.Uniform<double>(d.Key, d.X.Rows, d.X.Columns))), data));

    [DrJaxProgram("groups")]
    public static float SinglesPerGroup(Key key, float s, Placed<Vec<float>> x) =>
        ReduceMean(Map((k, v) => Sum(v * s * Rng.Uniform<float>(k, v.Length)), Rng.SplitGroups(key, x), x));

    [DrJaxProgram("groups")]
    public static Vec<double> NoisyGradient(Key key, Vec<double> w, Placed<Vec<double>> x) => Grad(Noisy, w, key, x);

    [DrJaxProgram("groups")]
    public static double Noisy(Vec<double> w, Key key, Placed<Vec<double>> x) =>
        ReduceMean(Map((k, v) => Square(Sum(Sin(w) * v + Rng.Uniform<double>(k, v.Length))), Rng.SplitGroups(key, x), x));

    [DrJaxProgram]
    public static (double, Vec<double>, Mat<float>, Vec<int>) Normals(Key key, double s, int n) =>
        (s * Rng.Normal<double>(key), s * s * Rng.Normal<double>(key, n), Rng.Normal<float>(key, n, 3), Rng.Permutation(key, n));

    [DrJaxProgram]
    public static Vec<double> Inverse(Vec<double> x) => ErfInv(0.4 * x);

    /// <summary>Geometric Brownian motion by Euler and Maruyama, a path in every group: the discounted payoff of an option and the delta, vega and rho of its mean.</summary>
    [DrJaxProgram("paths")]
    public static double OptionPrice((double Spot, double Volatility, double Rate) market, Key key, Placed<double> strikes)
    {
        const int steps = 12;
        return ReduceMean(Map((k, strike) =>
        {
            var s = 1 + 0.1 * market.Spot;
            for (var t = 0; t < steps; t++)
                s += s * (0.05 * market.Rate / steps + (0.2 + 0.02 * market.Volatility) * Rng.Normal<double>(Rng.FoldIn(k, t)) / Sqrt((double)steps));
            return Exp(-0.05 * market.Rate) * Softplus(8 * (s - 1 - 0.05 * strike)) / 8;
        }, Rng.SplitGroups(key, strikes), strikes));
    }

    [DrJaxProgram("paths")]
    public static (double, double, double) Greeks((double Spot, double Volatility, double Rate) market, Key key, Placed<double> strikes) => Grad(OptionPrice, market, key, strikes);

    /// <summary>An autoencoder's loss: reconstruction from a reparameterised normal code, and the code's divergence from the standard normal.</summary>
    [DrJaxProgram("rows")]
    public static double Autoencoder((Mat<double> Mean, Mat<double> Spread, Mat<double> Decoder) p, Key key, Placed<Vec<double>> x) =>
        ReduceMean(Map((k, x) =>
        {
            var (mean, spread) = (Tanh(MatMul(p.Mean, x)) / 2, 0.1 * MatMul(p.Spread, x));
            var code = mean + Exp(spread / 2) * Rng.Normal<double>(k, mean.Length);
            return Sum(Square(0.1 * MatMul(p.Decoder, code) - x)) + 0.5 * Sum(Exp(spread) + Square(mean) - 1 - spread);
        }, Rng.SplitGroups(key, x), x));

    [DrJaxProgram("rows")]
    public static (Mat<double>, Mat<double>, Mat<double>) AutoencoderStep((Mat<double> Mean, Mat<double> Spread, Mat<double> Decoder) p, Key key, Placed<Vec<double>> x)
    {
        var g = Grad(Autoencoder, p, key, x);
        return (p.Mean - 0.1 * g.Mean, p.Spread - 0.1 * g.Spread, p.Decoder - 0.1 * g.Decoder);
    }

    /// <summary>A network whose hidden units drop out, others in every group and step of a loop of local steps.</summary>
    [DrJaxProgram("clients")]
    public static double DropoutTraining(Vec<double> w, Key key, Placed<Vec<double>> x) => ReduceMean(Map((k, x) =>
    {
        var v = w;
        for (var step = 0; step < 3; step++)
        {
            var kept = Where(Rng.Bernoulli(Rng.FoldIn(k, step), 0.8, v.Length), Ones<double>(v.Length), 0) / 0.8;
            v -= 0.1 * Grad(static (v, x, kept) => Square(Dot(Tanh(v) * kept, x) / v.Length - 1), v, x, kept);
        }
        return Dot(v, x);
    }, Rng.SplitGroups(key, x), x));
}
