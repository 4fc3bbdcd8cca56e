using System.Runtime.InteropServices;

namespace DrJax.Benchmarks;

/// <summary>OpenBLAS as Debian packages it (libopenblas0-serial or libopenblas0-pthread), on one thread.</summary>
internal static unsafe class OpenBlas
{
    internal const string Name = "OpenBLAS";
    private const int RowMajor = 101, NotTransposed = 111;

    private static readonly nint Handle = NativeLibrary.TryLoad("libopenblas.so.0", out var handle) ? OnOneThread(handle) : 0;

    internal static string? Missing => Handle != 0 ? null : "no OpenBLAS: libopenblas.so.0 (package libopenblas0-serial) is not installed";

    /// <summary>C = A B, n x n.</summary>
    internal static Contestant[] Product(int n, float[] a, float[] b, float[] c)
    {
        if (Handle == 0) return [];
        var gemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(Handle, "cblas_sgemm");
        return [new Contestant<Mat<float>>(Name, () =>
        {
            fixed (float* pa = a, pb = b, pc = c) gemm(RowMajor, NotTransposed, NotTransposed, n, n, n, 1, pa, n, pb, n, 0, pc, n);
            return Mat<float>.UnsafeWrap(c, n, n);
        })];
    }

    /// <inheritdoc cref="Product(int, float[], float[], float[])"/>
    internal static Contestant[] Product(int n, double[] a, double[] b, double[] c)
    {
        if (Handle == 0) return [];
        var gemm = (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)
            NativeLibrary.GetExport(Handle, "cblas_dgemm");
        return [new Contestant<Mat<double>>(Name, () =>
        {
            fixed (double* pa = a, pb = b, pc = c) gemm(RowMajor, NotTransposed, NotTransposed, n, n, n, 1, pa, n, pb, n, 0, pc, n);
            return Mat<double>.UnsafeWrap(c, n, n);
        })];
    }

    private static nint OnOneThread(nint library)
    {
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
        return library;
    }
}
