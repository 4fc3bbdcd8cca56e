namespace DrJax.Compiled.Devices;

/// <content>The remainder of a division towards zero, exact as C#'s <c>%</c>.</content>
public static partial class DeviceMath
{
    /// <summary>x - y trunc(x / y), of x's sign; NaN where y is 0 or x is infinite.</summary>
    /// <remarks>A quotient below 2^52 leaves an exact rest; greater ones go down by 2^52 a step, so by 40 steps at most.</remarks>
    public static double Remainder(double x, double y)
    {
        var (rest, by) = (Abs(x), Abs(y));
        var isNumber = (rest < double.PositiveInfinity) & (by > 0);
        var isWhole = (by < double.PositiveInfinity) & isNumber;
        while (isWhole & GreaterOrEqual(rest, by))
        {
            // by times the power of two that leaves a quotient of at most 2^52: the power in two factors, as neither may overflow.
            var steps = Math.Max(Exponent(rest) - Exponent(by) - 51, 0);
            var scaled = by * Power(steps >> 1) * Power(steps - (steps >> 1));
            var quotient = Math.Floor(rest / scaled);
            var left = Math.FusedMultiplyAdd(-quotient, scaled, rest);

            // The quotient may have been rounded up.
            rest = left < 0 ? left + scaled : left;
        }

        return isNumber ? CopySign(rest, x) : double.NaN;
    }

    /// <inheritdoc cref="Remainder(double, double)"/>
    public static float Remainder(float x, float y) => (float)Remainder((double)x, (double)y);

    private static double Power(int exponent) => ((long)(exponent + 1023) << 52).AsDouble();

    // Of subnormal numbers too.
    private static int Exponent(double x)
    {
        var isSmall = x < 2.2250738585072014e-308;
        return (int)((isSmall ? x * 18014398509481984.0 : x).AsInt64() >> 52) - (isSmall ? 54 : 0) - 1023;
    }
}
