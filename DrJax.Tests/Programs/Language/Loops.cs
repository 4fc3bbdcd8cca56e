using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Particle(Vec<double> Position, Vec<double> Velocity, double Mass) : IVectorSpace;

/// <summary>Counted loops with everything that a loop can carry.</summary>
public static class Loops
{
    [DrJaxProgram]
    public static double Scalar(Vec<double> x)
    {
        var s = 1.0;
        for (var i = 0; i < x.Length; i++) s = Sin(s) * x[i] + s / 2;
        return s;
    }

    [DrJaxProgram]
    public static Vec<double> Array(Vec<double> x, Mat<double> w)
    {
        var h = x;
        for (var t = 0; t < 4; t++) h = Tanh(MatMul(w, h) + x);
        return h;
    }

    [DrJaxProgram]
    public static (double, Vec<double>) Tuple(Vec<double> x, double a)
    {
        var state = (Level: a, Trend: x);
        for (var i = 0; i < x.Length; i++) state = (state.Level * 0.5 + Sum(state.Trend) * x[i], state.Trend * 0.9 + state.Level);
        return state;
    }

    [DrJaxProgram]
    public static Particle Record(Particle p, double dt)
    {
        for (var i = 0; i < 5; i++)
        {
            var force = -p.Position * Exp(-Dot(p.Position, p.Position) / p.Position.Length);
            p = p with { Velocity = p.Velocity + dt * force / (1 + Square(p.Mass)) };
            p = p with { Position = p.Position + dt * p.Velocity };
        }
        return p;
    }

    [DrJaxProgram]
    public static double Nested(Mat<double> m)
    {
        var s = 0.0;
        for (var i = 0; i < m.Rows; i++)
        {
            var row = 1.0;
            for (var j = 0; j < m.Columns; j++) row = row * 0.5 + Square(m[i, j]) * s / 8;
            s = Cos(s) + row;
        }
        return s;
    }

    [DrJaxProgram]
    public static double Triangular(Mat<double> m)
    {
        var s = 0.0;
        for (var i = 0; i < m.Rows; i++)
            for (var j = 0; j < m.Columns; j++) s = j >= i ? 0.7 * s + Sin(m[i, j]) : s;
        return s;
    }

    [DrJaxProgram]
    public static double Stride(Vec<double> x)
    {
        var s = 0.0;
        for (var i = 1; i < x.Length; i += 2) s = s * x[i] + x[i - 1];
        return s;
    }

    [DrJaxProgram]
    public static double Down(Vec<double> c, double x)
    {
        var s = 0.0;
        for (var i = c.Length - 1; i >= 0; i--) s = s * x / 2 + c[i];
        return s;
    }

    [DrJaxProgram]
    public static double DownByTwo(Vec<double> c)
    {
        var s = 0.5;
        for (var i = c.Length - 1; i > 0; i -= 2) s = s * c[i] - Square(c[i - 1]);
        return s;
    }

    [DrJaxProgram]
    public static double Never(Vec<double> x)
    {
        var s = x[0] * x[1];
        for (var i = x.Length; i < x.Length; i++) s = s * s;
        return s;
    }

    [DrJaxProgram]
    public static Vec<double> Fill(Vec<double> x)
    {
        var y = Zeros<double>(x.Length);
        for (var i = 0; i < x.Length; i++) y = y.With(i, x[i] * x[i]);
        return y;
    }

    [DrJaxProgram]
    public static Vec<double> Recurrence(Vec<double> x)
    {
        var y = x;
        for (var i = 1; i < x.Length; i++) y = y.With(i, Sin(y[i - 1]) * y[i]);
        return y;
    }

    [DrJaxProgram]
    public static Mat<double> RowByRow(Mat<double> m, Vec<double> v)
    {
        for (var i = 0; i < m.Rows; i++)
        {
            v = Tanh(m[i] + v);
            m = m.With(i, v * m[i]);
        }
        return m;
    }

    [DrJaxProgram]
    public static double Unused(Vec<double> x)
    {
        var (s, dead) = (1.0, x);
        for (var i = 0; i < x.Length; i++)
        {
            s += Exp(-Square(x[i] * s));
            dead = dead * 2;
        }
        return s;
    }

    [DrJaxProgram]
    public static (double, int) CountsBeside(Vec<double> x)
    {
        var (s, n) = (0.0, 0);
        for (var i = 0; i < x.Length; i++)
        {
            s += x[i] * n;
            n += x[i] > 0 ? 1 : 0;
        }
        return (s, n);
    }

    [DrJaxProgram]
    public static double Swap(double a, double b)
    {
        for (var i = 0; i < 5; i++) (a, b) = (b * 0.9, a + Sin(b));
        return a * b;
    }

    [DrJaxProgram]
    public static double IndexArithmetic(Vec<double> x, int k)
    {
        var s = 0.0;
        for (var i = 0; i < 3; i++) s += x[(i + k) % x.Length] * (i + 1) * s + x[k];
        return s;
    }

    [DrJaxProgram]
    public static double NewtonRoot(double a)
    {
        var c = 2 + a * a;
        var r = c;
        for (var i = 0; i < 8; i++) r = 0.5 * (r + c / r);
        return r;
    }
}
