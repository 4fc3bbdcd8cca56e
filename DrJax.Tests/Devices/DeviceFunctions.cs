using DrJax.Compiled;
using DrJax.Compiled.Devices;
using DrJax.Tests.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace DrJax.Tests.Devices;

/// <summary>Operands and results of a kernel that applies functions: function k's results are those from k times the number of operands on.</summary>
public struct FunctionArguments<T>
    where T : unmanaged
{
    public ArrayView<T> X { get; init; }

    public ArrayView<T> Y { get; init; }

    public ArrayView<T> Results { get; init; }

    public readonly void Put(Index1D at, int function, T result) => Results[(function * X.Length) + at] = result;
}

/// <summary>Every scalar function of <see cref="DeviceMath"/>, twice: as a kernel and as what the CPU computes.</summary>
internal static class DeviceFunctions
{
    public static readonly (string Name, Func<double, double, double> Device, Func<double, double, double> Cpu)[] OfDouble =
    [
        ("Exp", (x, _) => DeviceMath.Exp(x), (x, _) => ScalarMath.Exp(x)),
        ("Expm1", (x, _) => DeviceMath.Expm1(x), (x, _) => ScalarMath.Expm1(x)),
        ("Log", (x, _) => DeviceMath.Log(x), (x, _) => ScalarMath.Log(x)),
        ("Log1p", (x, _) => DeviceMath.Log1p(x), (x, _) => ScalarMath.Log1p(x)),
        ("Sigmoid", (x, _) => DeviceMath.Sigmoid(x), (x, _) => ScalarMath.Sigmoid(x)),
        ("Tanh", (x, _) => DeviceMath.Tanh(x), (x, _) => ScalarMath.Tanh(x)),
        ("Softplus", (x, _) => DeviceMath.Softplus(x), (x, _) => ScalarMath.Softplus(x)),
        ("Sin", (x, _) => DeviceMath.Sin(x), (x, _) => ScalarMath.Sin(x)),
        ("Cos", (x, _) => DeviceMath.Cos(x), (x, _) => ScalarMath.Cos(x)),
        ("Tan", (x, _) => DeviceMath.Tan(x), (x, _) => ScalarMath.Tan(x)),
        ("Sinh", (x, _) => DeviceMath.Sinh(x), (x, _) => ScalarMath.Sinh(x)),
        ("Cosh", (x, _) => DeviceMath.Cosh(x), (x, _) => ScalarMath.Cosh(x)),
        ("Asin", (x, _) => DeviceMath.Asin(x), (x, _) => ScalarMath.Asin(x)),
        ("Acos", (x, _) => DeviceMath.Acos(x), (x, _) => ScalarMath.Acos(x)),
        ("Atan", (x, _) => DeviceMath.Atan(x), (x, _) => ScalarMath.Atan(x)),
        ("Asinh", (x, _) => DeviceMath.Asinh(x), (x, _) => ScalarMath.Asinh(x)),
        ("Acosh", (x, _) => DeviceMath.Acosh(x), (x, _) => ScalarMath.Acosh(x)),
        ("Atanh", (x, _) => DeviceMath.Atanh(x), (x, _) => ScalarMath.Atanh(x)),
        ("Cbrt", (x, _) => DeviceMath.Cbrt(x), (x, _) => ScalarMath.Cbrt(x)),
        ("Erf", (x, _) => DeviceMath.Erf(x), (x, _) => ScalarMath.Erf(x)),
        ("Erfc", (x, _) => DeviceMath.Erfc(x), (x, _) => ScalarMath.Erfc(x)),
        ("LogGamma", (x, _) => DeviceMath.LogGamma(x), (x, _) => ScalarMath.LogGamma(x)),
        ("ErfInv", (x, _) => DeviceMath.ErfInv(x), (x, _) => ScalarMath.ErfInv(x)),
        ("Sqrt", (x, _) => DeviceMath.Sqrt(x), (x, _) => ScalarMath.Sqrt(x)),
        ("Abs", (x, _) => DeviceMath.Abs(x), (x, _) => ScalarMath.Abs(x)),
        ("Sign", (x, _) => DeviceMath.Sign(x), (x, _) => ScalarMath.Sign(x)),
        ("Square", (x, _) => DeviceMath.Square(x), (x, _) => ScalarMath.Square(x)),
        ("Relu", (x, _) => DeviceMath.Relu(x), (x, _) => ScalarMath.Relu(x)),
        ("Floor", (x, _) => DeviceMath.Floor(x), (x, _) => ScalarMath.Floor(x)),
        ("Ceiling", (x, _) => DeviceMath.Ceiling(x), (x, _) => ScalarMath.Ceiling(x)),
        ("Round", (x, _) => DeviceMath.Round(x), (x, _) => ScalarMath.Round(x)),
        ("Truncate", (x, _) => DeviceMath.Truncate(x), (x, _) => ScalarMath.Truncate(x)),
        ("Pow", DeviceMath.Pow, ScalarMath.Pow),
        ("Atan2", DeviceMath.Atan2, ScalarMath.Atan2),
        ("Max", DeviceMath.Max, ScalarMath.Max),
        ("Min", DeviceMath.Min, ScalarMath.Min),
        ("Remainder", DeviceMath.Remainder, (x, y) => x % y),
        ("Polygamma", (x, y) => DeviceMath.Polygamma(DeviceMath.Min(DeviceMath.Abs(DeviceMath.Truncate(x)), 3), y), (x, y) => ScalarMath.Polygamma(ScalarMath.Min(ScalarMath.Abs(ScalarMath.Truncate(x)), 3), y)),
        ("comparisons", (x, y) => Comparisons(x, y), (x, y) => (x < y ? 1 : 0) + (x <= y ? 2 : 0) + (x > y ? 4 : 0) + (x >= y ? 8 : 0) + (x == y ? 16 : 0) + (x != y ? 32 : 0) + (1 < y ? 64 : 0) + (!(x < y) ? 128 : 0)),
    ];

