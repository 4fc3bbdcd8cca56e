using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>The scalars of a <see cref="ThreadRegion"/>: which the host computes before the kernel, which are locals of its threads, which of these are left behind.</summary>
/// <param name="OnHost">Steps for which the host need not wait.</param>
/// <param name="Inside">Locals of the threads.</param>
/// <param name="Before">Of these, those that have a value before.</param>
/// <param name="Left">Those that other steps read.</param>
internal sealed record ThreadLocals(IReadOnlyList<ScalarStep> OnHost, IReadOnlyCollection<Local> Inside, IReadOnlyList<Local> Before, IReadOnlyList<Local> Left)
{
    /// <param name="isOnDevice">Whether a local lives on the device.</param>
    public static ThreadLocals Of(ThreadRegion region, Func<Local, bool> isOnDevice)
    {
        var assigned = new HashSet<Local>(region.All.SelectMany(ThreadRegion.Assigned));
        var inside = new HashSet<Local>(assigned);
        var onHost = new List<ScalarStep>();
        foreach (var step in region.Steps)
        {
            if (step is ScalarStep s && !isOnDevice(s.Local) && !assigned.Contains(s.Local) && !Mentions.Leaves(s.Value).OfType<Local>().Any(inside.Contains)) onHost.Add(s);
            else inside.UnionWith(ThreadRegion.Nested([step]).OfType<ScalarStep>().Select(d => d.Local));
        }
        var declared = new HashSet<Local>(region.All.OfType<ScalarStep>().Select(s => s.Local));
        Local[] before = [.. assigned.Where(l => !declared.Contains(l))], left = [.. inside.Where(l => region.IsMentionedOutside(l))];
        inside.UnionWith(region.All.OfType<LoopStep>().Select(loop => loop.Index));
        return new(onHost, inside, before, left);
    }
}
