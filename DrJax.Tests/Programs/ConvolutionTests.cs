using System.Globalization;
using System.IO.Compression;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Convolutions and poolings of many shapes, and a convolutional network on digits.</summary>
public sealed class ConvolutionTests
{
    public static class Correlations
    {
        [DrJaxProgram]
        public static Mat<double> Plain1(Mat<double> x, Tensor3<double> k) => Conv1D(x, k);

        [DrJaxProgram]
        public static Tensor3<double> Same1(Tensor3<double> x, Tensor3<double> k) => Conv1D(x, k, padding: Padding.Same);

        [DrJaxProgram]
        public static Mat<double> Strided1(Mat<double> x, Tensor3<double> k) => Sin(Conv1D(x, k, stride: 3, dilation: 2));

        [DrJaxProgram]
        public static Tensor3<double> SameStrided1(Tensor3<double> x, Tensor3<double> k) => Conv1D(Sin(x), k, 2, Padding.Same);

        [DrJaxProgram]
        public static Tensor3<double> Plain2(Tensor3<double> x, Tensor4<double> k) => Conv2D(x, k);

        [DrJaxProgram]
        public static Tensor4<double> Same2(Tensor4<double> x, Tensor4<double> k) => Conv2D(x, k, padding: Padding.Same);

        [DrJaxProgram]
        public static Tensor3<double> Dilated2(Tensor3<double> x, Tensor4<double> k) => Conv2D(x, k, padding: Padding.Same, dilation: 2);

        [DrJaxProgram]
        public static Tensor4<double> Strided2(Tensor4<double> x, Tensor4<double> k) => Conv2D(x, k, stride: 2, padding: Padding.Same);

        [DrJaxProgram]
        public static Tensor3<float> Singles(Tensor3<float> x, Tensor4<float> k) => Conv2D(x, k, padding: Padding.Same);

        [DrJaxProgram]
        public static (Tensor3<double>, Tensor4<double>) Gradients(Tensor3<double> x, Tensor4<double> k) =>
            Grad(static p => Sum(Square(Conv2D(Sin(p.X), p.K, 2))), (X: x, K: k));

        [DrJaxProgram("images")]
        public static double InMap(Placed<Tensor3<double>> x, Tensor4<double> k) =>
            ReduceMean(Map(x => Sum(Tanh(Conv2D(x, k, padding: Padding.Same))), x));

        [DrJaxProgram("images")]
        public static Tensor4<double> InMapGradient(Placed<Tensor3<double>> x, Tensor4<double> k) => Grad(static (k, x) => InMap(x, k), k, x);

        [DrJaxProgram]
        public static Vec<double> Stencil(Vec<double> x, Vec<double> w) => Build(x.Length - w.Length + 1, i => Sum(w.Length, j => x[i + j] * w[j]));
    }

    public static class Pools
    {
        [DrJaxProgram]
        public static (Mat<double>, Mat<double>, Tensor3<double>, Tensor3<double>) One(Mat<double> x, Tensor3<double> y) =>
            (MaxPool1D(x, 2), AvgPool1D(x, 3, 2), MaxPool1D(y, 3, 1), AvgPool1D(Sin(y), 2));

        [DrJaxProgram]
        public static (Tensor3<double>, Tensor3<double>, Tensor4<double>, Tensor4<double>) Two(Tensor3<double> x, Tensor4<double> y) =>
            (MaxPool2D(x, 2), AvgPool2D(x, 3, 2), MaxPool2D(y, 3, 1), AvgPool2D(Sin(y), 2));

        [DrJaxProgram("images")]
        public static double InMap(Placed<Tensor3<double>> x) => ReduceSum(Map(x => Sum(Square(MaxPool2D(x, 2))) + Sum(Square(AvgPool2D(x, 2, 1))), x));
    }

