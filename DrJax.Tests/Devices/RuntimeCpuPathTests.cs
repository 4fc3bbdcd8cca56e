using System.Reflection;
using System.Runtime.Loader;
using Xunit;
using static DrJax.MapReduce;

namespace DrJax.Tests.Devices;

/// <summary>Without a mesh of devices nothing of ILGPU is loaded.</summary>
public class RuntimeCpuPathTests
{
    /// <summary>The library and these tests once more, in a context that notes when ILGPU is asked for.</summary>
    private sealed class Apart() : AssemblyLoadContext(nameof(Apart))
    {
        public List<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name!.StartsWith("ILGPU", StringComparison.Ordinal)) Asked.Add(name.Name);
            return name.Name is "DrJax.Runtime" or "DrJax.Tests" ? LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(typeof(Apart).Assembly.Location)!, name.Name + ".dll")) : null;
        }
    }

    [DrJaxProgram("groups")]
    internal static double Loss(Vec<double> model, Placed<Vec<double>> data) => ReduceMean(Map((m, x) => Ops.Square(Ops.Dot(m, x) - 1), Broadcast(model), data));

    /// <summary>A gradient over enough groups for several leaves, on the processor and on its mesh, given back.</summary>
    internal static string Work()
    {
        var data = Placed.Rows(Ops.Build(1000, 2, (i, j) => (double)(i + j)));
        var gradient = Autodiff.Grad(Loss, (Vec<double>)[1, 2], data);
        var text = $"{gradient} {DeviceMesh.Cpu(2).Run(() => Loss(gradient, data))} {DeviceMesh.InUse} {DeviceMesh.Current}";
        DrJaxRuntime.Recycle((gradient, data));
        return text;
    }

    [Fact]
    public void Programs_on_the_processor_load_nothing_of_ILGPU()
    {
        var apart = new Apart();
        var work = apart.LoadFromAssemblyName(new AssemblyName("DrJax.Tests")).GetType(typeof(RuntimeCpuPathTests).FullName!)!
            .GetMethod(nameof(Work), BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.Equal(Work(), work.Invoke(null, null));
        Assert.Empty(apart.Asked);
    }
}
