using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Nullable types: whether a value is null is known when the program is built, as of an optional argument that is left out.</summary>
internal sealed partial class Translator
{
    private static bool IsNull(IOperation o) => o.ConstantValue is { HasValue: true, Value: null } || o is IConversionOperation n && IsNull(n.Operand)
        || o is IDefaultValueOperation { Type: { } type } && (type.IsReferenceType || Underlying(type) is not null);

    /// <summary>What a nullable value type is of.</summary>
    private static ITypeSymbol? Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    private Value Coalesce(ICoalesceOperation n, Scope s) => Expression(n.Value, s) is var value && value is NullValue ? Expression(n.WhenNull, s) : value;

    private Value CoalesceAssignment(ICoalesceAssignmentOperation n, Scope s) =>
        Expression(n.Target, s) is var value && value is NullValue ? Assign(n.Target, Expression(n.Value, s), n, s) : value;

    /// <summary>a?.B is null where a is, else a.B: inside, the value asked is a.</summary>
    private Value ConditionalAccess(IConditionalAccessOperation n, Scope s)
    {
        var value = Expression(n.Operation, s);
        if (value is NullValue) return value;
        var inside = s.Inside(s.Region);
        inside.Declare(Asked, value);
        return Expression(n.WhenNotNull, inside);
    }

    private static readonly Signal Asked = new("value");

    /// <summary>x == null, x is null and the like; null if neither side is.</summary>
    private Data? AgainstNull(BinaryOperatorKind kind, Value left, Value right) =>
        kind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) || left is not NullValue && right is not NullValue ? null
            : new Data(left is NullValue == right is NullValue == (kind == BinaryOperatorKind.Equals) ? True : False);

    /// <summary>HasValue, Value and GetValueOrDefault of a nullable value type; null for another member.</summary>
    private Value? OfNullable(string member, Value owner, ITypeSymbol type, IOperation at) => Underlying(type) is not { } underlying ? null : (member, owner) switch
    {
        ("HasValue", _) => new Data(owner is NullValue ? False : True),
        ("Value", NullValue) => throw new Rejected(Diagnostics.Null, at.Syntax, Text(at)),
        ("GetValueOrDefault", NullValue) => Default(underlying, at),
        ("Value" or "GetValueOrDefault", _) => owner,
        _ => null,
    };
}
