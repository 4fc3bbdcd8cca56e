using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

internal sealed partial class BlockBuilder
{
    /// <summary>More outputs than this in one nest cost more registers than the shared loads save.</summary>
    private const int MostOutputs = 12;

    /// <summary>A nest of one loop keeps as many values in registers as it can: what ends it is the time that the JIT takes for more than these.</summary>
    private const int MostOperations = 400;

    private readonly List<object> items = [];
    private PendingNest? joining;
    private bool conflict;

    /// <summary>A nest that can still take in outputs over the same domain. Axes are in the order of the domain, without constant extents of 1.</summary>
    private sealed class PendingNest(ImmutableArray<Dim> domain, Names names)
    {
        public ImmutableArray<Dim> Domain { get; } = domain;

        public ImmutableArray<LoopAxis> Axes { get; } =
            [.. domain.Select((extent, i) => new LoopAxis("ijklmnpq"[Math.Min(i, 7)] + (i > 7 ? $"{i}" : ""), extent))];

        public string Name { get; } = names.Unique("nest");

        public ImmutableHashSet<int> Reduced { get; set; } = [];

        public List<Output> Outputs { get; } = [];

        public List<string> Because { get; } = [];

        /// <summary>What the outputs compute, each once.</summary>
        public HashSet<Expr> Operations { get; } = [];

        public void Add(Output output)
        {
            Outputs.Add(output);
            var open = new Stack<Expr>([output.Value]);
            while (open.Count > 0)
                if (open.Pop() is var expr && expr is ApplyExpr or CastExpr && Operations.Add(expr))
                    foreach (var operand in expr.Operands) open.Push(operand);
        }

        /// <summary>Values stored at every point of the domain, readable at that point without a load.</summary>
        public Dictionary<Node, Expr> Stored { get; } = [];
    }

    /// <summary>
    /// Adds outputs over a domain: to the earliest nest after position <paramref name="after"/> that has the same domain and can take them, else to a new
    /// one. Returns the nest's position.
    /// </summary>
    /// <param name="domain">The extents of the indices that <paramref name="outputs"/> is called with.</param>
    /// <param name="overwrites">Memory that the outputs write over, which others may still have to read.</param>
    private int AddNest(
        IEnumerable<Dim> domain, IReadOnlyCollection<int> reduced, int after, string because, Func<ImmutableArray<Expr>, ImmutableArray<Output>> outputs,
        Node? stores = null, bool mayJoin = true, Buffer? overwrites = null)
    {
        // Axes of length 1 are no loops: nests that differ in them alone are one.
        ImmutableArray<Dim> all = [.. domain];
        int[] loops = [.. Enumerable.Range(0, all.Length).Where(axis => !all[axis].IsConstant(1))];
        ImmutableArray<Dim> dims = [.. loops.Select(axis => all[axis])];
        var over = reduced.Where(axis => loops.Contains(axis)).Select(axis => Array.IndexOf(loops, axis)).ToImmutableHashSet();
        mayJoin &= !over.IsEmpty || reduced.Count == 0;
        if (overwrites is not null) after = Math.Max(after, LastTouch(overwrites));
        var zero = Table.Const(0, ElementType.Int32);
        for (var position = Math.Max(after, 0); mayJoin && position < items.Count; position++)
            if (items[position] is PendingNest nest && nest.Domain.SequenceEqual(dims) && Fits(nest, over) && TryJoin(nest, over, because, Outputs, stores, overwrites))
                return position;
        var fresh = new PendingNest(dims, frame.Names);
        items.Add(fresh);
        TryJoin(fresh, over, because, Outputs, stores, null);
        return items.Count - 1;

        ImmutableArray<Output> Outputs(ImmutableArray<Expr> at)
        {
            var made = outputs([.. all.Select((_, axis) => Array.IndexOf(loops, axis) is >= 0 and var i ? at[i] : zero)]);
            return over.IsEmpty ? [.. made.Select(Unreduced)] : made;
        }
    }

    /// <summary>A total over nothing is its one value; the first index along an axis of length 1 stays what it is.</summary>
    private static Output Unreduced(Output o) => o with
    {
        Mode = o.Mode switch
        {
            OutputMode.Reduce => OutputMode.Store,
            OutputMode.ReduceInto when o.Kind == ReduceKind.Sum => OutputMode.Add,
            _ => o.Mode,
        },
    };

    /// <summary>Sums over the same axes go together; so do sums and plain stores over the whole domain. A total over no axes is neither.</summary>
    private static bool Fits(PendingNest nest, ImmutableHashSet<int> reduced) =>
        (nest.Domain.Length == 1 ? nest.Operations.Count < MostOperations : nest.Outputs.Count < MostOutputs)
        && (reduced.SetEquals(nest.Reduced) || reduced.IsEmpty || (nest.Reduced.IsEmpty && nest.Outputs.All(o => o.Mode is OutputMode.Store or OutputMode.Add)));

    private bool TryJoin(
        PendingNest nest, ImmutableHashSet<int> reduced, string because, Func<ImmutableArray<Expr>, ImmutableArray<Output>> outputs, Node? stores, Buffer? overwrites)
    {
        ImmutableArray<Expr> at = [.. nest.Axes.Select(Table.Axis)];
        (joining, conflict) = (nest, false);
        // Indices along axes of extent 1 are 0 whoever reads.
        Reader.InRegister = (node, index) => nest.Stored.TryGetValue(node, out var value) && Looped(index).SequenceEqual(Looped(at)) ? value : null;
        var added = outputs(at);
        Reader.InRegister = (_, _) => null;
        joining = null;
        if (conflict) return false;
        if (overwrites is not null && !added.All(o => Overwrites.AreSafe([.. nest.Outputs], overwrites, o.At, nest.Axes))) return false;
        // A plain store has to run at every point: not beside sums that a later reader needs complete inside the same nest.
        nest.Reduced = nest.Reduced.Union(reduced);
        foreach (var output in added) nest.Add(output);
        nest.Because.Add(because);
        if (stores is not null) nest.Stored[stores] = added[0].Value;
        return true;

        static IEnumerable<Expr> Looped(ImmutableArray<Expr> index) => index.Where(i => i is not ConstExpr { Value: 0 });
    }

    /// <summary>The last position at which a buffer is read or written; of what is no loop nest that is not told.</summary>
    private int LastTouch(Buffer buffer)
    {
        for (var position = items.Count - 1; position >= 0; position--)
            if (items[position] is not PendingNest nest || Overwrites.Touch(nest.Outputs, buffer)) return position;
        return -1;
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
