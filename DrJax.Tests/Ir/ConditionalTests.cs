using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>A zero cotangent must not meet an infinite partial in an arm that is not taken: x > 0 ? sqrt(x) : 0 at 0 has derivatives 0, not NaN.</summary>
public class ConditionalTests
{
    private static readonly double[] Points = [0, 4, 0, 1, 0, 0.25, 0, 9, 0, 0, 16, 0, 1, 1, 0, 4, 0];

    private static double First(double x) => x > 0 ? 0.5 / Math.Sqrt(x) : 0;

    private static double Second(double x) => x > 0 ? -0.25 / (x * Math.Sqrt(x)) : 0;

    /// <summary>One point: a branch of the IR.</summary>
    private static Func SafeSqrt(Lab lab)
    {
        var x = lab.Graph.Param("x", RealType());
        var then = lab.Function("then", [RealType()], p => [lab.Graph.Sqrt(p[0]) / (p[0] / p[0])]);
        var otherwise = lab.Function("otherwise", [RealType()], p => [lab.Graph.Fill(0, p[0])]);
        return new("safeSqrt", [x], [lab.Graph.Branch(lab.Graph.Apply(ScalarOp.Greater, x, lab.Graph.Fill(0, x)), then, otherwise, [x])[0]]);
    }

    [Fact]
    public void In_a_branch() => Check((lab, f) =>
    {
        var x = lab.Real("x");
        return lab.Entry(lab.Graph.Call(f, [x])[0]);
    }, points: [0]);

    [Fact]
    public void In_a_vectorised_branch() => Check((lab, f) =>
        lab.Entry(lab.Graph.Call(lab.Derivatives.Vmap(f, Dim.Symbol("points"), [true]), [lab.Real("x", Dim.Symbol("points"))])[0]), Points);

    [Fact]
    public void In_a_map_over_17_groups() => Check((lab, f) =>
        lab.Entry(lab.Graph.Map(Clients, f, [lab.Real("x", [Clients])])[0]), Points);

    [Fact]
    public void Under_a_condition_within_a_condition_in_a_loop() => Check((lab, f) =>
    {
        // x > 0 || x == 0 chooses between the loop of the safe square root and a division by x: both unsafe at 0.
        var g = lab.Graph;
        var body = lab.Function("body", [IntType, RealType(), RealType()], p => [p[1] + g.Call(f, [p[2]])[0]]);
        var then = lab.Function("then", [RealType()], p => [g.Loop(Dim.One, false, body, [g.Fill(0, p[0])], [p[0]])[0]]);
        var otherwise = lab.Function("otherwise", [RealType()], p => [g.One(p[0]) / p[0]]);
        var outer = lab.Function("outer", [RealType()], p =>
            [g.Branch(g.Apply(ScalarOp.GreaterOrEqual, p[0], g.Fill(0, p[0])), then, otherwise, [p[0]])[0]]);
        return lab.Entry(g.Call(lab.Derivatives.Vmap(outer, Dim.Symbol("points"), [true]), [lab.Real("x", Dim.Symbol("points"))])[0]);
    }, Points);

    [Fact]
    public void A_captured_operand_is_safe_too_where_no_lane_takes_the_arm()
    {
        // c[i] ? sqrt(s) : 0 with s = 0 and no c: the derivative by s is 0.
        var lab = new Lab();
        var (c, s) = (lab.Graph.Param("c", ValueTypeOf(ElementType.Bool)), lab.Graph.Param("s", RealType()));
        var then = lab.Function("then", [RealType()], p => [lab.Graph.Sqrt(p[0])]);
        var otherwise = lab.Function("otherwise", [RealType()], p => [lab.Graph.Fill(0, p[0])]);
        var f = lab.Derivatives.Vmap(new("f", [c, s], [lab.Graph.Branch(c, then, otherwise, [s])[0]]), N, [true, false]);
        var gradient = lab.Derivatives.Vjp(f, [false, true]);
        Assert.Equal(0, lab.Run(gradient, NdArray.Of(0, 0, 0), NdArray.Scalar(0), NdArray.Of(1, 1, 1))[1].Value);
    }

    [Fact]
    public void Without_protection_a_vectorised_branch_only_selects()
    {
        var lab = new Lab();
        var f = SafeSqrt(lab);
        var plain = lab.Derivatives.Vmap(f, N, [true], protect: false);
        Assert.Single(plain.Nodes, n => n is Apply { Op: ScalarOp.Select });
        Assert.Equal([0, 2, 3], lab.Run(plain, NdArray.Of(0, 4, 9))[0].Data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Integer_division_in_an_arm_never_divides_by_zero(bool protect)
    {
        var lab = new Lab();
        var i = lab.Graph.Param("i", IntType);
        var zero = lab.Zero;
        var then = lab.Function("then", [IntType], p => [lab.Graph.Const(12, ElementType.Int32) / p[0]]);
        var otherwise = lab.Function("otherwise", [IntType], p => [p[0]]);
        var f = new Func("f", [i], [lab.Graph.Branch(lab.Graph.Apply(ScalarOp.NotEqual, i, zero), then, otherwise, [i])[0]]);
        Assert.Equal([0, 4, 2], lab.Run(lab.Derivatives.Vmap(f, N, [true], protect), NdArray.Of(0, 3, 6))[0].Data);
    }

    // To the rounding of three divisions.
    private static void Same(IEnumerable<double> expected, double[] actual) =>
        DerivativeCheck.Same(NdArray.Of([.. expected]), NdArray.Of(actual), "derivative", 1e-15);

    private static DrJax.Generator.Ir.ValueType ValueTypeOf(ElementType element) => DrJax.Generator.Ir.ValueType.Scalar(element);

    /// <summary>The derivatives by each element, from a cotangent of ones (the Jacobian is diagonal), reverse and forward, first and second.</summary>
    private static void Check(Func<Lab, Func, Func> make, double[] points)
    {
        var lab = new Lab();
        lab.Sizes["points"] = lab.Sizes["clients"] = points.Length;
        var f = make(lab, SafeSqrt(lab));
        var x = f.Parameters[0].Type is { IsScalar: true, IsPlaced: false } ? NdArray.Scalar(points[0]) : NdArray.Of(points);
        var ones = x.Select(_ => 1);
        var (expected, curvature) = (points.Select(First), points.Select(Second));

        var reverse = lab.Derivatives.Vjp(f, [true]);
        var forward = lab.Derivatives.Jvp(f, [true]);
        foreach (var first in new[] { reverse, forward })
        {
            Same(expected, lab.Run(first, x, ones)[1].Data);
            var second = lab.Run(lab.Derivatives.Jvp(first, [true, false]), x, ones, ones);
            Same(curvature, second[3].Data);
            // Cotangent of the value 0, of the derivative 1.
            second = lab.Run(lab.Derivatives.Vjp(first, [true, false]), x, ones, x.Select(_ => 0), ones);
            Same(curvature, second[2].Data);
            var prepared = new Passes(lab.Graph).Prepare(lab.Derivatives.Vjp(first, [true, false]));
            Same(curvature, lab.Run(prepared, x, ones, x.Select(_ => 0), ones)[2].Data);
        }
    }
}
