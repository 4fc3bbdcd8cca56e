using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

/// <summary>Functions over lanes of 256 bits: every one is there, and has the bits of the function over 512.</summary>
public class NarrowLanesTests
{
    private const int Rounds = 200;

    private static readonly double[] Special = [0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-310, -1e-310, 1e300, 1e17, 700, -800];

    public static TheoryData<string> Functions => [.. Wide.Select(m => m.ToString()!)];

    private static IEnumerable<MethodInfo> Wide => typeof(VecMath).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m.GetParameters().All(p => IsVector(p.ParameterType, typeof(Vector512<>))));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Have_the_bits_of_the_wider_ones(string function)
    {
        var wide = Wide.Single(m => m.ToString() == function);
        var narrow = typeof(VecMath256).GetMethod(wide.Name, [.. wide.GetParameters().Select(p => typeof(Vector256<>).MakeGenericType(p.ParameterType.GenericTypeArguments))])!;
        Assert.NotNull(narrow);
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            byte[][] arguments = [.. wide.GetParameters().Select(p => Draw(p.ParameterType.GenericTypeArguments[0], random))];
            object?[] Of(Func<ParameterInfo, int, object> argument) => [.. wide.GetParameters().Select(argument)];
            var expected = Bytes(wide.Invoke(null, Of((p, k) => Vector(p.ParameterType, arguments[k])))!);
            byte[][] halves = [.. new[] { 0, 32 }.Select(from => Bytes(narrow.Invoke(null,
                Of((p, k) => Vector(typeof(Vector256<>).MakeGenericType(p.ParameterType.GenericTypeArguments), arguments[k][from..(from + 32)])))!))];
            // Of a pair, each half has both of its own.
            var parts = expected.Length / 64;
            Assert.Equal(expected, Enumerable.Range(0, parts).SelectMany(part => halves.SelectMany(half => half[(32 * part)..(32 * (part + 1))])));
        }
    }

    private static bool IsVector(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static byte[] Draw(Type element, Random random)
    {
        double Number() => random.Next(4) == 0 ? Special[random.Next(Special.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4));
        return element == typeof(double) ? Of(8, Number)
            : element == typeof(float) ? Of(16, () => (float)Number())
            : element == typeof(long) ? Of(8, () => (long)random.Next(int.MinValue, int.MaxValue))
            : Of(16, () => random.Next(int.MinValue, int.MaxValue));

        static byte[] Of<T>(int lanes, Func<T> next) where T : unmanaged => MemoryMarshal.AsBytes<T>([.. Enumerable.Range(0, lanes).Select(_ => next())]).ToArray();
    }

    private static object Vector(Type type, byte[] bytes) => typeof(NarrowLanesTests).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [bytes])!;

    private static T Read<T>(byte[] bytes) where T : struct => MemoryMarshal.Read<T>(bytes);

    // The sign of a NaN is as hardware, or its emulation, makes it.
    private static byte[] Bytes(object value) => value switch
    {
        ITuple pair => [.. Enumerable.Range(0, pair.Length).SelectMany(k => Bytes(pair[k]!))],
        Vector512<double> v => Raw(Vector512.ConditionalSelect(Vector512.Equals(v, v), v, Vector512.Create(double.NaN))),
        Vector512<float> v => Raw(Vector512.ConditionalSelect(Vector512.Equals(v, v), v, Vector512.Create(float.NaN))),
        Vector512<long> v => Raw(v),
        Vector512<int> v => Raw(v),
        Vector256<double> v => Raw(Vector256.ConditionalSelect(Vector256.Equals(v, v), v, Vector256.Create(double.NaN))),
        Vector256<float> v => Raw(Vector256.ConditionalSelect(Vector256.Equals(v, v), v, Vector256.Create(float.NaN))),
        Vector256<long> v => Raw(v),
        Vector256<int> v => Raw(v),
        _ => throw new ArgumentException($"no vector: {value.GetType()}"),
    };

    private static byte[] Raw<T>(T value) where T : struct => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
