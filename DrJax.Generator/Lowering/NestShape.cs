using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>Gives a nest its final form: merges axes that lie one behind the other, and chooses the axis along which lanes run.</summary>
internal static class NestShape
{
    public static NestStep Finish(
        ExprTable table, string name, ImmutableArray<LoopAxis> domain, ImmutableHashSet<int> reduced, ImmutableArray<Output> outputs, string because)
    {
        var parallel = domain.Where((_, i) => !reduced.Contains(i)).ToList();
        var summed = domain.Where((_, i) => reduced.Contains(i)).ToList();
        if (!outputs.Any(o => o.Mode == OutputMode.ArgReduce))
        {
            outputs = Merge(table, parallel, outputs);
            outputs = Merge(table, summed, outputs);
        }
        var element = FloatOf(outputs);
        var vector = element is { } lanes ? VectorAxis(parallel, summed, outputs, lanes) : null;
        if (vector is not null && IsScattered(vector, outputs))
        {
            // Lanes would be loaded one by one: what lies together is taken together instead, and axes of great strides run outermost.
            vector = null;
            parallel = [.. parallel.OrderByDescending(axis => Reach(axis, outputs))];
        }
        if (vector is not null)
        {
            // Lanes run innermost of their kind.
            var list = parallel.Contains(vector) ? parallel : summed;
            list.Remove(vector);
            list.Add(vector);
        }
        return new NestStep(name, [.. parallel], [.. summed], vector, element ?? ElementType.Float64, InMemoryOrder(outputs), because);
    }

    /// <summary>
    /// Neighbours in memory, as the elements of a Jacobian's row, have more in common than others: computed one after the other, they keep fewer values in
    /// registers. Outputs of a nest that reads what it writes stay in their order, and those of which sizes decide which comes first.
    /// </summary>
    private static ImmutableArray<Output> InMemoryOrder(ImmutableArray<Output> outputs)
    {
        var targets = outputs.Select(o => o.Target).Distinct().ToList();
        if (outputs.Any(o => o.Mode != OutputMode.Store) || Overwrites.Loads(outputs).Any(l => targets.Contains(l.Buffer))) return outputs;
        return [.. outputs.GroupBy(o => o.Target).SelectMany(same => AreOrdered([.. same]) ? same.OrderBy(o => o.At.Offset, Comparer<Dim>.Create(Compare)) : same.AsEnumerable())];

        // Only then is comparing transitive, as sorting demands.
        static bool AreOrdered(Output[] all) => all.Select((a, i) => all.Take(i).All(b => a.At.Offset == b.At.Offset || Compare(a.At.Offset, b.At.Offset) != 0)).All(known => known);

        static int Compare(Dim a, Dim b) => a == b ? 0 : (a - b).Terms.All(t => t.Factor > 0) ? 1 : (b - a).Terms.All(t => t.Factor > 0) ? -1 : 0;
    }

    // ---- merging --------------------------------------------------------------------------------------------------------------

    private static ImmutableArray<Output> Merge(ExprTable table, List<LoopAxis> axes, ImmutableArray<Output> outputs)
    {
        for (var i = 0; i + 1 < axes.Count;)
        {
            var (outer, inner) = (axes[i], axes[i + 1]);
            if (!CanMerge(outer, inner, outputs))
            {
                i++;
                continue;
            }
            var merged = new LoopAxis(inner.Name, outer.Extent * inner.Extent);
            outputs = new AxisRewrite(table, outer, inner, merged).Rewrite(outputs);
            axes[i] = merged;
            axes.RemoveAt(i + 1);
        }
        return outputs;
    }

    /// <summary>Every address moves by the inner axis' whole extent when the outer axis moves by one, and no value is an index itself.</summary>
    private static bool CanMerge(LoopAxis outer, LoopAxis inner, ImmutableArray<Output> outputs) =>
        outputs.All(o => Contiguous(o.At, outer, inner)) && Expressions(outputs).All(e => e switch
        {
            AxisExpr a => a.Axis != outer && a.Axis != inner,
            LoadExpr l => Contiguous(l.Address, outer, inner),
            _ => true,
        });

    private static bool Contiguous(Address address, LoopAxis outer, LoopAxis inner) => address.Stride(outer) == address.Stride(inner) * inner.Extent;

    // ---- lanes ----------------------------------------------------------------------------------------------------------------

    /// <summary>The one floating type of all values, if there is just one; ints among themselves take the lanes of float, of 32 bits.</summary>
    private static ElementType? FloatOf(ImmutableArray<Output> outputs)
    {
        ElementType[] floats = [.. Expressions(outputs).Select(e => e.Element).Where(e => e is ElementType.Float32 or ElementType.Float64).Distinct()];
        return floats.Length switch { 0 => ElementType.Float32, 1 => floats[0], _ => null };
    }

    /// <summary>The axis with the most unit strides among those along which every store is linear and every operation has a lane form.</summary>
    private static LoopAxis? VectorAxis(List<LoopAxis> parallel, List<LoopAxis> reduced, ImmutableArray<Output> outputs, ElementType lanes)
    {
        if (outputs.Any(o => o.Mode == OutputMode.ArgReduce)) return null;
        LoopAxis? best = null;
        var most = 0;
        foreach (var axis in parallel.Concat(reduced).Reverse())
        {
            var score = Score(axis, reduced.Contains(axis), outputs, lanes);
            if (score > most) (best, most) = (axis, score);
        }
        return best;
    }

