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
        if (ThrowOf(n.WhenTrue) is { } refused)
        {
            ThrowIf(condition, refused, s);
            return Expression(n.WhenFalse!, s);
        }
        if (ThrowOf(n.WhenFalse) is { } otherwise)
        {
            ThrowIf(Graph.Apply(ScalarOp.Not, condition), otherwise, s);
            return Expression(n.WhenTrue, s);
        }
        if (IsDelegate(n.Type)) return Chosen(condition, Expression(n.WhenTrue, s), Expression(n.WhenFalse!, s), n.Syntax);
        return Branch(condition, arm => Expression(n.WhenTrue, arm), arm => Expression(n.WhenFalse!, arm), AssignedBy([n.WhenTrue, n.WhenFalse!]), n, s);
    }

    /// <summary>One of two expressions, which may assign locals.</summary>
    private Value Branch(Node condition, Func<Scope, Value> then, Func<Scope, Value> otherwise, List<ISymbol> assigned, IOperation at, Scope s)
    {
        if (assigned.Count == 0) return Branch(condition, then, otherwise, at.Syntax, s);
        var value = new Signal("value");
        s.Declare(value, null);
        Choose(condition, arm => arm.TryAssign(value, then(arm)), arm => arm.TryAssign(value, otherwise(arm)), assigned, at, s, value);
        return s.Find(value) is { } chosen and not PoisonValue ? chosen : throw new Poisoned();
    }

    private void If(IConditionalOperation n, Scope s)
    {
        var condition = Condition(n.Condition, s);
        Choose(condition, arm => Run([n.WhenTrue], arm), arm => Run(n.WhenFalse is { } other ? [other] : [], arm), AssignedByArms(n), n, s);
    }

    /// <summary>What an arm assigns, a local that the condition declares included: that is of the statements around.</summary>
    private static List<ISymbol> AssignedByArms(IConditionalOperation n) => AssignedBy(new[] { n.WhenTrue, n.WhenFalse }.OfType<IOperation>());

    /// <summary>An if of which at most one arm goes on: the statements after it are that arm's.</summary>
    private void LeavingIf(IConditionalOperation n, ImmutableStack<IOperation> rest, Scope s)
    {
        var condition = Condition(n.Condition, s);
        Choose(condition, Arm(n.WhenTrue), Arm(n.WhenFalse), AssignedByArms(n).Concat(AssignedBy(rest)), n, s);

        Action<Scope> Arm(IOperation? body)
        {
            var after = CanComplete(body) ? rest : [];
            return arm => Run(body is null ? after : after.Push(body), arm);
        }
    }

    /// <summary>One of two sequences of statements; the locals and flags that either assigns have one value after both.</summary>
    private void Choose(Node condition, Action<Scope> then, Action<Scope> otherwise, IEnumerable<ISymbol> assigned, IOperation at, Scope s, Signal? result = null)
    {
        if (condition is Const known)
        {
            (known.Value != 0 ? then : otherwise)(s);
            return;
        }
        var region = ArmRegion(s);
        object[] names = [.. assigned.Distinct(SymbolEqualityComparer.Default), .. s.Exits.Flags, s.Exits.Result, s.Exits.Thrown, s.Exits.Ended];
        if (result is not null) names = [.. names, result];
        var (a, b) = (s.Inside(region, names), s.Inside(region, names));
        Guarded(then, a, names);
        Guarded(otherwise, b, names);
        // Most arms throw nothing.
        names = [.. names.Where(name => (name != s.Exits.Thrown && name != s.Exits.Ended) || a.Has(name) || b.Has(name))];
        // Behind two returns nothing but what they gave is read, and what belongs to the functions around.
        if (Has(a, s.Exits.Returned) && Has(b, s.Exits.Returned)) names = [s.Exits.Returned, s.Exits.Result, .. names.Where(name => s.Exits.Outlive(name) || name == s.Exits.Thrown || name == s.Exits.Ended)];
        var kept = new List<(object Symbol, Value A, Value B)>();
        foreach (var symbol in names)
        {
            if (Both(symbol, a.Find(symbol), b.Find(symbol)) is not var (x, y)) continue;
            if (x is PoisonValue || y is PoisonValue) s.TryAssign(symbol, PoisonValue.Instance);
            // Methods by name see nothing of the arms.
            else if (x is FunctionValue { Scope: null } && y is FunctionValue { Scope: null }) Assign(symbol, Chosen(condition, x, y, at.Syntax), at, s);
            else if (x is NullValue && y is NullValue) continue;
            else kept.Add((symbol, x, y));
        }
        var joined = (Parts)Join(condition, region, Parts.Tuple(kept.Select(k => k.A)), Parts.Tuple(kept.Select(k => k.B)), at.Syntax);
        foreach (var (value, k) in joined.Fields.Zip(kept, (field, k) => (field.Value, k)))
        {
            if (k.Symbol == s.Exits.Ended) s.TryAssign(k.Symbol, value);
            else if (k.Symbol != s.Exits.Thrown) Assign(k.Symbol, value, at, s);
            else if (!value.Leaves.SequenceEqual(s.Find(k.Symbol)!.Leaves)) Replace(value, s);
        }

        // A local to which only one arm gives a value has none after the statement, and C# does not let it be read, unless the other arm
        // has left: there its value does not matter.
        (Value A, Value B)? Both(object symbol, Value? x, Value? y)
        {
            if (x is null && y is null) return null;
            // An arm that a throw ends has no say in what is read after it.
            if (symbol != s.Exits.Thrown && (a.Has(s.Exits.Ended) && Has(a, s.Exits.Ended)) && y is not null) return (symbol is Signal ? y : Any(y, at), y);
            if (symbol != s.Exits.Thrown && (b.Has(s.Exits.Ended) && Has(b, s.Exits.Ended)) && x is not null) return (x, symbol is Signal ? x : Any(x, at));
            if (x is null) return symbol == s.Exits.Result || Left(a) is not null ? (Any(y!, at), y!) : null;
            if (y is null) return symbol == s.Exits.Result || Left(b) is not null ? (x, Any(x, at)) : null;
            if (x is PoisonValue || y is PoisonValue || symbol is Signal || s.Exits.Outlive(symbol)) return (x, y);
            if (Has(a, s.Exits.Returned)) return (Any(y, at), y);
            return Has(b, s.Exits.Returned) ? (x, Any(x, at)) : (x, y);
        }
    }

    private static bool Has(Scope s, Signal flag) => s.Find(flag) is Data { Node: Const { Value: 1 } };

    private void Guarded(Action<Scope> arm, Scope s, object[] names)
    {
        if (Guarded(() =>
        {
            arm(s);
            return Parts.Tuple();
        }) is PoisonValue)
            foreach (var name in names.OfType<ISymbol>()) s.TryAssign(name, PoisonValue.Instance);
    }

    /// <summary>A value that nobody reads, of the shape of another: that one itself where it is the same everywhere, else zeros.</summary>
    private static Value Any(Value like, IOperation at)
    {
        if (like is PoisonValue) return like;
        if (!like.IsData) throw new Rejected(Diagnostics.Closure, at.Syntax, "chosen by a condition");
        return like.Select(leaf => Region.IsClosed(leaf) ? leaf : DerivativeProgram.Zero(leaf));
    }

    private Node Condition(IOperation o, Scope s)
    {
        var condition = Node(o, s);
        return condition.Type is { IsScalar: true, Element: ElementType.Bool }
            ? condition
            : throw new IrException($"a condition of type {condition.Type}");
    }

    private Value ShortCircuit(IBinaryOperation n, Scope s)
    {
        var (isAnd, left) = (n.OperatorKind == BinaryOperatorKind.ConditionalAnd, Condition(n.LeftOperand, s));
        return !Assigns(n.RightOperand) ? new Data(ShortCircuit(isAnd, left, right => Condition(n.RightOperand, right), n.Syntax, s))
            : Branch(left, Arm(isAnd), Arm(!isAnd), AssignedBy([n.RightOperand]), n, s);

        Func<Scope, Value> Arm(bool goesOn) => arm => new Data(goesOn ? Condition(n.RightOperand, arm) : isAnd ? False : True);
    }

    /// <summary>a &amp;&amp; b or a || b: without a branch if b is plain arithmetic, which can as well be computed.</summary>
    private Node ShortCircuit(bool isAnd, Node left, Func<Scope, Node> right, SyntaxNode at, Scope s)
    {
        if (left is Const known) return (known.Value != 0) == isAnd ? right(s) : left;
        var result = ((Data)Branch(left, isAnd ? Right : Left, isAnd ? Left : Right, at, s)).Node;
        if (result is Result { Region: Branch branch } && (isAnd ? branch.Then : branch.Otherwise) is var arm
            && arm.Nodes.All(o => o is Param or Const or Size or Cast or Apply { Op: not (ScalarOp.Divide or ScalarOp.Remainder) }))
            return Graph.Apply(isAnd ? ScalarOp.And : ScalarOp.Or, left, Graph.Inline(arm, branch.Arguments)[0]);
        return result;

        Value Left(Scope arm) => new Data(isAnd ? False : True);
        Value Right(Scope arm) => new Data(right(arm));
    }

    private Region ArmRegion(Scope s) => new(session, s.Region, s.Region.Placement, conditional: true);

    /// <summary>One of two expressions.</summary>
    private Value Branch(Node condition, Func<Scope, Value> then, Func<Scope, Value> otherwise, SyntaxNode at, Scope s)
    {
        if (condition is Const known) return (known.Value != 0 ? then : otherwise)(s);
        var region = ArmRegion(s);
        var (first, second) = (s.Inside(region, [s.Exits.Thrown]), s.Inside(region, [s.Exits.Thrown]));
        var a = Guarded(() => then(first));
        var b = Guarded(() => otherwise(second));
        if (first.Has(s.Exits.Thrown) || second.Has(s.Exits.Thrown)) Replace(Join(condition, region, first.Find(s.Exits.Thrown)!, second.Find(s.Exits.Thrown)!, at), s);
        return Join(condition, region, a, b, at);
    }

    /// <summary>The value that the condition chooses of two that were computed in a region of their own.</summary>
    private Value Join(Node condition, Region region, Value a, Value b, SyntaxNode at)
    {
        if (a is PoisonValue || b is PoisonValue) throw new Poisoned();
        if (a is NullValue || b is NullValue) throw new Rejected(Diagnostics.Null, at, Text(at));
        (a, b) = (Arrayed(a), Arrayed(b));
        if (!a.IsData || !b.IsData) throw new Rejected(Diagnostics.Closure, at, "chosen by a condition");
        var (left, right) = (a.Leaves.ToList(), b.Leaves.ToList());
        Agree(a, b, left, right, at);

        // What both arms leave alone needs no result, and a flag that they set is the condition.
        var outside = region.Captured.Zip(region.Operands, (inner, outer) => (inner, outer)).ToDictionary(p => (Node)p.inner, p => p.outer);
        var chosen = Enumerable.Range(0, left.Count)
            .Where(i => left[i] != right[i] ? Flag(i) is null : !(Region.IsClosed(left[i]) || outside.ContainsKey(left[i]))).ToList();
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
            return at >= 0 ? results[at] : left[i] != right[i] ? Flag(i)! : outside.TryGetValue(leaf, out var outer) ? outer : leaf;
        });

        Node? Flag(int i) => (left[i], right[i]) switch
        {
            (Const { Type.Element: ElementType.Bool, Value: 1 }, Const) => condition,
            (Const { Type.Element: ElementType.Bool }, Const) => Graph.Apply(ScalarOp.Not, condition),
            _ => null,
        };
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
