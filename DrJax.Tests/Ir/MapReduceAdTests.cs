using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Derivatives of MapReduce programs are MapReduce programs.</summary>
public class MapReduceAdTests
{
    private static Func Broadcast(Lab lab) => lab.Entry(lab.Graph.Broadcast(lab.Real("x"), Clients));

    private static Func Reduce(Lab lab, PlacedReduceKind kind) => lab.Entry(lab.Graph.PlacedReduce(kind, lab.Real("x", [Clients])));

    [Fact]
    public void Reverse_of_broadcast_is_sum() => Assert.Equal("""
        vjp.f(%0: f64 x, %1: f64@clients ct0) {
          %2 = broadcast@clients %0 : f64@clients
          %3 = sum@clients %1 : f64
          return %2, %3
        }

        """, Text(lab => lab.Derivatives.Vjp(Broadcast(lab), [true])));

    [Fact]
    public void Forward_of_broadcast_is_broadcast() => Assert.Equal("""
        jvp.f(%0: f64 x, %1: f64 dx) {
          %2 = broadcast@clients %0 : f64@clients
          %3 = broadcast@clients %1 : f64@clients
          return %2, %3
        }

        """, Text(lab => lab.Derivatives.Jvp(Broadcast(lab), [true])));

    [Fact]
    public void Reverse_of_sum_is_broadcast() => Assert.Equal("""
        vjp.f(%0: f64@clients x, %1: f64 ct0) {
          %2 = sum@clients %0 : f64
          %3 = broadcast@clients %1 : f64@clients
          return %2, %3
        }

        """, Text(lab => lab.Derivatives.Vjp(Reduce(lab, PlacedReduceKind.Sum), [true])));

    [Fact]
    public void Forward_of_sum_is_sum() => Assert.Equal("""
        jvp.f(%0: f64@clients x, %1: f64@clients dx) {
          %2 = sum@clients %0 : f64
          %3 = sum@clients %1 : f64
          return %2, %3
        }

        """, Text(lab => lab.Derivatives.Jvp(Reduce(lab, PlacedReduceKind.Sum), [true])));

    [Fact]
    public void Reverse_of_mean_is_broadcast_of_the_share() => Assert.Equal("""
        vjp.f(%0: f64@clients x, %1: f64 ct0) {
          %2 = mean@clients %0 : f64
          %3 = cast <clients> : f64
          %4 = divide %1 %3 : f64
          %5 = broadcast@clients %4 : f64@clients
          return %2, %5
        }

        """, Text(lab => lab.Derivatives.Vjp(Reduce(lab, PlacedReduceKind.Mean), [true])));

    [Fact]
    public void Reverse_of_a_mean_loss_is_one_map_and_one_sum()
    {
        var lab = new Lab();
        var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], N));
        var loss = lab.Function("loss", [RealType(N), RealType(N)], p => [lab.Graph.Square(lab.Graph.SumAll(p[0] * p[1]))]);
        var losses = lab.Graph.Map(Clients, loss, [lab.Graph.Broadcast(w, Clients), x])[0];
        var f = lab.Entry(lab.Graph.PlacedReduce(PlacedReduceKind.Mean, losses));
        var gradient = lab.Derivatives.Vjp(f, [true, false]);
        var call = lab.Graph.Call(gradient, [w, x, lab.Graph.Const(1, ElementType.Float64)])[1];
        Assert.Equal("""
            f(%0: f64[n] w, %1: f64[n]@clients x) {
              %2 = broadcast@clients %0 : f64[n]@clients
              %3 = map@clients vjp.loss %2 %1 : f64[n]@clients
              %4 = sum@clients %3 : f64[n]
              return %4
            }

            vjp.loss(%0: f64[n] p0, %1: f64[n] p1) {
              %2 = multiply %0 %1 : f64[n]
              %3 = sum<0> %2 : f64
              %4 = multiply 2.0 %3 : f64
              %5 = cast <clients> : f64
              %6 = divide 1.0 %5 : f64
              %7 = multiply %4 %6 : f64
              %8 = expand<> %7 : f64[n]
              %9 = multiply %1 %8 : f64[n]
              return %9
            }

            """, Printer.Print(new Passes(lab.Graph).Prepare(lab.Entry(call))));
    }

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(PlacedReduceKind.Sum, 1.0)]
    [InlineData(PlacedReduceKind.Mean, 0.01)]
    internal void Jacobians_over_100_clients(PlacedReduceKind? kind, double expected)
    {
        var lab = new Lab { Sizes = { ["clients"] = 100 } };
        var f = kind is { } reduce ? Reduce(lab, reduce) : Broadcast(lab);
        var (x, y) = (lab.Arguments(new Random(1))[0], lab.Run(f, lab.Arguments(new Random(1)))[0]);
        var forward = lab.Derivatives.Jvp(f, [true]);
        var reverse = lab.Derivatives.Vjp(f, [true]);
        foreach (var v in Basis(x)) Assert.All(lab.Run(forward, x, v)[1].Data, d => Assert.Equal(expected, d));
        foreach (var u in Basis(y)) Assert.All(lab.Run(reverse, x, u)[1].Data, d => Assert.Equal(expected, d));

        static IEnumerable<NdArray> Basis(NdArray like) =>
            Enumerable.Range(0, like.Data.Length).Select(i => new NdArray(like.Shape, [.. like.Data.Select((_, k) => k == i ? 1.0 : 0.0)]));
    }

    [Fact]
    public void A_result_that_is_not_used_costs_nothing_in_reverse()
    {
        var lab = new Lab();
        var x = lab.Real("x");
        var placed = lab.Graph.Broadcast(x, Clients);
        var body = lab.Function("body", [RealType()], p => [p[0] * p[0], Catalogue.Sin(p[0])]);
        var both = lab.Graph.Map(Clients, body, [placed]);
        var program = lab.Entry(lab.Graph.PlacedReduce(PlacedReduceKind.Sum, both[0]), lab.Graph.PlacedReduce(PlacedReduceKind.Sum, both[1]));
        var used = lab.Graph.Call(program, [x])[0];
        var gradient = lab.Derivatives.Vjp(lab.Entry(used), [true]);
        Assert.Equal(2 * 3.0 * 5, lab.Run(gradient, NdArray.Scalar(3), NdArray.Scalar(1))[1].Value, 12);
        Assert.DoesNotContain("cos", Printer.Print(new Passes(lab.Graph).Prepare(gradient)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlacedReduceKind.Max)]
    [InlineData(PlacedReduceKind.Min)]
    internal void Groups_that_tie_share_the_derivative(PlacedReduceKind kind)
    {
        var lab = new Lab { Sizes = { ["clients"] = 4 } };
        var f = Reduce(lab, kind);
        var x = NdArray.Of(2, 1, 2, 1);
        double[] expected = kind == PlacedReduceKind.Max ? [0.5, 0, 0.5, 0] : [0, 0.5, 0, 0.5];
        Assert.Equal(expected, lab.Run(lab.Derivatives.Vjp(f, [true]), x, NdArray.Scalar(1))[1].Data);
        Assert.Equal(expected[0] * 3 + expected[1] * 7, lab.Run(lab.Derivatives.Jvp(f, [true]), x, NdArray.Of(3, 7, 0, 0))[1].Value);
    }

    private static string Text(Func<Lab, Func> make) => Printer.Print(make(new Lab()));
}
