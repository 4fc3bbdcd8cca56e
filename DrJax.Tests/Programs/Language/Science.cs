using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Models and algorithms as their users write them.</summary>
public static class Science
{
    // ---- sequences ------------------------------------------------------------------------------------------------------------

    /// <summary>log p(observations) of a hidden Markov model by the forward algorithm, averaged over sequences. Row t of a sequence: log p(observation t | state).</summary>
    [DrJaxProgram("sequences")]
    public static double HiddenMarkov(Vec<double> start, Mat<double> transitions, Placed<Mat<double>> observations)
    {
        var first = LogSoftmax(start);
        var step = Rows(transitions, LogSoftmax);
        return ReduceMean(Map(o =>
        {
            var alpha = first + o[0];
            for (var t = 1; t < o.Length; t++)
            {
                var before = alpha;
                alpha = Build(before.Length, j => LogSumExp(Build(before.Length, i => before[i] + step[i, j]))) + o[t];
            }
            return LogSumExp(alpha);
        }, observations));
    }

    /// <summary>Soft dynamic time warping: the smoothed cost of the best alignment.</summary>
    [DrJaxProgram]
    public static double SoftTimeWarping(Vec<double> x, Vec<double> y)
    {
        var cost = Full(x.Length + 1, y.Length + 1, 50.0).With(0, 0, 0.0);
        for (var i = 1; i <= x.Length; i++)
            for (var j = 1; j <= y.Length; j++)
            {
                var nearest = -LogSumExp(Vec(-cost[i - 1, j], -cost[i, j - 1], -cost[i - 1, j - 1]));
                cost = cost.With(i, j, Square(x[i - 1] - y[j - 1]) + nearest);
            }
        return cost[x.Length, y.Length];
    }

    /// <summary>One head of causal self-attention with a normalised residual.</summary>
    [DrJaxProgram]
    public static Mat<double> Attention(Mat<double> x, Mat<double> queries, Mat<double> keys, Mat<double> values)
    {
        var (q, k, v) = (MatMul(x, queries), MatMul(x, keys), MatMul(x, values));
        var scores = MatMul(q, Transpose(k)) / Sqrt((double)x.Columns);
        var causal = Build(x.Rows, x.Rows, (i, j) => j <= i ? scores[i, j] : -1e9);
        return Rows(x + MatMul(Rows(causal, Softmax), v), Normalised);
    }

    private static Vec<double> Normalised(Vec<double> x)
    {
        var centred = x - Mean(x);
        return centred / Sqrt(Mean(Square(centred)) + 1e-5);
    }

    // ---- iterations to a tolerance --------------------------------------------------------------------------------------------

    /// <summary>Entropic optimal transport between histograms on a line, by Sinkhorn's iterations to a tolerance.</summary>
    [DrJaxProgram]
    public static double Sinkhorn(Vec<double> a, Vec<double> b, double blur)
    {
        var (p, q) = (Softmax(a), Softmax(b));
        var n = p.Length;
        var cost = Build(n, n, (i, j) => Square((i - j) / (double)n));
        var kernel = Exp(-cost / (0.2 + Square(blur)));
        var (u, v) = (Ones<double>(n), Ones<double>(n));
        var change = 1.0;
        while (change > 1e-14)
        {
            var before = u;
            u = p / MatMul(kernel, v);
            v = q / MatMul(Transpose(kernel), u);
            change = Max(Abs(u - before)) / Max(Abs(u));
        }
        return Sum(Build(n, n, (i, j) => u[i] * kernel[i, j] * v[j] * cost[i, j]));
    }

    /// <summary>PageRank by power iteration; its derivatives in the damping and in the links.</summary>
    [DrJaxProgram]
    public static Vec<double> PageRank(Mat<double> links, double damping)
    {
        var n = links.Rows;
        var (move, follow) = (Transpose(Rows(links, Softmax)), 0.5 * Sigmoid(damping));
        var rank = Full(n, 1.0 / n);
        for (var k = 0; k < 200; k++)
        {
            var next = follow * MatMul(move, rank) + (1 - follow) / n;
            var change = Max(Abs(next - rank));
            rank = next;
            if (change < 1e-15) break;
        }
        return rank;
    }

