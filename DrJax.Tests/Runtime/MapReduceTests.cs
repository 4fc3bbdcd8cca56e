using System.Reflection;
using Xunit;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

/// <summary>The primitives run eagerly; programs are called by reflection, so that no call to them is compiled.</summary>
public class MapReduceTests
{
    public readonly record struct Net(Mat<double> W, double B) : IVectorSpace;

    [Fact]
    public void The_tutorial()
    {
        Placed<Vec<float>> groups = [[1, 2], [3, 4], [5, 6]];
        Assert.Equal([[2, 4], [4, 6], [6, 8]], Map(x => x + Vec(1f, 2), groups));
        Vec<float> model = [2, -1];
        Placed<Vec<float>> data = [[1, 2], [3, -4], [-7, 6]];
        static float ComputeLoss(Vec<float> x, Vec<float> y) => 0.5f * Square(Dot(x, y) - 1f);
        Assert.Equal(364.5f, ComputeLoss([2, 3], [5, 6]));
        Assert.Equal(87.166664f, ReduceMean(Map(ComputeLoss, Broadcast(model), data)));
        Assert.Equal(87.166664f, ReduceMean(Map(x => ComputeLoss(model, x), data)));
    }

    [Fact]
    public void Map_takes_one_to_eight_operands()
    {
        Placed<int> a = [1, 2], b = [10, 20], c = [100, 200];
        Assert.Equal([2, 4], Map(x => 2 * x, a));
        Assert.Equal([11, 22], Map((x, y) => x + y, a, b));
        Assert.Equal([111, 222], Map((x, y, z) => x + y + z, a, b, c));
        Assert.Equal([112, 224], Map((x, y, z, u) => x + y + z + u, a, b, c, a));
        Assert.Equal([122, 244], Map((x, y, z, u, v) => x + y + z + u + v, a, b, c, a, b));
        Assert.Equal([222, 444], Map((x, y, z, u, v, w) => x + y + z + u + v + w, a, b, c, a, b, c));
        Assert.Equal([223, 446], Map((x, y, z, u, v, w, p) => x + y + z + u + v + w + p, a, b, c, a, b, c, a));
        Assert.Equal([233, 466], Map((x, y, z, u, v, w, p, q) => x + y + z + u + v + w + p + q, a, b, c, a, b, c, a, b));
    }

    [Fact]
    public void Map_makes_structures()
    {
        Placed<double> x = [1, 2];
        var (nets, twice) = Map(x => (new Net([[x, 2 * x]], x), 2 * x), x);
        Assert.Equal(new Net([[2, 4]], 2), nets[1]);
        Assert.Equal([2, 4], twice);
        Assert.Equal(new Net([[1.5, 3]], 1.5), ReduceMean(nets));
        Assert.Equal((new Net([[3, 6]], 3), 6), ReduceSum(Placed.Zip(nets, twice)));
    }

    [DrJaxProgram("clients", 100)]
    private static Placed<float> ToHundred(float x) => Broadcast(x);

    [DrJaxProgram("clients", 3)]
    private static float BroadcastAndSum(float x) => ReduceSum(Broadcast(x));

    [DrJaxProgram("clients", 3)]
    private static double TooMany(double x, Placed<double> four) => ReduceSum(Map((a, b) => a * b, Broadcast(x), four));

    private static object Eagerly(string program, params object[] arguments)
    {
        try
        {
            return typeof(MapReduceTests).GetMethod(program, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException thrown)
        {
            throw thrown.InnerException!;
        }
    }

    [Fact]
    public void Broadcast_goes_to_as_many_groups_as_the_program_states()
    {
        var hundred = (Placed<float>)Eagerly(nameof(ToHundred), 2f);
        Assert.Equal((100, 2f), (hundred.Count, hundred[99]));
        Assert.Equal(Enumerable.Repeat(2f, 100), hundred.Leaf<float>(0).Data);
        Assert.Equal(6f, Eagerly(nameof(BroadcastAndSum), 2f));
    }

    [Fact]
    public void Broadcast_without_a_stated_size_takes_that_of_its_partner()
    {
        var x = Broadcast(Vec(-1.0, 1));
        Assert.Equal(Placed.Uniform, x.Count);
        Assert.Equal([[-1, 1], [-2, 2], [-3, 3]], Map((x, s) => s * x, x, (Placed<double>)[1, 2, 3]));
        Assert.Equal([-2, 2], ReduceMean(Map(x => 2 * x, x)));
        Assert.Equal([-1, 1], ReduceMax(x));
        Assert.Equal([1, 2], Placed.Zip(Broadcast(0), (Placed<int>)[1, 2]) is var (_, second) ? second : null!);
        Assert.StartsWith("ReduceSum of a broadcast: nothing states the number of groups",
            Assert.Throws<InvalidOperationException>(() => ReduceSum(x)).Message);
        Assert.Throws<InvalidOperationException>(() => x.GetEnumerator());
    }

