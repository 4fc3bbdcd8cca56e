using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Learning to learn: gradients of what gradients did, explicit and implicit.</summary>
public static class MetaLearning
{
    private static double Loss(Vec<double> w, Mat<double> x, Vec<double> y) => Mean(Square(MatMul(x, w) / x.Columns - y));

    [DrJaxProgram("tasks")]
    public static Vec<double> Reptile(Vec<double> w, double eps, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        Vec<double> Inner(Vec<double> start, Mat<double> x, Vec<double> y)
        {
            var w = start;
            for (int i = 0; i < 4; ++i)
                w = w - 0.1 * Grad(Loss, w, x, y);
            return w;
        }
        return w + eps * ReduceMean(Map((x, y) => Inner(w, x, y) - w, x, y));
    }

    // MAML with per-parameter learning rates (Meta-SGD)
    public readonly record struct MetaParams(Vec<double> Init, Vec<double> LogLr) : IVectorSpace;

    [DrJaxProgram("tasks")]
    public static double MetaSgd(MetaParams p, Placed<(Mat<double> X, Vec<double> Y)> support, Placed<(Mat<double> X, Vec<double> Y)> query) =>
        ReduceMean(Map((s, q) =>
        {
            var adapted = p.Init - Exp(p.LogLr - 2) * Grad(Loss, p.Init, s.X, s.Y);
            return Loss(adapted, q.X, q.Y);
        }, support, query));

    [DrJaxProgram("tasks")]
    public static MetaParams MetaSgdStep(MetaParams p, double lr, Placed<(Mat<double> X, Vec<double> Y)> support, Placed<(Mat<double> X, Vec<double> Y)> query)
    {
        var g = Grad(MetaSgd, p, support, query);
        return p - lr * g;
    }

    // implicit MAML: (I + H/lambda)^-1 g by conjugate gradient
    private static Vec<double> ConjugateGradient(Func<Vec<double>, Vec<double>> a, Vec<double> b, int steps)
    {
        var x = Zeros<double>(b.Length);
        var r = b;
        var p = r;
        var rs = Dot(r, r);
        for (var i = 0; i < steps; i++)
        {
            var ap = a(p);
            var alpha = rs / (Dot(p, ap) + 1e-12);
            x += alpha * p;
            r -= alpha * ap;
            var rsNew = Dot(r, r);
            p = r + rsNew / (rs + 1e-12) * p;
            rs = rsNew;
        }
        return x;
    }

    [DrJaxProgram("tasks")]
    public static Vec<double> ImplicitMaml(Vec<double> w, double lambda, Placed<Mat<double>> x, Placed<Vec<double>> y)
    {
        var lam = 1 + lambda * lambda;
        return ReduceMean(Map((x, y) =>
        {
            var phi = w;
            for (var k = 0; k < 3; k++) phi -= 0.1 * (Grad(Loss, phi, x, y) + lam * (phi - w));
            var g = Grad(Loss, phi, x, y);
            return ConjugateGradient(v => v + Hvp(Loss, phi, v, x, y) / lam, g, 3);
        }, x, y));
    }
}
