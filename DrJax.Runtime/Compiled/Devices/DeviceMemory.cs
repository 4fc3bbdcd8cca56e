using System.Collections.Concurrent;
using System.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace DrJax.Compiled.Devices;

/// <summary>A piece of a device's memory.</summary>
internal sealed class Block(DeviceMemory owner, MemoryBuffer buffer, long size)
{
    public DeviceMemory Owner => owner;

    public MemoryBuffer Buffer => buffer;

    public long Size => size;

    /// <summary>What was enqueued when the block was given back: later work may reuse it in the stream's order, other streams once that much is done.</summary>
    public long FreedAt { get; set; }

    public ArrayView<byte> Bytes(long offset, long bytes) => buffer.AsRawArrayView(offset, bytes);

    public ArrayView<T> View<T>(long offset, long length)
        where T : unmanaged => buffer.AsRawArrayView(offset * Interop.SizeOf<T>(), length * Interop.SizeOf<T>()).Cast<T>();
}

/// <summary>A device's memory in blocks of few sizes, which are kept for reuse when they are given back.</summary>
internal sealed class DeviceMemory(Device device) : IDisposable
{
    private const long Smallest = 256;

    private readonly HashSet<Block> all = [];
    private readonly Dictionary<long, Stack<Block>> free = [];
    private readonly ConcurrentQueue<Block> lost = [];
    private readonly Lock gate = new();
    private bool isDisposed;

    /// <summary>A bound below what the device has, for tests of what happens there.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>The bytes of blocks that are rented.</summary>
    public long BytesInUse { get; private set; }

    // A simulated device says that it has more than there is.
    private long Capacity => Math.Min(Limit, Math.Min(device.Accelerator.MemorySize, device.Info.MemoryBytes == 0 ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : long.MaxValue));

    /// <param name="isQuiet">Whether no kernel in flight may use the block: it is filled from the host, beside them.</param>
    /// <exception cref="DeviceMemoryException">There is no room.</exception>
    public Block Rent(long bytes, bool isQuiet = false)
    {
        var size = SizeOf(bytes);
        lock (gate)
        {
            TakeBackLost();
            if (Reused(size, isQuiet) is { } block) return block;
            if (TryAllocate(size, out var error) is { } first) return first;
            // What waits for reuse, then what the host has too, then what the collector may find unreachable.
            Release();
            if (TryAllocate(size, out error) is { } second) return second;
        }

        device.Mesh.Evict(device);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (gate)
        {
            TakeBackLost();
            Release();
            return TryAllocate(size, out var error) ?? throw new DeviceMemoryException(device.Name, bytes, Math.Max(0, Capacity - BytesInUse), Capacity, error);
        }
    }

    public void Return(Block block)
    {
        lock (gate)
        {
            TakeBack(block);
        }
    }

    /// <summary>From a finalizer: taken back with the next rent.</summary>
    public void ReturnLater(Block block) => lost.Enqueue(block);

    public void Trim()
    {
        lock (gate)
        {
            if (isDisposed) return;
            TakeBackLost();
            Release();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            device.Synchronize();
            foreach (var block in all) block.Buffer.Dispose();
            all.Clear();
            free.Clear();
            BytesInUse = 0;
        }
    }

    /// <summary>Sizes of which four lie between one power of two and the next.</summary>
    internal static long SizeOf(long bytes)
    {
        if (bytes <= Smallest) return Smallest;
        var step = Math.Max(Smallest, (long)(BitOperations.RoundUpToPowerOf2((ulong)bytes) >> 3));
        return (bytes + step - 1) / step * step;
    }

    /// <summary>The bytes that were asked of the driver.</summary>
    public long BytesAllocated => all.Sum(block => block.Size);

    private Block? Reused(long size, bool isQuiet)
    {
        if (!free.TryGetValue(size, out var blocks) || !blocks.TryPeek(out var block)) return null;
        if (isQuiet && block.FreedAt > device.Done)
        {
            // Blocks given back earlier lie below.
            block = blocks.FirstOrDefault(b => b.FreedAt <= device.Done);
            if (block is null) return null;
            var others = blocks.Where(b => b != block).Reverse().ToArray();
            blocks.Clear();
            foreach (var other in others) blocks.Push(other);
        }
        else
        {
            blocks.Pop();
        }
        BytesInUse += size;
        return block;
    }

    private Block? TryAllocate(long size, out Exception? error)
    {
        error = null;
        if (BytesInUse + size > Capacity) return null;
        device.Accelerator.Bind();
        try
        {
            var block = new Block(this, device.Accelerator.Allocate1D<byte>(size), size);
            all.Add(block);
            BytesInUse += size;
            return block;
        }
        catch (Exception e) when (e is AcceleratorException or OutOfMemoryException)
        {
            error = e;
            return null;
        }
    }

    private void TakeBack(Block block)
    {
        if (isDisposed || !all.Contains(block)) return;
        block.FreedAt = device.Enqueued;
        BytesInUse -= block.Size;
        if (!free.TryGetValue(block.Size, out var blocks)) free[block.Size] = blocks = [];
        blocks.Push(block);
    }

    private void TakeBackLost()
    {
        while (lost.TryDequeue(out var block)) TakeBack(block);
    }

    /// <summary>Gives what waits for reuse back to the driver.</summary>
    private void Release()
    {
        if (free.Values.All(blocks => blocks.Count == 0)) return;
        device.Synchronize();
        foreach (var block in free.Values.SelectMany(blocks => blocks))
        {
            all.Remove(block);
            block.Buffer.Dispose();
        }
        free.Clear();
    }
}
