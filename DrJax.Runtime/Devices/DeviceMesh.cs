using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DrJax.Compiled;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>
/// The devices that programs run on: the processor's threads, or GPUs, over which the groups of a placement are split. A mesh in use
/// (<see cref="Use"/>, <see cref="Run{T}"/>) is that of the flow of control, also across <c>await</c>; without one, programs run on the processor.
/// </summary>
/// <remarks>
/// A program runs on GPUs if its project sets <c>&lt;DrJaxDevices&gt;true&lt;/DrJaxDevices&gt;</c>. Results stay on the devices until they are read; an
/// argument is copied there once. Results have the same bits for any number of devices of one model and driver. One program runs on a mesh at a time; others wait.
/// </remarks>
public sealed class DeviceMesh : IDisposable
{
    private static readonly AsyncLocal<DeviceMesh?> s_current = new();
    private readonly MeshRuntime? runtime;
    private readonly int workers;

    private DeviceMesh(MeshRuntime runtime)
    {
        this.runtime = runtime;
        OpenMeshes.All.Add(this, null);
    }

    private DeviceMesh(int workers) => this.workers = workers;

    /// <summary>The processor: programs use at most this many threads. Results have the same bits for any number.</summary>
    /// <param name="workers">The most threads that a call uses, its own included; 0 for as many as <see cref="DrJaxRuntime.MaxDegreeOfParallelism"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is negative.</exception>
    public static DeviceMesh Cpu(int workers = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        return new(workers);
    }

    /// <summary>NVIDIA GPUs, of equal weight.</summary>
    /// <param name="devices">Their numbers, as <see cref="Available"/> counts them; none for all that can be used.</param>
    /// <exception cref="DeviceNotFoundException">There is no such device, or it cannot be used; the message lists what was found.</exception>
    /// <exception cref="PlatformNotSupportedException">The process was compiled ahead of time, or its project sets <c>PublishAot</c>, as single files do by default.</exception>
    public static DeviceMesh Cuda(params ReadOnlySpan<int> devices) => Of(Listed(DeviceKind.Cuda, devices));

    /// <summary>Devices with an OpenCL driver, of equal weight.</summary>
    /// <inheritdoc cref="Cuda"/>
    public static DeviceMesh OpenCL(params ReadOnlySpan<int> devices) => Of(Listed(DeviceKind.OpenCL, devices));

