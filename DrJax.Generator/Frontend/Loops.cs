using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>
/// Loops: the locals that an iteration assigns are carried to the next. A loop is counted if its number of iterations is known when it
/// starts and nothing leaves it early; otherwise it runs while a condition holds, of which the flag of an early end is a part.
/// </summary>
internal sealed partial class Translator
{
    /// <summary>How a loop counts: the number of iterations (at most, if it has tests too), and what one of them declares of its
    /// index.</summary>
    private sealed record Counter(string Name, Node Count, Action<Scope, Node> Begin);

    /// <param name="Operation">The loop.</param>
    /// <param name="Counter">Its count, if it has one.</param>
    /// <param name="Tests">What must hold beside the count for another iteration, one after the other.</param>
    /// <param name="IsTestedFirst">Whether the tests come before the body.</param>
    /// <param name="Bottom">What follows the body in each iteration.</param>
    private sealed record LoopForm(
        ILoopOperation Operation, Counter? Counter, ImmutableArray<IOperation> Tests, bool IsTestedFirst, ImmutableArray<IOperation> Bottom)
    {
        /// <summary>Whether a test may throw, as it turned out.</summary>
        public bool TestsThrow { get; init; }

        /// <summary>A test that assigns or throws is a part of the iteration, which ends the loop where it fails.</summary>
        public bool IsTestedInside => TestsThrow || Tests.Any(Assigns);

        public bool MayEndEarly => IsTestedInside || JumpsTo(Operation.ExitLabel, Operation.Body) || Returns(Operation.Body);

        public bool IsCounted => Counter is not null && Tests.IsEmpty && !MayEndEarly;

        public IEnumerable<IOperation> Parts => [Operation.Body, .. Bottom, .. Tests];
    }

    /// <summary>A local (or flag) from iteration to iteration: before the first, within one (parameters of the body, but for what never
    /// changes), and after it.</summary>
    private sealed record Carried(object Name, Value Before, Value Within, Value After)
    {
        public IEnumerable<Param> Parameters => Within.Leaves.OfType<Param>();

        public IEnumerable<Node> Initial => Moving(Before);

        public IEnumerable<Node> Next => Moving(After);

        private IEnumerable<Node> Moving(Value value) => value.Leaves.Zip(Within.Leaves, (x, at) => (x, at)).Where(p => p.at is Param).Select(p => p.x);
    }

