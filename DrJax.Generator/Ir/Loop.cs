using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>What decides how many trips a <see cref="Loop"/> makes.</summary>
internal abstract record LoopTrips
{
    private static readonly Dim Unknown = Dim.Symbol("<trips>");

    /// <summary>The first extent of what the loop stacks.</summary>
    /// <remarks>
    /// Where it is known only when the loop has run it is one opaque symbol for all such loops, whose value nobody needs: their stacks are read one
    /// entry at a time, inside loops that make as many trips, and are never filled, computed with or reduced as a whole.
    /// </remarks>
    public virtual Dim Extent => Unknown;

    /// <summary>Whether an extent is that of a stack of unknown length.</summary>
    public static bool IsUnknown(Dim extent) => extent == Unknown;

    /// <summary>A symbolic size.</summary>
    public sealed record Fixed(Dim Count) : LoopTrips
    {
        public override Dim Extent => Count;
    }

    /// <summary>The last operand, an int scalar, which the body does not take; a negative number is none.</summary>
    public sealed record Given : LoopTrips;

    /// <summary>As long as a function of the body's parameters (index, carried.., invariants..), evaluated before every trip, returns true.</summary>
    public sealed record While(Func Condition) : LoopTrips;
}

/// <summary>
/// A loop. Operands: initial values of the <see cref="Carried"/> locals, then invariants, then the number of trips if it is <see cref="LoopTrips.Given"/>.
/// The body takes (index, carried.., invariants..) and returns (carried.., stacked..); the loop's results are the final carried values, then each
/// stacked value with a new first axis, entry i from the iteration with index i. <see cref="Reverse"/>: indices run from the number of trips - 1 down to 0.
/// </summary>
internal sealed class Loop(LoopTrips trips, bool reverse, int carried, Func body, ImmutableArray<Node> operands)
    : Region(
        [.. body.Results.Select((r, i) => i < carried ? r.Type : r.Type.WithShape(r.Type.Shape.Items.Insert(0, trips.Extent)))],
        operands, (trips, reverse, carried, body))
{
    public LoopTrips Trips { get; } = trips;

    public bool Reverse { get; } = reverse;

    public int Carried { get; } = carried;

    public Func Body { get; } = body;

    /// <summary>The condition of a loop that runs while it holds.</summary>
    public Func? Condition => (Trips as LoopTrips.While)?.Condition;

    /// <summary>The number of trips that is a value.</summary>
    public Node? Count => Trips is LoopTrips.Given ? Operands[Operands.Length - 1] : null;

    /// <summary>Initial values and invariants: entry j is parameter 1 + j of the body (and of the condition).</summary>
    public ImmutableArray<Node> BodyOperands => Count is null ? Operands : Operands.RemoveAt(Operands.Length - 1);

    public ImmutableArray<Node> Initial => Operands.RemoveRange(Carried, Operands.Length - Carried);

    public ImmutableArray<Node> Invariants => BodyOperands.RemoveRange(0, Carried);
}
