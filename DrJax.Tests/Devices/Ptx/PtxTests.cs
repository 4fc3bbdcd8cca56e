using DrJax.Compiled.Devices;
using Xunit;
using Xunit.Abstractions;

namespace DrJax.Tests.Devices.Ptx;

/// <summary>
/// Kernels compile to machine code for CUDA, keep everything in registers, and take as many as they did: snapshots by version of the assembler guard that.
/// </summary>
public sealed class PtxTests(ITestOutputHelper output)
{
    [PtxFact]
    public void The_functions() => Check([.. Kernels.Of(typeof(PtxTests).Assembly).Where(k => k.Name.StartsWith(nameof(DeviceFunctions), StringComparison.Ordinal))]);

    [PtxFact]
    public void The_runtime() => Check(Kernels.Of(typeof(DeviceMath).Assembly));

    private void Check((string Name, System.Reflection.MethodInfo Method)[] kernels, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        Assert.NotEmpty(kernels);
        var (table, faults) = CudaAssembly.Assemble(kernels);
        output.WriteLine(table);
        Assert.Empty(faults);
        if (CudaAssembly.Version == "11.8") Snapshot.Match(table, "ptxas-11.8", method: test);
    }
}
