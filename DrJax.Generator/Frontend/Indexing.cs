using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>x[i], m[i, j], x[a..b], x[^1], x[places], and With.</summary>
internal sealed partial class Translator
{
    private IndexValue? Bound(IOperation? o, Scope s) => o switch
    {
        null => null,
        IConversionOperation { OperatorMethod: { ContainingType.Name: "Index" } } n => new IndexValue(Node(n.Operand, s), fromEnd: false),
        _ => Expression(o, s) switch
        {
            IndexValue index => index,
            var value => new IndexValue(Node(value, o), fromEnd: false),
        },
    };

    /// <summary>An element, row, box or gather; leading axes are indexed, the others taken whole.</summary>
    private Value Element(Value array, ImmutableArray<Value> indices, IOperation at, Scope s)
    {
        if (array is PlacedValue) throw new Rejected(Diagnostics.Unsupported, at.Syntax, $"'{Text(at)}', one group of a placed value (Collect makes an array of all groups),");
        var x = Node(array, at);
        if (indices.Length == 1 && indices[0] is Data { Node: { Type.Rank: 1 } places }) return new Data(Graph.Gather(x, [places], [0]));
        var (starts, sizes, kept) = Box(x, indices, at.Syntax, s);
        var box = Graph.Slice(x, starts, sizes);
        return new Data(Graph.Reshape(box, kept.Select(axis => box.Type.Shape[axis])));
    }

    /// <summary>Starts and extents of the box that the indices name, and the axes that remain.</summary>
    private (ImmutableArray<Node> Starts, ImmutableArray<Dim> Sizes, ImmutableArray<int> Kept) Box(Node x, ImmutableArray<Value> indices,
        SyntaxNode at, Scope s)
    {
        var starts = ImmutableArray.CreateBuilder<Node>();
        var sizes = ImmutableArray.CreateBuilder<Dim>();
        var kept = ImmutableArray.CreateBuilder<int>();
        for (var axis = 0; axis < x.Type.Rank; axis++)
        {
            var length = x.Type.Shape[axis];
            if (axis >= indices.Length)
            {
                starts.Add(Graph.Const(0, ElementType.Int32));
                sizes.Add(length);
                kept.Add(axis);
            }
            else if (indices[axis] is RangeValue range)
            {
                var start = Place(range.Start ?? new IndexValue(Graph.Const(0, ElementType.Int32), fromEnd: false), length);
                var end = Place(range.End ?? new IndexValue(Graph.Const(0, ElementType.Int32), fromEnd: true), length);
                var extent = Affine.Difference(end, start)
                    ?? throw new Rejected(Diagnostics.UnknownSize, at, $"The extent of '{Text(at)}'");
                CheckRange(start, end, extent, length, at, s);
                RaggedSizes.Growing(extent, at);
                starts.Add(start);
                sizes.Add(extent);
                kept.Add(axis);
            }
            else
            {
                var index = indices[axis] is IndexValue i ? Place(i, length) : ((Data)indices[axis]).Node;
                if (Simplify.AsDim(index) is { } known) CheckIndex(known, length, at, s);
                // Where only the run tells which indices are reached, each is checked when it is.
                else if (s.Region.Runs is not null && session.Extents.TryGetValue(index, out var extent)) CheckExtent(extent, length, at, s);
                else if (s.Region.Runs is not null && Moved(index) is var (offset, over)) CheckFrom(offset, over, length, at, s);
                starts.Add(index);
                sizes.Add(Ir.Dim.One);
            }
        }
        return (starts.ToImmutable(), sizes.ToImmutable(), kept.ToImmutable());
    }

    /// <summary>Of an index that is one of an extent plus a size: these; null if it is none.</summary>
    private (Dim Offset, Dim Extent)? Moved(Node index)
    {
        if (index is not Apply { Op: Ops.ScalarOp.Add or Ops.ScalarOp.Subtract } sum) return null;
        var (a, b) = (sum.Operands[0], sum.Operands[1]);
        if (session.Extents.TryGetValue(a, out var extent) && Simplify.AsDim(b) is { } offset) return (sum.Op == Ops.ScalarOp.Add ? offset : -offset, extent);
        return sum.Op == Ops.ScalarOp.Add && session.Extents.TryGetValue(b, out extent) && Simplify.AsDim(a) is { } before ? (before, extent) : null;
    }

