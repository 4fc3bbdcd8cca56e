using DrJax.Compiled;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>C = A B of n x n matrices: the runtime's kernel, which like OpenBLAS writes to memory that is there, and a program's product, whose
/// result is new.</summary>
internal static unsafe class ProductCase
{
    internal static Entry Single(int n) => new($"GEMM, n = {n}, float32", () =>
    {
        var random = new RandomArrays(1);
        var (a, b) = (random.Uniform<float>(n * n, 1), random.Uniform<float>(n * n, 1));
        var (c, d) = (new float[n * n], new float[n * n]);
        var (x, y) = (new Mat<float>(a, n, n), new Mat<float>(b, n, n));
        return new(new Contestant<Mat<float>>(Tables.DrJax, () =>
        {
            fixed (float* pa = a, pb = b, pc = c) Gemm.Multiply(n, n, n, pa, n, 1, pb, n, 1, pc, n, 1, accumulate: false);
            return Mat<float>.UnsafeWrap(c, n, n);
        }), Work(n, sizeof(float)))
        {
            Objective = new Contestant<Mat<float>>("program", () => Product(x, y)),
            // n products of float32 numbers below 1, whose sum is about the root of n, in another order.
            Tolerance = 1e-5,
            Peers = OpenBlas.Product(n, a, b, d),
        };
    });

    internal static Entry Double(int n) => new($"GEMM, n = {n}, float64", () =>
    {
        var random = new RandomArrays(1);
        var (a, b) = (random.Uniform<double>(n * n, 1), random.Uniform<double>(n * n, 1));
        var (c, d) = (new double[n * n], new double[n * n]);
        var (x, y) = (new Mat<double>(a, n, n), new Mat<double>(b, n, n));
        return new(new Contestant<Mat<double>>(Tables.DrJax, () =>
        {
            fixed (double* pa = a, pb = b, pc = c) Gemm.Multiply(n, n, n, pa, n, 1, pb, n, 1, pc, n, 1, accumulate: false);
            return Mat<double>.UnsafeWrap(c, n, n);
        }), Work(n, sizeof(double)))
        {
            Objective = new Contestant<Mat<double>>("program", () => Product(x, y)),
            Tolerance = 1e-13,
            Peers = OpenBlas.Product(n, a, b, d),
        };
    });

    private static Work Work(double n, int bytes) => new(2 * n * n * n, 3 * n * n * bytes, bytes == sizeof(float));

    [DrJaxProgram]
    internal static Mat<float> Product(Mat<float> a, Mat<float> b) => MatMul(a, b);

    [DrJaxProgram]
    internal static Mat<double> Product(Mat<double> a, Mat<double> b) => MatMul(a, b);
}
