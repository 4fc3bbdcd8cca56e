using DrJax.Compiled.Devices;
using ILGPU;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>The scalar functions as kernels: what the device computes is what the CPU does, to the last bit where the formula is the same.</summary>
public sealed class DeviceFunctionTests
{
    public static TheoryData<string> All => Meshes.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Functions_of_numbers(string mesh)
    {
        var (x, y) = DeviceFunctions.Operands(mesh.Contains("simulator", StringComparison.Ordinal) ? 200 : 20_000);
        var of = DeviceFunctions.OfDouble;
        Compare(of.Select(f => f.Name), x, y, [.. of.Select(f => f.Cpu)], Run(mesh, DeviceFunctions.KernelsOfDouble, x, y, of.Length), 1e-12);
        var (xs, ys) = (x.Select(v => (float)v).ToArray(), y.Select(v => (float)v).ToArray());
        var single = DeviceFunctions.OfSingle;
        Compare(single.Select(f => f.Name), xs, ys, [.. single.Select(f => f.Cpu)], Run(mesh, DeviceFunctions.KernelsOfSingle, xs, ys, single.Length), 1e-6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Random_words_and_whole_numbers(string mesh)
    {
        var random = new Random(3);
        int[] Words() => [.. Enumerable.Range(0, 1000).Select(i => random.Next(int.MinValue, int.MaxValue) >> (i % 31))];
        var (x, y) = (Words(), Words());
        var results = Run<int>(mesh, [DeviceFunctions.Integers], x, y, DeviceFunctions.OfIntegers.Length);
        for (var f = 0; f < DeviceFunctions.OfIntegers.Length; f++)
        {
            for (var i = 0; i < x.Length; i++) Assert.True(DeviceFunctions.OfIntegers[f](x[i], y[i], i) == results[(f * x.Length) + i], $"function {f} of {x[i]}, {y[i]}");
        }
    }

    private static T[] Run<T>(string mesh, Action<Index1D, FunctionArguments<T>>[] kernels, T[] x, T[] y, int functions)
        where T : unmanaged
    {
        using var scope = Meshes.Get(mesh).Use();
        var results = new T[functions * x.Length];
        using (var run = DeviceRun.Begin("functions"))
        {
            var queue = run.Lead;
            var arguments = new FunctionArguments<T>
            {
                X = queue.Read(run.Argument(Vec<T>.UnsafeWrap(x))),
                Y = queue.Read(run.Argument(Vec<T>.UnsafeWrap(y))),
                Results = queue.Write(run.Result(results)),
            };
            foreach (var kernel in kernels) queue.Launch(kernel, x.Length, arguments);
        }

        return Vec<T>.UnsafeWrap(results).ToArray();
    }

    // A device may fuse products and sums, and round subnormal numbers to zero: a device that does neither has the CPU's bits.
    private static void Compare<T>(IEnumerable<string> names, T[] x, T[] y, Func<T, T, T>[] cpu, T[] results, double tolerance)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (var (name, f) in names.Select((n, i) => (n, i)))
        {
            for (var i = 0; i < x.Length; i++)
            {
                var (a, b, want, got) = (double.CreateChecked(x[i]), double.CreateChecked(y[i]), double.CreateChecked(cpu[f](x[i], y[i])), double.CreateChecked(results[(f * x.Length) + i]));
                var isSame = BitConverter.DoubleToInt64Bits(want) == BitConverter.DoubleToInt64Bits(got) || (double.IsNaN(want) && double.IsNaN(got));
                var isNear = DeviceFunctions.IsOther(name, a, b) && (Math.Abs(want - got) <= tolerance * Math.Max(1, Math.Abs(want)) || Math.Abs(want) > 1e15 || double.IsInfinity(want));
                Assert.True(isSame || isNear, $"{name}({a:R}, {b:R}): {got:R}, on the CPU {want:R}");
            }
        }
    }
}
