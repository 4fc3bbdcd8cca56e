using DrJax.Compiled.Devices;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>The memory of devices: what is there, what is asked for, what is given back.</summary>
public class RuntimeMemoryTests
{
    private static readonly Vec<double> s_large = new(new double[1 << 15]);

    private static DeviceMemory MemoryOf(DeviceMesh mesh) => mesh.Runtime.Lead.Memory;

    [Fact]
    public void An_argument_is_copied_once()
    {
        using var mesh = DeviceMesh.Simulator();
        using var scope = mesh.Use();
        Vec<double> x = [1, 2];
        Kernels.Twice(x);
        var before = mesh.BytesInUse;
        var y = Kernels.Twice(x);
        Assert.Equal(256, mesh.BytesInUse - before); // The second result alone; arrays take multiples of 256 bytes.
        Assert.Equal([2, 4], y.ToArray());
    }

    [Fact]
    public void Release_frees_what_the_devices_have_of_a_value_and_keeps_the_value()
    {
        using var mesh = DeviceMesh.Simulator();
        using var scope = mesh.Use();
        Vec<double> x = [1, 2];
        var y = Kernels.Twice(x);
        mesh.Release((x, y));
        Assert.Equal(0, mesh.BytesInUse);
        Assert.Equal([2, 4], y.ToArray());
        Assert.Equal([4, 8], Kernels.Twice(y).ToArray());
    }

    [Fact]
    public void Results_that_nobody_has_any_more_are_freed()
    {
        using var mesh = DeviceMesh.Simulator();
        Drop(mesh);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        mesh.Trim();
        Assert.Equal(0, mesh.BytesInUse);
        Assert.Equal(0, MemoryOf(mesh).BytesAllocated);

        // Apart, so that no local keeps the result.
        static void Drop(DeviceMesh mesh) => mesh.Run(() => Kernels.Twice([1, 2]));
    }

    [Fact]
    public void A_buffer_larger_than_the_device_is_an_exception_that_says_the_sizes_and_leaves_nothing()
    {
        using var mesh = DeviceMesh.Simulator();
        using var scope = mesh.Use();
        MemoryOf(mesh).Limit = 3 << 20;
        var error = Assert.Throws<DeviceMemoryException>(() => Kernels.Scratch(1 << 20));
        Assert.Equal("Simulator 0 (CPUAccelerator): 8.0 MiB of memory were asked for, 3.0 MiB of 3.0 MiB are free; use a mesh of more devices, fewer groups at a time, or smaller arrays", error.Message);
        // Two blocks were taken before.
        Assert.Equal((8 << 20, (3 << 20) - 512), (error.RequestedBytes, error.FreeBytes));
        Assert.Equal(0, mesh.BytesInUse);
        Assert.Equal([2], Kernels.Twice([1]).ToArray());
    }

    [Fact]
    public void What_the_host_has_too_makes_room()
    {
        using var mesh = DeviceMesh.Simulator();
        using var scope = mesh.Use();
        MemoryOf(mesh).Limit = 700 << 10;
        var results = Enumerable.Range(0, 3).Select(i => Kernels.Sum(new(s_large.ToArray()))).ToArray();
        Assert.Equal([0, 0, 0], results);
        // The pool keeps one block of 256 KiB, used by one array after the other.
        Assert.True(mesh.BytesInUse <= 700 << 10);
    }

    [OpenCLFact]
    public void A_buffer_larger_than_an_OpenCL_device_is_an_exception()
    {
        using var mesh = DeviceMesh.OpenCL(0);
        using var scope = mesh.Use();
        Assert.Throws<DeviceMemoryException>(() => Kernels.Scratch(1L << 40));
        Assert.Equal([2], Kernels.Twice([1]).ToArray());
        Assert.Equal(256 * 2, mesh.BytesInUse);
    }

    [Fact]
    public void Blocks_are_of_few_sizes_with_little_to_spare()
    {
        for (var bytes = 1L; bytes < 1L << 33; bytes = (bytes * 5 / 4) + 1)
        {
            var size = DeviceMemory.SizeOf(bytes);
            Assert.True(size >= bytes && size % 256 == 0 && (size <= 2048 || size <= bytes * 5 / 4), $"{bytes} become {size}");
        }
    }
}
