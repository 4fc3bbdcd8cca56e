using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Operators: on scalars, on arrays element by element, on structures leaf by leaf.</summary>
internal sealed partial class Translator
{
    private Value Binary(IBinaryOperation n, Scope s)
    {
        if (n.IsChecked && n.Type?.SpecialType == SpecialType.System_Int32 && IsExplicitlyChecked(n))
            throw new Rejected(Diagnostics.Checked, n.Syntax);
        if (n.OperatorMethod is { } declared && AsConstrained(declared, n.ConstrainedToType, s) is var method && IsUserSource(method) && !method.IsImplicitlyDeclared)
            return Call(method, [Expression(n.LeftOperand, s), Expression(n.RightOperand, s)], [n.LeftOperand, n.RightOperand], n.Syntax, s);
        if (n.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr) return ShortCircuit(n, s);
        var (left, right) = (Expression(n.LeftOperand, s), Expression(n.RightOperand, s));
        return Binary(n.OperatorKind, left, right, n.LeftOperand, n.RightOperand, n.Syntax);
    }

    private Value Binary(BinaryOperatorKind kind, Value left, Value right, IOperation atLeft, IOperation atRight, SyntaxNode at)
    {
        if (left is PoisonValue || right is PoisonValue) throw new Poisoned();
        if (AgainstNull(kind, left, right) is { } isNull) return isNull;
        if (SameText(kind, left, right) is { } isSame) return isSame;
        if (left is Parts && right is Parts && kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) return Same(kind, left.Leaves.Zip(right.Leaves, (x, y) => (x, y)), byEquals: true, at);
        var op = Operator(kind, left.Leaves.FirstOrDefault()?.Type.Element, at);
        if (left is Parts || right is Parts) return Leafwise(op, left, right, atLeft, atRight, at);
        var (a, b) = (Node(left, atLeft), Node(right, atRight));
        if (a.Type.Element == ElementType.Bool && op is not (ScalarOp.And or ScalarOp.Or or ScalarOp.Equal or ScalarOp.NotEqual))
            throw new Rejected(Diagnostics.Unsupported, at, $"The operator of '{Text(at)}' on {a.Type}");
        var (x, y) = Match(Token(kind), a, b, Text(atLeft), Text(atRight), at);
        if (!a.Type.IsScalar && kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) return Same(kind, [(x, y)], byEquals: true, at);
        return new Data(Graph.Apply(op, x, y));
    }

    /// <summary>Records as a vector space: floating leaves are computed with, other leaves keep the record's own value.</summary>
    private Value Leafwise(ScalarOp op, Value left, Value right, IOperation atLeft, IOperation atRight, SyntaxNode at)
    {
        if (op is not (ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Divide))
            throw new Rejected(Diagnostics.Unsupported, at, $"The operator of '{Text(at)}' on a record");
        if (left is Parts)
        {
            var other = right is Parts ? new Queue<Node>(right.Leaves) : null;
            return left.Select(x =>
            {
                var y = other?.Dequeue() ?? Node(right, atRight);
                return x.Type.IsDifferentiable ? Apply(x, other is null ? Graph.Cast(y, x.Type.Element) : y) : x;
            });
        }
        var scalar = Node(left, atLeft);
        return right.Select(y => y.Type.IsDifferentiable ? Apply(Graph.Cast(scalar, y.Type.Element), y) : y);

        Node Apply(Node x, Node y)
        {
            var (a, b) = Match(Token(op), x, y, Text(atLeft), Text(atRight), at);
            return Graph.Apply(op, a, b);
        }
    }

    private Value Unary(IUnaryOperation n, Scope s)
    {
        if (n.OperatorMethod is { } declared && AsConstrained(declared, n.ConstrainedToType, s) is var method && IsUserSource(method))
            return Call(method, [Expression(n.Operand, s)], [n.Operand], n.Syntax, s);
        if (n.OperatorKind == UnaryOperatorKind.Hat) return new IndexValue(Node(n.Operand, s), fromEnd: true);
        var value = Expression(n.Operand, s);
        return n.OperatorKind switch
        {
            UnaryOperatorKind.Plus => value,
            UnaryOperatorKind.Minus when value is Parts => value.Select(x => x.Type.IsDifferentiable ? Graph.Negate(x) : x),
            UnaryOperatorKind.Minus => new Data(Negate(Node(value, n.Operand))),
            UnaryOperatorKind.Not when Node(value, n.Operand) is { Type.Element: ElementType.Bool } x =>
                new Data(Graph.Apply(ScalarOp.Not, x)),
            UnaryOperatorKind.BitwiseNegation when Node(value, n.Operand) is { Type.Element: ElementType.Int32 } x =>
                new Data(Graph.Apply(ScalarOp.BitXor, x, Graph.Fill(-1, x))),
            _ => throw new Rejected(Diagnostics.Unsupported, n.Syntax, $"The operator of '{Text(n)}'"),
        };
    }

