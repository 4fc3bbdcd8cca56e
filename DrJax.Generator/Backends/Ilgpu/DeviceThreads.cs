using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>Prints a <see cref="ThreadRegion"/>: a kernel whose threads run its loops and branches, with what is a thread's own in locals.</summary>
internal sealed class DeviceThreads
{
    // 32-bit registers for what loops carry; more stays in memory.
    private const int MostWords = 96;

    private readonly DeviceFrame frame;
    private readonly ThreadRegion region;
    private readonly ThreadLocals locals;
    private readonly Names names;
    private readonly MethodNames method;
    private readonly KernelSetting setting;
    private readonly string lane;
    private string? isPoint;

    public DeviceThreads(DeviceFrame frame, ThreadRegion region)
    {
        (this.frame, this.region, names) = (frame, region, frame.Names);
        locals = ThreadLocals.Of(region, frame.IsOnDevice);
        setting = new KernelSetting(names, frame, [.. region.Written, .. locals.Left]);
        method = setting.Locals;
        lane = region.Extent is null ? "0" : method.Fresh("lane");
        foreach (var local in locals.Inside) Own(local, names[local]);
        foreach (var buffer in Numbers()) Own(buffer, names[buffer]);

        void Own(object place, string name) => setting.InThread[place] = method.Has(name) ? method.Fresh(name) : name;
    }

    public IEnumerable<string> Print()
    {
        var first = region.Steps.First(s => s is LoopStep or BranchStep);
        frame.Program.Explain($"kernel{(region.Extent is null ? " of one thread" : "")}, loops and branches inside", first);
        foreach (var local in locals.Left) frame.Owned.Add(local);
        // Of an axis of no points there is a thread, nevertheless, where one leaves scalars behind.
        var points = region.Extent is null ? "1" : names.Size(region.Extent).Text;
        if (locals.Left.Count > 0 && region.Extent is { AsConstant: null } extent && extent != StageSizes.Block)
            (points, isPoint) = ($"Math.Max({points}, 1)", $"{lane} < {setting.Size(extent)}");
        var ifPoint = isPoint is null ? "" : $"if ({isPoint}) ";
        var thread = method.Fresh("thread");
        Buffer[] numbers = [.. region.Buffers.Where(setting.InThread.ContainsKey)];
        frame.Program.Depth++;
        string[] body =
        [
            .. region.Extent is null ? [] : new[] { $"int {lane} = {thread};" },
            .. locals.Before.Select(l => $"{Spelling.Element(l.Element)} {setting.Name(l)} = {setting.Outside(l)};"),
            .. numbers.Select(b => $"{DeviceDialect.Stored(b.Element)} {setting.InThread[b]} = {(region.IsMentionedOutside(b) && !region.IsSetFirst(b) ? Known(b) : "0")};"),
            .. region.Steps.Except(locals.OnHost).SelectMany(Print),
            .. numbers.Where(b => region.Written.Contains(b) && region.IsMentionedOutside(b)).Select(b => $"{ifPoint}{setting.ElementOutside(b, lane)} = {setting.InThread[b]};"),
            .. locals.Left.Select(l => (region.Extent is null ? "" : $"if ({lane} == 0) ") + setting.AssignOutside(l, setting.Name(l))),
        ];
        frame.Program.Depth--;
        frame.Unused.UnionWith(numbers.Where(b => !region.IsMentionedOutside(b) && !frame.Shares(b)));
        var block = new DeviceBlock(frame);
        return
        [
            .. locals.OnHost.SelectMany(s => Lines.Comment(s).Concat(block.Straight([s.Value], x => $"{Spelling.Element(s.Local.Element)} {names[s.Local]} = {x[0]};"))),
            .. region.Steps.OfType<LoopStep>().SelectMany(loop => new DeviceLoop(frame, block, loop).Stacks()),
            .. Lines.Comment(first),
            DeviceKernel.Launch(frame, Lines.Comment(first).Append("// In its threads."), "Loop", points, setting, thread, body),
        ];

        string Known(Buffer buffer) => (isPoint is null ? "" : $"!({isPoint}) ? 0 : ") + setting.ElementOutside(buffer, lane);
    }

