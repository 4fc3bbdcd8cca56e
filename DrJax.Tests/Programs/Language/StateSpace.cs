using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Gaussian(Vec<double> Mean, Mat<double> Cov)
{
    public int Dim => Mean.Length;
}

public sealed record KalmanModel(Mat<double> A, Mat<double> C, Mat<double> Q, Mat<double> R);

/// <summary>Filters, hidden Markov models and time series.</summary>
public static class StateSpace
{
    private static Gaussian Predict(this Gaussian g, KalmanModel m) =>
        new(MatMul(m.A, g.Mean), MatMul(MatMul(m.A, g.Cov), Transpose(m.A)) + m.Q);

    private static (Gaussian Posterior, double LogLikelihood) Update(this Gaussian g, KalmanModel m, Vec<double> y)
    {
        var s = MatMul(MatMul(m.C, g.Cov), Transpose(m.C)) + m.R;
        var innovation = y - MatMul(m.C, g.Mean);
        var gain = Transpose(Solve(s, MatMul(m.C, g.Cov)));
        var mean = g.Mean + MatMul(gain, innovation);
        var cov = g.Cov - MatMul(gain, MatMul(m.C, g.Cov));
        var ll = -0.5 * (Dot(innovation, Solve(s, innovation)) + LogDet(s) + y.Length * Math.Log(2 * Math.PI));
        return (new Gaussian(mean, (cov + Transpose(cov)) / 2), ll);
    }

    [DrJaxProgram("series")]
    public static double KalmanLikelihood(Mat<double> a, Mat<double> c, (double Q, double R) noise, Placed<Mat<double>> ys)
    {
        var n = a.Rows;
        var eye = Build(n, n, (i, j) => i == j ? 1.0 : 0.0);
        var model = new KalmanModel(0.5 * eye + a / (4 * n), c / n, Exp(noise.Q / 2) * eye, Exp(noise.R / 2) * eye);
        return ReduceMean(Map(y =>
        {
            var belief = new Gaussian(Zeros<double>(n), eye);
            var total = 0.0;
            foreach (var observation in y[..3])
            {
                belief = belief.Predict(model);
                (belief, var ll) = belief.Update(model, observation);
                total += ll;
            }
            return total / belief.Dim;
        }, ys));
    }

    // Viterbi with backpointers
    [DrJaxProgram]
    public static (double Score, Vec<int> Path) Viterbi(Vec<double> start, Mat<double> trans, Mat<double> emissions)
    {
        int T = emissions.Rows, K = start.Length;
        var delta = start + emissions[0];
        var back = Zeros<int>(T, K);
        for (int t = 1; t < T; t++)
        {
            var scores = Build(K, K, (j, i) => delta[i] + trans[i, j]);
            back = back.With(t, ArgMax(scores, axis: 1));
            delta = Max(scores, axis: 1) + emissions[t];
        }
        var path = Zeros<int>(T);
        int state = ArgMax(delta);
        path = path.With(T - 1, state);
        for (int t = T - 1; t > 0; t--)
        {
            state = back[t, state];
            path = path.With(t - 1, state);
        }
        return (delta[path[^1]], path);
    }

    // Baum-Welch: one EM step in log space
    private static Vec<double> LogMatVec(Mat<double> logA, Vec<double> v) => Build(v.Length, i => LogSumExp(logA[i] + v));