    public static readonly (string Name, Func<float, float, float> Device, Func<float, float, float> Cpu)[] OfSingle =
    [
        ("Exp", (x, _) => DeviceMath.Exp(x), (x, _) => ScalarMath.Exp(x)),
        ("Expm1", (x, _) => DeviceMath.Expm1(x), (x, _) => ScalarMath.Expm1(x)),
        ("Log", (x, _) => DeviceMath.Log(x), (x, _) => ScalarMath.Log(x)),
        ("Log1p", (x, _) => DeviceMath.Log1p(x), (x, _) => ScalarMath.Log1p(x)),
        ("Sigmoid", (x, _) => DeviceMath.Sigmoid(x), (x, _) => ScalarMath.Sigmoid(x)),
        ("Tanh", (x, _) => DeviceMath.Tanh(x), (x, _) => ScalarMath.Tanh(x)),
        ("Softplus", (x, _) => DeviceMath.Softplus(x), (x, _) => ScalarMath.Softplus(x)),
        ("Sin", (x, _) => DeviceMath.Sin(x), (x, _) => ScalarMath.Sin(x)),
        ("Cos", (x, _) => DeviceMath.Cos(x), (x, _) => ScalarMath.Cos(x)),
        ("Tan", (x, _) => DeviceMath.Tan(x), (x, _) => ScalarMath.Tan(x)),
        ("Sinh", (x, _) => DeviceMath.Sinh(x), (x, _) => ScalarMath.Sinh(x)),
        ("Cosh", (x, _) => DeviceMath.Cosh(x), (x, _) => ScalarMath.Cosh(x)),
        ("Asin", (x, _) => DeviceMath.Asin(x), (x, _) => ScalarMath.Asin(x)),
        ("Acos", (x, _) => DeviceMath.Acos(x), (x, _) => ScalarMath.Acos(x)),
        ("Atan", (x, _) => DeviceMath.Atan(x), (x, _) => ScalarMath.Atan(x)),
        ("Asinh", (x, _) => DeviceMath.Asinh(x), (x, _) => ScalarMath.Asinh(x)),
        ("Acosh", (x, _) => DeviceMath.Acosh(x), (x, _) => ScalarMath.Acosh(x)),
        ("Atanh", (x, _) => DeviceMath.Atanh(x), (x, _) => ScalarMath.Atanh(x)),
        ("Cbrt", (x, _) => DeviceMath.Cbrt(x), (x, _) => ScalarMath.Cbrt(x)),
        ("Erf", (x, _) => DeviceMath.Erf(x), (x, _) => ScalarMath.Erf(x)),
        ("Erfc", (x, _) => DeviceMath.Erfc(x), (x, _) => ScalarMath.Erfc(x)),
        ("LogGamma", (x, _) => DeviceMath.LogGamma(x), (x, _) => ScalarMath.LogGamma(x)),
        ("ErfInv", (x, _) => DeviceMath.ErfInv(x), (x, _) => ScalarMath.ErfInv(x)),
        ("Sqrt", (x, _) => DeviceMath.Sqrt(x), (x, _) => ScalarMath.Sqrt(x)),
        ("Abs", (x, _) => DeviceMath.Abs(x), (x, _) => ScalarMath.Abs(x)),
        ("Sign", (x, _) => DeviceMath.Sign(x), (x, _) => ScalarMath.Sign(x)),
        ("Square", (x, _) => DeviceMath.Square(x), (x, _) => ScalarMath.Square(x)),
        ("Relu", (x, _) => DeviceMath.Relu(x), (x, _) => ScalarMath.Relu(x)),
        ("Floor", (x, _) => DeviceMath.Floor(x), (x, _) => ScalarMath.Floor(x)),
        ("Ceiling", (x, _) => DeviceMath.Ceiling(x), (x, _) => ScalarMath.Ceiling(x)),
        ("Round", (x, _) => DeviceMath.Round(x), (x, _) => ScalarMath.Round(x)),
        ("Truncate", (x, _) => DeviceMath.Truncate(x), (x, _) => ScalarMath.Truncate(x)),
        ("Pow", DeviceMath.Pow, ScalarMath.Pow),
        ("Atan2", DeviceMath.Atan2, ScalarMath.Atan2),
        ("Max", DeviceMath.Max, ScalarMath.Max),
        ("Min", DeviceMath.Min, ScalarMath.Min),
        ("Remainder", DeviceMath.Remainder, (x, y) => x % y),
        ("Polygamma", (x, y) => DeviceMath.Polygamma(DeviceMath.Min(DeviceMath.Abs(DeviceMath.Truncate(x)), 3), y), (x, y) => ScalarMath.Polygamma(ScalarMath.Min(ScalarMath.Abs(ScalarMath.Truncate(x)), 3), y)),
        ("comparisons", (x, y) => Comparisons(x, y), (x, y) => (x < y ? 1 : 0) + (x <= y ? 2 : 0) + (x > y ? 4 : 0) + (x >= y ? 8 : 0) + (x == y ? 16 : 0) + (x != y ? 32 : 0) + (1 < y ? 64 : 0) + (!(x < y) ? 128 : 0)),
    ];

