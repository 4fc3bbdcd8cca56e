using System.Runtime.Intrinsics;

namespace DrJax.Tests.Numerics;

/// <summary>Errors in units in the last place, and inputs that find them.</summary>
internal static class Ulps
{
    /// <summary>Of y against a reference with digits beyond a double.</summary>
    public static double Of(double y, DoubleDouble reference)
    {
        if (double.IsNaN(reference.High) || double.IsInfinity(reference.High) || y.Equals(reference.High))
        {
            return y.Equals(reference.High) ? Math.Abs(reference.Low) / Unit(reference.High) : double.PositiveInfinity;
        }

        return Math.Abs((y - reference.High) - reference.Low) / Unit(reference.High);
    }

    /// <summary>Of y against a reference in double.</summary>
    public static double Of(float y, double reference)
    {
        var rounded = (float)reference;
        return float.IsFinite(rounded) && float.IsFinite(y)
            ? Math.Abs(y - reference) / Math.Max(Math.Abs(MathF.BitIncrement(rounded) - (double)rounded), float.Epsilon)
            : y.Equals(rounded) ? 0 : double.PositiveInfinity;
    }

    public static double[] Uniform(double lo, double hi, int count = 40_000)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => lo + ((hi - lo) * random.NextDouble()))];
    }

    /// <summary>Both signs (if lo is negative) and all magnitudes from 10^-decades to the bounds.</summary>
    public static double[] Logarithmic(double bound, bool signed, int decades = 300, int count = 40_000)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Scaled(bound, -decades * random.NextDouble()) * (signed && random.Next(2) == 0 ? -1 : 1))];
    }

    // In two steps: 10^-600 alone would vanish.
    private static double Scaled(double bound, double exponent) => bound * Math.Pow(10, exponent / 2) * Math.Pow(10, exponent / 2);

    public static double[] Map(double[] x, Func<Vector512<double>, Vector512<double>> f)
    {
        var y = new double[x.Length];
        var padded = new double[8];
        for (var i = 0; i < x.Length; i += 8)
        {
            var n = Math.Min(8, x.Length - i);
            x.AsSpan(i, n).CopyTo(padded);
            var lanes = f(Vector512.Create(padded));
            for (var j = 0; j < n; j++)
            {
                y[i + j] = lanes[j];
            }
        }

        return y;
    }

    public static float[] Map(float[] x, Func<Vector512<float>, Vector512<float>> f)
    {
        var y = new float[x.Length];
        var padded = new float[16];
        for (var i = 0; i < x.Length; i += 16)
        {
            var n = Math.Min(16, x.Length - i);
            x.AsSpan(i, n).CopyTo(padded);
            var lanes = f(Vector512.Create(padded));
            for (var j = 0; j < n; j++)
            {
                y[i + j] = lanes[j];
            }
        }

        return y;
    }

    private static double Unit(double x) => Math.Max(Math.BitIncrement(Math.Abs(x)) - Math.Abs(x), double.Epsilon);
}
