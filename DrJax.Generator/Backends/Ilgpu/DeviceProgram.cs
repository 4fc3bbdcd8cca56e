using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>What the parts of one program's device code share: names, the members of its class, the places where an index is checked.</summary>
internal sealed class DeviceProgram
{
    private readonly List<(string Index, string Into)> sites = [];
    private readonly HashSet<Local> onDevice;
    private readonly HashSet<Buffer> grouped = [];
    private readonly List<string> plan = [];

    public DeviceProgram(LoweredProgram lowered, Names names)
    {
        Names = names;
        onDevice = Residence.Of(lowered.Body, []);
        Regions = new ThreadRegions(lowered.Body, onDevice);
        int known;
        do
        {
            // What the threads of a loop leave behind is on the device, and what is computed from it.
            known = onDevice.Count;
            onDevice = Residence.Of(lowered.Body, onDevice.Concat(Regions.All.SelectMany(r => ThreadLocals.Of(r, onDevice.Contains).Left)));
        }
        while (onDevice.Count > known);
        var placed = new HashSet<Buffer>(Placed(lowered));
        foreach (var stage in Stages(lowered.Body))
            grouped.UnionWith(Groups.Of(stage).Where(buffer => placed.Contains(buffer)));
    }

    public Names Names { get; }

    /// <summary>The loops that are one kernel.</summary>
    public ThreadRegions Regions { get; }

    /// <summary>Kernels without their names → the name of the first such and of its fields.</summary>
    public Dictionary<string, (string Name, string[] Fields)> Kernels { get; } = new(StringComparer.Ordinal);

    /// <summary>Kernels and stages.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Places where an index may be outside, in the order of their numbers.</summary>
    public IReadOnlyList<(string Index, string Into)> Sites => sites;

    /// <summary>Where each step runs, a line each.</summary>
    public IReadOnlyList<string> Plan => plan;

    public int Depth { get; set; }

    public bool IsOnDevice(Local local) => onDevice.Contains(local);

    public bool IsOnDevice(Expr value) => Residence.IsOnDevice(value, onDevice);

    /// <summary>A local of the device that no step declares.</summary>
    public Local DeviceLocal(string wish, ElementType element)
    {
        var local = new Local(wish, element);
        Names.Declare(local);
        onDevice.Add(local);
        return local;
    }

    /// <summary>Whether devices may hold their own groups of a buffer only, group after group.</summary>
    public bool IsGrouped(Buffer buffer) => grouped.Contains(buffer);

    public int Site(string index, string into)
    {
        var at = sites.IndexOf((index, into));
        if (at >= 0) return at;
        sites.Add((index, into));
        return sites.Count - 1;
    }

    /// <summary>Notes where a step runs.</summary>
    public void Explain(string where, Step step)
    {
        var what = step.Because.Length == 0 ? "" : ": " + step.Because.TrimEnd().Split('\n')[0].TrimEnd() + (step.Because.TrimEnd().Contains('\n') ? " .." : "");
        plan.Add(new string(' ', 2 * Depth) + where + what);
    }

    /// <summary>Buffers whose first axis is that of a placement's groups.</summary>
    private static IEnumerable<Buffer> Placed(LoweredProgram lowered)
    {
        var function = lowered.Program.Function;
        return lowered.Arguments.Where((a, i) => a.Buffer is not null && function.Parameters[i].Type.IsPlaced).Select(a => a.Buffer!)
            .Concat(lowered.Results.Where((_, i) => function.Results[i].Type.IsPlaced))
            .Concat(lowered.Scratch);
    }

    public static IEnumerable<StageStep> Stages(Block block) =>
        block.Steps.SelectMany(step => step is StageStep stage ? [stage] : step.Blocks.SelectMany(Stages));
}

/// <summary>Which of the buffers around a stage it reads and writes in its own groups only.</summary>
internal static class Groups
{
    public static IEnumerable<Buffer> Of(StageStep stage) => Accesses.Of(stage.Body).GroupBy(a => a.Buffer).Where(g => IsOutermost(g.Key, stage.Placement.Size)
        && g.All(a => IsInGroup(a.At.Offset, g.Key.Strides[0]))).Select(g => g.Key);

    private static bool IsOutermost(Buffer buffer, Dim groups) => buffer.Shape.Length > 0 && buffer.Shape[0] == groups && buffer.Kind is BufferKind.Argument or BufferKind.Result or BufferKind.Scratch;

    /// <summary>Whether an address is that of the block's first group and something inside.</summary>
    private static bool IsInGroup(Dim offset, Dim stride) => (offset - StageSizes.Group * stride).Atoms.All(a => a.Name != StageSizes.GroupName);
}
