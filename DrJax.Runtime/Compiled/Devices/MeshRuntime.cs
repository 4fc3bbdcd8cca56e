using System.Runtime.CompilerServices;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A mesh's devices and the arrays that have copies on them. A program that runs holds <see cref="Gate"/>.</summary>
internal sealed class MeshRuntime
{
    private const int LoadsPerAssembly = 32;

    private readonly ConditionalWeakTable<Array, DeviceStorage> residents = [];
    private bool isDisposed;
    private int loads;

    public MeshRuntime(ReadOnlySpan<MeshDevice> devices)
    {
        Context = DeviceCatalog.NewContext();
        var opened = new List<Device>();
        try
        {
            foreach (var device in devices) opened.Add(new Device(this, opened.Count, device));
        }
        catch
        {
            opened.ForEach(device => device.Dispose());
            Context.Dispose();
            throw;
        }
        Devices = [.. opened];
    }

    /// <summary>Held by a program that runs.</summary>
    public object Gate { get; } = new();

    public Context Context { get; }

    /// <summary>The first kernel that was rejected; no other can be compiled since.</summary>
    public string? Rejected { get; set; }

    public Device[] Devices { get; }

    public Device Lead => Devices[0];

    public IReadOnlyList<DeviceInfo> Infos => [.. Devices.Select(d => d.Info)];

    public long BytesInUse => Devices.Sum(d => d.Memory.BytesInUse);

    /// <summary>Numbers the programs that run, so that what the present one uses is not freed for it.</summary>
    public long Calls { get; set; }

    public void Enter()
    {
        Monitor.Enter(Gate);
        if (!isDisposed) return;
        Monitor.Exit(Gate);
        throw new ObjectDisposedException(nameof(DeviceMesh), "the mesh in use has been disposed");
    }

    public void Leave() => Monitor.Exit(Gate);

    /// <summary>
    /// A kernel was loaded. For each, ILGPU makes types in a dynamic assembly, and the time that a type takes grows with the number of those that are there: so now
    /// and then there is a new assembly.
    /// </summary>
    public void Loaded()
    {
        if (Interlocked.Increment(ref loads) % LoadsPerAssembly == 0) Context.RuntimeSystem.ClearCache(ClearCacheMode.Everything);
    }

    public DeviceStorage? Resident(Array array) => residents.TryGetValue(array, out var found) ? found : null;

    public void Keep(Array array, DeviceStorage copies) => residents.AddOrUpdate(array, copies);

    public void Forget(Array array) => residents.Remove(array);

    /// <summary>Frees the copies of an array that nobody uses any more, so that no program will make some meanwhile.</summary>
    public void Discard(Array array)
    {
        // Who gives arrays back that were never here waits for no program.
        if (Resident(array) is null) return;
        lock (Gate)
        {
            if (Resident(array) is not { } copies) return;
            copies.Discard();
            Forget(array);
        }
    }

    /// <summary>Frees what one device holds and can have again from the host, but for what the running program uses.</summary>
    public void Evict(Device device)
    {
        foreach (var (_, array) in residents.ToArray()) array.Evict(device, Calls);
    }

    public void Synchronize()
    {
        lock (Gate)
        {
            if (isDisposed) return;
            foreach (var device in Devices) device.Synchronize();
        }
    }

    public void Trim()
    {
        lock (Gate)
        {
            foreach (var device in Devices) device.Memory.Trim();
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (isDisposed) return;
            isDisposed = true;
            foreach (var (_, array) in residents.ToArray())
            {
                array.BringHome();
                array.Free();
            }
            residents.Clear();
            foreach (var device in Devices) device.Dispose();
            Context.Dispose();
        }
    }
}
