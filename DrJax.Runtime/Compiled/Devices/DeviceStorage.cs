using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrJax.Compiled.Devices;

/// <summary>
/// An array and its copies: on the host, whole on devices, or split over them. A read makes the reader's copy right first; a write makes the
/// others stale. A device has memory for what it has read or written.
/// </summary>
internal sealed class DeviceStorage
{
    private const int StagingBytes = 4 << 20;

    private readonly MeshRuntime mesh;
    private readonly Copy[] copies;
    private readonly Lock gate = new();
    private readonly Array? host;
    private bool isHostValid, isPending;

    // The block's first element is the array's From; elements [ValidFrom, ValidTo) are right.
    private struct Copy
    {
        public Block? Block;
        public long From, To, ValidFrom, ValidTo;

        public readonly bool Spans(long from, long to) => Block is not null && From <= from && to <= To;

        public readonly bool Has(long from, long to) => Block is not null && ValidFrom <= from && to <= ValidTo;
    }

    /// <param name="host">The array of the host, if there is one.</param>
    /// <param name="isHostValid">Whether it has the elements, or will when it is read.</param>
    public DeviceStorage(MeshRuntime mesh, int elementSize, long length, Array? host, bool isHostValid)
    {
        (this.mesh, ElementSize, Length, this.host, this.isHostValid) = (mesh, elementSize, length, host, isHostValid);
        copies = new Copy[mesh.Devices.Length];
    }

    ~DeviceStorage()
    {
        // Nobody has the host array any more, but the mesh may still list this until the next collection.
        if (gate is null) return;
        lock (gate)
        {
            foreach (ref var copy in copies.AsSpan())
            {
                copy.Block?.Owner.ReturnLater(copy.Block);
                copy = default;
            }
            if (isPending) Interlocked.Decrement(ref Pending.Count);
            isPending = false;
        }
    }

    public int ElementSize { get; }

    public long Length { get; }

    /// <summary>The number of the call that used the array last.</summary>
    public long UsedBy { get; set; }

    /// <summary>Whether a device has any of it.</summary>
    public bool IsOnDevice => copies.Any(c => c.Block is not null && c.ValidTo > c.ValidFrom);

    /// <summary>The elements [from, to) on a device, made right there if they were ever computed; the first lies at <paramref name="offset"/> of the block.</summary>
    public Block Readable(Device device, long from, long to, out long offset)
    {
        ref var copy = ref copies[device.Index];
        if (!copy.Has(from, to)) Bring(device, ref copy, from, to);
        offset = from - copy.From;
        return copy.Block!;
    }

    /// <summary>Memory for the elements [from, to) on a device; once they are there, <see cref="Written"/> says so.</summary>
    /// <param name="keeps">Whether other devices may still want what this one has: a stage writes its groups, others read theirs.</param>
    public Block Writable(Device device, long from, long to, bool keeps, out long offset)
    {
        ref var copy = ref copies[device.Index];
        if (!copy.Spans(from, to))
        {
            lock (gate)
            {
                if (keeps && !isHostValid && copy.ValidTo > copy.ValidFrom)
                {
                    Bring(device, ref copy, from, to);
                }
                else
                {
                    Drop(ref copy);
                    copy = new() { Block = device.Memory.Rent((to - from) * ElementSize), From = from, To = to };
                }
            }
        }
        offset = from - copy.From;
        return copy.Block!;
    }

    /// <summary>The elements [from, to) of the given devices are right, and nothing else is.</summary>
    public void Written(params ReadOnlySpan<(Device Device, long From, long To)> parts)
    {
        if (copies.Length == 1 && !isHostValid && copies[0].ValidFrom == parts[0].From && copies[0].ValidTo == parts[0].To) return;
        lock (gate)
        {
            isHostValid = false;
            foreach (ref var copy in copies.AsSpan()) (copy.ValidFrom, copy.ValidTo) = (0, 0);
            foreach (var (device, from, to) in parts) (copies[device.Index].ValidFrom, copies[device.Index].ValidTo) = (from, to);
        }
    }

    /// <summary>Who reads the host array from now on brings the elements home.</summary>
    public void Await()
    {
        lock (gate)
        {
            if (isHostValid || isPending) return;
            isPending = true;
            PendingArrays.Table.AddOrUpdate(host!, this);
            Interlocked.Increment(ref Pending.Count);
        }
    }

    public void BringHome()
    {
        lock (gate)
        {
            if (isHostValid || host is null) return;
            ref var elements = ref MemoryMarshal.GetArrayDataReference(host);
            for (var at = 0L; at < Length;)
            {
                at = Download(at, Length, ref Unsafe.AddByteOffset(ref elements, (nint)(at * ElementSize)));
            }
            Arrived();
        }
    }

