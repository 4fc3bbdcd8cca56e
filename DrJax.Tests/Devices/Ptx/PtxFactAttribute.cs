using Xunit;

namespace DrJax.Tests.Devices.Ptx;

/// <summary>A test that assembles kernels for CUDA, which takes NVIDIA's assembler; no device. Named by DRJAX_PTXAS, or on the PATH.</summary>
internal sealed class PtxFactAttribute : FactAttribute
{
    public PtxFactAttribute() => Skip = Absence;

    /// <summary>Why there is no assembler; null if there is one.</summary>
    public static string? Absence => Assembler is null ? "there is no ptxas on the PATH, and DRJAX_PTXAS names none: DRJAX_PTXAS=$(.ci/ptxas) fetches one" : null;

    public static string? Assembler { get; } = Environment.GetEnvironmentVariable("DRJAX_PTXAS") is { Length: > 0 } named
        ? named
        : Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "ptxas")).FirstOrDefault(File.Exists);
}

/// <summary>As <see cref="PtxFactAttribute"/>, with arguments.</summary>
internal sealed class PtxTheoryAttribute : TheoryAttribute
{
    public PtxTheoryAttribute() => Skip = PtxFactAttribute.Absence;
}
