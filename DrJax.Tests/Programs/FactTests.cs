using System.Reflection;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using DrJax.Tests.Frontend;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

public readonly record struct Parameters(Vec<double> W, double B) : IVectorSpace;

/// <summary>The facts that DrJAX's own tests state, compiled and eager.</summary>
public class FactTests
{
    private const int Clients = 100;

    private static readonly Vec<double> Ones100 = Ones<double>(Clients);

    private static class Primitives
    {
        [DrJaxProgram("clients", Clients)]
        internal static Placed<double> ToAll(double x) => Broadcast(x);

        [DrJaxProgram("clients", Clients)]
        internal static double Sum(Placed<double> x) => ReduceSum(x);

        [DrJaxProgram("clients", Clients)]
        internal static double Mean(Placed<double> x) => ReduceMean(x);

        [DrJaxProgram("clients", Clients)]
        internal static (double, double) SumAndMean(Placed<double> x) => (ReduceSum(x), ReduceMean(x));

        [DrJaxProgram("clients", Clients)]
        internal static double Average(Placed<int> x) => ReduceMean(x);

        [DrJaxProgram("clients")]
        internal static double Highest(Placed<double> x) => ReduceMax(x);
    }

    private static class Sensors
    {
        [DrJaxProgram("sensors")]
        internal static double OverThreshold(double threshold, Placed<double> temperature) =>
            ReduceMean(Map(static (limit, t) => t > limit ? 1.0 : 0.0, Broadcast(threshold), temperature));
    }

    private static class Training
    {
        private static double Loss(Parameters m, Vec<double> x) => Sum(m.W * Square(x)) + m.B * m.B;

        [DrJaxProgram("clients")]
        internal static (double, Parameters) Round(Parameters m, Placed<Vec<double>> x) => ReduceMean(Map(x => ValueAndGrad(Loss, m, x), x));

        [DrJaxProgram("clients")]
        internal static double Objective(Parameters m, Placed<Vec<double>> x) => ReduceMean(Map(x => Loss(m, x), x));

        [DrJaxProgram("clients")]
        internal static Vec<double> Weighted(Placed<Vec<double>> x, Placed<double> w) => ReduceWeightedMean(x, w);

        [DrJaxProgram("clients")]
        internal static (Vec<double> A, double B) WeightedPairs(Placed<(Vec<double> A, double B)> x, Placed<double> w) => ReduceWeightedMean(x, w);

        [DrJaxProgram("clients")]
        internal static Placed<double> Divided(Placed<double> x, Vec<double> v) => Map(x => x + v[3], x);
    }

    [Fact]
    public void A_broadcast_is_a_copy_for_each_client()
    {
        var compiled = Primitives.ToAll(2.5);
        Assert.Equal(Placed.Rows(2.5 * Ones100), compiled);
        Assert.Equal(compiled, Eagerly<Placed<double>>(typeof(Primitives), nameof(Primitives.ToAll), 2.5));
    }

    [Fact]
    public void Forward_derivatives_are_ones_and_a_hundredth()
    {
        var x = Placed.Rows(Iota<double>(Clients));
        Assert.Equal(Placed.Rows(Ones100), Jvp(Primitives.ToAll, 2.0, 1.0).Tangent);
        for (var i = 0; i < Clients; i += 33)
        {
            var one = Placed.Rows(Zeros<double>(Clients).With(i, 1));
            Assert.Equal((4950, 1), Jvp(Primitives.Sum, x, one));
            Assert.Equal((49.5, 0.01), Jvp(Primitives.Mean, x, one));
        }
    }

    [Fact]
    public void Reverse_derivatives_are_ones_and_a_hundredth()
    {
        var x = Placed.Rows(Iota<double>(Clients));
        Assert.Equal(100, Vjp(Primitives.ToAll, 2.0, static r => Map(static _ => 1.0, r)).Cotangent);
        Assert.Equal(Placed.Rows(Ones100), Grad(Primitives.Sum, x));
        Assert.Equal(Placed.Rows(0.01 * Ones100), Grad(Primitives.Mean, x));
        Assert.Equal(Placed.Rows(Ones100), Grad(static x => Primitives.SumAndMean(x).Item1, x));
    }

    [Fact]
    public void The_derivative_of_a_maximum_is_shared_among_ties() =>
        Assert.Equal(Placed.Rows((Vec<double>)[0, 0.5, 0, 0.5]), Grad(Primitives.Highest, Placed.Rows((Vec<double>)[1, 3, 2, 3])));

