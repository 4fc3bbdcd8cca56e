// Federated learning of handwritten digits:    dotnet run examples/federated_digits.cs [-- --eager]
//
// Twenty clients hold 70 images each, half of them of one or two digits only. They train two models together, softmax regression and a
// network with one hidden layer, in two ways: distributed SGD (one step on the clients' mean gradient each round) and local SGD (each
// client takes seven steps of its own, then the models are averaged). With --eager the first round also runs as plain C#, uncompiled,
// and the numbers are compared.
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using DrJax;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var digits = Digits.Load();
var random = new Random(1);
var regression = new Regression(RandomMat(64, 10, 0), RandomVec(10, 0));
var network = new Network(RandomMat(64, 32, 0.2), RandomVec(32, 0), RandomMat(32, 10, 0.2), RandomVec(10, 0));

if (args.Contains("--eager")) CompareWithEager();
Train("Softmax regression, distributed SGD", 20, regression,
    m => Federated.DistributedRound(m, 1f, digits.Whole), m => Federated.Accuracy(m, digits.TestX, digits.TestY));
Train("Softmax regression, local SGD", 20, regression,
    m => Federated.LocalRound(m, 0.2f, digits.Batches), m => Federated.Accuracy(m, digits.TestX, digits.TestY));
Train("Hidden layer of 32, distributed SGD", 80, network,
    m => Federated.DistributedRound(m, 0.5f, digits.Whole), m => Federated.Accuracy(m, digits.TestX, digits.TestY));
Train("Hidden layer of 32, local SGD", 30, network,
    m => Federated.LocalRound(m, 0.5f, digits.Batches), m => Federated.Accuracy(m, digits.TestX, digits.TestY));

static void Train<M>(string title, int rounds, M model, Func<M, (M, float)> round, Func<M, float> accuracy)
{
    Console.WriteLine($"\n{title}");
    for (var r = 1; r <= rounds; r++)
    {
        (model, var loss) = round(model);
        Console.WriteLine($"  round {r,3}   loss {loss:F4}   test accuracy {accuracy(model):P1}");
    }
}

void CompareWithEager()
{
    Console.WriteLine("The first round, compiled and eager (a program that is called through a delegate runs as written)");
#pragma warning disable DRJ062 // Running the program as written is what this method is for.
    Func<Network, float, Placed<(Mat<float> X, Vec<int> Y)>, (Network, float)> distributed = Federated.DistributedRound;
    Func<Network, float, Placed<(Tensor3<float> X, Mat<int> Y)>, (Network, float)> local = Federated.LocalRound;
    Func<Network, Placed<(Mat<float> X, Vec<int> Y)>, float> loss = Federated.MeanLoss;
#pragma warning restore DRJ062
    // 1e-5 is a hundred float32 roundings: seven steps, every sum taken in another order.
    Compare("mean loss", Federated.MeanLoss(network, digits.Whole), loss(network, digits.Whole), 1e-5);
    Compare("distributed SGD", Federated.DistributedRound(network, 0.5f, digits.Whole), distributed(network, 0.5f, digits.Whole), 1e-5);
    Compare("local SGD", Federated.LocalRound(network, 0.3f, digits.Batches), local(network, 0.3f, digits.Batches), 1e-5);

    // A gradient has no eager form, so an eager round takes its gradients from compiled code: they are checked against the eager loss by
    // the slope along the gradient, a quotient of float32 differences that is good to about 1e-3.
    var gradient = Grad(Federated.MeanLoss, network, digits.Whole);
    var slope = Numbers(gradient).Sum(g => g * g);
    var rise = loss(network + 0.01f * gradient, digits.Whole) - loss(network - 0.01f * gradient, digits.Whole);
    Compare("slope", (float)slope, rise / 0.02f, 2e-3);
    Console.WriteLine($"  MapReduce primitives run eagerly: {DrJaxRuntime.EagerCalls}");
}

