using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Programs that throw: because of sizes, of values, in helpers, loops, arms and switches.</summary>
public static class Refusals
{
    private static void SameLength(Vec<double> x, Vec<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"x has {x.Length} elements, y {y.Length,4}", nameof(y));
    }

    [DrJaxProgram]
    public static double OfSizes(Vec<double> x, Vec<double> y)
    {
        SameLength(x, y);
        if (x.Length < 2 || x.Length == 7) throw new ArgumentOutOfRangeException(nameof(x), x.Length, "two to six, or more than seven");
        return Dot(x, y) / x.Length + x[1];
    }

    private static double Scaled(double x, double rate) => x < -50 ? throw new ArgumentException("too small: " + x) : x * rate;

    [DrJaxProgram]
    public static double OfValues(double rate, Vec<double> x)
    {
        if (!(rate > -5)) throw new ArgumentOutOfRangeException(nameof(rate), $"{{rate}} is {rate:F3}, \"not\" more than -5");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 100.0);
        if (Any(IsNaN(x))) throw new InvalidOperationException("NaN");
        var s = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            s += Scaled(x[i], rate) / x.Length;
            if (s > 1e6) throw new OverflowException("too large at " + i);
        }
        return s;
    }

    [DrJaxProgram]
    public static float InFloat(float x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x + 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(x, -9.5f);
        return x > 50 ? throw new RefusedException(x, x > 60) : x * x;
    }

    [DrJaxProgram]
    public static double InSwitches(double x, int mode)
    {
        var a = mode switch
        {
            0 => x,
            1 => 2 * x,
            < 0 => throw new ArgumentException("negative mode"),
            < 100 => x * x,
            _ => throw new NotSupportedException($"mode {mode}"),
        };
        switch (mode)
        {
            case 3:
                a += 1;
                break;
            case 90:
                throw new InvalidOperationException("90");
            default:
                a += 2;
                break;
        }
        double b;
        if (mode < 50) b = a;
        else throw new FormatException();
        return a * b;
    }

    [DrJaxProgram]
    public static double InASearch(double x)
    {
        var k = 0;
        while (true)
        {
            if (k > 20) throw new InvalidOperationException($"no root after {k} steps, from {x > 1e3}");
            x = Cos(x) + (x > 1e3 ? x : 0);
            if (Abs(x - Cos(x)) < 0.3) return x;
            k++;
        }
    }

    [DrJaxProgram("clients")]
    public static double AroundMap(Vec<double> w, Placed<Vec<double>> data)
    {
        if (w[0] > 1e3) throw new ArgumentException("too large");
        return ReduceMean(Map(x => Loss(w, x), data));
    }

    [DrJaxProgram("clients")]
    public static double InLoopsInMap(Vec<double> w, Placed<Vec<double>> data) => ReduceMean(Map(x =>
    {
        var loss = 0.0;
        for (var i = 1; i <= 3; i++) loss += Loss(w / i, x);
        return loss;
    }, data));

    private static double Loss(Vec<double> w, Vec<double> x)
    {
        SameLength(w, x);
        return Square(Dot(w, x) / x.Length - 1);
    }
}

/// <summary>An exception of the user's own.</summary>
internal sealed class RefusedException(float x, bool isFar) : Exception($"refused: {x} {isFar}");
