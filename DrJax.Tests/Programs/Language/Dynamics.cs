using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Differential equations, splines and alignments.</summary>
public static class Dynamics
{
    public record struct LotkaParams(double Alpha, double Beta, double Gamma, double Delta) : IVectorSpace;

    private static Vec<double> LotkaVolterra(Vec<double> s, LotkaParams p)
    {
        var (x, y) = (s[0], s[1]);
        return [p.Alpha * x - p.Beta * x * y, p.Delta * x * y - p.Gamma * y];
    }

    private static Vec<double> Rk4(Func<Vec<double>, Vec<double>> f, Vec<double> y, double h)
    {
        var k1 = f(y);
        var k2 = f(y + h / 2 * k1);
        var k3 = f(y + h / 2 * k2);
        var k4 = f(y + h * k3);
        return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }

    [DrJaxProgram("sites")]
    public static double FitLotka(LotkaParams raw, Placed<(Vec<double> Prey, Vec<double> Predators)> observed)
    {
        LotkaParams Positive(LotkaParams r) => new(Exp(r.Alpha / 4), Exp(r.Beta / 4), Exp(r.Gamma / 4), Exp(r.Delta / 4));
        var p = Positive(raw);
        return ReduceMean(Map(o =>
        {
            Vec<double> s = [1.0, 0.5];
            var loss = 0.0;
            for (var t = 0; t < o.Prey.Length; t++)
            {
                s = Rk4(v => LotkaVolterra(v, p), s, 0.1);
                loss += Square(s[0] - o.Prey[t]) + Square(s[1] - o.Predators[t]);
            }
            return loss / o.Prey.Length;
        }, observed));
    }

    // SEIR
    public readonly record struct Seir(double S, double E, double I, double R)
    {
        public double Population => S + E + I + R;
        public static Seir operator +(Seir a, Seir b) => new(a.S + b.S, a.E + b.E, a.I + b.I, a.R + b.R);
        public static Seir operator *(double k, Seir a) => new(k * a.S, k * a.E, k * a.I, k * a.R);
    }

    [DrJaxProgram("regions")]
    public static (double Loss, Placed<double> Peak) SeirFit(Vec<double> theta, Placed<Vec<double>> cases)
    {
        var (beta, sigma, gamma) = (Exp(theta[0] / 4), 0.5 * Sigmoid(theta[1]), 0.5 * Sigmoid(theta[2]));
        Seir Flow(Seir s)
        {
            var (infections, onsets, recoveries) = (beta * s.S * s.I / s.Population, sigma * s.E, gamma * s.I);
            return new(-infections, infections - onsets, onsets - recoveries, recoveries);
        }
        var (losses, peaks) = Map(c =>
        {
            var s = new Seir(S: 0.9, E: 0.05, I: 0.05, R: 0);
            var (loss, peak) = (0.0, 0.0);
            foreach (var observed in c)
            {
                s += 0.5 * Flow(s);
                peak = Math.Max(peak, s.I);
                loss += Square(s.I - 0.1 * observed);
            }
            return (loss, peak);
        }, cases);
        return (ReduceMean(losses), peaks);
    }

    // cubic spline: natural, evaluated with clamped segment search
    private static int Segment(Vec<double> knots, double x)
    {
        var i = 0;
        while (i < knots.Length - 2 && x >= knots[i + 1]) i++;
        return i;
    }

    [DrJaxProgram("queries")]
    public static double Spline(Vec<double> y, Placed<double> x)
    {
        var n = y.Length;
        var knots = Linspace(-2.01, 2.01, n);
        var h = knots[1] - knots[0];
        var system = Build(n, n, (i, j) => i == 0 || i == n - 1 ? (i == j ? 1.0 : 0.0) : i == j ? 4 * h : Math.Abs(i - j) == 1 ? h : 0);
        var rhs = Build(n, i => i is 0 || i == n - 1 ? 0.0 : 6 / h * (y[i + 1] - 2 * y[i] + y[i - 1]));
        var m = Solve(system, rhs);
        return ReduceMean(Map(x =>
        {
            var k = Segment(knots, x);
            var (l, r) = (x - knots[k], knots[k + 1] - x);
            return (m[k] * r * r * r + m[k + 1] * l * l * l) / (6 * h) + (y[k] / h - m[k] * h / 6) * r + (y[k + 1] / h - m[k + 1] * h / 6) * l;
        }, x));
    }

    // B-spline basis by Cox-de Boor, iteratively
    private static Vec<double> BSplineBasis(double x, int count, int degree)
    {
        double Knot(int i) => i - degree;
        var b = Build(count + degree, i => x >= Knot(i) && x < Knot(i + 1) ? 1.0 : 0.0);
        for (var d = 1; d <= degree; d++)
        {
            var prev = b;
            b = Build(count + degree, i =>
            {
                var left = (x - Knot(i)) / d * prev[i];
                var right = i + 1 < count + degree ? (Knot(i + d + 1) - x) / d * prev[i + 1] : 0.0;
                return left + right;
            });
        }
        return b[..count];
    }

    [DrJaxProgram("queries")]
    public static double BSpline(Vec<double> control, Placed<double> x) => ReduceMean(Map(x => Dot(control, BSplineBasis(Sigmoid(x) * (control.Length - 3), control.Length, 3)), x));

    // DTW hard
    [DrJaxProgram]
    public static double Dtw(Vec<double> a, Vec<double> b)
    {
        var (n, m) = (a.Length, b.Length);
        var d = Full(n + 1, m + 1, double.PositiveInfinity).With(0, 0, 0.0);
        for (int i = 1; i <= n; i++)
            for (int j = 1; j <= m; j++)
            {
                var cost = Math.Abs(a[i - 1] - b[j - 1]) + 0.01 * (i * 7 + j * 3 % 5) * 0.1;
                d = d.With(i, j, cost + Math.Min(d[i - 1, j], Math.Min(d[i, j - 1], d[i - 1, j - 1])));
            }
        return d[n, m];
    }
}
