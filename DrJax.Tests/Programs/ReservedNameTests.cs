using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>A user may name things as the compiler names its own.</summary>
public class ReservedNameTests
{
    [DrJaxProgram("group")]
    public static double Loss(Vec<double> lanes, int block, Placed<Vec<double>> x) => block * ReduceSum(Map(v => Square(Dot(lanes, v)), x));

    [Fact]
    public void A_placement_named_group_and_parameters_named_lanes_and_block()
    {
        const int groups = 150;
        var x = Placed.Rows(Build(groups, 2, (i, j) => (double)(i + j)));
        Vec<double> w = [0.5, 0.25];
        var (value, gradient) = ValueAndGrad(static (lanes, block, x) => Loss(lanes, block, x), w, 3, x);
        double expected = 0, first = 0, second = 0;
        for (var i = 0; i < groups; i++)
        {
            var dot = 0.5 * i + 0.25 * (i + 1);
            expected += 3 * dot * dot;
            first += 6 * dot * i;
            second += 6 * dot * (i + 1);
        }
        // Only the order of the sums differs.
        Assert.Equal(expected, value, expected * 1e-14);
        Assert.Equal(first, gradient[0], first * 1e-14);
        Assert.Equal(second, gradient[1], second * 1e-14);
    }
}
