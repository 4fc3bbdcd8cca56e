using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>
/// Adam, differentiated in its learning rate, its betas and the first model. Its first update is lr g / (|g| + ε), a sign that turns within ε of g = 0:
/// a difference quotient whose steps carry some g across 0 measures a jump of 2 lr, so dual numbers by hand are the reference here.
/// </summary>
public class AdamTests
{
    private const int Steps = 24;
    private const double Epsilon = 1e-8;

    public readonly record struct Start(Vec<double> W, double Rate, double Beta1, double Beta2) : IVectorSpace;

    internal static class Programs
    {
        private static double Loss(Vec<double> w, Vec<double> x) => Square(Dot(w, x) - 1) + 0.1 * Dot(w, w);

        [DrJaxProgram("clients")]
        internal static Vec<double> Adam(Start s, Placed<Vec<double>> data) => ReduceMean(Map(x =>
        {
            var (w, m, v) = (s.W, Zeros<double>(s.W.Length), Zeros<double>(s.W.Length));
            for (var t = 1; t <= Steps; t++)
            {
                var g = Grad(Loss, w, x);
                m = s.Beta1 * m + (1 - s.Beta1) * g;
                v = s.Beta2 * v + (1 - s.Beta2) * g * g;
                w -= s.Rate * (m / (1 - Pow(s.Beta1, (double)t))) / (Sqrt(v / (1 - Pow(s.Beta2, (double)t))) + Epsilon);
            }
            return w;
        }, data));

        /// <summary>The same with running products in place of powers.</summary>
        [DrJaxProgram("clients")]
        internal static Vec<double> WithProducts(Start s, Placed<Vec<double>> data) => ReduceMean(Map(x =>
        {
            var (w, m, v) = (s.W, Zeros<double>(s.W.Length), Zeros<double>(s.W.Length));
            var (power1, power2) = (1.0, 1.0);
            for (var t = 0; t < Steps; t++)
            {
                (power1, power2) = (power1 * s.Beta1, power2 * s.Beta2);
                var g = Grad(Loss, w, x);
                m += (1 - s.Beta1) * (g - m);
                v += (1 - s.Beta2) * (Square(g) - v);
                w -= s.Rate * (m / (1 - power1)) / (Sqrt(v / (1 - power2)) + Epsilon);
            }
            return w;
        }, data));

        /// <summary>What has never had a gradient: v = 0, where the square root's derivative is infinite. A constant inside keeps it finite.</summary>
        [DrJaxProgram("clients")]
        internal static double WithConstantInside(Vec<double> w, double rate, Placed<Vec<double>> data)
        {
            var v = Zeros<double>(w.Length);
            for (var t = 0; t < 3; t++)
            {
                var g = ReduceMean(Map(x => Grad(static (w, x) => Sum(Square(w * x)), w, x), data));
                v = 0.9 * v + 0.1 * Square(g);
                w -= rate * g / Sqrt(v + 1e-12);
            }
            return Sum(Square(w));
        }
    }