    /// <summary>Few functions a kernel: compilers take long over long kernels.</summary>
    public static readonly Action<Index1D, FunctionArguments<double>>[] KernelsOfDouble = [Kernel0, Kernel1, Kernel2, Kernel3, Kernel4];

    public static readonly Action<Index1D, FunctionArguments<float>>[] KernelsOfSingle = [Kernel0, Kernel1, Kernel2, Kernel3, Kernel4];

    public static void Kernel0(Index1D i, FunctionArguments<double> a)
    {
        var x = a.X[i];
        a.Put(i, 0, DeviceMath.Exp(x));
        a.Put(i, 1, DeviceMath.Expm1(x));
        a.Put(i, 2, DeviceMath.Log(x));
        a.Put(i, 3, DeviceMath.Log1p(x));
        a.Put(i, 4, DeviceMath.Sigmoid(x));
        a.Put(i, 5, DeviceMath.Tanh(x));
        a.Put(i, 6, DeviceMath.Softplus(x));
        a.Put(i, 7, DeviceMath.Sin(x));
    }

    public static void Kernel1(Index1D i, FunctionArguments<double> a)
    {
        var x = a.X[i];
        a.Put(i, 8, DeviceMath.Cos(x));
        a.Put(i, 9, DeviceMath.Tan(x));
        a.Put(i, 10, DeviceMath.Sinh(x));
        a.Put(i, 11, DeviceMath.Cosh(x));
        a.Put(i, 12, DeviceMath.Asin(x));
        a.Put(i, 13, DeviceMath.Acos(x));
        a.Put(i, 14, DeviceMath.Atan(x));
        a.Put(i, 15, DeviceMath.Asinh(x));
    }

