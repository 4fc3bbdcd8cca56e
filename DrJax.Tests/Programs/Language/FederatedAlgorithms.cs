using System.Linq;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Linear(Mat<double> W, Vec<double> B) : IVectorSpace
{
    public Vec<double> Apply(Vec<double> x) => MatMul(W, x) + B;
    public double SquaredNorm => Sum(Square(W)) + Sum(Square(B));
}

public readonly record struct TwoLayer(Linear Hidden, Linear Out) : IVectorSpace
{
    public Vec<double> Apply(Vec<double> x) => Out.Apply(Tanh(Hidden.Apply(x) / x.Length));
    public double L2() => Hidden.SquaredNorm + Out.SquaredNorm;
}

public enum ServerOptimizer { Sgd, Adam, Yogi, Adagrad }

public record FedConfig(double LocalLr, double ServerLr, double Beta1, double Beta2, double Tau);

public record struct ServerState(Vec<double> Model, Vec<double> M, Vec<double> V, int Round);

/// <summary>Federated training as its papers state it: adaptive servers, personal layers and statistics, momentum, privacy; analytics over clients.</summary>
public static class FedAlgorithms
{
    private static double Loss(Vec<double> w, Mat<double> x, Vec<double> y)
    {
        var residual = Tanh(MatMul(x, w) / w.Length) - y / 4;
        return Mean(Square(residual)) / 2;
    }

    // FedAvg: E local epochs, minibatches of size 2 by slicing.
    private static Vec<double> ClientUpdate(Vec<double> w, Mat<double> x, Vec<double> y, int epochs = 2, int batchSize = 2, double lr = 0.1)
    {
        var batches = x.Rows / batchSize;
        for (int e = 0; e < epochs; e++)
        {
            for (int b = 0; b < batches; b++)
            {
                var start = b * batchSize;
                var xb = x[start..(start + batchSize)];
                var yb = y[start..(start + batchSize)];
                w -= lr * Grad(Loss, w, xb, yb);
            }
        }
        return w;
    }

    [DrJaxProgram("clients")]
    public static Vec<double> FedAvg(Vec<double> w, Placed<Mat<double>> x, Placed<Vec<double>> y, Placed<double> weight)
    {
        for (var round = 0; round < 2; round++)
        {
            var global = w;
            var updated = Map((x, y) => ClientUpdate(global, x, y, batchSize: 2, lr: 0.2), x, y);
            w = ReduceWeightedMean(updated, Map(static v => 1 + Square(v), weight));
        }
        return w;
    }

    // FedOpt (Reddi et al.): adaptive server optimizers
    private static ServerState ServerStep(ServerState s, Vec<double> delta, ServerOptimizer kind, FedConfig c)
    {
        var m = c.Beta1 * s.M + (1 - c.Beta1) * delta;
        var d2 = Square(delta);
        var v = kind switch
        {
            ServerOptimizer.Adam => c.Beta2 * s.V + (1 - c.Beta2) * d2,
            ServerOptimizer.Yogi => s.V - (1 - c.Beta2) * d2 * Sign(s.V - d2),
            ServerOptimizer.Adagrad => s.V + d2,
            ServerOptimizer.Sgd => s.V,
            _ => 0 * s.V + 1,
        };
        var step = kind == ServerOptimizer.Sgd ? m : m / (Sqrt(v) + c.Tau);
        return s with { Model = s.Model + c.ServerLr * step, M = m, V = v, Round = s.Round + 1 };
    }

    private static ServerState FedOptRound(ServerState s, ServerOptimizer kind, FedConfig c, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var delta = ReduceMean(Map((x, y) => ClientUpdate(s.Model, x, y, lr: c.LocalLr) - s.Model, x, y));
        return ServerStep(s, delta, kind, c);
    }

    private static ServerState Init(Vec<double> w) => new(w, Zeros<double>(w.Length), Full(w.Length, 0.01), 0);

    [DrJaxProgram("clients")]
    public static (Vec<double>, int) FedAdam(Vec<double> w, double lr, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var config = new FedConfig(LocalLr: 0.1, ServerLr: 0.1 * lr, Beta1: 0.9, Beta2: 0.99, Tau: 1e-1);
        var state = Init(w);
        for (int t = 0; t < 2; t++) state = FedOptRound(state, ServerOptimizer.Adam, config, x, y);
        return (state.Model, state.Round);
    }

    [DrJaxProgram("clients")]
    public static Vec<double> FedYogi(Vec<double> w, double lr, Placed<Mat<double>> x, Placed<Vec<double>> y)
        => FedOptRound(Init(w), ServerOptimizer.Yogi, new FedConfig(0.1, lr, 0.9, 0.99, 0.1), x, y).Model;

    // Ditto: personalised models with a proximal term to the global one
    [DrJaxProgram("clients")]
    public static (Vec<double>, Placed<Vec<double>>, double) Ditto(Vec<double> w, double lambda, Placed<Vec<double>> personal, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var global = ReduceMean(Map((x, y) => ClientUpdate(w, x, y, epochs: 1), x, y));
        var updated = Map((v, x, y) =>
        {
            for (var k = 0; k < 2; k++)
            {
                var g = Grad(Loss, v, x, y) + lambda * (v - w);
                v -= 0.05 * g;
            }
            return v;
        }, personal, x, y);
        var loss = ReduceMean(Map(Loss, updated, x, y));
        return (global, updated, loss);
    }

