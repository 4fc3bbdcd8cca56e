using System.Diagnostics;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>A count that steps by an operator of its own.</summary>
public readonly record struct Ticks(double At)
{
    public static Ticks operator ++(Ticks t) => new(t.At * 2 + 1);

    public static Ticks operator --(Ticks t) => new(t.At - 3);
}

/// <summary>Members of .NET and of C# 14: logarithms to a base, infinities, extension blocks, constants of text.</summary>
public static class FrameworkMembers
{
    [DrJaxProgram]
    public static double Logarithms(double x) => Math.Log(x * x + 2, 3) + Math.Log(2, x * x + 3) + Math.FusedMultiplyAdd(x, x, 1);

    [DrJaxProgram]
    public static double Circular(double x)
    {
        var (sin, cos) = Math.SinCos(x);
        return Math.SinCos(sin * cos).Sin + cos;
    }

    [DrJaxProgram]
    public static double Infinities(double x) =>
        (double.IsInfinity(1 / (x - x)) ? x : 2 * x) + (double.IsPositiveInfinity(x * 1e308 * 1e308) ? 1 : x) + (double.IsNegativeInfinity(x * 1e308 * 1e308) ? 2 : x * x);

    [DrJaxProgram]
    public static double Steps(double x)
    {
        var t = new Ticks(x);
        var before = t++;
        ++t;
        t--;
        return before.At * t.At;
    }

    extension(double x)
    {
        private double Tripled => 3 * x;

        private double Plus(double y) => x * x + y;
    }

    [DrJaxProgram]
    public static double Extensions(double x) => x.Tripled * x.Plus(2 * x);

    [DrJaxProgram]
    public static (double, int) Nothing(Vec<double> x)
    {
        Vec<double> empty = default;
        Vec<double> longer = [.. empty, .. x];
        return (Sum(longer) + Sum(empty), default(Mat<double>).Columns);
    }

    [DrJaxProgram]
    public static double Texts(double x)
    {
        const string message = "too large";
        Debug.Assert(x < 1e9, $"{x} is {message}");
        return x > 1e9 ? throw new ArgumentException(message) : x * x;
    }
}
