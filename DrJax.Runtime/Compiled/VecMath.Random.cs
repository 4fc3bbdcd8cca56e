using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>
/// Random words and numbers. Called, not inlined: 20 rounds would crowd a kernel, and cost more than the call.
/// </content>
public static unsafe partial class VecMath
{
    /// <inheritdoc cref="ScalarMath.ThreefryFirst"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<int> ThreefryFirst(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Threefry<SixteenWords, Vector512<int>>.Block(key0, key1, counter0, counter1).First;

    /// <inheritdoc cref="ScalarMath.ThreefrySecond"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<int> ThreefrySecond(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Threefry<SixteenWords, Vector512<int>>.Block(key0, key1, counter0, counter1).Second;

    /// <inheritdoc cref="ScalarMath.ThreefryBits"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<int> ThreefryBits(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1)
    {
        var (first, second) = Threefry<SixteenWords, Vector512<int>>.Block(key0, key1, counter0, counter1);
        return first ^ second;
    }

    /// <inheritdoc cref="ScalarMath.ThreefryFirst"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<long> ThreefryFirst(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Simd.Widen(Block(key0, key1, counter0, counter1).First);

    /// <inheritdoc cref="ScalarMath.ThreefrySecond"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<long> ThreefrySecond(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Simd.Widen(Block(key0, key1, counter0, counter1).Second);

    /// <inheritdoc cref="ScalarMath.ThreefryBits"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<long> ThreefryBits(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1)
    {
        var (first, second) = Block(key0, key1, counter0, counter1);
        return Simd.Widen(first ^ second);
    }

    /// <inheritdoc cref="ScalarMath.UniformSingle"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<float> UniformSingle(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1)
    {
        var (first, second) = Threefry<SixteenWords, Vector512<int>>.Block(key0, key1, counter0, counter1);
        return Simd.ToSingle((first ^ second) >>> 9) * Vector512.Create(ScalarMath.Ulp23);
    }

    /// <inheritdoc cref="ScalarMath.UniformDouble"/>
    /// <remarks>Both words are converted as signed ones, where the first has its range moved by half: every step is exact.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<double> UniformDouble(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1)
    {
        var (first, second) = Block(key0, key1, counter0, counter1);
        var high = Simd.ToDouble(Simd.Widen(first ^ Vector256.Create(int.MinValue))) * Vector512.Create(1.0 / (1L << 32)) + Vector512.Create(0.5);
        return high + Simd.ToDouble(Simd.Widen(second >>> 12)) * Vector512.Create(ScalarMath.Ulp52);
    }

    [MethodImpl(Inline)]
    private static (Vector256<int> First, Vector256<int> Second) Block(
        Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Threefry<EightWords, Vector256<int>>.Block(Simd.Narrow(key0), Simd.Narrow(key1), Simd.Narrow(counter0), Simd.Narrow(counter1));
}
