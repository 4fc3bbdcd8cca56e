using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Division of ints in kernels, which neither round nor throw by themselves as C# does.</summary>
public class DivisionTests
{
    private static readonly Lazy<Type> s_programs = new(() => Harness.LoadWithDevices(Harness.Compilation("""
        public static class Divisions
        {
            [DrJaxProgram] public static (Vec<int>, Vec<int>, Vec<int>, Vec<int>) ByConstants(Vec<int> x) =>
                (Build(x.Length, i => x[i] / 4), Build(x.Length, i => x[i] % 4), Build(x.Length, i => x[i] / -8), Build(x.Length, i => (i - 3) / 2));

            [DrJaxProgram] public static Vec<int> Quotients(Vec<int> x, Vec<int> y) => Build(x.Length, i => x[i] / y[i]);

            [DrJaxProgram] public static Vec<int> Negated(Vec<int> x) => Build(x.Length, i => x[i] / -1);

            [DrJaxProgram] public static int Remainders(Vec<int> x, Vec<int> y) => Sum(Build(x.Length, i => x[i] % y[i]));
        }
        """)).Assembly.GetType("Divisions")!);

    private static readonly Vec<int> s_x = [-9, -8, -7, -5, -4, -1, 0, 1, 3, 4, 7, 8, 100];

    public static TheoryData<string> All => Meshes.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Quotients_round_towards_zero(string mesh)
    {
        var (quotients, remainders, negative, indices) = ((Vec<int>, Vec<int>, Vec<int>, Vec<int>))Call(mesh, "ByConstants", s_x);
        int[] x = s_x.ToArray();
        Assert.Equal(x.Select(v => v / 4), quotients.ToArray());
        Assert.Equal(x.Select(v => v % 4), remainders.ToArray());
        Assert.Equal(x.Select(v => v / -8), negative.ToArray());
        Assert.Equal(x.Select((_, i) => (i - 3) / 2), indices.ToArray());
        Vec<int> y = [.. x.Select((_, i) => i % 2 == 0 ? 3 : -4)];
        Assert.Equal(x.Zip(y.ToArray(), (a, b) => a / b), ((Vec<int>)Call(mesh, "Quotients", s_x, y)).ToArray());
        Assert.Equal(x.Zip(y.ToArray(), (a, b) => a % b).Sum(), Call(mesh, "Remainders", s_x, y));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Division_by_zero_throws_as_on_the_processor(string mesh)
    {
        Vec<int> y = [1, 2, 3, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1];
        Assert.Throws<DivideByZeroException>(() => Call(mesh, "Quotients", s_x, y));
        Assert.Throws<DivideByZeroException>(() => Call(mesh, "Remainders", s_x, y));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_least_int_divided_by_minus_one_throws_as_on_the_processor(string mesh)
    {
        Vec<int> x = s_x.With(5, int.MinValue), y = [1, 2, 3, 4, 1, -1, 1, 1, 1, 1, 1, 1, 1];
        foreach (var run in new[] { mesh, null })
        {
            Assert.Throws<OverflowException>(() => Call(run, "Quotients", x, y));
            Assert.Throws<OverflowException>(() => Call(run, "Remainders", x, y));
            Assert.Throws<OverflowException>(() => Call(run, "Negated", x));
        }
        Assert.Equal(s_x.ToArray().Select(v => -v), ((Vec<int>)Call(mesh, "Negated", s_x)).ToArray());
    }

    private static object Call(string? mesh, string program, params object[] arguments)
    {
        var forward = s_programs.Value.Assembly.GetType($"Divisions_{program}")!.GetMethod("Forward")!;
        object Run() => forward.Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return mesh is null ? Run() : Meshes.Get(mesh).Run(Run);
    }
}