    /// <summary>Simulated devices, which run kernels point by point on the processor: for tests of device code where there is no device.</summary>
    /// <param name="devices">How many; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="devices"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">The process was compiled ahead of time, or its project sets <c>PublishAot</c>, as single files do by default.</exception>
    public static DeviceMesh Simulator(int devices = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, 1);
        return Of([.. Enumerable.Repeat(new MeshDevice(DeviceKind.Simulator), devices)]);
    }

    /// <summary>Devices of any kinds and weights. The first leads: it runs what is not in a map.</summary>
    /// <exception cref="ArgumentException">There is no device, one is the processor, or a weight is not a positive number.</exception>
    /// <exception cref="DeviceNotFoundException">A device is not there, or cannot be used; the message lists what was found.</exception>
    /// <exception cref="PlatformNotSupportedException">The process was compiled ahead of time, or its project sets <c>PublishAot</c>, as single files do by default.</exception>
    public static DeviceMesh Of(params ReadOnlySpan<MeshDevice> devices)
    {
        if (devices.IsEmpty) throw new ArgumentException("a mesh has at least one device, got none", nameof(devices));
        foreach (var device in devices)
        {
            if (device.Kind == DeviceKind.Cpu) throw new ArgumentException("the processor's threads are a mesh of their own: DeviceMesh.Cpu", nameof(devices));
            if (!(device.Weight > 0 && double.IsFinite(device.Weight))) throw new ArgumentException($"a weight is positive, {device.Kind} {device.Index} has {device.Weight}", nameof(devices));
        }
        return RuntimeFeature.IsDynamicCodeSupported ? new(new MeshRuntime(devices)) : throw CompiledAhead();
    }

    /// <summary>The devices of this machine: the processor, then those with a CUDA, then those with an OpenCL driver, also those that cannot be used, with the reason.</summary>
    public static IReadOnlyList<DeviceInfo> Available => RuntimeFeature.IsDynamicCodeSupported ? [Processor, .. DeviceCatalog.Found] : [Processor];

    /// <summary>What was found on this machine, a line each: devices, and drivers that are missing.</summary>
    public static string Describe() => RuntimeFeature.IsDynamicCodeSupported ? string.Join('\n', [Processor, .. DeviceCatalog.Lines]) : $"{Processor}";

    /// <summary>The devices, the leading one first.</summary>
    public IReadOnlyList<DeviceInfo> Devices => runtime is null ? [Processor] : RuntimeFeature.IsDynamicCodeSupported ? runtime.Infos : throw CompiledAhead();

    /// <summary>The mesh that programs called here run on; null for the processor as <see cref="DrJaxRuntime"/> sets it.</summary>
    public static DeviceMesh? Current
    {
        get => MeshUse.Ever ? s_current.Value : null;
        internal set => s_current.Value = value;
    }

    /// <summary>Whether programs called here run on devices other than the processor's threads.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool InUse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MeshUse.Ever && IsCurrent();
    }

    /// <summary>From here on, until the scope is disposed, programs called in this flow of control run on this mesh.</summary>
    /// <exception cref="ObjectDisposedException">The mesh has been disposed.</exception>
    public MeshScope Use()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        MeshUse.Ever = true;
        var scope = new MeshScope(Current);
        Current = this;
        return scope;
    }

    /// <summary>What <paramref name="f"/> returns with the programs that it calls on this mesh.</summary>
    /// <exception cref="ObjectDisposedException">The mesh has been disposed.</exception>
    public T Run<T>(Func<T> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        using (Use()) return f();
    }

    /// <summary>Runs <paramref name="f"/> with the programs that it calls on this mesh.</summary>
    /// <exception cref="ObjectDisposedException">The mesh has been disposed.</exception>
    public void Run(Action f)
    {
        ArgumentNullException.ThrowIfNull(f);
        using (Use()) f();
    }

    /// <summary>Waits until the devices have done everything that was asked of them: for measurements.</summary>
    public void Synchronize()
    {
        if (RuntimeFeature.IsDynamicCodeSupported) runtime?.Synchronize();
    }

    /// <summary>Frees the devices' copies of a value's arrays; what only a device had is brought home first.</summary>
    /// <param name="value">A scalar, an array, a placed value, or a tuple or record of these.</param>
    public void Release<T>(T value)
    {
        if (RuntimeFeature.IsDynamicCodeSupported && runtime is not null) DeviceArrays.Release(runtime, Structure.Flatten(value));
    }

    /// <summary>Frees memory of the devices that is kept for the next call and holds no array.</summary>
    public void Trim()
    {
        if (RuntimeFeature.IsDynamicCodeSupported) runtime?.Trim();
    }

    /// <summary>The bytes that arrays and scratch take on the devices now.</summary>
    public long BytesInUse => RuntimeFeature.IsDynamicCodeSupported && runtime is not null ? runtime.BytesInUse : 0;

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Frees everything on the devices, after what only they had was brought home: all results stay valid. Waits for a program that runs on the mesh.</summary>
    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        OpenMeshes.All.Remove(this);
        if (RuntimeFeature.IsDynamicCodeSupported) runtime?.Dispose();
    }

    /// <summary>What generated code without device code says where a mesh is in use.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [DoesNotReturn]
    public static void RequireDevices(string program) => throw new InvalidOperationException(
        $"{program} was compiled for the processor only and a mesh of devices is in use: set <DrJaxDevices>true</DrJaxDevices> in its project (#:property DrJaxDevices=true in a single file)");

    /// <summary>Where the stages and steps of a program run on a mesh of devices, a line each.</summary>
    /// <param name="program">A static method of the subset by its name (a method group).</param>
    /// <exception cref="InvalidOperationException">The call was not compiled, or its project has no device code.</exception>
    public static string Explain(Delegate program) => throw new InvalidOperationException(
        "DeviceMesh.Explain was not compiled: give it a static method by its name, which must compile, in a project that sets <DrJaxDevices>true</DrJaxDevices>.");

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Devices);

    /// <summary>Forgets an array that nobody uses any more: no mesh has a copy of it, and no device's is brought home.</summary>
    internal static void Discard(Array array)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !MeshUse.Ever) return;
        foreach (var (mesh, _) in OpenMeshes.All) mesh.Runtime.Discard(array);
        DeviceArrays.Discard(array);
    }

    internal MeshRuntime Runtime => runtime ?? throw new InvalidOperationException("the processor's mesh has no devices");

    /// <summary>The number of threads that the mesh in use says; 0 if none does.</summary>
    internal static int CurrentWorkers => Current?.workers ?? 0;

    private static bool IsCurrent() => s_current.Value?.runtime is not null;

    private static DeviceInfo Processor => new(DeviceKind.Cpu, 0, $"{Parallelism.MaxDegree} threads", 0, null);

    private static MeshDevice[] Listed(DeviceKind kind, ReadOnlySpan<int> devices)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported) throw CompiledAhead();
        return [.. (devices.IsEmpty ? DeviceCatalog.Usable(kind) : devices.ToArray()).Select(index => new MeshDevice(kind, index))];
    }

    private static PlatformNotSupportedException CompiledAhead() => new(
        "devices need code that is compiled as the process runs, which this process may not: it was compiled ahead of time (Native AOT), or its project sets PublishAot, as single files do by default "
        + "(dotnet run file.cs obeys that too): set <PublishAot>false</PublishAot> (#:property PublishAot=false in a single file); without that it has the processor only");
}

/// <summary>The meshes of devices that somebody may still use: apart, so that reading it initialises nothing.</summary>
internal static class OpenMeshes
{
    public static readonly ConditionalWeakTable<DeviceMesh, object?> All = [];
}

/// <summary>Whether any mesh has ever been in use: apart, so that reading it initialises nothing.</summary>
internal static class MeshUse
{
    public static bool Ever;
}