    /// <summary>
    /// What is one number of each thread, and lies in registers: not where another array has the memory before or after, and only as long as there are registers.
    /// </summary>
    private HashSet<Buffer> Numbers()
    {
        var numbers = new HashSet<Buffer>(region.Buffers.Where(b => region.IsNumber(b) && !(frame.Shares(b) && region.IsMentionedOutside(b))));
        var swaps = region.All.OfType<LoopStep>().SelectMany(loop => loop.Swaps).ToArray();
        int known;
        do
        {
            known = numbers.Count;
            foreach (var (state, next) in swaps)
                if (!numbers.Contains(state) || !numbers.Contains(next)) numbers.ExceptWith([state, next]);
        }
        while (numbers.Count < known);
        var words = numbers.Except(swaps.Select(s => s.Next)).Sum(b => b.Element == ElementType.Float64 ? 2 : 1);
        return words <= MostWords ? numbers : [.. numbers.Where(region.Parts.Contains)];
    }

    private IEnumerable<string> Print(Block block) => block.Steps.SelectMany(Print);

    private IEnumerable<string> Print(Step step) => Lines.Comment(step).Concat(step switch
    {
        ScalarStep s => Straight([s.Value], x => $"{Spelling.Element(s.Local.Element)} {setting.Name(s.Local)} = {x[0]};"),
        AssignStep s => Straight([s.Value], x => setting.Assign(s.Local, x[0])),
        LoopStep s => Loop(s),
        BranchStep s => Branch(s),
        _ => Nest(step),
    });

    private IEnumerable<string> Straight(Expr[] values, Func<Term[], string> statement) => StraightText.Print(setting, method, values, statement);

    private IEnumerable<string> Nest(Step step)
    {
        frame.Program.Explain("in the thread", step);
        return Nest(region.Nest(step));
    }

    private IEnumerable<string> Nest(NestStep nest)
    {
        var axis = region.Axis(nest);
        var text = NestText.InThread(setting, nest, method, axis is null ? [] : [axis]);
        if (axis is not null) text.Body[axis] = lane;
        return isPoint is null ? text.PrintInside() : LoopText.Braced($"if ({isPoint})", text.PrintInside());
    }

    private IEnumerable<string> Loop(LoopStep s)
    {
        frame.Program.Explain("loop in the thread", s);
        frame.Program.Depth++;
        var index = setting.Name(s.Index);
        var (head, ending) = s.Limit switch
        {
            LoopLimit.Running running => ($"for (int {index} = 0; ; {index}++)", Print(running.Block).Concat(Straight([running.Condition], x => $"if (!({x[0]})) break;"))),
            LoopLimit.Sized sized => (Counted($"(int){setting.Size(sized.Count).Operand}"), []),
            _ => (Counted(setting.Value(((LoopLimit.Counted)s.Limit).Count).Text), Enumerable.Empty<string>()),
        };
        string[] lines =
        [
            .. LoopText.Braced(head,
            [
                .. ending,
                .. Print(s.Body),
                .. s.Assigned.IsEmpty ? [] : Straight([.. s.Assigned.Select(a => a.Next)], x => string.Join("\n", DeviceBlock.Together(setting, method, [.. s.Assigned], x))),
                .. s.Swaps.SelectMany(swap => setting.InThread.TryGetValue(swap.State, out var state) ? [$"{state} = {setting.InThread[swap.Next]};"] : Nest(region.Copy(swap.State, swap.Next))),
            ]),
        ];
        frame.Program.Depth--;
        return lines;

        string Counted(string count) => s.Reverse ? $"for (int {index} = {count} - 1; {index} >= 0; {index}--)" : $"for (int {index} = 0; {index} < {count}; {index}++)";
    }

    private IEnumerable<string> Branch(BranchStep s)
    {
        frame.Program.Explain("branch in the thread", s);
        frame.Program.Depth++;
        var lines = Straight([s.Condition], x => $"if ({x[0]})").ToList();
        var head = lines[lines.Count - 1];
        lines.RemoveAt(lines.Count - 1);
        lines.AddRange(LoopText.Braced(head, Print(s.Then)));
        if (!s.Otherwise.Steps.IsEmpty) lines.AddRange(LoopText.Braced("else", Print(s.Otherwise)));
        frame.Program.Depth--;
        return lines;
    }
}
