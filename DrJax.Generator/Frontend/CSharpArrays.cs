using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>A C# array that a program makes and fills: of numbers, or of tuples and records of numbers. It is a value like any other, because no two names hold it
/// (see <see cref="ArrayNames"/>).</summary>
/// <param name="items">The items as one value, whose leaves have the array's axes first.</param>
/// <param name="rank">How many axes that is.</param>
/// <param name="length">The length of one that is shorter than its axis; only the run knows it.</param>
internal sealed class ArrayValue(Value items, int rank, Node? length = null) : Value
{
    public Value Items { get; } = items;

    public int Rank { get; } = rank;

    public Node? Length { get; } = length;

    public override IEnumerable<Node> Leaves => Length is null ? Items.Leaves : Items.Leaves.Append(Length);

    public override bool IsData => Items.IsData;

    public override Value Select(Func<Node, Node> f) => new ArrayValue(Items.Select(f), Rank, Length is null ? null : f(Length));

    /// <summary>The size of an axis.</summary>
    public Dim Size(int axis) => Items.Leaves.First().Type.Shape[axis];
}

/// <summary>C# arrays made, read and filled.</summary>
internal sealed partial class Translator
{
    private readonly ArrayNames arrayNames = new(session);

    /// <summary>new T[n], new T[n, m], or with all items.</summary>
    private Value ArrayCreation(IArrayCreationOperation n, Scope s)
    {
        if (n.Initializer is { } initializer)
        {
            if (n.DimensionSizes.Length == 1) return new ListValue([.. initializer.ElementValues.Select(e => Expression(e, s))]);
            return new ArrayValue(Nested(initializer), n.DimensionSizes.Length);
        }
        var type = CSharpTypes.Resolve(((IArrayTypeSymbol)n.Type!).ElementType, s.Types);
        if (CSharpTypes.Structure(type) is not { } structure || !IsOfScalars(structure)) throw new Rejected(Diagnostics.PlainArray, n.Syntax);
        ImmutableArray<Dim> sizes = [.. n.DimensionSizes.Select(size => Dim(size, s))];
        foreach (var (size, at) in sizes.Zip(n.DimensionSizes, (dim, o) => (dim, o)))
            AtMost(Ir.Dim.Zero, size, "the length of an array must not be negative, it is {1}", at.Syntax, s, failure: NegativeLength());
        return new ArrayValue(Default(type, n).Select(leaf => Graph.Fill(leaf, [.. sizes])), sizes.Length);

        // { { a, b }, { c, d } }
        Value Nested(IArrayInitializerOperation rows) => Stack([.. rows.ElementValues.Select(row => row is IArrayInitializerOperation inner ? Nested(inner) : Expression(row, s))])
            ?? throw new Rejected(Diagnostics.PlainArray, n.Syntax);
    }

    private static bool IsOfScalars(Structure structure) => structure switch
    {
        Leaf { Rank: 0 } => true,
        Composite composite => composite.Fields.All(f => IsOfScalars(f.Type)),
        _ => false,
    };

    private Value ArrayElement(IArrayElementReferenceOperation n, Scope s) =>
        ArrayItem(Expression(n.ArrayReference, s), [.. n.Indices.Select(i => Expression(i, s))], n, s);

