using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>CheckGrad passes what is right and tells what is wrong.</summary>
public class CheckGradTests
{
    internal record struct Net(Vec<double> W, (double B, int K) Rest) : IVectorSpace;

    private static readonly Vec<double> X = [0.3, -1.2, 0.7];

    private static readonly Placed<Vec<double>> Data = [[1, 2, -1], [0.5, 0.25, 2], [-1, 1, 0]];

    internal static Net Apply(Net n, double s) => n with { W = s * Sin(n.W) * n.Rest.B, Rest = (n.Rest.B * n.Rest.B * n.Rest.K, 1) };

    [DrJaxProgram("groups")]
    internal static double Loss(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Square(Tanh(Dot(w, x)) - x[0]), x));

    [DrJaxProgram("groups")]
    internal static (Placed<Vec<double>> Scaled, double) Each(Vec<double> w, Placed<Vec<double>> x) => (Map(x => x * Sin(Dot(w, x)), x), w[0]);

    [CustomJvp(nameof(SquareJvp))]
    internal static double Squared(double x) => x * x;

    private static double SquareJvp(double x, double dx) => 3 * x * dx;

    [CustomVjp(nameof(CubeVjp))]
    internal static (double, double) Cubed(double x) => (x, x * x * x);

    private static double CubeVjp(double x, (double, double) ct) => ct.Item1 + 2 * x * x * ct.Item2;

    [Fact]
    public void Scalars_arrays_structures_and_placed_values_pass()
    {
        Assert.True(CheckGrad(static x => Sin(x) * x, 0.7).Passed);
        Assert.True(CheckGrad(static (x, a) => Sin(a * x) * Sum(x), X, 2.0).Passed);
        Assert.True(CheckGrad(static (x, a) => Sin(a * x) * Sum(x), (Vec<float>)[0.3f, -1.2f, 0.7f], 2f).Passed);
        Assert.True(CheckGrad(Apply, new Net(X, (0.5, 3)), 1.5).Passed);
        Assert.True(CheckGrad(Loss, X, Data).Passed);
        Assert.True(CheckGrad(static (x, w) => Loss(w, x), Data, X).Passed);
        Assert.True(CheckGrad(static p => Each(p.W, p.X), (W: X, X: Data)).Passed);
        Assert.True(CheckGrad(Language.CustomRules.OfRoot, 0.8, 0.4).Passed);
        Assert.True(CheckGrad(static (w, x) => Grad(Loss, w, x), X, Data).Passed);
    }

    [Fact]
    public void A_wrong_forward_rule_is_measured_and_its_leaf_is_named()
    {
        var thrown = Assert.Throws<GradientCheckException>(() => CheckGrad(static x => (Sin(x), (A: x, B: Squared(x))), 0.7));
        Assert.StartsWith("the derivative of Lambda is wrong: forward error ", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("Item2.Item2", thrown.Check.WorstLeaf);
        // 3 x against 2 x along a direction of at most 1, relative to 1 or 3 x.
        Assert.InRange(thrown.Check.ForwardError, 0.1, 0.7);
        Assert.True(thrown.Check.ReverseError <= thrown.Check.ReverseTolerance);
    }

    [Fact]
    public void A_wrong_reverse_rule_alone_is_measured_against_the_quotient()
    {
        var thrown = Assert.Throws<GradientCheckException>(() => CheckGrad(Cubed, 0.7));
        Assert.Equal(0, thrown.Check.ForwardError);
        Assert.True(thrown.Check.ReverseError > 1e-3);
        Assert.Contains("there is a reverse rule only", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_number_does_not_pass() =>
        Assert.True(double.IsNaN(Assert.Throws<GradientCheckException>(() => CheckGrad(static x => Sqrt(x) * 0, -1.0)).Check.ForwardError));
}
