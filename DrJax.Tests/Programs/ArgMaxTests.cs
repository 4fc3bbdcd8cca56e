using Xunit;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Where extrema are: of equal elements the first, and the first NaN before all numbers, eagerly, compiled, in lanes and in small arrays.</summary>
public class ArgMaxTests
{
    public static class Places
    {
        [DrJaxProgram] public static (int, int) OfVectors(Vec<double> x) => (ArgMax(x), ArgMin(x));

        [DrJaxProgram] public static (Vec<int>, Vec<int>) OfAxes(Mat<double> m) => (ArgMax(m, axis: 1), ArgMin(m, axis: 0));

        [DrJaxProgram] public static (Vec<int>, Vec<int>) OfSingles(Mat<float> m) => (ArgMin(m, axis: 1), ArgMax(m, axis: 0));

        [DrJaxProgram("c")] public static Placed<(int, int)> OfGroups(Placed<Vec<double>> x) => Map(x => (ArgMax(x), ArgMin(x)), x);

        [DrJaxProgram("c")] public static Placed<(int, int)> OfSmall([Shape(4)] Placed<Vec<double>> x) => Map(x => (ArgMax(x), ArgMin(x)), x);
    }

    [Fact]
    public void The_first_NaN_is_found_as_eagerly()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 60; trial++)
        {
            var n = random.Next(1, 20);
            var m = Reshape(new Vec<double>([.. Enumerable.Range(0, 4 * n).Select(_ => random.Next(6) == 0 ? double.NaN : random.Next(5))]), n, 4);
            Same(nameof(Places.OfVectors), Flatten(m)[..n]);
            Same(nameof(Places.OfAxes), m);
            Same(nameof(Places.OfSingles), ToFloat(m));
            Same(nameof(Places.OfGroups), Placed.Rows(m));
            Same(nameof(Places.OfSmall), Placed.Rows(m));
        }
        Assert.Equal((1, 1), Places.OfVectors(Vec(5, double.NaN, 7, double.NaN)));

        static void Same(string program, object argument)
        {
            var twin = new Twin(typeof(Places).GetMethod(program)!);
            Assert.Equal(Elements.Numbers(twin.Eager(argument)), Elements.Numbers(twin.Forward(argument)));
        }
    }
}
