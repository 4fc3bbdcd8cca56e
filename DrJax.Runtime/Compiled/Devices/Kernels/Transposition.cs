using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A matrix to be turned over: element (i, j) of From, with j contiguous, becomes (j, i) of To, with i contiguous.</summary>
internal struct Transposition<T>
    where T : unmanaged
{
    public ArrayView<T> From, To;
    public long Rows, Columns, FromPitch, ToPitch;
}

internal static class TranspositionKernels
{
    public const int Side = 16;
    public const int Threads = Side * Side;

    // One more, so that a column of a tile lies in different banks of shared memory.
    private const int Pitch = Side + 1;

    /// <summary>One element a thread.</summary>
    public static void Element<T>(Index1D i, Transposition<T> t)
        where T : unmanaged
    {
        long row = i / t.Columns, column = i % t.Columns;
        t.To[(column * t.ToPitch) + row] = t.From[(row * t.FromPitch) + column];
    }

    /// <summary>A tile a group, so that neighbouring threads both read and write what is adjacent.</summary>
    public static void Tile<T>(Transposition<T> t)
        where T : unmanaged
    {
        var tile = SharedMemory.Allocate<T>(Side * Pitch);
        var across = (t.Columns + Side - 1) / Side;
        long row = Grid.IdxX / across * Side, column = Grid.IdxX % across * Side;
        int y = Group.IdxX / Side, x = Group.IdxX % Side;
        if (row + y < t.Rows && column + x < t.Columns) tile[(y * Pitch) + x] = t.From[((row + y) * t.FromPitch) + column + x];
        Group.Barrier();
        if (column + y < t.Columns && row + x < t.Rows) t.To[((column + y) * t.ToPitch) + row + x] = tile[(x * Pitch) + y];
    }
}

/// <content>Groups to lanes and back.</content>
public sealed partial class DeviceQueue
{
    /// <summary>A packed block of groups, [block, size] with <paramref name="packedStride"/> between groups, to lanes, [size, block] with <paramref name="laneStride"/> between rows.</summary>
    public void ToLanes<T>(ArrayView<T> packed, long packedStride, long block, long size, ArrayView<T> lanes, long laneStride) where T : unmanaged =>
        Transpose(new Transposition<T> { From = packed, To = lanes, Rows = block, Columns = size, FromPitch = packedStride, ToPitch = laneStride });

    /// <summary>What <see cref="ToLanes"/> has made, back.</summary>
    public void FromLanes<T>(ArrayView<T> lanes, long laneStride, long block, long size, ArrayView<T> packed, long packedStride) where T : unmanaged =>
        Transpose(new Transposition<T> { From = lanes, To = packed, Rows = size, Columns = block, FromPitch = laneStride, ToPitch = packedStride });

    private void Transpose<T>(Transposition<T> t) where T : unmanaged
    {
        const long side = TranspositionKernels.Side;
        if (GroupSize == TranspositionKernels.Threads && Math.Min(t.Rows, t.Columns) >= side)
            LaunchGroups(TranspositionKernels.Tile, (t.Rows + side - 1) / side * ((t.Columns + side - 1) / side), t);
        else
            Launch(TranspositionKernels.Element, t.Rows * t.Columns, t);
    }
}
