using DrJax.Compiled.Devices;
using ILGPU;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Stages over several devices: who has which groups, and what moves between them.</summary>
public class RuntimeStageTests
{
    public static TheoryData<string> All => Meshes.All;

    internal struct Step
    {
        public ArrayView<double> X, Y, All, Total;
        public long First;

        /// <summary>y = x + the sum of all + the group's number.</summary>
        public static void Run(Index1D i, Step k)
        {
            var sum = k.X[i] + k.First + i;
            for (var j = 0; j < k.All.Length; j++) sum += k.All[j];
            k.Y[i] = sum;
        }

        public static void Most(Index1D i, Step k)
        {
            for (var j = 0; j < k.Y.Length; j++) k.Total[0] = k.Total[0] > k.Y[j] ? k.Total[0] : k.Y[j];
        }

        public static void Fail(Index1D i, Step k) => k.Y[i] = new List<double> { 1 }.Count;
    }

    private readonly struct Adds(DeviceArray<double> x, DeviceArray<double> y, DeviceArray<double> all, long failsAt = -1) : IDeviceStage
    {
        public void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
        {
            using var scope = queue.Scope();
            var copy = queue.Take<double>(hi - lo);
            queue.Copy(queue.ReadGroups(x, lo, hi), copy);
            var step = new Step { X = copy, Y = queue.WriteGroups(y, lo, hi), All = queue.Read(all), Total = totals.View<double>(0), First = lo };
            if (failsAt >= lo && failsAt < hi) throw new InvalidOperationException($"group {failsAt}");
            queue.Launch(Step.Run, hi - lo, step);
            queue.Launch(Step.Most, 1, step);
        }
    }

    // Leaves of 3 and of 7 groups.
    private const long Small = 20_000_000, Large = 9_000_000;

    private static (double[] Y, double[] Z, double Most) TwoStages(double[] x, double[] all)
    {
        double[] y = new double[x.Length], z = new double[x.Length];
        double most;
        using (var run = DeviceRun.Begin("two stages"))
        {
            var (between, result, captured) = (run.Result(y, 1), run.Result(z, 1), run.Argument(all));
            var total = run.Scratch<double>(1);
            run.Stage(new Adds(run.Argument(x, 1), between, captured), x.Length, Small, false, new StageTotal(total, ReduceKind.Max));
            run.Stage(new Adds(between, result, between), x.Length, Large, false, new StageTotal(total, ReduceKind.Max));
            most = run.Lead.Fetch(run.Lead.Read(total), 0);
        }
        return (DeviceArrays.Ready(y)!, DeviceArrays.Ready(z)!, most);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_one_stage_writes_the_next_reads_by_groups_and_whole(string mesh)
    {
        foreach (var groups in new[] { 1, 2, 5, 12, 31 })
        {
            var x = Enumerable.Range(0, groups).Select(i => i * 0.5).ToArray();
            var (y, z, most) = Meshes.Get(mesh).Run(() => TwoStages(x, [1, 2]));
            Assert.Equal(x.Select((v, i) => v + i + 3), y);
            var sum = y.Sum();
            Assert.Equal(y.Select((v, i) => v + i + sum), z); // Halves are exact.
            Assert.Equal(z.Max(), most);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Devices_that_reach_each_other_copy_without_the_host(string name)
    {
        using var mesh = Meshes.New(name);
        var x = Enumerable.Range(0, 31).Select(i => i * 0.5).ToArray();
        var (y, _, _) = mesh.Run(() => TwoStages(x, [1, 2]));
        Assert.Equal(x.Select((v, i) => v + i + 3), y);
        // ILGPU has such copies for CUDA and its simulator, none for OpenCL.
        Assert.Equal(name == "three simulators", mesh.Runtime.Devices.Sum(d => d.BytesFromPeers) > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_stage_that_writes_whole_arrays_runs_on_the_lead(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        double[] x = [.. Enumerable.Range(0, 20)], y = new double[20];
        using (var run = DeviceRun.Begin("lead"))
        {
            var total = run.Scratch<double>(1);
            run.Stage(new Adds(run.Argument(x, 1), run.Result(y, 1), run.Argument(new double[] { 1 })), 20, Small, true, new StageTotal(total, ReduceKind.Max));
        }
        Assert.Equal(x.Select(v => 2 * v + 1), DeviceArrays.Ready(y)!);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_leaf_that_fails_leaves_nothing_on_the_devices(string name)
    {
        using var mesh = Meshes.New(name);
        using var scope = mesh.Use();
        var x = new double[31];
        var before = Fail();
        for (var k = 0; k < 3; k++) Assert.Equal(before, Fail());

        long Fail()
        {
            Assert.Equal("group 20", Assert.Throws<InvalidOperationException>(() =>
            {
                using var run = DeviceRun.Begin("fails");
                var y = run.Scratch<double>(31, 1);
                run.Stage(new Adds(run.Argument(x, 1), y, run.Argument(x), failsAt: 20), 31, Small, false, new StageTotal(run.Scratch<double>(1), ReduceKind.Max));
            }).Message);
            return mesh.BytesInUse;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Threads_take_turns_on_a_mesh_and_any_may_read(string name)
    {
        using var scope = Meshes.Get(name).Use();
        var x = Enumerable.Range(0, 12).Select(i => i * 0.5).ToArray();
        var results = new (double[] Y, double[] Z, double Most)[6];
        Parallel.For(0, results.Length, k => results[k] = TwoStages(x, [1, k]));
        for (var k = 0; k < results.Length; k++) Assert.Equal(x.Select((v, i) => v + i + 1 + k), results[k].Y);
    }

    [Fact]
    public void Devices_share_the_groups_by_weight_and_keep_what_they_have()
    {
        using var mesh = DeviceMesh.Of(new MeshDevice(DeviceKind.Simulator, 0, 1), new MeshDevice(DeviceKind.Simulator, 0, 3));
        foreach (var bytes in new long[] { 1000, 100_000, 1_000_000 })
        {
            var plan = new DevicePlan(1_000_000, bytes, mesh.Runtime.Devices);
            Assert.Equal([(0L, 250_000L), (250_000L, 1_000_000L)], plan.Runs.Select(run => (run.Lo, run.Hi)));
        }
    }

    [Fact]
    public void Leaves_follow_from_sizes_alone()
    {
        using var one = DeviceMesh.Simulator();
        using var three = DeviceMesh.Simulator(3);
        foreach (var (groups, bytes, leaf) in new (long, long, long)[] { (3, 8, 1024), (100_000, 8, 12_500), (100_000, 1 << 20, 64), (10, 1L << 40, 1) })
        {
            Assert.Equal(leaf, new DevicePlan(groups, bytes, one.Runtime.Devices, DevicePlan.LeastGroups).LeafGroups);
            Assert.Equal(leaf, new DevicePlan(groups, bytes, three.Runtime.Devices, DevicePlan.LeastGroups).LeafGroups);
        }
    }
}
