using System.Runtime.CompilerServices;
using static DrJax.Compiled.Devices.Lane;
using static DrJax.Compiled.Sixteenths;

namespace DrJax.Compiled.Devices;

/// <summary>The functions of <c>Compiled/Maths</c>, of numbers.</summary>
/// <content>
/// What they are where the vectors' formulas do not hold: angles beyond the range of the short reduction are multiplied by as many digits of 2/pi as
/// count (M. H. Payne and R. N. Hanek, Radian reduction for trigonometric functions, 1983), log gamma below -1/2 is reflected.
/// </content>
internal static partial class LaneMaths
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = MethodImplOptions.AggressiveInlining;

    // A product that is rounded: compilers for devices may fuse a product and a sum, and then what the rounding dropped would be counted twice.
    [MethodImpl(Inline)]
    private static double Product(double x, double y) => Math.FusedMultiplyAdd(x, y, -0.0);

    [MethodImpl(Inline)]
    private static float Product(float x, float y) => MathF.FusedMultiplyAdd(x, y, -0f);

    // What Sixteenths has for the low four bits of i: chosen, for there are no tables.

    [MethodImpl(Inline)]
    private static double PowerOf(long i) => Choose(i & 8,
        Choose(i & 4, Choose(i & 2, Choose(i & 1, P0, P1), Choose(i & 1, P2, P3)), Choose(i & 2, Choose(i & 1, P4, P5), Choose(i & 1, P6, P7))),
        Choose(i & 4, Choose(i & 2, Choose(i & 1, P8, P9), Choose(i & 1, P10, P11)), Choose(i & 2, Choose(i & 1, P12, P13), Choose(i & 1, P14, P15))));

    [MethodImpl(Inline)]
    private static double PowerTail(long i) => Choose(i & 8,
        Choose(i & 4, Choose(i & 2, Choose(i & 1, T0, T1), Choose(i & 1, T2, T3)), Choose(i & 2, Choose(i & 1, T4, T5), Choose(i & 1, T6, T7))),
        Choose(i & 4, Choose(i & 2, Choose(i & 1, T8, T9), Choose(i & 1, T10, T11)), Choose(i & 2, Choose(i & 1, T12, T13), Choose(i & 1, T14, T15))));

    [MethodImpl(Inline)]
    private static long PowerBits(long i) => PowerOf(i).AsInt64() - ((i & 15) << 48);

    [MethodImpl(Inline)]
    private static double Choose(long bit, double clear, double set) => bit == 0 ? clear : set;

    // y 2^n, where n is the exponent, a multiple of 1/16, rounded down, y is in [1/2, 2) and the result no subnormal number: +inf where it is too large.
    [MethodImpl(Inline)]
    private static double Scale(double y, double exponent)
    {
        var n = ((exponent + RoundToSixteenth).AsInt64() & ~15L) << 48;
        return GreaterThan(exponent, 1024.0) | ((exponent == 1024.0) & GreaterThanOrEqual(y, 1.0)) ? double.PositiveInfinity : (y.AsInt64() + n).AsDouble();
    }

    [MethodImpl(Inline)]
    private static double SinBeyond(double x, double y) => GreaterThan(Abs(x), CircularLimit) ? Turned(FarAngle(x, out var quadrant), quadrant) : y;

    [MethodImpl(Inline)]
    private static double CosBeyond(double x, double y) => GreaterThan(Abs(x), CircularLimit) ? Turned(FarAngle(x, out var quadrant), quadrant + 1) : y;

    [MethodImpl(Inline)]
    private static double TanBeyond(double x, double y)
    {
        if (GreaterThan(Abs(x), CircularLimit))
        {
            Circular(FarAngle(x, out var quadrant), out var rounded, out var sine, out var cosine);
            var isOdd = ((quadrant + rounded) & 1) != 0;
            y = (isOdd ? cosine : sine) / (isOdd ? sine : cosine);
            y = isOdd ? -y : y;
        }

        return y;
    }

    [MethodImpl(Inline)]
    private static float SinBeyond(float x, float y) => GreaterThan(Abs(x), CircularLimitSingle) ? (float)Sin((double)x) : y;

    [MethodImpl(Inline)]
    private static float CosBeyond(float x, float y) => GreaterThan(Abs(x), CircularLimitSingle) ? (float)Cos((double)x) : y;

    [MethodImpl(Inline)]
    private static float TanBeyond(float x, float y) => GreaterThan(Abs(x), CircularLimitSingle) ? (float)Tan((double)x) : y;

    // x less the nearest multiple of pi/2, and which multiple that is; NaN for what is not finite.
    private static double FarAngle(double x, out long quadrant)
    {
        var bits = x.AsInt64();
        var exponent = (int)((bits >> 52) & 0x7ff) - 1075;
        var digits = (ulong)((bits & 0x000fffffffffffff) | 0x0010000000000000);

        // |x| = digits 2^exponent. Of 2/pi, shifted by the exponent, what comes before the last two digits of its whole part gives whole turns.
        var from = Math.Max(exponent - 2, 0);
        var (word, shift) = (from >> 6, from & 63);
        var (a, b, c, d) = (TwoOverPi(word), TwoOverPi(word + 1), TwoOverPi(word + 2), TwoOverPi(word + 3));
        if (shift != 0)
        {
            a = (a << shift) | (b >> (64 - shift));
            b = (b << shift) | (c >> (64 - shift));
            c = (c << shift) | (d >> (64 - shift));
        }
        if (exponent < 2)
        {
            // The first digit of 2/pi lies further down.
            var down = 2 - exponent;
            c = (c >> down) | (b << (64 - down));
            b = (b >> down) | (a << (64 - down));
            a >>= down;
        }

        // 192 digits of the product, its point after the first two.
        var low = digits * c;
        var carry = HighProduct(digits, c);
        var middle = digits * b + carry;
        var high = digits * a + HighProduct(digits, b) + (middle < carry ? 1UL : 0UL);

        // The nearest quarter, and the rest in quarters: from -1/2 to 1/2.
        quadrant = (long)(high >> 62);
        var first = (long)(high << 2) | (long)(middle >> 62);
        var second = (middle << 2) | (low >> 62);
        var isUpper = first < 0;
        quadrant += isUpper ? 1 : 0;
        if (isUpper)
        {
            second = ~second;
            first = ~first;
        }
        var p = (double)(first >> 22) * (1.0 / (1L << 42));
        var q = (double)(((first & 0x3fffff) << 20) | (long)(second >> 44)) * (1.0 / (1L << 42) / (1L << 42));
        var r = (double)(long)((second >> 2) & 0x3ffffffffff) * (1.0 / (1L << 42) / (1L << 42) / (1L << 42));
        var sum = p + q;
        var rest = q - (sum - p) + r;
        var angle = Product(sum, HalfPi);
        angle += Math.FusedMultiplyAdd(sum, HalfPi, -angle) + Math.FusedMultiplyAdd(sum, HalfPiLow, rest * HalfPi);
        var isNegative = bits < 0;
        angle = isUpper != isNegative ? -angle : angle;
        quadrant = isNegative ? -quadrant : quadrant;
        return exponent == 972 ? double.NaN : angle;
    }

    // The upper 64 digits of a product.
    private static ulong HighProduct(ulong x, ulong y)
    {
        var (x0, x1, y0, y1) = (x & 0xffffffff, x >> 32, y & 0xffffffff, y >> 32);
        var cross = x1 * y0 + ((x0 * y0) >> 32);
        return x1 * y1 + (cross >> 32) + ((x0 * y1 + (cross & 0xffffffff)) >> 32);
    }

    // The digits of 2/pi, 64 a word.
    private static ulong TwoOverPi(int word) =>
        word switch
        {
            0 => 0xa2f9836e4e441529,
            1 => 0xfc2757d1f534ddc0,
            2 => 0xdb6295993c439041,
            3 => 0xfe5163abdebbc561,
            4 => 0xb7246e3a424dd2e0,
            5 => 0x06492eea09d1921c,
            6 => 0xfe1deb1cb129a73e,
            7 => 0xe88235f52ebb4484,
            8 => 0xe99c7026b45f7e41,
            9 => 0x3991d639835339f4,
            10 => 0x9c845f8bbdf9283b,
            11 => 0x1ff897ffde05980f,
            12 => 0xef2f118b5a0a6d1f,
            13 => 0x6d367ecf27cb09b7,
            14 => 0x4f463f669e5fea2d,
            15 => 0x7527bac7ebe5f17b,
            16 => 0x3d0739f78a5292ea,
            17 => 0x6bfb5fb11f8d5d08,
            18 => 0x56033046fc7b6bab,
            _ => 0,
        };

    // Below -1/2: log(pi / |sin(pi x)|) - log gamma(1 - x).

    [MethodImpl(Inline)]
    private static double LogGammaArgument(double x) => LessThan(x, LogGammaReflected) ? 1 - x : x;

    [MethodImpl(Inline)]
    private static double LogGammaBeyond(double x, double y)
    {
        if (LessThan(x, LogGammaReflected))
        {
            var rest = x - DeviceMath.Round(x);
            y = Lane.Equals(DeviceMath.Floor(x), x) ? double.PositiveInfinity : Log(2 * HalfPi / Abs(Sin(2 * HalfPi * rest))) - y;
        }

        return y;
    }
}
