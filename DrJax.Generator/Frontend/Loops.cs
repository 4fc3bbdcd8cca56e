using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Counted loops: the locals that the body assigns are carried from one iteration to the next.</summary>
internal sealed partial class Translator
{
    private void For(IForLoopOperation n, Scope s)
    {
        if (Own(n.Body).FirstOrDefault(o => o is IReturnOperation { Kind: OperationKind.Return }) is { } returns)
            throw Keyword(Diagnostics.ReturnInLoop, returns);
        if (Own(n.Body).FirstOrDefault(o => o is IBranchOperation) is { } jump) throw Unsupported(jump);
        var assigned = Assigned(n.Body);
        var (variable, start, step, count) = Header(n, assigned, s);
        if (assigned.Contains(variable, SymbolEqualityComparer.Default))
            throw new Rejected(Diagnostics.LoopVariable, AssignmentOf(variable, n.Body), variable.Name);

        var carried = assigned.Where(symbol => s.Find(symbol) is not null)
            .Select(symbol => (Symbol: symbol, Value: s.Find(symbol)!)).ToList();
        if (carried.Any(c => c.Value is PoisonValue)) throw new Poisoned();
        if (carried.FirstOrDefault(c => !c.Value.IsData).Symbol is { } closure)
            throw new Rejected(Diagnostics.Closure, AssignmentOf(closure, n.Body), "changed by a loop");

        var region = new Region(session, s.Region, s.Region.Placement);
        var body = s.Inside(region, assigned);
        var index = Graph.Param(variable.Name, ValueType.Scalar(ElementType.Int32));
        session.Extents[index] = count;
        body.Declare(variable,
            new Data(region.Import(start, s.Region, variable.Name) + region.Import(step, s.Region, variable.Name) * index));
        var parameters = new List<Param>();
        foreach (var (symbol, value) in carried)
        {
            body.Declare(symbol, value.Select(leaf =>
            {
                parameters.Add(Graph.Param(symbol.Name, leaf.Type));
                return parameters[parameters.Count - 1];
            }));
        }
        Run([n.Body], body);

        var after = carried.Select(c => (c.Symbol, Before: c.Value, After: body.Find(c.Symbol)!)).ToList();
        foreach (var (symbol, before, now) in after) Keeps(symbol, before, now, n);
        var initial = carried.SelectMany(c => c.Value.Leaves).ToList();
        var function = region.Close("loop", [index, .. parameters], after.SelectMany(c => c.After.Leaves));
        var results = initial.Count == 0 ? [] : Graph.Loop(count, reverse: false, function, initial, region.Operands);
        var next = 0;
        foreach (var (symbol, value) in carried) Assign(symbol, value.Select(_ => results[next++]), n, s);
    }

