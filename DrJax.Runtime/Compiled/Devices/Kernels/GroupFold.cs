using System.ComponentModel;
using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>What the threads of a group have each combined, combined: in a tree over the threads, so that the bits depend on the group's size alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupFold
{
    /// <summary>The sum, for every thread. All threads of the group call it.</summary>
    public static T Sum<T>(T value) where T : unmanaged, INumber<T>
    {
        var values = SharedMemory.Allocate<T>(256);
        values[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half) values[Group.IdxX] = values[Group.IdxX] + values[Group.IdxX + half];
            Group.Barrier();
        }
        return values[0];
    }

    /// <summary>The largest value, NaN if one is; for every thread.</summary>
    public static double Max(double value)
    {
        var values = SharedMemory.Allocate<double>(256);
        values[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half) values[Group.IdxX] = DeviceMath.Max(values[Group.IdxX], values[Group.IdxX + half]);
            Group.Barrier();
        }
        return values[0];
    }

    /// <inheritdoc cref="Max(double)"/>
    public static float Max(float value)
    {
        var values = SharedMemory.Allocate<float>(256);
        values[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half) values[Group.IdxX] = DeviceMath.Max(values[Group.IdxX], values[Group.IdxX + half]);
            Group.Barrier();
        }
        return values[0];
    }

    /// <inheritdoc cref="Max(double)"/>
    public static int Max(int value)
    {
        var values = SharedMemory.Allocate<int>(256);
        values[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half) values[Group.IdxX] = DeviceMath.Max(values[Group.IdxX], values[Group.IdxX + half]);
            Group.Barrier();
        }
        return values[0];
    }

    /// <summary>The smallest value, NaN if one is; for every thread.</summary>
    public static double Min(double value) => -Max(-value);

    /// <inheritdoc cref="Min(double)"/>
    public static float Min(float value) => -Max(-value);

    /// <inheritdoc cref="Min(double)"/>
    public static int Min(int value) => ~Max(~value);
}

/// <content>Which reductions groups of threads take together.</content>
public sealed partial class DeviceQueue
{
    private const long FewPoints = 8192;
    private const long LongReduction = 128;

    // As many groups fill a device.
    private const long MostParts = 1024;

    /// <summary>The fewest terms of a part. Tests lower it, so that short sums have several.</summary>
    internal static long LeastPart { get; set; } = 1024;

    /// <summary>
    /// How many groups of threads reduce each of some points: none where the points alone keep a device busy, or their reductions are short (a thread reduces each then);
    /// one where points are few; several, each of which takes a part, where they are very few, in all at most 1024. Sizes alone decide, so bits stay the same.
    /// </summary>
    public static long Parts(long points, long terms) => Parts(points, terms, LeastPart);

    internal static long Parts(long points, long terms, long least) =>
        points > FewPoints || terms < LongReduction || terms > int.MaxValue / 2 ? 0
        : Math.Max(1, Math.Min(MostParts / Math.Max(points, 1), terms / least));
}
