using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>switch: its sections or arms are asked one after the other; the last of an expression need not be asked.</summary>
internal sealed partial class Translator
{
    private Value SwitchExpression(ISwitchExpressionOperation n, Scope s)
    {
        if (!n.IsExhaustive && !n.Arms.Any(a => a.Pattern is IDiscardPatternOperation && a.Guard is null))
            throw At(Diagnostics.OpenSwitch, ((SwitchExpressionSyntax)n.Syntax).SwitchKeyword);
        var over = new Signal(Text(n.Value));
        s.Declare(over, Expression(n.Value, s));
        var arms = n.Arms.Any(a => ThrowOf(a.Value) is not null) ? Answering() : n.Arms;
        return Arm(0, s);

        // The arms that give a value, after those that throw have.
        ImmutableArray<ISwitchExpressionArmOperation> Answering()
        {
            var earlier = False;
            foreach (var arm in n.Arms)
            {
                var holds = Holds(arm.Pattern, arm.Guard, over, s);
                if (ThrowOf(arm.Value) is { } thrown) ThrowIf(Graph.Apply(ScalarOp.And, holds, Graph.Apply(ScalarOp.Not, earlier)), thrown, s);
                earlier = Graph.Apply(ScalarOp.Or, earlier, holds);
            }
            ImmutableArray<ISwitchExpressionArmOperation> answering = [.. n.Arms.Where(a => ThrowOf(a.Value) is null)];
            return answering.IsEmpty ? throw new Poisoned() : answering;
        }

        Value Arm(int k, Scope at)
        {
            var arm = arms[k];
            var holds = Holds(arm.Pattern, arm.Guard, over, at);
            return k == arms.Length - 1 ? Expression(arm.Value, at)
                : IsDelegate(n.Type) ? Chosen(holds, Expression(arm.Value, at), Arm(k + 1, at), arm.Syntax)
                : Branch(holds, then => Expression(arm.Value, then), next => Arm(k + 1, next), AssignedBy(arms.Skip(k).Select(a => a.Value)), arm, at);
        }
    }

    /// <summary>Whether an arm is taken: its pattern holds, and then its guard.</summary>
    private Node Holds(IPatternOperation pattern, IOperation? guard, Signal over, Scope s)
    {
        var matches = Matches(pattern, s.Find(over)!, s);
        if (guard is null) return matches;
        return !Assigns(guard) ? ShortCircuit(true, matches, inner => Condition(guard, inner), guard.Syntax, s)
            : ((Data)Branch(matches, inner => new Data(Condition(guard, inner)), _ => new Data(False), AssignedBy([guard]), guard, s)).Node;
    }

    /// <summary>A switch statement; true if what follows it has been run too, because at most one section goes on to it.</summary>
    private bool Switch(ISwitchOperation n, ImmutableStack<IOperation> rest, Scope s)
    {
        var over = new Signal(Text(n.Value));
        s.Declare(over, Expression(n.Value, s));
        var sections = n.Cases.Where(c => !c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation)).ToList();
        var otherwise = n.Cases.Except(sections).FirstOrDefault();
        var continuing = (otherwise is null ? 1 : 0) + n.Cases.Count(GoesOn);
        var takesRest = Leaves(n) && continuing <= 1;
        var assigned = Assigned(n).Concat(takesRest ? AssignedBy(rest) : []).ToList();
        Section(0, s);
        return takesRest;

        bool GoesOn(ISwitchCaseOperation c) => JumpsTo(n.ExitLabel, c) || c.Body.All(CanComplete);

        void Section(int k, Scope at)
        {
            if (k == sections.Count)
            {
                Take(otherwise, at);
                return;
            }
            var holds = sections[k].Clauses.Select(c => Clause(c, at)).Aggregate((a, b) => Combined(false, a, b));
            Choose(holds, arm => Take(sections[k], arm), next => Section(k + 1, next), assigned, sections[k], at);
        }

        Node Clause(ICaseClauseOperation clause, Scope at) => clause switch
        {
            ISingleValueCaseClauseOperation c => Compared(BinaryOperatorKind.Equals, at.Find(over)!, c.Value, c, at),
            IPatternCaseClauseOperation c => Holds(c.Pattern, c.Guard, over, at),
            _ => throw Unsupported(clause),
        };

        void Take(ISwitchCaseOperation? section, Scope at)
        {
            if (section is not null)
            {
                var end = new Signal("ended");
                var inside = at.Inside(at.Region, exits: at.Exits.WithEnd(n.ExitLabel, end));
                inside.Declare(end, new Data(False));
                Run(Pushed(section.Body, []), inside);
            }
            if (takesRest) Continue(rest, n, at);
        }
    }
}
