using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Finds the loops that are one kernel, with the nests before and after that fuse with them; also branches whose condition the host would have to wait for.
/// </summary>
internal sealed class ThreadRegions
{
    private readonly Dictionary<Block, List<ThreadRegion>> regions = [];
    private readonly HashSet<Local> onDevice;
    private readonly Dictionary<object, int> mentions;

    /// <param name="onDevice">The locals that live on the device if every loop is the host's.</param>
    public ThreadRegions(Block program, HashSet<Local> onDevice)
    {
        (this.onDevice, mentions) = (onDevice, Mentions.Of(program.Steps));
        Visit(program, buffer => buffer);
    }

    public IEnumerable<ThreadRegion> All => regions.Values.SelectMany(r => r);

    /// <summary>The region that begins with a step of a block.</summary>
    public ThreadRegion? At(Block block, int step) => regions.TryGetValue(block, out var known) ? known.Find(r => r.Steps[0] == block.Steps[step]) : null;

    private void Visit(Block block, Func<Buffer, Buffer> home)
    {
        var free = 0;
        for (var i = 0; i < block.Steps.Length; i++)
        {
            var step = block.Steps[i];
            if (IsOfDevice(step) && Around(block, i, free, home) is var (region, end))
            {
                if (!regions.TryGetValue(block, out var known)) regions[block] = known = [];
                known.Add(region);
                i = end - 1;
                free = end;
                continue;
            }
            if (step is StageStep stage) Visit(stage.Body, buffer => stage.Homes.TryGetValue(buffer, out var owner) ? owner : buffer);
            foreach (var inner in step.Blocks) Visit(inner, home);
        }
    }

    /// <summary>Whether a loop computes on the device, or a branch has to wait for it.</summary>
    private bool IsOfDevice(Step step) => step is LoopStep or BranchStep
        && (step is LoopStep || Residence.IsOnDevice(((BranchStep)step).Condition, onDevice))
        && ThreadRegion.Nested([step]).Any(s => s is NestStep or GemmStep || s is ScalarStep { Local: var set } && onDevice.Contains(set) || ThreadRegion.Assigned(s).Any(onDevice.Contains));

    /// <summary>The longest run of steps around one that can be a kernel with it, first to the left, as what a loop carries is set there.</summary>
    /// <param name="free">The first step that is in no other region.</param>
    private (ThreadRegion Region, int End)? Around(Block block, int at, int free, Func<Buffer, Buffer> home)
    {
        ThreadRegion? region = null;
        var (from, to) = (at, at + 1);
        for (var first = at; first >= free && (first == at || block.Steps[first] is NestStep or GemmStep or ScalarStep); first--)
            if (Of(first, to) is { } longer) (region, from) = (longer, first);
            else if (region is not null) break;
        if (region is null) return null;
        for (var end = to + 1; end <= block.Steps.Length && block.Steps[end - 1] is NestStep or GemmStep or ScalarStep or AssignStep or LoopStep or BranchStep; end++)
            if (Of(from, end) is { } longer) (region, to) = (longer, end);
            else if (block.Steps[end - 1] is not ScalarStep) break;
        // Scalars at the ends are the host's, or neighbours' of their own.
        while (from < at && IsIdle(block.Steps[from])) from++;
        while (to > at + 1 && IsIdle(block.Steps[to - 1])) to--;
        return Of(from, to) is { } trimmed ? (trimmed, to) : (region, from + region.Steps.Count);

        bool IsIdle(Step step) => step is ScalarStep s && (region.Extent is not null || !onDevice.Contains(s.Local)) && !IsAssigned(s.Local);

        bool IsAssigned(Local local) => region.All.SelectMany(ThreadRegion.Assigned).Contains(local);

        ThreadRegion? Of(int first, int end) => ThreadRegion.Of([.. block.Steps.Skip(first).Take(end - first)], home, Outside(block.Steps.Skip(first).Take(end - first)));
    }

    /// <summary>Whether others than some steps mention a place.</summary>
    private Func<object, bool> Outside(IEnumerable<Step> steps)
    {
        var inside = Mentions.Of(steps);
        return place => place is Buffer { Kind: not (BufferKind.Scratch or BufferKind.Stack) } || mentions[place] > (inside.TryGetValue(place, out var own) ? own : 0);
    }
}