    public static void Kernel2(Index1D i, FunctionArguments<double> a)
    {
        var x = a.X[i];
        a.Put(i, 16, DeviceMath.Acosh(x));
        a.Put(i, 17, DeviceMath.Atanh(x));
        a.Put(i, 18, DeviceMath.Cbrt(x));
        a.Put(i, 19, DeviceMath.Erf(x));
        a.Put(i, 20, DeviceMath.Erfc(x));
        a.Put(i, 21, DeviceMath.LogGamma(x));
        a.Put(i, 22, DeviceMath.ErfInv(x));
        a.Put(i, 23, DeviceMath.Sqrt(x));
    }

    public static void Kernel3(Index1D i, FunctionArguments<double> a)
    {
        var x = a.X[i];
        a.Put(i, 24, DeviceMath.Abs(x));
        a.Put(i, 25, DeviceMath.Sign(x));
        a.Put(i, 26, DeviceMath.Square(x));
        a.Put(i, 27, DeviceMath.Relu(x));
        a.Put(i, 28, DeviceMath.Floor(x));
        a.Put(i, 29, DeviceMath.Ceiling(x));
        a.Put(i, 30, DeviceMath.Round(x));
        a.Put(i, 31, DeviceMath.Truncate(x));
    }

    public static void Kernel4(Index1D i, FunctionArguments<double> a)
    {
        var (x, y) = (a.X[i], a.Y[i]);
        a.Put(i, 32, DeviceMath.Pow(x, y));
        a.Put(i, 33, DeviceMath.Atan2(x, y));
        a.Put(i, 34, DeviceMath.Max(x, y));
        a.Put(i, 35, DeviceMath.Min(x, y));
        a.Put(i, 36, DeviceMath.Remainder(x, y));
        a.Put(i, 37, DeviceMath.Polygamma(DeviceMath.Min(DeviceMath.Abs(DeviceMath.Truncate(x)), 3), y));
        a.Put(i, 38, Comparisons(x, y));
    }

    public static void Kernel0(Index1D i, FunctionArguments<float> a)
    {
        var x = a.X[i];
        a.Put(i, 0, DeviceMath.Exp(x));
        a.Put(i, 1, DeviceMath.Expm1(x));
        a.Put(i, 2, DeviceMath.Log(x));
        a.Put(i, 3, DeviceMath.Log1p(x));
        a.Put(i, 4, DeviceMath.Sigmoid(x));
        a.Put(i, 5, DeviceMath.Tanh(x));
        a.Put(i, 6, DeviceMath.Softplus(x));
        a.Put(i, 7, DeviceMath.Sin(x));
    }

