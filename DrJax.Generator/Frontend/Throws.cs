using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>
/// throw: what sizes decide is demanded at entry. What values decide is computed before the program runs, by its guard: what a body throws is a
/// value of its scope, the number of a refusal (0 for none) and the numbers in its text. Statements after a throw go on as if nothing had happened,
/// because where something has, the program does not run.
/// </summary>
internal sealed partial class Translator
{
    /// <summary>The numbers that the text of an exception may show, beside sizes.</summary>
    private const int MostDetails = 4;

    /// <summary>What is kept of an exception: those numbers, and the group in each of the placements that it comes out of.</summary>
    private const int KeptDetails = MostDetails + 3;

    /// <summary>Gives a scope what throws are collected in.</summary>
    public void DeclareThrown(Scope s)
    {
        s.Declare(s.Exits.Thrown, Thrown(Graph.Const(0, ElementType.Int32), []));
        s.Declare(s.Exits.Ended, new Data(False));
    }

    private Parts Thrown(Node code, IReadOnlyList<Node> details) => Parts.Tuple([new Data(code), .. Enumerable.Range(0, KeptDetails)
        .Select(k => new Data(k < details.Count ? Graph.Cast(details[k], ElementType.Float64) : Graph.Const(0, ElementType.Float64)))]);

    private static Node CodeOf(Value thrown) => thrown.Leaves.First();

    /// <summary>What has been thrown in a scope; null if nothing.</summary>
    private static Value? ThrownIn(Scope s) => s.Find(s.Exits.Thrown) is { IsData: true } thrown && CodeOf(thrown) is not Const { Value: 0 } ? thrown : null;

    /// <summary>What refuses the arguments of an entry by their values; null if nothing does.</summary>
    public Guard? GuardOf(Scope root, IEnumerable<Param> parameters)
    {
        if (root.Thrown is { } body) Rethrow(body, root);
        if (ThrownIn(root) is not { } thrown) return null;
        var used = session.Refusals.Max(r => r.Holes.Count(h => h.Size is null));
        var guard = Apart("guard", [.. parameters], thrown.Leaves.Take(1 + used));
        // What a condition before refuses may be an index that is outside: then nobody looks at what was read there.
        return new Guard(new Clamp(Graph).Run(guard), session.Refusals.ToEquatable());
    }

    /// <summary>Results as a function of their own, with the parameters of another.</summary>
    private Func Apart(string name, ImmutableArray<Param> parameters, IEnumerable<Node> results)
    {
        var fresh = Graph.Fresh(parameters);
        return new Func(name, fresh, Graph.Substitute(results, parameters.Zip(fresh, (old, renamed) => (old, renamed)).ToDictionary(p => (Node)p.old, p => (Node)p.renamed)));
    }

    private static Value ThrownOf(IEnumerable<Node> leaves) => Parts.Tuple([.. leaves.Select(leaf => new Data(leaf))]);

    /// <summary>What has been thrown elsewhere is thrown here, if nothing was before.</summary>
    private void Rethrow(Value? thrown, Scope s)
    {
        if (thrown is null || CodeOf(thrown) is Const { Value: 0 }) return;
        Replace(s.Find(s.Exits.Thrown) is { } before ? First(before, thrown) : thrown, s);
    }

    private void Replace(Value thrown, Scope s)
    {
        if (s.Find(s.Exits.Thrown) is null || !s.TryAssign(s.Exits.Thrown, thrown))
            throw new Rejected(Diagnostics.Exceptions, session.ThrowsAt[session.ThrowsAt.Count - 1],
                "An exception that depends on computed values cannot come out of a derivative's own rule; throw it in the function that has the rule");
    }

    private Value First(Value a, Value b)
    {
        if (CodeOf(a) is Const known) return known.Value != 0 ? a : b;
        var isThrown = Graph.Apply(ScalarOp.NotEqual, CodeOf(a), Graph.Const(0, ElementType.Int32));
        return ThrownOf(a.Leaves.Zip(b.Leaves, (x, y) => x == y ? x : Graph.Select(isThrown, x, y)));
    }

    /// <summary>The throw that an operation consists of; null if it is another.</summary>
    private static IThrowOperation? ThrowOf(IOperation? o) => o switch
    {
        IThrowOperation { Exception: not null } n => n,
        IConversionOperation n => ThrowOf(n.Operand),
        IExpressionStatementOperation n => ThrowOf(n.Operation),
        IBlockOperation { Operations: [var only] } => ThrowOf(only),
        _ => null,
    };

    private void Throw(IThrowOperation n, Scope s)
    {
        ThrowIf(True, n, s);
        s.TryAssign(s.Exits.Ended, new Data(True));
    }

    private void ThrowIf(Node condition, IThrowOperation n, Scope s)
    {
        if (condition is Const { Value: 0 }) return;
        var at = n.Syntax.GetFirstToken().GetLocation();
        ThrowIf(condition, RefusalOf(n, at, s), at, s);
    }

    private void ThrowIf(Node condition, (Refusal Refusal, ImmutableArray<Node> Details) made, Location at, Scope s)
    {
        var isCertain = s.Region.Runs?.IsConstant(1) == true;
        var left = (isCertain || s.Region.Learns) && made.Refusal.IsOfSizes ? Demanded(condition) : condition;
        if (left is null or Const { Value: 0 }) return;
        if (left is Const && isCertain) throw Always();
        var code = Graph.Const(session.Refuse(made.Refusal, at), ElementType.Int32);
        Rethrow(Thrown(left is Const ? code : Graph.Select(left, code, Graph.Const(0, ElementType.Int32)), made.Details), s);

        // What the condition leaves for the run, when sizes have been demanded of the arguments; null if nothing.
        Node? Demanded(Node test)
        {
            if (test is Apply { Op: ScalarOp.Or })
                return (Demanded(test.Operands[0]), Demanded(test.Operands[1])) is var (x, y) && x is not null && y is not null ? Graph.Apply(ScalarOp.Or, x, y) : x ?? y;
            if (test is not Apply { Op: var op } || test.Operands.Length != 2 || test.Operands[0].Type.Element != ElementType.Int32
                || Simplify.AsDim(test.Operands[0]) is not { } a || Simplify.AsDim(test.Operands[1]) is not { } b || !(isCertain || op == ScalarOp.NotEqual)) return test;
            var refusal = InMaps(made.Refusal);
            bool? holds = op switch
            {
                ScalarOp.NotEqual => session.Sizes.Refuse(a, b, RequirementKind.Equal, refusal),
                ScalarOp.Equal => session.Sizes.Refuse(a, b, RequirementKind.Different, refusal),
                ScalarOp.Less => session.Sizes.Refuse(b, a, RequirementKind.LessOrEqual, refusal),
                ScalarOp.LessOrEqual => session.Sizes.Refuse(b + Ir.Dim.One, a, RequirementKind.LessOrEqual, refusal),
                ScalarOp.Greater => session.Sizes.Refuse(a, b, RequirementKind.LessOrEqual, refusal),
                ScalarOp.GreaterOrEqual => session.Sizes.Refuse(a + Ir.Dim.One, b, RequirementKind.LessOrEqual, refusal),
                _ => null,
            };
            return holds == false ? throw Always() : holds is null ? test : null;
        }

        Rejected Always() => new(Diagnostics.Exceptions, at, "This exception is thrown whatever the arguments are");
    }
}
