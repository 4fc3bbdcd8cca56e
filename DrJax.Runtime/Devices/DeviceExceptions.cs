namespace DrJax;

/// <summary>A device that was asked for is not there or cannot run programs. The message lists what was found.</summary>
public sealed class DeviceNotFoundException(string message) : Exception(message);

/// <summary>A device has not enough free memory for an array, also after everything that can be had again was freed.</summary>
public sealed class DeviceMemoryException : Exception
{
    internal DeviceMemoryException(string device, long requestedBytes, long freeBytes, long deviceBytes, Exception? inner)
        : base($"{device}: {Bytes(requestedBytes)} of memory were asked for, {Bytes(freeBytes)} of {Bytes(deviceBytes)} are free; "
            + "use a mesh of more devices, fewer groups at a time, or smaller arrays", inner) =>
        (RequestedBytes, FreeBytes) = (requestedBytes, freeBytes);

    /// <summary>The size of the array that found no room.</summary>
    public long RequestedBytes { get; }

    /// <summary>The device's memory that was not in use then.</summary>
    public long FreeBytes { get; }

    private static string Bytes(long n) => FormattableString.Invariant(n < 1 << 20 ? $"{n} bytes" : n < 1 << 30 ? $"{n / (double)(1 << 20):0.0} MiB" : (FormattableString)$"{n / (double)(1 << 30):0.0} GiB");
}

/// <summary>A device's driver or compiler has rejected a kernel, or a kernel has failed.</summary>
public sealed class DeviceKernelException(string message, Exception? inner) : Exception(message, inner);
