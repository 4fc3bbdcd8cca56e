using DrJax.Compiled;
using DrJax.Tests.Frontend;
using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Random numbers: the published words, JAX's published numbers, moments, the same bits however a program runs.</summary>
[Collection(nameof(Numerics.WorkerCount))]
public sealed class RandomTests : IDisposable
{
    private readonly int degree = DrJaxRuntime.MaxDegreeOfParallelism;

    public void Dispose() => DrJaxRuntime.MaxDegreeOfParallelism = degree;

    // Known-answer vectors of Random123, threefry2x32 with 20 rounds.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0x6b200159u, 0x99ba4efeu)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x1cb996fcu, 0xbb002be7u)]
    [InlineData(0x13198a2eu, 0x03707344u, 0x243f6a88u, 0x85a308d3u, 0xc4923a9cu, 0x483df7a0u)]
    public void Words_are_those_of_the_paper(uint key0, uint key1, uint counter0, uint counter1, uint first, uint second)
    {
        Assert.Equal((int)first, ScalarMath.ThreefryFirst((int)key0, (int)key1, (int)counter0, (int)counter1));
        Assert.Equal((int)second, ScalarMath.ThreefrySecond((int)key0, (int)key1, (int)counter0, (int)counter1));
        Assert.Equal((int)(first ^ second), ScalarMath.ThreefryBits((int)key0, (int)key1, (int)counter0, (int)counter1));
    }

    // From JAX's documentation of random numbers (jax_threefry_partitionable, the default since 0.5).
    [Fact]
    public void Keys_and_numbers_are_JAX_s()
    {
        var (first, second) = Rng.Split(new Key(42));
        Assert.Equal(new Key(1832780943, 270669613), first);
        Assert.Equal(new Key(64467757, unchecked((int)2916123636)), second);
        Assert.Equal(0.947667f, Rng.Uniform<float>(new Key(0)), 6);
        Assert.Equal(-0.028304616f, Rng.Normal<float>(new Key(42)), 8);
    }

