using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Scalar functions that other operations make up, and those behind conditions.</summary>
public static class Scalars
{
    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Vec<double>, Vec<double>, Vec<double>) Activations(Vec<double> x) =>
        (Silu(x), Gelu(x), Elu(x), LeakyRelu(x, 0.1), Hypot(x, 1 + x * x));

    [DrJaxProgram]
    public static (Vec<float>, Vec<float>, Vec<float>, Vec<float>) SingleActivations(Vec<float> x) => (Silu(x), Gelu(x), Elu(x), LeakyRelu(x, 0.1f));

    [DrJaxProgram]
    public static (Vec<double>, Vec<double>, Vec<double>, Vec<double>, double) Powers(Vec<double> x) =>
        (Log2(2.5 + x), Log10(2.5 + x), Exp2(x), Digamma(3 + x), Math.Cbrt(3 + x[0]) + Math.Asinh(x[1]) + double.Log2(3 + x[0]));

    /// <summary>Where the condition keeps a function from where it has no value, its derivative does not come through.</summary>
    [DrJaxProgram]
    public static (Vec<double>, double) Guarded(Vec<double> x) =>
        (Build(x.Length, i => x[i] > 1.1 ? Acosh(x[i]) : x[i] < 0 ? Digamma(-x[i]) + Cbrt(x[i]) : ErfInv(x[i] / 2)),
            Sum(x.Length, i => x[i] > 0 ? Polygamma(1, x[i]) + Atanh(x[i] / 3) : 0));
}
