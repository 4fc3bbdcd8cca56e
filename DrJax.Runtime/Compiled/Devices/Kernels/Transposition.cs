using ILGPU;

namespace DrJax.Compiled.Devices;

internal struct Transposition<T>
    where T : unmanaged
{
    public ArrayView<T> From, To;
    public long Inner, FromOuter, FromInner, ToOuter, ToInner;
}

internal static class TranspositionKernels
{
    /// <summary>One element a thread; the inner axis is the fastest.</summary>
    public static void Element<T>(Index1D i, Transposition<T> t)
        where T : unmanaged
    {
        long outer = i / t.Inner, inner = i % t.Inner;
        t.To[(outer * t.ToOuter) + (inner * t.ToInner)] = t.From[(outer * t.FromOuter) + (inner * t.FromInner)];
    }
}

/// <content>Groups to lanes and back.</content>
public sealed partial class DeviceQueue
{
    /// <summary>A packed block of groups, [block, size] with <paramref name="packedStride"/> between groups, to lanes, [size, block] with <paramref name="laneStride"/> between rows.</summary>
    public void ToLanes<T>(ArrayView<T> packed, long packedStride, long block, long size, ArrayView<T> lanes, long laneStride) where T : unmanaged => Launch(
        TranspositionKernels.Element, block * size,
        new Transposition<T> { From = packed, To = lanes, Inner = block, FromOuter = 1, FromInner = packedStride, ToOuter = laneStride, ToInner = 1 });

    /// <summary>What <see cref="ToLanes"/> has made, back.</summary>
    public void FromLanes<T>(ArrayView<T> lanes, long laneStride, long block, long size, ArrayView<T> packed, long packedStride) where T : unmanaged => Launch(
        TranspositionKernels.Element, block * size,
        new Transposition<T> { From = lanes, To = packed, Inner = size, FromOuter = 1, FromInner = laneStride, ToOuter = packedStride, ToInner = 1 });
}