    [Fact]
    public void Placed_values_of_different_sizes_do_not_meet()
    {
        Placed<int> three = [1, 2, 3], two = [1, 2];
        Assert.Equal("Map: placed values of 3 and of 2 groups do not meet",
            Assert.Throws<ArgumentException>(() => Map((a, b) => a + b, three, two)).Message);
        Assert.Equal("Map: placed values of 3 and of 4 groups do not meet",
            Assert.Throws<ArgumentException>(() => Eagerly(nameof(TooMany), 2.0, (Placed<double>)[1, 2, 3, 4])).Message);
        Assert.Equal("ReduceWeightedMean: placed values of 3 and of 2 groups do not meet",
            Assert.Throws<ArgumentException>(() => ReduceWeightedMean(Map(ToDouble, three), Map(ToDouble, two))).Message);
    }

    [Fact]
    public void Temperature_sensors()
    {
        var values = Placed.Rows(Iota<float>(100));
        var few = Placed.Rows(Iota<float>(20));
        static float Above(Placed<float> values, float threshold)
            => ReduceMean(Map((value, threshold) => value > threshold ? 1f : 0f, values, Broadcast(threshold)));
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(0.75f, Above(values, 24));
            Assert.Equal(0.8f, Above(few, 3));
        }
    }

    [Fact]
    public void Sums_follow_the_halving_tree()
    {
        // Each addition of these floats rounds, so another order would give other bits.
        static float Tree(ReadOnlySpan<float> x) => x.Length == 1 ? x[0] : Tree(x[..(x.Length / 2)]) + Tree(x[(x.Length / 2)..]);
        for (var n = 1; n <= 70; n++)
        {
            var x = Build(n, i => MathF.Sin(i) * MathF.Exp(i % 17));
            Assert.Equal(Tree(x.AsSpan()), ReduceSum(Placed.Rows(x)));
            Assert.Equal(Tree(x.AsSpan()) / n, ReduceMean(Placed.Rows(x)));
            Assert.Equal(Tree(x.AsSpan()), ReduceSum(Placed.Rows(Build(n, i => Vec(x[i], 1f))))[0]);
        }
    }

    [Fact]
    public void Weighted_means_of_scalars_and_structures()
    {
        Placed<double> x = [1, 2, 4], w = [1, 2, 5];
        Assert.Equal((1 + 4 + 20) / 8.0, ReduceWeightedMean(x, w));
        var nets = Map(x => new Net([[x, 10 * x]], -x), x);
        Assert.Equal(new Net([[3.125, 31.25]], -3.125), ReduceWeightedMean(nets, w));
        Assert.Equal([3.125f], ReduceWeightedMean(Map(x => Vec(ToFloat(x)), x), w));
        Assert.Equal(3.125, ReduceWeightedMean(x, Map(ToFloat, w)));
        Assert.Equal((7 / 3.0, 5.0), (ReduceWeightedMean(x, Broadcast(2.0)), ReduceWeightedMean(Broadcast(5.0), w)));
    }

    [Fact]
    public void The_mean_of_ints_is_floating()
    {
        Placed<int> x = [1, 2];
        Assert.Equal(1.5, ReduceMean(x));
        Assert.Equal([1.5, 2.5], ReduceMean((Placed<Vec<int>>)[[1, 2], [2, 3]]));
        Assert.Equal((3, 2, 1), (ReduceSum(x), ReduceMax(x), ReduceMin(x)));
        Assert.Contains("convert it with ToDouble",
            Assert.Throws<ArgumentException>(() => ReduceMean(Placed.Zip(x, x))).Message, StringComparison.Ordinal);
        Assert.Contains("convert it with ToDouble",
            Assert.Throws<ArgumentException>(() => ReduceWeightedMean(x, (Placed<double>)[1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extremes_are_elementwise_and_keep_NaN()
    {
        Placed<Vec<double>> x = [[1, 5], [3, double.NaN], [2, 7]];
        Assert.Equal([3, double.NaN], ReduceMax(x));
        Assert.Equal([1, double.NaN], ReduceMin(x));
        Assert.Equal("ReduceSum: a leaf has bool elements; convert it with ToInt or Where first",
            Assert.Throws<ArgumentException>(() => ReduceSum((Placed<bool>)[true, false])).Message);
    }

    [Fact]
    public void What_the_mapped_function_throws_comes_with_its_group()
    {
        Placed<int> x = [1, 0, 2];
        var thrown = Assert.Throws<MapException>(() => Map(x => 6 / x, x));
        Assert.Equal(1, thrown.Group);
        Assert.IsType<DivideByZeroException>(thrown.InnerException);
        Assert.StartsWith("Map: the function threw for group 1: ", thrown.Message);
        Assert.Equal("group 1 has shape [1, 0], group 0 has shape [1, 1]",
            Assert.Throws<ArgumentException>(() => Map(x => Zeros<int>(1, x), x)).Message);
    }

    [Fact]
    public void Eager_calls_are_counted()
    {
        // Other tests run beside this one and count too: at least as many as here.
        var before = DrJaxRuntime.EagerCalls;
        ReduceMean(Map(x => 2 * x, Broadcast(1.0)));
        Assert.True(DrJaxRuntime.EagerCalls >= before + 3);
    }
}
