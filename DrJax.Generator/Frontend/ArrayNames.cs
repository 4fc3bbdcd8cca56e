using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>
/// Which locals hold C# arrays alone. C# arrays are shared by all names that hold them, values of programs by none: both mean the same where an array whose elements are
/// assigned has one name at a time. That is so if the name only ever gets new arrays, and gives its own to nobody who keeps it.
/// </summary>
internal sealed class ArrayNames(Session session)
{
    private readonly HashSet<ISymbol> checkedNames = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> open = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a local is assigned after its declaration, in whole or in part.</summary>
    public bool Moves(ILocalSymbol local, IOperation at) => Uses(local, at).Any(use => IsElementTarget(use) || IsTarget(use));

    /// <summary>Demands that the local behind a reference hold its arrays alone.</summary>
    public void CheckFilled(IOperation reference)
    {
        var symbol = SymbolOf(reference)!;
        if (!checkedNames.Add(symbol)) return;
        if (!Holds(symbol))
            throw Shared(reference, $"'{symbol.Name}' is the caller's array, which would change with it; fill a copy, and return it: double[] copy = [.. {symbol.Name}]");
        foreach (var use in Uses(symbol, reference))
            if (!IsSafe(use, symbol)) throw Shared(use, $"'{symbol.Name}' is filled element by element, and here another name may hold it too; copy it: [.. {symbol.Name}]");
        if (Declarator(symbol, reference)?.GetVariableInitializer()?.Value is { } first && !IsNew(first))
            throw Shared(first, $"'{symbol.Name}' is filled element by element, and this array may have another name; copy it: [.. {Translator.Text(first)}]");
        if (!HasOrigin(symbol, reference)) throw Shared(reference, $"'{symbol.Name}' is filled element by element, and its array may have another name; fill a copy: [.. {symbol.Name}]");
    }

    private Rejected Shared(IOperation at, string text)
    {
        checkedNames.Remove(SymbolOf(at) ?? (ISymbol)session.Compilation.Assembly);
        return new(Diagnostics.SharedArray, at.Syntax, text);
    }

    private static ISymbol? SymbolOf(IOperation o) => o switch
    {
        ILocalReferenceOperation n => n.Local,
        IParameterReferenceOperation n => n.Parameter,
        _ => null,
    };

    private static IEnumerable<IOperation> Uses(ISymbol symbol, IOperation within)
    {
        while (within.Parent is { } around) within = around;
        return Uses(symbol, new[] { within });
    }

    private static IEnumerable<IOperation> Uses(ISymbol symbol, IEnumerable<IOperation> roots) =>
        roots.SelectMany(root => root.DescendantsAndSelf()).Where(o => SymbolOf(o) is { } named && SymbolEqualityComparer.Default.Equals(named, symbol));

