using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends;

/// <summary>
/// Prints nested loops around the statements of a <see cref="Body"/>. Along the vector axis: full vectors, then the same body once more for the lanes
/// that are left; one loop for all where memory has room for the lanes beyond the last, so that nothing tells them apart.
/// </summary>
/// <param name="reducedFrom">The number of parallel loops: those after them are reduced.</param>
internal sealed class LoopText(MethodNames locals, Body body, IReadOnlyList<LoopAxis> loops, int reducedFrom, LoopAxis? vector)
{
    /// <summary>The outermost loop that is one: the indices of those before are known.</summary>
    public int From { get; init; }

    /// <summary>Statements before the loop at a level, with the values of that level known.</summary>
    public Func<int, IEnumerable<string>> Before { get; init; } = _ => [];

    /// <summary>Statements after it.</summary>
    public Func<int, IEnumerable<string>> After { get; init; } = _ => [];

    /// <summary>Statements at every point.</summary>
    public required Func<IEnumerable<string>> Point { get; init; }

    /// <summary>Independent copies of a reduction's loop over vectors, so that the additions of one do not wait for those of another; 1: none.</summary>
    public int Unroll { get; init; } = 1;

    /// <summary>Called before the body is printed for a copy.</summary>
    public Action<int> Copy { get; init; } = _ => { };

    /// <summary>Loops that run once where they have nothing to run over.</summary>
    public Func<LoopAxis, bool> AtLeastOnce { get; init; } = _ => false;

    private readonly Dictionary<LoopAxis, string> extents = [];

    /// <summary>The loops as the whole body of a method.</summary>
    public IEnumerable<string> Print() => [.. Extents(), .. NothingToDo() is { } nothing ? [$"if ({nothing}) return;"] : Array.Empty<string>(), .. Enumerable.Range(0, From).SelectMany(level => body.Statements(level, Runs(level))), .. Level(From)];

    /// <summary>The loops among other statements.</summary>
    public IEnumerable<string> PrintInside()
    {
        var head = Extents();
        return NothingToDo() is { } nothing ? [.. head, .. Braced($"if (!({nothing}))", Level(0))] : [.. head, .. Level(0)];
    }

    private List<string> Extents()
    {
        var head = new List<string>();
        foreach (var axis in loops.Skip(From))
        {
            var extent = body.Setting.Size(axis.Extent);
            if (AtLeastOnce(axis)) extent = $"Math.Max({extent}, 1)";
            if (!extent.Primary)
            {
                var name = locals.Fresh(axis.Name + "_end");
                head.Add($"var {name} = {extent};");
                extent = name;
            }
            extents[axis] = extent.Text;
        }
        return head;
    }

    // What is computed outside a loop that does not run could read where nothing is.
    private string? NothingToDo() =>
        body.HasHazard(level => Enumerable.Range(Math.Max(level, From), Math.Max(0, reducedFrom - Math.Max(level, From))).Any(IsSymbolic))
            ? string.Join(" || ", loops.Take(reducedFrom).Where((_, i) => i >= From && IsSymbolic(i)).Select(axis => $"{extents[axis]} == 0").Distinct())
            : null;

    private string? Runs(int level)
    {
        var inner = loops.Where((_, i) => i >= Math.Max(level, reducedFrom) && IsSymbolic(i)).Select(axis => $"{extents[axis]} > 0").Distinct().ToArray();
        return inner.Length == 0 ? null : string.Join(" && ", inner);
    }

    private bool IsSymbolic(int loop) => loops[loop].Extent.AsConstant is not > 0;

    private List<string> Level(int level)
    {
        List<string> lines = [.. body.Statements(level, Runs(level))];
        if (level == loops.Count) return [.. lines, .. Point()];
        return [.. lines, .. Before(level), .. Loop(level), .. After(level)];
    }

    private IEnumerable<string> Loop(int level)
    {
        var axis = loops[level];
        var (i, end) = (body[axis], extents[axis]);
        if (axis != vector) return Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {end}; {i}++)", Level(level + 1));
        return axis.Extent.AsConstant is { } size ? Constant(level, i, size) : Symbolic(level, i, end);
    }

    private IEnumerable<string> Symbolic(int level, string i, string end)
    {
        var lanes = body.Dialect.Count;
        var rest = locals.Fresh("rest");
        if (body.IsLong) return Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {end}; {i} += {lanes})", [$"var {rest} = Math.Min({lanes}, {end} - {i});", .. Tail(level, rest)]);
        var (full, tail) = (Level(level + 1), Tail(level, rest));
        if (full.SequenceEqual(tail)) return Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {end}; {i} += {lanes})", full);
        List<string> lines = [$"nint {i} = 0;"];
        if (Unroll > 1) lines.AddRange(Braced($"for (; {i} <= {end} - {Unroll * lanes}; {i} += {Unroll * lanes})", Copies(level, i)));
        lines.AddRange(Braced($"for (; {i} <= {end} - {lanes}; {i} += {lanes})", full));
        lines.AddRange(Braced($"if ({i} < {end})", [$"var {rest} = {end} - {i};", .. tail]));
        return lines;
    }

    private IEnumerable<string> Constant(int level, string i, long size)
    {
        var lanes = body.Dialect.Count;
        var full = size / lanes * lanes;
        var unrolled = Unroll > 1 ? size / (Unroll * lanes) * (Unroll * lanes) : 0;
        List<string> lines = [];
        if (unrolled > 0) lines.AddRange(Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {unrolled}; {i} += {Unroll * lanes})", Copies(level, i)));
        if (full > unrolled) lines.AddRange(Braced($"for ({body.Setting.Counter} {i} = {unrolled}; {i} < {full}; {i} += {lanes})", Level(level + 1)));
        if (size > full) lines.AddRange(Braced(null, [$"const nint {i} = {full};", .. Tail(level, $"{size - full}")]));
        return lines;
    }

    private List<string> Tail(int level, string rest)
    {
        body.Rest = rest;
        var lines = Level(level + 1);
        body.Rest = null;
        return lines;
    }

    private List<string> Copies(int level, string i)
    {
        var axis = loops[level];
        List<string> lines = [];
        for (var copy = 0; copy < Unroll; copy++)
        {
            Copy(copy);
            if (copy == 0)
            {
                lines.AddRange(Braced(null, Level(level + 1)));
                continue;
            }
            body[axis] = locals.Fresh(i);
            lines.AddRange(Braced(null, [$"var {body[axis]} = {i} + {copy * body.Dialect.Count};", .. Level(level + 1)]));
            body[axis] = i;
        }
        Copy(0);
        return lines;
    }

    public static IEnumerable<string> Braced(string? head, IEnumerable<string> lines) =>
        [.. head is null ? Array.Empty<string>() : [head], "{", .. lines.SelectMany(l => l.Split('\n')).Select(l => l.Length == 0 ? l : "    " + l), "}"];
}
