using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>if, ?:, &amp;&amp; and ||: two functions of one set of operands, unless the condition is known now.</summary>
internal sealed partial class Translator
{
    private Value Conditional(IConditionalOperation n, Scope s)
    {
        var condition = Condition(n.Condition, s);
        if (condition is Const known) return Expression(known.Value != 0 ? n.WhenTrue : n.WhenFalse!, s);
        return Branch(condition, arm => Expression(n.WhenTrue, arm), arm => Expression(n.WhenFalse!, arm), [], n.Syntax, s);
    }

    private void If(IConditionalOperation n, Scope s)
    {
        var condition = Condition(n.Condition, s);
        if (condition is Const known)
        {
            if ((known.Value != 0 ? n.WhenTrue : n.WhenFalse) is { } taken) Run([taken], s);
            return;
        }
        var assigned = Assigned(n);
        var region = ArmRegion(s);
        var (then, otherwise) = (s.Inside(region, assigned), s.Inside(region, assigned));
        Run([n.WhenTrue], then);
        if (n.WhenFalse is not null) Run([n.WhenFalse], otherwise);
        // A local that only one arm gives a value has none after the statement, and C# does not let it be read.
        var kept = assigned.Select(symbol => (Symbol: symbol, A: then.Find(symbol), B: otherwise.Find(symbol)))
            .Where(k => k is { A: not null, B: not null }).ToList();
        foreach (var (symbol, _, _) in kept.Where(k => k.A is PoisonValue || k.B is PoisonValue)) s.TryAssign(symbol, PoisonValue.Instance);
        kept.RemoveAll(k => k.A is PoisonValue || k.B is PoisonValue);
        var joined = (Parts)Join(condition, region, Parts.Tuple([.. kept.Select(k => k.A!)]), Parts.Tuple([.. kept.Select(k => k.B!)]),
            n.Syntax);
        foreach (var (value, k) in joined.Fields.Zip(kept, (field, k) => (field.Value, k))) Assign(k.Symbol, value, n, s);
    }

    /// <summary>An if of which an arm returns: the statements after it continue the arms that do not.</summary>
    private Value ReturningBranch(IConditionalOperation n, ImmutableStack<IOperation> rest, Scope s)
    {
        var condition = Condition(n.Condition, s);
        if (condition is Const known)
            return Run((known.Value != 0 ? n.WhenTrue : n.WhenFalse) is { } taken ? rest.Push(taken) : rest, s) ?? PoisonValue.Instance;
        return Branch(condition, Arm(n.WhenTrue), Arm(n.WhenFalse), Assigned(n).Concat(rest.SelectMany(Assigned)), n.Syntax, s);

        Func<Scope, Value> Arm(IOperation? body) => arm => Run(body is null ? rest : rest.Push(body), arm) ?? PoisonValue.Instance;
    }

    private Node Condition(IOperation o, Scope s)
    {
        var condition = Node(o, s);
        return condition.Type is { IsScalar: true, Element: ElementType.Bool }
            ? condition
            : throw new IrException($"a condition of type {condition.Type}");
    }

    /// <summary>a &amp;&amp; b: without a branch if b is plain arithmetic, which can as well be computed.</summary>
    private Data ShortCircuit(IBinaryOperation n, Scope s)
    {
        var isAnd = n.OperatorKind == BinaryOperatorKind.ConditionalAnd;
        var left = Condition(n.LeftOperand, s);
        if (left is Const known) return (known.Value != 0) == isAnd ? new Data(Condition(n.RightOperand, s)) : new Data(left);
        var result = Branch(left, isAnd ? Right : Left, isAnd ? Left : Right, [], n.Syntax, s);
        if (((Data)result).Node is Result { Region: Branch branch } && (isAnd ? branch.Then : branch.Otherwise) is var arm
            && arm.Nodes.All(o => o is Param or Const or Size or Cast or Apply { Op: not (ScalarOp.Divide or ScalarOp.Remainder) }))
        {
            var right = Graph.Inline(arm, branch.Arguments)[0];
            return new Data(Graph.Apply(isAnd ? ScalarOp.And : ScalarOp.Or, left, right));
        }
        return (Data)result;

        Value Left(Scope arm) => new Data(Graph.Const(isAnd ? 0 : 1, ElementType.Bool));
        Value Right(Scope arm) => new Data(Condition(n.RightOperand, arm));
    }

    private Region ArmRegion(Scope s) => new(session, s.Region, s.Region.Placement, conditional: true);

    private Value Branch(Node condition, Func<Scope, Value> then, Func<Scope, Value> otherwise, IEnumerable<ISymbol> assigned,
        SyntaxNode at, Scope s)
    {
        var region = ArmRegion(s);
        var a = Arm(then);
        var b = Arm(otherwise);
        return Join(condition, region, a, b, at);

        Value Arm(Func<Scope, Value> body)
        {
            try
            {
                return body(s.Inside(region, assigned));
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
    }

    /// <summary>The value that the condition chooses of two that were computed in a region of their own.</summary>
    private Value Join(Node condition, Region region, Value a, Value b, SyntaxNode at)
    {
        if (a is PoisonValue || b is PoisonValue) throw new Poisoned();
        if (!a.IsData || !b.IsData) throw new Rejected(Diagnostics.Closure, at, "chosen by a condition");
        var (left, right) = (a.Leaves.ToList(), b.Leaves.ToList());
        Agree(a, b, left, right, at);

        // What both arms leave alone needs no result.
        var outside = region.Captured.Zip(region.Operands, (inner, outer) => (inner, outer)).ToDictionary(p => (Node)p.inner, p => p.outer);
        var chosen = Enumerable.Range(0, left.Count)
            .Where(i => left[i] != right[i] || !(Region.IsClosed(left[i]) || outside.ContainsKey(left[i]))).ToList();
        ImmutableArray<Node> results = [];
        if (chosen.Count > 0)
        {
            var fresh = Graph.Fresh(region.Captured);
            var map = region.Captured.Zip(fresh, (old, renamed) => (old, renamed)).ToDictionary(p => (Node)p.old, p => (Node)p.renamed);
            results = Graph.Branch(condition,
                new Func("then", [.. region.Captured], [.. chosen.Select(i => left[i])]),
                new Func("else", fresh, Graph.Substitute(chosen.Select(i => right[i]), map)),
                region.Operands);
        }
        var next = 0;
        return a.Select(leaf =>
        {
            var i = next++;
            var at = chosen.IndexOf(i);
            return at >= 0 ? results[at] : outside.TryGetValue(leaf, out var outer) ? outer : leaf;
        });
    }

    /// <summary>Both arms must give values of one shape.</summary>
    private void Agree(Value a, Value b, List<Node> left, List<Node> right, SyntaxNode at)
    {
        if (left.Count != right.Count) throw Differ();
        for (var i = 0; i < left.Count; i++)
        {
            var (x, y) = (left[i].Type, right[i].Type);
            if (x.Element != y.Element || x.Rank != y.Rank || !x.Placements.Equals(y.Placements)) throw Differ();
            for (var axis = 0; axis < x.Rank; axis++)
            {
                if ((x.Shape[axis] - y.Shape[axis]).AsConstant is { } d && d != 0) throw Differ();
                Equate(x.Shape[axis], y.Shape[axis], $"the arms of a condition have sizes {{0}} and {{1}} along axis {axis}", at);
            }
        }

        Rejected Differ() => new(Diagnostics.ArmShapes, at, Describe(a), Describe(b));
    }
}
