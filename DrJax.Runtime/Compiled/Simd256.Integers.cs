using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>32-bit integers and one-byte booleans in memory as lanes and masks.</content>
public static unsafe partial class Simd256
{
    [MethodImpl(Inline)]
    public static Vector256<long> LoadInt4(int* source) => Widen(Vector128.Load(source));

    [MethodImpl(Inline)]
    public static Vector256<int> LoadInt8(int* source) => Vector256.Load(source);

    [MethodImpl(Inline)]
    public static Vector256<int> LoadInt8Partial(int* source, nint count) => LoadPartial((float*)source, count).AsInt32();

    // The upper half of the 8 lanes is never touched: count is at most 4.
    [MethodImpl(Inline)]
    public static Vector256<long> LoadInt4Partial(int* source, nint count) => Widen(LoadInt8Partial(source, count).GetLower());

    [MethodImpl(Inline)]
    public static void StoreInt4(int* destination, Vector256<long> value) => Vector128.Store(Narrow(value), destination);

    [MethodImpl(Inline)]
    public static void StoreInt8(int* destination, Vector256<int> value) => Vector256.Store(value, destination);

    [MethodImpl(Inline)]
    public static void StoreInt8Partial(int* destination, Vector256<int> value, nint count) => StorePartial((float*)destination, value.AsSingle(), count);

    [MethodImpl(Inline)]
    public static void StoreInt4Partial(int* destination, Vector256<long> value, nint count) => StoreInt8Partial(destination, Narrow(value).ToVector256(), count);

    [MethodImpl(Inline)]
    internal static Vector256<long> Widen(Vector128<int> value) =>
        Avx2.IsSupported ? Avx2.ConvertToVector256Int64(value) : Vector256.Create(Vector128.WidenLower(value), Vector128.WidenUpper(value));

    [MethodImpl(Inline)]
    internal static Vector128<int> Narrow(Vector256<long> value) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(value.AsInt32(), Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower()
        : Vector128.Narrow(value.GetLower(), value.GetUpper());

    // As Simd has it.
    [MethodImpl(Inline)]
    public static Vector256<double> ToDouble(Vector256<long> value) =>
        ((value & Vector256.Create(0xFFFFFFFFL)) ^ Vector256.Create(0x4330000080000000)).AsDouble() - Vector256.Create(4503601774854144.0);

    /// <summary>The 32-bit integers that lanes of 64 bits hold, as their own values: what went beyond 32 bits has wrapped.</summary>
    [MethodImpl(Inline)]
    public static Vector256<long> Wrap(Vector256<long> value) => Avx2.IsSupported ? Widen(Narrow(value)) : (value << 32) >> 32;

    /// <summary>Each lane's nearest <see cref="float"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> ToSingle(Vector256<int> value) => Vector256.ConvertToSingle(value);

    /// <summary>Truncates towards zero, as a C# cast to <see cref="int"/> does where the value is in its range.</summary>
    [MethodImpl(Inline)]
    public static Vector256<long> ToInt4(Vector256<double> value) =>
        Avx.IsSupported ? Widen(Avx.ConvertToVector128Int32WithTruncation(value)) : Vector256.ConvertToInt64(value);

    /// <summary>Truncates towards zero, as a C# cast to <see cref="int"/> does where the value is in its range.</summary>
    [MethodImpl(Inline)]
    public static Vector256<int> ToInt8(Vector256<float> value) => Vector256.ConvertToInt32(value);

    // Booleans: one byte in memory, 0 or 1

    [MethodImpl(Inline)]
    public static Vector256<double> LoadMask4(bool* source) => ByteMask4(Unsafe.ReadUnaligned<uint>(source));

    [MethodImpl(Inline)]
    public static Vector256<float> LoadMask8(bool* source) => ByteMask8(Unsafe.ReadUnaligned<ulong>(source));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> LoadMask4Partial(bool* source, nint count)
    {
        uint bytes = 0;
        Unsafe.CopyBlockUnaligned(&bytes, source, (uint)count);
        return ByteMask4(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> LoadMask8Partial(bool* source, nint count)
    {
        ulong bytes = 0;
        Unsafe.CopyBlockUnaligned(&bytes, source, (uint)count);
        return ByteMask8(bytes);
    }

    [MethodImpl(Inline)]
    public static void StoreMask4(bool* destination, Vector256<double> mask) => Unsafe.WriteUnaligned(destination, MaskBytes4(mask));

    [MethodImpl(Inline)]
    public static void StoreMask8(bool* destination, Vector256<float> mask) => Unsafe.WriteUnaligned(destination, MaskBytes8(mask));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreMask4Partial(bool* destination, Vector256<double> mask, nint count)
    {
        var bytes = MaskBytes4(mask);
        Unsafe.CopyBlockUnaligned(destination, &bytes, (uint)count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreMask8Partial(bool* destination, Vector256<float> mask, nint count)
    {
        var bytes = MaskBytes8(mask);
        Unsafe.CopyBlockUnaligned(destination, &bytes, (uint)count);
    }

    [MethodImpl(Inline)]
    public static Vector256<long> MaskToInt4(Vector256<double> mask) => mask.AsInt64() & Vector256<long>.One;

    [MethodImpl(Inline)]
    public static Vector256<int> MaskToInt8(Vector256<float> mask) => mask.AsInt32() & Vector256<int>.One;

    [MethodImpl(Inline)]
    private static Vector256<double> ByteMask4(uint bytes)
    {
        var ints = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte())).AsInt32();
        return Vector256.GreaterThan(Widen(ints), Vector256<long>.Zero).AsDouble();
    }

    [MethodImpl(Inline)]
    private static Vector256<float> ByteMask8(ulong bytes)
    {
        var wide = Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte());
        var lanes = Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide));
        return Vector256.GreaterThan(lanes.AsInt32(), Vector256<int>.Zero).AsSingle();
    }

    [MethodImpl(Inline)]
    private static uint MaskBytes4(Vector256<double> mask)
    {
        var shorts = Vector128.Narrow(Narrow(MaskToInt4(mask)), Vector128<int>.Zero);
        return Vector128.Narrow(shorts, Vector128<short>.Zero).AsUInt32().ToScalar();
    }

    [MethodImpl(Inline)]
    private static ulong MaskBytes8(Vector256<float> mask)
    {
        var ints = MaskToInt8(mask);
        var shorts = Vector128.Narrow(ints.GetLower(), ints.GetUpper());
        return Vector128.Narrow(shorts, Vector128<short>.Zero).AsUInt64().ToScalar();
    }
}
