using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Ir;

/// <summary>Compares both derivatives of a function with the central difference and with each other.</summary>
internal static class DerivativeCheck
{
    // Step and bound of the central difference: truncation h^2, cancellation 1e-16 / h, times third derivatives of order 100.
    private const double Step = 1e-5;
    private const double Bound = 2e-6;

    /// <summary>f(x + h v) - f(x - h v) over 2h = J v, and u' J v = (J' u)' v, for random directions u and v.</summary>
    public static void First(Lab lab, Func f, NdArray[] x, Random random, EquatableArray<bool>? only = null)
    {
        var active = only ?? Lab.All(f);
        var parameters = Enumerable.Range(0, x.Length).Where(i => active[i] && f.Parameters[i].Type.IsDifferentiable).ToArray();
        var results = Enumerable.Range(0, f.Results.Length).Where(i => f.Results[i].Type.IsDifferentiable).ToArray();
        NdArray[] v = [.. parameters.Select(i => x[i].Select(_ => random.NextDouble() - 0.5))];
        var y = lab.Run(f, x);
        NdArray[] u = [.. results.Select(i => y[i].Select(_ => random.NextDouble() - 0.5))];

        var forward = lab.Run(lab.Derivatives.Jvp(f, active), [.. x, .. v]);
        var backward = lab.Run(lab.Derivatives.Vjp(f, active), [.. x, .. u]);
        for (var i = 0; i < y.Length; i++)
        {
            Same(y[i], forward[i], $"{f}: result {i} of the forward derivative");
            Same(y[i], backward[i], $"{f}: result {i} of the reverse derivative");
        }
        var tangents = forward[y.Length..];
        var cotangents = backward[y.Length..];
        Assert.Equal(results.Length, tangents.Length);
        Assert.Equal(parameters.Length, cotangents.Length);

        var (plus, minus) = (lab.Run(f, Moved(Step)), lab.Run(f, Moved(-Step)));
        for (var k = 0; k < results.Length; k++)
        {
            var i = results[k];
            var quotient = new NdArray(plus[i].Shape, [.. plus[i].Data.Zip(minus[i].Data, (p, m) => (p - m) / (2 * Step))]);
            Same(quotient, tangents[k], $"{f}: tangent {k} against the difference quotient", Bound);
        }
        var (left, right) = (Dot(u, tangents), Dot(v, cotangents));
        Assert.True(Math.Abs(left - right) <= 1e-9 * (1 + Math.Abs(left)), $"{f}: u'Jv = {left}, v'J'u = {right}");

        NdArray[] Moved(double step) => [.. x.Select((a, i) => Array.IndexOf(parameters, i) is >= 0 and var k
            ? new NdArray(a.Shape, [.. a.Data.Zip(v[k].Data, (p, d) => p + step * d)])
            : a)];
    }

    /// <summary>The same for the derivatives themselves: forward over reverse, reverse over reverse, and both over forward.</summary>
    public static void Second(Lab lab, Func f, NdArray[] x, Random random)
    {
        foreach (var derivative in new[] { lab.Derivatives.Vjp(f, Lab.All(f)), lab.Derivatives.Jvp(f, Lab.All(f)) })
        {
            var seeds = derivative.Parameters.Skip(x.Length).Select(p => lab.Draw(p.Type, random, r => r.NextDouble() - 0.5));
            First(lab, derivative, [.. x, .. seeds], random);
        }
    }

    public static void Same(NdArray expected, NdArray actual, string what, double bound = 1e-11)
    {
        Assert.True(expected.Shape.SequenceEqual(actual.Shape), $"{what}: shape [{string.Join(",", actual.Shape)}], expected [{string.Join(",", expected.Shape)}]");
        for (var i = 0; i < expected.Data.Length; i++)
        {
            var (e, a) = (expected.Data[i], actual.Data[i]);
            Assert.True(e.Equals(a) || Math.Abs(e - a) <= bound * (1 + Math.Abs(e)), $"{what}: element {i} is {a}, expected {e}");
        }
    }

    private static double Dot(NdArray[] a, NdArray[] b) => a.Zip(b, (x, y) => x.Data.Zip(y.Data, (p, q) => p * q).Sum()).Sum();
}
