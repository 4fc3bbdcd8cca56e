using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// What <see cref="Simd"/> is for 512 bits, for 256: 4 lanes of <see cref="double"/> (integers as <see cref="long"/>) or 8 of <see cref="float"/>
/// (integers as <see cref="int"/>). Two of these vectors are one of those, so that results have the same bits.
/// </summary>
/// <remarks>A partial access touches exactly the first <c>count</c> elements (0 &lt;= count &lt;= lanes); the remaining lanes are zero.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Simd256
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Lanes of the <see cref="double"/> dialect.</summary>
    private const int Lanes4 = 4;

    /// <summary>Lanes of the <see cref="float"/> dialect.</summary>
    private const int Lanes8 = 8;

    [MethodImpl(Inline)]
    public static Vector256<double> LoadPartial(double* source, nint count) =>
        Avx.IsSupported ? Avx.MaskLoad(source, FirstLanes4(count)) : Portable.Load(source, count);

    [MethodImpl(Inline)]
    public static Vector256<float> LoadPartial(float* source, nint count) =>
        Avx.IsSupported ? Avx.MaskLoad(source, FirstLanes8(count)) : Portable.Load(source, count);

    [MethodImpl(Inline)]
    public static void StorePartial(double* destination, Vector256<double> value, nint count)
    {
        if (Avx.IsSupported) Avx.MaskStore(destination, FirstLanes4(count), value);
        else Portable.Store(destination, value, count);
    }

    [MethodImpl(Inline)]
    public static void StorePartial(float* destination, Vector256<float> value, nint count)
    {
        if (Avx.IsSupported) Avx.MaskStore(destination, FirstLanes8(count), value);
        else Portable.Store(destination, value, count);
    }

    /// <summary>True in the first <paramref name="count"/> of 4 lanes.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> FirstLanes4(nint count) => Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();

    /// <summary>True in the first <paramref name="count"/> of 8 lanes.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> FirstLanes8(nint count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle();

    /// <summary>Lane j is <c>source[j * stride]</c>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> LoadStrided(double* source, nint stride) => Vector256.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride]);

    /// <summary>Lane j is <c>source[j * stride]</c>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> LoadStrided(float* source, nint stride) => Vector256.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride],
        source[4 * stride], source[5 * stride], source[6 * stride], source[7 * stride]);

    /// <summary>Accesses where the hardware has no masked ones: whole elements, in order.</summary>
    private static class Portable
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        internal static Vector256<T> Load<T>(T* source, nint count)
            where T : unmanaged
        {
            var lanes = Vector256<T>.Zero;
            new ReadOnlySpan<T>(source, (int)count).CopyTo(new Span<T>(&lanes, Vector256<T>.Count));
            return lanes;
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        internal static void Store<T>(T* destination, Vector256<T> value, nint count)
            where T : unmanaged =>
            new ReadOnlySpan<T>(&value, (int)count).CopyTo(new Span<T>(destination, (int)count));
    }
}
