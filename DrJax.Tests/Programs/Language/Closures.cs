using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Lambdas and local functions over locals that change after they are written, and that they change themselves.</summary>
public static class Closures
{
    [DrJaxProgram]
    public static double OfWhatALoopChanges(double x)
    {
        var (a, s) = (1.0, 0.0);
        double F(double y) => a * y;
        for (var i = 0; i < 4; i++)
        {
            a += x;
            s += F(i + 1.0);
        }
        return s;
    }

    [DrJaxProgram]
    public static double OfWhatAnArmChanges(double x)
    {
        var a = 1.0;
        Func<double, double> f = y => a * y;
        if (x > 0)
        {
            a = x * x;
            x = f(3);
        }
        else
        {
            a = 2 * x;
            x = f(1) + f(2);
        }
        return x + f(1);
    }

    private static double Twice(Func<double, double> f, double x) => f(f(x));

    [DrJaxProgram]
    public static double PassedOn(double x)
    {
        x = Sin(x);
        var a = 0.5;
        double F(double y) => Sin(a * y);
        var k = 0;
        while (k < 3)
        {
            a += x;
            x = Twice(F, x) / (1 + x * x);
            k++;
        }
        return Sum(3, i => Twice(F, x + i)) + Sum(Build(2, i =>
        {
            var b = a * i;
            double G(double z) => F(z) + b;
            return Twice(G, x);
        }));
    }

    [DrJaxProgram]
    public static double InAList(double x)
    {
        var a = 1.0;
        Func<double, double>[] functions = [y => Cos(a * y), y => a + y];
        var (f, g) = (functions[0], functions[1]);
        for (var i = 0; i < 3; i++)
        {
            a += x;
            foreach (var h in functions) x = h(x) / 3;
            x += f(1) * g(2) * 0.01;
        }
        return x;
    }

    [DrJaxProgram]
    public static Vec<double> Stepping(Vec<double> w, Vec<double> target)
    {
        var (m, count) = (Zeros<double>(w.Length), 0);
        void Step(Vec<double> g, double rate)
        {
            m = 0.9 * m + g;
            w -= rate * m;
            count++;
            if (count > 3) return;
            w = 0.99 * w;
        }
        for (var i = 0; i < 5; i++)
        {
            Step(w - target, 0.1);
            if (w[0] > 0) Step(Sin(w), 0.05);
        }
        return w / (1 + count);
    }

    [DrJaxProgram]
    public static double ConditionThatCounts(double x)
    {
        var (k, s) = (0, 0.0);
        bool Next()
        {
            k++;
            s += x / k;
            return k < 6;
        }
        double Draw()
        {
            k++;
            return Sin(k * x);
        }
        while (Next())
        {
            s *= 1.1;
            if (s > 4) break;
        }
        for (var j = 0; j < 3; j++) s += Draw() * Draw();
        return s + k;
    }

    [DrJaxProgram("clients")]
    public static double InsideMap(Vec<double> w, Placed<Mat<double>> data) => ReduceMean(Map(d =>
    {
        var (v, loss) = (w, 0.0);
        void Train(Vec<double> x)
        {
            var e = (Dot(v, x) - 1) / x.Length;
            loss += e * e;
            Update(0.05 * e * x);
        }
        void Update(Vec<double> step) => v -= step;
        foreach (var x in d) Train(x);
        Action<double> scale = f => v = f * v;
        scale(0.5);
        Train(d[0]);
        return loss + Sum(Square(v));
    }, data));
}
