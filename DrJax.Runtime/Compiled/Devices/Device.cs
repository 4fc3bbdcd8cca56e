using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace DrJax.Compiled.Devices;

/// <summary>
/// One device of a mesh. Kernels run in the order of one stream; copies from the host have a stream of their own, so that they run beside kernels. One
/// thread at a time enqueues; others read finished memory under <see cref="Transfers"/>.
/// </summary>
internal sealed class Device : IDisposable
{
    private const int LargestGroup = 256;

    private readonly Dictionary<Delegate, Delegate> kernels = [];
    private readonly ConcurrentDictionary<Device, bool> peers = [];
    private readonly AcceleratorStream stream, copies;

    public Device(MeshRuntime mesh, int index, MeshDevice chosen)
    {
        (Mesh, Index, Weight) = (mesh, index, chosen.Weight);
        (Info, var found) = DeviceCatalog.Get(chosen.Kind, chosen.Index);
        Accelerator = found.CreateAccelerator(mesh.Context);
        stream = Accelerator.CreateStream();
        copies = Accelerator.CreateStream();
        Memory = new(this);
        GroupSize = Math.Min(LargestGroup, 1 << int.Log2(Accelerator.MaxNumThreadsPerGroup));
        Queue = new(this);
    }

    public MeshRuntime Mesh { get; }

    public int Index { get; }

    public double Weight { get; }

    public DeviceInfo Info { get; }

    public Accelerator Accelerator { get; }

    public DeviceMemory Memory { get; }

    public DeviceQueue Queue { get; }

    /// <summary>The threads of a group, a power of two.</summary>
    public int GroupSize { get; }

    /// <summary>Whether threads of a group share memory that is faster than the device's: not where an OpenCL device is a processor.</summary>
    public bool HasFastShared => Accelerator.Device is not CLDevice { DeviceType: CLDeviceType.CL_DEVICE_TYPE_CPU };

    public Lock Transfers { get; } = new();

    public string Name => $"{Info.Kind} {Info.Index} ({Info.Name})";

    /// <summary>How much has been enqueued, and how much of that is certainly done.</summary>
    public long Enqueued { get; private set; }

    public long Done { get; private set; }

    public void Launch<K>(Action<Index1D, K> kernel, int points, K parameters)
        where K : struct
    {
        var launcher = Load<Action<AcceleratorStream, Index1D, K>>(kernel, EntryPointDescription.FromImplicitlyGroupedKernel, static (accelerator, k) => accelerator.LoadAutoGroupedKernel(k));
        try
        {
            launcher(stream, points, parameters);
        }
        catch (AcceleratorException e)
        {
            throw Failed(e, NameOf(kernel));
        }
        Enqueued++;
    }

    public void LaunchGroups<K>(Action<K> kernel, int groups, int threads, K parameters)
        where K : struct
    {
        var launcher = Load<Action<AcceleratorStream, KernelConfig, K>>(kernel, EntryPointDescription.FromExplicitlyGroupedKernel, static (accelerator, k) => accelerator.LoadKernel(k));
        try
        {
            launcher(stream, new KernelConfig(groups, threads), parameters);
        }
        catch (AcceleratorException e)
        {
            throw Failed(e, NameOf(kernel));
        }
        Enqueued++;
    }

    /// <summary>Waits for everything that was enqueued.</summary>
    public void Synchronize()
    {
        var enqueued = Enqueued;
        Wait();
        Done = enqueued;
    }

    /// <summary>Fills memory that no kernel in flight uses, beside them.</summary>
    public unsafe void Upload(ref byte from, Block to, long offset, long bytes)
    {
        if (bytes == 0) return;
        lock (Transfers)
        {
            Accelerator.Bind();
            // ILGPU takes the address as it is.
            fixed (byte* pinned = &from) to.Bytes(offset, bytes).CopyFromCPU(copies, ref *pinned, bytes);
        }
    }

