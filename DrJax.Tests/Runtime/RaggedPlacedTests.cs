using Xunit;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

/// <summary>Placed values whose groups differ in their number of rows.</summary>
public class RaggedPlacedTests
{
    private static readonly Placed<Mat<int>> Data = [[[1, 2], [3, 4], [5, 6]], [[7, 8]], [[9, 10], [11, 12]]];

    [Fact]
    public void Groups_have_their_own_rows_and_memory_has_room_for_the_longest()
    {
        var leaf = Data.Leaf<int>(0);
        Assert.True(Data.IsRagged && leaf.IsRagged);
        Assert.Equal([3, 1, 2], Data.RowCounts.ToArray());
        Assert.Equal((3, 2), (leaf.Dimension(0), leaf.Dimension(1)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 9, 10, 11, 12, 0, 0], leaf.Data);
        Assert.Equal([[7, 8]], Data[1]);
        Assert.Equal("[[[1, 2], [3, 4], [5, 6]], [[7, 8]], [[9, 10], [11, 12]]]", Data.ToString());
    }

    [Fact]
    public void Rows_one_after_the_other_are_given_with_their_counts()
    {
        Assert.Equal(Data, Placed.Ragged((Mat<int>)[[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12]], 3, 1, 2));
        var v = Placed.Ragged(Iota(4), 1, 0, 3);
        Assert.Equal(([0], [], [1, 2, 3]), (v[0], v[1], v[2]));
        Assert.Equal([2, 1], Placed.Ragged(new Tensor3<int>([1, 2, 3, 4, 5, 6], 3, 1, 2), 2, 1).RowCounts.ToArray());
        Assert.Equal([2, 1], Placed.Ragged(new Tensor4<int>([1, 2, 3, 4, 5, 6], 3, 1, 2, 1), 2, 1).RowCounts.ToArray());
        Assert.StartsWith("Ragged: the counts of 2 groups add up to 3, there are 4 rows", Assert.Throws<ArgumentException>(() => Placed.Ragged(Iota(4), 1, 2)).Message);
        Assert.StartsWith("Ragged: a group has no negative number of rows, got -1 for group 1",
            Assert.Throws<ArgumentException>(() => Placed.Ragged(Iota(4), 5, -1)).Message);
        Assert.StartsWith("a placement has at least one group, got 0", Assert.Throws<ArgumentException>(() => Placed.Ragged(new Vec<int>())).Message);
    }

    [Fact]
    public void Groups_of_one_size_are_not_ragged()
    {
        var same = Placed.Ragged(Iota(4), 2, 2);
        Assert.False(same.IsRagged);
        Assert.Equal([[0, 1], [2, 3]], same);
        Assert.Equal([2, 2], same.RowCounts.ToArray());
        Assert.Throws<InvalidOperationException>(() => ((Placed<int>)[1, 2]).RowCounts.Length);
    }

    [Fact]
    public void Equality_is_of_own_rows()
    {
        Placed<Vec<int>> a = [[1, 0], [2]], b = [[1], [2, 0]], c = [[1, 0], [2]];
        Assert.True(a == c && a != b && a.GetHashCode() == c.GetHashCode());
    }

    [Fact]
    public void Structures_keep_their_groups_rows()
    {
        Placed<(Mat<int> X, Vec<double> Y, int Z)> data = [([[1, 2], [3, 4]], [1, 2], 5), ([[5, 6]], [3], 6)];
        var (x, y, z) = data;
        Assert.Equal([2, 1], x.RowCounts.ToArray());
        Assert.Equal([[1, 2], [3]], y);
        Assert.False(z.IsRagged);
        Assert.Equal(data, Placed.Zip(x, y, z));
    }

    [Fact]
    public void Eager_maps_see_and_give_own_rows()
    {
        Assert.Equal([3, 1, 2], Map(x => x.Rows, Data));
        var sums = Map(x => Sum(x, 1), Data);
        Assert.Equal([[3, 7, 11], [15], [19, 23]], sums);
        Assert.Equal([27, 30], ReduceSum(Map(x => Sum(x, 0), Data)) - Vec(9, 12));
    }

    [Fact]
    public void Groups_of_unequal_size_have_no_sum()
    {
        const string Rest = ": the groups have from 1 to 3 rows; reduce each group's rows inside Map first";
        Assert.StartsWith("ReduceSum" + Rest, Assert.Throws<ArgumentException>(() => ReduceSum(Data)).Message);
        Assert.StartsWith("ReduceMax" + Rest, Assert.Throws<ArgumentException>(() => ReduceMax(Data)).Message);
        Assert.StartsWith("ReduceMean" + Rest, Assert.Throws<ArgumentException>(() => ReduceMean(Map(x => Sum(x, 1), Data))).Message);
        Assert.StartsWith("ReduceWeightedMean" + Rest,
            Assert.Throws<ArgumentException>(() => ReduceWeightedMean(Map(x => ToDouble(x), Data), (Placed<double>)[1, 2, 3])).Message);
    }
}
