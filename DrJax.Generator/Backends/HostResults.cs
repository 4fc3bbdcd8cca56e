using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>Allocates each result once, hands it to the core, and puts the results together as the C# signature has them.</summary>
internal sealed class HostResults
{
    private readonly Spelling names;
    private readonly Func function;
    private readonly HostGroups groups;
    private readonly EquatableArray<int> clamped;
    private int leaf;

    /// <param name="clamped">See <see cref="CoreCode"/>.</param>
    public HostResults(Program program, Spelling names, HostGroups groups, EquatableArray<int> clamped)
    {
        (this.names, this.groups, this.clamped) = (names, groups, clamped);
        function = program.Function;
        Value = Build(program.Result);
    }

    public List<string> Allocations { get; } = [];

    public List<string> Pins { get; } = [];

    /// <summary>The pointers that the core writes to.</summary>
    public List<string> Pointers { get; } = [];

    /// <summary>The local of each leaf: an array, or a scalar if it has no axes and is not placed.</summary>
    public List<(string Name, ElementType Element, bool IsScalar)> Leaves { get; } = [];

    /// <summary>The expression of the program's result.</summary>
    public string Value { get; }

    private string Build(Structure type) => type switch
    {
        Leaf leaf => Build(leaf),
        PlacedStructure placed => Build(placed),
        Composite { IsTuple: true } tuple => $"({string.Join(", ", tuple.Fields.Select(f => Build(f.Type)))})",
        _ => $"new {type.CSharp}({string.Join(", ", ((Composite)type).Fields.Select(f => Build(f.Type)))})",
    };

    private string Build(PlacedStructure placed)
    {
        var groups = HostSizes.Int(function.Results[leaf].Type.Placements[0].Size, names);
        var packed = placed.Leaves.Select(part =>
        {
            var shape = function.Results[leaf].Type.Shape;
            var dims = shape.Select(d => HostSizes.Int(d, names));
            if (shape.Count > 0 && shape[0].IsRagged)
            {
                var (statements, rows) = this.groups.Rows(shape[0], names.Result(leaf) + "_rows");
                Allocations.AddRange(statements);
                return $"global::DrJax.Compiled.Arguments.RaggedLeaf({string.Join(", ", dims.Prepend(rows).Prepend(Array(part.Element)))})";
            }
            string[] inner = [.. function.Results[leaf].Type.Placements.Skip(1).Select(p => HostSizes.Int(p.Size, names))];
            var (type, array) = ($"global::DrJax.PackedLeaf<{Spelling.Element(part.Element)}>", Array(part.Element));
            return inner.Length == 0 ? $"new {type}({string.Join(", ", dims.Prepend(array))})"
                : $"{type}.InPlacements({string.Join(", ", dims.Prepend($"[{string.Join(", ", inner)}]").Prepend(array))})";
        });
        return $"{placed.CSharp}.FromLeaves({string.Join(", ", packed.Prepend(groups))})";
    }

    private string Build(Leaf type)
    {
        if (type.Rank > 0)
        {
            var shape = function.Results[leaf].Type.Shape;
            var array = Array(type.Element);
            return $"{type.CSharp}.UnsafeWrap({string.Join(", ", (type.Rank == 1 ? [] : shape.Select(d => HostSizes.Int(d, names))).Prepend(array))})";
        }
        var scalar = names.Result(leaf++);
        Allocations.Add($"{Spelling.Element(type.Element)} {scalar} = default;");
        Pointers.Add("&" + scalar);
        Leaves.Add((scalar, type.Element, true));
        return type.IsEnum ? $"({type.CSharp}){scalar}" : scalar;
    }

    private string Array(ElementType element)
    {
        var type = function.Results[leaf].Type;
        var isClamped = clamped.Contains(function.Parameters.Length + leaf);
        var array = names.Result(leaf++);
        var pointer = names.Fresh(array + "_pointer");
        var length = HostSizes.Length(type.Placements.Select(p => p.Size).Concat(type.Shape), names);
        Allocations.Add($"var {array} = global::DrJax.Compiled.ResultMemory.Allocate<{Spelling.Element(element)}>({length});");
        Pins.Add($"fixed ({Spelling.Element(element)}* {pointer} = {(isClamped ? HostArguments.Memory(array, type, names) : array)})");
        Pointers.Add(pointer);
        Leaves.Add((array, element, false));
        return array;
    }
}
