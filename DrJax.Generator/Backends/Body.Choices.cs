using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends;

/// <content>
/// Choices of which as a rule all lanes take the same side: floating numbers are rarely equal, and lanes that are neighbours mostly lie on one side of a
/// triangle. What the other side alone needs is computed where some lane takes it.
/// </content>
internal sealed partial class Body
{
    /// <summary>So many operations take longer than a branch that went the other way than expected.</summary>
    private const int WorthBranching = 16;

    private const int OperationsOfGather = 16;
    private const int OperationsOfDivision = 4;

    private readonly List<Choice> choices = [];

    /// <summary>A selection of which one arm is rarely taken.</summary>
    /// <param name="Any">Whether some lane takes it.</param>
    private sealed record Choice(Item Chosen, Item Condition, Item Rare, Item Usual, Item Any, Func<Term, Term> Select);

    /// <summary>The operand of a selection that lanes rarely take, or take in long runs.</summary>
    private static int? Rare(ApplyExpr select) => select.Operands[0] is not ApplyExpr { Operands: [var a, var b] } condition ? null : condition.Op switch
    {
        ScalarOp.Equal when a.Element is ElementType.Float32 or ElementType.Float64 => 1,
        ScalarOp.NotEqual when a.Element is ElementType.Float32 or ElementType.Float64 => 2,
        ScalarOp.Less or ScalarOp.LessOrEqual or ScalarOp.Greater or ScalarOp.GreaterOrEqual when a is AxisExpr && b is AxisExpr => select.Operands[1] is ConstExpr ? 2 : 1,
        _ => null,
    };

    private Item Chosen(ApplyExpr select, int rare, int level)
    {
        Item[] x = [.. select.Operands.Select(Lanes)];
        Term Select(Term then, Term otherwise) => Dialect.Apply(ScalarOp.Select, ElementType.Bool, [x[0].Value(), then, otherwise]);
        var any = Known((select.Operands[0], rare == 1 ? "any" : "any other"), () => New(x[0].Level, rare == 1 ? "any" : "any_other", Placing.Inline, [], () => Dialect.Any(x[0].Value(), rare == 1)));
        var chosen = New(level, Wish(select.Op), Placing.Auto, x, () => Select(x[1].Value(), x[2].Value()));
        choices.Add(new Choice(chosen, x[0], x[rare], x[3 - rare], any, usual => rare == 1 ? Select(x[1].Value(), usual) : Select(usual, x[2].Value())));
        return chosen;
    }

    /// <summary>Makes branches of the choices that are worth it, those of one condition together.</summary>
    private void DecideChoices()
    {
        foreach (var same in choices.Where(c => c.Rare.Name is null && IsWorth(c)).GroupBy(c => c.Any))
        {
            if (same.Sum(c => Operations(c.Rare)) < WorthBranching) continue;
            foreach (var choice in same)
            {
                choice.Condition.Keep(locals.Fresh);
                choice.Any.Keep(locals.Fresh);
                choice.Chosen.Keep(locals.Fresh);
                choice.Chosen.InTwo = (choice.Usual.Value, () => $"if ({choice.Any.Value()}) {choice.Chosen.Name} = {choice.Select(choice.Chosen.Name!)};");
            }
        }

        static bool IsWorth(Choice choice) => Operations(choice.Rare) > 1;
    }

    /// <summary>What is computed where the value is used.</summary>
    private static int Operations(Item item) => item.Name is not null || item.Placing == Placing.Inline ? 0 : item.Cost + item.Operands.Sum(Operations);

    private static int OperationsOf(ScalarOp op) => OpTable.Row(op).Costly ? OperationsOfGather : op is ScalarOp.Divide or ScalarOp.Sqrt ? OperationsOfDivision : 1;
}
