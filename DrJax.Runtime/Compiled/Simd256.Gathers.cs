using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>Lanes from places of their own: lane j is <c>source[offsets[j]]</c>. With a count, lanes from it on are <c>source[0]</c>.</content>
public static unsafe partial class Simd256
{
    [MethodImpl(Inline)]
    public static Vector256<double> Gather(double* source, Vector256<long> offsets) => Avx2.IsSupported
        ? Avx2.GatherVector256(source, offsets, sizeof(double))
        : Vector256.Create(source[offsets[0]], source[offsets[1]], source[offsets[2]], source[offsets[3]]);

    [MethodImpl(Inline)]
    public static Vector256<double> Gather(double* source, Vector256<long> offsets, nint count) => Gather(source, offsets & FirstLanes4(count).AsInt64());

    [MethodImpl(Inline)]
    public static Vector256<float> Gather(float* source, Vector256<int> offsets) => Avx2.IsSupported
        ? Avx2.GatherVector256(source, offsets, sizeof(float))
        : Each(source, offsets);

    [MethodImpl(Inline)]
    public static Vector256<float> Gather(float* source, Vector256<int> offsets, nint count) => Gather(source, offsets & FirstLanes8(count).AsInt32());

    [MethodImpl(Inline)]
    public static Vector256<int> GatherInt8(int* source, Vector256<int> offsets) => Gather((float*)source, offsets).AsInt32();

    [MethodImpl(Inline)]
    public static Vector256<int> GatherInt8(int* source, Vector256<int> offsets, nint count) => Gather((float*)source, offsets, count).AsInt32();

    [MethodImpl(Inline)]
    public static Vector256<long> GatherInt4(int* source, Vector256<long> offsets) =>
        Vector256.Create((long)source[offsets[0]], source[offsets[1]], source[offsets[2]], source[offsets[3]]);

    [MethodImpl(Inline)]
    public static Vector256<long> GatherInt4(int* source, Vector256<long> offsets, nint count) => GatherInt4(source, offsets & FirstLanes4(count).AsInt64());

    /// <summary>The indices, those outside 0 to <paramref name="length"/> - 1 at the nearest end.</summary>
    [MethodImpl(Inline)]
    public static Vector256<long> Clamp(Vector256<long> indices, nint length) =>
        Vector256.Max(Vector256.Min(indices, Vector256.Create((long)length - 1)), Vector256<long>.Zero);

    /// <inheritdoc cref="Clamp(Vector256{long}, nint)"/>
    [MethodImpl(Inline)]
    public static Vector256<int> Clamp(Vector256<int> indices, nint length) =>
        Vector256.Max(Vector256.Min(indices, Vector256.Create((int)length - 1)), Vector256<int>.Zero);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> Each(float* source, Vector256<int> offsets)
    {
        var lanes = Vector256<float>.Zero;
        for (var j = 0; j < Lanes8; j++)
        {
            ((float*)&lanes)[j] = source[offsets[j]];
        }

        return lanes;
    }
}
