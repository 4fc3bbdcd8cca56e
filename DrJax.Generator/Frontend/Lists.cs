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

    private Value List(ICollectionExpressionOperation n, Scope s)
    {
        var elements = n.Elements.Select(element => (At: element, Value: Expression(element is ISpreadOperation spread ? spread.Operand : element, s))).ToList();
        if (elements.Any(e => e.Value is PoisonValue)) throw new Poisoned();
        if (!elements.Any(e => e.At is ISpreadOperation && e.Value is not ListValue))
            return new ListValue([.. elements.SelectMany(e => e.At is ISpreadOperation ? ((ListValue)e.Value).Items : [e.Value])]);
        // What is spread has a length of its own.
        var pieces = elements.Select(e => e.At is not ISpreadOperation ? Stack([e.Value])
            : e.Value is ListValue list ? Stack(list.Items)
            : e.Value is ArrayValue { Length: null, Rank: 1 } array ? array.Items
            : e.Value is Data { Node.Type.Rank: 1 } ? e.Value : null).ToList();
        if (pieces.Contains(null)) throw new Rejected(Diagnostics.PlainArray, n.Syntax);
        var leaves = pieces.Select(p => p!.Leaves.ToList()).ToList();
        var k = 0;
        return new ArrayValue(pieces[0]!.Select(leaf =>
        {
            var column = leaves.Select((row, i) => (row[k], elements[i].At)).ToList();
            k++;
            return Concatenate(column, leaf.Type.Element, leaf.Type.Rank, n.Syntax);
        }), 1);
    }

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
        if (Rows(list) is { } table)
            return new ArrayValue(table.Items.Select(At), 1, table.Length is { } lengths ? At(lengths) : null);
        var rows = Stack(list.Items) ?? throw new Rejected(Diagnostics.PlainArray, at.Syntax);
        return rows.Select(At);

        Node At(Node leaf) => ((Data)Element(new Data(leaf), [new Data(place)], at, s)).Node;
    }

    /// <summary>A list of lists as one value, the rows filled up to the longest, and the rows' own lengths, if they differ; null if it is none.</summary>
    private ArrayValue? Rows(ListValue list)
    {
        if (list.Items.Any(row => row is not ListValue)) return null;
        var rows = list.Items.Select(row => ((ListValue)row).Items).ToList();
        if (rows.FirstOrDefault(row => row is [{ IsData: true }, ..]) is not { IsDefault: false } some) return null;
        var longest = rows.Max(row => row.Length);
        var filled = rows.Select(row => Stack([.. row, .. Enumerable.Repeat(some[0].Select(DerivativeProgram.Zero), longest - row.Length)])).ToList();
        if (filled.Contains(null) || Stack([.. filled.Select(row => row!)]) is not { } table) return null;
        return new ArrayValue(table, 2, rows.All(row => row.Length == longest) ? null : ((Data)Stack([.. rows.Select(row => Int(row.Length))])!).Node);
    }

    /// <summary>Items of one structure and shape as one value whose leaves have a first axis more; null if they differ.</summary>
    private Value? Stack(ImmutableArray<Value> items)
    {
        if (items.IsEmpty || items.Any(item => !item.IsData)) return null;
        var leaves = items.Select(item => item.Leaves.ToList()).ToList();
        if (leaves.Any(row => row.Count != leaves[0].Count || row.Zip(leaves[0], (x, y) => x.Type.Equals(y.Type) && !x.Type.IsPlaced).Contains(false)))
            return null;
        var k = 0;
        return items[0].Select(leaf =>
        {
            var column = leaves.Select(row => Graph.Reshape(row[k], [Ir.Dim.One, .. leaf.Type.Shape])).ToList();
            k++;
            return Graph.Concat(column, 0);
        });
    }
}
