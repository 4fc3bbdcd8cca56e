using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Statements in order; what follows a conditional return belongs to the arm that does not return.</summary>
internal sealed partial class Translator
{
    /// <summary>The value that a method's, lambda's or local function's body returns.</summary>
    private Value Body(IBlockOperation body, Scope s) => Run([body], s) ?? throw new Poisoned();

    /// <summary>Runs statements until one returns; null if none does.</summary>
    private Value? Run(ImmutableStack<IOperation> rest, Scope s)
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
                        rest = block.Operations.Reverse().Aggregate(rest, (stack, operation) => stack.Push(operation));
                        break;
                    case ILabeledOperation n:
                        if (n.Operation is not null) rest = rest.Push(n.Operation);
                        break;
                    case IReturnOperation { Kind: OperationKind.Return } n:
                        return Returned(n, s);
                    case IConditionalOperation n when Own(n).Any(o => o is IReturnOperation { Kind: OperationKind.Return }):
                        return ReturningBranch(n, rest, s);
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
        }
        return null;
    }

    private Value Returned(IReturnOperation n, Scope s)
    {
        if (n.ReturnedValue is null) throw new Rejected(Diagnostics.Unsupported, n.Syntax, "A method without a result");
        try
        {
            return Expression(n.ReturnedValue, s);
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
            case ILocalFunctionOperation or IEmptyOperation:
                break;
            default:
                throw Unsupported(o);
        }
    }

    private void Declare(IVariableDeclaratorOperation n, Scope s)
    {
        if (n.Symbol.RefKind != RefKind.None) throw new Rejected(Diagnostics.Reference, n.Syntax, "ref");
        s.Declare(n.Symbol, n.GetVariableInitializer() is { } initializer ? Expression(initializer.Value, s) : null);
    }

    /// <summary>Whatever a rejected statement would have assigned is unusable, without another word.</summary>
    private static void Poison(IOperation statement, Scope s)
    {
        foreach (var symbol in Declared(statement)) s.Declare(symbol, PoisonValue.Instance);
        foreach (var symbol in Assigned(statement)) s.TryAssign(symbol, PoisonValue.Instance);
    }

    /// <summary>An operation and those below it that run with it: not the bodies of functions written there.</summary>
    private static IEnumerable<IOperation> Own(IOperation root)
    {
        var stack = new Stack<IOperation>([root]);
        while (stack.Count > 0)
        {
            var o = stack.Pop();
            yield return o;
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            foreach (var child in o.ChildOperations.Reverse()) stack.Push(child);
        }
    }

    private static IEnumerable<ISymbol> Declared(IOperation root) => Own(root).SelectMany(o => o switch
    {
        IVariableDeclaratorOperation n => [n.Symbol],
        IDeclarationExpressionOperation n => Own(n.Expression).OfType<ILocalReferenceOperation>().Select(l => (ISymbol)l.Local),
        _ => Enumerable.Empty<ISymbol>(),
    });

    /// <summary>The locals and parameters declared outside of an operation that it assigns, in the order of its text.</summary>
    private static List<ISymbol> Assigned(IOperation root)
    {
        var declared = new HashSet<ISymbol>(Declared(root), SymbolEqualityComparer.Default);
        return [.. Own(root).SelectMany(o => o switch
        {
            IAssignmentOperation n => Targets(n.Target),
            IIncrementOrDecrementOperation n => Targets(n.Target),
            _ => [],
        }).Where(symbol => !declared.Contains(symbol)).Distinct<ISymbol>(SymbolEqualityComparer.Default)];
    }

    private static IEnumerable<ISymbol> Targets(IOperation target) => target switch
    {
        ILocalReferenceOperation n => [n.Local],
        IParameterReferenceOperation n => [n.Parameter],
        IFieldReferenceOperation { Instance: { } instance } => Targets(instance),
        IPropertyReferenceOperation { Instance: { } instance } => Targets(instance),
        ITupleOperation n => n.Elements.SelectMany(Targets),
        _ => [],
    };
}
