using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Transformations of functions within one another, inside and outside of maps.</summary>
public static class Transformations
{
    private static double Energy(Vec<double> x, double a) => Sum(Sin(a * x)) * Dot(x, x) / x.Length + Exp(-x[0] * x[1]);

    private static Vec<double> Field(Vec<double> x, double a) => Sin(a * x) * x[0] + Dot(x, x) / x.Length;

    [DrJaxProgram]
    public static Vec<double> VmapOfScalars(Vec<double> x, double a) => Vmap(static (v, a) => v > 0 ? Sin(a * v) : v * v, x, a);

    [DrJaxProgram]
    public static Vec<double> VmapOfRows(Mat<double> m, double a) => Vmap(Energy, m, a);

    [DrJaxProgram]
    public static Mat<double> VmapToRows(Mat<double> m, double a) => Vmap(Field, m, a);

    [DrJaxProgram]
    public static Mat<double> VmapToRowsFromScalars(Vec<double> x, Vec<double> y) => Vmap(v => v * Sin(y), x);

    [DrJaxProgram]
    public static Tensor3<double> VmapToMatrices(Mat<double> m) => Vmap(static r => Outer(r, Sin(r)), m);

    [DrJaxProgram]
    public static Tensor4<double> VmapToTensors(Mat<double> m) => Vmap(static r => Build(2, i => Outer(r, (i + 1.0) * r)), m);

    [DrJaxProgram]
    public static Mat<double> VmapOfMatrices(Tensor3<double> t, Vec<double> x) => Vmap(static (m, x) => MatMul(m, Sin(x)), t, x);

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>) VmapOfPairs(Mat<double> m, Vec<double> w) => Vmap(r => (Dot(r, w) / w.Length, Sin(r) * w), m);

    [DrJaxProgram]
    public static Mat<double> VmapOfTwo(Mat<double> m, Vec<double> y, double a) => Vmap(static (r, y, a) => Sin(y * r) * a, (m, y), a);

    [DrJaxProgram]
    public static Mat<double> VmapOfVmap(Tensor3<double> t, double a) => Vmap(m => Vmap(Energy, m, a), t);

    [DrJaxProgram]
    public static Vec<double> VmapOfLoops(Mat<double> m) => Vmap(Loops.Scalar, m);

    [DrJaxProgram]
    public static Mat<double> VmapOfGrad(Mat<double> m, double a) => Vmap(static (r, a) => Grad(Energy, r, a), m, a);

    [DrJaxProgram]
    public static Mat<double> GradOfVmap(Mat<double> m, double a) => Grad(static (m, a) => Sum(Vmap(Energy, m, a)), m, a);

    [DrJaxProgram]
    public static Tensor3<double> VmapOfHessian(Mat<double> m, double a) => Vmap(static (r, a) => Hessian(Energy, r, a), m, a);

    [DrJaxProgram]
    public static Mat<double> ForwardJacobian(Vec<double> x, double a) => JacFwd(Field, x, a);

    [DrJaxProgram]
    public static Mat<double> ReverseJacobian(Vec<double> x, double a) => JacRev(Field, x, a);

    [DrJaxProgram]
    public static Vec<double> ForwardGradient(Vec<double> x, double a) => JacFwd(Energy, x, a);

    [DrJaxProgram]
    public static Vec<double> ReverseGradient(Vec<double> x, double a) => JacRev(Energy, x, a);

    [DrJaxProgram]
    public static Tensor3<double> ForwardOfMatrix(Vec<double> x) => JacFwd(static x => Outer(x, Sin(x[1..])), x);

    [DrJaxProgram]
    public static Tensor3<double> ReverseOfMatrix(Vec<double> x) => JacRev(static x => Outer(x, Sin(x[1..])), x);

    [DrJaxProgram]
    public static Mat<double> ForwardOfReverse(Vec<double> x, double a) => JacFwd(static (x, a) => JacRev(Energy, x, a), x, a);

    [DrJaxProgram]
    public static Mat<double> ReverseOfForward(Vec<double> x, double a) => JacRev(static (x, a) => JacFwd(Energy, x, a), x, a);

    [DrJaxProgram]
    public static Tensor3<double> ThirdDerivatives(Vec<double> x) => JacFwd(static x => JacRev(static x => JacFwd(static x => Energy(x, 0.5), x), x), x);

    [DrJaxProgram]
    public static (double, Vec<double>, Vec<double>) BesideTheLoss(Vec<double> x, double a)
    {
        var (value, aux, gradient) = ValueAndGradAux(static (x, a) => (Energy(x, a), Field(x, a)), x, a);
        return (value, aux * value, gradient);
    }

    private static double GroupLoss(Vec<double> w, Vec<double> x) => Square(Tanh(Dot(w, x) / w.Length) - x[0]);

    [DrJaxProgram("groups")]
    public static double Loss(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => GroupLoss(w, x), x));

    [DrJaxProgram("groups")]
    public static Vec<double> VmapOfPrograms(Mat<double> models, Placed<Vec<double>> x) => Vmap(w => Loss(w, x), models);

    [DrJaxProgram("groups")]
    public static Mat<double> VmapOfGradientsOfPrograms(Mat<double> models, Placed<Vec<double>> x) => Vmap(static (w, x) => Grad(Loss, w, x), models, x);

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> VmapInMap(Placed<Mat<double>> x, double a) => Map(m => Vmap(Energy, m, a), x);

    [DrJaxProgram("groups")]
    public static Mat<double> JacobiansOfReduced(Vec<double> w, Placed<Vec<double>> x) =>
        JacFwd(static (w, x) => Grad(Loss, w, x), w, x);

    [DrJaxProgram("groups")]
    public static Vec<double> GradOfMapOfGrad(Vec<double> w, Placed<Vec<double>> x) =>
        Grad(static (w, x) => Sum(Square(ReduceMean(Map(x => Grad(GroupLoss, w, x), x)))), w, x);

    [DrJaxProgram("groups")]
    public static Mat<double> PerExampleGradients(Vec<double> w, Placed<Mat<double>> x) =>
        ReduceMean(Map(m => Vmap(r => Grad(GroupLoss, w, r), m), x));

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> GradientInPlacedFirst(Placed<Vec<double>> x, Vec<double> w) => Grad(static (x, w) => Loss(w, x), x, w);

    [DrJaxProgram("groups")]
    public static (Vec<double>, Placed<Vec<double>>) GradientInTupleOfPlaced(Vec<double> w, Placed<Vec<double>> x) =>
        Grad(static p => Loss(p.W, p.X), (W: w, X: x));

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> ProductOfHessianWithPlaced(Placed<Vec<double>> x, Placed<Vec<double>> v, Vec<double> w) =>
        Hvp(static (x, w) => Loss(w, x), x, v, w);
}
