using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>One call of one program on the mesh in use: its arrays, its stages, the errors its kernels have noted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class DeviceRun : IDisposable
{
    private readonly MeshRuntime mesh;
    private readonly HashSet<DeviceStorage> scratch = [];
    private readonly List<(Array Host, DeviceStorage Storage)> results = [];
    // Keeps the arguments' arrays alive.
    private readonly List<Array> arguments = [];
    private readonly long call;

    private DeviceRun(MeshRuntime mesh)
    {
        this.mesh = mesh;
        call = ++mesh.Calls;
        foreach (var device in mesh.Devices) device.Queue.Begin();
    }

    /// <summary>Waits for the mesh.</summary>
    /// <exception cref="ObjectDisposedException">The mesh has been disposed.</exception>
    public static DeviceRun Begin(string program)
    {
        var mesh = (DeviceMesh.Current ?? throw new InvalidOperationException($"{program}: no mesh of devices is in use")).Runtime;
        mesh.Enter();
        return new(mesh);
    }

    /// <summary>The first device's queue: what is not in a stage runs there.</summary>
    public DeviceQueue Lead => mesh.Lead.Queue;

    public DeviceArray<T> Argument<T>(Vec<T> x) where T : unmanaged => Argument<T, T>(x);

    public DeviceArray<T> Argument<T>(Mat<T> x) where T : unmanaged => Argument<T, T>(x);

    public DeviceArray<T> Argument<T>(Tensor3<T> x) where T : unmanaged => Argument<T, T>(x);

    public DeviceArray<T> Argument<T>(Tensor4<T> x) where T : unmanaged => Argument<T, T>(x);

    /// <param name="groupLength">The elements of a group.</param>
    public DeviceArray<T> Argument<T>(PackedLeaf<T> x, long groupLength) where T : unmanaged => Argument<T, T>(x.Unread, 0, x.Unread.Length, groupLength);

    public DeviceArray<byte> Argument(Vec<bool> x) => Argument<bool, byte>(x);

    public DeviceArray<byte> Argument(Mat<bool> x) => Argument<bool, byte>(x);

    public DeviceArray<byte> Argument(Tensor3<bool> x) => Argument<bool, byte>(x);

    public DeviceArray<byte> Argument(Tensor4<bool> x) => Argument<bool, byte>(x);

    public DeviceArray<byte> Argument(PackedLeaf<bool> x, long groupLength) => Argument<bool, byte>(x.Unread, 0, x.Unread.Length, groupLength);

    /// <summary>An array of the host that no value wraps, such as the numbers of rows of groups; it is not changed later.</summary>
    public DeviceArray<T> Argument<T>(T[] array, long groupLength = 0) where T : unmanaged => Argument<T, T>(array, 0, array.Length, groupLength);

    /// <summary>A result that stays on the devices until <paramref name="array"/> is read.</summary>
    /// <param name="groupLength">The elements of a group if it is placed.</param>
    public DeviceArray<T> Result<T>(T[] array, long groupLength = 0) where T : unmanaged => Result<T, T>(array, groupLength);

    public DeviceArray<byte> Result(bool[] array, long groupLength = 0) => Result<bool, byte>(array, groupLength);

    /// <summary>Memory until the run ends.</summary>
    public DeviceArray<T> Scratch<T>(long length, long groupLength = 0) where T : unmanaged
    {
        var storage = new DeviceStorage(mesh, Interop.SizeOf<T>(), Math.Max(length, 0), null, isHostValid: false) { UsedBy = call };
        scratch.Add(storage);
        return new(storage, 0, storage.Length, groupLength);
    }

    /// <summary>Gives scratch back before the run ends.</summary>
    public void Free(DeviceArray array)
    {
        if (scratch.Remove(array.Storage)) array.Storage.Free();
    }

    /// <summary>Makes room on the lead for an entry of what a loop of unknown length leaves; the entries before it stay. See <see cref="Tape"/>.</summary>
    /// <param name="stack">The entries; null before the first call.</param>
    /// <param name="room">How many entries there is room for.</param>
    /// <param name="index">The entry that is written next.</param>
    /// <param name="entry">The number of elements of an entry.</param>
    public void Reserve<T>([NotNull] ref DeviceArray<T>? stack, ref long room, long index, long entry) where T : unmanaged
    {
        if (stack is not null && index < room) return;
        room = Math.Max(DeviceQueue.FirstEntries, checked(2 * room));
        var larger = Scratch<T>(checked(room * entry));
        if (stack is not null)
        {
            Lead.Copy(Lead.Read(stack), Lead.Write(larger).SubView(0, stack.Length));
            Free(stack);
        }
        stack = larger;
    }

    /// <summary>Results that were computed wait on the devices; everything else is freed, and the mesh.</summary>
    public void Dispose()
    {
        try
        {
            foreach (var (host, storage) in results)
            {
                if (!storage.IsOnDevice) continue;
                storage.Await();
                mesh.Keep(host, storage);
            }
            foreach (var storage in scratch) storage.Free();
            foreach (var device in mesh.Devices) device.Queue.End();
        }
        finally
        {
            mesh.Leave();
        }
    }

    private DeviceArray<T> Argument<E, T>(INdArray<E> x) where E : unmanaged where T : unmanaged => Argument<E, T>(x.Array ?? [], x.Offset, x.Dims.Count, 0);

    private DeviceArray<T> Argument<E, T>(E[] array, long offset, long length, long groupLength) where E : unmanaged where T : unmanaged
    {
        arguments.Add(array);
        var storage = mesh.Resident(array);
        if (storage is null)
        {
            // Another mesh may have it.
            DeviceArrays.Ready(array);
            storage = new(mesh, Interop.SizeOf<T>(), array.Length, array, isHostValid: true);
            mesh.Keep(array, storage);
        }
        storage.UsedBy = call;
        return new(storage, offset, length, groupLength);
    }

    private DeviceArray<T> Result<E, T>(E[] array, long groupLength) where E : unmanaged where T : unmanaged
    {
        var storage = new DeviceStorage(mesh, Interop.SizeOf<T>(), array.Length, array, isHostValid: false) { UsedBy = call };
        results.Add((array, storage));
        return new(storage, 0, array.Length, groupLength);
    }
}