    public static void Kernel1(Index1D i, FunctionArguments<float> a)
    {
        var x = a.X[i];
        a.Put(i, 8, DeviceMath.Cos(x));
        a.Put(i, 9, DeviceMath.Tan(x));
        a.Put(i, 10, DeviceMath.Sinh(x));
        a.Put(i, 11, DeviceMath.Cosh(x));
        a.Put(i, 12, DeviceMath.Asin(x));
        a.Put(i, 13, DeviceMath.Acos(x));
        a.Put(i, 14, DeviceMath.Atan(x));
        a.Put(i, 15, DeviceMath.Asinh(x));
    }

    public static void Kernel2(Index1D i, FunctionArguments<float> a)
    {
        var x = a.X[i];
        a.Put(i, 16, DeviceMath.Acosh(x));
        a.Put(i, 17, DeviceMath.Atanh(x));
        a.Put(i, 18, DeviceMath.Cbrt(x));
        a.Put(i, 19, DeviceMath.Erf(x));
        a.Put(i, 20, DeviceMath.Erfc(x));
        a.Put(i, 21, DeviceMath.LogGamma(x));
        a.Put(i, 22, DeviceMath.ErfInv(x));
        a.Put(i, 23, DeviceMath.Sqrt(x));
    }

    public static void Kernel3(Index1D i, FunctionArguments<float> a)
    {
        var x = a.X[i];
        a.Put(i, 24, DeviceMath.Abs(x));
        a.Put(i, 25, DeviceMath.Sign(x));
        a.Put(i, 26, DeviceMath.Square(x));
        a.Put(i, 27, DeviceMath.Relu(x));
        a.Put(i, 28, DeviceMath.Floor(x));
        a.Put(i, 29, DeviceMath.Ceiling(x));
        a.Put(i, 30, DeviceMath.Round(x));
        a.Put(i, 31, DeviceMath.Truncate(x));
    }

    public static void Kernel4(Index1D i, FunctionArguments<float> a)
    {
        var (x, y) = (a.X[i], a.Y[i]);
        a.Put(i, 32, DeviceMath.Pow(x, y));
        a.Put(i, 33, DeviceMath.Atan2(x, y));
        a.Put(i, 34, DeviceMath.Max(x, y));
        a.Put(i, 35, DeviceMath.Min(x, y));
        a.Put(i, 36, DeviceMath.Remainder(x, y));
        a.Put(i, 37, DeviceMath.Polygamma(DeviceMath.Min(DeviceMath.Abs(DeviceMath.Truncate(x)), 3), y));
        a.Put(i, 38, Comparisons(x, y));
    }

    // In conditions, negated, and with a constant on the left: where devices' compilers go wrong about NaN.
    private static double Comparisons(double x, double y)
    {
        var sum = 0;
        if (DeviceMath.Less(x, y)) sum += 1;
        if (DeviceMath.LessOrEqual(x, y)) sum += 2;
        if (DeviceMath.Greater(x, y)) sum += 4;
        if (DeviceMath.GreaterOrEqual(x, y)) sum += 8;
        if (DeviceMath.Equal(x, y)) sum += 16;
        if (DeviceMath.NotEqual(x, y)) sum += 32;
        if (DeviceMath.Less(1, y)) sum += 64;
        if (!DeviceMath.Less(x, y)) sum += 128;
        return sum;
    }

    // In conditions, negated, and with a constant on the left: where devices' compilers go wrong about NaN.
    private static float Comparisons(float x, float y)
    {
        var sum = 0;
        if (DeviceMath.Less(x, y)) sum += 1;
        if (DeviceMath.LessOrEqual(x, y)) sum += 2;
        if (DeviceMath.Greater(x, y)) sum += 4;
        if (DeviceMath.GreaterOrEqual(x, y)) sum += 8;
        if (DeviceMath.Equal(x, y)) sum += 16;
        if (DeviceMath.NotEqual(x, y)) sum += 32;
        if (DeviceMath.Less(1, y)) sum += 64;
        if (!DeviceMath.Less(x, y)) sum += 128;
        return sum;
    }

