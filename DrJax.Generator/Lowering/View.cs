using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Where the elements of an array value are: element [i..] is at offset + terms + sum of i * stride in the buffer.</summary>
internal sealed record View(Buffer Buffer, Dim Offset, EquatableArray<Dim> Strides, ImmutableArray<ComputedIndex> Terms)
{
    public static View Of(Buffer buffer) => new(buffer, Dim.Zero, buffer.Strides.ToEquatable(), []);

    /// <summary>Whether the elements lie one after the other in row-major order.</summary>
    public bool IsPacked => Terms.IsEmpty && Strides.Equals(Buffer.Strides.ToEquatable()) && Offset.IsConstant(0);

    public Address At(ExprTable table, ImmutableArray<Expr> index) =>
        table.Address(index.Select((e, axis) => (e, Strides[axis])).Concat(Terms.Select(t => (t.Index, t.Stride))), Offset);

    /// <summary>The same elements under another shape, if the axes that merge lie one behind the other in memory.</summary>
    public View? Reshaped(EquatableArray<Dim> from, EquatableArray<Dim> to)
    {
        var strides = new Dim[to.Count];
        foreach (var (old, now) in ReshapeGroups.Of(from, to))
        {
            var stride = Dim.Zero;
            var extent = Dim.One;
            foreach (var axis in Enumerable.Reverse(old).Where(axis => !from[axis].IsConstant(1)))
            {
                if (extent.IsConstant(1)) stride = Strides[axis];
                else if (Strides[axis] != stride * extent) return null;
                extent *= from[axis];
            }
            foreach (var axis in Enumerable.Reverse(now))
            {
                strides[axis] = stride;
                stride *= to[axis];
            }
        }
        return this with { Strides = strides.ToEquatable() };
    }

    /// <summary>One element along the last axes, whose shape is constant, in row-major order.</summary>
    public View Element(EquatableArray<Dim> shape, int place)
    {
        var (strides, offset, leading) = (Strides.Items, Offset, Strides.Count - shape.Count);
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            var extent = (int)shape[axis].AsConstant!.Value;
            offset += Dim.Constant(place % extent) * strides[leading + axis];
            place /= extent;
        }
        return this with { Offset = offset, Strides = strides.Take(leading).ToEquatable() };
    }

    /// <summary>Entry <paramref name="index"/> of an axis.</summary>
    public View Entry(int axis, Expr index) =>
        new(Buffer, Offset, Strides.Items.RemoveAt(axis).ToEquatable(), [.. Terms, new ComputedIndex(index, Strides[axis])]);
}

/// <summary>What a node's value is while its block is being lowered.</summary>
internal abstract record Storage;

/// <summary>An array in memory. <paramref name="Owned"/>: nobody but this block reads it after, so it may be changed in place once its other readers have run.</summary>
internal sealed record InMemory(View View, bool Owned) : Storage;

/// <summary>A scalar in a local (or a constant).</summary>
internal sealed record InLocal(Expr Value) : Storage;

/// <summary>A value of an enclosing block.</summary>
internal sealed record InOuter(BlockBuilder Outer, Node Node) : Storage;

/// <summary>
/// Where a block must leave one of its results; with <paramref name="Into"/>, combined with what is there. <paramref name="Home"/> is where a carried
/// value lives: if the result ends up there (updated in place, or unchanged), nothing has to be moved and <paramref name="make"/> is not called.
/// </summary>
internal sealed class Target(Func<View> make, ReduceKind? into = null, View? home = null)
{
    private View? view;

    public Target(View view, ReduceKind? into = null) : this(() => view, into)
    {
    }

    public View View => view ??= make();

    public bool IsUsed => view is not null;

    /// <inheritdoc cref="View.Element"/>
    public Target Element(EquatableArray<Dim> shape, int place) => new(View.Element(shape, place), Into);

    public ReduceKind? Into { get; } = into;

    public View? Home { get; } = home;
}
