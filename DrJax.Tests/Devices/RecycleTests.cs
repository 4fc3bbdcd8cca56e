using System.Runtime.CompilerServices;
using DrJax.Compiled.Devices;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Arrays given back that devices have copies of: the next value in their memory is none of those.</summary>
public class RecycleTests
{
    [Fact]
    public void What_is_given_back_is_freed_on_the_device_and_not_brought_home()
    {
        using var mesh = DeviceMesh.Simulator();
        using var scope = mesh.Use();
        var x = new Vec<double>([1, 2]);
        var y = Kernels.Twice(x);
        var memory = Elements(y);
        DrJaxRuntime.Recycle((x, y));
        Assert.Equal(0, mesh.BytesInUse);
        memory[1] = 7;
        Assert.Equal(7, DeviceArrays.Ready(memory)![1]);
    }

    [Fact]
    public void A_device_has_no_copy_of_the_next_value_in_the_memory()
    {
        double[] memory = [1, 2];
        using var one = DeviceMesh.Simulator();
        using var other = DeviceMesh.Simulator();
        DeviceMesh[] meshes = [one, other];
        foreach (var mesh in meshes) Assert.Equal([2, 4], mesh.Run(() => Kernels.Twice(Vec<double>.UnsafeWrap(memory))).ToArray());
        DrJaxRuntime.Recycle(Vec<double>.UnsafeWrap(memory));
        memory[0] = 5;
        foreach (var mesh in meshes) Assert.Equal([10, 4], mesh.Run(() => Kernels.Twice(Vec<double>.UnsafeWrap(memory))).ToArray());
    }

    [Fact]
    public void Nothing_is_brought_home_from_a_mesh_that_nobody_has_any_more()
    {
        var y = Lost();
        GC.Collect();
        var memory = Elements(y);
        DrJaxRuntime.Recycle(y);
        memory[0] = 7;
        Assert.Equal(7, DeviceArrays.Ready(memory)![0]);

        // Apart, so that no local keeps the mesh.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static Vec<double> Lost() => DeviceMesh.Simulator().Run(() => Kernels.Twice([1, 2]));
    }

    [Fact]
    public void Meshes_are_free_for_what_comes_after_a_value_that_a_disposed_one_had()
    {
        var mesh = DeviceMesh.Simulator();
        var y = mesh.Run(() => Kernels.Twice([1, 2]));
        mesh.Dispose();
        DrJaxRuntime.Recycle(y);
        Assert.Equal(0, mesh.BytesInUse);
    }

    private static double[] Elements(Vec<double> x) => ((INdArray<double>)x).Array!;
}
