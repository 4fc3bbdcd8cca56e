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
}
