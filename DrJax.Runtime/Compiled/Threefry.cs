using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011): a bijection of two
/// 32-bit words, the counter, chosen by two others, the key. One algorithm, whatever holds the words.
/// </summary>
internal static class Threefry<W, T> where W : IWords<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T First, T Second) Block(T key0, T key1, T counter0, T counter1)
    {
        var key2 = W.Xor(W.Xor(key0, key1), W.Of(0x1BD11BDA));
        var (x, y) = (W.Add(counter0, key0), W.Add(counter1, key1));
        Odd(ref x, ref y);
        Inject(ref x, ref y, key1, key2, 1);
        Even(ref x, ref y);
        Inject(ref x, ref y, key2, key0, 2);
        Odd(ref x, ref y);
        Inject(ref x, ref y, key0, key1, 3);
        Even(ref x, ref y);
        Inject(ref x, ref y, key1, key2, 4);
        Odd(ref x, ref y);
        Inject(ref x, ref y, key2, key0, 5);
        return (x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd(ref T x, ref T y)
    {
        Round(ref x, ref y, 13);
        Round(ref x, ref y, 15);
        Round(ref x, ref y, 26);
        Round(ref x, ref y, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Even(ref T x, ref T y)
    {
        Round(ref x, ref y, 17);
        Round(ref x, ref y, 29);
        Round(ref x, ref y, 16);
        Round(ref x, ref y, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref T x, ref T y, [ConstantExpected] byte bits)
    {
        x = W.Add(x, y);
        y = W.Xor(W.RotateLeft(y, bits), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inject(ref T x, ref T y, T toX, T toY, int count)
    {
        x = W.Add(x, toX);
        y = W.Add(y, W.Add(toY, W.Of(count)));
    }
}

/// <summary>Arithmetic modulo 2^32 on one word, or on a vector of words.</summary>
internal interface IWords<T>
{
    static abstract T Of(int value);

    static abstract T Add(T x, T y);

    static abstract T Xor(T x, T y);

    static abstract T RotateLeft(T x, [ConstantExpected] byte bits);
}

/// <summary>One word.</summary>
internal readonly struct OneWord : IWords<int>
{
    public static int Of(int value) => value;

    public static int Add(int x, int y) => x + y;

    public static int Xor(int x, int y) => x ^ y;

    public static int RotateLeft(int x, [ConstantExpected] byte bits) => (x << bits) | (x >>> (32 - bits));
}

/// <summary>Four words: the lanes of doubles in 256 bits.</summary>
internal readonly struct FourWords : IWords<Vector128<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Of(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> x, Vector128<int> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Xor(Vector128<int> x, Vector128<int> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> RotateLeft(Vector128<int> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));
}

/// <summary>Eight words: the lanes of doubles, or of floats in 256 bits.</summary>
internal readonly struct EightWords : IWords<Vector256<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Of(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> x, Vector256<int> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Xor(Vector256<int> x, Vector256<int> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> RotateLeft(Vector256<int> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));
}

/// <summary>Sixteen words: the lanes of floats.</summary>
internal readonly struct SixteenWords : IWords<Vector512<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Of(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> x, Vector512<int> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Xor(Vector512<int> x, Vector512<int> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> RotateLeft(Vector512<int> x, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));
}
