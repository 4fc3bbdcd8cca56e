using System.ComponentModel;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A node's totals on one device.</summary>
internal sealed class Partial(DeviceQueue queue, long bytes)
{
    public Block Block { get; } = queue.Rent(bytes);

    public void Free() => queue.Device.Memory.Return(Block);

    /// <summary>These totals on another device.</summary>
    public Partial On(DeviceQueue other)
    {
        if (other == queue) return this;
        var (from, to) = (queue.Device, other.Device);
        var moved = new Partial(other, bytes);
        to.Synchronize(); // Kernels may still use what the memory held before.
        if (to.Reaches(from))
        {
            to.Receive(from, Block, 0, moved.Block, 0, bytes);
        }
        else
        {
            var staging = new byte[bytes];
            from.Download(Block, 0, ref staging[0], bytes);
            to.Upload(ref staging[0], moved.Block, 0, bytes);
        }
        Free();
        return moved;
    }
}

/// <summary>What a leaf adds its groups to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LeafTotals
{
    private readonly TotalsLayout layout;
    private readonly Partial partial;

    internal LeafTotals(TotalsLayout layout, Partial partial) => (this.layout, this.partial) = (layout, partial);

    /// <summary>Total k of the leaf, filled with what is neutral to its kind.</summary>
    public ArrayView<T> View<T>(int k) where T : unmanaged => layout.View<T>(partial, k);
}

/// <summary>Where a stage's totals lie in one piece of memory: those of one element type and kind together, to be combined at once.</summary>
internal sealed class TotalsLayout
{
    private const long Alignment = 256;

    private readonly long[] offsets;
    private readonly long[] lengths;
    private readonly List<(Type Element, ReduceKind Kind, long Offset, long Length)> pieces = [];

    public TotalsLayout(ReadOnlySpan<StageTotal> totals)
    {
        offsets = new long[totals.Length];
        lengths = new long[totals.Length];
        var all = totals.ToArray();
        foreach (var group in Enumerable.Range(0, all.Length).GroupBy(k => (Element: ElementOf(all[k].Array), all[k].Kind)))
        {
            var (offset, length) = (Bytes, 0L);
            foreach (var k in group)
            {
                var size = all[k].Array.Storage.ElementSize;
                offsets[k] = offset + (length * size);
                lengths[k] = all[k].Array.Length;
                length += lengths[k];
                Bytes = offset + (length * size);
            }
            pieces.Add((group.Key.Element, group.Key.Kind, offset, length));
            Bytes = (Bytes + Alignment - 1) / Alignment * Alignment;
        }
    }

    public long Bytes { get; }

    public ArrayView<T> View<T>(Partial partial, int k) where T : unmanaged =>
        partial.Block.Bytes(offsets[k], lengths[k] * Interop.SizeOf<T>()).Cast<T>();

    public void Clear(DeviceQueue queue, Partial partial) => Each(new Clearing(queue, partial));

    public void Combine(DeviceQueue queue, Partial into, Partial from) => Each(new Combining(queue, into, from));

    /// <summary>The totals to their arrays.</summary>
    public void Deliver(DeviceQueue queue, Partial partial, ReadOnlySpan<StageTotal> totals)
    {
        for (var k = 0; k < totals.Length; k++)
        {
            switch (totals[k].Array)
            {
                case DeviceArray<double> array: queue.Copy(View<double>(partial, k), queue.Write(array)); break;
                case DeviceArray<float> array: queue.Copy(View<float>(partial, k), queue.Write(array)); break;
                case DeviceArray<int> array: queue.Copy(View<int>(partial, k), queue.Write(array)); break;
            }
        }
    }

    private void Each<A>(A action) where A : struct, IPieceAction
    {
        foreach (var (element, kind, offset, length) in pieces)
        {
            if (element == typeof(double)) action.On<double>(kind, offset, length);
            else if (element == typeof(float)) action.On<float>(kind, offset, length);
            else action.On<int>(kind, offset, length);
        }
    }

    private static Type ElementOf(DeviceArray array) => array switch
    {
        DeviceArray<double> => typeof(double),
        DeviceArray<float> => typeof(float),
        DeviceArray<int> => typeof(int),
        _ => throw new ArgumentException($"totals are of double, float or int, got {array.GetType()}"),
    };

    private interface IPieceAction
    {
        void On<T>(ReduceKind kind, long offset, long length) where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>;
    }

    private readonly struct Clearing(DeviceQueue queue, Partial partial) : IPieceAction
    {
        public void On<T>(ReduceKind kind, long offset, long length) where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            queue.Fill(partial.Block.Bytes(offset, length * Interop.SizeOf<T>()).Cast<T>(), Combination.Neutral<T>(kind));
    }

    private readonly struct Combining(DeviceQueue queue, Partial into, Partial from) : IPieceAction
    {
        public void On<T>(ReduceKind kind, long offset, long length) where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>
        {
            var bytes = length * Interop.SizeOf<T>();
            queue.Combine(kind, into.Block.Bytes(offset, bytes).Cast<T>(), from.Block.Bytes(offset, bytes).Cast<T>());
        }
    }
}