    private static IVariableDeclaratorOperation? Declarator(ISymbol symbol, IOperation within)
    {
        while (within.Parent is { } around) within = around;
        return within.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, symbol));
    }

    /// <summary>Whether a local gets its first array by its declaration, an assignment or a call, and not as the item of a list or in a pattern.</summary>
    private static bool HasOrigin(ISymbol symbol, IOperation at) => symbol is IParameterSymbol ? Holds(symbol) : Declarator(symbol, at) is { } declarator ? declarator.Parent is not IForEachLoopOperation
        : Uses(symbol, at).Any(use => use is ILocalReferenceOperation { IsDeclaration: true });

    private static bool IsTarget(IOperation use) => use is ILocalReferenceOperation { IsDeclaration: false } && (use.Parent is IAssignmentOperation n && n.Target == use
        || use.Parent is ITupleOperation tuple && IsDeconstructed(tuple));

    private static bool IsElementTarget(IOperation use) => use.Parent is IArrayElementReferenceOperation element && element.ArrayReference == use && element.Parent switch
    {
        IAssignmentOperation n => n.Target == element,
        IIncrementOrDecrementOperation => true,
        ITupleOperation tuple => IsDeconstructed(tuple),
        // a[i].X = ..
        IMemberReferenceOperation { Parent: IAssignmentOperation n } member => n.Target == member,
        IMemberReferenceOperation { Parent: IIncrementOrDecrementOperation } => true,
        _ => false,
    };

    private static bool IsDeconstructed(ITupleOperation tuple) => tuple.Parent switch
    {
        IDeconstructionAssignmentOperation n => n.Target == tuple,
        IDeclarationExpressionOperation { Parent: IDeconstructionAssignmentOperation n } declared => n.Target == declared,
        ITupleOperation around => IsDeconstructed(around),
        _ => false,
    };

    /// <summary>Whether a name gets its arrays from the function that it is of: a local, or an 'out' parameter.</summary>
    private static bool Holds(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol { RefKind: RefKind.Out };

    /// <summary>Whether a use of an array leaves it with the one name.</summary>
    private bool IsSafe(IOperation use, ISymbol symbol)
    {
        switch (use.Parent)
        {
            case IArrayElementReferenceOperation n when n.ArrayReference == use:
                return Holds(symbol) || !IsElementTarget(use);
            case IPropertyReferenceOperation n when n.Instance == use:
            case IInvocationOperation m when m.Instance == use:
            case ISpreadOperation:
            case IConversionOperation { OperatorMethod: not null }:
                return true;
            case IConversionOperation n:
                return IsSafe(n, symbol);
            case IForEachLoopOperation n:
                // C# sees what the body, or a function that it may call, assigns meanwhile.
                return n.Collection == use && !Uses(symbol, use).Any(o => (IsElementTarget(o) || IsTarget(o)) && (n.Body.Syntax.Span.Contains(o.Syntax.Span) || Function(o) != Function(n)));
            case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call }:
                return IsOnlyRead(call, parameter) && !Uses(symbol, call.Arguments).Any(o => IsElementTarget(o) || IsTarget(o));
            case IDeclarationExpressionOperation { Parent: IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call } }:
                return IsOnlyRead(call, parameter);
            case ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } n when n.Target == use:
                return IsNew(n.Value);
            case IReturnOperation:
                return symbol is ILocalSymbol && IsOwn(use, symbol);
            case ITupleOperation tuple when IsDeconstructed(tuple):
                return (tuple.Parent is IDeclarationExpressionOperation ? tuple.Parent.Parent : tuple.Parent) is IDeconstructionAssignmentOperation { Parent: IExpressionStatementOperation, Value: var value } && (IsNew(value) || Exchanges(tuple, value));
            case ITupleOperation tuple when Around(tuple) is IReturnOperation:
                return symbol is ILocalSymbol && IsOwn(use, symbol);
            case ITupleOperation tuple when Around(tuple) is IDeconstructionAssignmentOperation { Parent: IExpressionStatementOperation, Target: ITupleOperation targets } && Exchanges(targets, tuple):
                return true;
            default:
                return IsLast(use, symbol);
        }
    }

    private static IOperation? Around(IOperation o)
    {
        var around = o.Parent;
        while (around is IConversionOperation { OperatorMethod: null }) around = around.Parent;
        return around;
    }

    /// <summary>Whether nothing is done with a local's array after a use, by the order of the text: then the use may hand it on.</summary>
    private static bool IsLast(IOperation use, ISymbol symbol) => symbol is ILocalSymbol && Declarator(symbol, use) is { } declarator && Turn(use) == Turn(declarator)
        // What a 'for' declares, its iterations share.
        && declarator.Parent?.Parent is not IVariableDeclarationGroupOperation { Parent: IForLoopOperation }
        && Uses(symbol, use).All(other => other == use || Function(other) == Function(declarator) && other.Syntax.SpanStart < use.Syntax.SpanStart);

    /// <summary>The innermost loop or function around an operation.</summary>
    private static IOperation? Turn(IOperation o)
    {
        for (var around = o.Parent; around is not null; around = around.Parent)
            if (around is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) return around;
        return null;
    }

    /// <summary>(a, b) = (b, a): the names exchange their arrays.</summary>
    private static bool Exchanges(ITupleOperation targets, IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        if (value is not ITupleOperation values || values.Elements.Length != targets.Elements.Length) return false;
        var given = values.Elements.Where(e => e.Type is IArrayTypeSymbol).Select(SymbolOf).ToList();
        var got = targets.Elements.Where(e => e.Type is IArrayTypeSymbol).Select(SymbolOf).ToList();
        return given.Count == got.Count && given.All(name => name is not null && got.Count(other => SymbolEqualityComparer.Default.Equals(name, other)) == 1);
    }

    /// <summary>Whether a local belongs to the function that a statement returns from.</summary>
    private static bool IsOwn(IOperation at, ISymbol symbol)
    {
        for (var o = at.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation lambda) return SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, lambda.Symbol);
            if (o is ILocalFunctionOperation function) return SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, function.Symbol);
        }
        return true;
    }

    /// <summary>Whether a method does nothing with an array that it is given but read it. DrJax's copy what they are given, LINQ's are read at once.</summary>
    private bool IsOnlyRead(IInvocationOperation call, IParameterSymbol parameter)
    {
        var method = call.TargetMethod;
        if (CSharpTypes.IsDrJax(method.ContainingType) || method.ContainingType is { Name: "Enumerable" }) return true;
        return BodyOf(method, call) is { } body && Explored(parameter.OriginalDefinition,
            () => Uses(parameter.OriginalDefinition, new[] { body }).All(use => IsSafe(use, parameter.OriginalDefinition)));
    }

    private IBlockOperation? BodyOf(IMethodSymbol method, IOperation at) => method.MethodKind switch
    {
        MethodKind.LocalFunction => Translator.DeclarationOf(method.OriginalDefinition, at)?.Body,
        MethodKind.DelegateInvoke => null,
        _ => Bodies.Of(method, session),
    };

    /// <summary>Whether an expression makes an array that nothing else holds.</summary>
    private bool IsNew(IOperation o) => o switch
    {
        IArrayCreationOperation or ICollectionExpressionOperation or IArrayInitializerOperation => true,
        // y[1..3] is a copy.
        IArrayElementReferenceOperation { Type: IArrayTypeSymbol, ArrayReference.Type: IArrayTypeSymbol { ElementType: not IArrayTypeSymbol } } => true,
        ILocalReferenceOperation n => IsLast(n, n.Local) && IsAlone(n),
        ITupleOperation n => n.Elements.All(e => !HasArrays(e.Type) || IsNew(e)),
        IConversionOperation n => IsNew(n.Operand),
        IConditionalOperation { WhenFalse: { } otherwise } n => IsNew(n.WhenTrue) && IsNew(otherwise),
        ISwitchExpressionOperation n => n.Arms.All(a => IsNew(a.Value)),
        IInvocationOperation { TargetMethod.Name: "Clone" or "ToArray" } => true,
        IInvocationOperation n => BodyOf(n.TargetMethod, n) is { } body && Explored(n.TargetMethod.OriginalDefinition, () => body.Descendants().OfType<IReturnOperation>()
            .Where(r => r.ReturnedValue is not null && Function(r) == Function(body)).All(r => IsGiven(r.ReturnedValue!))),
        IThrowOperation => true,
        _ => false,
    };

    /// <summary>Whether what a function returns is its own to give: new, or a local's that ends with it.</summary>
    private bool IsGiven(IOperation returned) => returned switch
    {
        ILocalReferenceOperation n => IsOwn(returned, n.Local) && IsAlone(n),
        // One array in two places would have two names.
        ITupleOperation n => n.Elements.All(e => !HasArrays(e.Type) || IsGiven(e))
            && n.Elements.Select(SymbolOf).Where(local => local is not null).GroupBy(local => local!, SymbolEqualityComparer.Default).All(g => g.Count() == 1 || !HasArrays(((ILocalSymbol)g.Key!).Type)),
        IConversionOperation n => IsGiven(n.Operand),
        _ => IsNew(returned),
    };

    /// <summary>Whether a local holds its arrays alone.</summary>
    private bool IsAlone(ILocalReferenceOperation n) => Explored(n.Local, () => (Declarator(n.Local, n) is not { } declarator
        || declarator.GetVariableInitializer()?.Value is not { } first || IsNew(first)) && HasOrigin(n.Local, n) && Uses(n.Local, n).All(use => IsSafe(use, n.Local)));

    private static bool HasArrays(ITypeSymbol? type) => type is IArrayTypeSymbol || type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(e => HasArrays(e.Type));

    /// <summary>The lambda or local function around an operation.</summary>
    private static IOperation? Function(IOperation o)
    {
        for (var around = o.Parent; around is not null; around = around.Parent)
            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation) return around;
        return null;
    }

    /// <summary>A question about a symbol; no while it is being asked, because methods may call each other.</summary>
    private bool Explored(ISymbol symbol, Func<bool> question)
    {
        if (!open.Add(symbol)) return false;
        try
        {
            return question();
        }
        finally
        {
            open.Remove(symbol);
        }
    }
}