    /// <summary>The loop variable, its first value, its step and the number of iterations.</summary>
    private (ILocalSymbol Variable, Node Start, Node Step, Dim Count) Header(IForLoopOperation n, List<ISymbol> assigned, Scope s)
    {
        if (n.Before.Length != 1
            || n.Before[0] is not IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ } declarator] }] }
            || declarator.Symbol.Type.SpecialType != SpecialType.System_Int32 || declarator.GetVariableInitializer() is not { } initializer)
            throw NotCounted("it must declare one int variable with its first value");
        var variable = declarator.Symbol;
        if (n.Condition is not IBinaryOperation { OperatorMethod: null } condition)
            throw NotCounted("its condition must compare the variable by <, <=, > or >=");
        var flipped = IsVariable(condition.RightOperand);
        if (!flipped && !IsVariable(condition.LeftOperand)) throw NotCounted("its condition must compare the variable by <, <=, > or >=");
        var bound = flipped ? condition.LeftOperand : condition.RightOperand;
        if (Own(bound).OfType<ILocalReferenceOperation>().FirstOrDefault(l => CSharpTypes.Element(l.Type!) is not null
            && (IsVariable(l) || assigned.Contains(l.Local, SymbolEqualityComparer.Default))) is { } moving)
            throw new Rejected(Diagnostics.ForForm, moving.Syntax,
                $"'{moving.Local.Name}' changes while it runs; count to a size that does not");

        var start = Node(initializer.Value, s);
        var limit = Node(bound, s);
        var step = Step();
        var increasing = step.AsConstant is null or > 0;
        var (last, inclusive) = (condition.OperatorKind, flipped) switch
        {
            (BinaryOperatorKind.LessThan, false) or (BinaryOperatorKind.GreaterThan, true) when increasing =>
                (Affine.Difference(limit, start), 0),
            (BinaryOperatorKind.LessThanOrEqual, false) or (BinaryOperatorKind.GreaterThanOrEqual, true) when increasing =>
                (Affine.Difference(limit, start), 1),
            (BinaryOperatorKind.GreaterThan, false) or (BinaryOperatorKind.LessThan, true) when !increasing =>
                (Affine.Difference(start, limit), 0),
            (BinaryOperatorKind.GreaterThanOrEqual, false) or (BinaryOperatorKind.LessThanOrEqual, true) when !increasing =>
                (Affine.Difference(start, limit), 1),
            _ => throw NotCounted("its condition must compare the variable by <, <=, > or >=, in the direction of its step"),
        };
        var span = (last ?? throw new Rejected(Diagnostics.UnknownSize, bound.Syntax, $"The count of this loop, to '{Text(bound)}',"))
            + Ir.Dim.Constant(inclusive);
        if (!span.IsNonNegative) span = Ir.Dim.Max(Ir.Dim.Zero, span);
        var stride = increasing ? step : -step;
        if (stride.AsConstant is null)
            AtMost(Ir.Dim.One, stride, $"the step of a loop must be at least {{0}}, it is {{1}}", n.AtLoopBottom[0].Syntax, s);
        var count = stride.IsConstant(1) ? span : (span + stride - Ir.Dim.One) / stride;
        return (variable, start, Graph.Size(step), RaggedSizes.Growing(count, bound.Syntax));

        bool IsVariable(IOperation o) => o is ILocalReferenceOperation l && SymbolEqualityComparer.Default.Equals(l.Local, variable);

        Rejected NotCounted(string why) => Keyword(Diagnostics.ForForm, n, why);

        Dim Step()
        {
            if (n.AtLoopBottom is [IExpressionStatementOperation { Operation: var bottom }])
            {
                if (bottom is IIncrementOrDecrementOperation unary && IsVariable(unary.Target))
                    return Ir.Dim.Constant(unary.Kind == OperationKind.Increment ? 1 : -1);
                if (bottom is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } compound
                    && IsVariable(compound.Target))
                {
                    var amount = Dim(compound.Value, s);
                    if (!amount.IsConstant(0)) return compound.OperatorKind == BinaryOperatorKind.Add ? amount : -amount;
                }
            }
            throw NotCounted("it must end in ++, --, += or -= of its variable");
        }
    }

    private void Keeps(ISymbol symbol, Value before, Value after, IForLoopOperation n)
    {
        if (after is PoisonValue) throw new Poisoned();
        var (was, now) = (before.Leaves.ToList(), after.Leaves.ToList());
        if (was.Count != now.Count) throw Changes();
        for (var i = 0; i < was.Count; i++)
        {
            var (x, y) = (was[i].Type, now[i].Type);
            if (x.Rank != y.Rank || x.Element != y.Element || !x.Placements.Equals(y.Placements)) throw Changes();
            for (var axis = 0; axis < x.Rank; axis++)
            {
                if ((x.Shape[axis] - y.Shape[axis]).AsConstant is { } d && d != 0) throw Changes();
                Equate(x.Shape[axis], y.Shape[axis],
                    $"'{symbol.Name}' enters a loop with size {{0}} along axis {axis} and leaves an iteration with {{1}}", n.Syntax);
            }
        }

        Rejected Changes() => new(Diagnostics.CarriedShape, AssignmentOf(symbol, n.Body), symbol.Name, Describe(before), Describe(after));
    }

    private static SyntaxNode AssignmentOf(ISymbol symbol, IOperation body) => Own(body).First(o => o switch
    {
        IAssignmentOperation n => Targets(n.Target).Contains(symbol, SymbolEqualityComparer.Default),
        IIncrementOrDecrementOperation n => Targets(n.Target).Contains(symbol, SymbolEqualityComparer.Default),
        _ => false,
    }).Syntax;
}