    /// <summary>Conjugate gradients for a regularised least squares, until the residual is small.</summary>
    [DrJaxProgram]
    public static Vec<double> ConjugateGradients(Mat<double> a, Vec<double> b)
    {
        var (x, r) = (0 * b, b);
        var (p, rr) = (r, Dot(r, r));
        for (var k = 0; k < 4 * b.Length && rr > 1e-12; k++)
        {
            var ap = MatMul(Transpose(a), MatMul(a, p)) / a.Rows + p;
            var step = rr / Dot(p, ap);
            x += step * p;
            r -= step * ap;
            var next = Dot(r, r);
            p = r + next / rr * p;
            rr = next;
        }
        return x;
    }

    /// <summary>Implied volatility of each option by Newton's method: every group takes its own number of steps.</summary>
    [DrJaxProgram("options")]
    public static (double, Placed<double>) ImpliedVolatility(double rate, Placed<double> moneyness, Placed<double> quote)
    {
        var volatilities = Map((m, q) =>
        {
            var (spot, strike) = (1 + 0.1 * m, 1.05);
            var target = Call(spot, strike, rate * 0.05, 0.5 + 0.1 * q);
            var sigma = 0.5;
            var miss = 1.0;
            do
            {
                var (price, vega) = ValueAndGrad((s, x, k, r) => Call(x, k, r, s), sigma, spot, strike, rate * 0.04);
                miss = price - target;
                sigma -= miss / vega;
            }
            while (Abs(miss) > 1e-13);
            return sigma;
        }, moneyness, quote);
        return (ReduceMean(volatilities), volatilities);
    }

    private static double Call(double spot, double strike, double rate, double sigma)
    {
        var d1 = (Log(spot / strike) + rate + 0.5 * sigma * sigma) / sigma;
        return spot * Cumulative(d1) - strike * Exp(-rate) * Cumulative(d1 - sigma);
    }

    private static double Cumulative(double x) => 0.5 * (1 + Erf(x / Sqrt(2.0)));

    // ---- densities and dynamics -----------------------------------------------------------------------------------------------

    /// <summary>Average log density of a stack of planar flows at the groups' points.</summary>
    [DrJaxProgram("points")]
    public static double NormalisingFlow(Mat<double> w, Mat<double> u, Vec<double> b, Placed<Vec<double>> points) => ReduceMean(Map(x =>
    {
        var (z, logDet) = (x, 0.0);
        for (var k = 0; k < b.Length; k++)
        {
            // u is moved towards u·w > -1, where the layer is invertible.
            var (wk, uk) = (0.1 * w[k], 0.1 * u[k]);
            var inner = Dot(wk, uk);
            uk += (Softplus(inner) - 1 - inner) / (Dot(wk, wk) + 0.5) * wk;
            var t = Tanh(Dot(wk, z) + b[k]);
            logDet += Log(1 + (1 - t * t) * Dot(uk, wk));
            z += t * uk;
        }
        return logDet - 0.5 * Dot(z, z);
    }, points));

    /// <summary>Two bodies under gravity by leapfrog, with the step chosen by their distance.</summary>
    [DrJaxProgram]
    public static (Vec<double>, double) Orbit(Vec<double> position, Vec<double> velocity, double mass)
    {
        var (x, v, t, steps) = (position, 0.1 * velocity, 0.0, 0);
        while (steps < 12)
        {
            var distance = Sqrt(Dot(x, x) + 0.1);
            var dt = 0.02 * distance / (1 + Square(mass));
            v -= 0.5 * dt * mass / (distance * distance * distance) * x;
            x += dt * v;
            t += dt;
            steps++;
        }
        return (x, t);
    }
}
