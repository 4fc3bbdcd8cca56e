using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>
/// What is certain of sizes and of ints where a block runs: what the program demands of sizes before it starts, in loops that make a trip. Indices that
/// follow from it are inside without a check.
/// </summary>
internal sealed class Assured
{
    private readonly ImmutableArray<Requirement> demands;
    private readonly ImmutableArray<Dim> trips;
    private readonly Dictionary<Local, IndexRange> ranges;
    private readonly Lazy<Dim[]> slacks;

    public Assured(IEnumerable<Requirement> requirements)
        : this([.. requirements.Where(r => r.Kind is RequirementKind.InRange or RequirementKind.LessOrEqual && !r.Left.IsRagged && !r.Right.IsRagged)], [], [])
    {
    }

    private Assured(ImmutableArray<Requirement> demands, ImmutableArray<Dim> trips, Dictionary<Local, IndexRange> ranges)
    {
        (this.demands, this.trips, this.ranges) = (demands, trips, ranges);
        slacks = new(() => [.. demands.Select(r => (r.Right - r.Left).Substitute(Running)).Distinct()]);
    }

    /// <summary>The same in a loop, or over groups, of which there is at least one.</summary>
    public Assured Inside(Dim count) => new(demands, trips.Add(count), ranges);

    /// <summary>A local that is set once has a value in a range.</summary>
    public void Know(Local local, IndexRange? range)
    {
        if (range is { } known) ranges[local] = known;
    }

    public IndexRange? RangeOf(Expr index) => IndexRange.Of(index, local => ranges.TryGetValue(local, out var range) ? range : null);

    /// <summary>Certainly in 0 .. extent - 1.</summary>
    public bool IsInside(Expr index, Dim extent) =>
        !extent.IsRagged && RangeOf(index) is var (least, greatest) && IsNonNegative(least) && IsNonNegative(extent - 1 - greatest);

    private bool IsNonNegative(Dim dim) => dim.IsNonNegative || slacks.Value.Any(slack => (dim - slack).IsNonNegative);

    /// <summary>What a demand has as a factor where only the loop makes it: 1 if there is a trip.</summary>
    private Dim? Running(Atom atom) => atom is { Operation: "min", Left: { } one, Right: { } count } && one.IsConstant(1) && trips.Contains(count) ? Dim.One : null;
}
