// Training on a GPU:    dotnet run examples/gpu.cs [-- --simulator]
//
// Distributed SGD of a network with one hidden layer on handwritten digits, whose images twenty clients hold, on whatever device there is: an NVIDIA GPU,
// else a device with an OpenCL driver, else the processor. The same rounds run on the processor, and the losses are compared. With --simulator two simulated
// devices are used, which run kernels point by point, and fewer rounds.
#:property DrJaxDevices=true
// Programs in one file are compiled ahead of time by default; devices compile as they run.
#:property PublishAot=false
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using DrJax;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine("Found:\n  " + DeviceMesh.Describe().ReplaceLineEndings("\n  "));
var simulate = args.Contains("--simulator");
using var mesh = simulate ? DeviceMesh.Simulator(2) : Best();
Console.WriteLine($"Training on: {mesh}\nWhat runs where:\n{DeviceMesh.Explain(Federated.DistributedRound)}");

var clients = Digits.Load();
var start = Network.Random(new Random(1));
var rounds = simulate ? 3 : 40;
var onDevices = mesh.Run(() => Train(start, clients, rounds));
Console.WriteLine($"Arrays on the devices: {mesh.BytesInUse / 1024} KiB");
var onProcessor = Train(start, clients, rounds);
for (var r = 0; r < rounds; r++) Console.WriteLine($"  round {r + 1,3}   loss {onDevices[r]:F6}   on the processor {onProcessor[r]:F6}");

var difference = onDevices.Zip(onProcessor, (a, b) => MathF.Abs(a - b)).Max();
Console.WriteLine($"The losses {(difference <= 1e-5f ? "agree to 1e-5" : "DIFFER")}: by {difference:G2} at most");
return difference <= 1e-5f ? 0 : 1;

static DeviceMesh Best()
{
    bool Has(DeviceKind kind) => DeviceMesh.Available.Any(d => d.Kind == kind && d.IsUsable);
    return Has(DeviceKind.Cuda) ? DeviceMesh.Cuda() : Has(DeviceKind.OpenCL) ? DeviceMesh.OpenCL() : DeviceMesh.Cpu();
}

// The model stays on the devices from round to round; only the losses are read.
static float[] Train(Network model, Placed<(Mat<float> X, Vec<int> Y)> clients, int rounds)
{
    var losses = new float[rounds];
    for (var r = 0; r < rounds; r++) (model, losses[r]) = Federated.DistributedRound(model, 0.5f, clients);
    return losses;
}

public readonly record struct Network(Mat<float> W1, Vec<float> B1, Mat<float> W2, Vec<float> B2) : IVectorSpace
{
    public static Network Random(Random random)
    {
        float[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(0.4 * random.NextDouble() - 0.2))];
        return new(new(Uniform(64 * 32), 64, 32), new(new float[32]), new(Uniform(32 * 10), 32, 10), new(new float[10]));
    }
}

static class Federated
{
    static float Loss(Network m, Mat<float> x, Vec<int> y)
    {
        var logp = Rows(MatMul(Relu(MatMul(x, m.W1) + m.B1), m.W2) + m.B2, LogSoftmax);
        return -Mean(Build(y.Length, i => logp[i, y[i]]));
    }

    [DrJaxProgram("clients")]
    public static float MeanLoss(Network model, Placed<(Mat<float> X, Vec<int> Y)> data)
        => ReduceMean(Map(d => Loss(model, d.X, d.Y), data));

    /// <summary>One step on the mean of the clients' gradients; also the mean loss before it.</summary>
    [DrJaxProgram("clients")]
    public static (Network, float) DistributedRound(Network model, float lr, Placed<(Mat<float> X, Vec<int> Y)> data)
    {
        var (loss, gradient) = ValueAndGrad(MeanLoss, model, data);
        return (model - lr * gradient, loss);
    }
}

static class Digits
{
    const int Clients = 20, Pixels = 64, PerClient = 70;

    public static Placed<(Mat<float> X, Vec<int> Y)> Load([CallerFilePath] string here = "")
    {
        using var file = File.OpenRead(Path.Combine(Path.GetDirectoryName(here)!, "data", "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        int[][] rows = [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',').Select(int.Parse).ToArray())];
        new Random(1).Shuffle(rows);
        return [.. rows.Chunk(PerClient).Take(Clients).Select(client => (
            new Mat<float>([.. client.SelectMany(row => row[..Pixels].Select(pixel => pixel / 16f))], PerClient, Pixels),
            new Vec<int>([.. client.Select(row => row[Pixels])])))];
    }
}
