using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>
/// Random words and numbers. Called, not inlined: 20 rounds would crowd a kernel, and cost more than the call.
/// </content>
public static unsafe partial class VecMath
{
    /// <inheritdoc cref="ScalarMath.ThreefryFirst"/>
    [MethodImpl(Inline)]
    public static Vector512<int> ThreefryFirst(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Call(new Words<int>(key0, key1, counter0, counter1), &ThreefryFirst);

    /// <inheritdoc cref="ScalarMath.ThreefrySecond"/>
    [MethodImpl(Inline)]
    public static Vector512<int> ThreefrySecond(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Call(new Words<int>(key0, key1, counter0, counter1), &ThreefrySecond);

    /// <inheritdoc cref="ScalarMath.ThreefryBits"/>
    [MethodImpl(Inline)]
    public static Vector512<int> ThreefryBits(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Call(new Words<int>(key0, key1, counter0, counter1), &ThreefryBits);

    /// <inheritdoc cref="ScalarMath.ThreefryFirst"/>
    [MethodImpl(Inline)]
    public static Vector512<long> ThreefryFirst(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Call(new Words<long>(key0, key1, counter0, counter1), &ThreefryFirst);

    /// <inheritdoc cref="ScalarMath.ThreefrySecond"/>
    [MethodImpl(Inline)]
    public static Vector512<long> ThreefrySecond(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Call(new Words<long>(key0, key1, counter0, counter1), &ThreefrySecond);

    /// <inheritdoc cref="ScalarMath.ThreefryBits"/>
    [MethodImpl(Inline)]
    public static Vector512<long> ThreefryBits(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Call(new Words<long>(key0, key1, counter0, counter1), &ThreefryBits);

    /// <inheritdoc cref="ScalarMath.UniformSingle"/>
    [MethodImpl(Inline)]
    public static Vector512<float> UniformSingle(Vector512<int> key0, Vector512<int> key1, Vector512<int> counter0, Vector512<int> counter1) =>
        Call(new Words<int>(key0, key1, counter0, counter1), &UniformSingle).AsSingle();

    /// <inheritdoc cref="ScalarMath.UniformDouble"/>
    [MethodImpl(Inline)]
    public static Vector512<double> UniformDouble(Vector512<long> key0, Vector512<long> key1, Vector512<long> counter0, Vector512<long> counter1) =>
        Call(new Words<long>(key0, key1, counter0, counter1), &UniformDouble).AsDouble();

    // The callees leave their result in place of the first word.

    [MethodImpl(Callee)]
    private static void ThreefryFirst(Words<int>* words) => words->Key0.Set(Block(words).First);

    [MethodImpl(Callee)]
    private static void ThreefrySecond(Words<int>* words) => words->Key0.Set(Block(words).Second);

    [MethodImpl(Callee)]
    private static void ThreefryBits(Words<int>* words) => words->Key0.Set(Bits(words));

    [MethodImpl(Callee)]
    private static void ThreefryFirst(Words<long>* words) => words->Key0.Set(Simd.Widen(Block(words).First));

    [MethodImpl(Callee)]
    private static void ThreefrySecond(Words<long>* words) => words->Key0.Set(Simd.Widen(Block(words).Second));

    [MethodImpl(Callee)]
    private static void ThreefryBits(Words<long>* words)
    {
        var (first, second) = Block(words);
        words->Key0.Set(Simd.Widen(first ^ second));
    }

    [MethodImpl(Callee)]
    private static void UniformSingle(Words<int>* words) =>
        words->Key0.Set((Simd.ToSingle(Bits(words) >>> 9) * Vector512.Create(ScalarMath.Ulp23)).AsInt32());

    // Both words are converted as signed ones, where the first has its range moved by half: every step is exact.
    [MethodImpl(Callee)]
    private static void UniformDouble(Words<long>* words)
    {
        var (first, second) = Block(words);
        var high = Simd.ToDouble(Simd.Widen(first ^ Vector256.Create(int.MinValue))) * Vector512.Create(1.0 / (1L << 32)) + Vector512.Create(0.5);
        words->Key0.Set((high + Simd.ToDouble(Simd.Widen(second >>> 12)) * Vector512.Create(ScalarMath.Ulp52)).AsInt64());
    }

    [MethodImpl(Inline)]
    private static Vector512<int> Bits(Words<int>* words)
    {
        var (first, second) = Block(words);
        return first ^ second;
    }

    [MethodImpl(Inline)]
    private static (Vector512<int> First, Vector512<int> Second) Block(Words<int>* words) => Threefry<SixteenWords, Vector512<int>>.Block(
        words->Key0.Get(), words->Key1.Get(), words->Counter0.Get(), words->Counter1.Get());

    [MethodImpl(Inline)]
    private static (Vector256<int> First, Vector256<int> Second) Block(Words<long>* words) => Threefry<EightWords, Vector256<int>>.Block(
        Simd.Narrow(words->Key0.Get()), Simd.Narrow(words->Key1.Get()), Simd.Narrow(words->Counter0.Get()), Simd.Narrow(words->Counter1.Get()));

    [MethodImpl(Inline)]
    private static Vector512<T> Call<T>(Words<T> words, delegate*<Words<T>*, void> function)
    {
        function(&words);
        return words.Key0.Get();
    }

    private struct Words<T>(Vector512<T> key0, Vector512<T> key1, Vector512<T> counter0, Vector512<T> counter1)
    {
        public Parts512<T> Key0 = new(key0);
        public Parts512<T> Key1 = new(key1);
        public Parts512<T> Counter0 = new(counter0);
        public Parts512<T> Counter1 = new(counter1);
    }
}
