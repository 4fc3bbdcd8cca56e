using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class CreationTests
{
    [Fact]
    public void Build_adds_the_ranks_of_indices_and_result()
    {
        Vec<int> v = [7, 8];
        Mat<int> m = [v, v];
        Tensor3<int> t = [m, m];
        Assert.Equal([0, 2, 4], Build(3, i => 2 * i));
        Assert.Equal([[7, 8], [8, 9]], Build(2, i => v + i));
        Assert.Equal(m + 1, Build(2, i => m + i)[1]);
        Assert.Equal(t + 1, Build(2, i => t + i)[1]);
        Assert.Equal([[0, 1, 2], [10, 11, 12]], Build(2, 3, (i, j) => 10 * i + j));
        Assert.Equal(v + 12, Build(2, 3, (i, j) => v + 10 * i + j)[1, 2]);
        Assert.Equal(m + 12, Build(2, 3, (i, j) => m + 10 * i + j)[1, 2]);
        Assert.Equal(123, Build(2, 3, 4, (i, j, k) => 100 * i + 10 * j + k)[1, 2, 3]);
        Assert.Equal(v + 123, Build(2, 3, 4, (i, j, k) => v + 100 * i + 10 * j + k)[1, 2, 3]);
    }

    [Fact]
    public void Build_names_what_does_not_fit()
    {
        Assert.Equal("Build: item 2 has shape [2], item 0 has [0]",
            Assert.Throws<ArgumentException>(() => Build(3, i => Zeros<int>(i / 2 * 2))).Message);
        Assert.StartsWith("Build: a length is not negative, got -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => Build(-1, i => 0)).Message);
        Assert.Equal((0, 0), (Build(0, i => Vec(1, 2)).Rows, Build(0, i => 1).Length));
        Assert.Equal((0, 3), (Build(0, 3, (i, j) => 1).Rows, Build(0, 3, (i, j) => 1).Columns));
    }

    [Fact]
    public void Rows_maps_rows_to_rows_or_scalars()
    {
        Mat<double> m = [[1, 2], [3, 6]];
        Assert.Equal([1.5, 4.5], Rows(m, Mean));
        Assert.Equal([[-0.5, 0.5], [-1.5, 1.5]], Rows(m, r => r - Mean(r)));
        Assert.Equal([LogSoftmax(m[0]), LogSoftmax(m[1])], Rows(m, LogSoftmax));
        Assert.Equal([true, false], Rows(m, r => r[0] < 2));
    }

    [Fact]
    public void Constants_and_ranges()
    {
        Assert.Equal([0, 1, 2], Iota(3));
        Assert.Equal([0f, 1f], Iota<float>(2));
        Assert.Equal([0, 0], Zeros<double>(2));
        Assert.Equal([[1, 1]], Ones<int>(1, 2));
        Assert.Equal(new Tensor3<int>([5, 5], 1, 2, 1), Full(1, 2, 1, 5));
        Assert.Equal(new Tensor4<bool>([true, true], 1, 2, 1, 1), Full(1, 2, 1, 1, true));
        Assert.Equal(6, Sum(Ones<int>(1, 2, 3)));
        Assert.Equal(24, Ones<int>(1, 2, 3, 4).AsSpan().Length);
        Assert.Equal([2.5, 2.5], Full(2, 2.5));
    }

    [Fact]
    public void Where_selects_between_arrays_and_scalars()
    {
        Vec<double> x = [1, 2, 3];
        var mask = x > 1.5;
        Assert.Equal([9, 2, 3], Where(mask, x, Full(3, 9.0)));
        Assert.Equal([0, 2, 3], Where(mask, x, 0));
        Assert.Equal([1, 0, 0], Where(mask, 0, x));
        Assert.Equal([-1, 1, 1], Where(mask, 1, -1));
        Assert.Equal((1, 2), (Where(true, 1, 2), Where(false, 1, 2)));
        Mat<double> m = [x];
        Tensor3<double> t = [m];
        Tensor4<double> q = [t];
        Assert.Equal([[0, 2, 3]], Where(m > 1.5, m, 0));
        Assert.Equal(m, Where(t > 1.5, t, t)[0]);
        Assert.Equal(t, Where(q > 1.5, q, q)[0]);
        Assert.Equal("Where: shapes [3] and [2] differ", Assert.Throws<ArgumentException>(() => Where(mask, x[..2], 0)).Message);
    }

    [Fact]
    public void Equal_and_NotEqual_are_elementwise()
    {
        Vec<double> x = [1, double.NaN, 3], y = [1, double.NaN, 4];
        Mat<double> m = [x];
        Tensor3<double> t = [m];
        Tensor4<double> q = [t];
        Assert.Equal([true, false, false], Equal(x, y));
        Assert.Equal([false, true, true], NotEqual(x, y));
        Assert.Equal([false, false, true], Equal(x, 3));
        Assert.Equal([true, true, false], NotEqual(x, 3));
        Assert.Equal(Equal(x, 3), Equal(m, 3)[0]);
        Assert.Equal(NotEqual(x, x), NotEqual(t, t)[0, 0]);
        Assert.Equal(Equal(x, x), Equal(q, q)[0, 0, 0]);
    }

    [Fact]
    public void Casts_go_between_all_element_types()
    {
        Assert.Equal([1, -1, int.MaxValue, 0], ToInt(Vec(1.9, -1.9, 1e20, double.NaN)));
        Assert.Equal([0.1f], ToFloat(Vec(0.1)));
        Assert.Equal([(double)0.1f], ToDouble(Vec(0.1f)));
        Assert.Equal([1, 0], ToDouble(Vec(true, false)));
        Assert.Equal((1f, 2.0, -3, 1), (ToFloat(true), ToDouble(2), ToInt(-3.7f), ToInt(true)));
        Mat<int> m = [[1, 2]];
        Tensor3<int> t = [m];
        Assert.Equal([[1, 2]], ToFloat(m));
        Assert.Equal([1, 2], ToDouble(t)[0, 0]);
        Assert.Equal(t, ToInt(ToDouble((Tensor4<int>)[t]))[0]);
    }
}
