using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Conversions, and the values that types have by default.</summary>
internal sealed partial class Translator
{
    private Value Conversion(IConversionOperation n, Scope s)
    {
        var to = CSharpTypes.Resolve(n.Type!, s.Types);
        if (n.OperatorMethod is { } declared)
        {
            var method = AsConstrained(declared, n.ConstrainedToType, s);
            if (IsUserSource(method)) return Call(method, [Expression(n.Operand, s)], [n.Operand], n.Syntax, s);
            return ByMember(n, to, s);
        }
        if (n.Operand is ICollectionExpressionOperation collection) return Collection(collection, s);
        if (to.TypeKind == TypeKind.Dynamic) throw new Rejected(Diagnostics.Dynamic, n.Syntax);
        var value = Expression(n.Operand, s);
        if (n.GetConversion().IsIdentity || value is NullValue) return value;
        return Converted(value, Underlying(to) ?? to, n);
    }

    /// <summary>Conversions that System.Index, System.Range and DrJax declare.</summary>
    private Value ByMember(IConversionOperation n, ITypeSymbol to, Scope s)
    {
        if (to.Name == "Index") return new IndexValue(Node(n.Operand, s), fromEnd: false);
        var value = Expression(n.Operand, s);
        if (value is ListValue or ArrayValue) value = new Data(AsArray(value, n.Operand));
        return CSharpTypes.Array(to) is { } array ? new Data(Graph.Cast(Node(value, n.Operand), array.Element))
            : throw (CSharpTypes.Structure(to) is null ? NoType(to, n.Syntax) : NoSource(n.OperatorMethod!, n.Syntax));
    }

    private Value Converted(Value value, ITypeSymbol to, IConversionOperation n)
    {
        switch (value)
        {
            // What Vmap takes: any array as the batch of its items.
            case Data when to is INamedTypeSymbol { Name: "IBatch", Arity: 1 } && CSharpTypes.IsDrJax(to):
                return value;
            case Data data when CSharpTypes.Element(to) is { } element && element != ElementType.Bool:
                if (n.IsChecked && n.Syntax.Ancestors().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.CheckedExpressionSyntax>().Any())
                    throw new Rejected(Diagnostics.Checked, n.Syntax);
                return new Data(Graph.Cast(data.Node, element));
            case Data when CSharpTypes.IsAnyArray(to):
                return value;
            case Parts parts when CSharpTypes.Fields(to) is { } fields && fields.Length == parts.Fields.Length:
                return new Parts([.. parts.Fields.Select((f, i) => (f.Name, Converted(f.Value, fields[i].Type, n)))], parts.IsTuple);
            case ArrayValue { Items: Data } when to.Name is "ReadOnlySpan":
                return new Data(AsArray(value, n.Operand));
            case FunctionValue or ListValue or ArrayValue or TextValue:
                return value;
            case PoisonValue:
                throw new Poisoned();
            default:
                return CSharpTypes.Structure(to) is null
                    ? throw NoType(to, n.Syntax)
                    : value;
        }
    }

    public static Rejected NoType(ITypeSymbol type, SyntaxNode at) => new(Diagnostics.Type, at, type.ToDisplayString(), Cures.Of(type));

    private Value Default(ITypeSymbol type, IOperation at)
    {
        if (CSharpTypes.Array(type) is { } array) return new Data(Graph.Zero(ValueType.Array(array.Element, [.. Enumerable.Repeat(Ir.Dim.Zero, array.Rank)])));
        if (CSharpTypes.Fields(type) is not { } fields) throw NoType(type, at.Syntax);
        return new Parts([.. fields.Select(f => (f.Name, Default(f.Type, at)))], type.IsTupleType);
    }

    /// <summary>A collection expression of a vector (elements and spreads) or of a matrix (rows).</summary>
    private Value Collection(ICollectionExpressionOperation n, Scope s)
    {
        var type = CSharpTypes.Resolve(n.Type!, s.Types);
        if (IsList(type)) return List(n, s);
        // The elements of Vec(a, b) arrive as a span.
        if (type is INamedTypeSymbol { Name: "ReadOnlySpan", Arity: 1 } span && CSharpTypes.Element(span.TypeArguments[0]) is { } spanned)
            return Pieces(n, spanned, 1, s);
        if (CSharpTypes.Array(type) is not { Rank: > 0 } array)
            throw type is IArrayTypeSymbol ? new Rejected(Diagnostics.PlainArray, n.Syntax)
                : NoType(type, n.Syntax);
        return Pieces(n, array.Element, array.Rank, s);
    }

    private Data Pieces(ICollectionExpressionOperation n, ElementType type, int rank, Scope s)
    {
        var pieces = new List<(Node Node, IOperation At)>();
        foreach (var element in n.Elements)
        {
            if (element is ISpreadOperation spread)
            {
                var spreading = Expression(spread.Operand, s);
                pieces.Add((spreading is ListValue or ArrayValue ? AsArray(spreading, spread.Operand) : Node(spreading, spread.Operand), spread.Operand));
                continue;
            }
            var item = Graph.Cast(Node(element, s), type);
            pieces.Add((Graph.Reshape(item, [Ir.Dim.One, .. item.Type.Shape]), element));
        }
        return new Data(Concatenate(pieces, type, rank, n.Syntax));
    }

    /// <summary>Pieces of equal trailing shape one after the other.</summary>
    private Node Concatenate(List<(Node Node, IOperation At)> pieces, ElementType element, int rank, SyntaxNode at)
    {
        if (pieces.Count == 0) return Graph.Zero(ValueType.Array(element, [.. Enumerable.Repeat(Ir.Dim.Zero, rank)]));
        var (first, atFirst) = pieces[0];
        foreach (var (piece, atPiece) in pieces.Skip(1))
            for (var axis = 1; axis < rank; axis++)
                Equate("[..]", new Side(first, axis, Text(atFirst)), new Side(piece, axis, Text(atPiece)), at);
        return Graph.Concat(pieces.Select(p => p.Node), 0);
    }
}
