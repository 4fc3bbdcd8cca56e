using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>out and ref arguments of the project's static methods and local functions: the body is read at the call, and what its parameters are at the end is assigned.</summary>
internal sealed partial class Translator
{
    private Value ByReference(IInvocationOperation n, IArgumentOperation reference, Scope s)
    {
        var method = Resolve(n.TargetMethod, s);
        var local = method.MethodKind == MethodKind.LocalFunction ? Variable(method.OriginalDefinition, n, s) as FunctionValue : null;
        if ((local?.Body ?? Bodies.Of(method, session)) is not { } body || local is null && !method.IsStatic)
            throw Keyword(Diagnostics.Reference, reference, IsOut(reference) ? "out" : "ref");
        if (session.Active.Contains(method.OriginalDefinition)) throw new Rejected(Diagnostics.Recursion, n.Syntax, method.Name);
        // In the order of the text; an out parameter has no value until it is assigned.
        var given = n.Arguments.Select(a => (a.Parameter!.Ordinal, Value: IsOut(a) ? null : Argument(a, s))).OrderBy(a => a.Ordinal).Select(a => a.Value).ToList();
        if (given.Any(v => v is PoisonValue)) throw new Poisoned();
        var scope = local?.Scope!.Called(s.Region) ?? Scope.Root(s.Region, CSharpTypes.TypeArguments(method, s.Types));
        session.Active.Add(method.OriginalDefinition);
        try
        {
            var parameters = method.OriginalDefinition.Parameters;
            for (var i = 0; i < given.Count; i++) scope.Declare(parameters[i], given[i]);
            var result = Body(body, method, scope);
            Rethrow(scope.Thrown, s);
            foreach (var a in n.Arguments.Where(a => a.Parameter!.RefKind is RefKind.Ref or RefKind.Out))
                Assign(a.Value, scope.Find(parameters[a.Parameter!.Ordinal]) ?? throw new Poisoned(), n, s);
            return result is PoisonValue ? throw new Poisoned() : result;
        }
        finally
        {
            session.Active.Remove(method.OriginalDefinition);
        }
    }

    private static bool IsOut(IArgumentOperation a) => a.Parameter!.RefKind == RefKind.Out;
}