    public static TheoryData<int, int, int> Sizes => new() { { 4, 1, 1 }, { 5, 7, 2 }, { 11, 17, 3 }, { 19, 70, 4 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Its_derivatives_are_those_of_dual_numbers(int n, int groups, int seed)
    {
        var (s, direction, data) = Draw(n, groups, seed);
        var expected = ByDuals(s, direction, data);
        Vec<double> values = [.. expected.Select(d => d.Value)], tangents = [.. expected.Select(d => d.Tangent)];
        // Rounding of g close to 0 is multiplied by rate / ε in the first step.
        var (byPowers, byProducts) = (Jvp(Programs.Adam, s, direction, data), Jvp(Programs.WithProducts, s, direction, data));
        foreach (var (value, tangent) in new[] { byPowers, byProducts })
        {
            Assert.True(NormMax(value - values) < 1e-9, $"{value - values}");
            Assert.True(NormMax(tangent - tangents) < 1e-6 * (1 + NormMax(tangents)), $"{tangent} is not {tangents}");
        }
        var g = Grad(static (s, data) => Sum(Programs.Adam(s, data)), s, data);
        var product = Dot(g.W, direction.W) + g.Rate * direction.Rate + g.Beta1 * direction.Beta1 + g.Beta2 * direction.Beta2;
        Assert.Equal(Sum(tangents), product, 1e-6 * (1 + NormL1(tangents)));
    }

    [Fact]
    public void A_difference_quotient_of_coarse_steps_measures_the_jump()
    {
        // The gradient 2 (w - 1) + 0.2 w is 0 at 10/11: a step of 2e-4 from a point beside it crosses, one of 1e-6 does not.
        var (s, direction) = (new Start([10.0 / 11 + 1e-4], 0.02, 0.9, 0.99), new Start([1.0], 0, 0, 0));
        var data = Placed.Rows((Mat<double>)[[1]]);
        var tangent = Jvp(Programs.Adam, s, direction, data).Tangent[0];
        Assert.True(Math.Abs(Quotient(2e-4) - tangent) > 1);
        Assert.Equal(tangent, Quotient(1e-6), 1e-5);

        double Quotient(double h) => (At(h) - At(-h)) / (2 * h);
        double At(double h) => Programs.Adam(s + h * direction, data)[0];
    }

    [Fact]
    public void A_constant_inside_the_root_keeps_the_derivative_where_nothing_has_a_gradient()
    {
        var data = Placed.Rows((Mat<double>)[[1, 0, 2], [3, 0, 1]]);
        Vec<double> w = [1, 2, 3];
        var g = Grad(Programs.WithConstantInside, w, 0.1, data);
        Assert.True(All(IsFinite(g)), $"{g}");
        Assert.Equal(4, g[1], 1e-12);
        Assert.True(double.IsFinite(Grad(static (rate, w, data) => Programs.WithConstantInside(w, rate, data), 0.1, w, data)));
    }

    private static (Start, Start, Placed<Vec<double>>) Draw(int n, int groups, int seed)
    {
        var random = new Random(seed);
        var w = (Vec<double>)Elements.Draw(typeof(Vec<double>), n, 0, random);
        var direction = (Vec<double>)Elements.Direction(w, random);
        return (new Start(w, 0.02, 0.9, 0.99), new Start(direction, 0.5, -0.3, 0.01), (Placed<Vec<double>>)Elements.Draw(typeof(Placed<Vec<double>>), n, groups, random));
    }

    private readonly record struct Dual(double Value, double Tangent)
    {
        public static implicit operator Dual(double x) => new(x, 0);
        public static Dual operator +(Dual x, Dual y) => new(x.Value + y.Value, x.Tangent + y.Tangent);
        public static Dual operator -(Dual x, Dual y) => new(x.Value - y.Value, x.Tangent - y.Tangent);
        public static Dual operator *(Dual x, Dual y) => new(x.Value * y.Value, x.Tangent * y.Value + x.Value * y.Tangent);
        public static Dual operator /(Dual x, Dual y) => new(x.Value / y.Value, (x.Tangent - x.Value / y.Value * y.Tangent) / y.Value);
        public static Dual Sqrt(Dual x) => new(Math.Sqrt(x.Value), x.Tangent / (2 * Math.Sqrt(x.Value)));
    }

    private static Dual[] ByDuals(Start s, Start direction, Placed<Vec<double>> data)
    {
        Dual rate = new(s.Rate, direction.Rate), beta1 = new(s.Beta1, direction.Beta1), beta2 = new(s.Beta2, direction.Beta2);
        var n = s.W.Length;
        var mean = new Dual[n];
        for (var group = 0; group < data.Count; group++)
        {
            var x = data[group];
            Dual[] w = [.. Enumerable.Range(0, n).Select(i => new Dual(s.W[i], direction.W[i]))], m = new Dual[n], v = new Dual[n];
            Dual power1 = 1, power2 = 1;
            for (var t = 0; t < Steps; t++)
            {
                (power1, power2) = (power1 * beta1, power2 * beta2);
                Dual residual = -1;
                for (var i = 0; i < n; i++) residual += w[i] * x[i];
                for (var i = 0; i < n; i++)
                {
                    var g = 2 * residual * x[i] + 0.2 * w[i];
                    m[i] = beta1 * m[i] + (1 - beta1) * g;
                    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                    w[i] -= rate * (m[i] / (1 - power1)) / (Dual.Sqrt(v[i] / (1 - power2)) + Epsilon);
                }
            }
            for (var i = 0; i < n; i++) mean[i] += w[i] / data.Count;
        }
        return mean;
    }
}
