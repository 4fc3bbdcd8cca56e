using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Checkpoints compute what their functions do, with derivatives of every order.</summary>
public static class Checkpoints
{
    private static Vec<double> Layer(Vec<double> x, Mat<double> w)
    {
        var h = Tanh(MatMul(w, x) / x.Length);
        return Sin(MatMul(w, h) / x.Length + x);
    }

    [DrJaxProgram]
    public static double Once(Vec<double> x, Mat<double> w) => Dot(Checkpoint(Layer, x, w), x);

    [DrJaxProgram]
    public static double Twice(Vec<double> x, Mat<double> w) => Sum(Checkpoint(Layer, Checkpoint(Layer, x, w), w));

    [DrJaxProgram]
    public static double Nested(Vec<double> x, Mat<double> w) => Checkpoint((x, w) => Sum(Checkpoint(v => Layer(v, w) * x, Layer(x, w))), x, w);

    [DrJaxProgram]
    public static (Vec<double>, double) InLoop(Vec<double> x, Mat<double> w)
    {
        var s = 0.0;
        for (var i = 0; i < 4; i++)
        {
            x = Checkpoint(Layer, x, w);
            s += Checkpoint((v, i) => v[0] * v[0] * i, x, i);
        }
        return (x, s);
    }

    [DrJaxProgram]
    public static Vec<double> GradOfLoop(Vec<double> x, Mat<double> w) => Grad(static (x, w) => InLoop(x, w).Item2, x, w);

    [DrJaxProgram]
    public static Vec<double> InVmap(Mat<double> m, Mat<double> w) => Vmap(r => Sum(Checkpoint(Layer, r, w)), m);

    private static double GroupLoss(Vec<double> w, Vec<double> x) => Square(Tanh(Dot(w, x) / w.Length) - x[0]);

    [DrJaxProgram("groups")]
    public static double Meta(Vec<double> w, double lr, Placed<Vec<double>> x) =>
        ReduceMean(Map(x => GroupLoss(Checkpoint(static (w, x, lr) => w - lr * Grad(GroupLoss, w, x), w, x, lr), x), x));

    /// <summary>The same without checkpoint.</summary>
    [DrJaxProgram("groups")]
    public static double PlainMeta(Vec<double> w, double lr, Placed<Vec<double>> x) =>
        ReduceMean(Map(x => GroupLoss(w - lr * Grad(GroupLoss, w, x), x), x));

    [DrJaxProgram("groups")]
    public static Vec<double> GradOfMeta(Vec<double> w, double lr, Placed<Vec<double>> x) => Grad(Meta, w, lr, x);

    [DrJaxProgram("groups")]
    public static double Rounds(Vec<double> w, Placed<Vec<double>> x)
    {
        for (var r = 0; r < 3; r++) w = Checkpoint((w, x) => w - 0.5 * ReduceMean(Map(x => Grad(GroupLoss, w, x), x)), w, x);
        return Dot(w, w);
    }

    [DrJaxProgram("groups")]
    public static Vec<double> GradOfRounds(Vec<double> w, Placed<Vec<double>> x) => Grad(Rounds, w, x);
}
