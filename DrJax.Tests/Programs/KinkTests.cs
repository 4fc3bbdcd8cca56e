using System.Runtime.CompilerServices;
using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>The table of kinks, ties and untaken branches in docs/language.md: values eager and compiled, derivatives forward and reverse.</summary>
public class KinkTests
{
    public static class Programs
    {
        [DrJaxProgram] public static double AbsOf(Vec<double> x) => Abs(x[0]);
        [DrJaxProgram] public static double AbsoluteSum(Vec<double> x) => NormL1(x);
        [DrJaxProgram] public static double Steps(Vec<double> x) => Sum(Sign(x) + Floor(x) + Ceiling(x) + Round(x) + Truncate(x));
        [DrJaxProgram] public static double MaxOfTwo(Vec<double> x) => Max(x[0], x[1]);
        [DrJaxProgram] public static double MinOfTwo(Vec<double> x) => Min(x[0], x[1]);
        [DrJaxProgram] public static double MaxOfAll(Vec<double> x) => Max(x);
        [DrJaxProgram] public static double MinOfAll(Vec<double> x) => Min(x);
        [DrJaxProgram] public static double GreatestNorm(Vec<double> x) => NormMax(x);
        [DrJaxProgram] public static double Clamped(Vec<double> x) => Clamp(x[0], x[1], x[2]);
        [DrJaxProgram] public static double ReluOf(Vec<double> x) => Relu(x[0]);
        [DrJaxProgram] public static double LeakyReluOf(Vec<double> x) => LeakyRelu(x[0], 0.1);
        [DrJaxProgram] public static double EluOf(Vec<double> x) => Elu(x[0]);
        [DrJaxProgram] public static double NormOf(Vec<double> x) => Norm(x);
        [DrJaxProgram] public static double StdOf(Vec<double> x) => Std(x);
        [DrJaxProgram] public static double HypotOf(Vec<double> x) => Hypot(x[0], x[1]);
        [DrJaxProgram] public static double SqrtOf(Vec<double> x) => Sqrt(x[0]);
        [DrJaxProgram] public static double CbrtOf(Vec<double> x) => Cbrt(x[0]);
        [DrJaxProgram] public static double LogOf(Vec<double> x) => Log(x[0]);
        [DrJaxProgram] public static double PowOf(Vec<double> x) => Pow(x[0], x[1]);
        [DrJaxProgram] public static double Atan2Of(Vec<double> x) => Atan2(x[0], x[1]);
        [DrJaxProgram] public static double RemainderOf(Vec<double> x) => x[0] % x[1];
        [DrJaxProgram] public static double Sorted(Vec<double> x) => Dot(Sort(x), Vec(1.0, 2, 4));
        [DrJaxProgram] public static double Untaken(Vec<double> x) => x[0] > 0 ? Sqrt(x[0]) + Log(x[0]) + Atan2(x[0], x[0]) : 3 * x[0];
        [DrJaxProgram] public static double UntakenInBuild(Vec<double> x) => Sum(Build(x.Length, i => x[i] > 0 ? Sqrt(x[i]) + Pow(x[i], 0.3) : 2 * x[i]));
        [DrJaxProgram] public static double RootOfSquare(Vec<double> x) => Sqrt(Square(x[0]));
    }

    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    private static readonly (string Program, double[] At, double Value, double[] Gradient)[] Table =
    [
        (nameof(Programs.AbsOf), [0], 0, [0]),
        (nameof(Programs.AbsoluteSum), [0, 1, -2], 3, [0, 1, -1]),
        (nameof(Programs.Steps), [1, -2], -4, [0, 0]),
        (nameof(Programs.Steps), [0.5], 2, [0]),
        (nameof(Programs.MaxOfTwo), [2, 2], 2, [0.5, 0.5]),
        (nameof(Programs.MinOfTwo), [2, 2], 2, [0.5, 0.5]),
        (nameof(Programs.MaxOfAll), [3, 1, 3], 3, [0.5, 0, 0.5]),
        (nameof(Programs.MinOfAll), [1, 1, 3, 1, 1], 1, [0.25, 0.25, 0, 0.25, 0.25]),
        (nameof(Programs.GreatestNorm), [2, -2, 1], 2, [0.5, -0.5, 0]),
        (nameof(Programs.Clamped), [1, 1, 2], 1, [0.5, 0.5, 0]),
        (nameof(Programs.Clamped), [2, 1, 2], 2, [0.5, 0, 0.5]),
        (nameof(Programs.Clamped), [0, 1, 2], 1, [0, 1, 0]),
        (nameof(Programs.Clamped), [3, 1, 2], 2, [0, 0, 1]),
        (nameof(Programs.Clamped), [1.5, 2, 1], 1, [0, 0, 1]),
        (nameof(Programs.ReluOf), [0], 0, [0]),
        (nameof(Programs.LeakyReluOf), [0], 0, [1]),
        (nameof(Programs.EluOf), [0], 0, [1]),
        (nameof(Programs.EluOf), [1000], 1000, [1]),
        (nameof(Programs.NormOf), [0, 0], 0, [0, 0]),
        (nameof(Programs.StdOf), [2, 2, 2], 0, [0, 0, 0]),
        (nameof(Programs.HypotOf), [0, 0], 0, [0, 0]),
        (nameof(Programs.HypotOf), [3e200, -4e200], 5e200, [0.6, -0.8]),
        (nameof(Programs.HypotOf), [-3e-200, 4e-200], 5e-200, [-0.6, 0.8]),
        (nameof(Programs.SqrtOf), [0], 0, [Inf]),
        (nameof(Programs.CbrtOf), [0], 0, [Inf]),
        (nameof(Programs.LogOf), [0], -Inf, [Inf]),
        (nameof(Programs.PowOf), [0, 3], 0, [0, 0]),
        (nameof(Programs.PowOf), [0, 1], 0, [1, 0]),
        (nameof(Programs.PowOf), [0, 0.5], 0, [Inf, 0]),
        (nameof(Programs.PowOf), [0, 0], 1, [0, 0]),
        (nameof(Programs.Atan2Of), [0, 0], 0, [NaN, NaN]),
        (nameof(Programs.RemainderOf), [6, 3], 0, [1, -2]),
        (nameof(Programs.Sorted), [2, 1, 2], 13, [2, 1, 4]),
        (nameof(Programs.Untaken), [0], 0, [3]),
        (nameof(Programs.UntakenInBuild), [0, 4, -1], 1.5157165665103980, [2, 0.25 + 0.3 * 0.37892914162759955, 2]),
        (nameof(Programs.RootOfSquare), [0], 0, [NaN]),
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (var i = 0; i < Table.Length; i++) rows.Add(i, Table[i].Program);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Derivatives_at_kinks_are_as_documented(int index, string program)
    {
        var (_, at, value, gradient) = Table[index];
        var twin = new Twin(typeof(Programs).GetMethod(program)!);
        Vec<double> x = [.. at];
        Close("eager", value, (double)twin.Eager(x));
        Close("compiled", value, (double)twin.Forward(x));
        var reverse = ((Vec<double>)((ITuple)twin.Derivative("Vjp", x, 1.0))[1]!).AsSpan().ToArray();
        for (var i = 0; i < at.Length; i++)
        {
            Close($"cotangent {i}", gradient[i], reverse[i]);
            // Forward mode multiplies the infinite partial by the others' 0.
            if (double.IsFinite(gradient[i]) && gradient.Any(double.IsInfinity)) continue;
            Close($"tangent {i}", gradient[i], (double)((ITuple)twin.Derivative("Jvp", x, Zeros<double>(at.Length).With(i, 1)))[1]!);
        }
    }

    // Functions of the mathematical library differ in the last bits.
    private static void Close(string what, double expected, double actual) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-14 * Math.Abs(expected), $"{what}: expected {expected:R}, got {actual:R}");
}
