using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Where a buffer's memory comes from.</summary>
internal enum BufferKind
{
    /// <summary>An argument of the enclosing method: a user's array, packed; read only.</summary>
    Argument,

    /// <summary>A result the caller allocated.</summary>
    Result,

    /// <summary>Scratch of the enclosing method (the program's body, or one leaf of a stage), allocated once at its entry.</summary>
    Scratch,

    /// <summary>A segment of a stage's accumulator.</summary>
    Accumulator,

    /// <summary>What a loop whose length only the run decides leaves of every iteration; allocated by its <see cref="LoopStep"/>.</summary>
    Stack,
}

/// <summary>
/// Memory for one array. Strides are in elements, one a logical axis; <paramref name="size"/> is the number of elements to allocate, of a
/// <see cref="BufferKind.Stack"/> for one entry: its entries lie one after the other.
/// </summary>
internal sealed class Buffer(string name, ElementType element, BufferKind kind, ImmutableArray<Dim> shape, ImmutableArray<Dim> strides, Dim size)
{
    public string Name { get; } = name;

    public ElementType Element { get; } = element;

    public BufferKind Kind { get; } = kind;

    public ImmutableArray<Dim> Shape { get; } = shape;

    public ImmutableArray<Dim> Strides { get; } = strides;

    public Dim Size { get; } = size;

    public override string ToString() => Name;
}

/// <summary>One thing that a block does, in order. <see cref="Because"/> is the IR it computes, for comments.</summary>
internal abstract class Step(string because)
{
    public string Because { get; set; } = because;

    /// <summary>The blocks that the step runs where it stands (a stage's runs elsewhere).</summary>
    public virtual ImmutableArray<Block> Blocks => [];
}

/// <summary>A sequence of steps with the locals and buffers it uses declared elsewhere.</summary>
internal sealed class Block(ImmutableArray<Step> steps)
{
    public ImmutableArray<Step> Steps { get; } = steps;
}

/// <summary>A scalar computed straight: <c>var local = value</c>. Its loads have constant or computed addresses.</summary>
internal sealed class ScalarStep(Local local, Expr value, string because) : Step(because)
{
    public Local Local { get; } = local;

    public Expr Value { get; } = value;
}

internal enum OutputMode
{
    /// <summary>target = value, at every point of the parallel and reduced axes.</summary>
    Store,

    /// <summary>target += value, at every point in loop order: read, add, write (several points may share an address).</summary>
    Add,

    /// <summary>Combined over the reduced axes in registers; then target = total.</summary>
    Reduce,

    /// <summary>Combined over the reduced axes in registers; then target = target (+, max, min) total.</summary>
    ReduceInto,

    /// <summary>The int index along the one reduced axis of the first largest or smallest value; then target = index.</summary>
    ArgReduce,
}

/// <summary>A value that a nest leaves in memory.</summary>
internal sealed record Output(Buffer Target, Address At, Expr Value, OutputMode Mode, ReduceKind Kind = ReduceKind.Sum);

/// <summary>
/// A perfect loop nest: parallel axes outermost first, then reduced axes. <paramref name="vector"/> is the axis along which lanes run (null: scalar code):
/// a parallel axis, then it is the innermost of them and the reduced axes run inside it, or a reduced axis, then it is the innermost of all and
/// accumulators are folded lane by lane at the end in a fixed tree. Every memory access of a vector nest is linear in the vector axis with stride 0 or 1
/// (or another stride, loaded lane by lane), and all floating values have <see cref="Element"/>.
/// </summary>
internal sealed class NestStep(
    string name,
    ImmutableArray<LoopAxis> parallel,
    ImmutableArray<LoopAxis> reduced,
    LoopAxis? vector,
    ElementType element,
    ImmutableArray<Output> outputs,
    string because) : Step(because)
{
    public string Name { get; } = name;

    public ImmutableArray<LoopAxis> Parallel { get; } = parallel;

    public ImmutableArray<LoopAxis> Reduced { get; } = reduced;

    public LoopAxis? Vector { get; } = vector;

    /// <summary>The floating type that decides the number of lanes (8 of double, 16 of float).</summary>
    public ElementType Element { get; } = element;

    public ImmutableArray<Output> Outputs { get; } = outputs;
}

/// <summary>What the runtime computes from whole vectors or matrices: see <see cref="MatrixKind"/> and <see cref="ArgSort"/>.</summary>
internal enum Kernel
{
    /// <summary>Size n; operands a, l.</summary>
    Cholesky,

    /// <summary>Sizes n and k; flags upper, transposed; operands t, b, x.</summary>
    TriangularSolve,

    /// <summary>Size n; operands a, lu.</summary>
    Lu,

    /// <summary>Sizes n and k; flag transposed; operands lu, b, x.</summary>
    LuSolve,

    /// <summary>Size n; operands lu and one number.</summary>
    LogAbsDet,

    /// <summary>Size n; operands lu and one number.</summary>
    Det,

    /// <summary>Size n; flag descending; operands x, indices.</summary>
    ArgSort,
}

/// <summary>A vector or matrix in a buffer for each point of the outer loops; one stride an axis.</summary>
internal sealed record KernelOperand(Buffer Buffer, Address At, ImmutableArray<Dim> Strides);

