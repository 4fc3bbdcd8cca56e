using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Calls: of DrJax's members by expansion, of the project's methods as functions of the program, of lambdas in place.</summary>
internal sealed partial class Translator
{
    private Value Invocation(IInvocationOperation n, Scope s)
    {
        var method = n.TargetMethod;
        if (RefusalMember(method) is { } refuses)
        {
            ThrowBy(refuses, n, s);
            return Parts.Tuple();
        }
        if (IsLeftOut(method, n.Syntax)) return Parts.Tuple();
        if (n.Arguments.FirstOrDefault(a => a.Parameter is { RefKind: RefKind.Ref or RefKind.Out }) is { } reference) return ByReference(n, reference, s);
        // Before what it is called with is looked at: texts, say, that a program does not have.
        var owner = n.Instance is not null && !method.IsStatic && method.MethodKind is MethodKind.Ordinary && !(n.Instance is IInstanceReferenceOperation && s.Find(This) is null)
            ? Expression(n.Instance, s) : null;
        if (owner is PoisonValue) throw new Poisoned();
        if (owner is not null && OfNullable(method.Name, owner, n.Instance!.Type!, n) is { } known) return known;
        if (owner is ListValue or ArrayValue && ArrayMember(owner, n, s) is { } member) return member;
        if (IsOfFramework(method) && Surface.Find(method) is null && owner is not (FunctionValue or Parts))
            throw IsImpure(method) ? Impure(n.Syntax, method.ContainingType.Name, method.Name) : owner is ListValue or ArrayValue ? new Rejected(Diagnostics.PlainArray, n.Syntax) : NoSource(method, n.Syntax);
        // Named arguments may come in any order: values are read in the order of the text, and passed in the order of the parameters.
        var read = n.Arguments.Select(a => (a.Parameter!.Ordinal, Source: a.Value, Value: Argument(a, s)))
            .OrderBy(a => a.Ordinal).ToList();
        ImmutableArray<Value> values = [.. read.Select(a => a.Value)];
        ImmutableArray<IOperation> sources = [.. read.Select(a => a.Source)];
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return Invoke(n.Instance is null ? null : Expression(n.Instance, s), values, sources, n.Syntax, s);
        if (method.MethodKind == MethodKind.LocalFunction)
            return Invoke(Variable(method.OriginalDefinition, n, s), values, sources, n.Syntax, s);
        if (n.Instance is not null && CSharpTypes.IsDrJax(method.ContainingType) && !method.IsStatic)
        {
            values = values.Insert(0, owner!);
            sources = sources.Insert(0, n.Instance);
        }
        else if (n.Instance is not null && !method.IsStatic)
        {
            if (owner is not null && CallOfMember(Resolve(method, s), n.Instance.Type!, owner, values, n.Syntax, s) is { } result) return result;
            throw IsImpure(method) ? Impure(n.Syntax, method.ContainingType.Name, method.Name)
                : new Rejected(Diagnostics.Instance, n.Syntax, method.Name);
        }
        return Call(AsConstrained(Resolve(method, s), n.ConstrainedToType, s), values, sources, n.Syntax, s);
    }

    private Value Argument(IArgumentOperation a, Scope s) =>
        a.Parameter is { Type.SpecialType: SpecialType.System_String } text && CSharpTypes.IsDrJax(text.ContainingType)
            ? new TextValue(a.Value.ConstantValue.Value as string) : Expression(a.Value, s);

    /// <summary>A delegate's call: its body is read where it is called, over the scope it was written in.</summary>
    public Value Invoke(Value? function, ImmutableArray<Value> arguments, ImmutableArray<IOperation> sources, SyntaxNode at, Scope s)
    {
        if (function is PoisonValue) throw new Poisoned();
        if (function is not FunctionValue f) throw new Rejected(Diagnostics.Delegate, at);
        if (f is ChosenFunction chosen) return Invoke(chosen, arguments, sources, at, s);
        if (f.Body is null) return Call(f.Symbol, f.Scope is { } holder ? arguments.Insert(0, holder.Called(s.Region).Find(This)!) : arguments, sources, at, s);
        if (!session.Active.Add(f.Symbol)) throw new Rejected(Diagnostics.Recursion, at, f.Symbol.Name);
        try
        {
            var scope = f.Scope!.Called(s.Region);
            for (var i = 0; i < arguments.Length; i++) scope.Declare(f.Symbol.Parameters[i], arguments[i]);
            var result = Body(f.Body, f.Symbol, scope);
            Rethrow(scope.Thrown, s);
            return result is not PoisonValue ? result : throw new Poisoned();
        }
        finally
        {
            session.Active.Remove(f.Symbol);
        }
    }

