using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>A list whose length and items are known at build time: a C# array or a collection expression. It is no data: it is read where it
/// is used.</summary>
internal sealed class ListValue(ImmutableArray<Value> items) : Value
{
    public ImmutableArray<Value> Items { get; } = items;

    public override IEnumerable<Node> Leaves => Items.SelectMany(i => i.Leaves);

    public override bool IsData => false;

    public override Value Select(Func<Node, Node> f) => new ListValue([.. Items.Select(i => i.Select(f))]);
}

/// <summary>Lists made and read.</summary>
internal sealed partial class Translator
{
    /// <summary>Whether a collection of a type is read as a list.</summary>
    private static bool IsList(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 }
        || type is INamedTypeSymbol { Arity: 1, Name: "ImmutableArray" or "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "IList" or "ICollection" or "List" }
            && type.ContainingNamespace.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Immutable";

    private ListValue List(ICollectionExpressionOperation n, Scope s) => new([.. n.Elements.SelectMany(element => element is ISpreadOperation spread
        ? Expression(spread.Operand, s) is ListValue list ? list.Items : throw new Rejected(Diagnostics.PlainArray, spread.Syntax)
        : [Expression(element, s)])]);

    /// <summary>new[] { .. }: an array of values; one to be filled later would be storage.</summary>
    private ListValue ArrayCreation(IArrayCreationOperation n, Scope s) =>
        n.Initializer is { } initializer && n.DimensionSizes.Length == 1
            ? new ListValue([.. initializer.ElementValues.Select(e => Expression(e, s))])
            : throw new Rejected(Diagnostics.PlainArray, n.Syntax);

    private Value ArrayElement(IArrayElementReferenceOperation n, Scope s) => Expression(n.ArrayReference, s) switch
    {
        ListValue list when n.Indices.Length == 1 => Item(list, Expression(n.Indices[0], s), n, s),
        PoisonValue => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.PlainArray, n.Syntax),
    };

    /// <summary>An item at a known place, or of equal items one at a computed place.</summary>
    private Value Item(ListValue list, Value index, IOperation at, Scope s)
    {
        var length = Ir.Dim.Constant(list.Items.Length);
        var place = index is IndexValue i ? Place(i, length) : Node(index, at);
        if (Simplify.AsDim(place)?.AsConstant is { } known)
        {
            CheckIndex(Ir.Dim.Constant(known), length, at.Syntax, s);
            return list.Items[(int)known];
        }
        var rows = Stack(list.Items, at) ?? throw new Rejected(Diagnostics.PlainArray, at.Syntax);
        return rows.Select(leaf => ((Data)Element(new Data(leaf), [new Data(place)], at, s)).Node);
    }

    /// <summary>Items of one structure and shape as one value whose leaves have a first axis more; null if they differ.</summary>
    private Value? Stack(ImmutableArray<Value> items, IOperation at)
    {
        if (items.IsEmpty || items.Any(item => !item.IsData)) return null;
        var leaves = items.Select(item => item.Leaves.ToList()).ToList();
        if (leaves.Any(row => row.Count != leaves[0].Count || row.Zip(leaves[0], (x, y) => x.Type.Equals(y.Type) && !x.Type.IsPlaced).Contains(false)))
            return null;
        var k = 0;
        return items[0].Select(leaf =>
        {
            var column = leaves.Select(row => (Graph.Reshape(row[k], [Ir.Dim.One, .. leaf.Type.Shape]), at)).ToList();
            k++;
            return Concatenate(column, leaf.Type.Element, leaf.Type.Rank + 1, at.Syntax);
        });
    }
}