/// <summary>
/// A kernel of the runtime for every point of <paramref name="outer"/>; the last of its operands is written. With <paramref name="lanes"/>, that
/// axis is not looped over: the kernel computes that many problems at once, whose elements are adjacent in every operand.
/// </summary>
internal sealed class KernelStep(
    Kernel kernel, ImmutableArray<LoopAxis> outer, LoopAxis? lanes, ImmutableArray<Dim> sizes, ImmutableArray<bool> flags, ImmutableArray<KernelOperand> operands, string because)
    : Step(because)
{
    public Kernel Kernel { get; } = kernel;

    public ImmutableArray<LoopAxis> Outer { get; } = outer;

    public LoopAxis? Lanes { get; } = lanes;

    public ImmutableArray<Dim> Sizes { get; } = sizes;

    public ImmutableArray<bool> Flags { get; } = flags;

    public ImmutableArray<KernelOperand> Operands { get; } = operands;
}

/// <summary>One of two blocks. Scalars assigned in both are declared before.</summary>
internal sealed class BranchStep(Expr condition, Block then, Block otherwise, string because) : Step(because)
{
    public Expr Condition { get; } = condition;

    public Block Then { get; } = then;

    public Block Otherwise { get; } = otherwise;

    public override ImmutableArray<Block> Blocks => [Then, Otherwise];
}

/// <summary>Assignment to a scalar declared earlier.</summary>
internal sealed class AssignStep(Local local, Expr value, string because) : Step(because)
{
    public Local Local { get; } = local;

    public Expr Value { get; } = value;
}

/// <summary>
/// Turns a packed block of groups into lanes or back: Packed is [block, size] with unit stride along size and <see cref="PackedStride"/> along the block,
/// Lanes is [size, lanes] with unit stride along the block.
/// </summary>
internal sealed class TransposeStep(Buffer packed, Address packedAt, Dim packedStride, Buffer lanes, Dim block, Dim size, Dim laneStride, bool toLanes, string because) : Step(because)
{
    public Buffer Packed { get; } = packed;

    public Address PackedAt { get; } = packedAt;

    public Dim PackedStride { get; } = packedStride;

    public Buffer Lanes { get; } = lanes;

    public Dim BlockSize { get; } = block;

    public Dim Size { get; } = size;

    public Dim LaneStride { get; } = laneStride;

    public bool ToLanes { get; } = toLanes;
}

/// <summary>A reduced output of a stage: a segment of the accumulator, combined by Kind.</summary>
internal sealed record Segment(Buffer Buffer, ReduceKind Kind);

/// <summary>
/// One pass over the groups. For each leaf [lo, hi) of the halving tree, blocks of at most <see cref="BlockCapacity"/> groups run <see cref="Body"/>, which
/// accumulates into the segments and writes placed results. The atoms <c>&lt;group&gt;</c> (first group of the block), <c>&lt;block&gt;</c> (its number of groups)
/// and <c>&lt;lanes&gt;</c> (capacity, a multiple of the lane count) may occur in sizes and addresses inside the body.
/// Outside, after the stage, each segment's total is in its buffer <see cref="Segment.Buffer"/>.
/// </summary>
internal sealed class StageStep(
    string name, Placement placement, ImmutableArray<Buffer> scratch, ImmutableArray<Segment> segments, Block body, Dim bytesPerGroup, bool lanesAreGroups, string because,
    ImmutableDictionary<Buffer, Buffer>? homes = null)
    : Step(because)
{
    public string Name { get; } = name;

    public Placement Placement { get; } = placement;

    /// <summary>Buffers allocated at the entry of each leaf.</summary>
    public ImmutableArray<Buffer> Scratch { get; } = scratch;

    /// <summary>Each of them that owns no memory → the one whose memory it takes over.</summary>
    public ImmutableDictionary<Buffer, Buffer> Homes { get; } = homes ?? ImmutableDictionary<Buffer, Buffer>.Empty;

    public ImmutableArray<Segment> Segments { get; } = segments;

    public Block Body { get; } = body;

    /// <summary>Scratch bytes that one group of a block needs: from it and from nothing else follow the sizes of blocks and leaves.</summary>
    public Dim BytesPerGroup { get; } = bytesPerGroup;

    public bool LanesAreGroups { get; } = lanesAreGroups;
}

/// <summary>A program ready to be spelled by a backend.</summary>
/// <param name="Arguments">One a leaf of the signature, in order: a scalar local, or a packed buffer.</param>
/// <param name="Results">One a result leaf: packed buffers (scalars have one element).</param>
/// <param name="Scratch">Buffers of the program's own body, allocated at its entry.</param>
internal sealed record LoweredProgram(
    Program Program,
    ImmutableArray<Argument> Arguments,
    ImmutableArray<Buffer> Results,
    ImmutableArray<Buffer> Scratch,
    Block Body)
{
    /// <summary>Whether the program computes values again in order not to keep them.</summary>
    public bool SavesMemory { get; init; }
}

/// <summary>Exactly one of the two is set.</summary>
internal sealed record Argument(Local? Scalar, Buffer? Buffer);
