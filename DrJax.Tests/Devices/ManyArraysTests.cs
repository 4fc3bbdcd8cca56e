using System.Reflection;
using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Programs of more arrays than the parameters of a kernel have room for: each kernel takes some.</summary>
public class ManyArraysTests
{
    private const int Arrays = 48;

    private static readonly Lazy<Type> s_programs = new(() =>
    {
        var names = Enumerable.Range(0, Arrays).Select(i => $"A{i}").ToArray();
        return Harness.LoadWithDevices(Harness.Compilation($$"""
            public readonly record struct Model({{string.Join(", ", names.Select(n => $"Vec<double> {n}"))}}) : IVectorSpace;

            public static class Many
            {
                [DrJaxProgram] public static Model Step(Model m, Model g) => m - 0.1 * g;

                static double Loss(Model m) => Sum({{string.Join(" + ", names.Chunk(8).Select(c => $"Square({string.Join(" + ", c.Select(n => $"Sin(m.{n})"))})"))}});

                [DrJaxProgram] public static (double, Model) Descent(Model m) => ValueAndGrad(Loss, m);
            }
            """)).Assembly.GetType("Many")!;
    });

    public static TheoryData<string> All => Meshes.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Programs_of_many_arrays_run(string mesh)
    {
        var random = new Random(1);
        object Model() => Activator.CreateInstance(s_programs.Value.Assembly.GetType("Model")!, [.. Enumerable.Range(0, Arrays).Select(_ => (object)new Vec<double>([random.NextDouble(), random.NextDouble()]))])!;
        object[] both = [Model(), Model()];
        Assert.Equal($"{Call("Step", both)}", $"{Meshes.Get(mesh).Run(() => Call("Step", both))}");
        Assert.Equal(Numbers(Call("Descent", both[0])), Numbers(Meshes.Get(mesh).Run(() => Call("Descent", both[0]))), (a, b) => Math.Abs(a - b) <= 1e-9); // Sums in another order.
    }

    [Fact]
    public void Kernels_take_few_arrays_each()
    {
        var kernels = s_programs.Value.Assembly.GetTypes().Where(t => t.DeclaringType is not null && t.GetMethod("Run") is not null).ToArray();
        Assert.True(kernels.Length > 4);
        // The largest sum reads all arrays: one kernel can do nothing less.
        Assert.All(kernels, kernel => Assert.True(kernel.GetFields().Count(f => f.FieldType.Name.StartsWith("ArrayView", StringComparison.Ordinal)) <= Arrays + 2));
        Assert.All(kernels.Where(k => k.DeclaringType!.Name == "Many_Step_Forward_Device"), kernel => Assert.True(kernel.GetFields().Length <= 42));
    }

    private static object Call(string program, params object[] arguments) => s_programs.Value.Assembly.GetType($"Many_{program}")!.GetMethod("Forward")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private static double[] Numbers(object result)
    {
        var (value, model) = (result.GetType().GetField("Item1")!.GetValue(result)!, result.GetType().GetField("Item2")!.GetValue(result)!);
        return [(double)value, .. Enumerable.Range(0, Arrays).SelectMany(i => ((Vec<double>)model.GetType().GetProperty($"A{i}")!.GetValue(model)!).ToArray())];
    }
}