    /// <summary>Texts compared, which are known when the program is built; null if they are none, or are compared otherwise.</summary>
    private Data? SameText(BinaryOperatorKind kind, Value left, Value right) =>
        left is not TextValue { Text: { } a } || right is not TextValue { Text: { } b } || kind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) ? null
            : new Data(a == b == (kind == BinaryOperatorKind.Equals) ? True : False);

    private Node Negate(Node x) => x.Type.IsScalar && Simplify.AsDim(x) is { } dim ? Graph.Size(-dim) : Graph.Negate(x);

    /// <summary>C#'s operator over elements of a type: <c>&amp;</c>, <c>|</c> and <c>^</c> of bools are logic, of ints bits.</summary>
    private static ScalarOp Operator(BinaryOperatorKind kind, ElementType? element, SyntaxNode at) => kind switch
    {
        BinaryOperatorKind.And when element == ElementType.Int32 => ScalarOp.BitAnd,
        BinaryOperatorKind.Or when element == ElementType.Int32 => ScalarOp.BitOr,
        BinaryOperatorKind.ExclusiveOr when element == ElementType.Int32 => ScalarOp.BitXor,
        BinaryOperatorKind.ExclusiveOr when element == ElementType.Bool => ScalarOp.NotEqual,
        BinaryOperatorKind.LeftShift => ScalarOp.ShiftLeft,
        BinaryOperatorKind.RightShift => ScalarOp.ShiftRight,
        BinaryOperatorKind.UnsignedRightShift => ScalarOp.ShiftRightLogical,
        BinaryOperatorKind.Add => ScalarOp.Add,
        BinaryOperatorKind.Subtract => ScalarOp.Subtract,
        BinaryOperatorKind.Multiply => ScalarOp.Multiply,
        BinaryOperatorKind.Divide => ScalarOp.Divide,
        BinaryOperatorKind.Remainder => ScalarOp.Remainder,
        BinaryOperatorKind.LessThan => ScalarOp.Less,
        BinaryOperatorKind.LessThanOrEqual => ScalarOp.LessOrEqual,
        BinaryOperatorKind.GreaterThan => ScalarOp.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => ScalarOp.GreaterOrEqual,
        BinaryOperatorKind.Equals => ScalarOp.Equal,
        BinaryOperatorKind.NotEquals => ScalarOp.NotEqual,
        BinaryOperatorKind.And => ScalarOp.And,
        BinaryOperatorKind.Or => ScalarOp.Or,
        _ => throw new Rejected(Diagnostics.Unsupported, at, $"The operator of '{Text(at)}'"),
    };

    private static string Token(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        BinaryOperatorKind.And => "&",
        BinaryOperatorKind.Or => "|",
        BinaryOperatorKind.ExclusiveOr => "^",
        BinaryOperatorKind.LeftShift => "<<",
        BinaryOperatorKind.RightShift => ">>",
        BinaryOperatorKind.UnsignedRightShift => ">>>",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => kind.ToString(),
    };

    private static string Token(ScalarOp op) => op switch
    {
        ScalarOp.Add => "+",
        ScalarOp.Subtract => "-",
        ScalarOp.Multiply => "*",
        ScalarOp.Divide => "/",
        _ => op.ToString(),
    };

    /// <summary>Within the keyword, not by the project's setting: the generator cannot know whether overflow matters to a
    /// project.</summary>
    private static bool IsExplicitlyChecked(IOperation o) =>
        o.Syntax.Ancestors().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.CheckedExpressionSyntax>().Any();

    private bool IsUserSource(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(r => session.Compilation.ContainsSyntaxTree(r.SyntaxTree));
}
