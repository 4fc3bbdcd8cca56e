using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Papers;

/// <summary>Solvers within solvers: damped least squares, conjugate gradients on Hessian products, pooled regression; queues and selective recurrences.</summary>
public static class Calibration
{
    // MoCo: momentum encoder and queue as ring buffer ----
    [DrJaxProgram]
    public static (Mat<double> Query, Mat<double> KeyEncoder, Mat<double> Queue) Moco(Mat<double> query, Mat<double> keyEncoder, Mat<double> queue, Tensor3<double> batches, double momentum)
    {
        static Vec<double> Unit(Vec<double> v) => v / (Norm(v) + 1e-6);
        static double Loss(Mat<double> q, Mat<double> keys, Mat<double> queue, Mat<double> x)
        {
            var loss = 0.0;
            for (int i = 0; i < x.Rows; i++)
            {
                var z = Unit(MatMul(q, x[i]));
                var positive = Dot(z, keys[i]) / 0.2;
                var negatives = MatMul(queue, z) / 0.2;
                loss += LogSumExp([positive, .. negatives]) - positive;
            }
            return loss / x.Rows;
        }

        var head = 0;
        foreach (var batch in batches)
        {
            var enc = keyEncoder;
            var keys = Rows(batch, x => Unit(MatMul(enc, x)));
            query -= 0.1 * Grad(Loss, query, keys, queue, batch);
            keyEncoder = momentum * keyEncoder + (1 - momentum) * query;
            foreach (var k in keys)
            {
                queue = queue.With(head, k);
                head = (head + 1) % queue.Rows;
            }
        }
        return (query, keyEncoder, queue);
    }

    private static object[] MocoArguments(int n, int groups, Draw d) => [d.Mat(3, n), d.Mat(3, n), d.Mat(5, 3), d.Tensor(3, 2, n), 0.9];

    // isotonic regression by PAVA (pool adjacent violators) ----
    [DrJaxProgram]
    public static Vec<double> Isotonic(Vec<double> y)
    {
        int n = y.Length, blocks = 0;
        var (value, weight) = (Zeros<double>(n), Zeros<double>(n));
        for (int i = 0; i < n; i++)
        {
            var (v, w) = (y[i], 1.0);
            while (blocks > 0 && value[blocks - 1] >= v)
            {
                blocks--;
                v = (value[blocks] * weight[blocks] + v * w) / (weight[blocks] + w);
                w += weight[blocks];
            }
            value = value.With(blocks, v);
            weight = weight.With(blocks, w);
            blocks++;
        }
        var result = Zeros<double>(n);
        int at = 0;
        for (int b = 0; b < blocks; b++)
            for (int r = 0; r < (int)weight[b]; r++)
                result = result.With(at++, value[b]);
        return result;
    }

    private static object[] IsotonicArguments(int n, int groups, Draw d) => [d.Vec(n)];

    // Levenberg-Marquardt calibration per instrument ----
    private static Vec<double> Svi(Vec<double> p, Vec<double> k) => Build(k.Length, i => p[0] + p[1] * p[1] * (p[2] * (k[i] - p[3]) + Sqrt(Square(k[i] - p[3]) + 1 + p[4] * p[4])));

    [DrJaxProgram("surfaces")]
    public static Placed<(Vec<double> Params, double Error, int Accepted)> LevenbergMarquardt(Placed<(Vec<double> Strikes, Vec<double> Vols)> quotes, Vec<double> start)
        => Map(q =>
        {
            var (p, lambda, accepted) = (start, 1e-2, 0);
            Vec<double> Residual(Vec<double> x) => Svi(x, q.Strikes) - q.Vols;
            var r = Residual(p);
            for (var it = 0; it < 4; it++)
            {
                var j = JacFwd(static (x, k) => Svi(x, k), p, q.Strikes);
                var a = MatMul(Transpose(j), j);
                var damped = a + lambda * Diag(Diag(a) + 1e-3);
                var trial = p - Solve(damped, MatMul(Transpose(j), r));
                var rt = Residual(trial);
                if (Dot(rt, rt) < Dot(r, r)) { (p, r, lambda) = (trial, rt, lambda / 3); accepted++; }
                else lambda *= 5;
            }
            return (p, Dot(r, r), accepted);
        }, quotes);

    // Few groups: where a step of the quotient changes what is accepted there is no derivative.
    private static object[] LevenbergMarquardtArguments(int n, int groups, Draw d) => [d.Groups(Math.Min(groups, 3), _ => (d.Vec(n + 4) / 2, d.Vec(n + 4) / 4)), d.Vec(5) / 4];

    // GIANT / Newton-CG with conjugate gradients on Hvp ----
    [DrJaxProgram("clients")]
    public static Vec<double> NewtonCg(Vec<double> w, Placed<(Mat<double> X, Vec<double> Y)> data)
    {
        static double Loss(Vec<double> w, Mat<double> x, Vec<double> y) => Mean(Softplus(-(y * MatMul(x, w)))) + 0.1 * Dot(w, w);
        var g = ReduceMean(Map((Vec<double> w, (Mat<double> X, Vec<double> Y) d) => Grad(Loss, w, d.X, d.Y), Broadcast(w), data));
        var directions = Map(d =>
        {
            var x = Zeros<double>(w.Length);
            var (r, p) = (g, g);
            var rs = Dot(r, r);
            for (int i = 0; i < w.Length && rs > 1e-20; i++)
            {
                var hp = Hvp(Loss, w, p, d.X, d.Y);
                var alpha = rs / Dot(p, hp);
                x += alpha * p;
                r -= alpha * hp;
                var next = Dot(r, r);
                p = r + next / rs * p;
                rs = next;
            }
            return x;
        }, data);
        return w - ReduceMean(directions);
    }

    private static object[] NewtonCgArguments(int n, int groups, Draw d) => [d.Vec(n), d.Groups(groups, _ => (d.Mat(6, n), d.Vec(6)))];

    // selective state space (Mamba) scan ----
    public record Ssm(Mat<double> A, Mat<double> WB, Mat<double> WC, Vec<double> WDelta) : IVectorSpace;
    [DrJaxProgram("clients")]
    public static double Mamba(Ssm p, [Ragged] Placed<Mat<double>> sequences) => ReduceMean(Map(xs =>
    {
        int d = p.A.Rows, n = p.A.Columns;
        var h = Zeros<double>(d, n);
        var total = 0.0;
        foreach (var x in xs)
        {
            var delta = Softplus(p.WDelta * x);
            var (b, c) = (MatMul(x, p.WB), MatMul(x, p.WC));
            var aBar = Build(d, n, (i, j) => Exp(-delta[i] * Exp(p.A[i, j])));
            h = aBar * h + Outer(delta * x, b);
            total += Sum(Square(MatMul(h, c)));
        }
        return total / xs.Rows;
    }, sequences));

    private static object[] MambaArguments(int n, int groups, Draw d) => [new Ssm(d.Mat(n, 3), d.Mat(n, 3), d.Mat(n, 3), d.Vec(n)), d.Groups(groups, i => d.Mat(1 + (i * 5 + n) % 6, n))];
}
