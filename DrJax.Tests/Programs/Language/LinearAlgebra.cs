using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Factorisations and solutions, alone, in loops and branches, in comprehensions and under Map, and what is built from them.</summary>
public static class LinearAlgebra
{
    /// <summary>Well conditioned, with rows in an order that needs pivoting.</summary>
    private static Mat<double> Regular(Mat<double> a)
    {
        var n = a.Rows;
        return Build(n, n, (i, j) => a[n - 1 - i, j] / n + (i + j == n - 1 ? 2.0 : 0.0));
    }

    private static Mat<double> Positive(Mat<double> a)
    {
        var g = MatMul(a, Transpose(a));
        return Build(a.Rows, a.Rows, (i, j) => g[i, j] / a.Rows + (i == j ? 1.0 : 0.0));
    }

    private static Mat<double> Dominant(Mat<double> a) => Build(a.Rows, a.Rows, (i, j) => i == j ? a.Rows * (3 + Tanh(a[i, j])) : a[i, j]);

    [DrJaxProgram]
    public static Mat<double> Factor(Mat<double> a) => Cholesky(Positive(a));

    [DrJaxProgram]
    public static Mat<double> FactorOfUnsymmetric(Mat<double> a) => Cholesky(Dominant(a));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Mat<double>, Mat<double>) Triangles(Mat<double> a, Vec<double> v, Mat<double> b)
    {
        var t = Dominant(a);
        return (SolveTriangular(t, v), SolveTriangular(t, v, upper: true), SolveTriangular(t, b, transposed: true), SolveTriangular(t, b, true, true));
    }

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>) Solutions(Mat<double> a, Vec<double> v, Mat<double> b)
    {
        var r = Regular(a);
        return (Solve(r, v), Solve(r, b), Inverse(r));
    }

    [DrJaxProgram]
    public static (double, double) Determinants(Mat<double> a) => (LogDet(Regular(a)), Det(Regular(a) / 2.0));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>) SolvedByFactor(Mat<double> a, Vec<double> v, Mat<double> b)
    {
        var l = Cholesky(Positive(a));
        return (CholeskySolve(l, v), CholeskySolve(l, b));
    }

    [DrJaxProgram]
    public static (Vec<float>, float, Mat<float>) Singles(Mat<float> a, Vec<float> v)
    {
        var r = Build(a.Rows, a.Rows, (i, j) => a[i, j] / a.Rows + (i == j ? 3f : 0f));
        return (Solve(r, v), LogDet(r), Cholesky(r));
    }

    [DrJaxProgram("groups")]
    public static (double, Placed<Vec<double>>) OfEveryGroup(Mat<double> w, Placed<(Mat<double> A, Vec<double> V)> data)
    {
        var solved = Map(d => Solve(Regular(d.A + w), d.V), data);
        return (ReduceMean(Map(d => LogDet(Regular(d.A + w)), data)), solved);
    }

    /// <summary>Groups are lanes: the elements of a group's matrix are not adjacent.</summary>
    [DrJaxProgram("groups")]
    public static (double, Placed<Vec<double>>) OfEveryLane(Vec<double> w, Placed<Vec<double>> x)
    {
        var factors = Map(x =>
        {
            var l = Cholesky(Positive(Outer(x, w) + w));
            return (CholeskySolve(l, x), Sum(SolveTriangular(l, x, transposed: true)) + LogDet(Regular(Outer(x, x))));
        }, x);
        var (solutions, sums) = factors;
        return (ReduceMean(sums), solutions);
    }

    [DrJaxProgram("groups")]
    public static Mat<double> SharedMatrix(Mat<double> a, Placed<Vec<double>> x) =>
        ReduceMean(Map(x => Outer(Solve(Regular(a), x), SolveTriangular(Dominant(a), x)), x));

    [DrJaxProgram]
    public static Vec<double> InComprehension(Mat<double> a, Mat<double> b) =>
        Build(b.Rows, i => b[i, 0] > 0 ? Dot(b[i], Solve(Regular(a), b[i])) : LogDet(Regular(a * b[i, 1])));

    /// <summary>What is factored in the arm that is not taken has no factors.</summary>
    [DrJaxProgram]
    public static double OutsideOfDomain(Mat<double> a, Vec<double> v) => Sum(v.Length, i =>
        v[i] > 0
            ? Sum(Cholesky(Build(a.Rows, a.Rows, (r, c) => (r == c ? 9.0 * a.Rows * (v[i] > 0 ? 1.0 : -1.0) : 0.0) + a[r, c] * v[i])))
            : v[i] * a[0, 0]);

    [DrJaxProgram]
    public static double InLoopAndBranch(Mat<double> a, Vec<double> v)
    {
        var x = v;
        for (var i = 0; i < 4; i++)
        {
            if (Sum(x) > 0) x = Solve(Regular(a), x) + v;
            else x = SolveTriangular(Dominant(a), x, upper: true) - v / 2.0;
        }
        return Dot(x, x);
    }

    [DrJaxProgram]
    public static Mat<double> Gradients(Mat<double> a) => Grad(static a => Sum(Sin(Cholesky(Positive(a)))) + LogDet(Regular(a)), a);

    [DrJaxProgram]
    public static (Mat<double>, Vec<double>) SecondDerivatives(Mat<double> a, Vec<double> v) =>
        (Grad(static (a, v) => Sum(Grad(Quadratic, a, v) * a), a, v), Grad(static (v, a) => Dot(v, MatMul(Grad(Quadratic, a, v), v)), v, a));

    private static double Quadratic(Mat<double> a, Vec<double> v) => Dot(v, Solve(Regular(a), v)) + Dot(v, SolveTriangular(Dominant(a), v));

    // ---- Gaussian processes ---------------------------------------------------------------------------------------------------------

    /// <summary>-ln p(y | X) of a Gaussian process with a squared exponential kernel and noise.</summary>
    public static double MarginalLikelihood(Vec<double> logs, Mat<double> x, Vec<double> y)
    {
        var (length, signal, noise) = (Exp(logs[0] / 4), Exp(logs[1] / 4), Exp(logs[2] / 4));
        var k = Build(x.Rows, x.Rows, (i, j) => signal * Exp(-Sum(Square(x[i] - x[j])) / (2 * length * x.Columns)) + (i == j ? noise : 0.0));
        var l = Cholesky(k);
        return 0.5 * Dot(y, CholeskySolve(l, y)) + Sum(x.Rows, i => Log(l[i, i])) + 0.5 * x.Rows * Math.Log(2 * Math.PI);
    }

    [DrJaxProgram("groups")]
    public static double MeanMarginalLikelihood(Vec<double> logs, Placed<(Mat<double> X, Vec<double> Y)> data) =>
        ReduceMean(Map(d => MarginalLikelihood(logs, d.X, d.Y), data));

    [DrJaxProgram("groups")]
    public static (double, Vec<double>) MarginalGradient(Vec<double> logs, Placed<(Mat<double> X, Vec<double> Y)> data) =>
        ValueAndGrad(MeanMarginalLikelihood, logs, data);

    [DrJaxProgram("groups")]
    public static Mat<double> MarginalHessian(Vec<double> logs, Placed<(Mat<double> X, Vec<double> Y)> data) =>
        Hessian(MeanMarginalLikelihood, logs, data);

    // ---- Kalman filters -------------------------------------------------------------------------------------------------------------

    /// <summary>-ln p of the observations, one a row, of a linear Gaussian state space model.</summary>
    public static double FilterLikelihood(Mat<double> f, Mat<double> h, double noise, Mat<double> observed)
    {
        var n = f.Rows;
        var (mean, covariance, total) = (Zeros<double>(n), Build(n, n, (i, j) => i == j ? 1.0 : 0.0), 0.0);
        for (var t = 0; t < observed.Rows; t++)
        {
            mean = MatMul(f, mean);
            var p = MatMul(MatMul(f, covariance), Transpose(f)) + Build(n, n, (i, j) => i == j ? 0.5 : 0.0);
            var s = MatMul(MatMul(h, p), Transpose(h)) + Build(n, n, (i, j) => i == j ? 1 + noise * noise : 0.0);
            var v = observed[t] - MatMul(h, mean);
            var gain = Transpose(Solve(s, MatMul(h, p)));
            total += 0.5 * (LogDet(s) + Dot(v, Solve(s, v)));
            mean += MatMul(gain, v);
            covariance = p - MatMul(gain, MatMul(h, p));
        }
        return total;
    }

    [DrJaxProgram("groups")]
    public static double MeanFilterLikelihood(Mat<double> f, Mat<double> h, double noise, Placed<Mat<double>> observed) =>
        ReduceMean(Map(o => FilterLikelihood(f / f.Rows, h / h.Rows, noise, o), observed));
}
