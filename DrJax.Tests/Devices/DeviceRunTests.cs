using DrJax.Compiled.Devices;
using ILGPU;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>What generated code asks of a mesh, by hand.</summary>
public class DeviceRunTests
{
    internal struct Affine
    {
        public ArrayView<double> X, Y;
        public double Slope, Offset;

        public static void Run(Index1D i, Affine k) => k.Y[i] = (k.Slope * k.X[i]) + k.Offset;
    }

    internal struct RowSums
    {
        public ArrayView<double> X, Y, Total;
        public int Columns;

        public static void Run(Index1D i, RowSums k)
        {
            var sum = 0.0;
            for (var j = 0; j < k.Columns; j++) sum += k.X[(i * k.Columns) + j];
            k.Y[i] = sum;
        }

        public static void Add(Index1D i, RowSums k)
        {
            for (var j = 0; j < k.Y.Length; j++) k.Total[0] += k.Y[j];
        }
    }

    /// <summary>Sums of rows, and the sum of all.</summary>
    private readonly struct Sums(DeviceArray<double> x, DeviceArray<double> rows, int columns) : IDeviceStage
    {
        public void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
        {
            var kernel = new RowSums { X = queue.ReadGroups(x, lo, hi), Y = queue.WriteGroups(rows, lo, hi), Total = totals.View<double>(0), Columns = columns };
            queue.Launch(RowSums.Run, hi - lo, kernel);
            queue.Launch(RowSums.Add, 1, kernel);
        }
    }

    private static Vec<double> AffineOf(Vec<double> x, double slope)
    {
        var y = new double[x.Length];
        using var run = DeviceRun.Begin("affine");
        var queue = run.Lead;
        queue.Launch(Affine.Run, x.Length, new Affine { X = queue.Read(run.Argument(x)), Y = queue.Write(run.Result(y)), Slope = slope, Offset = 1 });
        return Vec<double>.UnsafeWrap(y);
    }

    private static (Vec<double> Rows, double Total) SumsOf(Placed<Vec<double>> x)
    {
        var leaf = x.Leaf<double>(0);
        var columns = leaf.Dimension(0);
        var rows = new double[x.Count];
        using var run = DeviceRun.Begin("sums");
        var total = run.Scratch<double>(1);
        run.Stage(new Sums(run.Argument(leaf, columns), run.Result(rows, 1), columns), x.Count, 20_000_000, false, new StageTotal(total, ReduceKind.Sum));
        return (Vec<double>.UnsafeWrap(rows), run.Lead.Fetch(run.Lead.Read(total), 0));
    }

    public static TheoryData<string> All => Meshes.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Results_stay_on_the_device_until_they_are_read_and_serve_as_arguments(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        Vec<double> x = [1, 2, 3];
        var y = AffineOf(AffineOf(x, 2), 10);
        Assert.Equal([31, 51, 71], y.ToArray());
        Assert.Equal(51, AffineOf(AffineOf(x, 2), 10)[1]);
        Assert.Equal(51, AffineOf(AffineOf(x, 2), 10)[1..][0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Totals_have_the_same_bits_on_any_number_of_devices(string mesh)
    {
        var random = new Random(1);
        var x = Placed<Vec<double>>.Of(23, _ => new([random.NextDouble(), random.NextDouble() * 1e-3]));
        var (rows, total) = Meshes.Get(mesh).Run(() => SumsOf(x));
        Assert.Equal([.. Enumerable.Range(0, 23).Select(i => x[i][0] + x[i][1])], rows.ToArray());
        Assert.Equal(Tree(rows.ToArray()), total);
    }

    // The stage's scratch of 20 MB a group makes leaves of three groups.
    private static double Tree(ReadOnlySpan<double> x)
    {
        if (x.Length > 3) return Tree(x[..(x.Length / 2)]) + Tree(x[(x.Length / 2)..]);
        var sum = 0.0;
        foreach (var v in x) sum += v;
        return sum;
    }
}
