using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Xunit;

namespace DrJax.Tests.Ir;

/// <summary>Every row of the op table: both derivatives, first and second, against the central difference over the row's domain.</summary>
public class OpTableTests
{
    public static TheoryData<int> Operations => [.. Enum.GetValues<ScalarOp>().Select(op => (int)op)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Derivatives_agree_with_the_difference_quotient(int operation)
    {
        var (lab, f) = Row((ScalarOp)operation);
        var random = new Random(operation);
        for (var i = 0; i < 20; i++)
        {
            DerivativeCheck.First(lab, f, lab.Arguments(random), random);
            DerivativeCheck.Second(lab, f, lab.Arguments(random), random);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Batched_rows_are_rows_of_lanes(int operation)
    {
        var (lab, f) = Row((ScalarOp)operation);
        var random = new Random(operation);
        lab.Sizes["lanes"] = 2;
        NdArray[] a = lab.Arguments(random), b = lab.Arguments(random);
        var vmap = lab.Derivatives.Vmap(f, Dim.Symbol("lanes"), f.Parameters.Select(_ => true).ToEquatable());
        var actual = lab.Run(vmap, [.. a.Zip(b, (x, y) => NdArray.Stack([x, y], x.Shape))]);
        Assert.Equal(lab.Run(f, a)[0].Data.Concat(lab.Run(f, b)[0].Data), actual[0].Data);
    }

    // Abramowitz and Stegun, tables 6.1 and 6.2.
    [Theory]
    [InlineData(ScalarOp.LogGamma, 0.0, 0.5, 0.57236494292470009)]
    [InlineData(ScalarOp.LogGamma, 0.0, 5.0, 3.1780538303479458)]
    [InlineData(ScalarOp.Polygamma, 0.0, 1.0, -0.57721566490153286)]
    [InlineData(ScalarOp.Polygamma, 1.0, 1.0, 1.6449340668482264)]
    [InlineData(ScalarOp.Polygamma, 2.0, 1.0, -2.4041138063191886)]
    internal void The_interpreter_knows_special_functions(ScalarOp op, double order, double x, double expected) =>
        Assert.Equal(expected, ScalarMath.Evaluate(op, op == ScalarOp.Polygamma ? [order, x] : [x], false), 13);

    [Theory]
    [InlineData(ScalarOp.Max, 2.0, 2.0, 0.5)]
    [InlineData(ScalarOp.Min, 2.0, 2.0, 0.5)]
    [InlineData(ScalarOp.Max, 3.0, 2.0, 1.0)]
    [InlineData(ScalarOp.Pow, 0.0, 2.0, 0.0)]
    internal void Ties_and_kinks_have_the_derivative_of_the_row(ScalarOp op, double x, double y, double expected)
    {
        var lab = new Lab();
        var f = lab.Entry(lab.Graph.Apply(op, lab.Real("x"), lab.Real("y")));
        var both = lab.Run(lab.Derivatives.Vjp(f, Lab.All(f)), NdArray.Scalar(x), NdArray.Scalar(y), NdArray.Scalar(1));
        Assert.Equal(expected, both[1].Value);
        Assert.True(double.IsFinite(both[2].Value));
    }

    [Theory]
    [InlineData(ScalarOp.Abs)]
    [InlineData(ScalarOp.Relu)]
    internal void The_derivative_at_the_kink_is_zero(ScalarOp op)
    {
        var lab = new Lab();
        var f = lab.Entry(lab.Graph.Apply(op, lab.Real("x")));
        Assert.Equal(0, lab.Run(lab.Derivatives.Vjp(f, [true]), NdArray.Scalar(0), NdArray.Scalar(1))[1].Value);
        Assert.Equal(0, lab.Run(lab.Derivatives.Jvp(f, [true]), NdArray.Scalar(0), NdArray.Scalar(1))[1].Value);
    }

    [Fact]
    public void An_infinite_cotangent_does_not_pass_the_flat_side_of_relu()
    {
        var lab = new Lab();
        var f = lab.Entry(lab.Graph.Sqrt(lab.Graph.Apply(ScalarOp.Relu, lab.Real("x"))));
        Assert.Equal(0, lab.Run(lab.Derivatives.Vjp(f, [true]), NdArray.Scalar(-1), NdArray.Scalar(1))[1].Value);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_safe_operand_has_finite_partials(int operation)
    {
        var row = OpTable.Row((ScalarOp)operation);
        if (row.Safe is not { } safe) return;
        var (lab, f) = Row((ScalarOp)operation);
        var x = lab.Arguments(new Random(1));
        x[row.SafeAt] = x[row.SafeAt].Select(_ => safe);
        NdArray[] ct = [x[0].Select(_ => 1)];
        Assert.All(lab.Run(lab.Derivatives.Vjp(f, Lab.All(f)), [.. x, .. ct]), r => Assert.All(r.Data, v => Assert.True(double.IsFinite(v))));
    }

    /// <summary>The row over vectors of its domain. The order of Polygamma is a whole number, not a variable.</summary>
    private static (Lab, Func) Row(ScalarOp op)
    {
        var lab = new Lab();
        var row = OpTable.Row(op);
        double Draw(Random r) => row.Low + (row.High - row.Low) * r.NextDouble();
        var x = Enumerable.Range(0, row.Arity).Select(Node (i) => (op, i) switch
        {
            _ when row.Takes == OpOperands.Bools || (op, i) is (ScalarOp.Select, 0) => lab.Bool($"x{i}", Lab.N),
            _ when row.Takes == OpOperands.Ints => lab.Add($"x{i}", ElementType.Int32, [], [Lab.N], r => r.Next(-99, 99)),
            (ScalarOp.Polygamma, 0) => lab.Graph.Cast(lab.Int("order", 3, Lab.N), ElementType.Float64),
            _ => lab.Add($"x{i}", ElementType.Float64, [], [Lab.N], Draw),
        });
        return (lab, lab.Entry(lab.Graph.Apply(op, [.. x])));
    }
}
