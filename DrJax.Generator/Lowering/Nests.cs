using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

internal sealed partial class BlockBuilder
{
    /// <summary>More outputs than this in one nest cost more registers than the shared loads save.</summary>
    private const int MostOutputs = 10;

    private readonly List<object> items = [];
    private PendingNest? joining;
    private bool conflict;

    /// <summary>A nest that can still take in outputs over the same domain. Axes are in the order of the domain; constant extents of 1 have none.</summary>
    private sealed class PendingNest(ImmutableArray<Dim> domain, Names names)
    {
        public ImmutableArray<Dim> Domain { get; } = domain;

        public ImmutableArray<LoopAxis?> Axes { get; } =
            [.. domain.Select((extent, i) => extent.IsConstant(1) ? null : new LoopAxis("ijklmnpq"[Math.Min(i, 7)] + (i > 7 ? $"{i}" : ""), extent))];

        public string Name { get; } = names.Unique("nest");

        public ImmutableHashSet<int> Reduced { get; set; } = [];

        public List<Output> Outputs { get; } = [];

        public List<string> Because { get; } = [];

        /// <summary>Values stored at every point of the domain, readable at that point without a load.</summary>
        public Dictionary<Node, Expr> Stored { get; } = [];
    }

    /// <summary>
    /// Adds outputs over a domain: to the earliest nest after position <paramref name="after"/> that has the same domain and can take them, else to a new
    /// one. Returns the nest's position.
    /// </summary>
    private int AddNest(
        IEnumerable<Dim> domain, IEnumerable<int> reduced, int after, string because, Func<ImmutableArray<LoopAxis?>, ImmutableArray<Expr>, ImmutableArray<Output>> outputs, Node? stores = null, bool mayJoin = true)
    {
        ImmutableArray<Dim> dims = [.. domain];
        var over = reduced.ToImmutableHashSet();
        for (var position = Math.Max(after, 0); mayJoin && position < items.Count; position++)
            if (items[position] is PendingNest nest && nest.Domain.SequenceEqual(dims) && Fits(nest, over) && TryJoin(nest, position, over, because, outputs, stores))
                return position;
        var fresh = new PendingNest(dims, frame.Names);
        items.Add(fresh);
        TryJoin(fresh, items.Count - 1, over, because, outputs, stores);
        return items.Count - 1;
    }

    /// <summary>Sums over the same axes go together; so do sums and plain stores over the whole domain. A total over no axes is neither.</summary>
    private static bool Fits(PendingNest nest, ImmutableHashSet<int> reduced) =>
        nest.Outputs.Count < MostOutputs
        && (reduced.SetEquals(nest.Reduced) || reduced.IsEmpty || (nest.Reduced.IsEmpty && nest.Outputs.All(o => o.Mode is OutputMode.Store or OutputMode.Add)));

    private bool TryJoin(
        PendingNest nest, int position, ImmutableHashSet<int> reduced, string because, Func<ImmutableArray<LoopAxis?>, ImmutableArray<Expr>, ImmutableArray<Output>> outputs, Node? stores)
    {
        ImmutableArray<Expr> at = [.. nest.Axes.Select(a => a is null ? Table.Const(0, ElementType.Int32) : Table.Axis(a))];
        (joining, conflict) = (nest, false);
        Reader.InRegister = (node, index) => nest.Stored.TryGetValue(node, out var value) && index.SequenceEqual(at) ? value : null;
        var added = outputs(nest.Axes, at);
        Reader.InRegister = (_, _) => null;
        joining = null;
        if (conflict) return false;
        // A plain store has to run at every point: not beside sums that a later reader needs complete inside the same nest.
        nest.Reduced = nest.Reduced.Union(reduced);
        nest.Outputs.AddRange(added);
        nest.Because.Add(because);
        if (stores is not null) nest.Stored[stores] = added[0].Value;
        return true;
    }

    private Block Finish()
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (var item in items)
            steps.Add(item is PendingNest nest
                ? NestShape.Finish(Table, nest.Name, nest.Axes, nest.Reduced, [.. nest.Outputs], string.Join("\n", nest.Because))
                : (Step)item);
        return new Block(steps.ToImmutable());
    }

    private int Add(Step step)
    {
        items.Add(step);
        return items.Count - 1;
    }
}
