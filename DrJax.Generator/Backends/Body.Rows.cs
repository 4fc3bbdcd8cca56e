using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends;

/// <content>Lanes that each read a row: it is loaded whole and turned into lanes, in memory of the stack, from which its elements are loaded.</content>
internal sealed partial class Body
{
    private const int LineBytes = 64;

    private string? turned;
    private long turnedColumns;

    /// <summary>The loads that are parts of rows.</summary>
    public RowLoads? RowLoads { get; init; }

    /// <summary>Statements before the loops: memory for the rows of one vector of lanes.</summary>
    public IEnumerable<string> Memory()
    {
        if (turned is null) return [];
        var (type, space) = (Spelling.Element(floating), locals.Fresh(turned + "_memory"));
        return
        [
            $"{type}* {space} = stackalloc {type}[{turnedColumns * Dialect.Count} + {LineBytes / (floating == ElementType.Float32 ? 4 : 8)}];",
            $"var {turned} = StackLines.Align({space});",
        ];
    }

    private Item Turned(LoadExpr e, Row row, long column, int level)
    {
        var rows = Known(row, () => Turned(row, level));
        return New(level, e.Buffer.Name + "_value", Placing.Auto, [rows],
            () => Dialect.Load(e.Element, column == 0 ? rows.Value().Text : $"{rows.Value()} + {column * Dialect.Count}", null, null));
    }

    private Item Turned(Row row, int level)
    {
        var (fixedPart, moving) = Apart(row.From);
        var at = At(row.Buffer, fixedPart);
        var stride = row.From.Stride(vector!);
        var offsets = Offsets(stride, moving, level);
        var isChecked = AreChecked(stride, moving);
        turned ??= locals.Fresh("rows");
        var memory = turnedColumns == 0 ? turned : $"{turned} + {turnedColumns * Dialect.Count}";
        turnedColumns += row.Columns;
        return New(level, row.Buffer.Name + "_rows", Placing.Local, [at.Pointer, offsets],
            () => Dialect.Rows(at.Text(), offsets.Value(), row.Columns, memory, isChecked ? null : Rest), hazard: true);
    }
}
