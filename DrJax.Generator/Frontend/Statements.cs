using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Statements in order; what follows one that may leave runs where it has not left.</summary>
internal sealed partial class Translator
{
    private Node True => field ??= Graph.Const(1, ElementType.Bool);

    private Node False => field ??= Graph.Const(0, ElementType.Bool);

    /// <summary>The value that a method's, lambda's or local function's body returns.</summary>
    private Value Body(IBlockOperation body, IMethodSymbol function, Scope s)
    {
        var inside = s.Inside(s.Region, exits: Exits.OfBody(function));
        inside.Declare(inside.Exits.Returned, new Data(False));
        inside.Declare(inside.Exits.Result, null);
        DeclareThrown(inside);
        Run([body], inside);
        s.Thrown = ThrownIn(inside);
        return inside.Find(inside.Exits.Result) ?? (function.ReturnsVoid ? Parts.Tuple() : throw new Poisoned());
    }

    /// <summary>Runs statements until one certainly leaves. All flags of the scope are false when it begins.</summary>
    private void Run(ImmutableStack<IOperation> rest, Scope s)
    {
        while (!rest.IsEmpty)
        {
            rest = rest.Pop(out var statement);
            session.Cancellation.ThrowIfCancellationRequested();
            try
            {
                RefuseModes(statement);
                switch (statement)
                {
                    case IBlockOperation block:
                        foreach (var local in block.Operations.OfType<ILocalFunctionOperation>())
                            if (local.Body is not null)
                                s.Declare(local.Symbol, new FunctionValue(local.Symbol, local.Body, s, local.Syntax));
                        rest = Pushed(block.Operations, rest);
                        continue;
                    case ILabeledOperation n:
                        if (n.Operation is not null) rest = rest.Push(n.Operation);
                        continue;
                    case IReturnOperation { Kind: OperationKind.Return } n:
                        Return(n, s);
                        return;
                    case IBranchOperation n:
                        s.TryAssign(s.Exits.Find(n.Target) ?? throw Unsupported(n), new Data(True));
                        return;
                    case IThrowOperation n:
                        Throw(n, s);
                        return;
                    case IExpressionStatementOperation { Operation: IThrowOperation n }:
                        Throw(n, s);
                        return;
                    case IConditionalOperation n when ThrowOf(n.WhenTrue) is { } thrown:
                        ThrowIf(Condition(n.Condition, s), thrown, s);
                        if (n.WhenFalse is { } otherwise) rest = rest.Push(otherwise);
                        continue;
                    case IConditionalOperation n when Leaves(n) && !(CanComplete(n.WhenTrue) && CanComplete(n.WhenFalse)):
                        LeavingIf(n, rest, s);
                        return;
                    case ISwitchOperation n:
                        if (Switch(n, rest, s)) return;
                        break;
                    default:
                        Statement(statement, s);
                        break;
                }
            }
            catch (Rejected rejected)
            {
                session.Report(rejected.Diagnostic);
                Poison(statement, s);
            }
            catch (Poisoned)
            {
                Poison(statement, s);
            }
            if (Left(s) is null) continue;
            Continue(rest, statement, s);
            return;
        }
    }

    private static ImmutableStack<IOperation> Pushed(ImmutableArray<IOperation> statements, ImmutableStack<IOperation> rest) =>
        statements.Reverse().Aggregate(rest, (stack, operation) => stack.Push(operation));

    /// <summary>Whether control has left the statements of a scope: null if certainly not.</summary>
    private Node? Left(Scope s)
    {
        Node? left = null;
        foreach (var flag in s.Exits.Flags)
        {
            if (s.Find(flag) is not Data { Node: var taken } || taken is Const { Value: 0 }) continue;
            if (taken is Const) return taken;
            left = left is null ? taken : Graph.Apply(Ops.ScalarOp.Or, left, taken);
        }
        return left;
    }

    /// <summary>Runs what follows a statement, where control has not left.</summary>
    private void Continue(ImmutableStack<IOperation> rest, IOperation after, Scope s)
    {
        if (!rest.IsEmpty) Continue(inside => Run(rest, inside), AssignedBy(rest), after, s);
    }

    private void Continue(Action<Scope> rest, IEnumerable<ISymbol> assigned, IOperation after, Scope s)
    {
        var left = Left(s);
        if (left is null) rest(s);
        if (left is null or Const) return;
        var flags = s.Exits.Flags.Where(flag => s.Find(flag) is Data { Node: not Const }).ToList();
        Choose(left, gone =>
        {
            if (flags.Count == 1) gone.TryAssign(flags[0], new Data(True));
        }, on =>
        {
            foreach (var flag in flags) on.TryAssign(flag, new Data(False));
            rest(on);
        }, assigned, after, s);
    }

    private void Return(IReturnOperation n, Scope s)
    {
        if (n.ReturnedValue is { } given && ThrowOf(given) is { } thrown)
        {
            Throw(thrown, s);
            return;
        }
        var result = n.ReturnedValue is { } value ? Guarded(() => Expression(value, s)) : Parts.Tuple();
        s.TryAssign(s.Exits.Returned, new Data(True));
        s.TryAssign(s.Exits.Result, result);
    }

    /// <summary>A value, or poison after a report.</summary>
    private Value Guarded(Func<Value> value)
    {
        try
        {
            return value();
        }
        catch (Rejected rejected)
        {
            session.Report(rejected.Diagnostic);
            return PoisonValue.Instance;
        }
        catch (Poisoned)
        {
            return PoisonValue.Instance;
        }
    }

    private void Statement(IOperation o, Scope s)
    {
        switch (o)
        {
            case IVariableDeclarationGroupOperation n:
                if (n.Parent is IUsingDeclarationOperation) throw Unsupported(n.Parent);
                foreach (var declarator in n.Declarations.SelectMany(d => d.Declarators)) Declare(declarator, s);
                break;
            case IExpressionStatementOperation n:
                Expression(n.Operation, s);
                break;
            case IConditionalOperation n:
                If(n, s);
                break;
            case IForLoopOperation n:
                For(n, s);
                break;
            case IWhileLoopOperation { IgnoredCondition: null, Condition: { } condition } n when !n.ConditionIsUntil:
                Iterate(new LoopForm(n, null, IsTrue(condition) ? [] : [.. Conjuncts(condition)], n.ConditionIsTop, []), s);
                break;
            case IForEachLoopOperation n:
                ForEach(n, s);
                break;
            case ILocalFunctionOperation or IEmptyOperation:
                break;
            default:
                throw Unsupported(o);
        }
    }

    private void Declare(IVariableDeclaratorOperation n, Scope s)
    {
        if (n.Symbol.RefKind != RefKind.None) throw new Rejected(Diagnostics.Reference, n.Syntax, "ref");
        // A constant is known where it is used, a text in an exception too.
        if (n.Symbol.IsConst) return;
        s.Declare(n.Symbol, n.GetVariableInitializer() is { } initializer ? Held(n.Symbol, Expression(initializer.Value, s), n) : null);
    }

    /// <summary>Whatever a rejected statement would have assigned is unusable, without another word.</summary>
    private static void Poison(IOperation statement, Scope s)
    {
        foreach (var symbol in Declared(statement)) s.Declare(symbol, PoisonValue.Instance);
        foreach (var symbol in Assigned(statement)) s.TryAssign(symbol, PoisonValue.Instance);
    }
}