    [Fact]
    public void Sensors_over_a_threshold_with_two_sizes_by_turns()
    {
        var (hundred, twenty) = (Placed.Rows(Iota<double>(100)), Placed.Rows(Iota<double>(20)));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0.75, Sensors.OverThreshold(24, hundred));
            Assert.Equal(0.8, Sensors.OverThreshold(3, twenty));
        }
        Assert.Equal(0.75, Eagerly<double>(typeof(Sensors), nameof(Sensors.OverThreshold), 24.0, hundred));
        Assert.Equal(0.8, Eagerly<double>(typeof(Sensors), nameof(Sensors.OverThreshold), 3.0, twenty));
    }

    [Fact]
    public void A_round_averages_values_and_gradients_of_structures()
    {
        var model = new Parameters([2, -1], 3);
        var data = Placed.Rows((Mat<double>)[[1, 2], [3, 4]]);
        var (loss, gradient) = Training.Round(model, data);
        Assert.Equal(9.0, loss);                    // ((2 - 4 + 9) + (18 - 16 + 9)) / 2
        Assert.Equal((Vec<double>)[5, 10], gradient.W);
        Assert.Equal(6.0, gradient.B);
        Assert.Equal(gradient, Grad(Training.Objective, model, data));
    }

    [Fact]
    public void A_weighted_mean_divides_by_the_weights()
    {
        var (x, w) = (Placed.Rows((Mat<double>)[[1, 2], [3, 4], [5, 8]]), Placed.Rows((Vec<double>)[1, 2, 5]));
        Vec<double> expected = [4, 6.25];           // (1 + 6 + 25) / 8, (2 + 8 + 40) / 8
        Assert.Equal(expected, Training.Weighted(x, w));
        Assert.Equal(expected, Eagerly<Vec<double>>(typeof(Training), nameof(Training.Weighted), x, w));
        var (a, b) = Training.WeightedPairs(Placed.Zip(x, w), w);
        Assert.Equal((expected, 3.75), (a, b));     // (1 + 4 + 25) / 8
    }

    [Fact]
    public void The_mean_of_ints_is_a_floating_mean()
    {
        var x = Placed.Rows(Iota(Clients));
        Assert.Equal(49.5, Primitives.Average(x));
        Assert.Equal(49.5, Eagerly<double>(typeof(Primitives), nameof(Primitives.Average), x));
    }

    [Fact]
    public void No_derivative_flows_through_StopGradient()
    {
        Vec<double> x = [1, 2, 3];
        Assert.Equal((Vec<double>)[7, 8, 9], Grad(static x => Sum(x * StopGradient(Sum(x))) + Dot(x, StopGradient(x)), x));
    }

    [Fact]
    public void Another_number_of_clients_than_the_attribute_says_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Primitives.Sum(Placed.Rows(Iota<double>(99))));
        Assert.Contains("x", e.Message, StringComparison.Ordinal);
        Assert.Contains("99", e.Message, StringComparison.Ordinal);
        Assert.Contains("100", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Placed_arguments_of_two_sizes_are_refused()
    {
        var (x, w) = (Placed.Rows(Ones<double>(3, 2)), Placed.Rows(Ones<double>(4)));
        foreach (var call in new Func<object>[] { () => Training.Weighted(x, w), () => Eagerly<Vec<double>>(typeof(Training), nameof(Training.Weighted), x, w) })
        {
            var e = Assert.Throws<ArgumentException>(call);
            Assert.Contains("3", e.Message, StringComparison.Ordinal);
            Assert.Contains("4", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_mapped_function_throws_eagerly_comes_with_its_group()
    {
        var e = Assert.Throws<MapException>(() => Eagerly<Placed<double>>(typeof(Training), nameof(Training.Divided), Placed.Rows(Ones<double>(4)), Ones<double>(2)));
        Assert.Equal(0, e.Group);
        Assert.IsType<IndexOutOfRangeException>(e.InnerException);
    }

    [Theory]
    [InlineData("double x", "Placed<double>", "Broadcast(x)", "broadcast@clients", "sum@clients")]
    [InlineData("Placed<double> x", "double", "ReduceSum(x)", "sum@clients", "broadcast@clients")]
    [InlineData("Placed<double> x", "double", "ReduceMean(x)", "mean@clients", "broadcast@clients")]
    public void Derivatives_stay_MapReduce_programs(string parameter, string type, string body, string forward, string reverse)
    {
        var program = Compile.Program("P", $$"""public static class C { [DrJaxProgram("clients")] public static {{type}} P({{parameter}}) => {{body}}; }""");
        Assert.Contains(forward, Printed(DerivativeKind.Jvp), StringComparison.Ordinal);
        Assert.Contains(reverse, Printed(DerivativeKind.Vjp), StringComparison.Ordinal);

        string Printed(DerivativeKind kind)
        {
            var function = DrJax.Generator.Frontend.Frontend.CompileDerivative(program, kind)!.Function;
            // The tangent alone and the cotangent alone: the value beside them has nodes of its own.
            function = new Func("P", function.Parameters, [function.Results[1]]);
            return Printer.Print(new Passes(function.Results[0].Graph).Prepare(function));
        }
    }

    private static R Eagerly<R>(Type type, string method, params object[] arguments) =>
        (R)type.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
