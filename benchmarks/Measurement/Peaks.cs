using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrJax.Benchmarks;

/// <summary>What one core of the machine can do at most, measured in the same run.</summary>
internal static unsafe class Peaks
{
    private const int Tries = 9;
    private static readonly Dictionary<long, double> Bandwidths = [];

    /// <summary>Additions and multiplications a second, in multiply-adds of independent full vectors.</summary>
    internal static double Flops(bool single) => single ? Float32.Value : Float64.Value;

    private static readonly Lazy<double> Float32 = new(() => Best(() => MultiplyAdds<float>(100_000)));
    private static readonly Lazy<double> Float64 = new(() => Best(() => MultiplyAdds<double>(100_000)));

    /// <summary>Bytes a second, reading again and again as many bytes as the case touches: those of a small case come from a cache.</summary>
    internal static double Bandwidth(double bytes)
    {
        // From a page to what no cache holds, in steps of four.
        var size = 4096L;
        while (size < bytes && size < 256L << 20) size *= 4;
        if (Bandwidths.TryGetValue(size, out var known)) return known;
        var data = NativeMemory.AlignedAlloc((nuint)size, 64);
        NativeMemory.Clear(data, (nuint)size);
        var passes = (int)Math.Max(1, (64L << 20) / size);
        var best = Best(() => Read((byte*)data, size, passes));
        NativeMemory.AlignedFree(data);
        return Bandwidths[size] = best;
    }

    internal static double Floor(Work work) => Math.Max(work.Flops / Flops(work.Single), work.Bytes / Bandwidth(work.Bytes));

    private static double Best(Func<double> work)
    {
        var best = 0.0;
        for (var i = 0; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var done = work();
            best = Math.Max(best, done / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    /// <summary>Twelve independent chains: more than the latency of a multiply-add times the units that do it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MultiplyAdds<T>(int steps)
    {
        if (!Vector512.IsHardwareAccelerated) return MultiplyAdds256<T>(steps);
        var f = Vector512.Create(0.5f).As<float, T>();
        var (a, b, c, d, e, g) = (f, f, f, f, f, f);
        var (h, i, j, k, l, m) = (f, f, f, f, f, f);
        for (var s = 0; s < steps; s++)
        {
            a = Fma(a, f); b = Fma(b, f); c = Fma(c, f); d = Fma(d, f); e = Fma(e, f); g = Fma(g, f);
            h = Fma(h, f); i = Fma(i, f); j = Fma(j, f); k = Fma(k, f); l = Fma(l, f); m = Fma(m, f);
        }
        Sink512 = (a + b + c + d + e + g + h + i + j + k + l + m).AsByte();
        return 24.0 * steps * Vector512<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MultiplyAdds256<T>(int steps)
    {
        var f = Vector256.Create(0.5f).As<float, T>();
        var (a, b, c, d, e, g) = (f, f, f, f, f, f);
        var (h, i, j, k, l, m) = (f, f, f, f, f, f);
        for (var s = 0; s < steps; s++)
        {
            a = Fma(a, f); b = Fma(b, f); c = Fma(c, f); d = Fma(d, f); e = Fma(e, f); g = Fma(g, f);
            h = Fma(h, f); i = Fma(i, f); j = Fma(j, f); k = Fma(k, f); l = Fma(l, f); m = Fma(m, f);
        }
        Sink256 = (a + b + c + d + e + g + h + i + j + k + l + m).AsByte();
        return 24.0 * steps * Vector256<T>.Count;
    }

    private static Vector512<byte> Sink512;
    private static Vector256<byte> Sink256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fma<T>(Vector512<T> x, Vector512<T> f) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), f.AsSingle(), f.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), f.AsDouble(), f.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fma<T>(Vector256<T> x, Vector256<T> f) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.AsSingle(), f.AsSingle(), f.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.AsDouble(), f.AsDouble(), f.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Read(byte* data, long size, int passes)
    {
        var (a, b, c, d) = (Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        for (var pass = 0; pass < passes; pass++)
            for (var at = data; at < data + size; at += 128)
            {
                a += Vector256.Load((long*)at);
                b += Vector256.Load((long*)at + 4);
                c += Vector256.Load((long*)at + 8);
                d += Vector256.Load((long*)at + 12);
            }
        Sink256 = (a + b + c + d).AsByte();
        return (double)size * passes;
    }
}
