using System.Numerics;
using DrJax.Compiled.Devices;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Products of all shapes on devices against sums in the order of k.</summary>
public class GemmTests
{
    public static TheoryData<string> All => Meshes.All;

    // M, N, K; transposed operands; accumulated.
    private static readonly (int M, int N, int K, bool Ta, bool Tb, bool Adds)[] s_small =
    [
        (1, 1, 1, false, false, false), (1, 1, 20_000, false, false, true), (2, 3, 9_000, true, false, false), (3, 4, 5, false, false, true), (5, 1, 7, false, false, false), (1, 6, 3, true, false, false),
        (2, 3, 200, false, true, true), (7, 1, 130, true, false, false), (4, 4, 0, false, false, false), (3, 3, 0, false, false, true),
    ];

    private static readonly (int M, int N, int K, bool Ta, bool Tb, bool Adds)[] s_large =
    [
        (64, 64, 16, false, false, false), (65, 70, 33, true, false, true), (100, 24, 50, false, true, false), (129, 130, 17, true, true, true),
        (40, 30, 2000, false, false, true), (24, 24, 5000, true, true, false), (200, 1, 300, false, false, false), (1, 200, 300, false, false, false), (300, 1, 1500, true, false, true), (100, 10, 3000, true, false, false),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Products_are_sums_of_products(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        foreach (var (m, n, k, ta, tb, adds) in mesh.Contains("OpenCL", StringComparison.Ordinal) ? [.. s_small, .. s_large] : s_small)
        {
            Check<double>(m, n, k, ta, tb, adds, 1e-13);
            Check<float>(m, n, k, ta, tb, adds, 1e-5f);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Batches_move_operands_along_four_axes_and_sums_along_others(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        Batch(2, 3, 4);
        if (mesh.Contains("OpenCL", StringComparison.Ordinal)) Batch(30, 33, 20);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sums_over_many_terms_are_cut_into_pieces(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        var (m, n, k, terms) = mesh.Contains("OpenCL", StringComparison.Ordinal) ? (40, 30, 7, 600) : (2, 1, 5, 300);
        var random = new Random(2);
        // The terms' matrices are apart, so that they are not one longer matrix.
        Vec<double> a = Draw<double>(random, terms * (m * k + 1)), b = Draw<double>(random, terms * (k * n + 1));
        var product = new double[m * n];
        using (var run = DeviceRun.Begin("terms"))
        {
            var shape = new GemmShape(m, n, k, new(0, k, 1), new(0, n, 1), new(0, n, 1), [], [new(terms, (m * k) + 1, (k * n) + 1)]);
            run.Lead.Gemm(shape, run.Lead.Read(run.Argument(a)), run.Lead.Read(run.Argument(b)), run.Lead.Write(run.Result(product)), false);
        }
        var got = Vec<double>.UnsafeWrap(product);
        for (var at = 0; at < m * n; at++)
        {
            var expected = 0.0;
            for (var t = 0; t < terms; t++)
                for (var l = 0; l < k; l++) expected += a[(t * ((m * k) + 1)) + (at / n * k) + l] * b[(t * ((k * n) + 1)) + (l * n) + (at % n)];
            Assert.Equal(expected, got[at], 1e-10);
        }
    }

    [Fact]
    public void Tiles_are_sums_of_products()
    {
        // A simulated device with groups as large as those of real ones.
        using var mesh = DeviceMesh.Of(new MeshDevice(DeviceKind.Simulator, 1));
        using var scope = mesh.Use();
        Assert.True(mesh.Runtime.Lead.Queue.UsesTiles);
        Check<double>(65, 24, 17, false, true, true, 1e-13);
        Check<float>(24, 66, 1030, true, false, false, 1e-5f);
    }

    [Fact]
    public void Loops_around_a_product_become_a_larger_product_where_strides_allow_it()
    {
        // Groups of rows times one matrix, and the sum over groups of products of rows.
        var forward = GemmMerge.Merged(new(5, 4, 3, new(0, 3, 1), new(0, 4, 1), new(0, 4, 1), [new(7, 15, 0, 20)]));
        Assert.Equal((35, 4, 3, 1), (forward.M, forward.N, forward.K, forward.Batch));
        var backward = GemmMerge.Merged(new(3, 4, 5, new(0, 1, 3), new(0, 4, 1), new(0, 4, 1), [], [new(7, 15, 20)]));
        Assert.Equal((3, 4, 35, 1), (backward.M, backward.N, backward.K, backward.Terms));
        // Another matrix for each group, and rows of which some are left out.
        Assert.Equal(7, GemmMerge.Merged(new(5, 4, 3, new(0, 3, 1), new(0, 4, 1), new(0, 4, 1), [new(7, 15, 12, 20)])).Batch);
        Assert.Equal(7, GemmMerge.Merged(new(3, 4, 5, new(0, 1, 3), new(0, 4, 1), new(0, 4, 1), [], [new(7, 16, 20)])).Terms);
    }

    private static void Check<T>(int m, int n, int k, bool ta, bool tb, bool adds, T tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(m + (100 * n) + k);
        Vec<T> a = Draw<T>(random, m * k), b = Draw<T>(random, k * n), c = Draw<T>(random, m * n);
        GemmOperand left = ta ? new(0, 1, m) : new(0, k, 1), right = tb ? new(0, 1, k) : new(0, n, 1), to = new(0, n, 1);
        var product = new T[m * n];
        using (var run = DeviceRun.Begin("product"))
        {
            var queue = run.Lead;
            var result = queue.Write(run.Result(product));
            queue.Copy(queue.Read(run.Argument(c)), result);
            queue.Gemm(new GemmShape(m, n, k, left, right, to), queue.Read(run.Argument(a)), queue.Read(run.Argument(b)), result, adds);
        }
        var got = Vec<T>.UnsafeWrap(product);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var expected = adds ? c[(i * n) + j] : T.Zero;
                for (var l = 0; l < k; l++) expected += a[(int)((i * left.Row) + (l * left.Column))] * b[(int)((l * right.Row) + (j * right.Column))];
                // Rounding of k terms of size 1.
                Assert.True(T.Abs(expected - got[(i * n) + j]) <= tolerance * T.CreateChecked(k + 1), $"{typeof(T).Name} {m} x {n} x {k}, {ta} {tb}: [{i}, {j}] is {got[(i * n) + j]}, expected {expected}");
            }
        }
    }

    // C[p, q, i, j] = sum over s and t of A[p, s, i, l] B[q, s, t, l, j], A the same for all t.
    private static void Batch(int m, int n, int k)
    {
        const int p = 2, q = 3, s = 2, t = 3;
        var random = new Random(1);
        Vec<double> a = Draw<double>(random, p * s * m * k), b = Draw<double>(random, q * s * t * k * n);
        var product = new double[p * q * m * n];
        using (var run = DeviceRun.Begin("batch"))
        {
            var queue = run.Lead;
            var shape = new GemmShape(m, n, k, new(0, k, 1), new(0, n, 1), new(0, n, 1),
                [new(p, s * m * k, 0, q * m * n), new(q, 0, s * t * k * n, m * n)], [new(s, m * k, t * k * n), new(t, 0, k * n)]);
            queue.Gemm(shape, queue.Read(run.Argument(a)), queue.Read(run.Argument(b)), queue.Write(run.Result(product)), false);
        }
        var got = Vec<double>.UnsafeWrap(product);
        for (var at = 0; at < product.Length; at++)
        {
            var (j, i, y, x) = (at % n, at / n % m, at / n / m % q, at / n / m / q);
            var expected = 0.0;
            for (var u = 0; u < s; u++)
                for (var v = 0; v < t; v++)
                    for (var l = 0; l < k; l++) expected += a[(((((x * s) + u) * m) + i) * k) + l] * b[(((((((y * s) + u) * t) + v) * k) + l) * n) + j];
            Assert.Equal(expected, got[at], 1e-12);
        }
    }

    private static Vec<T> Draw<T>(Random random, int count) where T : unmanaged, IFloatingPointIeee754<T> =>
        new([.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((2 * random.NextDouble()) - 1))]);
}