    public Value Call(IMethodSymbol method, ImmutableArray<Value> arguments, ImmutableArray<IOperation> sources, SyntaxNode at, Scope s)
    {
        if (arguments.Any(a => a is PoisonValue)) throw new Poisoned();
        if (Surface.Find(method) is { } expansion)
        {
            foreach (var (argument, parameter) in arguments.Zip(method.OriginalDefinition.Parameters, (a, p) => (a, p)))
                if (parameter.Type is not INamedTypeSymbol { Name: "ReadOnlySpan" }) WithoutArrays(argument, at);
            return expansion(new SurfaceCall(this, method, arguments, sources, s, at));
        }
        if (IsUserSource(method)) return Helper(method, arguments, at, s);
        if (Libraries.TextOf(method, at) is { } library) return OfLibrary(method, library, arguments, at, s);
        throw IsImpure(method) ? Impure(at, method.ContainingType.Name, method.Name)
            : NoSource(method, at);
    }

    private Value Helper(IMethodSymbol method, ImmutableArray<Value> arguments, SyntaxNode at, Scope s)
    {
        // Read before anything is said of it: that it is an iterator, say, is a matter of its body.
        var found = Bodies.Of(method, session);
        if (!method.IsStatic && arguments.Length == method.Parameters.Length) throw new Rejected(Diagnostics.Instance, at, method.Name);
        if (method.IsAsync || method.IsIterator) throw new Rejected(Diagnostics.Async, at, method.IsAsync ? "async" : "yield");
        if (found is not { } body) throw NoSource(method, at);
        if (session.Active.Contains(method.OriginalDefinition)) throw new Rejected(Diagnostics.Recursion, at, method.Name);
        var types = CSharpTypes.TypeArguments(method, s.Types);
        var placement = PlacementOf(method, arguments, at, s);

        var isRuled = CustomRules.Has(method);
        if (isRuled && !arguments.All(a => a.IsData)) CustomRules.Find(method, CustomRules.Attributes(method).First(), session.Compilation, session.Cancellation);

        // A delegate is read where it is used, so a method that takes or gives one is read at its call.
        if (!arguments.All(a => a.IsData) || IsDelegate(method.ReturnType)) return InPlace(method, body, arguments, Scope.Root(s.Region, types), s);

        // Ints that sizes decide stay known inside; everything else is a parameter.
        var passed = arguments.SelectMany(a => a.Leaves).Where(leaf => !IsStatic(leaf)).ToList();
        var key = string.Join("|",
            [method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat), string.Join(",", types.Values), $"{placement}",
                $"{s.Region.Runs} {s.Region.Learns} {session.Maps}",
            .. arguments.SelectMany(a => a.Leaves)
                .Select(leaf => IsStatic(leaf) ? $"{Simplify.AsDim(leaf)}" : $"{leaf.Type} {leaf.Type.Placements}")]);
        if (!session.Helpers.TryGetValue(key, out var helper))
        {
            session.Helpers[key] = null;
            var pending = isRuled ? new PendingRules(method.Name) : null;
            helper = Close(pending?.Rule);
            if (pending is not null)
            {
                // Known already, because a rule may call its function; forgotten if a rule is rejected.
                session.Helpers[key] = helper;
                try
                {
                    CompileRules(method, arguments, helper, pending, () => Scope.Root(new Region(session, null, placement, caller: s.Region), types));
                }
                catch
                {
                    session.Helpers[key] = null;
                    throw;
                }
            }
            session.Helpers[key] = helper;
        }
        if (helper is null) throw new Poisoned();
        if (helper.Thrown is { } thrown)
        {
            session.Thrown.UnionWith(thrown.Refusals);
            Rethrow(ThrownOf(Graph.Call(thrown.Function, passed)), s);
        }
        var results = helper.Function.Results.Length == 0 ? [] : Graph.Call(helper.Function, passed);
        var next = 0;
        return helper.Result.Select(leaf => IsOutside(leaf) ? leaf : results[next++]);

        // What needs no call. A rule may give a derivative even to constants.
        bool IsOutside(Node leaf) => isRuled ? IsStatic(leaf) : Region.IsClosed(leaf);

