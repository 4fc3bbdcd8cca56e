using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <content>32-bit integers and one-byte booleans in memory as lanes and masks.</content>
public static unsafe partial class Simd
{
    [MethodImpl(Inline)]
    public static Vector512<long> LoadInt8(int* source) => Widen(Vector256.Load(source));

    [MethodImpl(Inline)]
    public static Vector512<int> LoadInt16(int* source) => Vector512.Load(source);

    [MethodImpl(Inline)]
    public static Vector512<int> LoadInt16Partial(int* source, nint count) => LoadPartial((float*)source, count).AsInt32();

    // The upper half of the 16 lanes is never touched: count is below 8.
    [MethodImpl(Inline)]
    public static Vector512<long> LoadInt8Partial(int* source, nint count) => Widen(LoadInt16Partial(source, count).GetLower());

    [MethodImpl(Inline)]
    public static void StoreInt8(int* destination, Vector512<long> value) => Vector256.Store(Narrow(value), destination);

    [MethodImpl(Inline)]
    public static void StoreInt16(int* destination, Vector512<int> value) => Vector512.Store(value, destination);

    [MethodImpl(Inline)]
    public static void StoreInt16Partial(int* destination, Vector512<int> value, nint count) =>
        StorePartial((float*)destination, value.AsSingle(), count);

    [MethodImpl(Inline)]
    public static void StoreInt8Partial(int* destination, Vector512<long> value, nint count) =>
        StoreInt16Partial(destination, Narrow(value).ToVector512(), count);

    [MethodImpl(Inline)]
    internal static Vector512<long> Widen(Vector256<int> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512Int64(value) : Vector512.Create(Vector256.WidenLower(value), Vector256.WidenUpper(value));

    [MethodImpl(Inline)]
    internal static Vector256<int> Narrow(Vector512<long> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Int32(value) : Vector256.Narrow(value.GetLower(), value.GetUpper());

    // What a lane holds is the low 32 bits: with the sign bit turned round they count from -2^31, and under the exponent of 2^52 they are a
    // number that one subtraction makes exact. A conversion of 64-bit lanes exists only on some hardware.
    [MethodImpl(Inline)]
    public static Vector512<double> ToDouble(Vector512<long> value) =>
        ((value & Vector512.Create(0xFFFFFFFFL)) ^ Vector512.Create(0x4330000080000000)).AsDouble() - Vector512.Create(4503601774854144.0);

    /// <summary>The 32-bit integers that lanes of 64 bits hold, as their own values: what went beyond 32 bits has wrapped.</summary>
    [MethodImpl(Inline)]
    public static Vector512<long> Wrap(Vector512<long> value) => (value << 32) >> 32;

    /// <summary>Each lane's nearest <see cref="float"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> ToSingle(Vector512<int> value) => Vector512.ConvertToSingle(value);

    /// <summary>Truncates towards zero, as a C# cast to <see cref="int"/> does where the value is in its range.</summary>
    [MethodImpl(Inline)]
    public static Vector512<long> ToInt8(Vector512<double> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512Int64(Avx512F.ConvertToVector256Int32WithTruncation(value)) : Vector512.ConvertToInt64(value);

    /// <summary>Truncates towards zero, as a C# cast to <see cref="int"/> does where the value is in its range.</summary>
    [MethodImpl(Inline)]
    public static Vector512<int> ToInt16(Vector512<float> value) => Vector512.ConvertToInt32(value);

    // Booleans: one byte in memory, 0 or 1

    [MethodImpl(Inline)]
    public static Vector512<double> LoadMask8(bool* source) => ByteMask8(Unsafe.ReadUnaligned<ulong>(source));

    [MethodImpl(Inline)]
    public static Vector512<float> LoadMask16(bool* source) => ByteMask16(Vector128.Load((byte*)source));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> LoadMask8Partial(bool* source, nint count)
    {
        ulong bytes = 0;
        Unsafe.CopyBlockUnaligned(&bytes, source, (uint)count);
        return ByteMask8(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> LoadMask16Partial(bool* source, nint count)
    {
        var bytes = Vector128<byte>.Zero;
        Unsafe.CopyBlockUnaligned(&bytes, source, (uint)count);
        return ByteMask16(bytes);
    }

    [MethodImpl(Inline)]
    public static void StoreMask8(bool* destination, Vector512<double> mask) => Unsafe.WriteUnaligned(destination, MaskBytes8(mask));

    [MethodImpl(Inline)]
    public static void StoreMask16(bool* destination, Vector512<float> mask) => Vector128.Store(MaskBytes16(mask), (byte*)destination);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreMask8Partial(bool* destination, Vector512<double> mask, nint count)
    {
        var bytes = MaskBytes8(mask);
        Unsafe.CopyBlockUnaligned(destination, &bytes, (uint)count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreMask16Partial(bool* destination, Vector512<float> mask, nint count)
    {
        var bytes = MaskBytes16(mask);
        Unsafe.CopyBlockUnaligned(destination, &bytes, (uint)count);
    }

    // Masks as the integers 0 and 1, and whether any lane holds

    [MethodImpl(Inline)]
    public static Vector512<long> MaskToInt8(Vector512<double> mask) => mask.AsInt64() & Vector512<long>.One;

    [MethodImpl(Inline)]
    public static Vector512<int> MaskToInt16(Vector512<float> mask) => mask.AsInt32() & Vector512<int>.One;

    [MethodImpl(Inline)]
    public static bool Any(Vector512<double> mask) => Vector512.ExtractMostSignificantBits(mask) != 0;

    [MethodImpl(Inline)]
    public static bool Any(Vector512<float> mask) => Vector512.ExtractMostSignificantBits(mask) != 0;

    [MethodImpl(Inline)]
    private static Vector512<double> ByteMask8(ulong bytes)
    {
        var wide = Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte());
        var lanes = Vector512.Create(
            Vector256.Create(Vector128.WidenLower(Vector128.WidenLower(wide)), Vector128.WidenUpper(Vector128.WidenLower(wide))),
            Vector256.Create(Vector128.WidenLower(Vector128.WidenUpper(wide)), Vector128.WidenUpper(Vector128.WidenUpper(wide))));
        return Vector512.GreaterThan(lanes.AsInt64(), Vector512<long>.Zero).AsDouble();
    }

    [MethodImpl(Inline)]
    private static Vector512<float> ByteMask16(Vector128<byte> bytes)
    {
        var (low, high) = (Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
        var lanes = Vector512.Create(
            Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
            Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high)));
        return Vector512.GreaterThan(lanes.AsInt32(), Vector512<int>.Zero).AsSingle();
    }

    [MethodImpl(Inline)]
    private static ulong MaskBytes8(Vector512<double> mask)
    {
        var ints = Narrow(MaskToInt8(mask));
        var shorts = Vector128.Narrow(ints.GetLower(), ints.GetUpper());
        return Vector128.Narrow(shorts, Vector128<short>.Zero).AsUInt64().ToScalar();
    }

    [MethodImpl(Inline)]
    private static Vector128<byte> MaskBytes16(Vector512<float> mask)
    {
        var ints = MaskToInt16(mask);
        var shorts = Vector256.Narrow(ints.GetLower(), ints.GetUpper());
        return Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte();
    }
}
