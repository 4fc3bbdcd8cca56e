using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Programs made of derivatives: their own derivatives are second derivatives.</summary>
public static class SecondOrder
{
    private static double Energy(Vec<double> x) => Sum(Sin(x)) * Dot(x, x) / 4 + Exp(-x[0] * x[1]);

    private static Vec<double> Field(Vec<double> x, double a) => Sin(a * x) * x[0] + Dot(x, x);

    [DrJaxProgram]
    public static Vec<double> Gradient(Vec<double> x) => Grad(Energy, x);

    [DrJaxProgram]
    public static (double, Vec<double>) WithValue(Vec<double> x)
    {
        var (value, gradient) = ValueAndGrad(Energy, x);
        return (value, gradient * value);
    }

    [DrJaxProgram]
    public static Vec<double> HessianTimes(Vec<double> x, Vec<double> v) => Hvp(Energy, x, v);

    [DrJaxProgram]
    public static Mat<double> WholeHessian(Vec<double> x) => Hessian(Energy, x);

    [DrJaxProgram]
    public static Mat<double> WholeJacobian(Vec<double> x, double a) => Jacobian(Field, x, a);

    [DrJaxProgram]
    public static Vec<double> Forward(Vec<double> x, Vec<double> v, double a) => Jvp(Field, x, v, a).Tangent;

    [DrJaxProgram]
    public static Vec<double> Reverse(Vec<double> x, double a) => Vjp(Field, x, static r => 2.0 * r, a).Cotangent;

    [DrJaxProgram]
    public static Vec<double> OfLoops(Vec<double> x) => Grad(Loops.Scalar, x);

    [DrJaxProgram]
    public static Mat<double> OfNestedLoops(Mat<double> m) => Grad(Loops.Nested, m);

    [DrJaxProgram]
    public static Vec<double> OfRecurrences(Vec<double> x) => Grad(static x => Sum(Loops.Recurrence(x)), x);

    [DrJaxProgram]
    public static Vec<double> OfBranches(Vec<double> x) => Grad(Choices.InLoop, x);

    [DrJaxProgram]
    public static Vec<double> OfComprehensions(Vec<double> x) => Grad(static x => Sum(Square(Choices.InBuild(x))), x);

    [DrJaxProgram]
    public static Mat<double> OfLabels(Mat<double> logits, Vec<int> y) => Grad(Expressions.Labels, logits, y);

    [DrJaxProgram("groups")]
    public static Vec<double> OfMeans(Vec<double> w, Placed<Vec<double>> x) => Grad(Placements.Captured, w, x);

    [DrJaxProgram("groups")]
    public static Vec<double> OfRoots(Vec<double> w, Placed<Vec<double>> x) => Grad(Placements.RootOfMean, w, x);

    [DrJaxProgram("groups")]
    public static Vec<double> OfNormalised(Vec<double> w, Placed<Vec<double>> x) => Grad(Placements.NormaliseThenMap, w, x);

    [DrJaxProgram("groups")]
    public static Vec<double> OfLoopsInMaps(Vec<double> w, Placed<Mat<double>> x) => Grad(Placements.LoopInMap, w, x);

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> WithRespectToData(Vec<double> w, Placed<Vec<double>> x) => Grad(static (x, w) => Placements.RootOfMean(w, x), x, w);

    [DrJaxProgram("groups")]
    public static Vec<double> Descent(Vec<double> w, double lr, Placed<Vec<double>> x)
    {
        for (var r = 0; r < 2; r++) w -= lr * Grad(Placements.RootOfMean, w, x);
        return w;
    }

    private static double GroupLoss(Vec<double> w, Vec<double> x, double y) => Square(Tanh(Dot(w, x) / w.Length) - y);

    [DrJaxProgram("groups")]
    public static double MetaLoss(Vec<double> w, double lr, Placed<Vec<double>> x, Placed<double> y) =>
        ReduceMean(Map((x, y) => GroupLoss(w - lr * Grad(GroupLoss, w, x, y), x, y), x, y));

    [DrJaxProgram("groups")]
    public static double LocalTraining(Vec<double> w, double lr, Placed<Vec<double>> x, Placed<double> y)
    {
        var (models, losses) = Map((x, y) =>
        {
            var (m, total) = (w, 0.0);
            for (var s = 0; s < 3; s++)
            {
                var (loss, g) = ValueAndGrad(GroupLoss, m, x, y);
                m -= lr / 8 * g;
                total += loss;
            }
            return (m, total);
        }, x, y);
        return Dot(ReduceMean(models), w) + ReduceMean(losses);
    }

    [DrJaxProgram("groups")]
    public static Vec<double> MetaGradient(Vec<double> w, double lr, Placed<Vec<double>> x, Placed<double> y) => Grad(MetaLoss, w, lr, x, y);

    [DrJaxProgram("groups")]
    public static Vec<double> TrainingGradient(Vec<double> w, double lr, Placed<Vec<double>> x, Placed<double> y) => Grad(LocalTraining, w, lr, x, y);

    [DrJaxProgram("groups")]
    public static Placed<Mat<double>> JacobiansInMap(Placed<Vec<double>> x, double a) => Map(x => Jacobian(Field, x, a), x);

    [DrJaxProgram("groups")]
    public static Mat<double> HessianOfMean(Vec<double> w, Placed<Vec<double>> x) => Hessian(Placements.RootOfMean, w, x);
}
