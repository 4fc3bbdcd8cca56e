using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>What the three kinds of loops mean: as many trips as a size, as a value, or as a condition says.</summary>
public class LoopTests
{
    [Theory]
    [InlineData(3, 8)]
    [InlineData(0, 1)]
    [InlineData(-2, 1)]
    public void A_given_number_of_trips_is_none_if_it_is_negative(int trips, double expected)
    {
        var lab = new Lab();
        var (x, n) = (lab.Real("x"), lab.Int("n", 1));
        var body = lab.Function("body", [IntType, RealType()], p => [p[1] + p[1], p[0]]);
        var f = lab.Entry([.. lab.Graph.Loop(n, false, body, [x], [])]);
        var r = lab.Run(f, NdArray.Scalar(1), NdArray.Scalar(trips));
        Assert.Equal(expected, r[0].Value);
        Assert.Equal(Enumerable.Range(0, Math.Max(0, trips)).Select(i => (double)i), r[1].Data);
    }

    [Fact]
    public void A_number_of_trips_that_is_a_size_makes_a_loop_of_a_fixed_count()
    {
        var lab = new Lab();
        var body = lab.Function("body", [IntType, RealType()], p => [p[1] + p[1]]);
        var r = lab.Graph.Loop(lab.Graph.Size(Dim.Symbol("x.0")), false, body, [lab.Real("x")], []);
        Assert.Equal(new LoopTrips.Fixed(Dim.Symbol("x.0")), lab.Entry([.. r]).Nodes.OfType<Loop>().Single().Trips);
    }

    [Fact]
    public void A_loop_runs_while_its_condition_holds()
    {
        var lab = new Lab();
        var f = Doubling(lab);
        Assert.Equal([8, 1, 2, 4], lab.Run(f, NdArray.Scalar(1), NdArray.Scalar(5)).SelectMany(r => r.Data));
        Assert.Equal([6], lab.Run(f, NdArray.Scalar(6), NdArray.Scalar(5)).SelectMany(r => r.Data));
    }

    [Fact]
    public void A_loop_is_printed_with_its_condition()
    {
        var lab = new Lab();
        Assert.Equal(
            """
            f(%0: f64 x, %1: f64 limit) {
              %2 = while<1> condition body %0 %1 : f64, f64[<trips>]
              %3 = result<0> %2 : f64
              %4 = result<1> %2 : f64[<trips>]
              return %3, %4
            }

            condition(%0: i32 p0, %1: f64 p1, %2: f64 p2) {
              %3 = less %1 %2 : bool
              return %3
            }

            body(%0: i32 p0, %1: f64 p1, %2: f64 p2) {
              %3 = add %1 %1 : f64
              return %3, %1
            }

            """.ReplaceLineEndings("\n"), Printer.Print(Doubling(lab)));
    }

    private static Func Doubling(Lab lab)
    {
        var (x, limit) = (lab.Real("x"), lab.Real("limit"));
        var condition = lab.Function("condition", [IntType, RealType(), RealType()], p => [lab.Graph.Apply(ScalarOp.Less, p[1], p[2])]);
        var body = lab.Function("body", [IntType, RealType(), RealType()], p => [p[1] + p[1], p[1]]);
        return lab.Entry([.. lab.Graph.While(condition, body, [x], [limit])]);
    }
}
