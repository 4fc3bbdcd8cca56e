using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Whether a value may be written over memory in a nest that touches the same memory: if everything that the nest does with it is done at the very
/// element that is written (so it is read before it is written), or certainly elsewhere.
/// </summary>
internal static class Overwrites
{
    /// <summary>Whether outputs of one nest read or write a buffer.</summary>
    public static bool Touch(IEnumerable<Output> outputs, Buffer buffer)
    {
        ImmutableArray<Output> all = [.. outputs];
        return all.Any(o => o.Target == buffer) || Loads(all).Any(l => l.Buffer == buffer);
    }

    /// <summary>Whether a nest over some axes with these outputs may also write (or add) at an address of a buffer, as its last output.</summary>
    public static bool AreSafe(ImmutableArray<Output> outputs, Buffer buffer, Address at, IEnumerable<LoopAxis> axes) =>
        outputs.All(o => o.Mode is OutputMode.Store or OutputMode.Add)
        && outputs.All(o => o.Target != buffer || Apart(o.At, at, axes))
        && Loads(outputs).All(l => l.Buffer != buffer || l.Address.Equals(at) || Apart(l.Address, at, axes));

    /// <summary>Whether two addresses that move alike never meet while the axes run: they are further apart than they move.</summary>
    private static bool Apart(Address a, Address b, IEnumerable<LoopAxis> axes)
    {
        if (!a.Strides.Equals(b.Strides)) return false;
        var distance = a.Offset - b.Offset;
        foreach (var (computed, sign) in a.Computed.Except(b.Computed).Select(c => (c, 1)).Concat(b.Computed.Except(a.Computed).Select(c => (c, -1))))
        {
            if (Known(computed.Index) is not { } index) return false;
            distance += Dim.Constant(sign) * index * computed.Stride;
        }
        var moved = axes.Aggregate(Dim.One, (sum, axis) => sum + a.Stride(axis) * (axis.Extent - Dim.One));
        return (distance - moved).IsNonNegative || (-distance - moved).IsNonNegative;
    }

    /// <summary>An index that passes its check is what it was.</summary>
    private static Dim? Known(Expr index) => index switch
    {
        IndexExpr { Bounds: not Bounds.Clamped } n => Known(n.X),
        ConstExpr c => Dim.Constant((long)c.Value),
        SizeExpr s => s.Dim,
        _ => null,
    };

    /// <summary>Every load of the outputs once.</summary>
    public static IEnumerable<LoadExpr> Loads(ImmutableArray<Output> outputs)
    {
        var seen = new HashSet<Expr>();
        var open = new Stack<Expr>(outputs.SelectMany(o => o.At.Computed.Select(c => c.Index).Append(o.Value)));
        while (open.Count > 0)
        {
            var e = open.Pop();
            if (!seen.Add(e)) continue;
            if (e is LoadExpr load) yield return load;
            foreach (var operand in e.Operands) open.Push(operand);
        }
    }
}
