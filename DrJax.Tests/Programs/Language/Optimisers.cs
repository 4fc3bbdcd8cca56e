using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Optimisers over functions of vectors, with their state in records.</summary>
public static class Optimisers
{
    private static double Rosen(Vec<double> x)
    {
        double f = 0;
        for (int i = 0; i + 1 < x.Length; i++)
            f += 10 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
        return f / x.Length;
    }

    // Backtracking line search (Armijo)
    private static double LineSearch(Vec<double> x, Vec<double> d, double slope, double c1 = 1e-4)
    {
        var t = 1.0;
        var f0 = Rosen(x);
        var tries = 0;
        while (Rosen(x + t * d) > f0 + c1 * t * slope && tries++ < 30)
            t *= 0.5;
        return t;
    }

    [DrJaxProgram]
    public static (Vec<double>, double) GradientDescentWithLineSearch(Vec<double> x0)
    {
        var x = 0.3 * x0;
        for (int k = 0; k < 3; k++)
        {
            var g = Grad(Rosen, x);
            if (Norm(g) < 1e-8) break;
            x -= LineSearch(x, -g, -Dot(g, g)) * g;
        }
        return (x, Rosen(x));
    }

    // L-BFGS, two-loop recursion with a rolling history of m pairs
    private readonly record struct History(Mat<double> S, Mat<double> Y, Vec<double> Rho, int Count)
    {
        public int Capacity => Rho.Length;
        public static History Empty(int m, int n) => new(Zeros<double>(m, n), Zeros<double>(m, n), Zeros<double>(m), 0);
        public History Push(Vec<double> s, Vec<double> y)
        {
            var slot = Count % Capacity;
            return new History(S.With(slot, s), Y.With(slot, y), Rho.With(slot, 1 / Dot(s, y)), Count + 1);
        }
    }

    private static Vec<double> Direction(History h, Vec<double> g)
    {
        var q = g;
        var alpha = Zeros<double>(h.Capacity);
        var used = Math.Min(h.Count, h.Capacity);
        for (var k = 0; k < used; k++)
        {
            var i = (h.Count - 1 - k) % h.Capacity;
            var a = h.Rho[i] * Dot(h.S[i], q);
            alpha = alpha.With(i, a);
            q -= a * h.Y[i];
        }
        if (h.Count > 0)
        {
            var last = (h.Count - 1) % h.Capacity;
            q *= Dot(h.S[last], h.Y[last]) / Dot(h.Y[last], h.Y[last]);
        }
        for (var k = used - 1; k >= 0; k--)
        {
            var i = (h.Count - 1 - k) % h.Capacity;
            var b = h.Rho[i] * Dot(h.Y[i], q);
            q += h.S[i] * (alpha[i] - b);
        }
        return -q;
    }

    private static double F(Vec<double> x, Vec<double> t) => Sum(Log(2 + Square(x - t)) + 0.1 * Square(x)) / x.Length;

    [DrJaxProgram]
    public static Vec<double> Lbfgs(Vec<double> x0, Vec<double> target)
    {
        var x = x0;
        var history = History.Empty(3, x0.Length);
        var g = Grad(F, x, target);
        for (var it = 0; it < 4; it++)
        {
            var d = Direction(history, g);
            var next = x + 0.5 * d;
            var gNext = Grad(F, next, target);
            history = history.Push(next - x, gNext - g);
            (x, g) = (next, gNext);
        }
        return x;
    }
}
