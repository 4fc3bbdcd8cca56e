using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>What a statement's text tells before it is read: what it assigns, and where it may lead.</summary>
internal sealed partial class Translator
{
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
        IDeclarationPatternOperation { DeclaredSymbol: { } symbol } => [symbol],
        IRecursivePatternOperation { DeclaredSymbol: { } symbol } => [symbol],
        _ => Enumerable.Empty<ISymbol>(),
    });

    /// <summary>The locals and parameters declared outside of an operation that it assigns, in the order of its text.</summary>
    private static List<ISymbol> Assigned(IOperation root) => AssignedBy([root]);

    /// <summary>The locals and parameters declared outside of operations that they assign, in the order of their text.</summary>
    private static List<ISymbol> AssignedBy(IEnumerable<IOperation> roots)
    {
        var operations = roots.ToList();
        var declared = new HashSet<ISymbol>(operations.SelectMany(Declared), SymbolEqualityComparer.Default);
        return [.. operations.SelectMany(Own).SelectMany(Targets).Concat(LocalFunctionsOf(operations).SelectMany(CapturedAssignments))
            .Where(symbol => !declared.Contains(symbol)).Distinct<ISymbol>(SymbolEqualityComparer.Default)];
    }

    /// <summary>The locals and parameters that an operation itself assigns.</summary>
    private static IEnumerable<ISymbol> Targets(IOperation o) => o switch
    {
        IAssignmentOperation n => Owners(n.Target),
        IIncrementOrDecrementOperation n => Owners(n.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } n => Owners(n.Value),
        _ => [],
    };

    /// <summary>The locals and parameters of which a target is all or a part.</summary>
    private static IEnumerable<ISymbol> Owners(IOperation target) => target switch
    {
        ILocalReferenceOperation n => [n.Local],
        IParameterReferenceOperation n => [n.Parameter],
        IFieldReferenceOperation { Instance: { } instance } => Owners(instance),
        IPropertyReferenceOperation { Instance: { } instance } => Owners(instance),
        IArrayElementReferenceOperation n => Owners(n.ArrayReference),
        ITupleOperation n => n.Elements.SelectMany(Owners),
        _ => [],
    };

    private static SyntaxNode AssignmentOf(ISymbol symbol, IOperation body) =>
        Own(body).First(o => Targets(o).Contains(symbol, SymbolEqualityComparer.Default)).Syntax;

    private static bool Assigns(IOperation o) =>
        Own(o).Any(x => x is IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }) || LocalFunctionsOf([o]).SelectMany(CapturedAssignments).Any();

    /// <summary>Whether a statement may lead elsewhere than to the next: by a return, or a jump out of it.</summary>
    private static bool Leaves(IOperation statement)
    {
        var inside = new HashSet<ILabelSymbol>(SymbolEqualityComparer.Default);
        foreach (var o in Own(statement))
        {
            if (o is ILoopOperation loop) inside.UnionWith([loop.ContinueLabel, loop.ExitLabel]);
            if (o is ISwitchOperation choice) inside.Add(choice.ExitLabel);
        }
        return Own(statement).Any(o => o is IReturnOperation { Kind: OperationKind.Return } || o is IBranchOperation n && !inside.Contains(n.Target));
    }

    private static bool JumpsTo(ILabelSymbol target, IOperation statement) =>
        Own(statement).OfType<IBranchOperation>().Any(n => SymbolEqualityComparer.Default.Equals(n.Target, target));

    private static bool Returns(IOperation statement) => Own(statement).Any(o => o is IReturnOperation { Kind: OperationKind.Return });

    /// <summary>Whether control may reach the end of a statement, as C# sees it.</summary>
    private static bool CanComplete(IOperation? statement) => statement switch
    {
        IReturnOperation or IBranchOperation or IThrowOperation => false,
        IExpressionStatementOperation { Operation: IThrowOperation } => false,
        IBlockOperation n => n.Operations.All(CanComplete),
        IConditionalOperation n => CanComplete(n.WhenTrue) || CanComplete(n.WhenFalse),
        ILabeledOperation n => CanComplete(n.Operation),
        ISwitchOperation n => JumpsTo(n.ExitLabel, n) || !HasDefault(n) || n.Cases.Any(c => c.Body.All(CanComplete)),
        IWhileLoopOperation { Condition: var test } n => !IsTrue(test) || JumpsTo(n.ExitLabel, n),
        IForLoopOperation n => !IsTrue(n.Condition) || JumpsTo(n.ExitLabel, n),
        _ => true,
    };

    private static bool HasDefault(ISwitchOperation n) => n.Cases.SelectMany(c => c.Clauses).Any(c => c is IDefaultCaseClauseOperation);

    private static bool IsTrue(IOperation? condition) => condition is null or { ConstantValue: { HasValue: true, Value: true } };
}