    private void Iterate(LoopForm form, Scope s)
    {
        var n = form.Operation;
        var assigned = AssignedBy(form.Parts);
        var carried = assigned.Where(symbol => s.Find(symbol) is not null).Select(symbol => Carry(symbol, s.Find(symbol)!)).ToList();
        var trips = form.IsCounted ? Simplify.AsDim(form.Counter!.Count) : null;
        var region = new Region(session, s.Region, s.Region.Placement, conditional: trips is null,
            runs: trips is null ? null : Region.AtLeastOnce(trips));
        var index = Graph.Param(form.Counter?.Name ?? "i", ValueType.Scalar(ElementType.Int32));
        if (trips is not null) session.Extents[index] = trips;
        var (continued, broke) = (new Signal("continued"), new Signal("left"));
        var exits = s.Exits.OfLoop(n.ContinueLabel, continued, n.ExitLabel, broke);

        var inside = Iteration();
        Once(form, broke, continued, inside);
        carried = [.. carried.Select(c => c with { After = inside.Find(c.Name)! })];
        foreach (var c in carried) Keeps((ISymbol)c.Name, c.Before, c.After, n);
        if (!form.IsCounted) carried.AddRange(FirstValues(form, assigned, exits, broke, inside, s));
        // What an iteration throws stays thrown.
        if (ThrownIn(inside) is { } thrown)
        {
            var before = s.Find(exits.Thrown)!;
            var within = before.Select(leaf => Graph.Param("thrown", leaf.Type));
            carried.Add(new Carried(exits.Thrown, before, within, First(within, thrown)));
        }
        if (carried.Count == 0) return;

        ImmutableArray<Param> parameters = [index, .. carried.SelectMany(c => c.Parameters)];
        var testing = Iteration();
        var again = form.IsCounted ? null : Again(form, index, carried.FirstOrDefault(c => c.Name == broke)?.Parameters.Single(),
            carried.FirstOrDefault(c => c.Name == exits.Thrown)?.Parameters.First(), testing);
        if (ThrownIn(testing) is not null)
        {
            Iterate(form with { TestsThrow = true }, s);
            return;
        }
        var body = region.Close("loop", parameters, carried.SelectMany(c => c.Next));
        var initial = carried.SelectMany(c => c.Initial);
        var results = again is not null ? Graph.While(Condition(again), body, initial, region.Operands)
            : trips is not null ? Graph.Loop(trips, reverse: false, body, initial, region.Operands)
            : Graph.Loop(form.Counter!.Count, reverse: false, body, initial, region.Operands);
        var next = 0;
        foreach (var c in carried)
        {
            var value = c.Within.Select(leaf => leaf is Param ? results[next++] : leaf);
            if (c.Name is ISymbol symbol) Assign(symbol, value, n, s);
            else if (c.Name == exits.Thrown) Replace(value, s);
            else if (c.Name != broke) s.TryAssign(c.Name, value);
            // Where only a return ends the loop early, it has returned if it has ended early, and if it does not end otherwise it has.
            else if (OnlyReturns(form)) s.TryAssign(exits.Returned, value);
        }
        if (Returns(n.Body) && !CanComplete(n)) s.TryAssign(exits.Returned, new Data(True));

        Carried Carry(ISymbol symbol, Value value)
        {
            if (value is PoisonValue) throw new Poisoned();
            if (!value.IsData) throw new Rejected(Diagnostics.Closure, AssignmentOf(symbol, n), "changed by a loop");
            return new Carried(symbol, value, value.Select(leaf => Graph.Param(symbol.Name, leaf.Type)), value);
        }

        Scope Iteration()
        {
            var scope = s.Inside(region, [.. assigned, .. exits.Flags, exits.Result], exits);
            form.Counter?.Begin(scope, index);
            foreach (var c in carried.Where(c => c.Name is ISymbol)) scope.Declare(c.Name, c.Within);
            foreach (var flag in exits.Flags) scope.Declare(flag, new Data(False));
            scope.Declare(exits.Ended, new Data(False));
            if (s.Find(exits.Thrown) is not null) scope.Declare(exits.Thrown, Thrown(Graph.Const(0, ElementType.Int32), []));
            scope.Declare(exits.Result, null);
            return scope;
        }

        // The condition and the body are two functions of the same parameters.
        Func Condition(Node holds)
        {
            ImmutableArray<Param> all = [.. parameters, .. region.Captured];
            var fresh = Graph.Fresh(all);
            return new Func("while", fresh, Graph.Substitute([holds], all.Zip(fresh, (old, renamed) => (old, renamed)).ToDictionary(p => (Node)p.old, p => (Node)p.renamed)));
        }
    }

    private static bool OnlyReturns(LoopForm form) =>
        Returns(form.Operation.Body) && !form.IsTestedInside && !JumpsTo(form.Operation.ExitLabel, form.Operation.Body);

    /// <summary>What has no value before the first iteration and one after it: locals that the body gives their first value (the condition of a
    /// do reads them, and what follows a loop that ends in its body), the flags of an early end, the value of a return.</summary>
    private List<Carried> FirstValues(LoopForm form, List<ISymbol> assigned, Exits exits, Signal broke, Scope inside, Scope s)
    {
        var n = form.Operation;
        var found = new List<Carried>();
        foreach (var symbol in assigned.Where(symbol => s.Find(symbol) is null)) Add(symbol, symbol.Name, inside.Find(symbol));
        if (Left(inside) is { } left) Add(broke, broke.Name, new Data(left));
        if (inside.Find(exits.Result) is { } result)
        {
            if (!OnlyReturns(form)) Add(exits.Returned, exits.Returned.Name, inside.Find(exits.Returned));
            Add(exits.Result, exits.Result.Name, result);
        }
        return found;

        void Add(object name, string text, Value? value)
        {
            if (value is null) return;
            if (value is PoisonValue) throw new Poisoned();
            if (!value.IsData) throw new Rejected(Diagnostics.Closure, n.Syntax, "changed by a loop");
            // What is the same in every iteration that sets it, and is not read before, need not be carried.
            var isFlag = name is Signal && name != exits.Result;
            found.Add(new Carried(name, Any(value, n), value.Select(leaf => !isFlag && Region.IsClosed(leaf) ? leaf : Graph.Param(text, leaf.Type)), value));
        }
    }

