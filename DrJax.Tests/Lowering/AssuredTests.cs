using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Frontend;
using Xunit;
using Derivative = DrJax.Generator.Frontend.Frontend;

namespace DrJax.Tests.Lowering;

/// <summary>Indices that what is demanded of sizes at entry keeps inside are not checked again in the loops that use them; all others are.</summary>
public class AssuredTests
{
    private const string Source = """
        public static class Programs
        {
            [DrJaxProgram] public static double Trips(Mat<double> x, int n)
            {
                var sum = 0.0;
                for (var t = 0; t < n; t++) sum += Sum(Square(x[t]));
                return sum;
            }

            [DrJaxProgram] public static double Neighbours(Mat<double> x, Mat<double> y)
            {
                var sum = 0.0;
                for (var t = 0; t < x.Length - 1; t++) sum += Dot(Exp(x[t]), y[t + 1]);
                return sum;
            }

            [DrJaxProgram] public static double Constants(Tensor3<double> x)
            {
                var h = x[0, 0];
                for (var t = 0; t < x.Length; t++) h = Tanh(h * x[t, 1] + x[t, 2]);
                return Sum(h);
            }

            [DrJaxProgram] public static double Updates(Mat<double> x, Mat<double> w)
            {
                for (var t = 0; t < 3; t++)
                    for (var l = 0; l < w.Length; l++) x = x.With(l, Tanh(x[l] * w[l]));
                return Sum(x);
            }

            [DrJaxProgram] public static double While(Mat<double> x)
            {
                var sum = 0.0;
                var t = 0;
                while (sum < 10)
                {
                    sum += Sum(Exp(x[t]));
                    t++;
                }
                return sum;
            }

            [DrJaxProgram] public static double Computed(Mat<double> x, int n)
            {
                var sum = 0.0;
                for (var t = 0; t < n; t++) sum += Sum(Exp(x[t * t]));
                return sum;
            }

            [DrJaxProgram] public static double Refused(Mat<double> x, int n)
            {
                var sum = 0.0;
                for (var t = 0; t < n; t++)
                {
                    if (Sum(x[t]) > 100) throw new ArgumentException("too large");
                    sum += Sum(Exp(x[t]));
                }
                return sum;
            }
        }
        """;

    [Theory]
    [InlineData("Trips")]
    [InlineData("Neighbours")]
    [InlineData("Constants")]
    [InlineData("Updates")]
    public void What_sizes_keep_inside_is_not_checked_in_loops(string name)
    {
        var program = Compile.Program(name, Source);
        Assert.DoesNotContain("Check.Ind", Loops(program));
        Assert.DoesNotContain("Check.Ind", Loops(Derivative.CompileDerivative(program, DerivativeKind.Vjp)!));
    }

    [Theory]
    [InlineData("While")]
    [InlineData("Computed")]
    public void What_only_the_run_decides_is_checked(string name) => Assert.Contains("Check.Ind", Text(Compile.Program(name, Source)));

    [Fact]
    public void What_runs_before_indices_are_demanded_clamps_them()
    {
        var program = Compile.Program("Refused", Source);
        Assert.Contains("Math.Min(t, ", Text(program.GuardProgram()!));
        Assert.DoesNotContain("Math.Min(t, ", Text(program));
    }

    [Fact]
    public void Without_the_demand_the_index_is_checked() =>
        Assert.Contains("Check.Ind", Text(Compile.Program("Trips", Source) with { Requirements = [] }));

    /// <summary>What runs in loops.</summary>
    private static string Loops(Program program) =>
        string.Join("\n\n", Text(program).Split("\n\n").Where(method => !method.Contains("before the loop", StringComparison.Ordinal)));

    private static string Text(Program program) => CpuBackend.Emit(Lower.Program(Lower.Open(program))).ClassBody;
}
