namespace DrJax.Compiled.Devices;

/// <summary>
/// How a stage's groups are cut into leaves, by sizes alone, and which device runs which: contiguous leaves, as many as its weight says. The cuts between
/// devices are those of the tree's upper levels, so that stages of different leaves cut alike and what one writes the next finds in place.
/// </summary>
internal sealed class DevicePlan
{
    private const long LeafBytes = 64 << 20;

    // Fewer leaves would leave devices idle; smaller ones would not fill one.
    private const long MinLeaves = 8;
    internal const long LeastGroups = 1024;
    private const int CutsPerDevice = 16;

    private readonly List<long> cuts = [0];

    /// <summary>The fewest groups that make a leaf. Tests lower it, so that a handful of groups is several leaves.</summary>
    internal static long MinGroups { get; set; } = LeastGroups;

    public DevicePlan(long groups, long bytesPerGroup, Device[] devices, long? minGroups = null)
    {
        LeafGroups = Math.Max(1, Math.Min(LeafBytes / Math.Max(bytesPerGroup, 1), Math.Max(minGroups ?? MinGroups, (groups + MinLeaves - 1) / MinLeaves)));
        Cut(0, groups, int.Log2(CutsPerDevice * devices.Length));
        Runs = devices.Length == 1 ? [(devices[0], 0, groups)] : [.. Share(groups, devices)];
    }

    /// <summary>The most groups of a leaf.</summary>
    public long LeafGroups { get; }

    /// <summary>What each device runs; devices without a leaf are left out.</summary>
    public (Device Device, long Lo, long Hi)[] Runs { get; }

    /// <summary>The largest nodes of the tree that make up a run, in order.</summary>
    public IEnumerable<(long Lo, long Hi)> Nodes(long lo, long hi) => Nodes(0, Runs[^1].Hi, lo, hi);

    private IEnumerable<(long Lo, long Hi)> Nodes(long from, long to, long lo, long hi)
    {
        if (to <= lo || hi <= from) return from == to && lo == hi && from == lo ? [(from, to)] : [];
        if (lo <= from && to <= hi) return [(from, to)];
        var middle = from + ((to - from) / 2);
        return [.. Nodes(from, middle, lo, hi), .. Nodes(middle, to, lo, hi)];
    }

    private void Cut(long lo, long hi, int levels)
    {
        if (hi - lo <= LeafGroups || levels == 0)
        {
            cuts.Add(hi);
            return;
        }
        var middle = lo + ((hi - lo) / 2);
        Cut(lo, middle, levels - 1);
        Cut(middle, hi, levels - 1);
    }

    private IEnumerable<(Device, long, long)> Share(long groups, Device[] devices)
    {
        var (total, weight, lo) = (devices.Sum(d => d.Weight), 0.0, 0L);
        foreach (var device in devices)
        {
            weight += device.Weight;
            var ideal = groups * (weight / total);
            var hi = device == devices[^1] ? groups : cuts.Where(cut => cut >= lo).MinBy(cut => Math.Abs(cut - ideal));
            if (hi > lo || (groups == 0 && device == devices[0])) yield return (device, lo, hi);
            lo = Math.Max(lo, hi);
        }
    }
}
