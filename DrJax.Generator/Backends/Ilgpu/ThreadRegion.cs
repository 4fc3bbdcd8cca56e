using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Neighbouring steps that can be one kernel, with their loops and branches in its threads: a thread a point of one axis, the same in all nests, and at what one
/// thread writes no other looks. Without such an axis, one thread.
/// </summary>
internal sealed class ThreadRegion
{
    /// <summary>The most points of a nest that a thread takes, so that a loop of launches would not have been faster.</summary>
    private const long MostPoints = 64;

    /// <summary>More arrays would not be numbers in registers.</summary>
    private const int MostNumbers = 96;

    private readonly Func<Buffer, Buffer> home;
    private readonly Func<object, bool> mentionedOutside;
    private readonly Dictionary<Step, NestStep> nests = [];
    private readonly Dictionary<NestStep, LoopAxis> axes = [];
    private readonly Dictionary<(Buffer State, Buffer Next), NestStep> copies = [];
    private readonly HashSet<Buffer> parts = [];

    private ThreadRegion(IReadOnlyList<Step> steps, Dim? extent, Func<Buffer, Buffer> home, Func<object, bool> mentionedOutside)
    {
        (Steps, Extent, this.home, this.mentionedOutside) = (steps, extent, home, mentionedOutside);
        All = [.. Nested(steps)];
    }

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The steps and those inside them.</summary>
    public IReadOnlyList<Step> All { get; }

    /// <summary>The extent of the threads' axis; null for one thread.</summary>
    public Dim? Extent { get; }

    /// <summary>Numbers that say whether something holds for any thread, of which each thread has its own: whether it still takes part in a loop.</summary>
    public IReadOnlyCollection<Buffer> Parts => parts;

    public bool IsMentionedOutside(object place) => mentionedOutside(place);

    /// <summary>A nest, also in place of a product.</summary>
    public NestStep Nest(Step step) => nests[step];

    /// <summary>The nest that copies what a trip leaves to where the next one reads it.</summary>
    public NestStep Copy(Buffer state, Buffer next) => copies[(state, next)];

    /// <summary>The axis of a nest that is the threads'.</summary>
    public LoopAxis? Axis(NestStep nest) => axes.TryGetValue(nest, out var axis) ? axis : null;

    /// <summary>The buffers that nests write.</summary>
    public IEnumerable<Buffer> Written => Nests.SelectMany(n => n.Outputs).Select(o => o.Target).Distinct();

    private IEnumerable<NestStep> Nests => nests.Values.Concat(copies.Values);

    public static IEnumerable<Step> Nested(IEnumerable<Step> steps) => steps.SelectMany(s => Nested(s.Blocks.SelectMany(b => b.Steps)).Prepend(s));

    /// <summary>The steps as one kernel, if they can be.</summary>
    /// <param name="home">The buffer whose memory a buffer has.</param>
    /// <param name="mentionedOutside">Whether other steps mention a buffer or local.</param>
    public static ThreadRegion? Of(IReadOnlyList<Step> steps, Func<Buffer, Buffer> home, Func<object, bool> mentionedOutside)
    {
        var extents = new HashSet<Dim>(Nested(steps).Select(AsNest).OfType<NestStep>().SelectMany(n => n.Parallel.Concat(n.Reduced)).Select(axis => axis.Extent)
            .Where(e => e.AsConstant is not <= MostPoints));
        if (extents.Count > 1) return null;
        var region = new ThreadRegion(steps, extents.FirstOrDefault(), home, mentionedOutside);
        return region.Prepare() ? region : null;
    }

    private static NestStep? AsNest(Step step) => step switch { NestStep s => s, GemmStep s => AsNests.Of(s), _ => null };

    private bool Prepare()
    {
        if (All.Any(s => s is not (NestStep or GemmStep or ScalarStep or AssignStep or LoopStep or BranchStep))) return false;
        // Outside of its arm an assignment would be every thread's.
        if (Extent is not null && Steps.Any(s => s is AssignStep)) return false;
        foreach (var step in All)
            if (AsNest(step) is { } nest) nests[step] = nest;
        foreach (var loop in All.OfType<LoopStep>())
        {
            // Stacks are allocated before the kernel: their lengths must be known there.
            if (loop.Stacks.Length > 0 && (loop.Limit is not LoopLimit.Counted { Count: var count } || !Steps.Contains(loop) || IsSet(count))) return false;
            if (!EndsAlone(loop)) return false;
            foreach (var (state, next) in loop.Swaps) copies[(state, next)] = Copied(state, next);
        }
        return Nests.All(IsSmall) && (Extent is null || (AreApart() && AreAlike())) 
            && Buffers.Count(b => mentionedOutside(b) || !IsNumber(b)) <= NestPieces.MostArrays && Buffers.Count() <= MostNumbers;
    }

    private bool IsSet(Local local) => All.Any(s => Assigned(s).Contains(local) || (s is ScalarStep scalar && scalar.Local == local));

    /// <summary>The locals that a step sets and another declares.</summary>
    public static IEnumerable<Local> Assigned(Step step) => step switch
    {
        AssignStep s => [s.Local],
        LoopStep s => s.Assigned.Select(a => a.State),
        _ => [],
    };

    private NestStep Copied(Buffer state, Buffer next)
    {
        // As nests run over all elements of an array in one loop where they can.
        var isOne = state.Size == Extent && next.Size == Extent && !state.Shape.Contains(Extent);
        LoopAxis[] all = isOne ? [new("i", state.Size)] : [.. state.Shape.Select((extent, i) => new LoopAxis($"i{i}", extent))];
        return new NestStep("copy", [.. all], [], null, state.Element, [new Output(state, At(state), new ExprTable().Load(next, At(next)), OutputMode.Store)], "");

        Address At(Buffer buffer) => AsNests.Moved(new Address(Dim.Zero, [], []), [.. all.Select((axis, i) => (axis, isOne ? Dim.One : buffer.Strides[i]))]);
    }

