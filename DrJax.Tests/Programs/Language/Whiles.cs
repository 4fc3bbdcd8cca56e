using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Iterate(Vec<double> X, double Residual, int Steps) : IVectorSpace;

/// <summary>Loops whose number of iterations the values decide.</summary>
public static class Whiles
{
    [DrJaxProgram]
    public static double Doubling(double x)
    {
        var a = Exp(x);
        while (a < 10) a = a * 1.7 + Square(Sin(x));
        return a;
    }

    [DrJaxProgram]
    public static Vec<double> FixedPoint(Mat<double> w, Vec<double> b)
    {
        var x = b;
        double change;
        do
        {
            var next = Tanh(MatMul(w, x) / (4 * x.Length) + b);
            change = Norm(next - x);
            x = next;
        }
        while (change > 1e-12);
        return x;
    }

    [DrJaxProgram]
    public static (double, int) BoundedNewton(double a)
    {
        var (c, x, k) = (2 + a * a, 3.0, 0);
        for (k = 0; k < 20 && Abs(x * x - c) > 1e-13; k++) x = 0.5 * (x + c / x);
        return (x, k);
    }

    [DrJaxProgram]
    public static Iterate Record(Iterate start, double rate)
    {
        var at = start with { Residual = 1 + Square(start.Residual), Steps = 0 };
        while (at.Residual > 0.25)
        {
            at = at with { X = at.X * 0.9 - 0.01 * rate * Sin(at.X), Residual = at.Residual * 0.8, Steps = at.Steps + 1 };
        }
        return at;
    }

    [DrJaxProgram]
    public static double Bisection(Vec<double> x)
    {
        var (low, high) = (-20.0, 20.0);
        while (high - low > 8)
        {
            var middle = (low + high) / 2;
            if (Sum(Tanh(x - middle)) > 0) low = middle;
            else high = middle;
        }
        // A step of Newton's method from where the interval has come to: differentiable in x.
        var m = (low + high) / 16;
        return m + Sum(Tanh(x - m)) / Sum(x.Length, i => 1 - Square(Tanh(x[i] - m)));
    }

    [DrJaxProgram]
    public static double Collatz(int n, double x)
    {
        n += 3;
        while (n != 1)
        {
            if (n % 2 == 0) (n, x) = (n / 2, Sin(x) / 2 + x);
            else (n, x) = (3 * n + 1, x * 0.75);
        }
        return x;
    }

    [DrJaxProgram]
    public static double Triangular(Mat<double> m)
    {
        var s = 0.25;
        for (var i = 0; i < m.Rows; i++)
            for (var j = 0; j <= i; j++) s = 0.5 * s + Sin(m[i, j] * s + m[j, i]);
        return s;
    }

    [DrJaxProgram]
    public static Mat<double> Cholesky(Mat<double> a)
    {
        var n = a.Rows;
        var spd = MatMul(a, Transpose(a)) + Build(n, n, (i, j) => i == j ? 1.0 : 0);
        var l = Zeros<double>(n, n);
        for (var j = 0; j < n; j++)
        {
            var d = spd[j, j];
            for (var k = 0; k < j; k++) d -= Square(l[j, k]);
            l = l.With(j, j, Sqrt(d));
            for (var i = j + 1; i < n; i++)
            {
                var s = spd[i, j];
                for (var k = 0; k < j; k++) s -= l[i, k] * l[j, k];
                l = l.With(i, j, s / l[j, j]);
            }
        }
        return l;
    }

    [DrJaxProgram]
    public static double CountedByData(Vec<int> n, Vec<double> x)
    {
        var s = 0.5;
        for (var i = 0; i < n[0]; i++) s = s * x[i] + Cos(s);
        return s;
    }

    [DrJaxProgram]
    public static double Powers(Vec<double> x)
    {
        var s = 0.0;
        for (var i = 1; i < x.Length; i *= 2) s = s * 0.5 + x[i] * x[i / 2];
        return s;
    }

    [DrJaxProgram]
    public static double Palindrome(Vec<double> x)
    {
        var s = 0.0;
        for (int i = 0, j = x.Length - 1; i < j; i++, j--) s += Square(x[i] - x[j]) * Sin(s + 1);
        return s;
    }

    [DrJaxProgram]
    public static double Time(double rate)
    {
        var s = 1.0;
        for (var t = 0.0; t < 1; t += 0.125) s -= 0.125 * rate * Sin(s + t);
        return s;
    }

    [DrJaxProgram("groups")]
    public static double PerGroup(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(v =>
    {
        // A contraction, run until it stands still: one trip more or less does not show.
        var (s, change, k) = (v[0], 1.0, 0);
        while (Abs(change) > 1e-14 && k < 200)
        {
            change = 0.2 * Sin(w[0] * s + v[1]) - s;
            s += change;
            k++;
        }
        return s;
    }, x));

    [DrJaxProgram("groups")]
    public static Vec<double> RowsPerGroup(Mat<double> w, Placed<(Vec<double> X, int N)> data) => ReduceSum(Map(d =>
    {
        var h = d.X;
        for (var i = 0; i < d.N; i++) h = Tanh(MatMul(w, h) / h.Length + d.X);
        return h;
    }, data));

    [DrJaxProgram("groups")]
    public static (Vec<double>, int) Rounds(Vec<double> w, Placed<Vec<double>> x)
    {
        var rounds = 0;
        double change;
        do
        {
            var next = ReduceMean(Map(v => 0.5 * w + 0.25 * Sin(w + v), x));
            change = Norm(next - w);
            w = next;
            rounds++;
        }
        while (change > 1e-10 && rounds < 60);
        return (w, rounds);
    }

    [DrJaxProgram]
    public static Vec<double> InBuild(Vec<double> x) => Build(x.Length, i =>
    {
        var (s, last) = (x[i], x[i] + 1);
        while (Abs(s - last) > 1e-14)
        {
            last = s;
            s = 0.2 * Cos(s * x[0]) + x[i];
        }
        return s;
    });

    [DrJaxProgram]
    public static double InGradient(Vec<double> x) => Sum(Grad(static (v, scale) =>
    {
        var s = Dot(v, v);
        while (s > 1.5) s = 0.7 * s + 0.1 * Sin(v[0]);
        return s * scale;
    }, x, x[1]));

    [DrJaxProgram]
    public static float Single(Vec<float> x)
    {
        var s = 1f;
        for (var i = 0; i < x.Length && s < 4f; i++) s += Square(x[i]) * 0.5f + 0.25f;
        return s;
    }
}