    [DrJaxProgram("sequences")]
    public static (Vec<double> Start, Mat<double> Trans, double LogLik) BaumWelch(Vec<double> startLogits, Mat<double> transLogits, Placed<Mat<double>> emissions)
    {
        var logPi = LogSoftmax(startLogits);
        var logA = Rows(transLogits, LogSoftmax);
        var k = logPi.Length;
        var (starts, transitions, lls) = Map(b =>
        {
            var T = b.Rows;
            var alpha = Zeros<double>(T, k).With(0, logPi + b[0]);
            for (var t = 1; t < T; t++) alpha = alpha.With(t, LogMatVec(Transpose(logA), alpha[t - 1]) + b[t]);
            var beta = Zeros<double>(T, k);
            for (var t = T - 2; t >= 0; t--) beta = beta.With(t, LogMatVec(logA, b[t + 1] + beta[t + 1]));
            var ll = LogSumExp(alpha[^1]);
            var gamma0 = Exp(alpha[0] + beta[0] - ll);
            var xi = Zeros<double>(k, k);
            for (var t = 0; t < T - 1; t++)
                xi += Build(k, k, (i, j) => Exp(alpha[t, i] + logA[i, j] + b[t + 1, j] + beta[t + 1, j] - ll));
            return (gamma0, xi, ll);
        }, emissions);
        var pi = ReduceMean(starts);
        var counts = ReduceSum(transitions);
        return (pi / Sum(pi), Rows(counts, r => r / Sum(r)), ReduceSum(lls) / emissions.Count);
    }

    // Bootstrap particle filter with systematic resampling
    [DrJaxProgram]
    public static double ParticleFilter(Vec<double> y, Key key, double sigma)
    {
        const int N = 16;
        var particles = Rng.Normal<double>(Rng.FoldIn(key, -1), N);
        var logLik = 0.0;
        for (var t = 0; t < 3; t++)
        {
            var (kMove, kResample) = Rng.Split(Rng.FoldIn(key, t));
            particles = 0.9 * particles + 0.3 * Rng.Normal<double>(kMove, N);
            var logW = -0.5 * Square((y[t] - particles) / (1 + sigma * sigma));
            logLik += LogSumExp(logW) - Log((double)N);
            var w = StopGradient(Softmax(logW));
            var cumulative = CumSum(w);
            var u0 = Rng.Uniform<double>(kResample);
            var ancestors = Build(N, i =>
            {
                var u = (i + u0) / N;
                var a = 0;
                while (a < N - 1 && cumulative[a] < u) a++;
                return a;
            });
            particles = particles[ancestors];
        }
        return logLik;
    }

    // GARCH(1,1) negative log likelihood
    [DrJaxProgram("assets")]
    public static double Garch((double Omega, double Alpha, double Beta) theta, Placed<Vec<double>> returns)
    {
        var (omega, alpha, beta) = (Exp(theta.Omega - 2), 0.3 * Sigmoid(theta.Alpha), 0.6 * Sigmoid(theta.Beta));
        return ReduceMean(Map(r =>
        {
            var variance = Mean(Square(r)) + 0.1;
            var nll = 0.0;
            for (int t = 0; t < r.Length; t++)
            {
                nll += 0.5 * (Log(variance) + r[t] * r[t] / variance);
                variance = omega + alpha * r[t] * r[t] + beta * variance;
            }
            return nll / r.Length;
        }, returns));
    }

    // ARMA(2, 1) conditional least squares
    [DrJaxProgram]
    public static double Arma(Vec<double> y, Vec<double> theta)
    {
        var (a1, a2, b1) = (0.3 * theta[0], 0.2 * theta[1], 0.3 * theta[2]);
        double previousError = 0, css = 0;
        for (var t = 2; t < y.Length; t++)
        {
            var error = y[t] - a1 * y[t - 1] - a2 * y[t - 2] - b1 * previousError;
            css += error * error;
            previousError = error;
        }
        return css / (y.Length - 2);
    }

    // linear-chain CRF
    private static double CrfScore(Mat<double> unary, Mat<double> pair, Vec<int> tags)
    {
        var s = unary[0, tags[0]];
        for (var t = 1; t < tags.Length; t++) s += pair[tags[t - 1], tags[t]] + unary[t, tags[t]];
        return s;
    }

    [DrJaxProgram("sentences")]
    public static double Crf(Mat<double> w, Mat<double> pair, Placed<(Mat<double> X, Vec<int> Tags)> data) => ReduceMean(Map(d =>
    {
        var unary = MatMul(d.X, w) / w.Rows;
        var alpha = unary[0];
        foreach (var row in unary[1..])
        {
            var a = alpha;
            alpha = Build(row.Length, j => LogSumExp(a + pair[.., j])) + row;
        }
        return LogSumExp(alpha) - CrfScore(unary, pair, d.Tags);
    }, data));
}