    /// <summary>Frees the copies; nobody uses the host's array any more.</summary>
    public void Discard()
    {
        lock (gate)
        {
            foreach (ref var copy in copies.AsSpan()) Drop(ref copy);
            Arrived();
        }
    }

    /// <summary>Frees one device's copy if the host has the array too and the running call does not use it.</summary>
    public void Evict(Device device, long call)
    {
        if (UsedBy == call) return;
        lock (gate)
        {
            if (isHostValid) Drop(ref copies[device.Index]);
        }
    }

    public void Free()
    {
        lock (gate)
        {
            foreach (ref var copy in copies.AsSpan()) Drop(ref copy);
        }
    }

    /// <summary>Nothing of the array waits on devices any more.</summary>
    private void Arrived()
    {
        isHostValid = true;
        if (!isPending) return;
        isPending = false;
        PendingArrays.Table.Remove(host!);
        Interlocked.Decrement(ref Pending.Count);
    }

    private static void Drop(ref Copy copy)
    {
        copy.Block?.Owner.Return(copy.Block);
        copy = default;
    }

    private void Bring(Device device, ref Copy copy, long from, long to)
    {
        lock (gate)
        {
            var old = copy;
            if (!isHostValid && old.ValidTo > old.ValidFrom)
            {
                // Nobody else may have what this device has.
                (from, to) = (Math.Min(from, old.ValidFrom), Math.Max(to, old.ValidTo));
            }
            var stays = copy.Spans(from, to);
            if (stays) device.Synchronize(); // Kernels may still read what is stale by now.
            var next = stays ? copy : new() { Block = device.Memory.Rent((to - from) * ElementSize, isQuiet: true), From = from, To = to };
            try
            {
                Collect(device, old, next, from, to);
            }
            catch
            {
                if (!stays) next.Block!.Owner.Return(next.Block);
                throw;
            }
            (next.ValidFrom, next.ValidTo) = (from, to);
            copy = next;
            if (!stays) old.Block?.Owner.Return(old.Block);
        }
    }

    /// <summary>The elements [from, to) into a device's next copy: what it has already, the rest from elsewhere.</summary>
    private void Collect(Device device, Copy old, Copy next, long from, long to)
    {
        for (var at = from; at < to;)
        {
            if (old.Has(at, at + 1))
            {
                var end = Math.Min(to, old.ValidTo);
                if (old.Block != next.Block) device.Copy(Bytes(old, at, end), Bytes(next, at, end));
                at = end;
            }
            else
            {
                at = Fill(device, next, at, old.Block is not null && old.ValidFrom > at ? Math.Min(to, old.ValidFrom) : to);
            }
        }
    }

    /// <summary>Elements from <paramref name="at"/> on, from elsewhere; to where they are then right.</summary>
    private long Fill(Device device, Copy copy, long at, long end)
    {
        if (isHostValid)
        {
            device.Upload(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(host!), (nint)(at * ElementSize)), copy.Block!, (at - copy.From) * ElementSize, (end - at) * ElementSize);
            return end;
        }
        for (var k = 0; k < copies.Length; k++)
        {
            ref var peer = ref copies[k];
            if (!peer.Has(at, at + 1) || !device.Reaches(mesh.Devices[k])) continue;
            var peerEnd = Math.Min(end, peer.ValidTo);
            device.Receive(mesh.Devices[k], peer.Block!, (at - peer.From) * ElementSize, copy.Block!, (at - copy.From) * ElementSize, (peerEnd - at) * ElementSize);
            return peerEnd;
        }
        var staging = ArrayPool<byte>.Shared.Rent((int)Math.Min(StagingBytes, (end - at) * ElementSize));
        var most = Math.Max(1, staging.Length / ElementSize);
        var to = Download(at, Math.Min(end, at + most), ref staging[0]);
        device.Upload(ref staging[0], copy.Block!, (at - copy.From) * ElementSize, (to - at) * ElementSize);
        ArrayPool<byte>.Shared.Return(staging);
        return to;
    }

    /// <summary>Elements from <paramref name="at"/> on, from a device that has them; to where it has. What none has was never computed, and stays undefined.</summary>
    private long Download(long at, long end, ref byte into)
    {
        for (var k = 0; k < copies.Length; k++)
        {
            ref var copy = ref copies[k];
            if (!copy.Has(at, at + 1)) continue;
            var to = Math.Min(end, copy.ValidTo);
            mesh.Devices[k].Download(copy.Block!, (at - copy.From) * ElementSize, ref into, (to - at) * ElementSize);
            return to;
        }
        foreach (ref var copy in copies.AsSpan())
        {
            if (copy.ValidFrom > at) end = Math.Min(end, copy.ValidFrom);
        }
        return end;
    }

    private ILGPU.ArrayView<byte> Bytes(Copy copy, long from, long to) => copy.Block!.Bytes((from - copy.From) * ElementSize, (to - from) * ElementSize);
}
