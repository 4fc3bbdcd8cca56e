using static DrJax.MapReduce;
using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Tests.Golden;

// ---------- logistic ----------
public static class Logistic
{
    static double GroupLoss(Vec<double> w, Mat<double> x, Vec<double> y)
    {
        var z = MatMul(x, w);
        return Mean(Log(1 + Exp(z)) - y * z);
    }
    [DrJaxProgram("groups")]
    public static double Loss(Vec<double> w, Placed<Mat<double>> x, Placed<Vec<double>> y)
        => ReduceMean(Map((x, y) => GroupLoss(w, x, y), x, y));       // capture = broadcast@groups
    [DrJaxProgram("groups")]
    public static Vec<double> HessianTimes(Vec<double> w, Vec<double> v, Placed<Mat<double>> x, Placed<Vec<double>> y)
        => Hvp(Loss, w, v, x, y);
}
// ---------- option ----------
public static class Option
{
    public readonly record struct Market(double Spot, double Sigma, double Rate, double Maturity) : IVectorSpace;
    static double Payoff(Market m, double strike, double z)
    {
        var (s, sigma, r, t) = m;
        var end = s * Exp((r - sigma * sigma / 2) * t + sigma * Sqrt(t) * z);
        return Exp(-r * t) * Max(end - strike, 0.0);
    }
    [DrJaxProgram("paths")]
    public static double Price(Market m, double strike, Placed<double> z) => ReduceMean(Map(z => Payoff(m, strike, z), z));
}
// ---------- federated MLP ----------
public readonly record struct Mlp(Mat<double> W1, Vec<double> B1, Mat<double> W2, Vec<double> B2) : IVectorSpace;
public static class Federated
{
    static double Loss(Mlp m, Mat<double> x, Vec<int> y)
    {
        var z = MatMul(Relu(MatMul(x, m.W1) + m.B1), m.W2) + m.B2;
        var logp = Rows(z, LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }
    [DrJaxProgram("clients")]
    public static double StepLoss(Mlp m, Placed<Tensor3<double>> x, Placed<Mat<int>> y)
        => ReduceMean(Map((x, y) => Loss(m, x[0], y[0]), x, y));
    static (Mlp, double) ClientTraining(Mlp m, double lr, Tensor3<double> x, Mat<int> y)
    {
        var total = 0.0;
        for (var s = 0; s < x.Length; s++)
        {
            var (loss, g) = ValueAndGrad(Loss, m, x[s], y[s]);
            total += loss;
            m -= lr * g;
        }
        return (m, total / x.Length);
    }
    [DrJaxProgram("clients")]
    public static (Mlp Model, double RoundLoss) LocalSgd(Mlp m, double lr, Placed<Tensor3<double>> x, Placed<Mat<int>> y)
        => ReduceMean(Map((x, y) => ClientTraining(m, lr, x, y), x, y));
    [DrJaxProgram("clients")]
    public static double SelfTuning((double Lr, Mlp Model) p, Placed<Tensor3<double>> x, Placed<Mat<int>> y)
    {
        var (model, _) = LocalSgd(p.Model, p.Lr, x, y);
        return StepLoss(model, x, y);
    }
}
// ---------- GMM ----------
public readonly record struct Gmm(Vec<double> Alphas, Mat<double> Means, Mat<double> Icf) : IVectorSpace;
public static class Mixture
{
    static Mat<double> LowerQ(Vec<double> icf, int d)
        => Build(d, d, (i, j) => i == j ? Exp(icf[i]) : i > j ? icf[d + j * (2 * d - j - 1) / 2 + i - j - 1] : 0);
    static double LogMixture(Gmm p, Vec<double> x)
    {
        var d = x.Length;
        return LogSumExp(Build(p.Alphas.Length, k =>
            p.Alphas[k] + Sum(p.Icf[k][..d]) - 0.5 * Sum(Square(MatMul(LowerQ(p.Icf[k], d), x - p.Means[k])))));
    }
    static double Prior(Gmm p, int d, double gamma, int m)
    {
        var n = d + m + 1;
        var logGamma = 0.25 * d * (d - 1) * Log(Math.PI) + Sum(d, j => LogGamma(0.5 * n - 0.5 * j));
        var c = n * d * (Log(gamma) - 0.5 * Log(2.0)) - logGamma;
        return Sum(p.Alphas.Length, k =>
            0.5 * gamma * gamma * (Sum(Exp(2 * p.Icf[k][..d])) + Sum(Square(p.Icf[k][d..]))) - m * Sum(p.Icf[k][..d]) - c);
    }
    [DrJaxProgram("points")]
    public static double Objective(Gmm p, Placed<Vec<double>> x, int d, int n, double gamma, int m)
        => -0.5 * n * d * Log(2 * Math.PI) + ReduceSum(Map(x => LogMixture(p, x), x)) - n * LogSumExp(p.Alphas) + Prior(p, d, gamma, m);
}
// ---------- LSTM ----------
public readonly record struct LstmState(Mat<double> H, Mat<double> C) : IVectorSpace;
public static class Lstm
{
    [DrJaxProgram]
    public static double Loss((Tensor3<double> Main, Mat<double> Extra) p, Tensor3<double> state, Mat<double> seq)
    {
        var (main, extra) = p;
        var h = Build(state.Length, l => state[l, 0]);           // no state[.., 0] needed
        var c = Build(state.Length, l => state[l, 1]);
        var total = 0.0;
        for (var t = 0; t < seq.Length - 1; t++)
        {
            var x = seq[t] * extra[0];
            for (var l = 0; l < main.Length; l++)
            {
                var w = main[l];
                var f = Sigmoid(x * w[0] + w[4]);
                var i = Sigmoid(h[l] * w[1] + w[5]);
                var o = Sigmoid(x * w[2] + w[6]);
                var change = Tanh(h[l] * w[3] + w[7]);
                var cell = c[l] * f + i * change;
                x = o * Tanh(cell);
                h = h.With(l, x);
                c = c.With(l, cell);
            }
            var y = x * extra[1] + extra[2];
            total += Dot(seq[t + 1], y - Log(2 + Sum(Exp(y))));
        }
        return -total / ((seq.Length - 1) * seq.Columns);
    }
}
// ---------- MAML ----------
public static class Maml
{
    static double Loss(Mlp m, Vec<double> x, Vec<double> y)
    {
        var h = Tanh(Build(x.Length, i => x[i] * m.W1[0] + m.B1));
        return Mean(Square(MatMul(h, m.W2[.., 0]) + m.B2[0] - y));
    }
    [DrJaxProgram("tasks")]
    public static double MetaLoss(Mlp m, double lr, Placed<Vec<double>> xs, Placed<Vec<double>> ys, Placed<Vec<double>> xq, Placed<Vec<double>> yq)
        => ReduceMean(Map((xs, ys, xq, yq) => Loss(m - lr * Grad(Loss, m, xs, ys), xq, yq), xs, ys, xq, yq));
}
// ---------- bundle adjustment ----------
public static class Bundle
{
    static Vec<double> Cross(Vec<double> a, Vec<double> b)
        => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    static Vec<double> Rotate(Vec<double> r, Vec<double> x)
    {
        var th2 = Dot(r, r);
        if (th2 == 0) return x + Cross(r, x);
        var th = Sqrt(th2);
        var w = r / th;
        return x * Cos(th) + Cross(w, x) * Sin(th) + w * (Dot(w, x) * (1 - Cos(th)));
    }
    static Vec<double> Project([Shape(11)] Vec<double> cam, [Shape(3)] Vec<double> x)
    {
        var q = Rotate(cam[..3], x - cam[3..6]);
        Vec<double> p = [q[0] / q[2], q[1] / q[2]];
        var s = Dot(p, p);
        return p * (1 + cam[9] * s + cam[10] * s * s) * cam[6] + cam[7..9];
    }
    static Vec<double> Residual(Vec<double> cam, Vec<double> x, double w, Vec<double> feat) => w * (Project(cam, x) - feat);

    [DrJaxProgram("observations")]
    public static Placed<Mat<double>> Jacobians(Placed<Vec<double>> cams, Placed<Vec<double>> points, Placed<double> w, Placed<Vec<double>> feats)
        => Map((c, x, w, f) => Jacobian((v, f) => Residual(v[..11], v[11..14], v[14], f), [.. c, .. x, w], f), cams, points, w, feats);
    [DrJaxProgram("observations")]
    public static double HalfSquaredNorm((Placed<Vec<double>> Cams, Placed<Vec<double>> Points, Placed<double> W) p, Placed<Vec<double>> feats)
        => 0.5 * ReduceSum(Map((c, x, w, f) => Sum(Square(Residual(c, x, w, f))), p.Cams, p.Points, p.W, feats));
}
