using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>A stretch of memory of which every lane of a nest reads several elements, from a place of its own: from <paramref name="From"/> on.</summary>
internal sealed record Row(Buffer Buffer, Address From, long Columns);

/// <summary>The loads of a nest whose addresses differ in each lane (<c>cameras[c][k]</c>), by the rows that they are parts of.</summary>
internal sealed class RowLoads
{
    // A row is loaded 16 bytes at a time at least. What lies between the elements that are read should not be more than these.
    private const int LoadBytes = 16;
    private const int MostColumns = 64;

    private readonly Dictionary<LoadExpr, (Row Row, long Column)> rows = [];

    public RowLoads(IEnumerable<Output> outputs, LoopAxis vector)
    {
        Output[] all = [.. outputs];
        var found = new List<List<LoadExpr>>();
        foreach (var load in Overwrites.Loads([.. all]).Where(l => !l.Address.IsLinearIn(vector) && l.Element is ElementType.Float32 or ElementType.Float64))
        {
            if (all.Any(o => o.Target == load.Buffer)) continue;
            if (found.Find(same => AreOne(same[0], load)) is { } row) row.Add(load);
            else found.Add([load]);
        }
        foreach (var loads in found)
        {
            var columns = loads.ToDictionary(l => l, l => Distance(loads[0], l)!.Value);
            var first = columns.Values.Min();
            var count = columns.Values.Max() - first + 1;
            if (count > Math.Min(2 * loads.Count, MostColumns) || count * Bytes(loads[0].Element) < LoadBytes) continue;
            var row = new Row(loads[0].Buffer, loads.Find(l => columns[l] == first)!.Address, count);
            foreach (var load in loads) rows[load] = (row, columns[load] - first);
        }
    }

    /// <summary>The row that the element is part of, and its place there.</summary>
    public (Row Row, long Column)? Of(LoadExpr load) => rows.TryGetValue(load, out var found) ? found : null;

    private static bool AreOne(LoadExpr a, LoadExpr b) =>
        a.Buffer == b.Buffer && a.Address.Strides.Equals(b.Address.Strides) && a.Address.Computed.Equals(b.Address.Computed) && Distance(a, b) is not null;

    private static long? Distance(LoadExpr from, LoadExpr to) => (to.Address.Offset - from.Address.Offset).AsConstant;

    private static int Bytes(ElementType element) => element == ElementType.Float32 ? 4 : 8;
}
