using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Papers;

/// <summary>Federated analytics: clustering, mixtures, components, regression, statistics of clients' own numbers of rows.</summary>
public static class Analytics
{
    private static int Nearest(Mat<double> centroids, Vec<double> x)
    {
        var (best, at) = (double.PositiveInfinity, 0);
        for (int k = 0; k < centroids.Rows; k++)
        {
            var d = Sum(Square(centroids[k] - x));
            if (d < best) (best, at) = (d, k);
        }
        return at;
    }

    [DrJaxProgram("clients")]
    public static (Mat<double> Centroids, double Inertia) KMeans(Mat<double> centroids, [Ragged] Placed<Mat<double>> clients)
    {
        double inertia = 0;
        for (int r = 0; r < 3; r++)
        {
            var c = centroids;
            var (sums, counts, cost) = Map(x =>
            {
                var sum = Zeros<double>(c.Rows, c.Columns);
                var count = Zeros<double>(c.Rows);
                var total = 0.0;
                foreach (var row in x)
                {
                    var k = Nearest(c, row);
                    sum = sum.With(k, sum[k] + row);
                    count = count.With(k, count[k] + 1);
                    total += Sum(Square(row - c[k]));
                }
                return (sum, count, total);
            }, clients);
            var (s, n) = (ReduceSum(sums), ReduceSum(counts));
            inertia = ReduceSum(cost);
            centroids = Build(c.Rows, k => n[k] > 0 ? s[k] / n[k] : c[k]);
        }
        return (centroids, inertia);
    }

    private static object[] KMeansArguments(int n, int groups, Draw d) => [d.Mat(3, n), d.Groups(groups, i => d.Mat(1 + (i * 5 + n) % 7, n))];

    public record Mixture(Vec<double> LogWeights, Mat<double> Means, Tensor3<double> Covariances)
    {
        public int Components => LogWeights.Length;

        public Vec<double> LogJoint(Vec<double> x) => Build(Components, k =>
        {
            var l = Cholesky(Covariances[k]);
            var z = SolveTriangular(l, x - Means[k], upper: false);
            return LogWeights[k] - 0.5 * Dot(z, z) - Sum(Log(Diag(l))) - 0.5 * x.Length * Math.Log(2 * Math.PI);
        });
    }

    public record struct Moments(Vec<double> N, Mat<double> Sx, Tensor3<double> Sxx, double LogLik) : IVectorSpace;

    private static Moments EStep(Mixture m, Mat<double> data)
    {
        var (rows, dim) = (data.Rows, data.Columns);
        var moments = new Moments(Zeros<double>(m.Components), Zeros<double>(m.Components, dim), Zeros<double>(m.Components, dim, dim), 0);
        for (int i = 0; i < rows; i++)
        {
            var x = data[i];
            var joint = m.LogJoint(x);
            var r = Softmax(joint);
            moments += new Moments(r, Outer(r, x), Build(m.Components, k => r[k] * Outer(x, x)), LogSumExp(joint));
        }
        return moments;
    }

    private static Mixture MStep(Moments s, double ridge)
    {
        var (k, d) = (s.Sx.Rows, s.Sx.Columns);
        var means = Build(k, i => s.Sx[i] / s.N[i]);
        var covs = Build(k, i => s.Sxx[i] / s.N[i] - Outer(means[i], means[i]) + ridge * Diag(Ones<double>(d)));
        return new(Log(s.N / Sum(s.N)), means, covs);
    }

    [DrJaxProgram("clients")]
    public static (Mixture, double) ExpectationMaximisation(Vec<double> logits, Mat<double> means, double ridge, Placed<Mat<double>> clients)
    {
        var dim = means.Columns;
        var mixture = new Mixture(LogSoftmax(logits), means, Build(means.Rows, _ => Diag(Ones<double>(dim))));
        var logLik = double.NegativeInfinity;
        for (var it = 0; it < 2; it++)
        {
            var m = mixture;
            var total = ReduceSum(Map(x => EStep(m, x), clients));
            mixture = MStep(total, ridge);
            logLik = total.LogLik;
        }
        return (mixture, logLik);
    }

