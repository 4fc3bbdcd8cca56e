using System.Globalization;
using System.Text;
using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Programs.RandomPrograms;

/// <summary>Programs that nobody wrote: eager = compiled, forward mode = reverse mode = difference quotient.</summary>
public abstract class RandomProgramTests
{
    private const int Programs = 100;

    /// <summary>What every program may call, and how one is checked: in the sample's own assembly, where the calls of programs are intercepted.</summary>
    internal const string Checks = """
        public static class Check
        {
            const double Step = 1e-5;

            static double Noise(int seed, int i) => Math.Sin(12.9898 * (seed % 1009) + 78.233 * i + 0.5);

            static Vec<double> Numbers(int seed, int from) => Build(5, i => Noise(seed, from + i));

            static Placed<Vec<double>> Groups(int seed, int from) => Placed.Rows(Build(3, 5, (g, i) => Noise(seed, from + 5 * g + i)));

            static Mat<double> Square(int seed, int from) => Build(5, 5, (i, j) => Noise(seed, from + 5 * i + j));

            static bool Near(double a, double b, double tolerance) => a == b || Math.Abs(a - b) <= tolerance * (1 + Math.Abs(a) + Math.Abs(b));

            public delegate double Program(double a, Vec<double> x, Mat<double> m, Placed<Vec<double>> g, int k);

            public delegate (double Value, double Tangent) Forward(double a, Vec<double> x, Mat<double> m, Placed<Vec<double>> g, int k,
                double aTangent, Vec<double> xTangent, Mat<double> mTangent, Placed<Vec<double>> gTangent);

            public delegate (double Value, double A, Vec<double> X, Mat<double> M, Placed<Vec<double>> G) Reverse(double a, Vec<double> x, Mat<double> m, Placed<Vec<double>> g, int k, double cotangent);

            public static string Of(int seed, Program eager, Program compiled, Forward forward, Reverse reverse)
            {
                var (a, x, m, g, k) = (Noise(seed, 0), Numbers(seed, 1), Square(seed, 6), Groups(seed, 31), seed % 4);
                var (da, dx, dm, dg) = (Noise(seed, 50), Numbers(seed, 51), Square(seed, 56), Groups(seed, 81));
                var value = eager(a, x, m, g, k);
                if (!double.IsFinite(value)) return $"the program gives {value}";
                if (!Near(value, compiled(a, x, m, g, k), 1e-11)) return $"eager {value}, compiled {compiled(a, x, m, g, k)}";
                var (primal, tangent) = forward(a, x, m, g, k, da, dx, dm, dg);
                if (!Near(value, primal, 1e-11)) return $"eager {value}, forward mode's value {primal}";
                var (again, ca, cx, cm, cg) = reverse(a, x, m, g, k, 1.0);
                if (!Near(value, again, 1e-11)) return $"eager {value}, reverse mode's value {again}";
                var dot = ca * da + Dot(cx, dx) + Sum(cm * dm) + ReduceSum(Map((c, d) => Dot(c, d), cg, dg));
                if (!Near(tangent, dot, 1e-9)) return $"forward mode {tangent}, reverse mode {dot}";
                double At(double h) => compiled(a + h * da, x + h * dx, m + h * dm, Map((v, d) => v + h * d, g, dg), k);
                double Quotient(double h) => (At(h) - At(-h)) / (2 * h);
                // At a kink, or where a condition changes between the two points, there is no quotient to compare with.
                var (fine, coarse) = (Quotient(Step), Quotient(3 * Step));
                return Near(fine, coarse, 1e-5) && !Near(tangent, fine, 1e-5) ? $"derivative {tangent}, difference quotient {fine}" : "";
            }
        }

        public static partial class Programs
        {
            static double Guarded(double x) => x > 0.25 ? Sqrt(x - 0.25) * Sqrt(x - 0.25) * Sqrt(x - 0.25) : Log(1 + Square(x));

            // The threshold is no element: of the same function of the same number, in lanes and outside of them, either may be greater by a bit.
            static double Energy(double t, Vec<double> v) { var e = 0.0; for (var i = 0; i < v.Length; i++) { if (v[i] > 0.9 * t + 0.0131) e += 0.1 * v[i] * v[i]; } return Tanh(e); }

            static double Energy2(Vec<double> v, double t) => Energy(t, v) + 0.1 * Dot(v, v) * t;
        }

        """;

    /// <summary>Classes run side by side.</summary>
    public class First : RandomProgramTests
    {
        [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
        public void Random_programs_agree_with_themselves(int batch) => Agrees(batch);
    }

    public class Second : RandomProgramTests
    {
        [Theory, InlineData(7), InlineData(8), InlineData(9), InlineData(10), InlineData(11), InlineData(12), InlineData(13)]
        public void Random_programs_agree_with_themselves(int batch) => Agrees(batch);
    }

    public class Third : RandomProgramTests
    {
        [Theory, InlineData(14), InlineData(15), InlineData(16), InlineData(17), InlineData(18), InlineData(19)]
        public void Random_programs_agree_with_themselves(int batch) => Agrees(batch);
    }

    private static void Agrees(int batch)
    {
        var (methods, calls) = (new StringBuilder(), new StringBuilder());
        var sources = new Dictionary<int, string>();
        for (var seed = batch * Programs; seed < (batch + 1) * Programs; seed++)
        {
            methods.Append(sources[seed] = new ProgramWriter(seed).Write($"P{seed}")).Append('\n');
            // The method group is eager; a lambda that calls the method is intercepted.
            calls.Append(CultureInfo.InvariantCulture, $"            case {seed}: return Check.Of({seed}, Programs.P{seed}, static (a, x, m, g, k) => Programs.P{seed}(a, x, m, g, k), Programs_P{seed}.Jvp, Programs_P{seed}.Vjp);\n");
        }
        var loaded = Harness.Load($"{Checks}public static partial class Programs\n{{\n{methods}}}\n\npublic static class Run\n{{\n    public static string Of(int seed)\n    {{\n        switch (seed)\n        {{\n{calls}            default: return \"no such program\";\n        }}\n    }}\n}}\n");
        var failures = sources.Select(s => (Source: s.Value, Message: Attempt(s.Key))).Where(f => f.Message.Length > 0).ToArray();
        Assert.True(failures.Length == 0, $"{failures.Length} of {Programs} disagree:\n" + string.Join("\n", failures.Take(3).Select(f => $"{f.Message}\n{f.Source}")));

        string Attempt(int seed)
        {
            try
            {
                return (string)loaded.Call("Run.Of", seed)!;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return $"{e.GetType().Name}: {e.Message}";
            }
        }
    }
}