    /// <summary>Whether lanes along the axis lie together nowhere, and little is computed with what is loaded and stored.</summary>
    private static bool IsScattered(LoopAxis axis, ImmutableArray<Output> outputs)
    {
        if (outputs.Any(o => o.Mode is not (OutputMode.Store or OutputMode.Add))) return false;
        Address[] all = [.. outputs.Select(o => o.At), .. Overwrites.Loads(outputs).Select(l => l.Address)];
        Address[] moving = [.. all.Where(at => !at.Stride(axis).IsConstant(0))];
        return moving.All(at => !at.Stride(axis).IsConstant(1))
            && Expressions(outputs).Count(e => e is ApplyExpr && e.Axes.Contains(axis)) <= moving.Length
            && !Expressions(outputs).Any(e => e is ApplyExpr { Op: var op } && e.Axes.Contains(axis) && OpTable.Row(op).Costly);
    }

    /// <summary>The degree of the longest stride along an axis: how many extents it steps over.</summary>
    private static int Reach(LoopAxis axis, ImmutableArray<Output> outputs) => outputs.Select(o => o.At).Concat(Overwrites.Loads(outputs).Select(l => l.Address))
        .SelectMany(at => at.Stride(axis).Terms.Select(term => term.Atoms.Length)).DefaultIfEmpty().Max();

    private static int Score(LoopAxis axis, bool isReduced, ImmutableArray<Output> outputs, ElementType lanes)
    {
        if (axis.Extent.AsConstant is < 3) return 0;
        var score = 0;
        foreach (var output in outputs)
        {
            if (!output.At.IsLinearIn(axis)) return 0;
            // Lanes of 64 bits may hold more than an int: see LanesDialect.Wrapped.
            if (lanes == ElementType.Float64 && output is { Mode: OutputMode.Reduce or OutputMode.ReduceInto, Kind: not ReduceKind.Sum, Value: ApplyExpr { Element: ElementType.Int32 } }) return 0;
            var stride = output.At.Stride(axis);
            var total = output.Mode is OutputMode.Reduce or OutputMode.ReduceInto;
            if (isReduced && total) continue;
            if (stride.IsConstant(0)) return 0;
            score += stride.IsConstant(1) ? 4 : -4;
        }
        foreach (var e in Expressions(outputs))
        {
            if (!e.Axes.Contains(axis)) continue;
            if (!HasLaneForm(e)) return 0;
            if (e is not LoadExpr load) continue;
            if (!load.Address.IsLinearIn(axis) && load.Element == ElementType.Bool) return 0;
            score += load.Address.IsLinearIn(axis) && load.Address.Stride(axis).IsConstant(1) ? 4 : -4;
        }
        return score <= 0 ? 1 : score;
    }

    /// <summary>Ints in lanes are loaded, counted, added, compared, chosen and converted, and their bits combined, no more.</summary>
    private static bool HasLaneForm(Expr e) => e switch
    {
        CastExpr c => c.Element is ElementType.Float32 or ElementType.Float64 && c.X.Element is ElementType.Int32,
        ApplyExpr { Element: ElementType.Int32 } a => OpTable.Row(a.Op).Takes == OpOperands.Ints
            || a.Op is ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Max or ScalarOp.Min or ScalarOp.Select,
        ApplyExpr a => OpTable.Row(a.Op).Vector is not null,
        _ => true,
    };

    /// <summary>Every expression of the outputs once, operands first.</summary>
    private static IEnumerable<Expr> Expressions(ImmutableArray<Output> outputs)
    {
        var seen = new HashSet<Expr>();
        var stack = new Stack<Expr>(outputs.SelectMany(o => o.At.Computed.Select(c => c.Index).Append(o.Value)));
        while (stack.Count > 0)
        {
            var e = stack.Pop();
            if (!seen.Add(e)) continue;
            yield return e;
            foreach (var operand in e.Operands) stack.Push(operand);
        }
    }
}

/// <summary>Replaces two adjacent axes by one that runs over both.</summary>
internal sealed class AxisRewrite(ExprTable table, LoopAxis outer, LoopAxis inner, LoopAxis merged)
{
    private readonly Dictionary<Expr, Expr> done = [];

    public ImmutableArray<Output> Rewrite(ImmutableArray<Output> outputs) =>
        [.. outputs.Select(o => o with { At = Rewrite(o.At), Value = Rewrite(o.Value) })];

    private Address Rewrite(Address address) => new(
        address.Offset,
        address.Strides.Where(s => s.Axis != outer).Select(s => s.Axis == inner ? new AxisStride(merged, s.Stride) : s).ToEquatable(),
        address.Computed.Select(c => new ComputedIndex(Rewrite(c.Index), c.Stride)).ToEquatable());

    private Expr Rewrite(Expr e)
    {
        if (done.TryGetValue(e, out var known)) return known;
        if (!e.Axes.Contains(outer) && !e.Axes.Contains(inner)) return done[e] = e;
        return done[e] = e switch
        {
            ApplyExpr n => table.Apply(n.Op, n.Element, [.. n.Operands.Select(Rewrite)]),
            CastExpr n => table.Cast(Rewrite(n.X), n.Element),
            IndexExpr n => table.Index(Rewrite(n.X), n.Extent, n.Bounds),
            LoadExpr n => table.Load(n.Buffer, Rewrite(n.Address)),
            _ => throw new IrException($"merging axes of {e.GetType().Name}"),
        };
    }
}
