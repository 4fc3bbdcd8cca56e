using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends;

/// <content>Lanes whose addresses are computed: each lane loads from its own place.</content>
internal sealed partial class Body
{
    /// <summary>The index of every lane, checked or clamped.</summary>
    private Item Indices(IndexExpr e, Item x, int level)
    {
        var extent = setting.Size(e.Extent);
        Term Value() => Dialect.Wrapped(x.Value(), e.X);
        if (e.Bounds == Bounds.Clamped)
            return New(level, "clamped", Placing.Auto, [x], () => Dialect.Clamp(Value(), extent));
        var (index, into) = (Setting.Literal(Setting.Describe(e.X)), Setting.Literal(Setting.Describe(e.Extent)));
        return New(level, "index", Placing.Local, [x], () => $"Check.Indices({index}, {Value()}, {into}, {extent}{Counted()})", hazard: true);
    }

    private Item Gathered(LoadExpr e, int level)
    {
        if (RowLoads?.Of(e) is var (row, column)) return Turned(e, row, column, level);
        var (fixedPart, moving) = Apart(e.Address);
        var at = At(e.Buffer, fixedPart);
        var stride = e.Address.Stride(vector!);
        var offsets = Offsets(stride, moving, level);
        var isChecked = AreChecked(stride, moving);
        return New(level, e.Buffer.Name + "_value", Written.Contains(e.Buffer) ? Placing.Local : Placing.Auto, [at.Pointer, offsets],
            () => Dialect.Gather(e.Element, at.Text(), offsets.Value(), isChecked ? null : Rest), hazard: true, cost: OperationsOfGather);
    }

    /// <summary>Whether lanes that are not there have an address, too: checked indices are zeros there.</summary>
    private static bool AreChecked(Dim stride, ComputedIndex[] moving) => stride.IsConstant(0) && moving.All(c => c.Index is IndexExpr { Bounds: not Bounds.Clamped });

    /// <summary>An address without the computed indices that differ between lanes, and these.</summary>
    private (Address Fixed, ComputedIndex[] Moving) Apart(Address address)
    {
        var moving = address.Computed.Where(c => IsLanes(c.Index)).ToArray();
        return (address with { Computed = address.Computed.Where(c => !IsLanes(c.Index)).ToEquatable() }, moving);
    }

    /// <summary>How far each lane's element lies from the first lane's place with indices zero; loads from one row share them.</summary>
    private Item Offsets(Dim stride, ComputedIndex[] moving, int level)
    {
        Item[] indices = [.. moving.Select(c => Lanes(c.Index))];
        var key = $"offsets {stride}: {string.Join(", ", moving.Select((c, k) => $"{order.IndexOf(indices[k])} * {c.Stride}"))}";
        return Known(key, () => New(level, "offsets", Placing.Auto, indices, () =>
        {
            var terms = indices.Select((index, k) => Dialect.Scaled(index.Value(), moving[k].Stride, setting));
            if (!stride.IsConstant(0)) terms = terms.Append(Dialect.Scaled(Dialect.Type(ElementType.Int32) + ".Indices", stride, setting));
            Term[] all = [.. terms];
            return all.Length == 1 ? all[0] : Term.Compound(string.Join(" + ", all.Select(t => t.Operand)));
        }));
    }

    private string Counted() => Rest is null ? "" : ", " + Rest;
}