    private Node Place(IndexValue index, Dim length) => index.FromEnd ? Graph.Size(length) - index.Node : index.Node;

    private void CheckIndex(Dim index, Dim length, SyntaxNode at, Scope s)
    {
        var text = Text(at).Replace("{", "{{").Replace("}", "}}");
        var failure = OutsideAxis(place => ErrorTexts.Index(place(index), place(length)));
        AtMost(Ir.Dim.Zero, index, $"{text}: index {{1}} is negative", at, s, RequirementKind.InRange, failure);
        AtMost(index + Ir.Dim.One, length, $"{text}: the axis has length {{1}}, at least {{0}} is needed", at, s, RequirementKind.InRange, failure);
    }

    /// <summary>An index that runs over a whole extent is checked once, at its end.</summary>
    private void CheckExtent(Dim extent, Dim length, SyntaxNode at, Scope s) =>
        AtMost(extent, length, $"{Text(at).Replace("{", "{{").Replace("}", "}}")}: the index runs to {{0}}, the axis has length {{1}}", at, s,
            RequirementKind.InRange, OutsideAxis(place => ErrorTexts.Index(place(length), place(length))));

    /// <summary>One that runs over an extent from an offset is checked at both ends.</summary>
    private void CheckFrom(Dim offset, Dim extent, Dim length, SyntaxNode at, Scope s)
    {
        var text = Text(at).Replace("{", "{{").Replace("}", "}}");
        AtMost(Ir.Dim.Zero, offset, $"{text}: index {{1}} is negative", at, s, RequirementKind.InRange, OutsideAxis(place => ErrorTexts.Index(place(offset), place(length))));
        AtMost(offset + extent, length, $"{text}: the index runs to {{0}}, the axis has length {{1}}", at, s, RequirementKind.InRange,
            OutsideAxis(place => ErrorTexts.Index(place((length - offset).IsNonNegative ? length : Ir.Dim.Max(offset, length)), place(length))));
    }

    private void CheckRange(Node start, Node end, Dim extent, Dim length, SyntaxNode at, Scope s)
    {
        var text = Text(at).Replace("{", "{{").Replace("}", "}}");
        var (from, to) = (Simplify.AsDim(start), Simplify.AsDim(end));
        var failure = from is null || to is null ? null : OutOfRange(ErrorTexts.Start, place => ErrorTexts.Range(place(from), place(to), place(length)));
        AtMost(Ir.Dim.Zero, extent, $"{text}: the range has the negative length {{1}}", at, s, failure: failure);
        if (from is not null) AtMost(Ir.Dim.Zero, from, $"{text}: the range starts at {{1}}", at, s, failure: failure);
        if (to is not null) AtMost(to, length, $"{text}: the range ends at {{0}}, the axis has length {{1}}", at, s, failure: failure);
    }

    /// <summary>x.With(i, value), x.With(i, j, value): the array with an item replaced.</summary>
    private Data WithItem(Node x, ImmutableArray<Value> indices, Node value, string nameOfValue, string nameOfArray, SyntaxNode at, Scope s)
    {
        var (starts, sizes, kept) = Box(x, indices, at, s);
        var shapes = Failure(place => ErrorTexts.Shapes("With", Shape(kept.Select(axis => sizes[axis]), place), Shape(value.Type.Shape, place)));
        for (var axis = 0; axis < kept.Length; axis++)
        {
            var (size, side) = (sizes[kept[axis]], new Side(value, axis, nameOfValue));
            if (size == x.Type.Shape[kept[axis]]) Equate("With", new Side(x, kept[axis], nameOfArray), side, at, shapes);
            else Equate(size, side.Dim, $"With: the range has length {{0}}, {side.Words(1)}", at, shapes);
        }
        return new Data(Graph.Update(x, Graph.Reshape(value, sizes), starts, UpdateMode.Set));
    }
}
