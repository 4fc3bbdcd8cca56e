using System.Collections.Concurrent;
using DrJax.Compiled.Devices;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>The meshes that the tests of this folder run on: simulated devices everywhere, OpenCL devices where there are any.</summary>
internal static class Meshes
{
    private static readonly ConcurrentDictionary<string, Lazy<DeviceMesh>> s_shared = [];

    // A handful of groups is several leaves, on every device of a mesh, a handful of additions is sorted, and sums of some hundred terms go by parts.
    static Meshes() => (DevicePlan.MinGroups, DeviceQueue.LeastSorted, DeviceQueue.LeastPart) = (2, 6, 64);

    /// <summary>Whether all programs that there are run on devices: half an hour on OpenCL, so on demand only.</summary>
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("DRJAX_DEVICE_TESTS") == "all";

    public static int OpenCLDevices { get; } = DeviceMesh.Available.Count(d => d.Kind == DeviceKind.OpenCL && d.IsUsable);

    /// <summary>Names, because test cases are listed in a process of their own.</summary>
    public static string[] Names => [.. new[] { "simulator", "three simulators" }, .. OpenCLDevices > 0 ? ["OpenCL"] : Array.Empty<string>(), .. OpenCLDevices > 1 ? ["several OpenCL devices"] : Array.Empty<string>()];

    public static TheoryData<string> All => [.. Names];

    /// <summary>A mesh that tests share, because compiling kernels takes time.</summary>
    public static DeviceMesh Get(string name) => s_shared.GetOrAdd(name, n => new(() => New(n))).Value;

    public static DeviceMesh New(string name) => name switch
    {
        "simulator" => DeviceMesh.Simulator(),
        "three simulators" => DeviceMesh.Of(new MeshDevice(DeviceKind.Simulator), new MeshDevice(DeviceKind.Simulator, 0, 2), new MeshDevice(DeviceKind.Simulator, 0, 0.5)),
        "OpenCL" => DeviceMesh.OpenCL(0),
        _ => DeviceMesh.OpenCL(),
    };
}

/// <summary>A test on an OpenCL device: skipped, with the reason, where there is none.</summary>
internal sealed class OpenCLFactAttribute : FactAttribute
{
    public OpenCLFactAttribute()
    {
        if (Meshes.OpenCLDevices == 0) Skip = "no OpenCL device can be used here:\n" + DeviceMesh.Describe();
    }
}