static void Compare<T>(string what, T compiled, T eager, double tolerance)
{
    var (difference, largest) = (0.0, 0.0);
    foreach (var (x, y) in Numbers(compiled).Zip(Numbers(eager)))
        (difference, largest) = (Math.Max(difference, Math.Abs(x - y)), Math.Max(largest, Math.Abs(y)));
    var verdict = difference <= tolerance * largest ? "agree" : "DIFFER";
    Console.WriteLine($"  {what,-16} numbers {verdict}: the largest is {largest:G4}, the largest difference {difference:G2}");
}

static IEnumerable<double> Numbers<T>(T value) => Structure.Flatten(value).SelectMany(leaf => leaf switch
{
    float scalar => [(double)scalar],
    Vec<float> vector => vector.ToArray().Select(x => (double)x),
    Mat<float> matrix => matrix.ToArray().Select(x => (double)x),
    _ => throw new ArgumentException($"a model is made of floats, vectors and matrices, got {leaf.GetType()}"),
});

float[] Uniform(int count, double scale)
{
    var values = new float[count];
    for (var i = 0; i < count; i++) values[i] = (float)(scale * (2 * random.NextDouble() - 1));
    return values;
}
Vec<float> RandomVec(int count, double scale) => new(Uniform(count, scale));
Mat<float> RandomMat(int rows, int columns, double scale) => new(Uniform(rows * columns, scale), rows, columns);

public readonly record struct Regression(Mat<float> W, Vec<float> B) : IVectorSpace;

public readonly record struct Network(Mat<float> W1, Vec<float> B1, Mat<float> W2, Vec<float> B2) : IVectorSpace;

/// <summary>The programs. A model that a lambda captures is broadcast to the clients.</summary>
static class Federated
{
    static Mat<float> Logits(Regression m, Mat<float> x) => MatMul(x, m.W) + m.B;
    static Mat<float> Logits(Network m, Mat<float> x) => MatMul(Relu(MatMul(x, m.W1) + m.B1), m.W2) + m.B2;

