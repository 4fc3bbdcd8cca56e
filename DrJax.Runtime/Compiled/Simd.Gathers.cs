using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Lanes from places of their own: lane j is <c>source[offsets[j]]</c>. With a count, lanes from it on are <c>source[0]</c>.</content>
public static unsafe partial class Simd
{
    [MethodImpl(Inline)]
    public static Vector512<double> Gather(double* source, Vector512<long> offsets) => Avx2.IsSupported
        ? Vector512.Create(Avx2.GatherVector256(source, offsets.GetLower(), sizeof(double)), Avx2.GatherVector256(source, offsets.GetUpper(), sizeof(double)))
        : Each(source, offsets);

    [MethodImpl(Inline)]
    public static Vector512<double> Gather(double* source, Vector512<long> offsets, nint count) => Gather(source, offsets & FirstLanes8(count).AsInt64());

    [MethodImpl(Inline)]
    public static Vector512<float> Gather(float* source, Vector512<int> offsets) => Avx2.IsSupported
        ? Vector512.Create(Avx2.GatherVector256(source, offsets.GetLower(), sizeof(float)), Avx2.GatherVector256(source, offsets.GetUpper(), sizeof(float)))
        : Each(source, offsets);

    [MethodImpl(Inline)]
    public static Vector512<float> Gather(float* source, Vector512<int> offsets, nint count) => Gather(source, offsets & FirstLanes16(count).AsInt32());

    [MethodImpl(Inline)]
    public static Vector512<int> GatherInt16(int* source, Vector512<int> offsets) => Gather((float*)source, offsets).AsInt32();

    [MethodImpl(Inline)]
    public static Vector512<int> GatherInt16(int* source, Vector512<int> offsets, nint count) => Gather((float*)source, offsets, count).AsInt32();

    [MethodImpl(Inline)]
    public static Vector512<long> GatherInt8(int* source, Vector512<long> offsets) => Vector512.Create(
        (long)source[offsets[0]], source[offsets[1]], source[offsets[2]], source[offsets[3]],
        source[offsets[4]], source[offsets[5]], source[offsets[6]], source[offsets[7]]);

    [MethodImpl(Inline)]
    public static Vector512<long> GatherInt8(int* source, Vector512<long> offsets, nint count) => GatherInt8(source, offsets & FirstLanes8(count).AsInt64());

    /// <summary>The indices, those outside 0 to <paramref name="length"/> - 1 at the nearest end.</summary>
    [MethodImpl(Inline)]
    public static Vector512<long> Clamp(Vector512<long> indices, nint length) =>
        Vector512.Max(Vector512.Min(indices, Vector512.Create((long)length - 1)), Vector512<long>.Zero);

    /// <inheritdoc cref="Clamp(Vector512{long}, nint)"/>
    [MethodImpl(Inline)]
    public static Vector512<int> Clamp(Vector512<int> indices, nint length) =>
        Vector512.Max(Vector512.Min(indices, Vector512.Create((int)length - 1)), Vector512<int>.Zero);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> Each(double* source, Vector512<long> offsets)
    {
        var lanes = Vector512<double>.Zero;
        for (var j = 0; j < Lanes8; j++)
        {
            ((double*)&lanes)[j] = source[offsets[j]];
        }

        return lanes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> Each(float* source, Vector512<int> offsets)
    {
        var lanes = Vector512<float>.Zero;
        for (var j = 0; j < Lanes16; j++)
        {
            ((float*)&lanes)[j] = source[offsets[j]];
        }

        return lanes;
    }
}
