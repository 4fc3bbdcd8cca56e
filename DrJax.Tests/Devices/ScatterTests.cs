using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Additions to places that points share: scatters, and the derivatives of what is read at computed places. Sorted where they are many.</summary>
public class ScatterTests
{
    private static readonly Lazy<Type> s_programs = new(() => Harness.LoadWithDevices(Harness.Compilation("""
        public static class Scatters
        {
            [DrJaxProgram] public static Vec<double> Places(Vec<double> x, Vec<int> at, Vec<double> v) => ScatterAdd(x, at, v);

            [DrJaxProgram] public static double Words(Mat<double> table, Vec<int> words) => Sum(Build(words.Length, table.Columns, (i, j) => Square(table[words[i], j])));

            [DrJaxProgram("clients")] public static double WordsOfClients(Mat<float> table, Placed<Vec<int>> words) =>
                ReduceMean(Map(w => (double)Sum(Build(w.Length, i => Sin(table[w[i], w[i]] * table[0, w[i]]))), words));
        }
        """), companions: true).Assembly.GetType("Scatters")!);

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var mesh in Meshes.Names) foreach (var program in new[] { "Places", "Words", "WordsOfClients" }) data.Add(mesh, program);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Additions_to_shared_places_are_those_of_the_processor(string mesh, string program)
    {
        var method = s_programs.Value.GetMethod(program)!;
        foreach (var n in new[] { 1, 5, 40 })
        {
            var random = new Random(n);
            object[] arguments = [.. method.GetParameters().Select(p => Elements.Draw(p.ParameterType, n, 7, random))];
            new Twin(method).Check(Meshes.Get(mesh), random, arguments);
        }
    }

    [Fact]
    public void Sizes_decide_whether_additions_are_sorted()
    {
        Assert.False(Compiled.Devices.DeviceQueue.Sorts(1, 5, 100));
        Assert.True(Compiled.Devices.DeviceQueue.Sorts(1, 10_000, 100));
        Assert.True(Compiled.Devices.DeviceQueue.Sorts(64, 64 * 1000, 100));
        Assert.False(Compiled.Devices.DeviceQueue.Sorts(1 << 20, 1L << 30, 100));
        Assert.False(Compiled.Devices.DeviceQueue.Sorts(1, 10_000, 1L << 33));
    }
}