    static float CrossEntropy(Mat<float> logits, Vec<int> y)
    {
        var logp = Rows(logits, LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }

    static float Loss(Regression m, Mat<float> x, Vec<int> y) => CrossEntropy(Logits(m, x), y);
    static float Loss(Network m, Mat<float> x, Vec<int> y) => CrossEntropy(Logits(m, x), y);

    [DrJaxProgram("clients")]
    public static float MeanLoss(Regression model, Placed<(Mat<float> X, Vec<int> Y)> data)
        => ReduceMean(Map(d => Loss(model, d.X, d.Y), data));

    [DrJaxProgram("clients")]
    public static float MeanLoss(Network model, Placed<(Mat<float> X, Vec<int> Y)> data)
        => ReduceMean(Map(d => Loss(model, d.X, d.Y), data));

    /// <summary>One step on the mean of the clients' gradients; also the mean loss before it.</summary>
    [DrJaxProgram("clients")]
    public static (Regression, float) DistributedRound(Regression model, float lr, Placed<(Mat<float> X, Vec<int> Y)> data)
    {
        var (loss, gradient) = ValueAndGrad(MeanLoss, model, data);
        return (model - lr * gradient, loss);
    }

    /// <inheritdoc cref="DistributedRound(Regression, float, Placed{ValueTuple{Mat{float}, Vec{int}}})"/>
    [DrJaxProgram("clients")]
    public static (Network, float) DistributedRound(Network model, float lr, Placed<(Mat<float> X, Vec<int> Y)> data)
    {
        var (loss, gradient) = ValueAndGrad(MeanLoss, model, data);
        return (model - lr * gradient, loss);
    }

    /// <summary>Each client takes one step for each of its batches; the mean of the models, and of the losses on the way.</summary>
    [DrJaxProgram("clients")]
    public static (Regression, float) LocalRound(Regression model, float lr, Placed<(Tensor3<float> X, Mat<int> Y)> data)
        => ReduceMean(Map(d =>
        {
            var (m, total) = (model, 0f);
            for (var s = 0; s < d.X.Length; s++)
            {
                var (loss, gradient) = ValueAndGrad(Loss, m, d.X[s], d.Y[s]);
                m -= lr * gradient;
                total += loss;
            }
            return (m, total / d.X.Length);
        }, data));

    /// <inheritdoc cref="LocalRound(Regression, float, Placed{ValueTuple{Tensor3{float}, Mat{int}}})"/>
    [DrJaxProgram("clients")]
    public static (Network, float) LocalRound(Network model, float lr, Placed<(Tensor3<float> X, Mat<int> Y)> data)
        => ReduceMean(Map(d =>
        {
            var (m, total) = (model, 0f);
            for (var s = 0; s < d.X.Length; s++)
            {
                var (loss, gradient) = ValueAndGrad(Loss, m, d.X[s], d.Y[s]);
                m -= lr * gradient;
                total += loss;
            }
            return (m, total / d.X.Length);
        }, data));

    [DrJaxProgram]
    public static float Accuracy(Regression model, Mat<float> x, Vec<int> y) => Hits(Logits(model, x), y);

    [DrJaxProgram]
    public static float Accuracy(Network model, Mat<float> x, Vec<int> y) => Hits(Logits(model, x), y);

    static float Hits(Mat<float> logits, Vec<int> y) => Mean(Build(y.Length, i => ArgMax(logits[i]) == y[i] ? 1f : 0f));
}

/// <summary>The training images of the clients, in one piece and in batches, and the held-out fifth of all images.</summary>
sealed record Digits(
    Placed<(Mat<float> X, Vec<int> Y)> Whole, Placed<(Tensor3<float> X, Mat<int> Y)> Batches, Mat<float> TestX, Vec<int> TestY)
{
    const int Clients = 20, Pixels = 64, Batch = 10, Steps = 7, PerClient = Batch * Steps;

    public static Digits Load([CallerFilePath] string here = "")
    {
        var rows = Read(Path.Combine(Path.GetDirectoryName(here)!, "data", "digits.csv.gz"));
        var test = rows.Where((_, i) => i % 5 == 4).ToArray();
        // Every other training image is dealt by label, the rest at random; the few left over stay unused.
        var training = Shuffled([.. rows.Where((_, i) => i % 5 != 4)]);
        var byLabel = training.Where((_, i) => i % 2 == 0).OrderBy(row => row.Label).ToArray();
        var others = training.Where((_, i) => i % 2 == 1).ToArray();
        var clients = Enumerable.Range(0, Clients).Select(c => Shuffled([.. Deck(byLabel, c), .. Deck(others, c)])).ToArray();
        return new(
            [.. clients.Select(c => (Images(c), Labels(c)))],
            [.. clients.Select(c => (
                new Tensor3<float>(Images(c).AsSpan(), Steps, Batch, Pixels), new Mat<int>(Labels(c).AsSpan(), Steps, Batch)))],
            Images(test), Labels(test));
    }

    static IEnumerable<(float[] Image, int Label)> Deck((float[], int)[] rows, int k) => rows.Skip(k * PerClient / 2).Take(PerClient / 2);

    static (float[] Image, int Label)[] Shuffled((float[] Image, int Label)[] rows)
    {
        new Random(1).Shuffle(rows);
        return rows;
    }

    static Mat<float> Images((float[] Image, int)[] rows) => new([.. rows.SelectMany(row => row.Image)], rows.Length, Pixels);
    static Vec<int> Labels((float[], int Label)[] rows) => [.. rows.Select(row => row.Label)];

    static (float[] Image, int Label)[] Read(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var numbers = line.Split(',').Select(int.Parse).ToArray();
            return (numbers[..Pixels].Select(pixel => pixel / 16f).ToArray(), numbers[Pixels]);
        })];
    }
}
