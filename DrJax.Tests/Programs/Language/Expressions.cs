using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Inner(Vec<double> A, double B) : IVectorSpace;

public readonly record struct Outward(Inner Left, Inner Right, (double Scale, Mat<double> M) Rest) : IVectorSpace;

/// <summary>Arrays, structures, functions: what expressions are made of.</summary>
public static class Expressions
{
    [DrJaxProgram]
    public static double LocalFunctions(Vec<double> x, double a)
    {
        double Scaled(double v) => v * a;
        static double Bump(double v) => Exp(-v * v);
        var twice = (double v) => Scaled(Bump(v)) + Bump(Scaled(v));
        return twice(x[0]) * Sum(x.Length, i => twice(x[i]));
    }

    [DrJaxProgram]
    public static (double, Vec<double>) Deconstruction((Vec<double> A, (double B, Vec<double> C)) p)
    {
        var (a, (b, c)) = p;
        (a, c) = (c * b, a);
        return (Dot(a, c), a + c);
    }

    [DrJaxProgram]
    public static Outward With(Outward p)
    {
        var left = p.Left with { B = p.Right.B * p.Rest.Scale };
        var q = p with { Left = left, Rest = (p.Left.B, p.Rest.M * p.Right.B) };
        return q + 0.5 * p - q / 3 + -p;
    }

    [DrJaxProgram]
    public static Vec<double> Gather(Vec<double> x, Vec<int> at) => Sin(x[at]) * x;

    [DrJaxProgram]
    public static Mat<double> GatherRows(Mat<double> m, Vec<int> at) => m[at] * m;

    [DrJaxProgram]
    public static double Labels(Mat<double> logits, Vec<int> y)
    {
        var logp = Rows(logits, LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }

    [DrJaxProgram]
    public static double Embedding(Mat<double> table, Mat<int> tokens) => Sum(tokens.Rows, i => Sum(tokens.Columns, j => Sin(Dot(table[tokens[i, j]], table[i]))));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>) Updates(Vec<double> x, Mat<double> m, int k) =>
        (x.With(k, x[0] * x[1]), m.With(1, x).With(k, 2, Sum(x)).With(0, m[1] * x));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Mat<double>, Vec<double>, double) Ranges(Vec<double> x, Mat<double> m) =>
        (x[1..] * x[..^1], x[^2..] * 3, m[1..3] * 2, m[.., 1] * x, x[^1] * m[^1][^2]);

    [DrJaxProgram]
    public static (Mat<double>, Vec<double>) RowFunctions(Mat<double> m, Vec<double> v) => (Rows(m, r => r / (1 + Norm(r) * v[0])), Rows(m, r => Dot(r, v)));

    [DrJaxProgram]
    public static (double, Vec<double>, Vec<double>, Mat<double>) SoftmaxFamily(Vec<double> x, Mat<double> m) =>
        (LogSumExp(x), Softmax(x), LogSoftmax(x), Rows(m, Softmax));

    [DrJaxProgram]
    public static (Mat<double>, Vec<double>, Vec<double>, double, Mat<double>, Mat<double>) Products(Mat<double> a, Mat<double> b, Vec<double> x) =>
        (MatMul(a, b), MatMul(a, x), MatMul(x, b), Dot(x, MatMul(a, x)), Outer(x, MatMul(b, x)), MatMul(Transpose(a), b));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Vec<double>, Vec<double>, double, Mat<double>) Axes(Mat<double> m, Tensor3<double> t) =>
        (Sum(m, 0), Sum(m, 1), Mean(m, 0), Max(m, axis: 1), Min(m) + Mean(t), Sum(t, 1));

    [DrJaxProgram]
    public static (int, int, double, Vec<int>) Integers(Vec<double> x, int k) =>
        (ArgMax(x), x.Length / 2 + k % 3, ToDouble(k) * x[0], ToInt(Floor(x)));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>, Vec<double>) Literals(Vec<double> x, double a) =>
        ([a, .. x, a * a], [x, x * a], Vec(x[1] * a, 2.0, x[0]));

    [DrJaxProgram]
    public static (Mat<double>, Tensor3<double>) Comprehensions(Vec<double> x, Mat<double> m) =>
        (Build(x.Length, i => x[i] * m[i] + i), Build(2, x.Length, 3, (i, j, k) => x[j] * m[i, k] + 10 * k));

    [DrJaxProgram]
    public static double Extrema(Vec<double> x, Vec<double> y) => Max(x) * Min(y) + Max(x.Length, i => x[i] * y[i]) + Norm(x) + Sum(Clamp(x, -0.8, 0.8)) + Max(y[0], x[0]);

    [DrJaxProgram]
    public static float Singles(Vec<float> x, Mat<float> m, float a)
    {
        var h = Tanh(MatMul(m, x) * a);
        return Dot(h, Softmax(x)) + LogSumExp(h) / x.Length;
    }

    [DrJaxProgram]
    public static (float, double) MixedPrecision(Vec<double> x) => (ToFloat(x[0]) * 2f, ToDouble((float)x.Length) * x[1]);

    [DrJaxProgram]
    public static double Helpers(Vec<double> x) => Generic(x, 0.5) * Twice(v => v * x[1] + 1, x[0]) + 2.Power(x[2]);

    private static T Generic<T>(Vec<T> x, T a) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Sum(x * a) + T.Exp(a) / T.CreateChecked(x.Length);

    private static double Twice(Func<double, double> f, double x) => f(f(x));

    private static double Power(this int n, double x)
    {
        var p = 1.0;
        for (var i = 0; i < n; i++) p *= x;
        return p;
    }
}
