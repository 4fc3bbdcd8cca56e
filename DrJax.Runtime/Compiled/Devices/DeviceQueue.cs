using System.ComponentModel;
using System.Runtime.CompilerServices;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>What a program enqueues on one device, in order. One thread at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class DeviceQueue
{
    // Small enough to copy as a whole where a part is asked for.
    private const long WholeBytes = 16 << 20;

    private readonly Device device;
    private readonly Stack<Block> taken = new();
    private readonly HashSet<DeviceArray> writtenGroups = [];
    internal const long FirstEntries = 16;

    // The groups that are this device's in the stage that runs.
    private (long Lo, long Hi)? run;

    internal DeviceQueue(Device device) => this.device = device;

    internal Device Device => device;

    /// <summary>The threads of a group that <see cref="LaunchGroups{K}(Action{K}, long, K)"/> starts: a power of two, at most 256.</summary>
    public int GroupSize => device.GroupSize;

    /// <summary>The whole array, as it is now.</summary>
    public ArrayView<T> Read<T>(DeviceArray<T> a) where T : unmanaged
    {
        var storage = a.Storage;
        var (from, to) = storage.Length * storage.ElementSize <= WholeBytes ? (0, storage.Length) : (a.Offset, a.Offset + a.Length);
        var block = storage.Readable(device, from, to, out var offset);
        return block.View<T>(offset + a.Offset - from, a.Length);
    }

    /// <summary>The whole array, its contents undefined; other copies are stale from now on.</summary>
    public ArrayView<T> Write<T>(DeviceArray<T> a) where T : unmanaged
    {
        var block = a.Storage.Writable(device, 0, a.Length, keeps: false, out var offset);
        a.Storage.Written((device, 0, a.Length));
        return block.View<T>(offset, a.Length);
    }

    /// <summary>The whole array, as it is now, to be changed; other copies are stale from now on.</summary>
    public ArrayView<T> Update<T>(DeviceArray<T> a) where T : unmanaged
    {
        a.Storage.Readable(device, 0, a.Length, out _);
        return Write(a);
    }

    /// <summary>Groups lo to hi - 1 of a placed array: element 0 is the first of group lo.</summary>
    public ArrayView<T> ReadGroups<T>(DeviceArray<T> a, long lo, long hi) where T : unmanaged
    {
        var (first, last) = run ?? (lo, hi);
        var block = a.Storage.Readable(device, first * a.GroupLength, last * a.GroupLength, out var offset);
        return block.View<T>(offset + ((lo - first) * a.GroupLength), (hi - lo) * a.GroupLength);
    }

    /// <summary>Groups lo to hi - 1 of a placed array, to be written by a stage, all of whose leaves write theirs.</summary>
    public ArrayView<T> WriteGroups<T>(DeviceArray<T> a, long lo, long hi) where T : unmanaged
    {
        var (first, last) = run ?? throw new InvalidOperationException("groups are written in stages only");
        var block = a.Storage.Writable(device, first * a.GroupLength, last * a.GroupLength, keeps: true, out var offset);
        writtenGroups.Add(a);
        return block.View<T>(offset + ((lo - first) * a.GroupLength), (hi - lo) * a.GroupLength);
    }

    /// <summary>Memory, not cleared, until the scope ends that is open.</summary>
    public ArrayView<T> Take<T>(long length) where T : unmanaged
    {
        length = Math.Max(length, 0);
        var block = device.Memory.Rent(checked(length * Interop.SizeOf<T>()));
        taken.Push(block);
        return block.View<T>(0, length);
    }

    /// <summary>What is taken from now on is given back when the scope is disposed. Kernels in flight may still use it: what takes it next comes after them.</summary>
    public QueueScope Scope() => new(this, taken.Count);

    /// <summary>
    /// Makes room for an entry of what a loop of unknown length leaves; the entries before it stay, wherever they lie afterwards. What was outgrown is given back with the
    /// scope. See <see cref="Tape"/>.
    /// </summary>
    /// <param name="stack">The entries; of length 0 before the first call.</param>
    /// <param name="room">How many entries there is room for.</param>
    /// <param name="index">The entry that is written next.</param>
    /// <param name="entry">The number of elements of an entry.</param>
    public void Reserve<T>(ref ArrayView<T> stack, ref long room, long index, long entry) where T : unmanaged
    {
        if (index < room) return;
        room = Math.Max(FirstEntries, checked(2 * room));
        var larger = Take<T>(checked(room * entry));
        Copy(stack, larger.SubView(0, stack.Length));
        stack = larger;
    }

    /// <summary>An element, once everything before is done.</summary>
    public T Fetch<T>(ArrayView<T> view, long at) where T : unmanaged
    {
        T value = default;
        device.Download(view.SubView(at, 1), ref value);
        return value;
    }

    /// <summary>Runs a kernel for the indices 0 to points - 1.</summary>
    /// <exception cref="DeviceKernelException">The driver rejects the kernel.</exception>
    public void Launch<K>(Action<Index1D, K> kernel, long points, K parameters) where K : struct
    {
        if (points <= 0) return;
        if (points > int.MaxValue) throw TooMany(kernel, points);
        device.Launch(kernel, (int)points, parameters);
    }

    /// <summary>Runs a kernel for groups of <see cref="GroupSize"/> threads.</summary>
    /// <exception cref="DeviceKernelException">The driver rejects the kernel.</exception>
    public void LaunchGroups<K>(Action<K> kernel, long groups, K parameters) where K : struct => LaunchGroups(kernel, groups, GroupSize, parameters);

    internal void LaunchGroups<K>(Action<K> kernel, long groups, int threads, K parameters) where K : struct
    {
        if (groups <= 0) return;
        if (groups > int.MaxValue) throw TooMany(kernel, groups);
        device.LaunchGroups(kernel, (int)groups, threads, parameters);
    }

    public void Copy<T>(ArrayView<T> from, ArrayView<T> to) where T : unmanaged => device.Copy(from, to);

    internal void Begin() => errors = null;

    internal void End()
    {
        Release(0);
        if (errors is { } block) device.Memory.Return(block);
        errors = null;
        run = null;
        writtenGroups.Clear();
    }

    internal void Enter(long lo, long hi) => run = (lo, hi);

    /// <summary>The arrays of which the stage has written groups.</summary>
    internal DeviceArray[] Exit()
    {
        run = null;
        DeviceArray[] written = [.. writtenGroups];
        writtenGroups.Clear();
        return written;
    }

    internal Block Rent(long bytes)
    {
        var block = device.Memory.Rent(bytes);
        return block;
    }

    internal int Mark => taken.Count;

    internal void Release(int mark)
    {
        while (taken.Count > mark) device.Memory.Return(taken.Pop());
    }

    private InvalidOperationException TooMany(Delegate kernel, long points) =>
        new($"{device.Name}: {kernel.Method.DeclaringType?.Name} has {points} points, a kernel has at most {int.MaxValue}; use fewer or smaller groups at a time");
}

/// <summary>See <see cref="DeviceQueue.Scope"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct QueueScope : IDisposable
{
    private readonly DeviceQueue queue;
    private readonly int mark;

    internal QueueScope(DeviceQueue queue, int mark) => (this.queue, this.mark) = (queue, mark);

    public void Dispose() => queue.Release(mark);
}
