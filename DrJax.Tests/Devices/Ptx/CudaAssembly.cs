using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using DrJax.Compiled.Devices;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace DrJax.Tests.Devices.Ptx;

/// <summary>What a kernel takes of a multiprocessor, as the assembler says: registers of a thread, bytes of a group, bytes of a thread.</summary>
internal sealed partial record Resources(int Registers, int Shared, int Stack, int Spills)
{
    /// <summary>Of the assembler's messages about one kernel.</summary>
    public static Resources Of(string messages)
    {
        int Number(Regex pattern) => pattern.Match(messages) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new(Number(UsedRegisters()), Number(SharedBytes()), Number(StackFrame()), Number(SpillStores()));
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex UsedRegisters();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex SharedBytes();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex SpillStores();
}

/// <summary>Kernels as machine code for CUDA: by ILGPU's backend, which needs no device, and NVIDIA's assembler.</summary>
internal static partial class CudaAssembly
{
    // ILGPU searches all types that it ever made for every kernel.
    private const int KernelsPerAssembly = 32;

    public static readonly string[] Architectures = ["sm_80", "sm_90"];

    /// <summary>The assembler's version, 11.8 say: another may use other numbers of registers.</summary>
    public static string Version => field ??= VersionNumber().Match(Run("--version")).Groups[1].Value;

    /// <summary>A line for each kernel; faults are what a kernel may not have: a stack frame, or registers that are spilled to memory.</summary>
    public static (string Table, string[] Faults) Assemble(IEnumerable<(string Name, MethodInfo Method)> kernels)
    {
        using var context = Context.Create(builder => DeviceCatalog.Configure(builder));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        var folder = Directory.CreateTempSubdirectory("drjax-ptx-");
        try
        {
            // ILGPU compiles one kernel at a time, the assembler is a process. Equal kernels are assembled once.
            var files = new Dictionary<string, string>();
            var texts = kernels.Select(kernel =>
            {
                var text = DeviceKernels.Canonical(Ptx(backend, kernel.Name, kernel.Method));
                if (files.TryGetValue(text, out var file)) return (kernel.Name, file);
                File.WriteAllText(files[text] = Path.Combine(folder.FullName, $"{files.Count}.ptx"), text);
                if (files.Count % KernelsPerAssembly == 0) context.RuntimeSystem.ClearCache(ClearCacheMode.Everything);
                return (kernel.Name, file: files[text]);
            }).ToArray();
            var resources = files.Values.AsParallel().ToDictionary(file => file, file => Architectures.Select(a => Resources.Of(Run($"-arch={a}", "-v", file, "-o", file + a))).ToArray());
            var rows = texts.Select(t => (t.Name, Resources: resources[t.file])).ToArray();
            var width = rows.Select(r => r.Name.Length).Append(6).Max();
            string[] lines =
            [
                $"{"kernel".PadRight(width)}  {string.Join("  ", Architectures.Select(a => $"{a}: registers  shared"))}",
                .. rows.Select(r => $"{r.Name.PadRight(width)}  {string.Join("  ", r.Resources.Select(x => $"{x.Registers,16}  {x.Shared,6}"))}"),
            ];
            string[] faults = [.. from r in rows from x in r.Resources where x.Stack > 0 || x.Spills > 0 select $"{r.Name}: {x.Stack} bytes of stack, {x.Spills} bytes spilled"];
            return (string.Join('\n', lines), faults);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Ptx(PTXBackend backend, string name, MethodInfo kernel)
    {
        var entry = kernel.GetParameters().Length == 1 ? EntryPointDescription.FromExplicitlyGroupedKernel(kernel) : EntryPointDescription.FromImplicitlyGroupedKernel(kernel);
        try
        {
            return ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
        }
        catch (InternalCompilerException e)
        {
            throw new InvalidOperationException($"{name} does not compile for CUDA: {e.GetBaseException().Message}", e);
        }
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(PtxFactAttribute.Assembler!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result + error : throw new InvalidOperationException($"ptxas {string.Join(' ', arguments)}:\n{output.Result}{error}");
    }

    [GeneratedRegex(@"release ([\d.]+)")]
    private static partial Regex VersionNumber();
}