    /// <summary>One iteration: the body, then (unless it ends the loop) what follows it.</summary>
    private void Once(LoopForm form, Signal broke, Signal continued, Scope s)
    {
        var n = form.Operation;
        if (form.IsTestedFirst) Test(form.Tests, s);
        Continue(body => Run([n.Body], body), Assigned(n.Body), n, s);
        s.TryAssign(continued, new Data(False));
        Continue(Pushed(form.Bottom, []), n, s);
        if (!form.IsTestedFirst) Continue(at => Test(form.Tests, at), AssignedBy(form.Tests), n, s);

        void Test(ImmutableArray<IOperation> tests, Scope at)
        {
            if (!form.IsTestedInside || tests.IsEmpty) return;
            at.TryAssign(broke, new Data(Graph.Apply(ScalarOp.Not, Condition(tests[0], at))));
            var others = tests.RemoveAt(0);
            if (!others.IsEmpty) Continue(next => Test(others, next), AssignedBy(others), n, at);
        }
    }

    private Node All(ImmutableArray<IOperation> tests, Scope s) => tests.IsEmpty ? True
        : tests.Skip(1).Aggregate(Condition(tests[0], s), (holds, test) => ShortCircuit(true, holds, right => Condition(test, right), test.Syntax, s));

    /// <summary>Whether another iteration follows: it counts on, nothing has ended the loop, and the tests hold.</summary>
    private Node Again(LoopForm form, Node index, Node? left, Node? thrown, Scope s)
    {
        var at = form.Operation.Syntax;
        var again = form.Counter is null ? True
            : Graph.Apply(ScalarOp.Less, index, s.Region.Import(form.Counter.Count, s.Parent!.Region, "count"));
        if (left is not null)
            again = ShortCircuit(true, again, on => Graph.Apply(ScalarOp.Not, on.Region.Import(left, s.Region, "left")), at, s);
        // What the program throws ends its guard's loop.
        if (thrown is not null)
            again = ShortCircuit(true, again, on => Graph.Apply(ScalarOp.Equal, on.Region.Import(thrown, s.Region, "thrown"), Graph.Const(0, ElementType.Int32)), at, s);
        if (form.Tests.IsEmpty || form.IsTestedInside) return again;
        return ShortCircuit(true, again, inner => form.IsTestedFirst ? All(form.Tests, inner)
            : ShortCircuit(false, Graph.Apply(ScalarOp.Equal, inner.Region.Import(index, s.Region, "i"), Graph.Const(0, ElementType.Int32)), last => All(form.Tests, last), at, inner), at, s);
    }

    private void Keeps(ISymbol symbol, Value before, Value after, ILoopOperation n)
    {
        if (after is PoisonValue) throw new Poisoned();
        var (was, now) = (before.Leaves.ToList(), after.Leaves.ToList());
        if (was.Count != now.Count) throw Changes();
        for (var i = 0; i < was.Count; i++)
        {
            var (x, y) = (was[i].Type, now[i].Type);
            if (x.Rank != y.Rank || x.Element != y.Element || !x.Placements.Equals(y.Placements)) throw Changes();
            for (var axis = 0; axis < x.Rank; axis++)
            {
                if ((x.Shape[axis] - y.Shape[axis]).AsConstant is { } d && d != 0) throw Changes();
                Equate(x.Shape[axis], y.Shape[axis],
                    $"'{symbol.Name}' enters a loop with size {{0}} along axis {axis} and leaves an iteration with {{1}}", n.Syntax);
            }
        }

        Rejected Changes() => new(Diagnostics.CarriedShape, AssignmentOf(symbol, n), symbol.Name, Describe(before), Describe(after));
    }
}
