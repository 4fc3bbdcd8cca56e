using DrJax.Generator.Ops;

namespace DrJax.Tests.Ir;

/// <summary>What the scalar operations mean, in System.Math's terms.</summary>
internal static class ScalarMath
{
    public static double Evaluate(ScalarOp op, ReadOnlySpan<double> x, bool isInt) => op switch
    {
        ScalarOp.Add => x[0] + x[1],
        ScalarOp.Subtract => x[0] - x[1],
        ScalarOp.Multiply => x[0] * x[1],
        ScalarOp.Divide when isInt => (int)x[0] / (int)x[1],
        ScalarOp.Divide => x[0] / x[1],
        ScalarOp.Remainder when isInt => (int)x[0] % (int)x[1],
        ScalarOp.Remainder => x[0] % x[1],
        ScalarOp.Negate => -x[0],
        ScalarOp.Abs => Math.Abs(x[0]),
        ScalarOp.Sign => x[0] > 0 ? 1 : x[0] < 0 ? -1 : x[0],
        ScalarOp.Max => Math.Max(x[0], x[1]),
        ScalarOp.Min => Math.Min(x[0], x[1]),
        ScalarOp.Square => x[0] * x[0],
        ScalarOp.Sqrt => Math.Sqrt(x[0]),
        ScalarOp.Pow => Math.Pow(x[0], x[1]),
        ScalarOp.Exp => Math.Exp(x[0]),
        ScalarOp.Expm1 => Math.Abs(x[0]) < 1e-5 ? x[0] + x[0] * x[0] / 2 : Math.Exp(x[0]) - 1,
        ScalarOp.Log => Math.Log(x[0]),
        ScalarOp.Log1p => Math.Abs(x[0]) < 1e-5 ? x[0] - x[0] * x[0] / 2 : Math.Log(1 + x[0]),
        ScalarOp.Sin => Math.Sin(x[0]),
        ScalarOp.Cos => Math.Cos(x[0]),
        ScalarOp.Tan => Math.Tan(x[0]),
        ScalarOp.Asin => Math.Asin(x[0]),
        ScalarOp.Acos => Math.Acos(x[0]),
        ScalarOp.Atan => Math.Atan(x[0]),
        ScalarOp.Atan2 => Math.Atan2(x[0], x[1]),
        ScalarOp.Sinh => Math.Sinh(x[0]),
        ScalarOp.Cosh => Math.Cosh(x[0]),
        ScalarOp.Tanh => Math.Tanh(x[0]),
        ScalarOp.Asinh => Math.Asinh(x[0]),
        ScalarOp.Acosh => Math.Acosh(x[0]),
        ScalarOp.Atanh => Math.Atanh(x[0]),
        ScalarOp.Cbrt => Math.Cbrt(x[0]),
        ScalarOp.Erf => Erf(x[0]),
        ScalarOp.Erfc => 1 - Erf(x[0]),
        ScalarOp.Sigmoid => 1 / (1 + Math.Exp(-x[0])),
        ScalarOp.Softplus => Math.Max(x[0], 0) + Math.Log(1 + Math.Exp(-Math.Abs(x[0]))),
        ScalarOp.Relu => Math.Max(x[0], 0),
        ScalarOp.ErfInv => ErfInv(x[0]),
        ScalarOp.LogGamma => LogGamma(x[0]),
        ScalarOp.Polygamma => Polygamma((int)x[0], x[1]),
        ScalarOp.Floor => Math.Floor(x[0]),
        ScalarOp.Ceiling => Math.Ceiling(x[0]),
        ScalarOp.Round => Math.Round(x[0]),
        ScalarOp.Truncate => Math.Truncate(x[0]),
        ScalarOp.Less => Bool(x[0] < x[1]),
        ScalarOp.LessOrEqual => Bool(x[0] <= x[1]),
        ScalarOp.Greater => Bool(x[0] > x[1]),
        ScalarOp.GreaterOrEqual => Bool(x[0] >= x[1]),
        ScalarOp.Equal => Bool(x[0] == x[1]),
        ScalarOp.NotEqual => Bool(x[0] != x[1]),
        ScalarOp.And => Bool(x[0] != 0 && x[1] != 0),
        ScalarOp.Or => Bool(x[0] != 0 || x[1] != 0),
        ScalarOp.Not => Bool(x[0] == 0),
        ScalarOp.BitAnd => (int)x[0] & (int)x[1],
        ScalarOp.BitOr => (int)x[0] | (int)x[1],
        ScalarOp.BitXor => (int)x[0] ^ (int)x[1],
        ScalarOp.ShiftLeft => (int)x[0] << (int)x[1],
        ScalarOp.ShiftRight => (int)x[0] >> (int)x[1],
        ScalarOp.ShiftRightLogical => (int)x[0] >>> (int)x[1],
        ScalarOp.Select => x[0] != 0 ? x[1] : x[2],
        ScalarOp.ThreefryFirst => (int)Threefry(x).First,
        ScalarOp.ThreefrySecond => (int)Threefry(x).Second,
        ScalarOp.ThreefryBits => (int)(Threefry(x).First ^ Threefry(x).Second),
        ScalarOp.UniformSingle => ((Threefry(x).First ^ Threefry(x).Second) >> 9) / 8388608.0,
        ScalarOp.UniformDouble => (((ulong)Threefry(x).First << 32 | Threefry(x).Second) >> 12) / 4503599627370496.0,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "the interpreter does not know the operation"),
    };

    /// <summary>Newton's method on the Maclaurin series of the error function; for |x| up to about 0.999.</summary>
    private static double ErfInv(double x)
    {
        var y = 0.0;
        for (var step = 0; step < 60; step++) y -= (Erf(y) - x) * Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y);
        return y;

        static double Erf(double y)
        {
            var (sum, power) = (0.0, y);
            for (var n = 0; n < 100; n++, power *= -y * y / n) sum += power / (2 * n + 1);
            return 2 / Math.Sqrt(Math.PI) * sum;
        }
    }

    private static readonly int[] Rotations = [13, 15, 26, 6, 17, 29, 16, 24];

    /// <summary>Threefry-2x32, 20 rounds, as its paper writes it: four rounds, then the key rotated and counted.</summary>
    private static (uint First, uint Second) Threefry(ReadOnlySpan<double> operands)
    {
        var (k0, k1) = ((uint)(int)operands[0], (uint)(int)operands[1]);
        uint[] key = [k0, k1, k0 ^ k1 ^ 0x1BD11BDA];
        var (x, y) = ((uint)(int)operands[2] + k0, (uint)(int)operands[3] + k1);
        for (var round = 0; round < 20; round++)
        {
            x += y;
            y = uint.RotateLeft(y, Rotations[round % 8]) ^ x;
            if (round % 4 != 3) continue;
            var count = (uint)(round / 4 + 1);
            x += key[count % 3];
            y += key[(count + 1) % 3] + count;
        }
        return (x, y);
    }

    // Bernoulli numbers B2, B4, .. of the asymptotic series.
    private static readonly double[] Bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6];

    /// <summary>Stirling's series beyond 15, the recurrence below it; for positive x.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 15; x++) shift -= Math.Log(x);
        var sum = (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI);
        for (var k = 1; k <= Bernoulli.Length; k++) sum += Bernoulli[k - 1] / (2 * k * (2 * k - 1) * Math.Pow(x, 2 * k - 1));
        return sum + shift;
    }

    /// <summary>The n-th derivative of digamma at positive x: the asymptotic series beyond 25, the recurrence below it.</summary>
    private static double Polygamma(int n, double x)
    {
        var sign = n % 2 == 0 ? -1.0 : 1.0;
        var shift = 0.0;
        for (; x < 25; x++) shift += sign * Factorial(n) / Math.Pow(x, n + 1);
        var sum = n == 0 ? Math.Log(x) - 0.5 / x : sign * (Factorial(n - 1) / Math.Pow(x, n) + Factorial(n) / (2 * Math.Pow(x, n + 1)));
        for (var k = 1; k <= Bernoulli.Length; k++)
            sum += (n == 0 ? -1 : sign) * Bernoulli[k - 1] * Factorial(2 * k + n - 1) / (Factorial(2 * k) * Math.Pow(x, 2 * k + n));
        return sum + shift;
    }

    /// <summary>The series of positive terms 2/√π e^(-x²) Σ 2ⁿ x^(2n + 1) / (2n + 1)!!.</summary>
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 200; n++)
        {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, i) => product * i);

    private static double Bool(bool value) => value ? 1 : 0;
}