    [Theory]
    [InlineData(nameof(Randomness.Bits))]
    [InlineData(nameof(Randomness.Doubles))]
    [InlineData(nameof(Randomness.Singles))]
    [InlineData(nameof(Randomness.Keys))]
    [InlineData(nameof(Randomness.Choices))]
    public void Compiled_numbers_have_the_bits_of_eager_ones(string method)
    {
        var program = typeof(Randomness).GetMethod(method)!;
        var twin = new Twin(program);
        foreach (var n in new[] { 0, 1, 7, 8, 9, 16, 17, 64, 100 })
        {
            object[] arguments = program.GetParameters().Length == 2 ? [new Key(-5, n), n] : [new Key(n, 77), 0.25, n];
            Assert.Equal(Bits(twin.Eager(arguments)), Bits(twin.Forward(arguments)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1023)]
    public void Numbers_are_the_same_for_any_number_of_workers(int groups)
    {
        var key = new Key(groups);
        var random = new Random(groups);
        var x = Placed.Rows(Build(groups, 11, (_, _) => random.NextDouble() - 0.5));
        Vec<double> w = Build(11, _ => random.NextDouble());
        var eager = new Twin(typeof(Randomness).GetMethod(nameof(Randomness.Groups))!).Eager(key, Placed.Rows(Zeros<double>(groups)));
        Func<object>[] runs =
        [
            () => Randomness.Groups(key, Placed.Rows(Zeros<double>(groups))),
            () => Randomness.VectorsPerGroup(key, w, x),
            () => Randomness.NoisyGradient(key, w, x),
        ];
        DrJaxRuntime.MaxDegreeOfParallelism = 1;
        var expected = runs.Select(run => Bits(run())).ToArray();
        Assert.Equal(Bits(eager), expected[0]);
        foreach (var workers in new[] { 2, 3, 7 })
        {
            DrJaxRuntime.MaxDegreeOfParallelism = workers;
            Assert.Equal(expected, runs.Select(run => Bits(run())));
        }
    }

    [Fact]
    public void A_group_s_key_folds_its_index_in()
    {
        var key = new Key(3);
        var (keys, indices) = Randomness.Groups(key, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        for (var i = 0; i < 9; i++) Assert.Equal((Rng.FoldIn(key, i), i), (keys[i], indices[i]));
    }

    // The standard error of n numbers of deviation s is s / sqrt(n); four of them are exceeded once in 16000 times, and the key is fixed.
    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        const int n = 100_000;
        var key = new Key(2024);
        Moments(Rng.Uniform<double>(key, n), 0.5, 1.0 / 12);
        Moments(ToDouble(Rng.Uniform<float>(key, n)), 0.5, 1.0 / 12);
        Moments(Rng.Normal<double>(key, n), 0, 1);
        Moments(ToDouble(Rng.Normal<float>(key, n)), 0, 1);
        Moments(Rng.Exponential<double>(key, n), 1, 1);
        Moments(Rng.Gumbel<double>(key, n), 0.57721566490153286, Math.PI * Math.PI / 6);
        Moments(ToDouble(Where(Rng.Bernoulli(key, 0.3, n), Ones<int>(n), Zeros<int>(n))), 0.3, 0.21);
        Moments(ToDouble(Rng.Randint(key, -2, 5, n)), 1, 4);
        Vec<double> logits = [0, Math.Log(3), double.NegativeInfinity];
        Moments(Build(n, i => (double)Rng.Categorical(Rng.FoldIn(key, i), logits)), 0.75, 0.1875);

        static void Moments(Vec<double> x, double mean, double variance)
        {
            var actual = Mean(x);
            Assert.InRange(actual, mean - 4 * Math.Sqrt(variance / n), mean + 4 * Math.Sqrt(variance / n));
            // The fourth moment of all of these is below nine times the squared variance.
            Assert.InRange(Mean(Square(x - actual)), variance * (1 - 12 / Math.Sqrt(n)), variance * (1 + 12 / Math.Sqrt(n)));
        }
    }

    // A half, a tenth and a hundredth of the mass outside, to 17 digits; the last is in the second polynomial, 1 - 2^-40 in the third.
    [Theory]
    [InlineData(0.5, 0.47693627620446987)]
    [InlineData(0.9, 1.1630871536766741)]
    [InlineData(0.99, 1.8213863677184497)]
    public void The_inverse_error_function_is_known(double x, double expected)
    {
        Assert.Equal(expected, ErfInv(x), 14);
        Assert.Equal(-expected, ErfInv(-x), 14);
        Assert.Equal((float)expected, ErfInv((float)x), 5e-7f);
        var lanes = VecMath.ErfInv(System.Runtime.Intrinsics.Vector512.Create(x));
        for (var lane = 0; lane < 8; lane++) Assert.Equal(expected, lanes[lane], 14);
    }

    [Fact]
    public void The_inverse_error_function_ends_at_infinity()
    {
        double[] x = [0, 1, -1, 1.5, double.NaN, 1 - Math.Pow(2, -40), 0.999, -0.25];
        double[] expected = [0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.NaN];
        Assert.Equal(expected, x.Take(5).Select(ErfInv));
        var lanes = VecMath.ErfInv(System.Runtime.Intrinsics.Vector512.Create(x));
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(i => lanes[i]));
        // Lanes fuse products and sums: a few units in the last place.
        for (var i = 5; i < 8; i++) Assert.Equal(ErfInv(x[i]), lanes[i], 1e-14 * 8);
        float[] y = [0, 1, -1, 1.5f, float.NaN, 0.9999999f, 0.999f, -0.25f, 0.5f, 0.1f, 0, 0, 0, 0, 0, 0];
        var singles = VecMath.ErfInv(System.Runtime.Intrinsics.Vector512.Create(y));
        for (var i = 0; i < 10; i++) Assert.True(float.IsNaN(ErfInv(y[i])) ? float.IsNaN(singles[i]) : ErfInv(y[i]).Equals(singles[i]) || Math.Abs(ErfInv(y[i]) - singles[i]) <= 5e-6, $"{y[i]}: {singles[i]}");
    }

    [Fact]
    public void A_permutation_has_every_number_once() =>
        Assert.Equal(Enumerable.Range(0, 100), Rng.Permutation(new Key(6), 100).ToArray().Order());

    [Fact]
    public void An_empty_range_is_its_lower_end() => Assert.Equal((5, 5), (Rng.Randint(new Key(1), 5, 5), Rng.Randint(new Key(1), 5, -7)));

    [Fact]
    public void The_widest_range_is_covered()
    {
        var x = Rng.Randint(new Key(1), int.MinValue, int.MaxValue, 64);
        Assert.True(Min(x) < int.MinValue / 2 && Max(x) > int.MaxValue / 2);
    }

    [Fact]
    public void Bad_arguments_are_told()
    {
        Assert.Contains("a length is not negative", Assert.Throws<ArgumentOutOfRangeException>(() => Rng.Uniform<double>(new Key(1), -1)).Message, StringComparison.Ordinal);
        Assert.Contains("float or double", Assert.Throws<ArgumentException>(() => Rng.Uniform<Half>(new Key(1))).Message, StringComparison.Ordinal);
        Assert.Contains("nothing states the number of groups", Assert.Throws<InvalidOperationException>(() => GroupIndex()).Message, StringComparison.Ordinal);
    }

    private static long[] Bits(object value) => [.. Elements.Numbers(value).Select(BitConverter.DoubleToInt64Bits)];
}
