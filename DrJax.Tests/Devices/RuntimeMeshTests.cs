using DrJax.Compiled.Devices;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Meshes as users make and use them, and what goes wrong.</summary>
public class RuntimeMeshTests
{
    [Fact]
    public void The_processor_is_always_there_and_says_its_threads()
    {
        Assert.Equal(DeviceKind.Cpu, DeviceMesh.Available[0].Kind);
        Assert.All(DeviceMesh.Available, device => Assert.Equal(device.Problem is null, device.IsUsable));
        Assert.Contains("Cpu 0: ", DeviceMesh.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_of_the_processor_bounds_the_threads_of_its_flow()
    {
        var before = DrJaxRuntime.MaxDegreeOfParallelism;
        Assert.Equal(3, DeviceMesh.Cpu(3).Run(() => DrJaxRuntime.MaxDegreeOfParallelism));
        Assert.False(DeviceMesh.Cpu(3).Run(() => DeviceMesh.InUse));
        Assert.Equal(before, DrJaxRuntime.MaxDegreeOfParallelism);
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceMesh.Cpu(-1));
    }

    [Fact]
    public async Task A_mesh_in_use_is_that_of_the_flow_of_control()
    {
        using var mesh = DeviceMesh.Simulator();
        Assert.False(DeviceMesh.InUse);
        using (mesh.Use())
        {
            Assert.True(DeviceMesh.InUse);
            Assert.Same(mesh, await Task.Run(() => DeviceMesh.Current));
            using (DeviceMesh.Cpu().Use()) Assert.False(DeviceMesh.InUse);
            await Task.Yield();
            Assert.Same(mesh, DeviceMesh.Current);
        }
        Assert.Null(DeviceMesh.Current);
    }

    [Fact]
    public void A_device_that_is_missing_is_named_with_what_was_found()
    {
        var error = Assert.Throws<DeviceNotFoundException>(() => DeviceMesh.Cuda(77));
        Assert.StartsWith("there is no device Cuda 77; found:\n  Cpu 0: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(string.Join('\n', DeviceMesh.Describe().Split('\n').Select(line => "  " + line)), error.Message, StringComparison.Ordinal);
        if (!DeviceMesh.Available.Any(d => d.Kind == DeviceKind.Cuda)) Assert.StartsWith("no Cuda device can be used", Assert.Throws<DeviceNotFoundException>(() => DeviceMesh.Cuda()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Meshes_say_what_they_cannot_be()
    {
        Assert.Equal("a mesh has at least one device, got none (Parameter 'devices')", Assert.Throws<ArgumentException>(() => DeviceMesh.Of()).Message);
        Assert.StartsWith("the processor's threads are a mesh of their own", Assert.Throws<ArgumentException>(() => DeviceMesh.Of(new MeshDevice(DeviceKind.Cpu))).Message, StringComparison.Ordinal);
        Assert.StartsWith("a weight is positive, Simulator 0 has 0", Assert.Throws<ArgumentException>(() => DeviceMesh.Of(new MeshDevice(DeviceKind.Simulator, 0, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_that_was_disposed_says_so_and_its_results_stay()
    {
        var mesh = DeviceMesh.Simulator();
        Vec<double> y;
        using (mesh.Use())
        {
            y = Kernels.Twice([1, 2]);
            mesh.Dispose();
            mesh.Dispose();
            Assert.Contains("disposed", Assert.Throws<ObjectDisposedException>(() => Kernels.Twice([1])).Message, StringComparison.Ordinal);
        }
        Assert.Equal([2, 4], y.ToArray());
        Assert.Throws<ObjectDisposedException>(() => mesh.Use());
        Assert.Equal(0, mesh.BytesInUse);
    }

    [Fact]
    public async Task A_mesh_is_disposed_after_the_program_that_runs_on_it()
    {
        var mesh = DeviceMesh.Simulator();
        using var started = new ManualResetEventSlim();
        var y = new double[1];
        Task disposal;
        using (mesh.Use())
        using (var run = DeviceRun.Begin("running"))
        {
            disposal = Task.Run(() =>
            {
                started.Set();
                mesh.Dispose();
            });
            started.Wait();
            run.Lead.Fill(run.Lead.Write(run.Result(y)), 5.0);
        }
        await disposal;
        Assert.Equal([5], DeviceArrays.Ready(y)!);
    }

    [Fact]
    public void A_kernel_that_is_rejected_is_named_and_so_it_is_afterwards()
    {
        using (var mesh = DeviceMesh.Simulator())
        using (mesh.Use())
        {
            Assert.Contains("the kernel Kernels.Rejected was rejected", Assert.Throws<DeviceKernelException>(() => Kernels.Launch(Kernels.Rejected)).Message, StringComparison.Ordinal);
            Assert.Contains("after Kernels.Rejected was rejected", Assert.Throws<DeviceKernelException>(() => Kernels.Twice([1])).Message, StringComparison.Ordinal);
        }
        using var other = DeviceMesh.Simulator();
        Assert.Equal(4, other.Run(() => Kernels.Twice([2])[0]));
    }

    [OpenCLFact]
    public void A_kernel_that_the_driver_of_an_OpenCL_device_rejects_is_named()
    {
        using (var mesh = DeviceMesh.OpenCL(0))
        using (mesh.Use())
        {
            var error = Assert.Throws<DeviceKernelException>(() => Kernels.Launch(Kernels.RejectedByDriver));
            Assert.Contains("the kernel Kernels.RejectedByDriver was rejected: CL_BUILD_PROGRAM_FAILURE", error.Message, StringComparison.Ordinal);
            Assert.IsAssignableFrom<ILGPU.Runtime.AcceleratorException>(error.InnerException);
        }
        using var other = DeviceMesh.OpenCL(0);
        Assert.Equal(4, other.Run(() => Kernels.Twice([2])[0]));
    }

    [Fact]
    public void Kernels_are_compiled_once_whatever_meshes_they_are_in()
    {
        using var mesh = DeviceMesh.Simulator(2);
        using var other = DeviceMesh.Simulator();
        Action<Index1D, Kernels.Views> kernel = Kernels.TwiceOf;
        Device[] Of(DeviceMesh of) => of.Run(() =>
        {
            using var run = DeviceRun.Begin("none");
            return run.Lead.Device.Mesh.Devices;
        });
        var compiled = Of(mesh).Concat(Of(other)).Select(device => DeviceKernels.Compile(device.Accelerator, kernel, EntryPointDescription.FromImplicitlyGroupedKernel)).Distinct();
        _ = Assert.Single(compiled);
    }

    [Fact]
    public void The_text_of_a_kernel_is_the_same_whatever_was_compiled_before()
    {
        const string text = """
            struct type_317_kernel { long field_0; };
            struct type_97 { global double* field_0; };
            kernel void Kernel_Run(global double* view_0, struct type_317_kernel var2)
            {
            	if (var4) goto L_882690;
            	var5 = Tree_12(view_0, (type_97)var3);
            	L_882690: ;
            }
            """;
        Assert.Equal(DeviceKernels.Canonical(text), DeviceKernels.Canonical(text.Replace("317", "4", StringComparison.Ordinal).Replace("97", "317", StringComparison.Ordinal)
            .Replace("882690", "1", StringComparison.Ordinal).Replace("_12(", "_88(", StringComparison.Ordinal) + "// 7"));
        Assert.Contains("struct type_0_kernel { long field_0; };", DeviceKernels.Canonical(text), StringComparison.Ordinal);
        Assert.Equal(".target sm_80\n.param .b32 _thread_0", DeviceKernels.Canonical(".target sm_80\n.param .b32 _thread_2038613"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Indices_outside_their_axis_throw_as_on_the_processor(string mesh)
    {
        using var scope = Meshes.Get(mesh).Use();
        Assert.Equal([20, 10], Kernels.Gather([10, 20], [1, 0]).ToArray());
        var error = Assert.Throws<IndexOutOfRangeException>(() => Kernels.Gather([10, 20], [0, 7]));
        Assert.Equal(("index 7 is outside an axis of length 2", "at[i]", "x"), (error.Message, error.Data["index"], error.Data["axis"]));
        Assert.Throws<IndexOutOfRangeException>(() => Kernels.Gather([10, 20], [-1]));
        Assert.Equal([10], Kernels.Gather([10, 20], [0]).ToArray());
    }

    public static TheoryData<string> All => Meshes.All;
}
