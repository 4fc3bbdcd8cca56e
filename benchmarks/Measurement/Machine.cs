using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrJax.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    internal static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {VectorBits()} bit vectors, "
        + $"{RuntimeInformation.FrameworkDescription} ({RuntimeInformation.RuntimeIdentifier})";

    private static string Processor()
    {
        const string list = "/proc/cpuinfo";
        var line = !File.Exists(list) ? null
            : File.ReadLines(list).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
}
