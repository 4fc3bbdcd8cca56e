using System.ComponentModel;
using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR.Intrinsics;

namespace DrJax.Compiled.Devices;

/// <summary>
/// What the threads of a group have each combined, combined: first in trees over 32 neighbours each, then in a tree over what those have. The bits depend on the group's
/// size alone, not on whether neighbours exchange what they have by shuffles of a warp (CUDA) or in shared memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupFold
{
    private const int MostThreads = 256;
    private const int Neighbours = 32;

    // Of signed numbers: ILGPU has no shuffles of less than 32 bits.

    /// <summary>The sum, for every thread. All threads of the group call it.</summary>
    public static T Sum<T>(T value) where T : unmanaged, INumber<T>, ISignedNumber<T> => All(value, new Addition<T>());

    /// <summary>The largest value, NaN if one is; for every thread.</summary>
    public static double Max(double value) => All(value, new Maximum());

    /// <inheritdoc cref="Max(double)"/>
    public static float Max(float value) => All(value, new Maximum());

    /// <inheritdoc cref="Max(double)"/>
    public static int Max(int value) => All(value, new Maximum());

    /// <summary>The smallest value, NaN if one is; for every thread.</summary>
    public static double Min(double value) => -Max(-value);

    /// <inheritdoc cref="Min(double)"/>
    public static float Min(float value) => -Max(-value);

    /// <inheritdoc cref="Min(double)"/>
    public static int Min(int value) => ~Max(~value);

    /// <summary>What each kind of device puts in the place of <see cref="All"/>: ILGPU has shuffles for CUDA, and for OpenCL those of one vendor's extension alone.</summary>
    internal static void Register(IntrinsicImplementationManager manager)
    {
        var all = Method(nameof(All));
        manager.RegisterMethod(all, new PTXIntrinsic(Method(nameof(ByShuffles)), IntrinsicImplementationMode.Redirect));
        manager.RegisterMethod(all, new CLIntrinsic(Method(nameof(InSharedMemory)), IntrinsicImplementationMode.Redirect));

        static MethodInfo Method(string name) => typeof(GroupFold).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
    }

    [IntrinsicImplementation]
    private static T All<T, F>(T value, F fold) where T : unmanaged where F : struct, IFold<T> => InSharedMemory(value, fold);

    /// <summary>With two barriers, the second so that the memory can be used again. The group's size is a multiple of 32.</summary>
    internal static T ByShuffles<T, F>(T value, F fold) where T : unmanaged where F : struct, IFold<T>
    {
        var values = SharedMemory.Allocate<T>(MostThreads / Neighbours);
        for (var half = Neighbours / 2; half > 0; half /= 2) value = fold.Of(value, Warp.ShuffleXor(value, half));
        if (Group.IdxX % Neighbours == 0) values[Group.IdxX / Neighbours] = value;
        Group.Barrier();
        var parts = Group.DimX / Neighbours;
        value = values[Group.IdxX % parts];
        Group.Barrier();
        for (var half = parts / 2; half > 0; half /= 2) value = fold.Of(value, Warp.ShuffleXor(value, half));
        return value;
    }

    internal static T InSharedMemory<T, F>(T value, F fold) where T : unmanaged where F : struct, IFold<T>
    {
        var values = SharedMemory.Allocate<T>(MostThreads);
        values[Group.IdxX] = value;
        Group.Barrier();
        for (var half = (Group.DimX < Neighbours ? Group.DimX : Neighbours) / 2; half > 0; half /= 2)
        {
            if (Group.IdxX % Neighbours < half) values[Group.IdxX] = fold.Of(values[Group.IdxX], values[Group.IdxX + half]);
            Group.Barrier();
        }
        for (var half = Group.DimX / 2; half >= Neighbours; half /= 2)
        {
            if (Group.IdxX % Neighbours == 0 && Group.IdxX < half) values[Group.IdxX] = fold.Of(values[Group.IdxX], values[Group.IdxX + half]);
            Group.Barrier();
        }
        value = values[0];
        Group.Barrier();
        return value;
    }

    /// <summary>How two values are combined: the same bits in either order.</summary>
    internal interface IFold<T>
    {
        T Of(T x, T y);
    }

    internal readonly struct Addition<T> : IFold<T>
        where T : unmanaged, INumber<T>
    {
        public T Of(T x, T y) => x + y;
    }

    internal readonly struct Maximum : IFold<double>, IFold<float>, IFold<int>
    {
        public double Of(double x, double y) => DeviceMath.Max(x, y);

        public float Of(float x, float y) => DeviceMath.Max(x, y);

        public int Of(int x, int y) => DeviceMath.Max(x, y);
    }
}

/// <content>Which reductions groups of threads take together.</content>
public sealed partial class DeviceQueue
{
    /// <summary>The fewest terms of a part. Tests lower it, so that short sums have several.</summary>
    internal static long LeastPart { get; set; } = ReductionLimits.LeastPart;

    /// <summary>
    /// How many groups of threads reduce each of some points: none where the points alone keep a device busy, or their reductions are short (a thread reduces each then);
    /// one where points are few; several, each of which takes a part, where they are very few, in all at most 1024. Sizes alone decide, so bits stay the same.
    /// </summary>
    public static long Parts(long points, long terms) => Parts(points, terms, LeastPart);

    internal static long Parts(long points, long terms, long least) =>
        points > ReductionLimits.FewPoints || terms < ReductionLimits.LongReduction || terms > int.MaxValue / 2 ? 0
        : Math.Max(1, Math.Min(ReductionLimits.MostParts / Math.Max(points, 1), terms / least));
}
