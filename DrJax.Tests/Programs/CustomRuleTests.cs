using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Rules that say something else than the function's own derivative, which shows that they are used, everywhere.</summary>
public class CustomRuleTests
{
    /// <summary>The straight-through estimator: rounding that passes gradients as if it were not there.</summary>
    [CustomJvp(nameof(RoundedJvp))]
    internal static double Rounded(double x) => Round(x);

    private static double RoundedJvp(double x, double dx) => dx;

    /// <summary>The identity, whose gradient is clipped: no linear map, so reverse only.</summary>
    [CustomVjp(nameof(ClippedVjp))]
    internal static Vec<double> Clipped(Vec<double> x, double limit) => x;

    private static (Vec<double>, double) ClippedVjp(Vec<double> x, double limit, Vec<double> ct) => (ct * Min(1.0, limit / Norm(ct)), 0);

    /// <summary>Says that its derivative is 100: not so, but easy to see.</summary>
    [CustomJvp(nameof(HundredJvp))]
    internal static double Hundred(double x) => 3.0;

    private static (double, double) HundredJvp(double x, double dx) => (Hundred(x), 100 * dx);

    [Fact]
    public void A_rule_gives_a_derivative_to_what_has_none()
    {
        Assert.Equal(7.0, Grad(static x => Rounded(x) * Rounded(x) + x, 3.2));
        Assert.Equal((3.0, 1.0), Jvp(Rounded, 3.2, 1.0));
        Assert.Equal(100.0, Grad(Hundred, 3.2));
        Assert.Equal(2.0, Hvp(static x => Rounded(x) * Rounded(x), 3.2, 1.0));
    }

    [Fact]
    public void A_rule_need_not_be_linear()
    {
        Vec<double> x = [3, 4];
        // Both calls are one value, whose cotangents are added before they are clipped.
        var clipped = Grad(static x => Dot(Clipped(x, 1.0), Clipped(x, 1.0)) / 2, x);
        Assert.Equal(0, Norm(clipped - Vec(0.6, 0.8)), 1e-15);      // the norm rounds
        Assert.Equal((Vec<double>)[3, 4], Grad(static x => Dot(Clipped(x, 9.0), Clipped(x, 9.0)) / 2, x));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 100)]
    [InlineData(17, 100)]
    public void Rules_hold_in_comprehensions_batches_branches_loops_and_maps(int n, int scale)
    {
        Vec<double> x = Build(n, i => 0.25 + (i % 3) + scale);
        Assert.Equal(Ones<double>(n), Grad(static x => Sum(Build(x.Length, i => Rounded(x[i]))), x));
        Assert.Equal(Ones<double>(n), Grad(static x => Sum(Vmap(Rounded, x)), x));
        Assert.Equal(Ones<double>(n), Grad(static x => Sum(Build(x.Length, i => x[i] > 2 ? Rounded(x[i]) : x[i])), x));
        Assert.Equal(Ones<double>(n), Grad(static x => { var s = 0.0; for (var i = 0; i < x.Length; i++) s += Rounded(x[i]); return s; }, x));
        var groups = Placed.Create<double>([.. x]);
        Assert.Equal(groups, Grad(Groups, groups, 0.0));
        Assert.Equal(100.0 * n, Grad(static (w, x) => GroupsOf(x, w), 0.4, groups));
        Assert.Equal(n * 1.0, Grad(static (a, x) => Sum(Vmap((v, a) => Rounded(a) + v, x, a)), 0.4, x));
    }

    [DrJaxProgram("groups")]
    internal static double Groups(Placed<double> x, double w) => ReduceSum(Map(x => Square(Rounded(x + w) - Rounded(x)) + x * x / 2, x));

    [DrJaxProgram("groups")]
    internal static double GroupsOf(Placed<double> x, double w) => ReduceSum(Map(x => Hundred(w) + x, x));

    [Fact]
    public void A_program_of_a_reverse_rule_has_no_forward_companion()
    {
        var companion = typeof(CustomRuleTests).Assembly.GetType("DrJax.Tests.Programs.CustomRuleTests_ByReverse")!;
        Assert.Null(companion.GetMethod("Jvp"));
        Assert.NotNull(companion.GetMethod("Vjp"));
    }

    [DrJaxProgram]
    internal static double ByReverse(Vec<double> x) => Sum(Clipped(x, 1.0));

    [Fact]
    public void Second_derivatives_of_a_reverse_rule_are_those_of_the_rule()
    {
        // The rule is 2 x ct, the function x^3: the second derivative is the rule's, 2, not 6 x.
        Assert.Equal(2.0, Hvp(Cube, 5.0, 1.0));
        Assert.Equal(2.0, Grad(static x => Grad(Cube, x), 5.0));
        Assert.Equal((Mat<double>)new double[,] { { 2 } }, Hessian(static x => Cube(x[0]), Vec(5.0)));
    }

    [CustomVjp(nameof(CubeVjp))]
    internal static double Cube(double x) => x * x * x;

    private static double CubeVjp(double x, double ct) => 2 * x * ct;
}
