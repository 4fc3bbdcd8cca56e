using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>What ends a loop.</summary>
internal abstract record LoopLimit
{
    /// <summary>As many iterations as a size.</summary>
    public sealed record Sized(Dim Count) : LoopLimit;

    /// <summary>As many iterations as an int that is known before the loop; none if it is negative.</summary>
    public sealed record Counted(Local Count) : LoopLimit;

    /// <summary>Before every iteration a block runs, and the loop ends unless a condition holds then.</summary>
    public sealed record Running(Block Block, Expr Condition) : LoopLimit;
}

/// <summary>A loop around a block: <c>for index = 0, 1, ..</c> up to its limit, or down to 0 if <paramref name="reverse"/>.</summary>
internal sealed class LoopStep(
    Local index, LoopLimit limit, bool reverse, Block body, ImmutableArray<(Buffer State, Buffer Next)> swaps, ImmutableArray<(Local State, Expr Next)> assigned,
    ImmutableArray<Buffer> stacks, string because) : Step(because)
{
    public Local Index { get; } = index;

    public LoopLimit Limit { get; } = limit;

    public bool Reverse { get; } = reverse;

    public Block Body { get; } = body;

    /// <summary>Buffers whose pointers change places at the end of every iteration; after the loop the value is in State.</summary>
    public ImmutableArray<(Buffer State, Buffer Next)> Swaps { get; } = swaps;

    /// <summary>Scalar carried values, assigned together at the end of every iteration. Declared before the loop by a <see cref="ScalarStep"/>.</summary>
    public ImmutableArray<(Local State, Expr Next)> Assigned { get; } = assigned;

    /// <summary>
    /// Buffers of an entry an iteration that this loop allocates: at its start if it is counted, growing if it runs. They live until the iteration of
    /// the enclosing loop (or block of groups, or the method) ends.
    /// </summary>
    public ImmutableArray<Buffer> Stacks { get; } = stacks;

    public override ImmutableArray<Block> Blocks => Limit is LoopLimit.Running running ? [running.Block, Body] : [Body];
}