    private static object[] ExpectationMaximisationArguments(int n, int groups, Draw d) => [d.Vec(2), d.Mat(2, 3), 0.5, d.Groups(groups, _ => d.Mat(n, 3))];

    private static (Mat<double> Q, Mat<double> R) GramSchmidt(Mat<double> a)
    {
        var (m, n) = (a.Rows, a.Columns);
        var q = Zeros<double>(m, n);
        var r = Zeros<double>(n, n);
        for (int j = 0; j < n; j++)
        {
            var v = a[.., j];
            for (int i = 0; i < j; i++)
            {
                var rij = Dot(q[.., i], a[.., j]);
                r = r.With(i, j, rij);
                v -= rij * q[.., i];
            }
            var norm = Norm(v);
            r = r.With(j, j, norm);
            q = q.With(.., j, v / norm);
        }
        return (q, r);
    }

    [DrJaxProgram("clients")]
    public static (Mat<double> Components, Vec<double> Eigenvalues) OrthogonalIteration(Mat<double> start, Placed<Mat<double>> clients)
    {
        var mean = ReduceMean(Map(x => Mean(x, 0), clients));
        var (q, r) = GramSchmidt(start);
        for (int it = 0; it < 4; it++)
        {
            var basis = q;
            var z = ReduceMean(Map(x =>
            {
                var centred = x - mean;
                return MatMul(Transpose(centred), MatMul(centred, basis)) / x.Rows;
            }, clients));
            (q, r) = GramSchmidt(z);
        }
        return (q, Diag(r));
    }

    private static object[] OrthogonalIterationArguments(int n, int groups, Draw d) => [d.Mat(n, 2), d.Groups(groups, _ => d.Mat(6, n))];

    [DrJaxProgram("clients")]
    public static (Vec<double> Beta, int Iterations) ReweightedLeastSquares(Placed<(Mat<double> X, Vec<double> Y)> clients, double ridge, int features)
    {
        var beta = Zeros<double>(features);
        int it;
        for (it = 0; it < 25; it++)
        {
            var b = beta;
            var (g, h) = Map(c =>
            {
                var p = Sigmoid(MatMul(c.X, b));
                var w = p * (1 - p);
                return (MatMul(Transpose(c.X), Sigmoid(c.Y) - p), EinsumMat("ni,n,nj->ij", c.X, w, c.X));
            }, clients);
            var gradient = ReduceSum(g) - ridge * b;
            var hessian = ReduceSum(h) + ridge * Diag(Ones<double>(features));
            var step = CholeskySolve(Cholesky(hessian), gradient);
            beta += step;
            if (Norm(step) < 1e-9) break;
        }
        return (beta, it);
    }

    private static object[] ReweightedLeastSquaresArguments(int n, int groups, Draw d) => [d.Groups(groups, _ => (d.Mat(8, n), d.Vec(8))), 0.7, n];

    public readonly record struct Running(double Count, Vec<double> Mean, Vec<double> M2)
    {
        public static Running Empty(int dim) => new(0, Zeros<double>(dim), Zeros<double>(dim));

        public Vec<double> Variance => M2 / Count;

        public Running Add(Vec<double> x)
        {
            var count = Count + 1;
            var delta = x - Mean;
            var mean = Mean + delta / count;
            return new(count, mean, M2 + delta * (x - mean));
        }

        public static Running Merge(Running a, Running b)
        {
            var n = a.Count + b.Count;
            var delta = b.Mean - a.Mean;
            return new(n, a.Mean + delta * (b.Count / n), a.M2 + b.M2 + Square(delta) * (a.Count * b.Count / n));
        }
    }

    // Welford's running moments in every client, merged by Chan's formula.
    [DrJaxProgram("clients")]
    public static (Vec<double> Mean, Vec<double> Variance) BatchStatistics([Ragged] Placed<Mat<double>> clients, double scale)
    {
        var moments = Map(x =>
        {
            var m = Running.Empty(x.Columns);
            foreach (var row in x) m = m.Add(scale * row);
            return m;
        }, clients);
        var all = Reduce(Running.Merge, moments);
        return (all.Mean, all.Variance);
    }

    private static object[] BatchStatisticsArguments(int n, int groups, Draw d) => [d.Groups(groups, i => d.Mat(1 + i * 3 % n, n)), d.Number];
}
