using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Constructs within one another, as deep as real programs nest them.</summary>
public static class Combinations
{
    [DrJaxProgram("groups")]
    public static double PlacedCarried(Vec<double> w, Placed<Vec<double>> x)
    {
        var h = x;
        for (var i = 0; i < 3; i++)
        {
            var m = ReduceMean(h);
            h = Map(v => Tanh(v + w - m), h);
        }
        return ReduceSum(Map(static v => Sum(v), h));
    }

    [DrJaxProgram("groups")]
    public static double ClippedGradients(Vec<double> w, double lr, Placed<Vec<double>> x)
    {
        for (var r = 0; r < 2; r++)
        {
            var now = w;
            var g = ReduceMean(Map(x =>
            {
                var g = Grad(static (w, x) => Square(Dot(w, x) / w.Length - 1), now, x);
                var size = Norm(g);
                return size > 0.5 ? g * (0.5 / size) : g;
            }, x));
            w -= lr / 4 * g;
        }
        return Dot(w, w);
    }

    [DrJaxProgram("groups")]
    public static Vec<double> Momentum(Vec<double> w, Placed<Mat<double>> x)
    {
        var (model, velocity) = (w, Zeros<double>(w.Length));
        for (var r = 0; r < 3; r++)
        {
            var now = model;
            var g = ReduceMean(Map(x => MatMul(Tanh(MatMul(x, now)), x) / (double)x.Rows, x));
            velocity = 0.9 * velocity - 0.1 * g;
            model += velocity;
        }
        return model;
    }

    [DrJaxProgram("groups")]
    public static double Perceptron((Mat<double> W, Vec<double> B, Mat<double> V) p, Placed<(Mat<double> X, Vec<int> Y)> data) =>
        ReduceMean(Map(d => Loss(p.W, p.B, p.V, d.X, d.Y), data));