    /// <summary>Random words and whole numbers of three ints.</summary>
    public static void Integers(Index1D i, FunctionArguments<int> a)
    {
        var (x, y) = (a.X[i], a.Y[i]);
        a.Put(i, 0, DeviceMath.ThreefryFirst(x, y, i, 7));
        a.Put(i, 1, DeviceMath.ThreefrySecond(x, y, i, 7));
        a.Put(i, 2, DeviceMath.ThreefryBits(x, y, i, 7));
        a.Put(i, 3, (int)(DeviceMath.UniformSingle(x, y, i, 7) * (1 << 23)));
        a.Put(i, 4, (int)(DeviceMath.UniformDouble(x, y, i, 7) * (1L << 30)));
        a.Put(i, 5, DeviceMath.Quotient(x, 4));
        a.Put(i, 6, DeviceMath.Quotient(x, y | 1));
        a.Put(i, 7, DeviceMath.Abs(x));
        a.Put(i, 8, DeviceMath.Sign(x));
        a.Put(i, 9, DeviceMath.Max(x, y));
        a.Put(i, 10, DeviceMath.Min(x, y));
        a.Put(i, 11, DeviceMath.Square(x));
        a.Put(i, 12, DeviceMath.ToInt(x * 1e3));
        a.Put(i, 13, DeviceMath.ToInt(x * 1e3f));
        a.Put(i, 14, DeviceMath.ToInt(x * double.NaN));
    }

    public static readonly Func<int, int, int, int>[] OfIntegers =
    [
        (x, y, i) => ScalarMath.ThreefryFirst(x, y, i, 7),
        (x, y, i) => ScalarMath.ThreefrySecond(x, y, i, 7),
        (x, y, i) => ScalarMath.ThreefryBits(x, y, i, 7),
        (x, y, i) => (int)(ScalarMath.UniformSingle(x, y, i, 7) * (1 << 23)),
        (x, y, i) => (int)(ScalarMath.UniformDouble(x, y, i, 7) * (1L << 30)),
        (x, y, i) => x / 4,
        (x, y, i) => x / (y | 1),
        (x, y, i) => ScalarMath.Abs(x),
        (x, y, i) => ScalarMath.Sign(x),
        (x, y, i) => ScalarMath.Max(x, y),
        (x, y, i) => ScalarMath.Min(x, y),
        (x, y, i) => ScalarMath.Square(x),
        (x, y, i) => (int)(x * 1e3),
        (x, y, i) => (int)(x * 1e3f),
        (x, y, i) => 0,
    ];

    /// <summary>Whether the device's formula is another than the CPU's there: then bars hold, not bits.</summary>
    public static bool IsOther(string name, double x, double y) =>
        name switch
        {
            "Sin" or "Cos" or "Tan" => Math.Abs(x) > 1 << 15,
            "LogGamma" => x < -0.5,
            "Polygamma" => true,
            _ => false,
        };

    /// <summary>Every exponent, numbers of ordinary size, and all pairs of what is special.</summary>
    public static (double[] X, double[] Y) Operands(int count)
    {
        double[] special =
        [
            0, -0.0, 1, -1, 2, -2, 3, 0.5, -0.5, 1.5, -2.5, 1e5, 1e15, 1e300, -1e300, 1e-300, 1e38, 1e-40, double.Epsilon, double.MaxValue,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN, 709.78, -708.39, 88.7, -87.3, 20, -40, 0.84375,
        ];
        var random = new Random(41);
        double Any(int i) => (i % 4) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            1 => (random.NextDouble() * 2) - 1,
            2 => (random.NextDouble() * 20) - 10,
            _ => (random.NextDouble() * 2e3) - 1e3,
        };
        var pairs = special.SelectMany(x => special.Select(y => (x, y))).Concat(Enumerable.Range(0, count).Select(i => (Any(i), Any(i / 4)))).ToArray();
        return ([.. pairs.Select(p => p.Item1)], [.. pairs.Select(p => p.Item2)]);
    }
}
