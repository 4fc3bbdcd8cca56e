using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>Runs the measuring program that is compiled for a call of <c>CheckGrad</c>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GradientChecks
{
    private static readonly double[] Seeds = [0.3, 1.7, 4.1];

    /// <summary>Steps for values of about 1: the larger has less rounding, the smaller less truncation, and the better of both counts.</summary>
    private static readonly double[] DoubleSteps = [4e-3, 5e-4], SingleSteps = [3e-2, 6e-3];

    /// <summary>Measures in every direction; throws unless the derivatives agree.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="leaves">The floating leaves of its result.</param>
    /// <param name="isSingle">Whether floats take part.</param>
    /// <param name="measure">Seed and step → whether there is forward mode, ⟨u, Jt⟩, ⟨Jᵀu, t⟩, the size of their terms; then for each leaf the
    /// greatest distance from the quotient and the greatest element.</param>
    public static GradientCheck Run(string function, string[] leaves, bool isSingle, Func<double, double, Vec<double>> measure)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(measure);
        var (forward, worst, reverse, hasForward) = (0.0, leaves[0], 0.0, true);
        foreach (var seed in Seeds)
        {
            var errors = new double[leaves.Length];
            var dots = double.PositiveInfinity;
            Array.Fill(errors, double.PositiveInfinity);
            foreach (var step in isSingle ? SingleSteps : DoubleSteps)
            {
                var m = measure(seed, step);
                hasForward = m[0] == 1;
                dots = Least(dots, Math.Abs(m[1] - m[2]) / Math.Max(1, m[3]));
                for (var k = 0; k < leaves.Length; k++) errors[k] = Least(errors[k], m[4 + 2 * k] / Math.Max(1, m[5 + 2 * k]));
            }
            reverse = Greatest(reverse, dots);
            for (var k = 0; k < leaves.Length; k++)
                if (!(errors[k] <= forward)) (forward, worst) = (errors[k], leaves[k]);
        }
        var (quotient, rounding) = isSingle ? (5e-3, 1e-4) : (1e-7, 1e-11);
        var check = new GradientCheck(forward, worst, reverse, quotient, hasForward ? rounding : quotient,
            "the quotient of sixth order is off by h^6 and by rounding / h" + (hasForward ? ", the two modes differ by rounding" : "; there is a reverse rule only"));
        return check.Passed ? check : throw new GradientCheckException(function, check);
    }

    /// <summary>NaN is the worst: it stays unless another step has a number.</summary>
    private static double Least(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) && double.IsPositiveInfinity(a) ? b : b < a ? b : a;

    private static double Greatest(double a, double b) => double.IsNaN(a) || a > b ? a : b;
}
