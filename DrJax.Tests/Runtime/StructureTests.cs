using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class StructureTests
{
    public readonly record struct Net(Mat<float> W, Vec<float> B) : IVectorSpace;

    public sealed record Mixed(Vec<double> X, int Steps, (float Rate, Net Inner) Rest, bool On) : IVectorSpace;

    private static readonly Net One = new([[1, 2]], [3]);
    private static readonly Mixed Value = new([1, 2], 7, (0.5f, One), true);

    [Fact]
    public void Leaves_are_in_depth_first_order()
    {
        object[] leaves = [Vec(1.0, 2), 7, 0.5f, One.W, One.B, true];
        Assert.Equal(leaves, Structure.Flatten(Value));
        Assert.Equal(Value, Structure.Unflatten<Mixed>(leaves));
        Assert.Equal([2.5], Structure.Flatten(2.5));
        Assert.Equal(2.5, Structure.Unflatten<double>([2.5]));
    }

    [Fact]
    public void Tuples_of_any_length_round_trip()
    {
        var tuple = (1, 2f, 3.0, true, 5, 6, 7, 8, (Vec(9.0), 10));
        Assert.Equal([1, 2f, 3.0, true, 5, 6, 7, 8, Vec(9.0), 10], Structure.Flatten(tuple));
        Assert.Equal(tuple,
            Structure.Unflatten<(int, float, double, bool, int, int, int, int, (Vec<double>, int))>(Structure.Flatten(tuple)));
    }

    private sealed class Opaque(double x)
    {
        public double Content => x;
    }

    [Fact]
    public void Registration_gives_a_structure_to_any_type()
    {
        Assert.Contains("has no structure",
            Assert.Throws<ArgumentException>(() => Structure.Flatten(new Opaque(1))).Message, StringComparison.Ordinal);
        Structure.Register<Opaque>(o => [o.Content], leaves => new((double)leaves[0]));
        Assert.Equal([3.0], Structure.Flatten(new Opaque(3)));
        Assert.Equal(4, Structure.Unflatten<Opaque>([4.0]).Content);
    }

    [Fact]
    public void The_wrong_number_of_leaves_is_told()
    {
        Assert.StartsWith($"{typeof(Net)} has 2 leaves, got 1",
            Assert.Throws<ArgumentException>(() => Structure.Unflatten<Net>([1f])).Message);
        Assert.StartsWith("System.Double has 1 leaf, got 0",
            Assert.Throws<ArgumentException>(() => Structure.Unflatten<double>([])).Message);
    }

    [Fact]
    public void Records_marked_as_vector_spaces_have_the_operators()
    {
        var m = One;
        var lr = 0.5f;
        m -= lr * m;
        Assert.Equal(new Net([[0.5f, 1]], [1.5f]), m);
        m += m;
        m = m * 2f - m / 2.0 + 0.5 * m - m / 4f * 2.0;
        Assert.Equal(One + One * 0.5, m);
        Assert.Equal(new Net([[-1, -2]], [-3]), -One);
    }

    [Fact]
    public void Int_and_bool_leaves_keep_the_left_operands_value()
    {
        var other = Value with { Steps = 9, On = false };
        Assert.Equal(new Mixed([2, 4], 7, (1f, One + One), true), Value + other);
        Assert.Equal(new Mixed([0.5, 1], 7, (0.25f, 0.5 * One), true), 0.5 * Value);
    }

    [Fact]
    public void Leaves_of_different_shapes_are_named()
        => Assert.Equal("operator -: shapes [1, 2] and [2, 1] differ",
            Assert.Throws<ArgumentException>(() => One - new Net([[1], [2]], [3])).Message);
}
