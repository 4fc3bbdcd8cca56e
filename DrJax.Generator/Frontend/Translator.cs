using System.Collections.Immutable;
using System.Globalization;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Reads bound C#: one switch over operations. A value belongs to the region of the scope it was read in.</summary>
internal sealed partial class Translator(Session session)
{
    public Graph Graph { get; } = session.Graph;

    public Value Expression(IOperation o, Scope s)
    {
        session.Cancellation.ThrowIfCancellationRequested();
        Warn(o, s);
        if (IsNull(o)) return NullValue.Instance;
        if (o.ConstantValue is { HasValue: true } constant && o is not IBinaryOperation { Type: null }) return Constant(o, constant.Value);
        return o switch
        {
            ILocalReferenceOperation n => Variable(n.Local, n, s),
            IParameterReferenceOperation n => Variable(n.Parameter, n, s),
            IFieldReferenceOperation n => Field(n, s),
            IPropertyReferenceOperation n => Property(n, s),
            IImplicitIndexerReferenceOperation n => Element(Expression(n.Instance, s), [Expression(n.Argument, s)], n, s),
            IInvocationOperation n => Invocation(n, s),
            IBinaryOperation n => Binary(n, s),
            ITupleBinaryOperation n => TupleEquality(n, s),
            IUnaryOperation n => Unary(n, s),
            IConversionOperation n => Conversion(n, s),
            IConditionalOperation n => Conditional(n, s),
            ITupleOperation n => Parts.Tuple([.. n.Elements.Select(e => Expression(e, s))]),
            IObjectCreationOperation n => Creation(n, s),
            IWithOperation n => With(n, s),
            IDelegateCreationOperation n => Expression(n.Target, s),
            IAnonymousFunctionOperation n => new FunctionValue(n.Symbol, n.Body, s, n.Syntax),
            IMethodReferenceOperation n => MethodGroup(n, s),
            IInstanceReferenceOperation n => OwnRecord(n, s),
            ICollectionExpressionOperation n => Collection(n, s),
            IArrayCreationOperation n => ArrayCreation(n, s),
            IArrayElementReferenceOperation n => ArrayElement(n, s),
            ICoalesceOperation n => Coalesce(n, s),
            ICoalesceAssignmentOperation n => CoalesceAssignment(n, s),
            IConditionalAccessOperation n => ConditionalAccess(n, s),
            IConditionalAccessInstanceOperation => s.Find(Asked)!,
            ISwitchExpressionOperation n => SwitchExpression(n, s),
            IIsPatternOperation n => IsPattern(n, s),
            IRangeOperation n => new RangeValue(Bound(n.LeftOperand, s), Bound(n.RightOperand, s)),
            IDefaultValueOperation n => Default(CSharpTypes.Resolve(n.Type!, s.Types), n),
            ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation } n => Place(n.Target, n, s) is var place ? place.Write(Expression(n.Value, s)) : throw new Poisoned(),
            ISimpleAssignmentOperation n => Assign(n.Target, Expression(n.Value, s), n, s),
            ICompoundAssignmentOperation n => CompoundAssignment(n, s),
            IIncrementOrDecrementOperation n => IncrementOrDecrement(n, s),
            IDeconstructionAssignmentOperation n => Deconstruct(n.Target, Expression(n.Value, s), n, s),
            IDeclarationExpressionOperation n => Expression(n.Expression, s),
            IInvalidOperation => throw new NotCSharp(),
            _ => throw Unsupported(o),
        };
    }

    /// <summary>The value of an expression that must be a scalar or array.</summary>
    private Node Node(IOperation o, Scope s) => Node(Expression(o, s), o);

    private static Node Node(Value value, IOperation at) => value switch
    {
        Data data => data.Node,
        PoisonValue => throw new Poisoned(),
        FunctionValue => throw new Rejected(Diagnostics.Closure, at.Syntax, "used as a number"),
        ArrayValue { Items: Data items, Length: null } => items.Node,
        ListValue or ArrayValue => throw new Rejected(Diagnostics.PlainArray, at.Syntax),
        NullValue => throw new Rejected(Diagnostics.Null, at.Syntax, Text(at)),
        TextValue => throw new Rejected(Diagnostics.Text, at.Syntax, "string"),
        _ => throw new Rejected(Diagnostics.Unsupported, at.Syntax, $"'{Text(at)}' as a number or array"),
    };

    private Value Constant(IOperation o, object? value)
    {
        return value switch
        {
            string text => new TextValue(text),
            int x => Int(x),
            float x => new Data(Graph.Const(x, ElementType.Float32)),
            double x => new Data(Graph.Const(x, ElementType.Float64)),
            bool x => new Data(Graph.Const(x ? 1 : 0, ElementType.Bool)),
            _ => throw new Rejected(Diagnostics.Text, o.Syntax, o.Type!.ToDisplayString()),
        };
    }

    private Data Int(int x) => new(Graph.Const(x, ElementType.Int32));

    private Data SizeOf(Dim dim) => new(Graph.Size(dim));

    private Value Variable(ISymbol symbol, IOperation at, Scope s)
    {
        try
        {
            return s.Find(symbol) switch
            {
                PoisonValue => throw new Poisoned(),
                { } value => Current(value, s),
                // A local function that captures nothing is known where a derivative of it is taken outside of programs.
                null when symbol is IMethodSymbol method && DeclarationOf(method, at) is { } local => new FunctionValue(local.Symbol, local.Body, s, local.Syntax),
                null => throw new Rejected(Diagnostics.Unsupported, at.Syntax, $"'{symbol.Name}', which has no value here,"),
            };
        }
        catch (PlacedCaptured)
        {
            throw new Rejected(Diagnostics.PlacedInMap, at.Syntax, symbol.Name);
        }
    }

    private Value MethodGroup(IMethodReferenceOperation n, Scope s)
    {
        if (n.Method.MethodKind == MethodKind.LocalFunction) return Variable(n.Method.OriginalDefinition, n, s);
        if (n.Instance is null || n.Method.IsStatic) return new FunctionValue(Resolve(n.Method, s), null, null, n.Syntax);
        var owner = Expression(n.Instance, s);
        if (MemberOf(Resolve(n.Method, s), n.Instance.Type!, owner, s) is not { } member) throw new Rejected(Diagnostics.Instance, n.Syntax, n.Method.Name);
        // The record is the one that was there when the delegate was made.
        var holder = s.Inside(s.Region);
        holder.Declare(This, owner);
        return new FunctionValue(member, null, holder, n.Syntax);
    }

    private static IMethodSymbol Resolve(IMethodSymbol method, Scope s) => !method.IsGenericMethod || s.Types.IsEmpty
        ? method
        : method.ConstructedFrom.Construct([.. method.TypeArguments.Select(t => CSharpTypes.Resolve(t, s.Types))]);

    /// <summary>The value that an int expression must have before the run.</summary>
    private Dim Dim(IOperation o, Scope s) => Dim(Expression(o, s), o);

    private static Dim Dim(Value value, IOperation o) =>
        Simplify.AsDim(Node(value, o)) ?? throw new Rejected(Diagnostics.UnknownSize, o.Syntax, $"'{Text(o)}'");

    /// <summary>The source of an expression, for messages.</summary>
    internal static string Text(IOperation o) => Text(o.Syntax);

    internal static string Text(SyntaxNode syntax)
    {
        if (syntax is ArgumentSyntax argument) syntax = argument.Expression;
        var text = string.Join(" ", syntax.ToString().Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 37) + "..";
    }

    /// <summary>The two commonest wrong numbers: a float literal in double arithmetic, and an int quotient that becomes floating.</summary>
    private void Warn(IOperation o, Scope s)
    {
        if (o is not IConversionOperation { Type: { } to } conversion
            || CSharpTypes.Element(CSharpTypes.Resolve(to, s.Types)) is not { } element) return;
        var from = conversion.Operand;
        if (element == ElementType.Float64 && from.Type?.SpecialType == SpecialType.System_Single && Literal(from) is { } text
            && double.TryParse(text.TrimEnd('f', 'F').Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var meant)
            && from.ConstantValue.Value is float value && (double)value != Math.Abs(meant) && (double)value != meant)
        {
            session.Report(new DiagnosticInfo(Diagnostics.WidenedLiteral.Id, LocationInfo.Of(from.Syntax),
                [text, ((double)value).ToString("R", CultureInfo.InvariantCulture), text.TrimEnd('f', 'F')]));
        }
        if (element is ElementType.Float32 or ElementType.Float64
            && from is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide, Type.SpecialType: SpecialType.System_Int32 } division
            && !(division.LeftOperand.ConstantValue.Value is int a && division.RightOperand.ConstantValue.Value is int b and not 0
                && a % b == 0))
        {
            session.Report(new DiagnosticInfo(Diagnostics.IntegerDivision.Id, LocationInfo.Of(division.Syntax), [to.ToDisplayString()]));
        }

        static string? Literal(IOperation operation) => operation is ILiteralOperation ? operation.Syntax.ToString() : null;
    }
}
