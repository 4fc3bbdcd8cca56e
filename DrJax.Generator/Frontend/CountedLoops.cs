using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>The headers of for loops: which of them count, and how far.</summary>
internal sealed partial class Translator
{
    private void For(IForLoopOperation n, Scope s)
    {
        Run(Pushed(n.Before, []), s);
        var moving = new HashSet<ISymbol>(AssignedBy([n.Body, .. n.AtLoopBottom, .. n.Condition is { } test ? [test] : Array.Empty<IOperation>()]),
            SymbolEqualityComparer.Default);
        ImmutableArray<IOperation> tests = IsTrue(n.Condition) ? [] : [.. Conjuncts(n.Condition!)];
        var uncounted = new LoopForm(n, null, tests, true, n.AtLoopBottom);
        if (tests.IsEmpty || Header(n, tests[0], moving, s) is not { } header)
        {
            Iterate(uncounted, s);
            return;
        }
        var (variable, start, step, count, stepping) = header;
        var form = new LoopForm(n, new Counter(variable.Name, count, (scope, index) => scope.Declare(variable, new Data(
            scope.Region.Import(start, s.Region, variable.Name) + scope.Region.Import(step, s.Region, variable.Name) * index))),
            tests.RemoveAt(0), true, n.AtLoopBottom.Remove(stepping));
        var isOwn = n.Before.SelectMany(Declared).Contains(variable, SymbolEqualityComparer.Default);
        // A variable that lives on has the value that it left the loop with.
        Iterate(isOwn || form.IsCounted ? form : uncounted, s);
        if (!isOwn && form.IsCounted) Assign(variable, new Data(start + step * Graph.Apply(ScalarOp.Max, count, Graph.Const(0, ElementType.Int32))), n, s);
    }

    /// <summary>The conditions of a &amp;&amp; b &amp;&amp; c, in order.</summary>
    private static IEnumerable<IOperation> Conjuncts(IOperation o) =>
        o is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } n
            ? Conjuncts(n.LeftOperand).Concat(Conjuncts(n.RightOperand)) : [o];

    /// <summary>A variable that a loop's bottom steps by a size from its first value to a bound that does not move; null if that is not how the
    /// loop goes on.</summary>
    private (ISymbol Variable, Node Start, Node Step, Node Count, IOperation Stepping)? Header(IForLoopOperation n, IOperation test,
        HashSet<ISymbol> moving, Scope s)
    {
        if (test is not IBinaryOperation { OperatorMethod: null } comparison
            || comparison.OperatorKind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual)
            || comparison.LeftOperand.Type?.SpecialType != SpecialType.System_Int32 || comparison.RightOperand.Type?.SpecialType != SpecialType.System_Int32)
            return null;
        var flipped = Stepped(comparison.LeftOperand) is null;
        var (counted, bound) = flipped ? (comparison.RightOperand, comparison.LeftOperand) : (comparison.LeftOperand, comparison.RightOperand);
        if (Stepped(counted) is not var (variable, stepping) || !IsStill(bound, moving)) return null;
        if (s.Find(variable) is not Data { Node: var start } || Step(stepping) is not { } step) return null;

        var increasing = (comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual) != flipped;
        var inclusive = comparison.OperatorKind is BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual;
        var stride = increasing ? step : -step;
        if (stride.AsConstant is <= 0) return null;
        var limit = Node(bound, s);
        if (stride.AsConstant is null)
            AtMost(Ir.Dim.One, stride, $"the step of a loop must be at least {{0}}, it is {{1}}", stepping.Syntax, s);
        var (from, to) = increasing ? (start, limit) : (limit, start);
        return (variable, start, Graph.Size(step), Count(from, to, inclusive ? 1 : 0, stride, bound.Syntax), stepping);

        // The variable behind one side of the comparison, and the only statement of the loop that assigns it.
        (ISymbol Variable, IOperation Stepping)? Stepped(IOperation side)
        {
            if (Owners(side) is not { } owners || side is not (ILocalReferenceOperation or IParameterReferenceOperation)) return null;
            var variable = owners.Single();
            var stepping = n.AtLoopBottom.Where(o => Assigned(o).Contains(variable, SymbolEqualityComparer.Default)).ToList();
            if (stepping.Count != 1 || AssignedBy([n.Body, n.Condition!]).Contains(variable, SymbolEqualityComparer.Default)) return null;
            // What else the bottom does might read the variable between two of its values.
            return n.AtLoopBottom.All(o => o == stepping[0] || !References(o, variable)) ? (variable, stepping[0]) : null;
        }

        Dim? Step(IOperation o)
        {
            if (o is not IExpressionStatementOperation { Operation: var operation }) return null;
            if (operation is IIncrementOrDecrementOperation) return Ir.Dim.Constant(operation.Kind == OperationKind.Increment ? 1 : -1);
            if (operation is not ICompoundAssignmentOperation
                { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, OperatorMethod: null, InConversion.IsIdentity: true } compound
                || !IsStill(compound.Value, moving)) return null;
            var amount = Simplify.AsDim(Node(compound.Value, s));
            return compound.OperatorKind == BinaryOperatorKind.Add ? amount : -amount!;
        }
    }

    /// <summary>How many values there are from one int to another in steps; none if they go the other way (a number known at run time may
    /// then be negative).</summary>
    private Node Count(Node from, Node to, int inclusive, Dim stride, SyntaxNode at)
    {
        if (Affine.Difference(to, from) is { } known)
        {
            var span = known + Ir.Dim.Constant(inclusive);
            if (!span.IsNonNegative) span = Ir.Dim.Max(Ir.Dim.Zero, span);
            return Graph.Size(RaggedSizes.Growing(stride.IsConstant(1) ? span : (span + stride - Ir.Dim.One) / stride, at));
        }
        var steps = to - from + Graph.Const(inclusive, ElementType.Int32);
        return stride.IsConstant(1) ? steps : (steps + Graph.Size(stride - Ir.Dim.One)) / Graph.Size(stride);
    }

    private static bool References(IOperation o, ISymbol variable) => Own(o).Any(x => x switch
    {
        ILocalReferenceOperation n => SymbolEqualityComparer.Default.Equals(n.Local, variable),
        IParameterReferenceOperation n => SymbolEqualityComparer.Default.Equals(n.Parameter, variable),
        _ => false,
    });

    /// <summary>Whether an expression has one value throughout a loop that assigns the locals given: it may ask for their sizes, which
    /// stay.</summary>
    private static bool IsStill(IOperation o, HashSet<ISymbol> moving) => Own(o).All(x => x switch
    {
        ILocalReferenceOperation n => !moving.Contains(n.Local) || IsOfSize(n),
        IParameterReferenceOperation n => !moving.Contains(n.Parameter) || IsOfSize(n),
        IInvocationOperation n => n.TargetMethod.MethodKind is not (MethodKind.LocalFunction or MethodKind.DelegateInvoke),
        IAssignmentOperation or IIncrementOrDecrementOperation => false,
        _ => true,
    });

    private static bool IsOfSize(IOperation o) => o.Parent switch
    {
        IPropertyReferenceOperation { Property.Name: "Length" or "Rows" or "Columns" or "Count" } => true,
        IInvocationOperation { TargetMethod.Name: "Dimension" } n => n.Instance == o,
        IPropertyReferenceOperation n => n.Instance == o && IsOfSize(n),
        IFieldReferenceOperation n => IsOfSize(n),
        _ => false,
    };
}
