using DrJax.Compiled.Devices;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>The runtime's kernels on devices against what they mean.</summary>
public class KernelTests
{
    public static TheoryData<string> All => Meshes.All;

    // Small problems have a thread each, large ones a group.
    private static int[] Sizes(string mesh) => mesh.Contains("OpenCL", StringComparison.Ordinal) ? [1, 2, 5, 16, 33, 70] : [1, 2, 5, 16];

    [Theory]
    [MemberData(nameof(All))]
    public void Cholesky_factors(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        foreach (var n in Sizes(mesh))
        {
            // Three matrices, the last of which is not positive definite, in lanes.
            var a = Positive(n, 3);
            for (var i = 0; i < n; i++) a[(((i * n) + i) * 3) + 2] *= -1;
            var l = Run(n * n * 3, (queue, to, run) => queue.Cholesky(new MatrixShape(n, 0, new(0, 3 * n, 3), new(0, 3 * n, 3), default, [new(3, 1, 1)]), Of(queue, run, a), to));
            for (var lane = 0; lane < 3; lane++)
            {
                for (var i = 0; i < n; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        if (lane == 2) Assert.Equal(i < j ? 0 : double.NaN, l[(((i * n) + j) * 3) + 2]);
                        else Close(((a[(((i * n) + j) * 3) + lane] + a[(((j * n) + i) * 3) + lane]) / 2), Enumerable.Range(0, n).Sum(k => l[(((i * n) + k) * 3) + lane] * l[(((j * n) + k) * 3) + lane]));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Triangular_systems_are_solved(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        const int k = 3;
        foreach (var n in Sizes(mesh))
        {
            double[] t = Positive(n, 1), b = Draw(n * k, 2);
            foreach (var (upper, transposed) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                var x = Run(n * k, (queue, to, run) => queue.TriangularSolve(new MatrixShape(n, k, new(0, n, 1), new(0, k, 1), new(0, k, 1)), Of(queue, run, t), Of(queue, run, b), to, upper, transposed));
                for (var i = 0; i < n; i++)
                    for (var c = 0; c < k; c++)
                        Close(b[(i * k) + c], Enumerable.Range(0, n).Where(j => (transposed ? j <= i : i <= j) == upper || i == j).Sum(j => (transposed ? t[(j * n) + i] : t[(i * n) + j]) * x[(j * k) + c]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void General_systems_are_solved_by_factors_with_pivots(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        const int k = 2;
        foreach (var n in Sizes(mesh))
        {
            // Zeros on the diagonal: rows must change places.
            double[] a = Draw(n * n, 3), b = Draw(n * k, 4);
            for (var i = 0; i < n && n > 1; i++) a[(i * n) + i] = 0;
            var lu = Run((n + 1) * n, (queue, to, run) => queue.Lu(new MatrixShape(n, 0, new(0, n, 1), new(0, n, 1)), Of(queue, run, a), to));
            // P A = L U.
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    Close(a[((int)lu[(n * n) + i] * n) + j], Enumerable.Range(0, Math.Min(i, j) + 1).Sum(l => (l == i ? 1 : lu[(i * n) + l]) * lu[(l * n) + j]));
            foreach (var transposed in new[] { false, true })
            {
                var x = Run(n * k, (queue, to, run) => queue.LuSolve(new MatrixShape(n, k, new(0, n, 1), new(0, k, 1), new(0, k, 1)), Of(queue, run, lu), Of(queue, run, b), to, transposed));
                for (var i = 0; i < n; i++)
                    for (var c = 0; c < k; c++) Close(b[(i * k) + c], Enumerable.Range(0, n).Sum(j => (transposed ? a[(j * n) + i] : a[(i * n) + j]) * x[(j * k) + c]));
            }
            var det = Run(1, (queue, to, run) => queue.Det(new MatrixShape(n, 0, new(0, n, 1), new(0, 1, 1)), Of(queue, run, lu), to));
            Close(1, det[0] / Ops.Det(new Mat<double>(a, n, n)));
            var log = Run(1, (queue, to, run) => queue.LogAbsDet(new MatrixShape(n, 0, new(0, n, 1), new(0, 1, 1)), Of(queue, run, lu), to));
            Close(Math.Log(Math.Abs(det[0])), log[0]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Orders_are_stable_and_NaN_is_greatest(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        foreach (var n in new[] { 1, 2, 3, 17, 64, 100 })
        {
            // Two vectors side by side, of few different values.
            var x = Draw(n * 2, 5).Select(v => Math.Abs(v) < 0.1 ? double.NaN : Math.Round(4 * v)).ToArray();
            foreach (var descending in new[] { false, true })
            {
                var places = Run<int>(n * 2, (queue, to, run) => queue.ArgSort(new MatrixShape(n, 1, new(0, 2, 0), new(0, 1, 0), default, [new(2, 1, n)]), Of(queue, run, x), to, descending));
                for (var v = 0; v < 2; v++)
                {
                    // The least of all for .NET, the greatest here.
                    var keys = Enumerable.Range(0, n).Select(i => double.IsNaN(x[(i * 2) + v]) ? double.PositiveInfinity : x[(i * 2) + v]).ToArray();
                    var order = Enumerable.Range(0, n);
                    Assert.Equal(descending ? order.OrderByDescending(i => keys[i]) : order.OrderBy(i => keys[i]), places[(v * n)..((v + 1) * n)]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Scattered_additions_have_the_same_bits_in_every_run(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        foreach (var (n, targets, width) in new[] { (1, 1, 1), (5, 3, 2), (100, 1, 1), (200, 7, 3), (64, 64, 1), (300, 2, 1) })
        {
            var random = new Random(n);
            var keys = Enumerable.Range(0, n).Select(_ => random.Next(-1, targets)).ToArray();
            double[] values = Draw(n * width, 6), start = Draw(targets * width, 7);
            double[] Sums() => Run(targets * width, (queue, to, run) =>
            {
                queue.Copy(Of(queue, run, start), to);
                queue.AddAt(to, queue.Read(run.Argument(keys)), Of(queue, run, values), width);
            });
            var sums = Sums();
            for (var t = 0; t < targets * width; t++)
                Close(start[t] + Enumerable.Range(0, n).Where(i => keys[i] == t / width).Sum(i => values[(i * width) + (t % width)]), sums[t]);
            Assert.Equal(sums, Sums());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Groups_become_lanes_and_groups_again(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        foreach (var (block, size) in new[] { (1, 1), (3, 5), (17, 20), (40, 16) })
        {
            var packed = Draw(block * size, 8);
            var lanes = Run(size * (block + 2), (queue, to, run) =>
            {
                queue.Fill(to, 0.0);
                queue.ToLanes(Of(queue, run, packed), size, block, size, to, block + 2);
            });
            for (var i = 0; i < block; i++)
                for (var j = 0; j < size; j++) Assert.Equal(packed[(i * size) + j], lanes[(j * (block + 2)) + i]);
            Assert.Equal(packed, Run(block * size, (queue, to, run) => queue.FromLanes(Of(queue, run, lanes), block + 2, block, size, to, size)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void NaN_comes_through_largest_and_smallest_and_factorisations(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        double[] a = [1, double.NaN, 3, double.NaN, 7], b = [2, 5, double.NaN, double.NaN, 6];
        foreach (var (kind, expected) in new (ReduceKind, double[])[] { (ReduceKind.Max, [2, double.NaN, double.NaN, double.NaN, 7]), (ReduceKind.Min, [1, double.NaN, double.NaN, double.NaN, 6]) })
        {
            Assert.Equal(expected, Run(5, (queue, to, run) =>
            {
                queue.Copy(Of(queue, run, a), to);
                queue.Combine(kind, to, Of(queue, run, b));
            }));
        }
        foreach (var n in new[] { 2, 16 })
        {
            var matrix = Positive(n, 1);
            matrix[0] = double.NaN;
            var l = Run(n * n, (queue, to, run) => queue.Cholesky(new MatrixShape(n, 0, new(0, n, 1), new(0, n, 1)), Of(queue, run, matrix), to));
            for (var at = 0; at < n * n; at++) Assert.Equal(at / n < at % n ? 0 : double.NaN, l[at]);
            // The pivot is the first as long as nothing is larger: nothing is than NaN.
            var lu = Run((n + 1) * n, (queue, to, run) => queue.Lu(new MatrixShape(n, 0, new(0, n, 1), new(0, n, 1)), Of(queue, run, matrix), to));
            Assert.Equal(0, lu[n * n]);
        }
    }

    // Sums of at most 300 terms of size 1, and systems whose condition is at most some hundreds.
    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-10 * Math.Max(1, Math.Abs(expected)));

    private static double[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    /// <summary>Matrices of small elements with a large diagonal, lane by lane.</summary>
    private static double[] Positive(int n, int lanes)
    {
        var a = Draw(n * n * lanes, n);
        for (var i = 0; i < n; i++)
            for (var lane = 0; lane < lanes; lane++) a[(((i * n) + i) * lanes) + lane] += n + 1;
        return a;
    }

    private static ILGPU.ArrayView<T> Of<T>(DeviceQueue queue, DeviceRun run, T[] x) where T : unmanaged => queue.Read(run.Argument(x));

    private static double[] Run(int count, Action<DeviceQueue, ILGPU.ArrayView<double>, DeviceRun> body) => Run<double>(count, body);

    private static T[] Run<T>(int count, Action<DeviceQueue, ILGPU.ArrayView<T>, DeviceRun> body) where T : unmanaged
    {
        var result = new T[count];
        using (var run = DeviceRun.Begin("kernel")) body(run.Lead, run.Lead.Write(run.Result(result)), run);
        return DeviceArrays.Ready(result)!;
    }
}
