using System.Collections.Immutable;
using System.Globalization;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Exceptions as generated code throws them: made anew, of constants, sizes and scalars.</summary>
internal sealed partial class Translator
{
    /// <summary>The numbers that an exception's text shows, and the details among them.</summary>
    private sealed class Holes
    {
        public List<Hole> All { get; } = [];

        public List<Node> Details { get; } = [];

        public string Add(Node node)
        {
            var size = node.Type.Element == ElementType.Int32 ? Simplify.AsDim(node) : null;
            if (size is null) Details.Add(node);
            All.Add(new Hole(node.Type.Element, size));
            return Refusal.Place(All.Count - 1);
        }
    }

    private (Refusal, ImmutableArray<Node>) RefusalOf(IThrowOperation n, Location at, Scope s)
    {
        var exception = n.Exception;
        while (exception is IConversionOperation conversion) exception = conversion.Operand;
        if (exception is not IObjectCreationOperation { Initializer: null } made || Reach.Of(made.Type!) == Accessibility.Private)
            throw new Rejected(Diagnostics.Exceptions, at, "A program throws what it makes in place: write 'throw new' with a type that is not private");
        var holes = new Holes();
        var arguments = made.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => Spelled(a.Value, holes, at, s)).ToList();
        var statement = $"throw new {made.Type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}({string.Join(", ", arguments)});";
        return Refused(statement, Reach.Of(made.Type!) == Accessibility.Public ? statement
            : $"throw new global::System.InvalidOperationException({SymbolDisplay.FormatLiteral(made.Type!.Name, quote: true)});", holes, at);
    }

    private static (Refusal, ImmutableArray<Node>) Refused(string statement, string exposed, Holes holes, Location at) => holes.Details.Count <= MostDetails
        ? (new Refusal(statement, holes.All.ToEquatable(), exposed), [.. holes.Details])
        : throw new Rejected(Diagnostics.Exceptions, at, $"The text of an exception may show at most {MostDetails} numbers beside sizes");

    /// <summary>An argument of an exception as generated code writes it.</summary>
    private string Spelled(IOperation o, Holes holes, Location at, Scope s)
    {
        if (o.ConstantValue is { HasValue: true, Value: var value }) return Literal(value, o.Type);
        switch (o)
        {
            case IConversionOperation { OperatorMethod: null } n:
                var inner = Spelled(n.Operand, holes, at, s);
                return n.IsImplicit ? inner : $"(({n.Type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}){inner})";
            case IInterpolatedStringOperation n:
                return $"$\"{string.Concat(n.Parts.Select(part => Part(part)))}\"";
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } n:
                return $"{Spelled(n.LeftOperand, holes, at, s)} + {Spelled(n.RightOperand, holes, at, s)}";
            case var _ when o.Type is { } type && CSharpTypes.Element(CSharpTypes.Resolve(type, s.Types)) is not null:
                return holes.Add(Node(o, s));
            default:
                throw new Rejected(Diagnostics.Exceptions, at, $"'{Text(o)}' cannot be an argument of an exception here; write constants, sizes, scalars and texts with these in them");
        }

        string Part(IInterpolatedStringContentOperation part) => part switch
        {
            IInterpolatedStringTextOperation text => Inside(text.Text.ConstantValue.Value as string ?? "").Replace("{", "{{").Replace("}", "}}"),
            IInterpolationOperation n => "{" + Spelled(n.Expression, holes, at, s) + (n.Alignment is { ConstantValue.Value: int width } ? $",{width.ToString(CultureInfo.InvariantCulture)}" : "")
                + (n.FormatString is { ConstantValue.Value: string format } ? ":" + Inside(format) : "") + "}",
            _ => throw new Rejected(Diagnostics.Exceptions, at, $"'{Text(part)}' cannot be a part of an exception's text"),
        };

        static string Inside(string text) => SymbolDisplay.FormatLiteral(text, quote: true) is var quoted ? quoted.Substring(1, quoted.Length - 2) : text;
    }

    private static string Literal(object? value, ITypeSymbol? type)
    {
        if (value is null) return "null";
        var text = SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) + value switch { float => "f", double => "d", _ => "" };
        return type is { TypeKind: TypeKind.Enum } ? $"({type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}){text}" : text;
    }

    /// <summary>The comparison by which a member of ArgumentOutOfRangeException throws; null if the method is none.</summary>
    private static ScalarOp? RefusalMember(IMethodSymbol method) =>
        method.ContainingType is { Name: nameof(ArgumentOutOfRangeException), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } } ? method.Name switch
        {
            "ThrowIfZero" or "ThrowIfEqual" => ScalarOp.Equal,
            "ThrowIfNegative" or "ThrowIfLessThan" => ScalarOp.Less,
            "ThrowIfNegativeOrZero" or "ThrowIfLessThanOrEqual" => ScalarOp.LessOrEqual,
            "ThrowIfNotEqual" => ScalarOp.NotEqual,
            "ThrowIfGreaterThan" => ScalarOp.Greater,
            "ThrowIfGreaterThanOrEqual" => ScalarOp.GreaterOrEqual,
            _ => null,
        } : null;

    private void ThrowBy(ScalarOp comparison, IInvocationOperation n, Scope s)
    {
        var (holes, at, operands) = (new Holes(), n.Syntax.GetLocation(), new List<Node>());
        var spelled = new List<string>();
        foreach (var argument in n.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => a.Value))
        {
            if (argument.Type is { SpecialType: SpecialType.System_String } || argument.ConstantValue is { HasValue: true, Value: null })
            {
                spelled.Add(Spelled(argument, holes, at, s));
                continue;
            }
            operands.Add(Node(argument, s));
            spelled.Add(holes.Add(operands[operands.Count - 1]));
        }
        var (x, isAlone) = (operands[0], operands.Count == 1);
        var y = isAlone ? Graph.Const(0, x.Type.Element) : operands[1];
        var fails = Graph.Apply(comparison, x, y);
        if (x.Type.IsDifferentiable && Unordered() is { } also) fails = Graph.Apply(ScalarOp.Or, fails, also);
        var statement = $"{n.TargetMethod.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{n.TargetMethod.Name}({string.Join(", ", spelled)});";
        ThrowIf(fails, Refused(statement, statement, holes, at), at, s);

        // As .NET compares: NaN equals itself and is less than every number; signs alone make -0 and .NET's own NaN negative (of another NaN, whose
        // sign only the run can tell, the member does not throw after all).
        Node? Unordered()
        {
            var (isX, isY) = (Graph.Apply(ScalarOp.NotEqual, x, x), Graph.Apply(ScalarOp.NotEqual, y, y));
            return (comparison, isAlone) switch
            {
                (ScalarOp.Less, true) => Graph.Apply(ScalarOp.Or, isX, Graph.Apply(ScalarOp.Less, Graph.One(x) / x, y)),
                (ScalarOp.LessOrEqual, true) => isX,
                (_, true) => null,
                (ScalarOp.Equal, _) => Graph.Apply(ScalarOp.And, isX, isY),
                (ScalarOp.Less, _) => Graph.Apply(ScalarOp.And, isX, Graph.Apply(ScalarOp.Not, isY)),
                (ScalarOp.Greater, _) => Graph.Apply(ScalarOp.And, isY, Graph.Apply(ScalarOp.Not, isX)),
                (ScalarOp.LessOrEqual, _) => isX,
                (ScalarOp.GreaterOrEqual, _) => isY,
                _ => null,
            };
        }
    }
}
