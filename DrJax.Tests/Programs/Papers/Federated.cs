using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Papers;

/// <summary>Federated learning: per-client state, secure and robust aggregation, hierarchies, outer problems.</summary>
public static class Federated
{
    public record struct Server(Vec<double> X, Vec<double> C);
    public record struct Client(Vec<double> Ci);
    public record Region(Placed<(Mat<double> X, Vec<double> Y)> Clients, Placed<bool> Online, double Weight);

    private static double Logistic(Vec<double> w, Mat<double> x, Vec<double> y) => Mean(Softplus(-(y * MatMul(x, w))));

    private static double Squared(Vec<double> w, Mat<double> x, Vec<double> y) => 0.5 * Mean(Square(MatMul(x, w) - y));

    // Karimireddy et al. 2020, over rounds: the clients' control variates are carried, some clients stay away.
    [DrJaxProgram("clients")]
    public static double Scaffold(Server server, double localLr, Placed<Client> states, Placed<(Mat<double> X, Vec<double> Y)> data, Key key)
    {
        for (int round = 0; round < 3; round++)
        {
            var s = server;
            var active = Map(k => Rng.Bernoulli(k, 0.7), Rng.SplitGroups(Rng.FoldIn(key, round), data));
            var updated = Map((state, d, on) =>
            {
                if (!on) return (X: s.X, State: state);
                var y = s.X;
                for (int k = 0; k < 2; k++) y -= localLr * (Grad(Logistic, y, d.X, d.Y) - state.Ci + s.C);
                return (X: y, State: new Client(state.Ci - s.C + (s.X - y) / (2 * localLr)));
            }, states, data, active);
            var dc = ReduceMean(Map((u, old) => u.State.Ci - old.Ci, updated, states));
            server = new(ReduceMean(Map(u => u.X, updated)), s.C + dc);
            states = Map(u => u.State, updated);
        }
        return ReduceMean(Map(d => Logistic(server.X, d.X, d.Y), data));
    }

    private static object[] ScaffoldArguments(int n, int groups, Draw d) =>
        [new Server(d.Vec(n), d.Vec(n)), 0.3, d.Groups(groups, _ => new Client(d.Vec(n))), d.Groups(groups, _ => (d.Mat(6, n), d.Vec(6))), new Key(7)];

    // Li et al. 2020: fair updates weighted by powers of the losses.
    [DrJaxProgram("clients")]
    public static Vec<double> QFedAvg(Vec<double> w, double q, double lipschitz, Placed<(Mat<double> X, Vec<double> Y)> clients)
    {
        var (deltas, hs) = Map(c =>
        {
            var f = Logistic(w, c.X, c.Y);
            var wk = w;
            for (int i = 0; i < 2; i++) wk -= Grad(Logistic, wk, c.X, c.Y) / lipschitz;
            var dw = lipschitz * (w - wk);
            var fq = Math.Pow(f, q);
            return (fq * dw, q * Math.Pow(f, q - 1) * Dot(dw, dw) + lipschitz * fq);
        }, clients);
        return w - ReduceSum(deltas) / ReduceSum(hs);
    }

    private static object[] QFedAvgArguments(int n, int groups, Draw d) => [d.Vec(n), 1.5, 3.0, d.Groups(groups, _ => (d.Mat(6, n), d.Vec(6)))];

    // Bonawitz et al. 2017: pairwise masks cancel in the sum.
    [DrJaxProgram("clients")]
    public static (Vec<double> Sum, Placed<Vec<double>> Masked) SecureAggregation(Placed<Vec<double>> updates, Key key, double scale)
    {
        var n = updates.Count;
        var masked = Map((u, me) =>
        {
            var y = scale * u;
            for (int other = 0; other < n; other++)
            {
                if (other == me) continue;
                var pair = Rng.FoldIn(Rng.FoldIn(key, Math.Min(me, other)), Math.Max(me, other));
                var mask = Rng.Normal<double>(pair, u.Length);
                y += me < other ? mask : -mask;
            }
            return y;
        }, updates, GroupIndex(updates));
        return (ReduceSum(masked), masked);
    }

    private static object[] SecureAggregationArguments(int n, int groups, Draw d) => [d.Groups(groups, _ => d.Vec(n)), new Key(9), d.Number];

    // Blanchard et al. 2017, softened: updates weighted by their distance to their nearest neighbours.
    [DrJaxProgram("clients")]
    public static Vec<double> MultiKrum(Placed<Vec<double>> updates, double temperature)
    {
        var g = Collect(updates);
        var n = g.Length;
        const int f = 1;
        double Score(int i)
        {
            var d = Sort(Build(n, j => Sum(Square(g[i] - g[j]))));
            var s = 0.0;
            for (var k = 1; k < Math.Max(2, n - f - 1) && k < n; k++) s += d[k];
            return s;
        }
        return MatMul(Softmax(-temperature * Build(n, Score)), g);
    }

    private static object[] MultiKrumArguments(int n, int groups, Draw d) => [d.Groups(groups, i => d.Vec(n) + (0.0017 + 0.0013 * i) * d.Vec(n)), 0.1];

    private static Vec<double> RegionRound(Vec<double> w, Placed<(Mat<double> X, Vec<double> Y)> clients, double lr)
    {
        for (int i = 0; i < 2; i++)
        {
            var current = w;
            w = ReduceMean(Map(c => current - lr * Grad(Squared, current, c.X, c.Y), clients));
        }
        return w;
    }

