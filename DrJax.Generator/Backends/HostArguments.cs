using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>
/// Takes the C# arguments of a program apart: one argument of the core a leaf, the sizes that their axes give, and the checks that axes and
/// placements that must agree do agree.
/// </summary>
internal sealed class HostArguments
{
    private readonly Spelling names;
    private readonly Func function;
    private readonly Dictionary<Atom, string> origins = [];
    private readonly List<(Dim Expected, string Path, string Actual, int Axis, Placement? Placement)> agreements = [];
    private int leaf;

    public HostArguments(Program program, Spelling names)
    {
        this.names = names;
        function = program.Function;
        foreach (var parameter in program.Parameters) Take(parameter.Type, Spelling.Identifier(parameter.Name), parameter.Name, isLocal: true);
        foreach (var (expected, path, actual, axis, placement) in agreements) Checks.Add(Agreement(expected, path, actual, axis, placement));
    }

    /// <summary>Locals: items of structures, packed leaves, sizes.</summary>
    public List<string> Bindings { get; } = [];

    public List<string> Checks { get; } = [];

    /// <summary>The <c>fixed</c> statements that pin arrays.</summary>
    public List<string> Pins { get; } = [];

    /// <summary>The leaves as the core takes them.</summary>
    public List<string> Leaves { get; } = [];

    private void Take(Structure type, string value, string path, bool isLocal)
    {
        switch (type)
        {
            case Leaf array:
                if (!isLocal && array.Rank > 0) value = Local(path, value);
                Take(array, value, path, axis => $"{value}.Dimension({axis})", value);
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
        var placement = function.Parameters[leaf].Type.Placements[0];
        Agree(placement.Size, path, $"global::DrJax.Compiled.Arguments.Groups({Literal(path)}, {value})", -1, placement);
        var index = 0;
        foreach (var part in placed.Leaves)
        {
            var name = function.Parameters[leaf].Name;
            var packed = Local(name + "_leaf", $"{value}.Leaf<{Spelling.Element(part.Element)}>({index++})");
            Take(part, packed, name, axis => $"{packed}.Dimension({axis})", packed + ".Data");
        }
    }

    private void Take(Leaf type, string value, string path, Func<int, string> dimension, string pinned)
    {
        var parameter = function.Parameters[leaf++];
        if (Spelling.IsByValue(parameter.Type))
        {
            if (type.Element == ElementType.Int32) Agree(Dim.Symbol(parameter.Name), path, value, -1, null);
            Leaves.Add(value);
            return;
        }
        for (var axis = 0; axis < type.Rank; axis++) Agree(parameter.Type.Shape[axis], path, dimension(axis), axis, null);
        var pointer = names.Fresh(path + "_pointer");
        Pins.Add($"fixed ({Spelling.Element(type.Element)}* {pointer} = {pinned})");
        Leaves.Add(pointer);
    }

    /// <summary>The first argument that gives a size binds it; the others must agree with it.</summary>
    private void Agree(Dim expected, string path, string actual, int axis, Placement? placement)
    {
        if (expected.Terms is [{ Factor: 1, Atoms: [{ Operation: null } atom] }] && !origins.ContainsKey(atom))
        {
            origins[atom] = placement is not null ? $"the groups of {path}" : axis < 0 ? path : $"axis {axis} of {path}";
            Bindings.Add($"nint {names.Size(atom.Name)} = {actual};");
        }
        else
        {
            agreements.Add((expected, path, actual, axis, placement));
        }
    }

    private string Agreement(Dim expected, string path, string actual, int axis, Placement? placement)
    {
        var size = HostSizes.Expression(expected, names);
        var from = expected.Terms is [{ Atoms: [var atom] }] && origins.TryGetValue(atom, out var origin) ? origin
            : placement is not null ? "the program's attribute"
            : expected.AsConstant is null ? expected.ToString() : "the declared shape";
        return placement is null
            ? $"global::DrJax.Compiled.Check.Dimension({Literal(path)}, {axis}, {size}, {Literal(from)}, {actual});"
            : $"global::DrJax.Compiled.Check.PlacementSize({Literal(path)}, {Literal(placement.Name)}, {size}, {Literal(from)}, {actual});";
    }

    private string Local(string wish, string value)
    {
        var name = names.Fresh(wish + "_value");
        Bindings.Add($"var {name} = {value};");
        return name;
    }

    private static string Literal(string text) => HostText.Literal(text);
}