    // Windows as wide as the axis, of one element, wider and narrower than a vector register; strides that leave elements unseen.
    [Theory]
    [InlineData(nameof(Correlations.Plain1), 1, 5, 2, 3)]
    [InlineData(nameof(Correlations.Plain1), 3, 21, 4, 9)]
    [InlineData(nameof(Correlations.Plain1), 2, 4, 1, 4)]
    [InlineData(nameof(Correlations.Same1), 2, 9, 3, 4)]
    [InlineData(nameof(Correlations.Same1), 3, 2, 2, 5)]
    [InlineData(nameof(Correlations.Strided1), 2, 20, 3, 4)]
    [InlineData(nameof(Correlations.Strided1), 1, 7, 1, 1)]
    [InlineData(nameof(Correlations.SameStrided1), 2, 11, 3, 3)]
    [InlineData(nameof(Correlations.SameStrided1), 2, 8, 3, 1)]
    [InlineData(nameof(Correlations.Plain2), 2, 6, 3, 3)]
    [InlineData(nameof(Correlations.Plain2), 1, 17, 2, 2)]
    [InlineData(nameof(Correlations.Same2), 2, 5, 3, 3)]
    [InlineData(nameof(Correlations.Dilated2), 2, 7, 2, 3)]
    [InlineData(nameof(Correlations.Strided2), 2, 9, 2, 3)]
    [InlineData(nameof(Correlations.Strided2), 1, 8, 2, 2)]
    [InlineData(nameof(Correlations.Singles), 2, 10, 3, 3)]
    [InlineData(nameof(Correlations.Gradients), 2, 8, 3, 3)]
    public void Compiled_convolutions_are_eager_ones(string name, int channels, int size, int outputs, int window)
    {
        var method = typeof(Correlations).GetMethod(name)!;
        var random = new Random(size);
        var types = method.GetParameters().Select(p => p.ParameterType).ToArray();
        var spatial = Rank(types[1]) - 2;
        int[] items = Rank(types[0]) == spatial + 2 ? [3] : [];
        var x = Draw(types[0], random, [.. items, channels, size, .. spatial == 2 ? [size + 1] : Array.Empty<int>()]);
        var k = Draw(types[1], random, [outputs, channels, window, .. spatial == 2 ? [window] : Array.Empty<int>()]);
        new Twin(method).Check(random, x, k);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(17, 5)]
    public void Convolutions_and_poolings_in_maps(int groups, int size)
    {
        var random = new Random(groups);
        var x = Placed.Rows(Tensor4<double>.UnsafeWrap(Numbers(random, groups * 2 * size * size), groups, 2, size, size));
        var k = Tensor4<double>.UnsafeWrap(Numbers(random, 3 * 2 * 3 * 3), 3, 2, 3, 3);
        new Twin(typeof(Correlations).GetMethod(nameof(Correlations.InMap))!).Check(random, x, k);
        new Twin(typeof(Correlations).GetMethod(nameof(Correlations.InMapGradient))!).Check(random, x, k);
        new Twin(typeof(Pools).GetMethod(nameof(Pools.InMap))!).Check(random, x);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(20)]
    public void Compiled_poolings_are_eager_ones(int size)
    {
        var random = new Random(size);
        new Twin(typeof(Pools).GetMethod(nameof(Pools.One))!).Check(random, Draw(typeof(Mat<double>), random, [2, size]), Draw(typeof(Tensor3<double>), random, [2, 3, size]));
        new Twin(typeof(Pools).GetMethod(nameof(Pools.Two))!).Check(random, Draw(typeof(Tensor3<double>), random, [2, size, size + 1]), Draw(typeof(Tensor4<double>), random, [2, 1, size + 2, size]));
    }

    [Fact]
    public void A_stencil_written_out()
    {
        var random = new Random(3);
        new Twin(typeof(Correlations).GetMethod(nameof(Correlations.Stencil))!).Check(random, new Vec<double>(Numbers(random, 30)), new Vec<double>(Numbers(random, 4)));
    }

    // By hand: a difference quotient's kernel, and both paddings.
    [Fact]
    public void A_convolution_is_a_correlation()
    {
        Mat<double> x = [[1, 2, 4, 8]];
        Tensor3<double> k = [[[-1, 1]]];
        Assert.Equal([[1, 2, 4]], Conv1D(x, k));
        Assert.Equal([[1, 2, 4, -8]], Conv1D(x, k, padding: Padding.Same));
        Assert.Equal([[1, 4]], Conv1D(x, k, stride: 2));
        Assert.Equal([[3, 6]], Conv1D(x, k, dilation: 2));
        Assert.Equal([[2, 8]], MaxPool1D(x, 2));
        Assert.Equal([[1.5, 3, 6]], AvgPool1D(x, 2, 1));
    }

