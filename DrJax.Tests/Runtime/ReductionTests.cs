using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class ReductionTests
{
    private static readonly Mat<double> M = [[1, 7, -3], [4, 5, 6]];
    private static readonly Tensor3<double> T = new([.. Enumerable.Range(0, 24).Select(i => (double)(i * 7 % 24))], 2, 3, 4);
    private static readonly Tensor4<double> Q = new([.. Enumerable.Range(0, 120).Select(i => (double)(i * 7 % 120))], 2, 3, 4, 5);

    [Fact]
    public void Whole_arrays_reduce_in_every_rank()
    {
        Assert.Equal((16, 11 / 3.0, 7, -3), (Sum(M[1] - M[0] + 2), Mean(Vec(1.0, 3, 7)), Max(M[0]), Min(M[0])));
        Assert.Equal((20, 20 / 6.0, 7, -3), (Sum(M), Mean(M), Max(M), Min(M)));
        Assert.Equal((276, 11.5, 23, 0), (Sum(T), Mean(T), Max(T), Min(T)));
        Assert.Equal((7140, 59.5, 119, 0), (Sum(Q), Mean(Q), Max(Q), Min(Q)));
    }

    [Fact]
    public void An_axis_of_a_matrix_goes()
    {
        Assert.Equal([5, 12, 3], Sum(M, axis: 0));
        Assert.Equal([5, 15], Sum(M, axis: 1));
        Assert.Equal([2.5, 6, 1.5], Mean(M, axis: 0));
        Assert.Equal([7, 6], Max(M, axis: 1));
        Assert.Equal([1, 5, -3], Min(M, axis: 0));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Any_axis_of_a_tensor_goes(int axis)
    {
        var (sum, max) = (Sum(T, axis), Max(T, axis: axis));
        for (var i = 0; i < sum.Rows; i++)
            for (var j = 0; j < sum.Columns; j++)
            {
                var along = Build(T.Dimension(axis), k => axis switch { 0 => T[k, i, j], 1 => T[i, k, j], _ => T[i, j, k] });
                Assert.Equal((Sum(along), Max(along)), (sum[i, j], max[i, j]));
            }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Any_axis_of_a_tensor_of_rank_4_goes(int axis)
    {
        var (mean, min) = (Mean(Q, axis), Min(Q, axis: axis));
        for (var i = 0; i < mean.Length; i++)
            for (var j = 0; j < mean.Dimension(1); j++)
                for (var k = 0; k < mean.Dimension(2); k++)
                {
                    var along = Build(Q.Dimension(axis),
                        l => axis switch { 0 => Q[l, i, j, k], 1 => Q[i, l, j, k], 2 => Q[i, j, l, k], _ => Q[i, j, k, l] });
                    Assert.Equal((Mean(along), Min(along)), (mean[i, j, k], min[i, j, k]));
                }
    }

    [Fact]
    public void A_second_argument_of_Max_is_an_axis_only_by_name()
    {
        Assert.Equal([[1, 7, 0], [4, 5, 6]], Max(M, 0));
        Assert.Equal([4, 7, 6], Max(M, axis: 0));
        Assert.Equal([[1, 0], [0, 0]], Min(Max((Mat<int>)new[,] { { 1, -2 }, { -3, -4 } }, 0), 1));
    }

    [Fact]
    public void Sums_over_an_index()
    {
        Assert.Equal(30, Sum(5, j => (double)(j * j)));
        Assert.Equal((2.0, 4.0, 0.0), (Mean(5, j => (double)j), Max(5, j => (double)j), Min(5, j => (double)j)));
        Assert.Equal(0, Sum(0, j => 1.0));
    }

    [Fact]
    public void Means_of_ints_are_floating()
    {
        Assert.Equal(1.5, Mean(Vec(1, 2)));
        Assert.Equal([1.5, 2.5], Mean((Mat<int>)new[,] { { 1, 2 }, { 2, 3 } }, axis: 0));
        Assert.Equal(11.5, Mean(new Tensor3<int>([.. Enumerable.Range(0, 24)], 2, 3, 4)));
        Assert.Equal(11.5, Mean(new Tensor4<int>([.. Enumerable.Range(0, 24)], 2, 3, 2, 2)));
    }

    [Fact]
    public void The_first_of_equal_extremes_is_found()
    {
        Assert.Equal((1, 0), (ArgMax(Vec(1.0, 5, 5)), ArgMin(Vec(1.0, 5, 1))));
        Assert.Equal((1, 1), (ArgMax(Vec(1.0, double.NaN, 5, double.NaN)), ArgMin(Vec(1.0, double.NaN, 0))));
    }

    [Fact]
    public void Without_elements_sums_are_zero_and_extremes_do_not_exist()
    {
        Assert.Equal((0, double.NaN), (Sum(default(Mat<double>)), Mean(default(Vec<double>))));
        Assert.Equal([0, 0, 0], Sum(Zeros<double>(0, 3), axis: 0));
        Assert.Equal("Max: at least 1 element is needed along axis 0, there are 0", Assert.Throws<ArgumentException>(() => Max(default(Vec<int>))).Message);
        Assert.Equal("Min: at least 1 element is needed along axis 0, there are 0",
            Assert.Throws<ArgumentException>(() => Min(Zeros<int>(0, 3), axis: 0)).Message);
        Assert.Equal("ArgMax: at least 1 element is needed along axis 0, there are 0",
            Assert.Throws<ArgumentException>(() => ArgMax(default(Vec<int>))).Message);
        Assert.StartsWith("axis 2 of an array of rank 2", Assert.Throws<ArgumentOutOfRangeException>(() => Sum(M, axis: 2)).Message);
    }
}
