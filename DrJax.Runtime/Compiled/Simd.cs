using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// The lanes of generated kernels. Two dialects: 8 lanes for <see cref="double"/> (integers as <see cref="long"/>) and 16 lanes for
/// <see cref="float"/> (integers as <see cref="int"/>). A mask is a vector whose lanes are all ones (true) or all zeros (false).
/// </summary>
/// <remarks>
/// A partial access touches exactly the first <c>count</c> elements (0 &lt; count &lt; lanes): it neither reads nor writes beyond them, and
/// the remaining lanes are zero.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Simd
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Lanes of the <see cref="double"/> dialect.</summary>
    public const int Lanes8 = 8;

    /// <summary>Lanes of the <see cref="float"/> dialect.</summary>
    public const int Lanes16 = 16;

    // Full loads and stores

    [MethodImpl(Inline)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(Inline)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(Inline)]
    public static void Store(double* destination, Vector512<double> value) => Vector512.Store(value, destination);

    [MethodImpl(Inline)]
    public static void Store(float* destination, Vector512<float> value) => Vector512.Store(value, destination);

    // Partial loads and stores

    [MethodImpl(Inline)]
    public static Vector512<double> LoadPartial(double* source, nint count) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, FirstLanes8(count), Vector512<double>.Zero)
        : Avx.IsSupported ? Halves.Load(source, FirstLanes8(count)) : Portable.Load(source, count);

    [MethodImpl(Inline)]
    public static Vector512<float> LoadPartial(float* source, nint count) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, FirstLanes16(count), Vector512<float>.Zero)
        : Avx.IsSupported ? Halves.Load(source, FirstLanes16(count)) : Portable.Load(source, count);

    /// <summary>The lanes of the mask, the others zero; only for hardware with masked loads (<see cref="Avx"/>).</summary>
    [MethodImpl(Inline)]
    internal static Vector512<double> LoadMasked(double* source, Vector512<double> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<double>.Zero) : Halves.Load(source, mask);

    /// <inheritdoc cref="LoadMasked(double*, Vector512{double})"/>
    [MethodImpl(Inline)]
    internal static Vector512<float> LoadMasked(float* source, Vector512<float> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<float>.Zero) : Halves.Load(source, mask);

    [MethodImpl(Inline)]
    public static void StorePartial(double* destination, Vector512<double> value, nint count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, FirstLanes8(count), value);
        }
        else if (Avx.IsSupported)
        {
            Halves.Store(destination, FirstLanes8(count), value);
        }
        else
        {
            Portable.Store(destination, value, count);
        }
    }

    [MethodImpl(Inline)]
    public static void StorePartial(float* destination, Vector512<float> value, nint count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, FirstLanes16(count), value);
        }
        else if (Avx.IsSupported)
        {
            Halves.Store(destination, FirstLanes16(count), value);
        }
        else
        {
            Portable.Store(destination, value, count);
        }
    }

    // Masks of the first lanes

    /// <summary>True in the first <paramref name="count"/> of 8 lanes.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> FirstLanes8(nint count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    /// <summary>True in the first <paramref name="count"/> of 16 lanes.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> FirstLanes16(nint count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();

    /// <summary>0, 1, ..., 7.</summary>
    [MethodImpl(Inline)]
    public static Vector512<long> Iota8() => Vector512<long>.Indices;

    /// <summary>0, 1, ..., 15.</summary>
    [MethodImpl(Inline)]
    public static Vector512<int> Iota16() => Vector512<int>.Indices;

    // Elements a fixed stride apart

    /// <summary>Lane j is <c>source[j * stride]</c>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> LoadStrided(double* source, nint stride) => Vector512.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride],
        source[4 * stride], source[5 * stride], source[6 * stride], source[7 * stride]);

    /// <summary>Lane j is <c>source[j * stride]</c>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> LoadStrided(float* source, nint stride) => Vector512.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride],
        source[4 * stride], source[5 * stride], source[6 * stride], source[7 * stride],
        source[8 * stride], source[9 * stride], source[10 * stride], source[11 * stride],
        source[12 * stride], source[13 * stride], source[14 * stride], source[15 * stride]);

    /// <summary>Masked accesses by halves of 256 bits: inline, since a call would keep a kernel's accumulators in memory.</summary>
    private static class Halves
    {
        [MethodImpl(Inline)]
        internal static Vector512<double> Load(double* source, Vector512<double> mask) =>
            Vector512.Create(Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + 4, mask.GetUpper()));

        [MethodImpl(Inline)]
        internal static Vector512<float> Load(float* source, Vector512<float> mask) =>
            Vector512.Create(Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + 8, mask.GetUpper()));

        [MethodImpl(Inline)]
        internal static void Store(double* destination, Vector512<double> mask, Vector512<double> value)
        {
            Avx.MaskStore(destination, mask.GetLower(), value.GetLower());
            Avx.MaskStore(destination + 4, mask.GetUpper(), value.GetUpper());
        }

        [MethodImpl(Inline)]
        internal static void Store(float* destination, Vector512<float> mask, Vector512<float> value)
        {
            Avx.MaskStore(destination, mask.GetLower(), value.GetLower());
            Avx.MaskStore(destination + 8, mask.GetUpper(), value.GetUpper());
        }
    }

    /// <summary>Masked accesses where the hardware has none: whole elements, in order.</summary>
    private static class Portable
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        internal static Vector512<T> Load<T>(T* source, nint count)
            where T : unmanaged
        {
            var lanes = Vector512<T>.Zero;
            new ReadOnlySpan<T>(source, (int)count).CopyTo(new Span<T>(&lanes, Vector512<T>.Count));
            return lanes;
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        internal static void Store<T>(T* destination, Vector512<T> value, nint count)
            where T : unmanaged =>
            new ReadOnlySpan<T>(&value, (int)count).CopyTo(new Span<T>(destination, (int)count));
    }
}