    [Fact]
    public void Bad_windows_are_told_alike()
    {
        Mat<double> x = [[1, 2, 4, 8]];
        Assert.Contains("stride is at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Conv1D(x, Ones<double>(1, 1, 2), 0)).Message, StringComparison.Ordinal);
        Assert.Contains("a window spans 5 elements", Assert.Throws<ArgumentException>(() => Conv1D(x, Ones<double>(1, 1, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("a window spans 5 elements", Assert.Throws<ArgumentException>(() => Correlations.Plain1(x, Ones<double>(1, 1, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("differ in the channels", Assert.Throws<ArgumentException>(() => Conv1D(x, Ones<double>(1, 2, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Correlations.Plain1(x, Ones<double>(1, 2, 2)));
    }

    // ---- a network on digits ----------------------------------------------------------------------------------------------------

    public readonly record struct Network(Tensor4<double> First, Tensor4<double> Second, Tensor4<double> Dense, Vec<double> Bias) : IVectorSpace;

    public static class Training
    {
        [DrJaxProgram("clients")]
        public static double Loss(Network net, Placed<(Tensor4<double> Images, Vec<int> Labels)> data) => ReduceMean(Map(d =>
        {
            var first = MaxPool2D(Relu(Conv2D(d.Images, net.First, padding: Padding.Same)), 2);
            var second = Relu(Conv2D(first, net.Second));
            var logp = Rows(EinsumMat("nchw,chwk->nk", second, net.Dense) + net.Bias, LogSoftmax);
            return -Mean(Build(d.Labels.Length, i => logp[i, d.Labels[i]]));
        }, data));

        [DrJaxProgram("clients")]
        public static Network Step(Network net, double rate, Placed<(Tensor4<double> Images, Vec<int> Labels)> data) => net - rate * Grad(Loss, net, data);
    }

    [Fact]
    public void A_convolutional_network_learns_digits()
    {
        var random = new Random(5);
        var key = new Key(5);
        var net = new Network(0.3 * Rng.Normal<double>(Rng.FoldIn(key, 0), 4, 1, 3, 3), 0.2 * Rng.Normal<double>(Rng.FoldIn(key, 1), 6, 4, 2, 2),
            0.1 * Rng.Normal<double>(Rng.FoldIn(key, 2), 6, 3, 3, 10), Zeros<double>(10));
        var data = Digits(clients: 5, images: 12);

        var twin = new Twin(typeof(Training).GetMethod(nameof(Training.Loss))!);
        Assert.Equal((double)twin.Eager(net, data), Training.Loss(net, data), 1e-12);
        var direction = (Network)Elements.Direction(net, random);
        // A short step, so that it crosses few kinks: rounding / h is 1e-10, the h² of the quotient less.
        double At(double h) => Training.Loss((Network)Elements.Step(net, h, direction), data);
        var (h, slope) = (1e-6, Elements.Dot(Grad(Training.Loss, net, data), direction).Sum);
        Assert.Equal((At(h) - At(-h)) / (2 * h), slope, 1e-7);

        var losses = new List<double> { Training.Loss(net, data) };
        for (var step = 0; step < 60; step++)
        {
            net = Training.Step(net, 0.2, data);
            if (step % 20 == 19) losses.Add(Training.Loss(net, data));
        }
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.True(losses[^1] < losses[0] / 2, string.Join(", ", losses));
    }

    private static Placed<(Tensor4<double> Images, Vec<int> Labels)> Digits(int clients, int images)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Repository.Root, "examples", "data", "digits.csv.gz")), CompressionMode.Decompress));
        var rows = new List<double[]>();
        while (rows.Count < clients * images && reader.ReadLine() is { } line) rows.Add([.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))]);
        var pixels = rows.SelectMany(r => r.Take(64)).Select(v => v / 16).ToArray();
        (Tensor4<double>, Vec<int>) Client(int i) =>
            (Tensor4<double>.UnsafeWrap(pixels[(i * images * 64)..((i + 1) * images * 64)], images, 1, 8, 8), new([.. rows.Skip(i * images).Take(images).Select(r => (int)r[64])]));
        return [.. Enumerable.Range(0, clients).Select(Client)];
    }

    /// <summary>All different, in any order, from -1.5 to 1.5: no step makes another the greatest of its window.</summary>
    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(i => 3 * (i + 0.5) / count - 1.5).OrderBy(_ => random.Next())];

    private static int Rank(Type type) => 1 + Array.IndexOf([typeof(Vec<>), typeof(Mat<>), typeof(Tensor3<>), typeof(Tensor4<>)], type.GetGenericTypeDefinition());

    private static object Draw(Type type, Random random, int[] shape)
    {
        var numbers = Numbers(random, shape.Aggregate(1, (a, b) => a * b));
        object data = type.GetGenericArguments()[0] == typeof(float) ? numbers.Select(v => (float)v).ToArray() : numbers;
        return type.GetMethod("UnsafeWrap")!.Invoke(null, [data, .. shape.Cast<object>()])!;
    }
}
