using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Which parallel axes of a nest may be threads. Where points store, all: no two store at one address. Where they add, those axes along which addresses
/// certainly differ whatever the other axes do; the rest is looped over in the thread, in order, so that sums have the same bits on every run.
/// </summary>
internal static class Threads
{
    public static HashSet<LoopAxis> Of(NestStep step)
    {
        var threads = new HashSet<LoopAxis>(step.Parallel);
        foreach (var output in step.Outputs.Where(o => o.Mode == OutputMode.Add)) threads.IntersectWith(Apart(output.At));
        return threads;
    }

    /// <summary>Whether addresses certainly differ along axes, whatever the others do.</summary>
    public static bool AreApart(Address at, IEnumerable<LoopAxis> axes)
    {
        var apart = new HashSet<LoopAxis>(Apart(at));
        return axes.All(apart.Contains);
    }

    /// <summary>One part of an address: stride times an index below extent; its axis, if it is a loop variable's own.</summary>
    private sealed record Digit(Dim Stride, Dim Extent, LoopAxis? Axis);

    /// <summary>
    /// The axes by whose index addresses differ. Parts are taken from the smallest stride up, as the digits of a number: where each stride exceeds all that the
    /// parts below can add up to, addresses are equal only if every part is.
    /// </summary>
    private static IEnumerable<LoopAxis> Apart(Address at)
    {
        // What is the same at all points keeps none apart, and brings none together.
        if (Digits(at with { Computed = at.Computed.Where(c => !c.Index.Axes.IsEmpty || Accesses.Loads(c.Index).Any()).ToEquatable() }) is not { } digits) return [];
        var groups = new List<List<Digit>>();
        while (digits.Count > 0)
        {
            var least = digits.FirstOrDefault(d => digits.All(other => other == d || IsAtLeast(other.Stride, d.Stride)));
            if (least is null) return [];
            digits.Remove(least);
            var below = groups.SelectMany(g => g).Aggregate(Dim.Zero, (sum, d) => sum + Span(d));
            if (IsPositive(least.Stride - below)) groups.Add([least]);
            else if (groups.Count > 0 && groups[groups.Count - 1][0].Stride == least.Stride) groups[groups.Count - 1].Add(least);
            else groups = [[.. groups.SelectMany(g => g), least]];
        }
        return groups.Where(g => g.Count == 1).Select(g => g[0].Axis).OfType<LoopAxis>();
    }

    /// <summary>The parts of an address; null if one may be anything, or runs backwards.</summary>
    private static List<Digit>? Digits(Address at)
    {
        var digits = at.Strides.Where(s => !s.Stride.IsConstant(0)).Select(s => new Digit(s.Stride, s.Axis.Extent, at.IsLinearIn(s.Axis) ? s.Axis : null))
            .Concat(at.Computed.Select(c => new Digit(c.Stride, c.Index is IndexExpr index ? index.Extent : Dim.Zero, null))).ToList();
        return digits.Any(d => d.Extent.IsConstant(0) || !IsPositive(d.Stride)) ? null : digits;
    }

    /// <summary>The most that all parts of an address but an axis's own add up to, all of them from zero on; null if that is not known.</summary>
    public static Dim? Reach(Address at, LoopAxis axis) =>
        Digits(at) is { } digits && (at.Offset.IsConstant(0) || IsPositive(at.Offset)) ? digits.Where(d => d.Axis != axis).Aggregate(at.Offset, (sum, d) => sum + Span(d)) : null;

    /// <summary>Certainly no less: equal, more, or a multiple.</summary>
    private static bool IsAtLeast(Dim a, Dim b) => a == b || IsPositive(a - b)
        || a.Terms.Length == 1 && b.Terms.Length == 1 && a.Terms[0].Factor >= b.Terms[0].Factor && IsWithin(b.Terms[0], a.Terms[0]);

    public static bool IsWithin(Dim.Term part, Dim.Term product)
    {
        var left = product.Atoms.ToList();
        return part.Atoms.All(left.Remove);
    }

    /// <summary>The most that a part adds to an address; a block's groups are at most its capacity.</summary>
    private static Dim Span(Digit digit) => (digit.Stride * (digit.Extent - Dim.One)).Substitute(a => a.Name == StageSizes.BlockName ? StageSizes.Lanes : null);

    /// <summary>Certainly positive wherever there are points at all: no axis is then empty.</summary>
    public static bool IsPositive(Dim dim) => dim.Terms.Any(t => t.Factor > 0) && dim.Terms.All(t => t.Factor > 0 && t.Atoms.All(a => a.Operation is null));
}
