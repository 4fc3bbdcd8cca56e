using System.Collections.Immutable;
using DrJax.Generator.Ir;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Lowering;

/// <summary>Sizes that exist only inside a stage. Their names are none that C# could give to a parameter or a placement.</summary>
internal static class StageSizes
{
    public const string GroupName = "<group>";

    public const string BlockName = "<block>";

    public const string LanesName = "<lanes>";

    /// <summary>The first group of the block.</summary>
    public static Dim Group { get; } = Dim.Symbol(GroupName);

    /// <summary>The number of groups in the block.</summary>
    public static Dim Block { get; } = Dim.Symbol(BlockName);

    /// <summary>The capacity of a block, a multiple of the number of lanes.</summary>
    public static Dim Lanes { get; } = Dim.Symbol(LanesName);
}

/// <summary>
/// The method whose memory a block uses: the program's body or the leaf of a stage. Hands out buffers and names. The block axis of a stage is innermost
/// in memory if lanes are groups, otherwise outermost, wherever it stands among an array's logical axes.
/// </summary>
internal sealed class Frame(ExprTable table, Names names, bool lanesAreGroups)
{
    private readonly List<Buffer> scratch = [];
    private readonly List<Buffer> stacks = [];

    public ExprTable Table { get; } = table;

    public Names Names { get; } = names;

    public bool LanesAreGroups { get; } = lanesAreGroups;

    public ImmutableArray<Buffer> Scratch => [.. scratch];

    public Buffer NewBuffer(string name, ValueType type, BufferKind kind = BufferKind.Scratch)
    {
        var shape = type.Shape.Items;
        var block = shape.IndexOf(StageSizes.Block);
        var order = Enumerable.Range(0, shape.Length).Where(axis => axis != block).ToList();
        if (block >= 0) order.Insert(LanesAreGroups ? order.Count : 0, block);
        var strides = new Dim[shape.Length];
        var size = Dim.One;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            strides[order[i]] = size;
            size *= order[i] == block ? StageSizes.Lanes : shape[order[i]];
        }
        var buffer = new Buffer(Names.Unique(name), type.Element, kind, shape, [.. strides], size);
        if (kind == BufferKind.Scratch) scratch.Add(buffer);
        return buffer;
    }

    /// <summary>Scratch for rows of groups, one after the other, where lanes are groups elsewhere.</summary>
    public Buffer NewRows(string name, ValueType type)
    {
        var buffer = new Buffer(Names.Unique(name), type.Element, BufferKind.Scratch, type.Shape.Items, [type.Shape[1], Dim.One], StageSizes.Lanes * type.Shape[1]);
        scratch.Add(buffer);
        return buffer;
    }

    /// <summary>Memory for the entries of a loop's iterations, one after the other: their number decides no address.</summary>
    public Buffer NewStack(string name, ValueType type)
    {
        var trips = type.Shape.ToList().FindIndex(LoopTrips.IsUnknown);
        var entry = NewBuffer(name, type.WithShape(type.Shape.Items.RemoveAt(trips)), BufferKind.Stack);
        var stack = new Buffer(entry.Name, entry.Element, BufferKind.Stack, type.Shape.Items, entry.Strides.Insert(trips, entry.Size), entry.Size);
        stacks.Add(stack);
        return stack;
    }

    /// <summary>Bytes of scratch and stacks that grow with the number of groups in a block, for one group; of a stack, an entry's.</summary>
    public Dim BytesPerGroup(IEnumerable<Buffer> scratch) => scratch.Concat(stacks)
        .Where(b => b.Shape.Contains(StageSizes.Block))
        .Aggregate(Dim.Zero, (sum, b) => sum + b.Size.Substitute(a => a.Name == StageSizes.LanesName ? Dim.One : null) * Bytes(b.Element));

    private static int Bytes(ElementType element) => element switch
    {
        ElementType.Float64 => 8,
        ElementType.Bool => 1,
        _ => 4,
    };
}

/// <summary>Names that occur once in the generated class.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, int> used = [];

    public string Unique(string name)
    {
        used.TryGetValue(name, out var count);
        used[name] = count + 1;
        return count == 0 ? name : $"{name}_{count}";
    }
}