    private static double TrainThenEvaluate(double serverLr, double lr, Vec<double> w, Placed<Placed<(Mat<double> X, Vec<double> Y)>> regions)
    {
        for (int round = 0; round < 3; round++)
        {
            var start = w;
            w += serverLr * ReduceMean(Map(r => RegionRound(start, r, lr) - start, regions));
        }
        return ReduceMean(Map(r => ReduceMean(Map(c => Squared(w, c.X, c.Y), r)), regions));
    }

    // The derivative of what rounds over regions of clients reach, in the server's learning rate.
    [DrJaxProgram("regions", "clients")]
    public static (double Loss, double Hypergradient) ServerRate(double serverLr, double lr, Vec<double> w, Placed<Placed<(Mat<double> X, Vec<double> Y)>> regions) =>
        ValueAndGrad(TrainThenEvaluate, serverLr, lr, w, regions);

    private static object[] ServerRateArguments(int n, int groups, Draw d) => [0.7, 0.05, d.Vec(n), d.Groups(groups, _ => d.Groups(3, _ => (d.Mat(4, n), d.Vec(4))))];

    [DrJaxProgram("regions", "clients", "devices")]
    public static (double, Vec<double>) ThreeLevels(Vec<double> w, double lr, Placed<Placed<Placed<(Vec<double> X, double Y)>>> world)
    {
        static double SampleLoss(Vec<double> w, (Vec<double> X, double Y) s) => Square(Dot(w, s.X) - s.Y);

        var model = w;
        for (var t = 0; t < 2; t++)
        {
            var m0 = model;
            model = ReduceMean(Map(region => ReduceMean(Map(client =>
            {
                var m = m0;
                for (var k = 0; k < 2; k++)
                {
                    var mk = m;
                    m -= lr / 5 * ReduceMean(Map(s => Grad(SampleLoss, mk, s), client));
                }
                return m;
            }, region)), world));
        }
        var loss = ReduceMean(Map(region => ReduceMax(Map(client => ReduceMean(Map(s => SampleLoss(model, s), client)), region)), world));
        return (loss, model);
    }

    private static object[] ThreeLevelsArguments(int n, int groups, Draw d) => [d.Vec(n), 0.1, d.Groups(groups, _ => d.Groups(3, _ => d.Groups(2, _ => (d.Vec(n), d.Number))))];

    [DrJaxProgram("regions", "clients")]
    public static Vec<double> PartialHierarchy(Vec<double> w, double lr, Placed<Region> regions)
    {
        var (models, weights) = Map(r =>
        {
            var updates = Map(c => w - lr * Grad(Squared, w, c.X, c.Y), r.Clients);
            var any = ReduceSum(Map(o => o ? 1 : 0, r.Online)) > 0;
            var model = any ? ReduceMean(updates, r.Online) : w;
            return (model, any ? Math.Exp(r.Weight) : 0.0);
        }, regions);
        var total = ReduceSum(weights);
        return total > 0 ? ReduceSum(Map((m, a) => a * m, models, weights)) / total : w;
    }

    private static object[] PartialHierarchyArguments(int n, int groups, Draw d) =>
        [d.Vec(n), 0.3, d.Groups(groups, _ => new Region(d.Groups(3, _ => (d.Mat(4, n), d.Vec(4))), d.Groups(3, _ => d.Int(3) > 0), d.Number))];

    // A bilevel problem: the inner one is solved by descent and differentiated by the implicit function theorem.
    [CustomVjp(nameof(RidgeVjp))]
    private static Vec<double> Ridge(Vec<double> logReg, Mat<double> x, Vec<double> y)
    {
        var w = Zeros<double>(x.Columns);
        var step = 1 / (Sum(Square(x)) / x.Rows + Max(Exp(logReg)));
        for (int i = 0; i < 4000; i++)
        {
            var g = MatMul(Transpose(x), MatMul(x, w) - y) / x.Rows + Exp(logReg) * w;
            w -= step * g;
            if (Norm(g) < 1e-13) return w;
        }
        return w;
    }

    private static (Vec<double>, Mat<double>, Vec<double>) RidgeVjp(Vec<double> logReg, Mat<double> x, Vec<double> y, Vec<double> w, Vec<double> ct)
    {
        var v = Solve(MatMul(Transpose(x), x) / x.Rows + Diag(Exp(logReg)), ct);
        var residual = y - MatMul(x, w);
        return (-v * Exp(logReg) * w, (Outer(residual, v) - Outer(MatMul(x, v), w)) / x.Rows, MatMul(x, v) / x.Rows);
    }

    [DrJaxProgram("clients")]
    public static double Bilevel(Vec<double> logReg, Placed<(Mat<double> XTrain, Vec<double> YTrain, Mat<double> XVal, Vec<double> YVal)> clients) =>
        ReduceMean(Map(c => Squared(Ridge(logReg, c.XTrain, c.YTrain), c.XVal, c.YVal), clients));

    private static object[] BilevelArguments(int n, int groups, Draw d) => [d.Vec(3) / 4, d.Groups(groups, _ => (d.Mat(n + 3, 3), d.Vec(n + 3), d.Mat(5, 3), d.Vec(5)))];
}
