using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Programs over groups of unequal numbers of rows.</summary>
public static class RaggedGroups
{
    public record struct Sample(Mat<double> X, Vec<double> T, double Scale);

    [DrJaxProgram("clients")]
    public static double SoftmaxRegression(Mat<double> w, [Ragged] Placed<(Mat<double> X, Vec<int> Y)> data) =>
        ReduceMean(Map(d => Nll(w, d.X, d.Y), data));

    [DrJaxProgram("clients")]
    public static double WeightedByRows(Mat<double> w, [Ragged] Placed<(Mat<double> X, Vec<int> Y)> data)
    {
        var (loss, n) = Map(d => (Nll(w, d.X, d.Y), (double)d.X.Rows), data);
        return ReduceWeightedMean(loss, n);
    }

    private static double Nll(Mat<double> w, Mat<double> x, Vec<int> y)
    {
        var logp = Rows(MatMul(x, w), LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }

    [DrJaxProgram("clients")]
    public static double SquaredErrors(Vec<double> w, [Ragged] Placed<Sample> data) => ReduceMean(Map(d => d.Scale * Mean(Square(MatMul(d.X, w) - d.T)), data));

    [DrJaxProgram("clients")]
    public static (Vec<double>, double) LocalSgd(Vec<double> w, double lr, [Ragged] Placed<Sample> data)
    {
        var (ws, losses) = Map(d =>
        {
            var (m, total) = (w, 0.0);
            for (var s = 0; s < d.X.Rows / 2; s++)
            {
                var (loss, g) = ValueAndGrad(Batch, m, d.X[(2 * s)..(2 * s + 2)], d.T[(2 * s)..(2 * s + 2)]);
                m -= 0.05 * lr * g;
                total += loss;
            }
            return (m, total);
        }, data);
        return (ReduceMean(ws), ReduceMean(losses));
    }

    private static double Batch(Vec<double> w, Mat<double> x, Vec<double> t) => Mean(Square(Tanh(MatMul(x, w)) - t));

    [DrJaxProgram("clients")]
    public static Vec<double> FullBatchRounds(Vec<double> w, [Ragged] Placed<Sample> data)
    {
        for (var r = 0; r < 2; r++)
        {
            var start = w;
            w = ReduceMean(Map(d =>
            {
                var m = start;
                for (var k = 0; k < 3; k++) m -= 0.1 * Grad(Batch, m, d.X, d.T);
                return m;
            }, data));
        }
        return w;
    }

    [DrJaxProgram("clients")]
    public static double Recurrent(Mat<double> w, Mat<double> u, [Ragged] Placed<Mat<double>> sequences) => ReduceMean(Map(x =>
    {
        var h = Zeros<double>(w.Rows);
        for (var t = 0; t < x.Rows; t++)
        {
            var z = Sigmoid(MatMul(w, x[t]) + h);
            var candidate = Tanh(MatMul(u, x[t]) - z * h);
            h = (1 - z) * h + z * candidate;
        }
        return Dot(h, h);
    }, sequences));

    [DrJaxProgram("clients")]
    public static (double, double, double) Extrema(double a, [Ragged] Placed<Vec<double>> x)
    {
        var (max, min, spread) = Map(x =>
        {
            // Far from ties, where extrema have kinks; the extremum of more rows would be another.
            var wave = Build(x.Length, i => a * Sin(1.3 * i) + 0.001 * x[i]);
            return (Max(wave), Min(wave) * a, Max(x.Length, i => Cos(1.3 * i) * a) - wave[ArgMin(wave)]);
        }, x);
        return (ReduceSum(max), ReduceMax(min), ReduceMean(spread));
    }

    [DrJaxProgram("clients")]
    public static (int, int, int) WhereExtrema(Vec<int> w, [Ragged] Placed<Vec<int>> x)
    {
        var (most, least, total) = Map(x => (Max(x) + 10 * ArgMax(x), Min(x) + 10 * ArgMin(x), x.Length / Max(x[0], 1) + Sum(x)), x);
        return (ReduceSum(most), ReduceMin(least) + w[0], ReduceMax(total));
    }

    [DrJaxProgram("clients")]
    public static double LogSumExps(Vec<double> w, [Ragged] Placed<Mat<double>> x) => ReduceMean(Map(x =>
    {
        var scores = MatMul(x, w);
        return LogSumExp(scores) + Dot(Softmax(scores), Sum(x, 1));
    }, x));

    [DrJaxProgram("clients")]
    public static double Kernels(double scale, [Ragged] Placed<Mat<double>> x) => ReduceMean(Map(x =>
    {
        var gram = MatMul(x, Transpose(x));
        var near = Build(x.Rows, x.Rows, (i, j) => Exp(-scale * Square(x[i, 0] - x[j, 1])));
        return Mean(gram * near) + Sum(near) / x.Rows;
    }, x));

    [DrJaxProgram("clients")]
    public static (Vec<double>, Vec<int>) Histogram(double a, [Ragged] Placed<(Vec<int> Y, Vec<double> V)> data)
    {
        var (weight, count) = Map(d => (
            Build(4, k => Sum(d.Y.Length, i => d.Y[i] == k ? a * d.V[i] : 0)),
            Build(4, k => Sum(d.Y.Length, i => d.Y[i] == k ? 1 : 0))), data);
        return (ReduceSum(weight), ReduceSum(count));
    }

    [DrJaxProgram("clients")]
    public static double Embeddings(Mat<double> table, [Ragged] Placed<Vec<int>> tokens) => ReduceMean(Map(tokens =>
    {
        var e = table[tokens];
        return Sum(Square(Sum(e, 0) / (1 + tokens.Length))) + Mean(Build(tokens.Length, i => Sin(e[i, 0])));
    }, tokens));

    [DrJaxProgram("clients")]
    public static double Singular(double a, [Ragged] Placed<Vec<double>> x) => ReduceMean(Map(x =>
    {
        // 0 where a row is padding, and nowhere else near it.
        var y = Where(Abs(x) > 0, 0.5 + Square(x), 0);
        return Mean(Log(y)) + a * Mean(Sqrt(y)) + Mean(a / y) + Norm(y) + Mean(Build(y.Length, i => Pow(y[i], a)));
    }, x));

    [DrJaxProgram("clients")]
    public static (Placed<Mat<double>>, Placed<Vec<double>>, double) Predictions(Mat<double> w, [Ragged] Placed<Mat<double>> x)
    {
        var (p, steps) = Map(x => (Tanh(MatMul(x, w)), x[1.., 0] - x[..^1, 0]), x);
        var centred = Map(p => p - Sum(p, 0) / p.Rows, p);
        return (p, steps, ReduceMean(Map((c, s) => Mean(Square(c)) + Sum(Square(s)), centred, steps)));
    }

    [DrJaxProgram("clients")]
    public static double Split(Vec<double> w, [Ragged] Placed<Vec<double>> x) => ReduceMean(Map(x =>
    {
        var half = x.Length / 2;
        var (train, held) = (x[..half], x[half..]);
        return Sum(Square(w[0] * train)) / (1 + train.Length) + Mean(Square(held - w[1])) + x[0] * w[2] + x[^1];
    }, x));

    [DrJaxProgram("clients")]
    public static double Joined(double a, [Ragged] Placed<Vec<double>> x) => ReduceMean(Map(x =>
    {
        Vec<double> twice = [.. a * x, .. Square(x)], ends = [a, .. x, a * a];
        var reversed = Build(x.Length, i => x[x.Length - 1 - i]);
        var moved = x.With(0, a);
        return Sum(Build(twice.Length, i => twice[i] * Sin(0.5 * i))) + Dot(ends, ends) + Dot(reversed, a * x) + Sum(Square(moved)) + ends[^1] * twice[^1];
    }, x));

    [DrJaxProgram("clients")]
    public static double GaussianProcesses(double scale, [Ragged] Placed<Sample> data) => -ReduceMean(Map(d =>
    {
        var k = Build(d.X.Rows, d.X.Rows, (i, j) => Exp(-Square(scale * (d.X[i, 0] - d.X[j, 0]))) + (i == j ? 1.5 : 0));
        var l = Cholesky(k);
        var z = SolveTriangular(l, d.T);
        return -0.5 * Dot(z, z) - Sum(d.X.Rows, i => Log(l[i, i]));
    }, data));

    [DrJaxProgram("clients")]
    public static (double, double) Orders(double a, [Ragged] Placed<Vec<double>> x)
    {
        var (median, trimmed) = Map(x =>
        {
            // Far from ties, where an order changes.
            var wave = Build(x.Length, i => a * Sin(1.3 * i) + 0.001 * x[i]);
            var sorted = Sort(wave);
            return (Median(wave), sorted[0] + 2 * sorted[^1] + Mean(Build(x.Length, i => sorted[i] * Cos(i + 1.0))));
        }, x);
        return (ReduceMean(median), ReduceSum(trimmed));
    }

    [DrJaxProgram("clients")]
    public static double TwoRagged(Vec<double> w, [Ragged] Placed<Mat<double>> x, [Ragged] Placed<Vec<double>> y, Placed<Vec<double>> offset) =>
        ReduceMean(Map((x, y, o) => Mean(Square(MatMul(x, w + o) - y)), x, y, offset));

    [DrJaxProgram("clients")]
    public static double Images(double a, [Ragged] Placed<Tensor3<double>> x) => ReduceMean(Map(x =>
    {
        var total = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var m = x[i];
            if (i % 2 == 0) total += Sum(MatMul(m, Transpose(m))) * a;
            else total -= Sin(m[0, 0]) * total;
        }
        return total / x.Length;
    }, x));