    /// <summary>What was copied here from other devices without the host.</summary>
    public long BytesFromPeers { get; private set; }

    /// <summary>Whether another device's memory can be copied here without the host: between CUDA devices that reach each other, and between simulated ones.</summary>
    public bool Reaches(Device other) => peers.GetOrAdd(other, Reach);

    /// <summary>Fills memory that no kernel in flight uses from what was enqueued on a device that this one reaches.</summary>
    public void Receive(Device other, Block from, long offset, Block to, long toOffset, long bytes)
    {
        if (bytes == 0) return;
        lock (other.Transfers) other.Wait();
        lock (Transfers)
        {
            Accelerator.Bind();
            to.Bytes(toOffset, bytes).CopyFrom(copies, from.Bytes(offset, bytes));
            copies.Synchronize();
            BytesFromPeers += bytes;
        }
    }

    /// <summary>Reads what was enqueued before. Any thread may ask.</summary>
    public unsafe void Download(Block from, long offset, ref byte to, long bytes)
    {
        if (bytes == 0) return;
        lock (Transfers)
        {
            Wait();
            fixed (byte* pinned = &to) from.Bytes(offset, bytes).CopyToCPU(copies, ref *pinned, bytes);
        }
    }

    /// <summary>As the other, one element.</summary>
    public void Download<T>(ArrayView<T> from, ref T to)
        where T : unmanaged
    {
        lock (Transfers)
        {
            Wait();
            from.CopyToCPU(copies, ref to, 1);
        }
    }

    public void Copy<T>(ArrayView<T> from, ArrayView<T> to)
        where T : unmanaged
    {
        if (from.Length == 0) return;
        Accelerator.Bind();
        from.CopyTo(stream, to);
        Enqueued++;
    }

    public void Dispose()
    {
        Memory.Dispose();
        stream.Dispose();
        copies.Dispose();
        Accelerator.Dispose();
    }

    private TLauncher Load<TLauncher>(Delegate kernel, Func<MethodInfo, EntryPointDescription> entry, Func<Accelerator, CompiledKernel, Kernel> load)
        where TLauncher : Delegate
    {
        Accelerator.Bind();
        if (kernels.TryGetValue(kernel, out var known)) return Unsafe.As<TLauncher>(known);
        if (Mesh.Rejected is { } before) throw new DeviceKernelException($"{Name}: the mesh compiles no kernel after {before} was rejected; make another mesh", null);
        try
        {
            var loaded = load(Accelerator, DeviceKernels.Compile(Accelerator, kernel, entry)).CreateLauncherDelegate<TLauncher>();
            kernels.Add(kernel, loaded);
            Mesh.Loaded();
            return loaded;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Mesh.Rejected = NameOf(kernel);
            throw new DeviceKernelException($"{Name}: the kernel {Mesh.Rejected} was rejected: {Reason(e)}", e);
        }
    }

    private bool Reach(Device other)
    {
        lock (Transfers)
        {
            Accelerator.Bind();
            try
            {
                if (!Accelerator.CanAccessPeer(other.Accelerator)) return false;
                Accelerator.EnablePeerAccess(other.Accelerator);
                return true;
            }
            catch (AcceleratorException)
            {
                // A driver has room for few peers; data then goes by way of the host.
                return false;
            }
        }
    }

    private void Wait()
    {
        // A thread may use several devices in turn.
        Accelerator.Bind();
        try
        {
            stream.Synchronize();
        }
        catch (AcceleratorException e)
        {
            throw Failed(e, "work on the device");
        }
    }

    // An error of an OpenCL driver says itself in a property alone.
    private static string Reason(Exception e) => e is CLException { Error: var error } ? $"{error}" : e.Message;

    private static string NameOf(Delegate kernel) => $"{kernel.Method.DeclaringType?.Name}.{kernel.Method.Name}";

    private DeviceKernelException Failed(AcceleratorException e, string what) => new($"{Name}: {what} has failed: {Reason(e)}", e);
}
