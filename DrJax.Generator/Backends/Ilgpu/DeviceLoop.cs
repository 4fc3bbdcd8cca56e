using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>A loop of the host around launches. Its condition, if the device computes it, is read back before every iteration.</summary>
internal sealed class DeviceLoop(DeviceFrame frame, DeviceBlock block, LoopStep step)
{
    private readonly Names names = frame.Names;
    private readonly string index = frame.Names[step.Index];

    public IEnumerable<string> Print()
    {
        frame.Program.Explain("loop of the host" + (step.Limit is LoopLimit.Running r && frame.Program.IsOnDevice(r.Condition) ? ", which reads the condition from the device" : ""), step);
        frame.Program.Depth++;
        var lines = step.Limit is LoopLimit.Running running ? Running(running) : Counted();
        frame.Program.Depth--;
        return lines;
    }

    private string[] Running(LoopLimit.Running running)
    {
        string[] rooms = [.. step.Stacks.Select(stack => frame.Locals.Fresh(names[stack] + "_room"))];
        var ending = block.Inside(running.Block);
        var (before, holds) = block.Condition(running.Condition);
        ending.AddRange(before);
        var grow = step.Stacks.Zip(rooms, (stack, room) => frame.Reserve(names[stack], room, index, frame.Count(stack).Text));
        return
        [
            .. step.Stacks.Zip(rooms, (stack, room) => new[] { $"var {names[stack]} = {frame.Allocate(stack.Element, "0")};", $"long {room} = 0;" }).SelectMany(lines => lines),
            .. ending.Count == 0
                ? LoopText.Braced($"for (var {index} = 0; {holds}; {index}++)", [.. grow, .. Body()])
                : LoopText.Braced($"for (var {index} = 0; ; {index}++)", [.. ending, $"if (!({holds})) break;", .. grow, .. Body()]),
        ];
    }

    private string[] Counted()
    {
        var (lines, count) = Count();
        return
        [
            .. lines,
            .. Stacks(count),
            .. LoopText.Braced(step.Reverse ? $"for (var {index} = {count} - 1; {index} >= 0; {index}--)" : $"for (var {index} = 0; {index} < {count}; {index}++)", Body()),
        ];
    }

    /// <summary>The memory of a counted loop's stacks.</summary>
    public IEnumerable<string> Stacks()
    {
        if (step.Stacks.IsEmpty) return [];
        var (lines, count) = Count();
        return [.. lines, .. Stacks(count)];
    }

    private IEnumerable<string> Stacks(string count) =>
        step.Stacks.Select(stack => $"var {names[stack]} = {frame.Allocate(stack.Element, $"Math.Max({count}, 0) * {frame.Count(stack).Operand}")};");

    /// <summary>The number of iterations as an <c>int</c>, and the statements before.</summary>
    private (string[] Lines, string Count) Count()
    {
        if (step.Limit is LoopLimit.Sized sized) return ([], $"(int){names.Size(sized.Count).Operand}");
        var local = ((LoopLimit.Counted)step.Limit).Count;
        if (!frame.IsOnDevice(local)) return ([], names[local]);
        var count = frame.Locals.Fresh(names[local] + "_read");
        return ([$"var {count} = {frame.Fetch(local)};"], count);
    }

    private IEnumerable<string> Body() =>
    [
        .. block.Inside(step.Body),
        .. step.Assigned.IsEmpty ? [] : block.Assign([.. step.Assigned]),
        .. step.Swaps.Select(swap => $"({names[swap.State]}, {names[swap.Next]}) = ({names[swap.Next]}, {names[swap.State]});"),
    ];
}
