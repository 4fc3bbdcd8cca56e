using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>
/// How a stage cuts its groups into blocks, which run as one, and leaves of blocks, which are summed as one. The order in which groups are
/// summed follows from both, so they depend on sizes alone: never on the machine or the number of threads, or results would.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StagePlan
{
    // What a block's scratch may take of a second-level cache, and the groups after which more gain nothing. Lanes gain more from further groups: what
    // all groups share is read once for all lanes of a block.
    private const nint LaneBytes = 2 << 20;
    private const nint RowBytes = 256 << 10;
    private const nint MaxLanes = 128;
    private const nint MaxRows = 64;

    // If that many lanes fit into a first-level cache, no more than fit.
    private const nint FirstLevelBytes = 24 << 10;
    private const nint EnoughLanes = 64;

    // A block begins and ends its sums: where a group has next to no scratch, that would take longer than the few groups themselves.
    private const nint SmallBlockBytes = 8 << 10;
    private const nint MaxSmallBlock = 512;

    // Halves are cut where vectors of any type end, so that only the last leaf has lanes to spare.
    private const nint Vector = Simd.Lanes16;

    // A leaf of several blocks clears and adds the accumulator less often; the fewest leaves keep as many threads busy.
    private const nint LeafBlocks = 4;
    private const nint MinLeaves = 8;

    // Every level of the tree is an accumulator: so many leaves are work enough for all threads.
    private const nint MaxLeaves = 128;

    // Where an accumulator is large beside what the groups of a leaf work on, half as many must do.
    private const nint AccumulatorShare = 8;

    private StagePlan(nint capacity) => (Capacity, LeafGroups) = (capacity, capacity);

    private StagePlan(nint groups, nint capacity, nint leaves)
    {
        Capacity = capacity;
        var share = (groups + leaves - 1) / leaves;
        // Halves that end with vectors are not equal.
        LeafGroups = Math.Max(Math.Min(LeafBlocks * capacity, Math.Max(capacity, share < Vector ? share : share + Vector)), groups / MaxLeaves);
    }

    /// <summary>The most groups of a block.</summary>
    public nint Capacity { get; }

    /// <summary>The most groups of a leaf.</summary>
    public nint LeafGroups { get; }

    /// <summary>Blocks whose groups are the lanes of vectors: the capacity is a multiple of <paramref name="lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StagePlan InLanes(nint groups, nint bytesPerGroup, int lanes, nint accumulatorBytes) =>
        groups <= lanes ? new StagePlan(lanes) : ManyInLanes(groups, bytesPerGroup, lanes, accumulatorBytes); // few need no divisions

    private static StagePlan ManyInLanes(nint groups, nint bytesPerGroup, int lanes, nint accumulatorBytes)
    {
        var near = Fitting(bytesPerGroup, FirstLevelBytes, MaxLanes);
        var most = Math.Max(near >= EnoughLanes ? near : Fitting(bytesPerGroup, LaneBytes, MaxLanes),
            Math.Min(Fitting(bytesPerGroup, SmallBlockBytes, MaxSmallBlock), groups / MinLeaves));
        var vectors = Math.Min(most / lanes, (groups + lanes - 1) / lanes);
        var leaves = groups * bytesPerGroup / Math.Max(AccumulatorShare * accumulatorBytes, 1);
        return new StagePlan(groups, Math.Max(vectors, 1) * lanes, Math.Clamp(leaves, MinLeaves / 2, MinLeaves));
    }

    /// <summary>Blocks whose groups stand one after the other.</summary>
    public static StagePlan InRows(nint groups, nint bytesPerGroup) => new(groups, Fitting(bytesPerGroup, RowBytes, MaxRows), MinLeaves);

    /// <summary>Where the tree cuts [lo, hi), of at least 2 groups: at half, where there are many the nearest end of a vector.</summary>
    public static nint Middle(nint lo, nint hi)
    {
        var half = (hi - lo) / 2;
        return lo + (half < Vector ? half : (half + (Vector / 2)) & -Vector);
    }

    private static nint Fitting(nint bytesPerGroup, nint bytes, nint most) => Math.Clamp(bytes / Math.Max(bytesPerGroup, 1), 1, most);
}
