using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Functions whose derivatives their user wrote, and which agree with the functions: stable forms and implicit functions.</summary>
public static class CustomRules
{
    public record struct Plane(Vec<double> Normal, double Offset, int Label) : IVectorSpace;

    [CustomJvp(nameof(Log1pExpJvp))]
    public static double Log1pExp(double x) => x > 0 ? x + Log(1 + Exp(-x)) : Log(1 + Exp(x));

    private static (double, double) Log1pExpJvp(double x, double dx) => (Log1pExp(x), dx / (1 + Exp(-x)));

    /// <summary>z with 2 z = cos(a z) + b, by iteration; its derivative by the implicit function theorem.</summary>
    [CustomVjp(nameof(RootVjp))]
    public static double Root(double a, double b)
    {
        var z = 0.0;
        for (var i = 0; i < 100; i++) z = (Cos(Sin(a) * z) + b) / 2;
        return z;
    }

    private static (double, double) RootVjp(double a, double b, double z, double ct)
    {
        var w = ct / (2 + Sin(a) * Sin(Sin(a) * z));
        return (-w * Sin(Sin(a) * z) * Cos(a) * z, w);
    }

    private static Vec<double> Step(Vec<double> z, Mat<double> m, Vec<double> b) => Tanh(MatMul(m, z) / (4.0 * b.Length) + b);

    /// <summary>A deep-equilibrium layer: the fixed point of a step, its adjoint by the Neumann series of the step's own.</summary>
    [CustomVjp(nameof(EquilibriumVjp))]
    public static Vec<double> Equilibrium(Mat<double> m, Vec<double> b)
    {
        var z = Zeros<double>(b.Length);
        for (var i = 0; i < 60; i++) z = Step(z, m, b);
        return z;
    }

    private static (Mat<double>, Vec<double>) EquilibriumVjp(Mat<double> m, Vec<double> b, Vec<double> z, Vec<double> ct)
    {
        var w = ct;
        for (var i = 0; i < 60; i++)
        {
            var now = w;
            w = ct + Vjp(Step, z, _ => now, m, b).Cotangent;
        }
        var last = w;
        var (dm, db) = Vjp(static (p, z) => Step(z, p.M, p.B), (M: m, B: b), _ => last, z).Cotangent;
        return (dm, db);
    }

    /// <summary>A rule of a structure with an int part, beside an int parameter.</summary>
    [CustomJvp(nameof(MarginJvp))]
    public static (double Value, int Label) Margin(Plane p, int power, Vec<double> x) => (Pow(Dot(p.Normal, x) / x.Length + p.Offset, power), p.Label);

    private static ((double, int), (double, int)) MarginJvp(Plane p, int power, Vec<double> x, Plane dp, Vec<double> dx)
    {
        var s = Dot(p.Normal, x) / x.Length + p.Offset;
        var ds = (Dot(dp.Normal, x) + Dot(p.Normal, dx)) / x.Length + dp.Offset;
        return (Margin(p, power, x), (power * Pow(s, power - 1) * ds, 0));
    }

    private static double Pow(double x, int n)
    {
        var y = 1.0;
        for (var i = 0; i < n; i++) y *= x;
        return y;
    }

    [CustomVjp(nameof(ScaleVjp)), CustomJvp(nameof(ScaleJvp))]
    public static Vec<T> Scale<T>(Vec<T> x, T a) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => a * Sin(x);

    private static (Vec<T>, T) ScaleVjp<T>(Vec<T> x, T a, Vec<T> ct) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => (a * Cos(x) * ct, Dot(Sin(x), ct));

    private static Vec<T> ScaleJvp<T>(Vec<T> x, T a, Vec<T> dx, T da) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => a * Cos(x) * dx + da * Sin(x);

    [DrJaxProgram]
    public static double Forward(double x) => Log1pExp(x) * x;

    [DrJaxProgram]
    public static double Slope(double x) => Grad(Log1pExp, x);

    [DrJaxProgram]
    public static double Curvature(double x) => Hvp(Log1pExp, x, 1.0) + Grad(static x => Grad(Log1pExp, x), x);

    [DrJaxProgram]
    public static Vec<double> InBuild(Vec<double> x) => Build(x.Length, i => x[i] > 0.5 ? Log1pExp(x[i] * x[0]) : Log1pExp(x[0]));

    [DrJaxProgram]
    public static Vec<double> InVmap(Vec<double> x, double a) => Vmap(static (x, a) => Grad(Log1pExp, a * x) * x, x, a);

