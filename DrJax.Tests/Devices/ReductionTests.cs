using DrJax.Compiled.Devices;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Reductions by a thread, by a group of threads, and by several whose parts another kernel combines, also where values are stored on the way.</summary>
public class ReductionTests
{
    private static readonly Lazy<Type> s_programs = new(() => Harness.LoadWithDevices(Harness.Compilation("""
        public static class Sums
        {
            [DrJaxProgram] public static (Vec<double>, double) StoredAndSummed(Vec<double> x) { var y = Sin(x) * 2.0; return (y, Sum(y)); }

            [DrJaxProgram] public static (double, double, int) SeveralKinds(Vec<double> x, Vec<int> k) => (Sum(Build(x.Length, i => x[i] * Exp(x[i]))) + Max(x), Min(x), Sum(k));

            [DrJaxProgram] public static Mat<float> Softmaxes(Mat<float> x) => Rows(x[..2], Softmax);

            // Ties, and of several kinds at once.
            [DrJaxProgram] public static (int, int, int, int, Vec<int>) Places(Vec<double> x, Vec<float> y, Vec<int> k, Mat<double> m) =>
                (ArgMax(Build(x.Length, i => Floor(4.0 * x[i]))), ArgMin(y), ArgMax(k), ArgMin(Build(x.Length, i => x[i] > 0 ? 0.0 / (x[i] - x[i]) : x[i])), Build(2, i => ArgMax(m[i])));

            // Sums over groups beside sums of each, stacks beside sums, scattered additions beside what is stored.
            [DrJaxProgram("groups")] public static (double, Vec<double>) Beside(Vec<double> a, Placed<Vec<double>> x) { var s = ReduceSum(x); return (ReduceSum(Map(v => Dot(v, a), x)), s * Dot(a, s)); }

            [DrJaxProgram] public static double Stacked(Vec<double> x) { var t = 0.0; for (var i = 0; i < 3; i++) { t += Sum(x * x); x = x / (1.0 + t); } return t; }

            [DrJaxProgram] public static (Vec<double>, Vec<double>) Sorted(Vec<double> x) { var (a, b) = (Sort(x), ArgSort(x)); return (a * x, Build(x.Length, i => x[b[i]] * x[i])); }

            [DrJaxProgram] public static double Products(Vec<double> x, Vec<double> y) => Dot(x, y);

            [DrJaxProgram("groups")] public static (double, Placed<Vec<double>>) InGroups(Placed<Vec<double>> x) { var y = Map(a => Sin(a), x); return (ReduceSum(Map(b => Sum(b), y)), y); }
        }
        """), companions: true).Assembly.GetType("Sums")!);

    private static readonly string[] s_names = ["StoredAndSummed", "SeveralKinds", "Softmaxes", "Places", "Beside", "Stacked", "Sorted", "Products", "InGroups"];

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
    public void Reductions_are_those_of_the_processor(string mesh, string program)
    {
        var method = s_programs.Value.GetMethod(program)!;
        foreach (var n in new[] { 3, 130, 700 })
        {
            // Of a matrix a few rows count, but all are drawn; sorting takes the simulator long.
            if (program is "Softmaxes" or "Places" or "Sorted" && n > 130) continue;
            var random = new Random(n);
            object[] arguments = [.. method.GetParameters().Select(p => Elements.Draw(p.ParameterType, n, 7, random))];
            new Twin(method).Check(Meshes.Get(mesh), random, arguments);
        }
    }

    /// <summary>Parts are a matter of sizes, not of devices.</summary>
    [Fact]
    public void Sums_by_parts_have_the_same_bits_on_several_devices()
    {
        var method = new Twin(s_programs.Value.GetMethod("InGroups")!);
        var x = Elements.Draw(typeof(Placed<Vec<double>>), 700, 20, new Random(3));
        var (one, three) = (Value("simulator"), Value("three simulators"));
        Assert.Equal(one, three);

        double[] Value(string mesh) => Elements.Numbers(Meshes.Get(mesh).Run(() => method.Forward(x)));
    }

    [Fact]
    public void Sizes_decide_how_many_groups_of_threads_reduce_a_point()
    {
        Assert.Equal(0, DeviceQueue.Parts(10_000, 1 << 20, 1024));
        Assert.Equal(0, DeviceQueue.Parts(1, 100, 1024));
        Assert.Equal(0, DeviceQueue.Parts(1, 1L << 32, 1024));
        Assert.Equal(1, DeviceQueue.Parts(1, 128, 1024));
        Assert.Equal(1, DeviceQueue.Parts(600, 1 << 20, 1024));
        Assert.Equal(1024, DeviceQueue.Parts(1, 1 << 29, 1024));
        Assert.Equal(10, DeviceQueue.Parts(100, 1 << 20, 1024));
    }
}
