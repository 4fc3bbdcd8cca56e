using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>Sizes that differ from group to group, as the host reads them: one group after the other, from the packed leaf that has them.</summary>
internal sealed class HostGroups(Spelling names)
{
    private readonly List<(Atom Atom, string Leaf, string Count)> known = [];
    private readonly List<(Dim Expected, string Leaf, string Path)> agreements = [];
    private string? index;

    /// <summary>A leaf whose rows a size is.</summary>
    /// <param name="count">The number of groups.</param>
    public void Add(Atom atom, string leaf, string count) => known.Add((atom, leaf, count));

    /// <summary>A leaf must have as many rows as a size says, in every group.</summary>
    public void Agree(Dim expected, string leaf, string path) => agreements.Add((expected, leaf, path));

    /// <summary>Whether the size differs from group to group.</summary>
    public bool Vary(Dim dim) => dim.Atoms.Any(a => known.Any(k => k.Atom.Equals(a)));

    /// <summary>The checks of every group: that leaves agree, and what else is required of sizes.</summary>
    /// <param name="required">What is required of sizes.</param>
    /// <param name="text">How it is checked.</param>
    public IEnumerable<string> Checks(IEnumerable<Requirement> required, Func<Requirement, string> text)
    {
        var all = required.ToList();
        if (agreements.Count == 0 && all.Count == 0) return [];
        var texts = agreements.Select(a => $"global::DrJax.Compiled.Check.Rows({HostText.Literal(a.Path)}, {Index}, {HostSizes.Expression(OfGroup(a.Expected), names)}, "
            + $"{HostText.Literal(Origin(a.Expected))}, {a.Leaf}.RowsOf((int){Index}));").Concat(all.Select(r => text(r.WithSizes(OfGroup)))).ToList();
        return [Loop([.. agreements.Select(a => a.Expected), .. all.SelectMany(r => new[] { r.Left, r.Right })], texts)];
    }

    /// <summary>The array that holds the size in every group, and the statements that make it.</summary>
    public (IEnumerable<string> Statements, string Array) Rows(Dim size, string wish)
    {
        var (_, leaf, count) = known.First(k => size.Atoms.Contains(k.Atom));
        if (known.FirstOrDefault(k => Dim.Of(k.Atom) == size) is { Leaf: { } own }) return ([], $"global::DrJax.Compiled.Arguments.Rows({own}, {count})");
        var array = names.Fresh(wish);
        return ([$"var {array} = new int[{count}];", Loop([size], [$"{array}[{Index}] = checked((int)({HostSizes.Expression(OfGroup(size), names)}));"])], array);
    }

    private string Index => index ??= names.Size(Refusal.Group.Atoms.Single().Name, "group");

    private string Loop(IEnumerable<Dim> sizes, IEnumerable<string> body)
    {
        var used = sizes.SelectMany(d => d.Atoms).ToList();
        var read = known.Where(k => used.Contains(k.Atom)).ToList();
        return Code.Text($$"""
            for (nint {{Index}} = 0; {{Index}} < {{read[0].Count}}; {{Index}}++)
            {
                {{read.Select(k => $"nint {names.Size(OfGroup(k.Atom).Name)} = {k.Leaf}.RowsOf((int){Index});")}}
                {{body}}
            }
            """);
    }

    private Dim OfGroup(Dim dim) => dim.Substitute(a => known.Any(k => k.Atom.Equals(a)) ? Dim.Of(OfGroup(a)) : null);

    private static Atom OfGroup(Atom atom) => new(atom.Name + ".group");

    private static string Origin(Dim expected) => expected.IsRagged ? $"the rows of {string.Join(", ", expected.Atoms.Where(a => a.IsRagged).Select(a => a.Name.Substring(0, a.Name.LastIndexOf(".rows", StringComparison.Ordinal))))}"
        : expected.ToString();
}