    [DrJaxProgram]
    public static double InLoop(Vec<double> x)
    {
        var s = 0.0;
        for (var i = 0; i < x.Length; i++) s = Log1pExp(s / 2 - x[i]);
        return s;
    }

    [DrJaxProgram]
    public static Vec<double> GradOfLoop(Vec<double> x) => Grad(InLoop, x);

    [DrJaxProgram]
    public static double OfRoot(double a, double b) => Root(a, b * b) * a;

    [DrJaxProgram]
    public static Vec<double> GradOfRoot(Vec<double> x) => Grad(static x => Root(x[0], x[1]) * x[2], x);

    [DrJaxProgram]
    public static Mat<double> HessianOfRoot([Shape("n")] Vec<double> x) => Hessian(static x => Root(x[0], x[1]) * x[2], x);

    [DrJaxProgram]
    public static Vec<double> VmapOfRoot(Vec<double> x, double b) => Vmap(Root, x, b);

    [DrJaxProgram]
    public static Vec<double> GradOfVmapOfRoot(Vec<double> x, double b) => Grad(static (x, b) => Sum(Square(Vmap(Root, x, b))), x, b);

    [DrJaxProgram]
    public static double GradOfShared(Vec<double> x, double b) => Grad(static (b, x) => Sum(Vmap((x, b) => x > 0 ? Root(b, x) : Root(x, b), x, b)), b, x);

    [DrJaxProgram]
    public static double OfEquilibrium(Mat<double> m, Vec<double> b) => Dot(Equilibrium(m, b), b);

    [DrJaxProgram]
    public static Mat<double> GradOfEquilibrium(Mat<double> m, Vec<double> b) => Grad(OfEquilibrium, m, b);

    [DrJaxProgram]
    public static (double, int) OfStructure(Plane p, Vec<double> x) => Margin(p, 3, x);

    [DrJaxProgram]
    public static Plane GradOfStructure(Plane p, Vec<double> x) => Grad(static (p, x) => Margin(p, 3, x).Value, p, x);

    [DrJaxProgram]
    public static Vec<double> OfGeneric(Vec<double> x, double a) => Scale(x, a) + JacFwd(static (x, a) => Sum(Scale(x, a)), x, a);

    [DrJaxProgram]
    public static Vec<float> OfGenericFloat(Vec<float> x, float a) => Scale(x, a);

    /// <summary>A program with a rule: its companions go by it.</summary>
    [DrJaxProgram, CustomVjp(nameof(EntryVjp))]
    public static Vec<double> Entry(Vec<double> x, double a) => Sin(a * x);

    private static (Vec<double>, double) EntryVjp(Vec<double> x, double a, Vec<double> ct) => (a * Cos(a * x) * ct, Dot(x * Cos(a * x), ct));

    [DrJaxProgram("groups")]
    public static double InMap(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Log1pExp(Dot(w, x) / w.Length), x));

    [DrJaxProgram("groups")]
    public static Vec<double> GradOfMap(Vec<double> w, Placed<Vec<double>> x) => Grad(InMap, w, x);

    [DrJaxProgram("groups")]
    public static Vec<double> RootsInMap(Vec<double> w, Placed<Vec<double>> x) =>
        Grad(static (w, x) => ReduceSum(Map(x => x[0] > 0 ? Root(Dot(w, x) / w.Length, x[0]) : Log1pExp(w[0]), x)), w, x);

    [DrJaxProgram("groups")]
    public static double GradInMap(Vec<double> w, Placed<Vec<double>> x) =>
        ReduceMean(Map(x => Sum(Square(Grad(static (v, x) => Root(v[0], v[1] * x[0]), w, x))), x));

    /// <summary>A rule around a map: the mean over the groups, with a rule that is one too.</summary>
    [CustomVjp(nameof(AverageVjp))]
    public static double Average(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Sin(Dot(w, x) / w.Length), x));

    private static (Vec<double>, Placed<Vec<double>>) AverageVjp(Vec<double> w, Placed<Vec<double>> x, double ct)
    {
        var n = ReduceSum(Map(static _ => 1.0, x));
        return (ct * ReduceMean(Map(x => Cos(Dot(w, x) / w.Length) * x / w.Length, x)), Map(x => ct / n * Cos(Dot(w, x) / w.Length) * w / w.Length, x));
    }

    [DrJaxProgram("groups")]
    public static double OfAverage(Vec<double> w, Placed<Vec<double>> x) => Square(Average(w, x)) + w[0];

    [DrJaxProgram("groups")]
    public static Placed<Vec<double>> GradOfAverage(Vec<double> w, Placed<Vec<double>> x) => Grad(static (x, w) => OfAverage(w, x), x, w);
}
