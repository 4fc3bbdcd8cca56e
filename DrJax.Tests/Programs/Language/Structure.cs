using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Elements chosen, joined and moved.</summary>
public static class Structure
{
    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Tensor3<double>, Vec<double>) Reversed(Vec<double> x, Mat<double> m, Tensor3<double> t) =>
        (Reverse(x) * x, Reverse(m, 1) * Reverse(m, 0), Sin(Reverse(t, 2)), Build(x.Length, i => x[x.Length - 1 - i] * x[i]));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Vec<double>) Strided(Vec<double> x) =>
        (Build(x.Length / 2, i => Square(x[2 * i + 1])), Build(x.Length - 2, i => x[i + 2] * x[i]), Build(x.Length - 1, i => Square(x[x.Length - 2 - i])));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Tensor3<double>, Mat<double>) Reshaped(Mat<double> m, Vec<double> x) =>
        (Flatten(m * m), Sin(Reshape(Flatten(m), m.Columns, m.Rows)), Square(Reshape(m, m.Rows, 1, m.Columns)), Reshape(x, 1, x.Length) * x);

    [DrJaxProgram]
    public static (Tensor3<double>, Tensor4<double>, Tensor3<double>, Mat<double>) Permuted(Tensor3<double> t, Tensor4<double> u) =>
        (Sin(Permute(t, 2, 0, 1)), Square(Permute(u, 1, 3, 0, 2)), Transpose(t) * t, Permute(t[1], 1, 0) * t[0]);

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>, Mat<double>, Tensor3<double>, Tensor3<double>) Joined(Vec<double> x, Mat<double> m, double a) =>
        (Square(Concat(x, Full(2, a), x)), Sin(Concat(m, m * a, axis: 1)), Concat(m, m), Stack(x, a * x, axis: 1), Square(Stack(m, Sin(m), 1)), Stack(m, a * m, 2));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Mat<double>, Mat<double>, Tensor3<double>) Padded(Vec<double> x, Mat<double> m, Tensor3<double> t, double a) =>
        (Square(Pad(x, 1, 2)), Sin(Pad(x, 0, 1, a)), Square(Pad(m, (1, 0), (0, 2))), Pad(m, (0, 1), (1, 1), a * a), Pad(t, (0, 0), (1, 0), (0, 1)));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Mat<double>, Mat<double>, Mat<double>) Repeated(Vec<double> x, Mat<double> m) =>
        (Sin(Repeat(x, 3)), Square(Tile(x, 2)), Sin(Repeat(m, 2, 1)), Square(Repeat(m, 2, 0)), Sin(Tile(m, 2, 3)));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>, Tensor3<double>, Tensor3<double>, Vec<double>) Taken(Vec<double> x, Mat<double> m, Vec<int> at, Mat<int> places) =>
        (Sin(Take(x, at)), Square(Take(m, at, 1)), Sin(Take(x, places)), Square(Take(m, places)), Square(Take(m, places, 1)), Sin(DrJax.Ops.Gather(m, at, at)));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>) Scattered(Vec<double> x, Mat<double> m, Vec<int> at, Vec<int> on) =>
        (Square(ScatterAdd(x, at, Sin(x))), Square(ScatterAdd(m, at, m)), Square(ScatterAdd(m, at, on, x)));

    [DrJaxProgram]
    public static (Mat<double>, Vec<double>, double, Mat<double>, Mat<double>, Tensor3<double>) Diagonals(Vec<double> x, Mat<double> m, Tensor3<double> t, int k) =>
        (Square(Diag(x)), Sin(Diag(m)), Trace(m * m), Square(Tril(m)), Sin(Triu(m, k)), Square(Tril(t, -1)));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Vec<double>, Vec<double>, Vec<float>) Made(double a, double b, Vec<int> at, int k) =>
        (Sin(Linspace(a, b, 5)), a * OneHot<double>(at, 4), b * OneHot<double>(k, at.Length), Linspace(a, b, 1), OneHot<float>(k, 3));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>, Vec<double>, Mat<double>, Vec<double>, Mat<double>) RunningTotals(Vec<double> x, Mat<double> m) =>
        (Sin(CumSum(x)), Square(CumSum(m, 0)), Sin(CumSum(m, 1)), CumProd(x), CumProd(m, 1), Square(Diff(x)), Sin(Diff(m, 1)));

    [DrJaxProgram]
    public static (double, Vec<double>, double, Mat<double>) Products(Vec<double> x, Mat<double> m, Tensor3<double> t) => (Prod(x), Prod(m, 0), Prod(x * 0.0 + x[0]), Prod(t, 1));

    [DrJaxProgram]
    public static (double, Vec<double>, double, Mat<double>) Spreads(Vec<double> x, Mat<double> m, Tensor3<double> t) => (Var(x), Var(m, 0), Std(m), Std(t, 1));

    [DrJaxProgram]
    public static (double, double, double, Vec<double>) Norms(Vec<double> x, Mat<double> m, Tensor3<double> t) =>
        (Norm(t), NormL1(m), NormMax(Build(x.Length, i => x[i] + 10 * i)), Norm(m, 1));

    [DrJaxProgram]
    public static (bool, bool, int, Vec<double>, Vec<bool>, double, Mat<double>) Masks(Vec<double> x, Mat<double> m, bool p) =>
        (Any(x > 1.5), All(m > -1.9), Count(m > 0.0), Where(p, x, x * x), IsFinite(1 / (x - x[0])), Where(p, x[0], Square(x[1])), Where(m > 0.0, m, 0.5));

    [DrJaxProgram]
    public static (double, Vec<double>, Mat<double>, Vec<double>, Vec<int>, Mat<int>, Tensor3<double>) AxesOfTensors(Tensor3<double> t, Tensor4<double> u)
    {
        // Far enough apart that none ties with another.
        var apart = Build(2, 3, 3, 2, (i, j, k, l) => Sin(u[i, j, k, l]) * (5 - 10 * (j % 2)) + 20 * j + 100 * k + 1000 * l);
        return (Sum(u), Mean(t, 0, 2), Max(apart, 1, 2), Min(apart[1], 2, 0), ArgMax(apart[0, 0], 1), ArgMin(apart[1], 1), Mean(u, 3));
    }

    [DrJaxProgram]
    public static (Mat<double>, Mat<double>, Tensor3<double>, Vec<double>, Vec<double>, Tensor3<double>) Boxes(Mat<double> m, Tensor3<double> t, Tensor4<double> u) =>
        (Sin(m[1.., ..^1]), Square(t[.., 1]), Sin(t[1..3, .., 1..]), Square(m[2, 1..]), u[1, 0, 2] * u[0, 1, 1], u[.., 2] * u[1]);

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Mat<double>, Mat<double>, Tensor3<double>, Tensor4<double>) Replaced(Vec<double> x, Mat<double> m, Tensor3<double> t, Tensor4<double> u, int k) =>
        (Square(x.With(1..3, m[0][..2])), Sin(m.With(..2, m[2..4] * m[2..4])), m.With(1.., 2, x[1..]), m.With(k, 1..3, x[..2]), Sin(t.With(.., k, m)), u.With(1, k, Sin(m)));

    [DrJaxProgram]
    public static (Tensor4<double>, Vec<double>, Mat<double>, Tensor3<double>) OverItems(Tensor3<double> t, Tensor4<double> u, Vec<double> x) =>
        (Build(2, 3, x.Length, 2, (i, j, k, l) => x[k] * (i + 1) + j * l), Rows(t, Norm), Rows(u, a => Sum(a, 0)[0]), Rows(t, m => m * Transpose(m)));

    [DrJaxProgram("n")]
    public static (Placed<Vec<double>>, double, Vec<double>) InGroups(Placed<Vec<double>> x, Placed<Vec<int>> at, Mat<double> table)
    {
        var y = Map((v, a) => CumSum(Reverse(v)) * Take(v, a) + ScatterAdd(v, a, v), x, at);
        var z = Map((v, a) => Prod(v * 0.5) + Trace(Take(table, a)) + Var(v), x, at);
        return (y, ReduceMean(z), ReduceMean(Map((v, a) => Concat(Diff(v), Pad(v, 1, 0)), x, at)));
    }

    [DrJaxProgram("n")]
    public static (float, Vec<float>) Singles(Placed<Mat<float>> x, Vec<float> w) =>
        (ReduceMean(Map(m => Std(m) + Norm(Tril(m)) * w[0] + Sum(CumProd(m * 0.5f, 0)), x)), ReduceMean(Map(m => Flatten(Reverse(m, 0)) * Sum(w), x)));
}