    [DrJaxProgram("clients")]
    public static Vec<double> Curvature(Vec<double> w, Vec<double> v, [Ragged] Placed<Sample> data) => Hvp(SquaredErrors, w, v, data);

    [DrJaxProgram("clients")]
    public static double InnerHessian(Vec<double> w, [Ragged] Placed<Sample> data) => ReduceMean(Map(d => Sum(Square(Hessian(Batch, w, d.X, d.T))), data));

    [DrJaxProgram("clients")]
    public static double Meta(Vec<double> w, [Ragged] Placed<Sample> data) =>
        ReduceMean(Map(d => Batch(w - 0.1 * Grad(Batch, w, d.X, d.T), d.X, d.T), data));

    [DrJaxProgram("clients")]
    public static double Checkpointed(Mat<double> w, [Ragged] Placed<Mat<double>> sequences) => ReduceMean(Map(x =>
    {
        var h = Zeros<double>(w.Rows);
        for (var t = 0; t < x.Rows; t++) h = Checkpoint((h, w, row) => Tanh(MatMul(w, row) + h), h, w, x[t]);
        return Dot(h, h);
    }, sequences));

    [DrJaxProgram("clients")]
    public static double Noisy(Mat<double> w, Key key, [Ragged] Placed<Mat<double>> x) => ReduceMean(Map((x, k) =>
        Mean(Square(MatMul(x + Rng.Uniform<double>(k, x.Rows, x.Columns), w))), x, Rng.SplitGroups(key, x)));

