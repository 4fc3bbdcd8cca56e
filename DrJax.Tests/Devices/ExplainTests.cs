using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>What <see cref="DeviceMesh.Explain"/> says: every step and where it runs, also what is slow on devices.</summary>
public class ExplainTests
{
    [Fact]
    public void Stages_products_and_reductions() => Match("""
        static double Loss(Mat<double> w, Mat<double> x, Vec<double> y) => Sum(Square(MatMul(x, w)[0] - y)) + Sum(y);

        [DrJaxProgram("clients")]
        public static (double, Mat<double>) Program(Mat<double> w, Placed<Mat<double>> x, Placed<Vec<double>> y) => ValueAndGrad((w, x, y) => ReduceMean(Map((x, y) => Loss(w, x, y), x, y)), w, x, y);
        """);

    [Fact]
    public void Loops_and_branches_of_the_host() => Match("""
        [DrJaxProgram]
        public static double Program(Vec<double> x, int n)
        {
            for (var i = 0; i < n; i++) x = Sin(x);
            var norm = Sum(x * x);
            while (norm > 1) { x = x / 2.0; norm = Sum(x * x); }
            if (x[0] > 0) x = Exp(x);
            return Sum(x);
        }
        """);

    [Fact]
    public void Loops_and_branches_in_kernels() => Match("""
        [DrJaxProgram("roots")]
        public static (double, double) Program(double a, Placed<double> x, int n)
        {
            var y = ReduceSum(Map(x =>
            {
                for (var i = 0; i < n; i++) x = a > i ? x + a : 0.5 * x;
                while (x * x - a > 1e-9) x = 0.5 * (x + a / x);
                return x;
            }, x));
            var z = y;
            while (z > 1) z *= 0.5;
            return (y, z);
        }
        """);

    [Fact]
    public void Scattered_additions() => Match("""
        [DrJaxProgram]
        public static Vec<double> Program(Vec<double> x, Vec<int> at, Vec<double> v) => ScatterAdd(x, at, v);
        """);

    [Fact]
    public void What_is_refused_by_its_values() => Match("""
        [DrJaxProgram]
        public static double Program(Vec<double> x)
        {
            if (Sum(x) < 0) throw new System.ArgumentException("negative", nameof(x));
            return Sum(Sqrt(x));
        }
        """);

    [Fact]
    public void Without_device_code_it_says_what_to_set() => Assert.Contains("<DrJaxDevices>true</DrJaxDevices>",
        Assert.Throws<InvalidOperationException>(() => DeviceMesh.Explain(Without_device_code_it_says_what_to_set)).Message, StringComparison.Ordinal);

    private static void Match(string members, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var loaded = Harness.LoadWithDevices(Harness.Compilation($"public static class P\n{{\n{members}\n\n    public static string Plan() => DeviceMesh.Explain(Program);\n}}\n"));
        Snapshot.Match((string)loaded.Call("P.Plan")!, method: method);
    }
}