    private Value ArrayItem(Value array, ImmutableArray<Value> indices, IOperation at, Scope s) => array switch
    {
        ListValue list when indices.Length == 1 => Item(list, indices[0], at, s),
        ArrayValue items when indices is [RangeValue] && items.Length is null => new ArrayValue(items.Items.Select(leaf => ((Data)Element(new Data(leaf), indices, at, s)).Node), 1),
        ArrayValue items => items.Items.Select(leaf => ((Data)Element(new Data(leaf), Within(items, indices, at), at, s)).Node),
        PoisonValue => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.PlainArray, at.Syntax),
    };

    /// <summary>Indices of an array that is shorter than its axis: one behind its end is one behind the axis.</summary>
    private ImmutableArray<Value> Within(ArrayValue array, ImmutableArray<Value> indices, IOperation at)
    {
        if (array.Length is not { } length) return indices;
        var index = indices[0] is IndexValue { FromEnd: var fromEnd, Node: var node } ? fromEnd ? length - node : node : Node(indices[0], at);
        return [new Data(Graph.Select(Graph.Apply(ScalarOp.Less, index, length), index, Graph.Size(array.Size(0))))];
    }

    /// <summary>A local or parameter assigned, or an element of one: how to read it and how to assign it, with its indices computed once and first.</summary>
    private (Func<Value> Read, Func<Value, Value> Write) Place(IOperation target, IOperation at, Scope s)
    {
        if (target is not IArrayElementReferenceOperation element) return (() => Expression(target, s), value => Assign(target, value, at, s));
        ImmutableArray<Value> indices = [.. element.Indices.Select(i => Expression(i, s))];
        return (() => ArrayItem(Expression(element.ArrayReference, s), indices, element, s), value => AssignElement(element, indices, value, at, s));
    }

    private Value AssignElement(IArrayElementReferenceOperation target, ImmutableArray<Value> indices, Value value, IOperation at, Scope s)
    {
        if (target.ArrayReference is not (ILocalReferenceOperation or IParameterReferenceOperation)) throw new Rejected(Diagnostics.PlainArray, target.Syntax);
        arrayNames.CheckFilled(target.ArrayReference);
        var array = Expression(target.ArrayReference, s) switch
        {
            ArrayValue { Length: null } items => items,
            ListValue list when Stack(list.Items) is { } rows => new ArrayValue(rows, 1),
            PoisonValue => throw new Poisoned(),
            _ => throw new Rejected(Diagnostics.PlainArray, target.Syntax),
        };
        var name = Text(target.ArrayReference);
        var parts = value.Leaves.ToList();
        var next = 0;
        Assign(target.ArrayReference, new ArrayValue(array.Items.Select(leaf => WithItem(leaf, indices, parts[next++], Text(at), name, target.Syntax, s).Node), array.Rank), at, s);
        return value;
    }

    /// <summary>What a local holds: a list that is filled or replaced later is an array of its items.</summary>
    private Value Held(ILocalSymbol local, Value value, IOperation at) =>
        local.Type is IArrayTypeSymbol && value is ListValue && arrayNames.Moves(local, at) ? Arrayed(value) : value;

    /// <summary>A value of which a condition or loop makes another: its lists are arrays.</summary>
    private Value Arrayed(Value value) => value switch
    {
        ListValue list when Stack(list.Items) is { } rows => new ArrayValue(rows, 1),
        Parts { IsData: false } parts => new Parts([.. parts.Fields.Select(f => (f.Name, Arrayed(f.Value)))], parts.IsTuple),
        _ => value,
    };

    /// <summary>A list or array as the array of DrJax that it converts to.</summary>
    private Node AsArray(Value value, IOperation at) => value switch
    {
        ListValue list when Stack(list.Items) is Data rows => rows.Node,
        ArrayValue { Items: Data items, Length: null } => items.Node,
        PoisonValue => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.PlainArray, at.Syntax),
    };

    /// <summary>A value that DrJax's members take or give: C# arrays are none.</summary>
    public static Value WithoutArrays(Value value, SyntaxNode at) => Holds(value) ? throw new Rejected(Diagnostics.PlainArray, at) : value;

    private static bool Holds(Value value) => value is ArrayValue || value is Parts parts && parts.Fields.Any(f => Holds(f.Value));

    /// <summary>What a method of an array gives; null if it is not one that a program has.</summary>
    private Value? ArrayMember(Value array, IInvocationOperation n, Scope s) => (n.TargetMethod.Name, array) switch
    {
        ("GetLength", ArrayValue items) => AxisOf(n, s) is >= 0 and var axis && axis < items.Rank ? LengthOf(items, axis) : throw new Rejected(Diagnostics.OutOfRange, n.Syntax, $"{Text(n)}: the array has {items.Rank} axes"),
        ("GetLength", ListValue list) => Int(list.Items.Length),
        ("Clone", _) => array,
        _ => null,
    };

    private int AxisOf(IInvocationOperation n, Scope s) => (int?)Dim(n.Arguments[0].Value, s).AsConstant
        ?? throw new Rejected(Diagnostics.AxisNotConstant, n.Arguments[0].Syntax, Text(n.Arguments[0]), n.TargetMethod.Name);

    private Data LengthOf(ArrayValue array, int axis) => array.Length is { } length ? new Data(length) : SizeOf(array.Size(axis));
}
