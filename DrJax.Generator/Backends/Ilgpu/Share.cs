using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Which elements of a buffer are a thread's: those whose distance from the first, but for <paramref name="Before"/>, is the thread's number modulo
/// <paramref name="Modulus"/> or, where that is null, divided by <paramref name="Stride"/>.
/// </summary>
internal sealed record Share(Dim Stride, Dim? Modulus, Dim Before)
{
    /// <summary>The share that an address certainly lies in, whatever the other axes do.</summary>
    public static Share? Of(Address at, LoopAxis axis)
    {
        var stride = at.Stride(axis);
        if (stride.IsConstant(0) || !at.IsLinearIn(axis)) return null;
        // Where a block of groups begins.
        var (before, offset) = at.Offset.Split(new Atom(StageSizes.GroupName));
        if (stride.IsConstant(1))
        {
            var modulus = axis.Extent == StageSizes.Block ? StageSizes.Lanes : axis.Extent;
            var others = at.Strides.Where(s => s.Axis != axis).Select(s => s.Stride).Concat(at.Computed.Select(c => c.Stride)).Append(offset);
            return others.All(o => IsMultiple(o, modulus)) ? new Share(stride, modulus, before) : null;
        }
        return Threads.Reach(at with { Offset = offset }, axis) is { } reach && Threads.IsPositive(stride - reach) ? new Share(stride, null, before) : null;
    }

    private static bool IsMultiple(Dim dim, Dim of)
    {
        if (of.Terms.Length != 1) return dim.IsConstant(0);
        return dim.Terms.All(t => t.Factor % of.Terms[0].Factor == 0 && Threads.IsWithin(of.Terms[0], t));
    }
}
