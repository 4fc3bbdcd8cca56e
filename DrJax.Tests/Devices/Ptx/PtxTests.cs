using System.Diagnostics;
using System.Reflection;
using DrJax.Compiled.Devices;
using DrJax.Tests.Pipeline;
using Xunit;
using Xunit.Abstractions;

namespace DrJax.Tests.Devices.Ptx;

/// <summary>
/// Kernels compile to machine code for CUDA and keep everything in registers; those of the runtime and of the tutorial take as many as they did: snapshots by version
/// of the assembler guard that. The kernels of other programs change with every optimisation: their tables are printed.
/// </summary>
public sealed class PtxTests(ITestOutputHelper output)
{
    [PtxFact]
    public void The_functions() => Guard([.. Kernels.Of(typeof(PtxTests).Assembly).Where(k => k.Name.StartsWith(nameof(DeviceFunctions), StringComparison.Ordinal))]);

    [PtxFact]
    public void The_runtime() => Guard(Kernels.Of(typeof(DeviceMath).Assembly));

    [PtxFact]
    public void The_tutorial() => Guard(Programs($"{Harness.Usings}public static class Mean\n{{\n{DeviceCodeTests.Mean}\n}}\n\npublic static class Descent\n{{\n{DeviceCodeTests.Descent}\n}}\n"));

    [PtxFact]
    public void Loops_in_kernels() => _ = Check(Programs($"{Harness.Usings}{LoopTests.Source}"));

    /// <summary>With all derivatives that their companions have.</summary>
    [PtxFact]
    public void The_golden_programs() => _ = Check(Programs(File.ReadAllText(Path.Combine(Repository.Root, "DrJax.Tests", "Golden", "GoldenPrograms.cs"))));

    public static TheoryData<string> Classes => [.. Tests.Programs.LanguageTests.Classes.Select(c => c.Name).Where(c => Meshes.IsWhole || c == nameof(Tests.Programs.Language.Reductions))];

    /// <summary>A class of the language tests, or all of them, with all derivatives.</summary>
    [PtxTheory]
    [MemberData(nameof(Classes))]
    public void The_language_programs(string type) => _ = Check(Kernels.Of(LanguagePrograms.Of(type).Assembly));

    /// <summary>What the example calls: its types, which follow its statements.</summary>
    [PtxFact]
    public void The_example()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "examples", "gpu.cs"));
        var usings = text.Split('\n').Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(';') && !line.Contains('=', StringComparison.Ordinal));
        _ = Check(Programs(string.Join('\n', usings) + "\n" + text[text.IndexOf("public readonly record struct Network", StringComparison.Ordinal)..]));
    }

    /// <summary>Kernels are made from what the C# compiler made of these methods, and it makes something else of them in Release: the snapshots are those of Debug.</summary>
    private static bool IsUnoptimised => typeof(DeviceMath).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static (string Name, MethodInfo Method)[] Programs(string source)
    {
        const string usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
        return Kernels.Of(Harness.LoadWithDevices(Harness.Compilation(Harness.Tree(usings), Harness.Tree(source)), companions: true).Assembly);
    }

    private void Guard((string Name, MethodInfo Method)[] kernels, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var table = Check(kernels);
        if (CudaAssembly.Version == "11.8" && IsUnoptimised) Snapshot.Match(table, "ptxas-11.8", method: test);
    }

    private string Check((string Name, MethodInfo Method)[] kernels)
    {
        Assert.NotEmpty(kernels);
        var (table, faults) = CudaAssembly.Assemble(kernels);
        output.WriteLine(table);
        Assert.Empty(faults);
        return table;
    }
}
