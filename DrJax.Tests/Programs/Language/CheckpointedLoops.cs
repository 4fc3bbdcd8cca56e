using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Loops in methods marked with [Checkpoint] compute what others do, with derivatives of every order.</summary>
public static class CheckpointedLoops
{
    private const int Steps = 30;

    [DrJaxProgram, Checkpoint]
    public static double OfTheData(Vec<double> x)
    {
        var s = 1.0;
        for (var i = 0; i < x.Length; i++) s = Sin(s * x[i]) + x[i];
        return s;
    }

    [DrJaxProgram, Checkpoint]
    public static (Vec<double>, double) OfAConstant(Vec<double> x, double dt)
    {
        var t = 0.0;
        for (var i = Steps; i > 0; i--)
        {
            x += 0.1 * dt * Sin(x) / i;
            t += dt * x[0];
        }
        return (x, t);
    }

    [Checkpoint]
    private static double Path(double x, Vec<double> w)
    {
        for (var i = 0; i < w.Length; i++)
        {
            for (var k = 0; k < 9; k++) x = 0.9 * x + 0.1 * Tanh(w[i] * x) * k;
        }
        return x;
    }

    [DrJaxProgram("clients")]
    public static double InGroups(Vec<double> w, Placed<double> x) => ReduceMean(Map(x => Path(x, w), x));
}
