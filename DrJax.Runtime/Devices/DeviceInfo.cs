using System.Globalization;

namespace DrJax;

/// <summary>A device that was found on this machine.</summary>
public sealed class DeviceInfo
{
    internal DeviceInfo(DeviceKind kind, int index, string name, long memoryBytes, string? problem) =>
        (Kind, Index, Name, MemoryBytes, Problem) = (kind, index, name, memoryBytes, problem);

    /// <summary>How the device is driven.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Its number among the devices of its kind, counted from 0: what <see cref="DeviceMesh.Cuda"/> and <see cref="DeviceMesh.OpenCL"/> take.</summary>
    public int Index { get; }

    /// <summary>The name that its driver gives it.</summary>
    public string Name { get; }

    /// <summary>Its memory, in bytes; 0 where the device uses the process's own memory.</summary>
    public long MemoryBytes { get; }

    /// <summary>Why the device cannot run programs; null if it can.</summary>
    public string? Problem { get; }

    /// <summary>Whether the device can run programs.</summary>
    public bool IsUsable => Problem is null;

    /// <summary><c>Cuda 0: NVIDIA A100 (79.2 GiB)</c>, and why it cannot be used if so.</summary>
    public override string ToString()
    {
        var memory = MemoryBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({MemoryBytes / (double)(1 << 30):0.0} GiB)");
        return $"{Kind} {Index}: {Name}{memory}{(Problem is null ? "" : $", cannot be used: {Problem}")}";
    }
}
