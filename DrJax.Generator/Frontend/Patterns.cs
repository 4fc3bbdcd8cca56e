using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Patterns as conditions on scalars: constants, comparisons, and, or, not, positions and properties of tuples and records.</summary>
internal sealed partial class Translator
{
    private Value IsPattern(IIsPatternOperation n, Scope s) => new Data(Matches(n.Pattern, Expression(n.Value, s), s));

    /// <summary>Whether a value has a pattern; locals that the pattern names are declared.</summary>
    private Node Matches(IPatternOperation pattern, Value value, Scope s)
    {
        if (value is PoisonValue) throw new Poisoned();
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return True;
            case IConstantPatternOperation n when IsNull(n.Value):
                return value is NullValue ? True : False;
            case IDeclarationPatternOperation or IRecursivePatternOperation or IConstantPatternOperation when value is NullValue:
                return False;
            case IConstantPatternOperation n:
                return Compared(BinaryOperatorKind.Equals, value, n.Value, n, s);
            case IRelationalPatternOperation n:
                return Compared(n.OperatorKind, value, n.Value, n, s);
            case INegatedPatternOperation n:
                return Graph.Apply(ScalarOp.Not, Matches(n.Pattern, value, s));
            case IBinaryPatternOperation n:
                return Combined(n.OperatorKind == BinaryOperatorKind.And, Matches(n.LeftPattern, value, s), Matches(n.RightPattern, value, s));
            case IDeclarationPatternOperation { DeclaredSymbol: var symbol } n when IsOfOwnType(n.MatchedType, n.InputType, s):
                if (symbol is not null) s.Declare(symbol, value);
                return True;
            case IRecursivePatternOperation n when IsOfOwnType(n.MatchedType, n.InputType, s):
                if (n.DeclaredSymbol is { } whole) s.Declare(whole, value);
                return MatchesParts(n, value, s);
            default:
                throw new Rejected(Diagnostics.Null, pattern.Syntax, Text(pattern));
        }
    }

    private static bool IsOfOwnType(ITypeSymbol? matched, ITypeSymbol input, Scope s) => matched is null
        || SymbolEqualityComparer.Default.Equals(CSharpTypes.Resolve(matched, s.Types), CSharpTypes.Resolve(Underlying(input) ?? input, s.Types));

    private Node MatchesParts(IRecursivePatternOperation n, Value value, Scope s)
    {
        var holds = True;
        if (!n.DeconstructionSubpatterns.IsEmpty)
        {
            if (value is not Parts parts || parts.Fields.Length != n.DeconstructionSubpatterns.Length)
                throw new Rejected(Diagnostics.Null, n.Syntax, Text(n));
            foreach (var (field, pattern) in parts.Fields.Zip(n.DeconstructionSubpatterns, (f, p) => (f.Value, p)))
                holds = Combined(true, holds, Matches(pattern, field, s));
        }
        foreach (var property in n.PropertySubpatterns)
        {
            var name = property.Member switch
            {
                IFieldReferenceOperation f => (f.Field.CorrespondingTupleField ?? f.Field).Name,
                IPropertyReferenceOperation p => p.Property.Name,
                _ => "",
            };
            var member = MemberOf(value, name)
                ?? (property.Member is IPropertyReferenceOperation { Property.GetMethod: { } getter } ? CallOfMember(getter, n.NarrowedType, value, [], property.Syntax, s) : null)
                ?? throw new Rejected(Diagnostics.Null, property.Syntax, Text(property));
            holds = Combined(true, holds, Matches(property.Pattern, member, s));
        }
        return holds;
    }

    private Node Compared(BinaryOperatorKind kind, Value value, IOperation with, IOperation at, Scope s)
    {
        if (value is TextValue && SameText(kind, value, Expression(with, s)) is { } isSame) return isSame.Node;
        if (value is not Data { Node: { Type.IsScalar: true } x }) throw new Rejected(Diagnostics.Null, at.Syntax, Text(at));
        var y = Graph.Cast(Node(with, s), x.Type.Element);
        // The constant pattern NaN means that it is one, though NaN equals nothing.
        if (kind == BinaryOperatorKind.Equals && y is Const { Value: double.NaN }) return Graph.Apply(ScalarOp.NotEqual, x, x);
        return Graph.Apply(Operator(kind, x.Type.Element, at.Syntax), x, y);
    }

    private Node Combined(bool isAnd, Node a, Node b) => (a, b) switch
    {
        (Const { Value: var x }, _) => (x != 0) == isAnd ? b : a,
        (_, Const { Value: var y }) => (y != 0) == isAnd ? a : b,
        _ => Graph.Apply(isAnd ? ScalarOp.And : ScalarOp.Or, a, b),
    };
}
