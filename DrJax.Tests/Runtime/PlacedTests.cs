using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class PlacedTests
{
    private static readonly Placed<Vec<float>> Data = [[1, 2], [3, -4], [-7, 6]];

    [Fact]
    public void Groups_are_packed_one_after_another()
    {
        var leaf = Data.Leaf<float>(0);
        Assert.Equal((3, 1, 1, 2), (Data.Count, Data.LeafCount, leaf.Rank, leaf.Dimension(0)));
        Assert.Equal([1, 2, 3, -4, -7, 6], leaf.Data);
        Assert.Equal([3, -4], Data[1]);
    }

    [Fact]
    public void Structures_have_one_packed_leaf_for_each_leaf()
    {
        Placed<(Mat<double> X, int Y)> data = [([[1, 2]], 3), ([[4, 5]], 6)];
        Assert.Equal((2, 2, 0), (data.LeafCount, data.Leaf<double>(0).Rank, data.Leaf<int>(1).Rank));
        Assert.Equal([1.0, 2, 4, 5], data.Leaf<double>(0).Data);
        Assert.Equal([3, 6], data.Leaf<int>(1).Data);
        Assert.Equal((new Mat<double>([4, 5], 1, 2), 6), data[1]);
    }

    [Fact]
    public void FromLeaves_takes_the_arrays()
    {
        float[] data = [1, 2, 3, -4, -7, 6];
        var placed = Placed<Vec<float>>.FromLeaves(3, new PackedLeaf<float>(data, 2));
        Assert.Same(data, placed.Leaf<float>(0).Data);
        Assert.Equal(Data, placed);
        Assert.StartsWith("3 groups of shape [3] have 9 elements, got 6",
            Assert.Throws<ArgumentException>(() => Placed<Vec<float>>.FromLeaves(3, new PackedLeaf<float>(data, 3))).Message);
        Assert.StartsWith("a placement has at least one group, got 0",
            Assert.Throws<ArgumentException>(() => Placed<Vec<float>>.FromLeaves(0, new PackedLeaf<float>([], 2))).Message);
        Assert.Throws<InvalidCastException>(() => Data.Leaf<double>(0));
    }

    [Fact]
    public void Rows_places_the_first_axis_of_every_rank()
    {
        var q = new Tensor4<int>([.. Enumerable.Range(0, 120)], 2, 3, 4, 5);
        Assert.Equal([0, 1, 2], Placed.Rows(Iota(3)));
        Assert.Equal([[1, 2], [3, -4], [-7, 6]], Placed.Rows((Mat<float>)[[1, 2], [3, -4], [-7, 6]]));
        Assert.Equal(q[1, 2], Placed.Rows(q[1])[2]);
        Assert.Equal(q[1], Placed.Rows(q)[1]);
        Assert.Equal([5, 6], Placed.Rows(Iota(10)[5..7]));
    }

    [Fact]
    public void Enumeration_and_equality_are_by_value()
    {
        var seen = new List<Vec<float>>();
        foreach (var group in Data) seen.Add(group);
        Assert.Equal([[1, 2], [3, -4], [-7, 6]], seen);
        Placed<Vec<float>> same = [.. seen], other = [[1, 2], [3, -4], [-7, 7]], fewer = [[1, 2], [3, -4]];
        Assert.True(Data == same && Data.GetHashCode() == same.GetHashCode());
        Assert.True(Data != other && Data != fewer && Data != null);
    }

    [Fact]
    public void Tuples_zip_and_deconstruct_without_copies()
    {
        Placed<int> ints = [1, 2, 3];
        Placed<(Vec<float> A, (int, int) B)> zipped = Placed.Zip(Data, Placed.Zip(ints, ints));
        var (a, b) = zipped;
        var (c, d, e) = Placed.Zip(ints, Data, b);
        Assert.Equal((new Vec<float>([3, -4]), (2, 2)), zipped[1]);
        Assert.Equal((Data, ints, Data, b), (a, c, d, e));
        Assert.Same(Data.Leaf<float>(0).Data, d.Leaf<float>(0).Data);
        Placed<(int, double, bool, Vec<int>)> four = [(1, 2, true, [3]), (4, 5, false, [6])];
        var (i, x, f, v) = four;
        Assert.Equal(([1, 4], [2.0, 5], [true, false], [[3], [6]]), (i, x, f, v));
        Assert.Equal("Zip: placed values of 3 and of 2 groups do not meet",
            Assert.Throws<ArgumentException>(() => Placed.Zip(ints, i)).Message);
    }

    [Fact]
    public void Groups_of_different_shapes_are_named()
    {
        Assert.Equal("group 2 has shape [1, 1], group 0 has shape [1, 2]",
            Assert.Throws<ArgumentException>(() => { Placed<Mat<int>> columns = [[[1, 2]], [[3, 4]], [[5]]]; }).Message);
        Assert.Equal("a placement has at least one group, got 0",
            Assert.Throws<ArgumentException>(() => { Placed<int> none = []; }).Message);
        Assert.Equal("index 3 is outside an axis of length 3", Assert.Throws<IndexOutOfRangeException>(() => Data[3]).Message);
    }

    [Fact]
    public void A_uniform_value_is_repeated_when_its_number_of_groups_is_known()
    {
        var uniform = MapReduce.Broadcast(Vec(1, 2));
        Assert.Equal([[1, 2], [1, 2]], uniform.Sized(2));
        Assert.Same(Data, Data.Sized(3));
        Assert.Equal("a placed value of 3 groups, expected 2", Assert.Throws<ArgumentException>(() => Data.Sized(2)).Message);
    }
}
