using System.Globalization;
using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class FormatTests
{
    [Fact]
    public void Arrays_print_as_nested_brackets_with_shortest_numbers()
    {
        Assert.Equal("[57.666668, -54.666668]", Vec(57.666668f, -54.666668f).ToString());
        Assert.Equal("[[1, 2], [3, 4]]", new Mat<int>([1, 2, 3, 4], 2, 2).ToString());
        Assert.Equal("[[[1], [2]]]", new Tensor3<double>([1, 2], 1, 2, 1).ToString());
        Assert.Equal("[[[[1, 2]]]]", new Tensor4<double>([1, 2], 1, 1, 1, 2).ToString());
        Assert.Equal("[True, False]", Vec(true, false).ToString());
        Assert.Equal("[0.1, 1E+30, NaN, Infinity]", Vec(0.1, 1e30, double.NaN, double.PositiveInfinity).ToString());
    }

    [Fact]
    public void Long_axes_show_their_ends()
    {
        Assert.Equal("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", Iota(12).ToString());
        Assert.Equal("[0, 1, 2, ..., 10, 11, 12]", Iota(13).ToString());
        Assert.Equal("[[0, 0], [0, 0], [0, 0], ..., [0, 0], [0, 0], [0, 0]]", Zeros<int>(100, 2).ToString());
    }

    [Fact]
    public void The_current_culture_does_not_matter()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("[1.5]", Vec(1.5).ToString());
            Assert.Equal("[(1.5, 2.5)]", ((Placed<(double, double)>)[(1.5, 2.5)]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Placed_values_print_as_one_more_axis()
    {
        Assert.Equal("[[1, 2], [3, -4]]", ((Placed<Vec<float>>)[[1, 2], [3, -4]]).ToString());
        Assert.Equal("[([1], 2), ([3], 4)]", ((Placed<(Vec<float>, int)>)[([1], 2), ([3], 4)]).ToString());
        Assert.Equal("[0, 1, 2, ..., 97, 98, 99]", Placed.Rows(Iota(100)).ToString());
        Assert.Equal("broadcast [1, 2]", MapReduce.Broadcast(Vec(1, 2)).ToString());
    }
}
