using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Branches: as statements and expressions, in comprehensions and loops, leaving early.</summary>
public static class Choices
{
    [DrJaxProgram]
    public static double IfElse(Vec<double> x)
    {
        double y;
        if (x[0] > 0) y = Exp(x[1]);
        else if (x[1] > 0) y = Sin(x[2]);
        else y = x[3] * x[0];
        return y * y;
    }

    [DrJaxProgram]
    public static double Conditional(double x, double y) => x > y ? x * Sin(y) : y > 0 ? Square(x) : x / (2 + y * y);

    [DrJaxProgram]
    public static (Vec<double>, double) Arrays(Vec<double> x, Vec<double> y)
    {
        var (a, s) = (x, 1.0);
        if (Sum(x) > Sum(y))
        {
            a = y * x;
            s = x[0];
        }
        else a -= y;
        return (a, s);
    }

    [DrJaxProgram]
    public static double EarlyReturn(Vec<double> x)
    {
        if (x[0] > 1) return x[1];
        var y = x * x;
        if (y[1] > x[2]) return Sum(y);
        y *= 2;
        return Dot(x, y);
    }

    [DrJaxProgram]
    public static Vec<double> InBuild(Vec<double> x) => Build(x.Length, i => x[i] > 0 ? Sqrt(x[i]) : i > 2 ? x[i] * x[0] : -1);

    [DrJaxProgram]
    public static double IndexGuard(Vec<double> x) => Sum(x.Length, i => i > 0 ? x[i] * x[i - 1] : x[i]);

    [DrJaxProgram]
    public static double SumWithCondition(Vec<double> x, double t) => Sum(x.Length, i => x[i] > t ? Square(x[i] - t) : 0);

    [DrJaxProgram]
    public static Mat<double> Triangle(Mat<double> m) => Build(m.Rows, m.Columns, (i, j) => i == j ? Exp(m[i, i]) : i > j ? m[i, j] * m[j, i] : 0);

    [DrJaxProgram]
    public static double InLoop(Vec<double> x)
    {
        var s = 0.1;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) s += Log(1 + x[i]) * s;
            else s -= x[i] / 4;
        }
        return s;
    }

    [DrJaxProgram]
    public static Vec<double> LoopInBuild(Vec<double> x, Mat<double> m) => Build(x.Length, i =>
    {
        var s = x[i];
        for (var j = 0; j < m.Columns; j++)
        {
            if (m[i, j] > 0) s = Sin(s) + m[i, j];
            else s *= x[j];
        }
        return s;
    });

    [DrJaxProgram]
    public static double LoopInArm(Vec<double> x)
    {
        if (x[0] > 0)
        {
            var s = 1.0;
            for (var i = 0; i < x.Length; i++) s *= Cos(x[i]);
            return s;
        }
        return Sum(x);
    }

    [DrJaxProgram]
    public static double Logic(Vec<double> x) => x[0] > 0 && x[1] > 0 || !(x[2] > x[3]) ? Dot(x, x) : Sum(x) * x[0];

    [DrJaxProgram]
    public static Vec<double> Masks(Vec<double> x, Vec<double> y) => Where((x > y) & (x > 0.0), x * y, Where(y < 0.0, x / 2, Sin(y)));

    [DrJaxProgram]
    public static double BySize(Vec<double> x) => x.Length > 7 ? Sum(x) : Dot(x, x);

    [DrJaxProgram]
    public static Vec<double> Huber(Vec<double> x) => Build(x.Length, i =>
    {
        var r = Abs(x[i]);
        if (r < 0.75) return 0.5 * r * r;
        return 0.75 * (r - 0.375);
    });
}
