using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.IR;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DrJax.Compiled.Devices;

/// <summary>The devices that ILGPU finds, looked for once a process.</summary>
internal static class DeviceCatalog
{
    /// <summary>The threads a group of the simulated devices: few, because each is a thread of the process; and as many as kernels ask of real devices.</summary>
    private static readonly CPUDevice[] s_simulated = [new(2, 1, 1), new(16, 16, 1)];

    private static readonly Lazy<Catalog> s_catalog = new(Search);

    private sealed record Catalog(Context Owner, List<(DeviceInfo Info, ILGPU.Runtime.Device Device)> Devices, List<string> Notes);

    /// <summary>Devices with drivers of their own.</summary>
    public static IEnumerable<DeviceInfo> Found => s_catalog.Value.Devices.Select(d => d.Info).Where(d => d.Kind != DeviceKind.Simulator);

    public static IEnumerable<object> Lines => [.. Found, .. s_catalog.Value.Notes];

    /// <summary>What a mesh compiles its kernels in. One each: after a kernel that ILGPU rejects, a context compiles no other.</summary>
    public static Context NewContext() => Context.Create(builder => Configure(builder));

    /// <summary>The numbers of the devices of a kind that can run programs.</summary>
    /// <exception cref="DeviceNotFoundException">There is none.</exception>
    public static int[] Usable(DeviceKind kind)
    {
        int[] usable = [.. Found.Where(d => d.Kind == kind && d.IsUsable).Select(d => d.Index)];
        return usable.Length > 0 ? usable : throw Missing($"no {kind} device can be used");
    }

    /// <exception cref="DeviceNotFoundException">There is no such device, or it cannot be used.</exception>
    public static (DeviceInfo Info, ILGPU.Runtime.Device Device) Get(DeviceKind kind, int index)
    {
        var found = s_catalog.Value.Devices.Find(d => d.Info.Kind == kind && d.Info.Index == index);
        if (found.Info is null) throw Missing($"there is no device {kind} {index}");
        return found.Info.IsUsable ? found : throw Missing($"{kind} {index} cannot be used");
    }

    private static DeviceNotFoundException Missing(string what) => new($"{what}; found:\n{string.Join('\n', DeviceMesh.Describe().Split('\n').Select(line => "  " + line))}");

    private static Catalog Search()
    {
        List<string> notes = [];
        var context = Create(notes);
        List<(DeviceInfo, ILGPU.Runtime.Device)> devices = [];
        foreach (var (kind, found) in new (DeviceKind, ILGPU.Runtime.Device[])[]
        {
            (DeviceKind.Cuda, [.. context.Devices.OfType<CudaDevice>()]),
            (DeviceKind.OpenCL, [.. context.Devices.OfType<CLDevice>()]),
            (DeviceKind.Simulator, [.. context.Devices.OfType<CPUDevice>()]),
        })
        {
            var index = 0;
            foreach (var device in found)
                devices.Add((new(kind, index++, device.Name, kind == DeviceKind.Simulator ? 0 : device.MemorySize, Problem(device)), device));
            if (index == 0) notes.Add($"{kind}: {Absence(kind)}");
        }
        return new(context, devices, notes);
    }

    private static Context Create(List<string> notes)
    {
        return Context.Create(builder =>
        {
            Configure(builder);
            foreach (var device in s_simulated) builder.CPU(device);
            Try("CUDA", () => builder.Cuda(_ => true));
            Try("OpenCL", () => builder.OpenCL(_ => true));
        });

        void Try(string driver, Action enumerate)
        {
            try
            {
                enumerate();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A broken driver must not hide the others' devices.
                notes.Add($"{driver}: looking for devices failed: {e.Message}");
            }
        }
    }

    /// <summary>What kernels are compiled with.</summary>
    internal static Context.Builder Configure(Context.Builder builder)
    {
        DeviceIntrinsics.Register();
        GroupFold.Register(builder.GetIntrinsicManager());
        // Not OptimizationLevel.O2: it moves loads out of loops that write what they load (seen in do loops on OpenCL).
        return builder;
    }

    private static string? Problem(ILGPU.Runtime.Device device) => device switch
    {
        CLDevice cl when !cl.Capabilities.GenericAddressSpace => $"its driver ({cl.PlatformName}, {cl.PlatformVersion}) has no generic address space, which OpenCL 2.0 and later may have",
        CudaDevice { Architecture: null } => "its architecture is not known",
        _ => null,
    };

    private static string Absence(DeviceKind kind)
    {
        var library = (kind, RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) switch
        {
            (DeviceKind.Cuda, true) => "nvcuda.dll",
            (DeviceKind.Cuda, false) => "libcuda.so",
            (_, true) => "OpenCL.dll",
            _ => RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so",
        };
        if (NativeLibrary.TryLoad(library, out var handle))
        {
            NativeLibrary.Free(handle);
            return $"{library} is there and names no device";
        }
        var hint = library == "libOpenCL.so" ? " (on Debian and Ubuntu it comes with the package ocl-icd-opencl-dev)" : "";
        return $"no driver: {library} cannot be loaded{hint}";
    }
}
