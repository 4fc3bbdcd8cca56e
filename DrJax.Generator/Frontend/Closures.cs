using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Lambdas and local functions see the locals around them as those are when they are called, as C# has it, and may assign them.</summary>
internal sealed partial class Translator
{
    /// <summary>
    /// A value read in a scope. A function written in it, or around it, is called with the values that the locals around the function have
    /// here: a loop or an arm gives them values of its own.
    /// </summary>
    private static Value Current(Value value, Scope s) => value switch
    {
        FunctionValue { Scope: { } written, Body: { } body } f when s.IsWithin(written) => new FunctionValue(f.Symbol, body, s, f.Syntax),
        ChosenFunction f => new ChosenFunction(f.Condition, (FunctionValue)Current(f.Then, s), (FunctionValue)Current(f.Otherwise, s)),
        ListValue list when !list.Items.All(i => i.IsData) => new ListValue([.. list.Items.Select(i => Current(i, s))]),
        Parts { IsData: false } parts => new Parts([.. parts.Fields.Select(f => (f.Name, Current(f.Value, s)))], parts.IsTuple),
        _ => value,
    };

    /// <summary>The local functions that run with operations: those called there, and those that they call.</summary>
    private static List<ILocalFunctionOperation> LocalFunctionsOf(IEnumerable<IOperation> operations)
    {
        var found = new List<ILocalFunctionOperation>();
        var open = new Stack<IOperation>(operations);
        while (open.Count > 0)
        {
            foreach (var called in Own(open.Pop()).OfType<IInvocationOperation>().Where(n => n.TargetMethod.MethodKind == MethodKind.LocalFunction))
            {
                var symbol = called.TargetMethod.OriginalDefinition;
                if (found.Any(f => SymbolEqualityComparer.Default.Equals(f.Symbol, symbol)) || DeclarationOf(symbol, called) is not { } function) continue;
                found.Add(function);
                if (function.Body is { } body) open.Push(body);
            }
        }
        return found;
    }

    /// <summary>The local function of a name, around an operation; null if it is out of sight.</summary>
    public static ILocalFunctionOperation? DeclarationOf(IMethodSymbol symbol, IOperation within)
    {
        for (var o = within.Parent; o is not null; o = o.Parent)
        {
            if (o is ILocalFunctionOperation own && SymbolEqualityComparer.Default.Equals(own.Symbol, symbol)) return own;
            if (o is IBlockOperation block && block.Operations.OfType<ILocalFunctionOperation>()
                .FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, symbol)) is { } found) return found;
        }
        return null;
    }

    /// <summary>The locals and parameters of the functions around a local function that it assigns.</summary>
    private static IEnumerable<ISymbol> CapturedAssignments(ILocalFunctionOperation function)
    {
        if (function.Body is not { } body) return [];
        var own = new HashSet<ISymbol>(Declared(body).Concat(function.Symbol.Parameters), SymbolEqualityComparer.Default);
        return Own(body).SelectMany(Targets).Where(symbol => !own.Contains(symbol));
    }
}
