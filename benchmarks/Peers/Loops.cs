using System.Numerics;
using System.Runtime.InteropServices;

namespace DrJax.Benchmarks;

/// <summary>The vector loops that the peers are made of.</summary>
internal static class Loops
{
    /// <summary>y += a x.</summary>
    internal static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        var i = 0;
        if (y.Length >= Vector<double>.Count)
        {
            var factor = new Vector<double>(a);
            var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
            var xs = MemoryMarshal.Cast<double, Vector<double>>(x[..y.Length]);
            for (var v = 0; v < ys.Length; v++) ys[v] = Vector.FusedMultiplyAdd(factor, xs[v], ys[v]);
            i = ys.Length * Vector<double>.Count;
        }
        for (; i < y.Length; i++) y[i] += a * x[i];
    }

    /// <summary>C += A B: element (i, p) of A is a[i * rowStep + p * columnStep]; B and C are row-major with n columns.</summary>
    internal static void MultiplyAdd(
        Span<float> c, ReadOnlySpan<float> a, int rowStep, int columnStep, ReadOnlySpan<float> b, int m, int k, int n)
    {
        var (width, i) = (2 * Vector<float>.Count, 0);
        for (; i + 4 <= m; i += 4)
        {
            var j = 0;
            for (; j + width <= n; j += width) Tile(c, a, rowStep, columnStep, b, i, j, k, n);
            Plain(c, a, rowStep, columnStep, b, i, i + 4, j, k, n);
        }
        Plain(c, a, rowStep, columnStep, b, i, m, 0, k, n);
    }

    /// <summary>Four rows by two vectors of C, kept in registers while p runs over the depth.</summary>
    private static void Tile(
        Span<float> c, ReadOnlySpan<float> a, int rowStep, int columnStep, ReadOnlySpan<float> b, int i, int j, int k, int n)
    {
        var lanes = Vector<float>.Count;
        var r0 = c[(i * n + j)..];
        var r1 = r0[n..];
        var r2 = r1[n..];
        var r3 = r2[n..];
        var (s00, s01) = (new Vector<float>(r0), new Vector<float>(r0[lanes..]));
        var (s10, s11) = (new Vector<float>(r1), new Vector<float>(r1[lanes..]));
        var (s20, s21) = (new Vector<float>(r2), new Vector<float>(r2[lanes..]));
        var (s30, s31) = (new Vector<float>(r3), new Vector<float>(r3[lanes..]));
        for (var p = 0; p < k; p++)
        {
            var row = b[(p * n + j)..];
            var (b0, b1) = (new Vector<float>(row), new Vector<float>(row[lanes..]));
            var at = i * rowStep + p * columnStep;
            var a0 = new Vector<float>(a[at]);
            s00 = Vector.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector.FusedMultiplyAdd(a0, b1, s01);
            var a1 = new Vector<float>(a[at + rowStep]);
            s10 = Vector.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector.FusedMultiplyAdd(a1, b1, s11);
            var a2 = new Vector<float>(a[at + 2 * rowStep]);
            s20 = Vector.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector.FusedMultiplyAdd(a2, b1, s21);
            var a3 = new Vector<float>(a[at + 3 * rowStep]);
            s30 = Vector.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector.FusedMultiplyAdd(a3, b1, s31);
        }
        s00.CopyTo(r0);
        s01.CopyTo(r0[lanes..]);
        s10.CopyTo(r1);
        s11.CopyTo(r1[lanes..]);
        s20.CopyTo(r2);
        s21.CopyTo(r2[lanes..]);
        s30.CopyTo(r3);
        s31.CopyTo(r3[lanes..]);
    }

    private static void Plain(
        Span<float> c, ReadOnlySpan<float> a, int rowStep, int columnStep, ReadOnlySpan<float> b, int from, int to, int j0, int k, int n)
    {
        if (j0 == n) return;
        for (var i = from; i < to; i++)
            for (var p = 0; p < k; p++)
            {
                var factor = a[i * rowStep + p * columnStep];
                for (var j = j0; j < n; j++) c[i * n + j] += factor * b[p * n + j];
            }
    }
}
