using System.Reflection;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Loops and branches inside kernels: of groups' numbers, of elements, of what only the first device computes; and those that must stay the host's.</summary>
public class LoopTests
{
    internal const string Source = """
        public static class Inside
        {
            [DrJaxProgram("paths")] public static double Paths(double s0, double v, Placed<Vec<double>> z) =>
                ReduceMean(Map(z => { var s = s0; for (var t = 0; t < z.Length; t++) s *= Exp(v * z[t] - 0.5 * v * v); return s * s; }, z));

            // Each group leaves the loop at a trip of its own.
            [DrJaxProgram("roots")] public static (double, Placed<int>) Roots(double a, Placed<double> x) { var all = Map(x =>
            {
                var (y, trips) = (x + 4.0, 0);
                while (Abs(y * y - a * a - 1.0) > 1e-9) { y = 0.5 * (y + (a * a + 1.0) / y); trips++; }
                return (y, trips);
            }, x); return (ReduceSum(Map(r => r.y, all)), Map(r => r.trips, all)); }

            // A loop in a loop whose trips differ, and a counter of all groups alike that is read afterwards.
            [DrJaxProgram("c")] public static Placed<(double, int)> Nested(Placed<double> x) => Map(x =>
            {
                var (y, k) = (x, 0);
                for (var i = 0; i < 4; i++)
                {
                    var step = 1.0 + x * x;
                    while (step > 0.3) { y += Sin(y) * step; step *= 0.5; if (y > 2.5) break; }
                    k += i;
                }
                return (y, k);
            }, x);

            [DrJaxProgram("c")] public static double Chosen(Placed<double> x, double a, int n) => ReduceSum(Map(x =>
            {
                var y = x;
                for (var i = 0; i < n; i++) { if (y > 0.5) y = Log(y); else y = y + x * x + 0.1; if (a > 0) y *= a; }
                return y;
            }, x));

            // Every group carries a small array, every trip reads what the last has left at other places of it.
            [DrJaxProgram("c")] public static Placed<Vec<double>> Rotated([Shape(3)] Placed<Vec<double>> x, int n) => Map(x =>
            {
                for (var i = 0; i < n; i++) x = Build(3, j => Sin(x[(j + 1) % 3]) + 0.1 * i);
                return x;
            }, x);

            // All elements of a matrix.
            [DrJaxProgram] public static Mat<double> Matrices(Mat<double> x, double a, int n) { for (var i = 0; i < n; i++) x = Sin(x) + a; return x; }

            [DrJaxProgram] public static double Numbers(double a, Vec<double> x, int n)
            {
                var y = Sum(x) + 3.0;
                for (var i = 0; i < n; i++) y = 0.5 * (y + (a * a + 1.0) / y);
                var k = 0;
                while (y > 0.2) { y *= 0.7; k++; }
                if (y > 0.15) y += x[0]; else y -= x[0];
                return y + k;
            }

            [DrJaxProgram] public static Vec<float> Elements(Vec<float> x, int n)
            {
                for (var i = 0; i < n; i++) x = Sin(x) + 0.1f * x;
                if (x[0] > 0) x = Exp(x); else x = -x;
                return x;
            }

            // A number beside the elements, of which there may be none.
            [DrJaxProgram] public static (Vec<double>, int, double) Beside(Vec<double> x, int n)
            {
                var (k, y) = (0, 1.0);
                for (var i = 0; i < n; i++) { x = Sin(x) + y; k += i * i; y *= 0.5; }
                return (x, k, y);
            }

            // Elements that read their neighbours': trip by trip.
            [DrJaxProgram] public static Vec<double> Neighbours(Vec<double> x, int n)
            {
                for (var i = 0; i < n; i++) x = Build(x.Length, j => j > 0 ? 0.5 * x[j - 1] + Sin(x[j]) : x[j]);
                return x;
            }

            [DrJaxProgram] public static double Summed(Vec<double> x, int n)
            {
                var s = 0.0;
                for (var i = 0; i < n; i++) { x = Sin(x) + 0.1 * s; s += Sum(x); }
                return s;
            }

            [DrJaxProgram] public static (Vec<double>, bool) Filled(Vec<double> x, double a)
            {
                var (k, all) = (x, true);
                for (var i = 0; i < x.Length; i++) { k = k.With(i, a * i + x[i]); all = all && x[i] > -2; }
                return (k, all);
            }
        }
        """;

    private static readonly Lazy<Type> s_programs = new(() => Harness.LoadWithDevices(Harness.Compilation(Source), companions: true).Assembly.GetType("Inside")!);

    private static readonly string[] s_names = ["Paths", "Roots", "Nested", "Chosen", "Rotated", "Matrices", "Numbers", "Elements", "Beside", "Neighbours", "Summed", "Filled"];

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var mesh in Meshes.Names) foreach (var program in s_names) data.Add(mesh, program);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Loops_compute_what_they_do_on_the_processor(string mesh, string program)
    {
        var method = s_programs.Value.GetMethod(program)!;
        foreach (var trips in new[] { 0, 1, 4 }) new Twin(method).Check(Meshes.Get(mesh), new Random(trips), Arguments(method, trips, 3, 37));
    }

    [Fact]
    public void Numbers_beside_no_elements_are_computed()
    {
        var method = s_programs.Value.GetMethod("Beside")!;
        foreach (var mesh in Meshes.Names) new Twin(method).Check(Meshes.Get(mesh), new Random(0), Arguments(method, 4, 0, 1));
    }

    [Theory]
    [InlineData("Paths")]
    [InlineData("Roots")]
    [InlineData("Nested")]
    public void Loops_of_groups_have_the_same_bits_on_several_devices(string program)
    {
        var method = s_programs.Value.GetMethod(program)!;
        var arguments = Arguments(method, 4, 3, 37);
        Assert.Equal(Value("simulator"), Value("three simulators"));

        double[] Value(string mesh) => Elements.Numbers(Meshes.Get(mesh).Run(() => new Twin(method).Forward(arguments)));
    }

    /// <summary>The number of launches does not depend on that of trips.</summary>
    [Theory]
    [InlineData("Paths")]
    [InlineData("Chosen")]
    [InlineData("Numbers")]
    [InlineData("Elements")]
    [InlineData("Filled")]
    public void A_loop_is_one_launch(string program)
    {
        using var mesh = DeviceMesh.Simulator();
        var method = s_programs.Value.GetMethod(program)!;
        Assert.Equal(Launches(3), Launches(9));

        long Launches(int trips)
        {
            // Vectors' lengths are numbers of trips, too.
            var arguments = Arguments(method, trips, trips, 2);
            var before = mesh.Runtime.Lead.Enqueued;
            mesh.Run(() => new Twin(method).Forward(arguments));
            return mesh.Runtime.Lead.Enqueued - before;
        }
    }

    private static object[] Arguments(MethodInfo method, int trips, int length, int groups)
    {
        var random = new Random(7);
        return [.. method.GetParameters().Select(p => p.ParameterType == typeof(int) ? trips : Elements.Draw(p.ParameterType, length, groups, random))];
    }
}