    private static double Loss(Mat<double> w, Vec<double> b, Mat<double> v, Mat<double> x, Vec<int> y)
    {
        var logp = Rows(MatMul(Softplus(MatMul(x, w) + b), v), LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }

    [DrJaxProgram("groups")]
    public static (Mat<double>, Vec<double>, Mat<double>) PerceptronGradient((Mat<double> W, Vec<double> B, Mat<double> V) p, Placed<(Mat<double> X, Vec<int> Y)> data) =>
        Grad(Perceptron, p, data);

    [DrJaxProgram]
    public static Mat<double> Attention(Mat<double> q, Mat<double> k, Mat<double> v) => MatMul(Rows(MatMul(q, Transpose(k)) / Sqrt((double)q.Columns), Softmax), v);

    [DrJaxProgram("groups")]
    public static double AttentionInMap(Mat<double> w, Placed<Mat<double>> x) => ReduceMean(Map(x => Sum(Sin(Attention(MatMul(x, w), x, x))), x));

    [DrJaxProgram]
    public static Vec<double> Filter(Vec<double> x, double a)
    {
        var y = x;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 1; i < x.Length; i++) y = y.With(i, a / 4 * y[i - 1] + Sin(y[i]));
            for (var i = x.Length - 2; i >= 0; i--) y = y.With(i, y[i] - a / 9 * y[i + 1]);
        }
        return y;
    }

    [DrJaxProgram("groups")]
    public static double FilterInMap(double a, Placed<Vec<double>> x) => ReduceSum(Map(x => Dot(Filter(x, a), x), x));

    [DrJaxProgram]
    public static Mat<double> Cholesky(Mat<double> m)
    {
        var a = MatMul(m, Transpose(m)) + Build(m.Rows, m.Rows, (i, j) => i == j ? 4.0 * m.Rows : 0);
        var l = Zeros<double>(m.Rows, m.Rows);
        for (var j = 0; j < m.Rows; j++)
        {
            var row = l[j];
            var d = Sqrt(a[j, j] - Dot(row, row));
            var now = l;
            var c = Build(m.Rows, i => i > j ? (a[i, j] - Dot(now[i], row)) / d : i == j ? d : 0);
            l = Build(m.Rows, m.Rows, (i, k) => k == j ? c[i] : now[i, k]);
        }
        return l;
    }

    [DrJaxProgram("groups")]
    public static double BranchesOnReduced(Vec<double> w, Placed<Vec<double>> x)
    {
        var m = ReduceMean(Map(x => Dot(w, x), x));
        return ReduceSum(Map(x =>
        {
            if (m > 0)
            {
                var s = 0.0;
                for (var i = 0; i < x.Length; i++) s = s * 0.5 + x[i] * m;
                return s;
            }
            return Dot(x, w) * m;
        }, x));
    }

    [DrJaxProgram("groups")]
    public static (double, Placed<double>) Normalised(Placed<double> x)
    {
        var top = ReduceMax(x);
        var e = Map(x => Exp(x - top), x);
        var sum = ReduceSum(e);
        return (top + Log(sum), Map(e => e / sum, e));
    }

    [DrJaxProgram("groups")]
    public static double NestedInLoops(Vec<double> w, Placed<Vec<double>> x)
    {
        for (var r = 0; r < 2; r++)
        {
            var now = w;
            w = ReduceMean(Map(x => now + 0.1 * x * Placements.OverParts(now, x), x));
        }
        return Dot(w, w);
    }

    [DrJaxProgram("groups")]
    public static Vec<double> NestedGradient(Vec<double> w, Placed<Vec<double>> x) => Grad(NestedInLoops, w, x);

    [DrJaxProgram]
    public static double RungeKutta(Vec<double> y, double dt)
    {
        static Vec<double> F(Vec<double> y) => Sin(y) - 0.1 * y * Sum(y);
        for (var i = 0; i < 4; i++)
        {
            var k1 = F(y);
            var k2 = F(y + dt / 8 * k1);
            y += dt / 4 * (k1 + k2) / 2;
        }
        return Norm(y);
    }

    [DrJaxProgram]
    public static double Convolution(Mat<double> image, Mat<double> kernel) =>
        Sum(Square(Build(image.Rows - 2, image.Columns - 2, (i, j) => Sum(3, a => Sum(3, b => image[i + a, j + b] * kernel[a, b])))));

    [DrJaxProgram]
    public static double Tensors(Tensor3<double> t, Vec<double> v)
    {
        var s = 0.0;
        for (var i = 0; i < t.Length; i++)
        {
            var m = t[i];
            s += Dot(v, MatMul(m, v)) / Square(v.Length) * Sin(s) + m[i, i];
        }
        return s + Sum(Build(t.Length, i => Sum(t[i, 0] * t[i, 1])));
    }

    [DrJaxProgram("groups")]
    public static (double, Vec<int>, int, bool) Integers(Placed<Vec<int>> k, Placed<double> x, int a) =>
        (ReduceMean(Map(k => Sum(k), k)), ReduceMax(k), ReduceSum(Map(k => k[0] * a, k)), ReduceSum(x) > 0);

    [DrJaxProgram]
    public static double InnerOptimum(Vec<double> x, double t)
    {
        var z = 0.1 * t;
        for (var i = 0; i < 10; i++) z -= 0.1 * Grad(static (z, x) => Sum(Square(z - x)) / x.Length + Square(Square(z)) / 8, z, x);
        return Sin(z) * t;
    }

    [DrJaxProgram("groups")]
    public static double ThirdOrder(Vec<double> w, Placed<Vec<double>> x) =>
        Sum(Grad(static (w, x) => Sum(Grad(Placements.Captured, w, x) * Sin(w)), w, x));

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> PlacedBranch(Vec<double> w, Placed<Vec<double>> x)
    {
        if (Sum(w) > 0) return Map(x => x * w, x);
        return Map(static x => Sin(x), x);
    }

    [DrJaxProgram("groups")]
    public static double LoopOverData(double a, Placed<Mat<double>> x, Placed<Vec<int>> k) => ReduceMean(Map((x, k) =>
    {
        var (h, best) = (Zeros<double>(x.Columns), 0.0);
        for (var i = 0; i < x.Rows; i++)
        {
            h = h.With(k[i], h[k[i]] * a / 2 + x[i, k[i]]);
            if (x[i, 0] > 0) best += h[k[i]] * best + 1;
        }
        return Sum(Square(h)) + Sin(best / 9);
    }, x, k));

    [DrJaxProgram]
    public static (double, bool) Booleans(Vec<double> x)
    {
        var (any, s) = (false, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            any = any || x[i] > 1.5;
            s += any ? x[i] : -0.5 * x[i] * x[i];
        }
        return (s, any);
    }

    [DrJaxProgram]
    public static Vec<double> Scatter(Vec<double> x, Vec<int> at)
    {
        var sums = Zeros<double>(x.Length);
        for (var i = 0; i < at.Length; i++) sums = sums.With(at[i], sums[at[i]] + Sin(x[i]));
        return sums * sums;
    }

    [DrJaxProgram]
    public static Vec<double> CumulativeProducts(Vec<double> x)
    {
        var (p, y) = (1.0, x);
        for (var i = 0; i < x.Length; i++)
        {
            p *= Cos(x[i]);
            y = y.With(x.Length - 1 - i, p);
        }
        return y;
    }

    [DrJaxProgram]
    public static double Pairs(Mat<double> x) => Sum(x.Rows, i => Sum(x.Rows, j => i < j ? Exp(-Sum(Square(x[i] - x[j])) / x.Columns) : 0));

    [DrJaxProgram]
    public static Mat<double> PairGradient(Mat<double> x) => Grad(Pairs, x);

    [DrJaxProgram("groups")]
    public static double LogSumExpOfGroups(Vec<double> w, Placed<Vec<double>> x)
    {
        var z = Map(x => Dot(w, x), x);
        var top = StopGradient(ReduceMax(z));
        return top + Log(ReduceSum(Map(z => Exp(z - top), z)));
    }

    [DrJaxProgram("groups")]
    public static Vec<double> FisherTimes(Vec<double> w, Vec<double> v, Placed<Vec<double>> x) =>
        ReduceMean(Map(x =>
        {
            var g = Grad(static (w, x) => Softplus(Dot(w, x) / w.Length), w, x);
            return g * Dot(g, v);
        }, x));
}
