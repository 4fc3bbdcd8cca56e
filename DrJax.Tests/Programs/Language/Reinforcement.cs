using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Objectives and samplers over episodes and chains.</summary>
public static class Reinforcement
{
    // GAE
    [DrJaxProgram("episodes")]
    public static double Gae(Vec<double> valueWeights, double rawGamma, double rawLambda, Placed<(Mat<double> States, Vec<double> Rewards, Vec<bool> Done)> episodes)
    {
        var (gamma, lambda) = (Sigmoid(rawGamma), Sigmoid(rawLambda));
        return ReduceMean(Map(e =>
        {
            var values = MatMul(e.States, valueWeights) / valueWeights.Length;
            var T = e.Rewards.Length;
            var (advantage, total) = (0.0, 0.0);
            for (var t = T - 1; t >= 0; --t)
            {
                var next = t + 1 < T && !e.Done[t] ? values[t + 1] : 0.0;
                var delta = e.Rewards[t] + gamma * next - values[t];
                advantage = delta + gamma * lambda * (e.Done[t] ? 0.0 : advantage);
                total += advantage * advantage;
            }
            return total / T;
        }, episodes));
    }

    // PPO clipped objective
    [DrJaxProgram("clients")]
    public static double Ppo(Mat<double> policy, Placed<(Vec<double> State, int Action, double Advantage, double OldLogProb)> batch)
    {
        const double clip = 0.2;
        return -ReduceMean(Map(b =>
        {
            var logp = LogSoftmax(MatMul(policy, b.State) / b.State.Length);
            var ratio = Exp(logp[b.Action] - (b.OldLogProb - 2) / 2);
            var entropy = -Sum(Exp(logp) * logp);
            return Math.Min(ratio * b.Advantage, Math.Clamp(ratio, 1 - clip, 1 + clip) * b.Advantage) + 0.01 * entropy;
        }, batch));
    }

    // HMC for Bayesian logistic regression: leapfrog, accept/reject by uniform
    private static double LogPosterior(Vec<double> w, Mat<double> x, Vec<double> y)
    {
        var z = MatMul(x, w) / w.Length;
        return -Sum(Build(y.Length, i => Softplus(y[i] > 0 ? -z[i] : z[i]))) - 0.5 * Dot(w, w);
    }

    [DrJaxProgram]
    public static (Vec<double> Sample, int Accepted) Hmc(Vec<double> w0, Mat<double> x, Vec<double> y, Key key)
    {
        const double eps = 0.1;
        const int leapfrogs = 3;
        var w = w0;
        var accepted = 0;
        for (var i = 0; i < 2; i++)
        {
            var (kp, ku) = Rng.Split(Rng.FoldIn(key, i));
            var p0 = Rng.Normal<double>(kp, w.Length);
            var (q, p) = (w, p0 + 0.5 * eps * Grad(LogPosterior, w, x, y));
            for (var l = 0; l < leapfrogs; l++)
            {
                q += eps * p;
                var g = Grad(LogPosterior, q, x, y);
                p += (l < leapfrogs - 1 ? eps : 0.5 * eps) * g;
            }
            var logRatio = LogPosterior(q, x, y) - LogPosterior(w, x, y) + 0.5 * (Dot(p0, p0) - Dot(p, p));
            if (Math.Log(Rng.Uniform<double>(ku)) < logRatio)
            {
                w = q;
                accepted++;
            }
        }
        return (w, accepted);
    }

    // Langevin: params, checked/unchecked and hash
    private static double Average(params ReadOnlySpan<double> values)
    {
        var s = 0.0;
        foreach (var v in values) s += v;
        return s / values.Length;
    }

    private static double AverageOf(params double[] values)
    {
        double s = 0;
        for (int i = 0; i < values.Length; i++) s += values[i];
        return s / values.Length;
    }

    private static int Hash(int a, int b)
    {
        unchecked
        {
            var h = (int)2166136261;
            h = (h ^ a) * 16777619;
            return (h ^ b) * 16777619;
        }
    }

    [DrJaxProgram]
    public static (double, int) Params(double a, double b, int k) => (AverageOf(a, b, a * b), Hash(k, k + 1));

    [DrJaxProgram]
    public static double ParamsSpan(double a, double b) => Average(a, b, a * b);
}
