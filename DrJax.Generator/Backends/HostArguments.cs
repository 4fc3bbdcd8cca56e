using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>
/// Takes the C# arguments of a program apart: one argument of the core a leaf, the sizes that their axes give, and the checks that axes and
/// placements that must agree do agree.
/// </summary>
internal sealed class HostArguments
{
    private readonly Spelling names;
    private readonly Program program;
    private readonly List<(string Atom, string Value, string Origin)> sizes = [];
    private readonly List<(Dim Expected, string Atom, Func<Dim, string> Check)> agreements = [];
    private readonly HashSet<string> needed = [];
    private readonly List<string> locals = [];
    private readonly HostGroups groups;
    private readonly EquatableArray<int> clamped;
    private int leaf;

    /// <param name="needed">The atoms that others need: the core, the results.</param>
    /// <param name="clamped">The leaves of which there must be something to read though they are empty.</param>
    public HostArguments(Program program, Spelling names, IEnumerable<string> needed, EquatableArray<int> clamped = default)
    {
        this.names = names;
        this.clamped = clamped;
        this.program = program;
        this.needed.UnionWith(needed);
        groups = new HostGroups(names);
        foreach (var parameter in program.Parameters) Take(parameter.Type, Spelling.Identifier(parameter.Name), parameter.Name, isLocal: true);
        var requirements = program.Requirements.ToLookup(r => groups.Vary(r.Left) || groups.Vary(r.Right));
        foreach (var requirement in program.Requirements) Need([requirement.Left, requirement.Right, .. requirement.Thrown?.Holes.Select(h => h.Size).OfType<Dim>() ?? []]);
        Checks = [.. agreements.Where(a => !IsRequired(a.Expected, a.Atom)).Select(a => a.Check(Need(a.Expected))),
            .. requirements[false].Select(r => Requirement(r.WithSizes(size => size == Refusal.Group ? Dim.Zero : size))),
            .. groups.Checks(requirements[true], Requirement)];
    }

    /// <summary>What differs from group to group.</summary>
    public HostGroups Groups => groups;

    /// <summary>Locals: items of structures, packed leaves, and the sizes that are used.</summary>
    public IEnumerable<string> Bindings =>
        [.. locals, .. sizes.Where(s => needed.Contains(s.Atom)).Select(s => $"nint {names.Size(s.Atom)} = {s.Value};")];

    public IReadOnlyList<string> Checks { get; }

    /// <summary>The <c>fixed</c> statements that pin arrays.</summary>
    public List<string> Pins { get; } = [];

    /// <summary>The leaves as the core takes them.</summary>
    public List<string> Leaves { get; } = [];

    /// <summary>The leaves as devices take them, which know an array by its object: C# types and values.</summary>
    public List<(string Type, string Value)> Values { get; } = [];

    private void Take(Structure type, string value, string path, bool isLocal)
    {
        switch (type)
        {
            case Leaf array:
                if (array.IsEnum) value = $"(int){value}";
                if (!isLocal && array.Rank > 0) value = Local(path, value);
                TakeLeaf(array, value, path, value);
                break;
            case PlacedStructure placed:
                if (!isLocal) value = Local(path, value);
                TakePlaced(placed, value, path);
                break;
            case Composite composite:
                foreach (var field in composite.Fields)
                    Take(field.Type, $"{value}.{Spelling.Identifier(field.Name)}", $"{path}.{field.Name}", isLocal: false);
                break;
        }
    }

    private void TakePlaced(PlacedStructure placed, string value, string path)
    {
        var placement = program.Function.Parameters[leaf].Type.Placements[0];
        ImmutableArray<Param> parts = [.. program.Function.Parameters.Skip(leaf).Take(placed.Leaves.Count())];
        var rows = Atom.RowsOf(path, placement.Name);
        var isRagged = parts.Any(p => p.Type.Shape.Any(d => d.IsRagged)) || program.Requirements.Any(r => r.Left.Atoms.Concat(r.Right.Atoms).Contains(rows));
        AgreeGroups(placement, path + ".groups", path, $"global::DrJax.Compiled.Arguments.{(isRagged ? "RaggedGroups" : "Groups")}({HostText.Literal(path)}, {value})");
        var index = 0;
        string? counted = null;
        foreach (var part in placed.Group.Leaves)
        {
            var parameter = program.Function.Parameters[leaf];
            var name = parameter.Name;
            var packed = Local(name + "_leaf", $"{value}.Leaf<{Spelling.Element(part.Element)}>({index++})");
            if (isRagged && part.Rank > 0)
            {
                // The first array of a ragged value gives the rows, the others must have as many.
                groups.Add(new Atom($"{name}.0"), packed, names.Size(path + ".groups"));
                var isFirst = counted is null;
                if (isFirst) groups.Add(rows, counted = packed, names.Size(path + ".groups"));
                if (isFirst) sizes.Add((rows.Name, $"{packed}.Dimension(0)", $"the rows of {name}"));
                if (!(isFirst && parameter.Type.Shape[0] == Dim.Of(rows)) && !IsRequired(parameter.Type.Shape[0], $"{name}.0") && !IsRequired(parameter.Type.Shape[0], rows.Name))
                    groups.Agree(parameter.Type.Shape[0], packed, name);
            }
            var placements = parameter.Type.Placements;
            for (var level = 1; level < placements.Count; level++)
                AgreeGroups(placements[level], $"{name}.groups.{level}", $"{name} (in each of {placements[level - 1].Name})", $"{packed}.InnerGroups({level - 1})");
            TakeLeaf(part, packed, name, packed + ".Data", isRagged);
        }
        if (placed.CountsRows)
        {
            var counts = program.Function.Parameters[leaf++].Name;
            var rowsOfAll = $"global::DrJax.Compiled.Arguments.Rows({counted}, {names.Size(path + ".groups")})";
            Values.Add(("int[]", rowsOfAll));
            Pin("int", counts, rowsOfAll);
        }
    }

