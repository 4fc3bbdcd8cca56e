using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace DrJax.Compiled.Devices;

/// <summary>Kernels as ILGPU has compiled them, for the driver to compile further: once a process for devices of one model, whatever meshes they are in.</summary>
internal static partial class DeviceKernels
{
    private static readonly ConcurrentDictionary<(Delegate Kernel, string Model), CompiledKernel> s_compiled = [];

    /// <summary>The kernel for devices like this one. What is rejected is not kept: another mesh may try again.</summary>
    public static CompiledKernel Compile(Accelerator accelerator, Delegate kernel, Func<MethodInfo, EntryPointDescription> entry)
    {
        var key = (kernel, Model(accelerator));
        return s_compiled.TryGetValue(key, out var known) ? known : s_compiled.GetOrAdd(key, accelerator.CompileKernel(entry(kernel.Method)) switch
        {
            CLCompiledKernel c => new CLCompiledKernel(c.Context, EntryPoint(c), c.Info, Canonical(c.Source), c.CVersion),
            PTXCompiledKernel p => Assembly(p.Context, EntryPoint((CompiledKernel)p), p.Info, Canonical(p.PTXAssembly)),
            var simulated => simulated,
        });
    }

    /// <summary>
    /// The same text for the same kernel: ILGPU numbers types, labels and functions through the process, here each has a number in the order of first mention, and there are no
    /// remarks. Drivers know by the text what they have compiled before, for another device, another mesh or another process.
    /// </summary>
    internal static string Canonical(string text)
    {
        var names = new Dictionary<string, string>();
        return Numbered().Replace(Remark().Replace(text, ""), name =>
        {
            if (!names.TryGetValue(name.Value, out var canonical))
                names.Add(name.Value, canonical = string.Create(CultureInfo.InvariantCulture, $"{name.Groups["kind"].ValueSpan}_{names.Count}"));
            return canonical;
        });
    }

    // Not the kernel itself, the numbers of fields and views, which are its own, nor an architecture.
    [GeneratedRegex(@"\b(?!Kernel_|sm_|field_|view_)(?<kind>[A-Za-z_]\w*?)_[0-9]+(?=_kernel\b|\b)")]
    private static partial Regex Numbered();

    [GeneratedRegex("//.*")]
    private static partial Regex Remark();

    // ILGPU makes compiled kernels of parts that it does not give away again, and those for CUDA only itself.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern SeparateViewEntryPoint EntryPoint(CLCompiledKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern EntryPoint EntryPoint(CompiledKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern PTXCompiledKernel Assembly(Context context, EntryPoint entry, CompiledKernel.KernelInfo? info, string text);

    private static string Model(Accelerator accelerator) => accelerator.Device is CLDevice cl
        ? $"{cl.PlatformName} {cl.PlatformVersion} {cl.Name}" : $"{accelerator.AcceleratorType} {accelerator.Name}";
}
