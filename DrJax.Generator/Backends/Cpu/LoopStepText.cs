using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>A loop around a block as C#: <c>for</c> if it is counted or its index is used, <c>while</c> if only its condition is.</summary>
internal sealed class LoopStepText(Names names, MethodNames locals, BlockText block, LoopStep step)
{
    private readonly string index = names[step.Index];
    private readonly MemoryText memory = new(names);

    public IEnumerable<string> Print()
    {
        string[] rooms = [.. step.Stacks.Select(stack => locals.Fresh(names[stack] + "_room"))];
        if (step.Limit is LoopLimit.Running running)
        {
            Term holds = "";
            var before = MemoryText.Released(locals, running.Block, block.Print(running.Block)).ToList();
            before.AddRange(block.Straight([running.Condition], x => (holds = x[0]).Text));
            before.RemoveAt(before.Count - 1);
            return
            [
                .. step.Stacks.Zip(rooms, (stack, room) => new[] { $"var {names[stack]} = ({Element(stack)}*)null;", $"nint {room} = 0;" }).SelectMany(lines => lines),
                .. before.Count == 0
                    ? LoopText.Braced(Head(holds.Text), [.. Grow(), .. Body()])
                    : LoopText.Braced(Head(""), [.. before, $"if (!{holds.Operand}) break;", .. Grow(), .. Body()]),
            ];
        }
        var (count, size) = step.Limit is LoopLimit.Counted { Count: var local } ? (names[local], names[local]) : Sized(((LoopLimit.Sized)step.Limit).Count);
        return
        [
            .. step.Stacks.Select(stack => $"var {names[stack]} = Arena.Rent<{Element(stack)}>(Math.Max({size}, 0) * {memory.Count(stack).Operand});"),
            .. LoopText.Braced(step.Reverse ? $"for (var {index} = {count} - 1; {index} >= 0; {index}--)" : $"for (var {index} = 0; {index} < {size}; {index}++)", Body()),
        ];

        IEnumerable<string> Grow() => step.Stacks.Zip(rooms, (stack, room) => $"Tape.Reserve(ref {names[stack]}, ref {room}, {index}, {memory.Count(stack)});");
    }

    private (string, string) Sized(Dim count) => ($"(int){names.Size(count).Operand}", names.Size(count).Operand);

    private string Head(string condition) => step.Stacks.IsEmpty && !UsesIndex
        ? $"while ({(condition.Length == 0 ? "true" : condition)})"
        : $"for (var {index} = 0; {condition}; {index}++)";

    private bool UsesIndex
    {
        get
        {
            var limit = (LoopLimit.Running)step.Limit;
            Step[] ending = [.. limit.Block.Steps, .. step.Body.Steps, new ScalarStep(new Local("", ElementType.Bool), limit.Condition, ""), .. step.Assigned.Select(a => new AssignStep(a.State, a.Next, ""))];
            return Usage.Of(ending).Locals.Contains(step.Index);
        }
    }

    private IEnumerable<string> Body()
    {
        List<string> lines = block.Print(step.Body);
        if (!step.Assigned.IsEmpty)
        {
            lines.AddRange(block.Straight([.. step.Assigned.Select(a => a.Next)], x => x.Length == 1
                ? $"{names[step.Assigned[0].State]} = {x[0]};"
                : $"({string.Join(", ", step.Assigned.Select(a => names[a.State]))}) = ({string.Join(", ", x.Select(v => v.Text))});"));
        }
        foreach (var (state, next) in step.Swaps)
        {
            var spare = locals.Fresh("spare");
            lines.AddRange([$"var {spare} = {names[state]};", $"{names[state]} = {names[next]};", $"{names[next]} = {spare};"]);
        }
        return MemoryText.Released(locals, step.Body, lines);
    }

    private static string Element(Buffer buffer) => Spelling.Element(buffer.Element);
}