    private void AgreeGroups(Placement placement, string atom, string path, string groups)
    {
        var local = names.Size(atom);
        locals.Add($"nint {local} = {groups};");
        Agree(placement.Size, atom, local, $"the groups of {path}", expected =>
            $"global::DrJax.Compiled.Check.PlacementSize({HostText.Literal(path)}, {HostText.Literal(placement.Name)}, "
            + $"{HostSizes.Expression(expected, names)}, {HostText.Literal(Origin(expected, "the program's attribute"))}, {local});");
    }

    private void TakeLeaf(Leaf type, string value, string path, string pinned, bool isRagged = false)
    {
        var parameter = program.Function.Parameters[leaf++];
        if (Spelling.IsByValue(parameter.Type))
        {
            if (type.Element == ElementType.Int32) sizes.Add((parameter.Name, value, path));
            Leaves.Add(value);
            Values.Add((Spelling.Element(type.Element), value));
            return;
        }
        Values.Add((parameter.Type.IsPlaced ? $"global::DrJax.PackedLeaf<{Spelling.Element(type.Element)}>" : type.CSharp, value));
        for (var axis = isRagged ? 1 : 0; axis < type.Rank; axis++)
        {
            var (k, actual) = (axis, $"{value}.Dimension({axis})");
            Agree(parameter.Type.Shape[axis], $"{parameter.Name}.{axis}", actual, $"axis {axis} of {path}", expected =>
                $"global::DrJax.Compiled.Check.Dimension({HostText.Literal(path)}, {k}, {HostSizes.Expression(expected, names)}, "
                + $"{HostText.Literal(Origin(expected, "the declared shape"))}, {actual});");
        }
        if (clamped.Contains(leaf - 1))
        {
            Need([.. parameter.Type.Placements.Select(p => p.Size), .. parameter.Type.Shape]);
            pinned = Memory(pinned == value ? value + ".AsSpan()" : pinned, parameter.Type, names);
        }
        Pin(Spelling.Element(type.Element), path, pinned);
    }

    /// <summary>What is pinned in place of an array that may be empty and of which something is taken all the same.</summary>
    public static string Memory(string array, Ir.ValueType type, Spelling names)
    {
        var least = type.Placements.Select(p => p.Size).Concat(type.Shape).Aggregate(Dim.One, (length, d) => length * ((d - Dim.One).IsNonNegative ? d : Dim.Max(Dim.One, d)));
        return $"global::DrJax.Compiled.Arguments.Memory({array}, {HostSizes.Expression(least, names)})";
    }

    private void Pin(string element, string path, string array)
    {
        var pointer = names.Fresh(path + "_pointer");
        Pins.Add($"fixed ({element}* {pointer} = {array})");
        Leaves.Add(pointer);
    }

    private string Requirement(Requirement requirement) => requirement.Thrown is not null ? HostRefusals.Require(requirement, names) :
        $"global::DrJax.Compiled.Arguments.{requirement.Kind}({HostSizes.Expression(requirement.Left, names)}, "
        + $"{HostSizes.Expression(requirement.Right, names)}, {HostText.Literal(requirement.Message)});";

    /// <summary>The argument gives the size <paramref name="atom"/>; where the program uses another for it, that is bound here first or must agree.</summary>
    private void Agree(Dim expected, string atom, string actual, string origin, Func<Dim, string> check)
    {
        sizes.Add((atom, actual, origin));
        if (expected == Dim.Symbol(atom)) return;
        var isNew = expected.Terms is [{ Factor: 1, Atoms: [{ Operation: null } other] }] && !IsKnown(other.Name) && !IsAxis(other.Name);
        if (isNew) sizes.Add((expected.Terms[0].Atoms[0].Name, actual, origin));
        else agreements.Add((expected, atom, check));
    }

    private bool IsKnown(string atom) => sizes.Any(s => s.Atom == atom);

    /// <summary>Whether the atom is an axis of a leaf, which may come later.</summary>
    private bool IsAxis(string atom) => atom.LastIndexOf('.') is var dot and > 0 && program.Function.Parameters.Any(p => p.Name == atom.Substring(0, dot));

    /// <summary>Whether a requirement says so already, in better words.</summary>
    private bool IsRequired(Dim expected, string atom) => program.Requirements.Any(r => r.Kind == RequirementKind.Equal
        && (r.Left == Dim.Symbol(atom) && r.Right == expected || r.Right == Dim.Symbol(atom) && r.Left == expected));

    private Dim Need(params ReadOnlySpan<Dim> dims)
    {
        foreach (var dim in dims) needed.UnionWith(dim.Atoms.Select(a => a.Name));
        return dims[0];
    }

    private string Origin(Dim expected, string otherwise) => expected.AsConstant is not null ? otherwise
        : sizes.FirstOrDefault(s => Dim.Symbol(s.Atom) == expected).Origin ?? expected.ToString();

    private string Local(string wish, string value)
    {
        var name = names.Fresh(wish + "_value");
        locals.Add($"var {name} = {value};");
        return name;
    }
}
