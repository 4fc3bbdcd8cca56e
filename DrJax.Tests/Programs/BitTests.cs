using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>The promise on bits: results do not depend on the number of threads.</summary>
[Collection(nameof(Numerics.WorkerCount))]
public sealed class BitTests : IDisposable
{
    private readonly int degree = DrJaxRuntime.MaxDegreeOfParallelism;

    public static class Regression
    {
        [DrJaxProgram("rows")]
        internal static double Loss(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Square(Sin(Dot(w, x)) - 1), x));

        [DrJaxProgram("rows")]
        internal static float Singles(Vec<float> w, Placed<Vec<float>> x) => ReduceMean(Map(x => Square(Sin(Dot(w, x)) - 1f), x));

        [DrJaxProgram("rows")]
        internal static float Layers(Mat<float> w, Placed<Mat<float>> x) => Sqrt(ReduceSum(Map(x => Sum(Tanh(MatMul(x, w))), x)) + 1e6f);

        [DrJaxProgram("rows")]
        internal static double Scalars(double a, Placed<double> x) => ReduceMean(Map(x => Exp(a * x) / (1 + x * x), x)) + ReduceMax(x);
    }

    public void Dispose() => DrJaxRuntime.MaxDegreeOfParallelism = degree;

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(1023)]
    [InlineData(3000)]
    public void Gradients_have_the_same_bits_for_any_number_of_threads(int groups)
    {
        foreach (var run in Gradients(groups)) Same(run);
    }

    /// <summary>Gradients over many groups, to be run.</summary>
    internal static Func<object>[] Gradients(int groups)
    {
        var random = new Random(groups);
        Vec<double> w = Build(13, _ => random.NextDouble());
        var x = Build(groups, 13, (_, _) => random.NextDouble() - 0.5);
        var m = Build(groups, 5, 13, (_, _, _) => (float)random.NextDouble() - 0.5f);
        var v = Build(13, 13, (_, _) => (float)random.NextDouble() - 0.5f);
        var y = Placed.Rows(x[.., 0]);
        return
        [
            () => ValueAndGrad(Regression.Loss, w, Placed.Rows(x)),
            () => ValueAndGrad(Regression.Singles, ToFloat(w), Placed.Rows(ToFloat(x))),
            () => ValueAndGrad(Regression.Layers, v, Placed.Rows(m)),
            () => ValueAndGrad(Regression.Scalars, 1.25, y),
            () => Hvp(Regression.Loss, w, w, Placed.Rows(x)),
            () => Grad(Language.Placements.NormaliseThenMap, w, Placed.Rows(x)),
            () => Language.Placements.Rounds(w, Placed.Rows(x), y),
            () => Grad(SecondOrder.LocalTraining, w, 0.1, Placed.Rows(x), y),
        ];
    }

    private static void Same(Func<object> run)
    {
        DrJaxRuntime.MaxDegreeOfParallelism = 1;
        var expected = Elements.Numbers(run());
        Assert.All(expected, value => Assert.True(double.IsFinite(value)));
        foreach (var workers in new[] { 2, 3, 7 })
        {
            DrJaxRuntime.MaxDegreeOfParallelism = workers;
            for (var again = 0; again < 3; again++) Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), Elements.Numbers(run()).Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