    [DrJaxProgram("clients")]
    public static double ByLength(Mat<double> w, [Ragged] Placed<Mat<double>> x) =>
        Sqrt(4 + Square(ReduceMean(Map(x => OfLength(w - 0.1 * Grad(OfLength, w, x), x), x))));

    private static double OfLength(Mat<double> w, Mat<double> x) => x.Rows > 2 ? Sum(Tanh(MatMul(x[2..], w))) : Sum(MatMul(x, w)) * x.Rows;

    [DrJaxProgram("clients")]
    public static double LoopsInRows(Mat<double> w, [Ragged] Placed<Mat<double>> x) => ReduceMean(Map(x => Sum(Rows(x, row =>
    {
        var s = 0.0;
        for (var i = 0; i < x.Rows; i++) s = Sin(s + 0.05 * Dot(MatMul(w, row), x[i]));
        return s;
    })), x));

    [DrJaxProgram("clients")]
    public static (double, double) Lengths(double a, [Ragged] Placed<Vec<double>> x)
    {
        var shortOnes = Map(x => x.Length < 4 ? Sum(x) * a : x[3] * x.Length, x);
        return (ReduceMean(shortOnes), a * ReduceSum(Map(x => x.Length, x)));
    }

    [DrJaxProgram("clients")]
    public static float Singles(Vec<float> w, [Ragged] Placed<Mat<float>> x) => ReduceMean(Map(x => Mean(Square(Tanh(MatMul(x, w)))), x));

    [DrJaxProgram("clients")]
    public static (double, double) Replaced(Vec<double> w, [Ragged] Placed<Vec<double>> x)
    {
        var ends = Map(x => Sum(x.With(0, w[0]).With(x.Length - 1, w[1] * x[0]) * x), x);
        var shifted = Map(x => Sum(x.With(1.., x[..^1] * w[0]) * x), x);
        return (ReduceSum(ends), ReduceSum(shifted));
    }

    [DrJaxProgram("clients")]
    public static Placed<Vec<double>> ReplacedInRows(Vec<double> w, [Ragged] Placed<Vec<double>> x) => Map(x =>
    {
        var y = x;
        for (var i = 1; i < x.Length; i++) y = y.With(i, y[i - 1] * 0.5 + x[i] * w[0]);
        return y;
    }, x);
}
