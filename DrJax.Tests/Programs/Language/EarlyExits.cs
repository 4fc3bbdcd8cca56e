using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>break, continue and return in loops, and switch.</summary>
public static class EarlyExits
{
    [DrJaxProgram]
    public static double Continue(Vec<double> x)
    {
        var s = 0.5;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] < 0) continue;
            s += Sqrt(x[i]) * s / 4;
        }
        return s;
    }

    [DrJaxProgram]
    public static (double, int) Break(Vec<double> x)
    {
        var (s, i) = (0.0, 0);
        for (i = 0; i < x.Length; i++)
        {
            s += Square(x[i]);
            if (s > 2) break;
            s *= 1.1;
        }
        return (s, i);
    }

    [DrJaxProgram]
    public static double ReturnFromLoop(Vec<double> x)
    {
        for (var i = 0; i < x.Length; i++)
            if (x[i] < -0.5) return Log(-x[i]) * x[0];
        return Dot(x, x);
    }

    [DrJaxProgram]
    public static (Vec<double>, int) ReturnOfStructure(Mat<double> m)
    {
        var at = 0;
        foreach (var row in m)
        {
            if (Sum(row) > 1) return (row * Max(row), at);
            at++;
        }
        return (m[0], -1);
    }

    [DrJaxProgram]
    public static double NestedExits(Mat<double> m)
    {
        var s = 1.0;
        for (var i = 0; i < m.Rows; i++)
        {
            for (var j = 0; j < m.Columns; j++)
            {
                if (m[i, j] < -1) continue;
                if (s > 5) return s * m[i, j];
                if (s < 0.1) break;
                s = s * 0.75 + Square(m[i, j]);
            }
            if (s > 3)
            {
                s -= 1;
                if (m[i, 0] > 1) break;
                s *= 1.1;
            }
            s += 0.125;
        }
        return s;
    }

    [DrJaxProgram]
    public static double Forever(double x)
    {
        var a = 1 + x * x;
        while (true)
        {
            a *= 1.5;
            if (a > 30) return Log(a) + x;
            if (a > 20) break;
        }
        return a * x;
    }

    [DrJaxProgram]
    public static double Switch(Vec<double> x, int n)
    {
        var s = 0.0;
        for (var i = 0; i < 6; i++)
        {
            switch ((i + n) % 4)
            {
                case 0:
                    s += x[0];
                    break;
                case 1 or 3 when s > 0.5:
                    s = Sqrt(s);
                    break;
                case 2:
                    if (x[1] > 0) break;
                    s -= x[1];
                    continue;
                default:
                    s += Square(x[2]);
                    break;
            }
            s *= 0.9;
        }
        return s;
    }

    [DrJaxProgram]
    public static double SwitchReturns(Vec<double> x)
    {
        var a = x[0];
        switch (a)
        {
            case < -1: return Exp(a);
            case >= -1 and < 0: a = a * x[1]; break;
            case > 1: return Log(a) * x[1];
        }
        return a * a * x[2];
    }

    [DrJaxProgram]
    public static Vec<double> SwitchExpression(Vec<double> x) => Build(x.Length, i => x[i] switch
    {
        < -1 => -x[i] - 0.5,
        > 1 => Log(x[i]) + 0.5,
        var v when i % 2 == 0 => Sqrt(Square(v) + 1),
        _ => 0.5 * Square(x[i]),
    });

    [DrJaxProgram]
    public static double Tuples(double x, double y) => (x > 0, y > 0) switch
    {
        (true, true) => Log(x) + Sqrt(y),
        (false, true) => x * Sqrt(y),
        (_, false) when x is > -1 and < 1 => x * x * y,
        _ => x - y,
    };

    [DrJaxProgram("groups")]
    public static double PerGroup(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(v =>
    {
        var s = w[0];
        for (var i = 0; i < v.Length; i++)
        {
            if (v[i] < -1) continue;
            if (v[i] > 1) return Log(v[i]) * s;
            s = s * 0.5 + (v[i] switch { < 0 => Square(v[i]), < 0.5 => Sqrt(v[i]) * w[1], _ => 1 / (1 + v[i]) });
        }
        return s * v[0];
    }, x));

    private static double F(Vec<double> v) => Sum(v.Length, i => Square(Square(v[i])) / 4 + v[i] * v[i]);

    [DrJaxProgram]
    public static double Backtracking(Vec<double> x)
    {
        for (var k = 0; k < 3; k++)
        {
            var (value, g) = ValueAndGrad(F, x);
            var step = 1.0;
            while (F(x - step * g) > value - 0.25 * step * Dot(g, g))
            {
                step *= 0.5;
                if (step < 1e-3) break;
            }
            x -= step * g;
        }
        return F(x) + Sum(x);
    }
}