    private static double HeadLoss(TwoLayer net, Mat<double> x, Vec<double> y) =>
        Mean(Build(x.Rows, i => Square(Sum(net.Apply(x[i])) / x.Columns - y[i]))) + 1e-3 * net.L2();

    // FedPer / personalised heads: shared body, own head; records and tuples placed
    [DrJaxProgram("clients")]
    public static (Linear Body, Placed<Linear> Heads) FedPer(Linear body, Placed<Linear> heads, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var (bodies, newHeads) = Map((head, x, y) =>
        {
            var net = new TwoLayer(body, head);
            net -= 0.05 * Grad(HeadLoss, net, x, y);
            return (net.Hidden, net.Out);
        }, heads, x, y);
        return (ReduceMean(bodies), newHeads);
    }

    // FedBN: normalisation statistics stay local
    public record struct BatchStats(Vec<double> Mean, Vec<double> Variance)
    {
        public Mat<double> Normalize(Mat<double> x) => (x - Mean) / Sqrt(Variance + 1e-3);
        public BatchStats Update(Mat<double> x, double momentum = 0.9)
        {
            var mean = Ops.Mean(x, 0);
            var variance = Ops.Mean(Square(x - mean), 0);
            return this with { Mean = momentum * Mean + (1 - momentum) * mean, Variance = momentum * Variance + (1 - momentum) * variance };
        }
    }

    [DrJaxProgram("clients")]
    public static (Vec<double>, Placed<BatchStats>) FedBN(Vec<double> w, Placed<Vec<double>> means, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var (models, stats) = Map((mu, x, y) =>
        {
            var stats = new BatchStats(mu, Ones<double>(mu.Length));
            var local = w;
            for (var epoch = 0; epoch < 2; epoch++)
            {
                stats = stats.Update(x);
                local -= 0.1 * Grad(Loss, local, stats.Normalize(x), y);
            }
            return (local, stats);
        }, means, x, y);
        return (ReduceMean(models), stats);
    }

    // MIME-lite: momentum from the server applied locally, statistics not updated locally
    [DrJaxProgram("clients")]
    public static (Vec<double>, Vec<double>) MimeLite(Vec<double> w, Vec<double> m, double beta, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        const double eta = 0.1;
        var b = Sigmoid(beta);
        var (ys, fullGrads) = Map((x, t) =>
        {
            var local = w;
            foreach (var row in Enumerable.Range(0, x.Rows / 2))
            {
                var g = Grad(Loss, local, x[(2 * row)..(2 * row + 2)], t[(2 * row)..(2 * row + 2)]);
                local -= eta * ((1 - b) * g + b * m);
            }
            return (local, Grad(Loss, w, x, t));
        }, x, y);
        return (ReduceMean(ys), (1 - b) * ReduceMean(fullGrads) + b * m);
    }

    // DP-FedSGD: clip per client, noise from key
    private static Vec<double> Clip(this Vec<double> g, double bound)
    {
        var norm = Norm(g);
        return norm <= bound ? g : g * (bound / norm);
    }

    [DrJaxProgram("clients")]
    public static Vec<double> DpFedAvg(Vec<double> w, Key key, double sigma, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        const double clip = 0.3;
        var model = w;
        for (var round = 0; round < 2; round++)
        {
            var now = model;
            var sum = ReduceSum(Map((x, y) => Grad(Loss, now, x, y).Clip(clip), x, y));
            var noise = sigma * clip * Rng.Normal<double>(Rng.FoldIn(key, round), w.Length);
            model -= 0.5 * (sum + noise) / x.Count;
        }
        return model;
    }

    // federated PCA by the power method
    [DrJaxProgram("clients")]
    public static (Vec<double> Direction, double Eigenvalue) PowerMethod(Vec<double> v0, Placed<Mat<double>> x)
    {
        var v = v0 / Norm(v0);
        var lambda = 0.0;
        for (var it = 0; it < 10; it++)
        {
            var current = v;
            var next = ReduceSum(Map(a => MatMul(Transpose(a), MatMul(a, current)) / a.Rows, x));
            lambda = Norm(next);
            v = next / lambda;
        }
        return (v, lambda);
    }

    // heavy hitters: counts of tokens, top 2
    [DrJaxProgram("clients")]
    public static (Vec<double> Counts, Vec<int> Which) HeavyHitters(Placed<Vec<int>> tokens, Vec<double> weights)
    {
        var counts = ReduceSum(Map(t =>
        {
            var c = Zeros<double>(t.Length);
            foreach (var token in t) c = c.With(token, c[token] + 1);
            return c;
        }, tokens));
        var (top, which) = TopK(counts + 0.01 * Iota<double>(counts.Length), 2);
        return (top * weights[0], which);
    }
}
