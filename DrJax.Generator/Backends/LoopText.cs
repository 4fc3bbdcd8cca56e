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

    /// <summary>Statements at every point, each with the number of values of the body that have to be known before.</summary>
    public required Func<IEnumerable<(int After, IEnumerable<string> Lines)>> Point { get; init; }

    /// <summary>Independent copies of a reduction's loop over vectors, so that the additions of one do not wait for those of another; 1: none.</summary>
    public int Unroll { get; init; } = 1;

    /// <summary>The vectors that are one of 512 bits, each with a copy of its own; 1 where vectors have nothing to do with each other.</summary>
    public int Halves { get; init; } = 1;

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
        List<string> inside = [.. Enumerable.Range(0, From).SelectMany(level => body.Statements(level, Runs(level))), .. Level(From)];
        return NothingToDo() is { } nothing ? [.. head, .. Braced($"if (!({nothing}))", inside)] : [.. head, .. inside];
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
        if (level == loops.Count) return [.. body.Statements(level, Runs(level), [.. Point()])];
        return [.. body.Statements(level, Runs(level)), .. Before(level), .. Loop(level), .. After(level)];
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
        var vector = body.Dialect.Count * Halves;
        var rest = locals.Fresh("rest");
        if (body.IsLong) return Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {end}; {i} += {vector})", [$"var {rest} = Math.Min({vector}, {end} - {i});", .. Tail(level, i, rest)]);
        var (full, tail) = (Copies(level, i, 1), Tail(level, i, rest));
        if (full.SequenceEqual(tail)) return Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {end}; {i} += {vector})", full);
        List<string> lines = [$"nint {i} = 0;"];
        if (Unroll > 1) lines.AddRange(Braced($"for (; {i} <= {end} - {Unroll * vector}; {i} += {Unroll * vector})", Copies(level, i, Unroll)));
        lines.AddRange(Braced($"for (; {i} <= {end} - {vector}; {i} += {vector})", full));
        lines.AddRange(Braced($"if ({i} < {end})", [$"var {rest} = {end} - {i};", .. tail]));
        return lines;
    }

    private IEnumerable<string> Constant(int level, string i, long size)
    {
        var vector = body.Dialect.Count * Halves;
        var full = size / vector * vector;
        var unrolled = Unroll > 1 ? size / (Unroll * vector) * (Unroll * vector) : 0;
        List<string> lines = [];
        if (unrolled > 0) lines.AddRange(Braced($"for ({body.Setting.Counter} {i} = 0; {i} < {unrolled}; {i} += {Unroll * vector})", Copies(level, i, Unroll)));
        if (full > unrolled) lines.AddRange(Braced($"for ({body.Setting.Counter} {i} = {unrolled}; {i} < {full}; {i} += {vector})", Copies(level, i, 1)));
        if (size > full) lines.AddRange(Braced(null, [$"const nint {i} = {full};", .. Tail(level, i, size - full)]));
        return lines;
    }

    /// <summary>The lanes that are left, as many as a variable says.</summary>
    private List<string> Tail(int level, string i, string rest) => Halves == 1 ? Part(level, i, 0, rest) :
    [
        .. Enumerable.Range(0, Halves).SelectMany(half =>
        {
            var (before, own) = (half * body.Dialect.Count, locals.Fresh(rest));
            return Braced(half == 0 ? null : $"if ({rest} > {before})",
                [$"var {own} = Math.Min({(before == 0 ? rest : $"{rest} - {before}")}, {body.Dialect.Count});", .. Part(level, i, half, own)]);
        }),
    ];

    private List<string> Tail(int level, string i, long rest)
    {
        var lanes = body.Dialect.Count;
        List<string> lines = [];
        for (var half = 0; half * lanes < rest; half++)
        {
            var part = Part(level, i, half, rest - (half * lanes) is var own && own < lanes ? $"{own}" : null);
            lines.AddRange(rest > lanes ? Braced(null, part) : part);
        }
        return lines;
    }

    /// <summary>The body for some vectors of 512 bits.</summary>
    private List<string> Copies(int level, string i, int count) => count * Halves == 1 ? Part(level, i, 0, null)
        : [.. Enumerable.Range(0, count * Halves).SelectMany(part => Braced(null, Part(level, i, part, null)))];

    /// <summary>The body once: for the vector of a number from the loop's variable on.</summary>
    /// <param name="rest">How many of its lanes there are; null for all.</param>
    private List<string> Part(int level, string i, int number, string? rest)
    {
        var axis = loops[level];
        Copy(number);
        body.Rest = rest;
        List<string> lines = [];
        if (number > 0)
        {
            body[axis] = locals.Fresh(i);
            lines.Add($"var {body[axis]} = {i} + {number * body.Dialect.Count};");
        }
        lines.AddRange(Level(level + 1));
        body[axis] = i;
        body.Rest = null;
        Copy(0);
        return lines;
    }

    public static IEnumerable<string> Braced(string? head, IEnumerable<string> lines) =>
        [.. head is null ? Array.Empty<string>() : [head], "{", .. lines.SelectMany(l => l.Split('\n')).Select(l => l.Length == 0 ? l : "    " + l), "}"];
}
