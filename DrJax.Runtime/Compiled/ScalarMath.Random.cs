using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <content>Random words and numbers: functions of a key and a counter, two words each.</content>
public static partial class ScalarMath
{
    internal const float Ulp23 = 1f / (1 << 23);

    internal const double Ulp52 = 1.0 / (1L << 52);

    /// <summary>The first word of the block.</summary>
    [MethodImpl(Optimized)]
    public static int ThreefryFirst(int key0, int key1, int counter0, int counter1) =>
        Threefry<OneWord, int>.Block(key0, key1, counter0, counter1).First;

    /// <summary>The second word of the block.</summary>
    [MethodImpl(Optimized)]
    public static int ThreefrySecond(int key0, int key1, int counter0, int counter1) =>
        Threefry<OneWord, int>.Block(key0, key1, counter0, counter1).Second;

    /// <summary>The exclusive or of the block's words.</summary>
    [MethodImpl(Optimized)]
    public static int ThreefryBits(int key0, int key1, int counter0, int counter1)
    {
        var (first, second) = Threefry<OneWord, int>.Block(key0, key1, counter0, counter1);
        return first ^ second;
    }

    /// <summary>The top 23 bits of <see cref="ThreefryBits"/> as a fraction: uniform over the multiples of 2^-23 in [0, 1).</summary>
    [MethodImpl(Optimized)]
    public static float UniformSingle(int key0, int key1, int counter0, int counter1) =>
        (ThreefryBits(key0, key1, counter0, counter1) >>> 9) * Ulp23;

    /// <summary>The top 52 bits of the block as a fraction: uniform over the multiples of 2^-52 in [0, 1).</summary>
    [MethodImpl(Optimized)]
    public static double UniformDouble(int key0, int key1, int counter0, int counter1)
    {
        var (first, second) = Threefry<OneWord, int>.Block(key0, key1, counter0, counter1);
        return ((ulong)(uint)first << 20 | (uint)second >>> 12) * Ulp52;
    }
}
