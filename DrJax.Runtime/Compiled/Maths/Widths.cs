using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static DrJax.Compiled.Sixteenths;

namespace DrJax.Compiled;

// The short functions are inlined into kernels; the long ones are called.
// What the widths have different instructions for:
// - PowerOf, PowerTail, PowerBits: what Sixteenths has for the low four bits of i;
// - Scale: y 2^n, where n is the exponent, a multiple of 1/16, rounded down, y is in [1/2, 2) and the result no subnormal number: +inf where it is too large.

internal static unsafe partial class Maths512
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = MethodImplOptions.AggressiveInlining; // into what VecMath calls

    [MethodImpl(Inline)]
    private static Vector512<double> PowerOf(Vector512<long> i) =>
        Avx512F.PermuteVar8x64x2(Vector512.Create(P0, P1, P2, P3, P4, P5, P6, P7), i, Vector512.Create(P8, P9, P10, P11, P12, P13, P14, P15));

    [MethodImpl(Inline)]
    private static Vector512<double> PowerTail(Vector512<long> i) =>
        Avx512F.PermuteVar8x64x2(Vector512.Create(T0, T1, T2, T3, T4, T5, T6, T7), i, Vector512.Create(T8, T9, T10, T11, T12, T13, T14, T15));

    [MethodImpl(Inline)]
    private static Vector512<long> PowerBits(Vector512<long> i) =>
        Avx512F.PermuteVar8x64x2(Vector512.Create(B0, B1, B2, B3, B4, B5, B6, B7), i, Vector512.Create(B8, B9, B10, B11, B12, B13, B14, B15));

    [MethodImpl(Inline)]
    private static Vector512<double> Scale(Vector512<double> y, Vector512<double> exponent) => Avx512F.Scale(y, exponent);
}

internal static unsafe partial class Maths256
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = MethodImplOptions.AggressiveInlining; // into what VecMath256 calls

    [MethodImpl(Inline)]
    private static Vector256<double> PowerOf(Vector256<long> i) => Lookup((long*)Powers, i).AsDouble();

    [MethodImpl(Inline)]
    private static Vector256<double> PowerTail(Vector256<long> i) => Lookup((long*)Tails, i).AsDouble();

    [MethodImpl(Inline)]
    private static Vector256<long> PowerBits(Vector256<long> i) => Lookup(Bits, i);

    [MethodImpl(Inline)]
    private static Vector256<long> Lookup(long* table, Vector256<long> i)
    {
        var index = i & Vector256.Create(15L);
        return Avx2.IsSupported
            ? Avx2.GatherVector256(table, index, sizeof(long))
            : Vector256.Create(table[index[0]], table[index[1]], table[index[2]], table[index[3]]);
    }

    [MethodImpl(Inline)]
    private static Vector256<double> Scale(Vector256<double> y, Vector256<double> exponent)
    {
        var n = ((exponent + Vector256.Create(RoundToSixteenth)).AsInt64() & Vector256.Create(~15L)) << 48;
        var isTooLarge = Vector256.GreaterThan(exponent, Vector256.Create(1024.0))
            | (Vector256.Equals(exponent, Vector256.Create(1024.0)) & Vector256.GreaterThanOrEqual(y, Vector256<double>.One));
        return Vector256.ConditionalSelect(isTooLarge, Vector256.Create(double.PositiveInfinity), (y.AsInt64() + n).AsDouble());
    }
}

/// <content>One lane of it is the scalar function: inlined into <see cref="ScalarMath"/>.</content>
internal static unsafe partial class Maths128
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = Entry;

    [MethodImpl(Inline)]
    private static Vector128<double> PowerOf(Vector128<long> i) => Vector128.Create(Powers[i[0] & 15], Powers[i[1] & 15]);

    [MethodImpl(Inline)]
    private static Vector128<double> PowerTail(Vector128<long> i) => Vector128.Create(Tails[i[0] & 15], Tails[i[1] & 15]);

    [MethodImpl(Inline)]
    private static Vector128<long> PowerBits(Vector128<long> i) => Vector128.Create(Bits[i[0] & 15], Bits[i[1] & 15]);

    [MethodImpl(Inline)]
    private static Vector128<double> Scale(Vector128<double> y, Vector128<double> exponent)
    {
        var n = ((exponent + Vector128.Create(RoundToSixteenth)).AsInt64() & Vector128.Create(~15L)) << 48;
        var isTooLarge = Vector128.GreaterThan(exponent, Vector128.Create(1024.0))
            | (Vector128.Equals(exponent, Vector128.Create(1024.0)) & Vector128.GreaterThanOrEqual(y, Vector128<double>.One));
        return Vector128.ConditionalSelect(isTooLarge, Vector128.Create(double.PositiveInfinity), (y.AsInt64() + n).AsDouble());
    }
}