        Helper Close(CustomRule? rule)
        {
            var region = new Region(session, null, placement, caller: s.Region);
            var parameters = new List<Param>();
            var inside = arguments.Select((a, i) => a.Select(leaf =>
            {
                if (IsStatic(leaf)) return leaf;
                parameters.Add(Graph.Param(ParameterName(method, i), leaf.Type));
                return parameters[parameters.Count - 1];
            })).ToImmutableArray();
            var root = Scope.Root(region, types);
            Value? result = null;
            var refusals = session.ThrownBy(() => result = Arrayed(MethodBody(method, body, inside, root)));
            if (!result!.IsData) throw new Rejected(Diagnostics.Closure, at, "returned");
            return new Helper(new Func(method.Name, [.. parameters], [.. result.Leaves.Where(leaf => !IsOutside(leaf))]) { Rule = rule }, result,
                root.Thrown is null ? null : (Apart("thrown", [.. parameters], root.Thrown.Leaves), refusals));
        }
    }

    private Value InPlace(IMethodSymbol method, IBlockOperation body, ImmutableArray<Value> arguments, Scope root, Scope s)
    {
        var result = MethodBody(method, body, arguments, root);
        Rethrow(root.Thrown, s);
        return result;
    }

    /// <summary>An entry's body.</summary>
    public Value MethodBody(IMethodSymbol method, ImmutableArray<Value> arguments, Scope root) =>
        Bodies.Of(method, session) is { } body ? MethodBody(method, body, arguments, root) : throw new NotCSharp();

    private Value MethodBody(IMethodSymbol method, IBlockOperation body, ImmutableArray<Value> arguments, Scope scope)
    {
        var named = new Dictionary<string, Dim>();
        if (!method.IsStatic) scope.Declare(method.ContainingType.OriginalDefinition.ExtensionParameter ?? (object)This, arguments[0]);
        arguments = WithoutRecord(method, arguments);
        ApplyShapes(method, arguments, named);
        RaggedParameter.Apply(method, arguments, session);
        session.Active.Add(method.OriginalDefinition);
        try
        {
            for (var i = 0; i < arguments.Length; i++) scope.Declare(method.OriginalDefinition.Parameters[i], arguments[i]);
            var result = Body(body, method, scope);
            if (result is PoisonValue) throw new Poisoned();
            ApplyShape("the result", method.GetReturnTypeAttributes(), method.ReturnType, result, named);
            return IsCheckpointed(method) && result.IsData ? InBlocks(method, result) : result;
        }
        finally
        {
            session.Active.Remove(method.OriginalDefinition);
        }
    }

    private static bool IsCheckpointed(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass is { Name: "CheckpointAttribute" } mark && CSharpTypes.IsDrJax(mark));

    /// <summary>The result of a method whose loops run in blocks, for the reverse derivative's memory.</summary>
    private Value InBlocks(IMethodSymbol method, Value result)
    {
        var leaves = new SquareRootLoops(Graph).Run(new Func(method.Name, [], [.. result.Leaves])).Results;
        var next = 0;
        return result.Select(_ => leaves[next++]);
    }

    private static bool IsStatic(Node leaf) => leaf.Type.IsScalar && leaf.Type.Element == ElementType.Int32 && leaf is Const or Size;

    private static Rejected NoSource(IMethodSymbol method, SyntaxNode at) =>
        new(Diagnostics.NoSource, at, method.ContainingType is { } type ? $"{type.Name}.{method.Name}" : method.Name, Cures.Of(method));

    /// <summary>Random numbers from a hidden state have their own cure.</summary>
    private static Rejected Impure(SyntaxNode at, string home, string member) =>
        new(home == nameof(Random) ? Diagnostics.HiddenRandomState : Diagnostics.Impure, at, $"{home}.{member}");

    private bool IsOfFramework(IMethodSymbol method) => method is { MethodKind: MethodKind.Ordinary, ContainingType: { } home } && !IsUserSource(method)
        && (home.ContainingNamespace?.ToDisplayString() ?? "") is var space && (space == nameof(System) || space.StartsWith("System.", StringComparison.Ordinal))
        && home.ContainingType is null;

    /// <summary>What a release build leaves out: calls of Debug, and of methods marked [Conditional] whose symbol is not defined; and what asks whether a value is
    /// null, which none is that a program computes.</summary>
    private static bool IsLeftOut(IMethodSymbol method, SyntaxNode at) => method is { ReturnsVoid: true, ContainingType: { } home } && (home.ToDisplayString(), method.Name) switch
    {
        _ when method.GetAttributes().Where(a => a.AttributeClass?.Name == "ConditionalAttribute").Select(a => a.ConstructorArguments.FirstOrDefault().Value as string).ToList() is { Count: > 0 } symbols
            => home.ToDisplayString() == "System.Diagnostics.Debug" || !at.SyntaxTree.Options.PreprocessorSymbolNames.Intersect(symbols).Any(),
        ("System.ArgumentNullException", "ThrowIfNull") => true,
        _ => false,
    };

    /// <summary>Whether a member of the framework does more than compute, as far as its name and home tell.</summary>
    private static bool IsImpure(IMethodSymbol method) =>
        method.ContainingType is { } type
            && (type.Name is "Console" or "DateTime" or "DateTimeOffset" or "Stopwatch" or "Random" or "Environment" or "Guid" or "File" or "Debug" or "Trace" or "Thread" or "Task" or "Interlocked" or "Parallel" or "GC" or "Process"
            || type.ContainingNamespace.ToDisplayString() is "System.IO" or "System.Net" or "System.Net.Http" or "System.Threading" or "System.Threading.Tasks");
}