    private bool IsSmall(NestStep nest)
    {
        var rest = nest.Parallel.Concat(nest.Reduced).ToList();
        if (Extent is not null)
        {
            LoopAxis[] along = [.. rest.Where(axis => axis.Extent == Extent)];
            if (along.Length != 1 || !nest.Parallel.Contains(along[0])) return false;
            axes[nest] = along[0];
            rest.Remove(along[0]);
        }
        return DeviceNest.Product(rest).AsConstant is <= MostPoints;
    }

    // ---- loops that end with the last thread's --------------------------------------------------------------------------------

    /// <summary>
    /// Whether threads may leave a loop at different times. A loop that runs while something holds for any group does: a group that is done keeps what it carries, so
    /// its thread may end; only what all groups count alike would differ.
    /// </summary>
    private bool EndsAlone(LoopStep loop)
    {
        if (loop.Limit is not LoopLimit.Running running || Extent is null) return true;
        NestStep[] any = [.. running.Block.Steps.OfType<NestStep>().Where(n => n.Reduced.Any(axis => axis.Extent == Extent))];
        if (any.Length == 0) return true;
        if (Extent != StageSizes.Block || !any.All(IsAnyGroup)) return false;
        var (inside, all) = (Mentions.Of([loop]), Mentions.Of(Steps));
        var declared = Nested([loop]).OfType<ScalarStep>().Select(s => s.Local).ToList();
        if (declared.Concat<object>(any.Select(n => n.Outputs[0].Target)).Any(place => mentionedOutside(place) || all[place] > inside[place])) return false;
        if (loop.Assigned.Any(a => mentionedOutside(a.State) || all[a.State] - All.Count(s => s is ScalarStep scalar && scalar.Local == a.State) > inside[a.State])) return false;
        foreach (var nest in any)
        {
            nests[nest] = new NestStep(nest.Name, nest.Reduced, [], null, nest.Element, [nest.Outputs[0] with { Mode = OutputMode.Store }], nest.Because);
            parts.Add(nest.Outputs[0].Target);
        }
        return true;
    }

    /// <summary>Whether a nest finds out if something holds for any group.</summary>
    private static bool IsAnyGroup(NestStep nest) =>
        nest is { Parallel.IsEmpty: true, Reduced.Length: 1, Outputs: [{ Mode: OutputMode.Reduce, Kind: ReduceKind.Max, Value: CastExpr { X.Element: ElementType.Bool } } output] }
        && output.Target is { Kind: BufferKind.Scratch } target && target.Size.IsConstant(1);

    // ---- what is whose --------------------------------------------------------------------------------------------------------

    /// <summary>Whether each thread has elements of its own of everything that is written.</summary>
    private bool AreApart()
    {
        var written = new HashSet<Buffer>(Written.Where(b => !parts.Contains(b)).Select(home));
        var shares = new Dictionary<Buffer, Share>();
        foreach (var nest in Nests)
        {
            foreach (var access in Accesses.Of(nest).Where(a => written.Contains(home(a.Buffer))))
            {
                if (Share.Of(access.At, axes[nest]) is not { } share) return false;
                if (shares.TryGetValue(home(access.Buffer), out var known) && known != share) return false;
                shares[home(access.Buffer)] = share;
            }
        }
        // What all threads read alike none may write.
        return All.Where(s => s is not (NestStep or GemmStep)).SelectMany(Mentions.Exprs).SelectMany(Mentions.Leaves).OfType<Buffer>().All(b => !written.Contains(home(b)));
    }

    /// <summary>Whether what all threads assign alike is declared here, so that none reads what another has left already.</summary>
    private bool AreAlike()
    {
        var declared = new HashSet<Local>(All.OfType<ScalarStep>().Select(s => s.Local));
        return All.SelectMany(Assigned).All(declared.Contains);
    }

    /// <summary>Whether of a buffer each thread has just the element of its own number, so that it may be a local of the thread.</summary>
    public bool IsNumber(Buffer buffer) => parts.Contains(buffer) || (buffer.Kind == BufferKind.Scratch && Accessed().Where(a => a.Access.Buffer == buffer).All(a =>
        a.Access.At is { Computed.Count: 0 } at && at.Offset.IsConstant(0)
        && (Extent is null ? at.Strides.Count == 0 && buffer.Size.IsConstant(1) : a.Axis is not null && at.Strides.Count == 1 && at.Stride(a.Axis).IsConstant(1))));

    /// <summary>Whether the first step that mentions a buffer sets it, whatever loops and branches do.</summary>
    public bool IsSetFirst(Buffer buffer) => Steps.FirstOrDefault(s => Unread.Mentioned(s).Contains(buffer)) is { } first && nests.TryGetValue(first, out var nest)
        && nest.Outputs.Any(o => o.Target == buffer && o.Mode == OutputMode.Store) && Overwrites.Loads(nest.Outputs).All(l => l.Buffer != buffer);

    /// <summary>Every buffer that is read or written.</summary>
    public IEnumerable<Buffer> Buffers => Accessed().Select(a => a.Access.Buffer).Distinct();

    private IEnumerable<(MemoryAccess Access, LoopAxis? Axis)> Accessed() => Nests.SelectMany(n => Accesses.Of(n).Select(a => (a, Axis(n))))
        .Concat(All.Where(s => s is not (NestStep or GemmStep)).SelectMany(Mentions.Exprs).SelectMany(Accesses.Loads).Select(a => (a, (LoopAxis?)null)));
}
