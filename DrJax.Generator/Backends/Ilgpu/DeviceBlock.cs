using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>The statements of a block on the host: launches of kernels, loops and branches around them, scalars that the host knows.</summary>
internal sealed class DeviceBlock(DeviceFrame frame)
{
    private DeviceProgram Program => frame.Program;

    private Names Names => frame.Names;

    public List<string> Print(Block block)
    {
        var lines = new List<string>();
        for (var i = 0; i < block.Steps.Length; i++)
        {
            if (Program.Regions.At(block, i) is { } region)
            {
                lines.AddRange(new DeviceThreads(frame, region).Print());
                i += region.Steps.Count - 1;
                continue;
            }
            // Neighbouring scalars of the device are one kernel.
            var next = i;
            while (next < block.Steps.Length && DeviceScalar(block.Steps[next]) is not null && Program.Regions.At(block, next) is null) next++;
            if (next > i)
            {
                lines.AddRange(Scalars([.. block.Steps.Skip(i).Take(next - i)]));
                i = next - 1;
            }
            else lines.AddRange(Lines.Comment(block.Steps[i]).Concat(Print(block.Steps[i])));
        }
        return lines;
    }

    /// <summary>A block that runs again and again, or not at all: what its loops have stacked is given back at its end.</summary>
    public List<string> Inside(Block block)
    {
        var lines = Print(block);
        var stacks = block.Steps.OfType<LoopStep>().SelectMany(loop => loop.Stacks).ToArray();
        return stacks.Length == 0 ? lines : [.. frame.Released([.. stacks.Select(stack => Names[stack])], lines)];
    }

    private IEnumerable<string> Print(Step step) => step switch
    {
        ScalarStep s => Straight([s.Value], x => $"{Spelling.Element(s.Local.Element)} {Names[s.Local]} = {x[0]};"),
        AssignStep s => Straight([s.Value], x => $"{Names[s.Local]} = {x[0]};"),
        NestStep s => DeviceNest.Print(frame, s),
        GemmStep s => new DeviceCalls(frame).Print(s),
        TransposeStep s => new DeviceCalls(frame).Print(s),
        KernelStep s => new DeviceCalls(frame).Print(s),
        LoopStep s => new DeviceLoop(frame, this, s).Print(),
        BranchStep s => Branch(s),
        StageStep s => new DeviceStage((ProgramFrame)frame, s).Print(),
        _ => throw new InvalidOperationException($"no step {step.GetType().Name}"),
    };

    /// <summary>Values that the host knows and the statement that uses them.</summary>
    public IEnumerable<string> Straight(Expr[] values, Func<Term[], string> statement) => StraightText.Print(frame.Host, frame.Locals, values, statement);

    // ---- scalars of the device ------------------------------------------------------------------------------------------------

    /// <summary>The local that a step sets and its value, if it lives on the device.</summary>
    private (Local Local, Expr Value)? DeviceScalar(Step step) => step switch
    {
        ScalarStep s when Program.IsOnDevice(s.Local) => (s.Local, s.Value),
        AssignStep s when Program.IsOnDevice(s.Local) => (s.Local, s.Value),
        _ => null,
    };

    private IEnumerable<string> Scalars(Step[] steps)
    {
        (Local Local, Expr Value)[] scalars = [.. steps.Select(s => DeviceScalar(s)!.Value)];
        foreach (var step in steps) Program.Explain("kernel of one thread", step);
        return Scalars(steps.SelectMany(Lines.Comment), [.. scalars.Select(s => s.Local)], (setting, method) =>
            scalars.SelectMany(s => StraightText.Print(setting, method, [s.Value], x => setting.Assign(s.Local, x[0]))));
    }

    /// <summary>A kernel of one thread that sets locals of the device.</summary>
    private IEnumerable<string> Scalars(IEnumerable<string> comment, Local[] assigned, Func<KernelSetting, MethodNames, IEnumerable<string>> body)
    {
        foreach (var local in assigned) frame.Owned.Add(local);
        var setting = new KernelSetting(Names, frame, assigned);
        var method = setting.Locals;
        var thread = method.Fresh("thread");
        var lines = body(setting, method).ToList();
        string[] text = [.. comment];
        return [.. text, DeviceKernel.Launch(frame, text, "Scalars", "1", setting, thread, lines)];
    }

    /// <summary>Sets locals together: all values are computed before the first is set.</summary>
    public IEnumerable<string> Assign((Local Local, Expr Value)[] together)
    {
        var device = together.Where(a => Program.IsOnDevice(a.Local)).ToArray();
        var host = together.Where(a => !Program.IsOnDevice(a.Local)).ToArray();
        return
        [
            .. device.Length == 0 ? [] : Scalars([], [.. device.Select(a => a.Local)], (setting, method) => StraightText.Print(setting, method, [.. device.Select(a => a.Value)],
                x => string.Join("\n", Together(setting, method, device, x)))),
            .. host.Length == 0 ? [] : Straight([.. host.Select(a => a.Value)], x => x.Length == 1
                ? $"{Names[host[0].Local]} = {x[0]};"
                : $"({string.Join(", ", host.Select(a => Names[a.Local]))}) = ({string.Join(", ", x.Select(v => v.Text))});"),
        ];
    }

    /// <summary>Sets locals to values, of which all are computed before.</summary>
    public static IEnumerable<string> Together(KernelSetting setting, MethodNames method, (Local Local, Expr Value)[] all, Term[] values)
    {
        if (all.Length == 1) return [setting.Assign(all[0].Local, values[0])];
        string[] next = [.. all.Select(a => method.Fresh(setting.Name(a.Local) + "_next"))];
        return [.. next.Select((name, i) => $"var {name} = {values[i]};"), .. all.Select((a, i) => setting.Assign(a.Local, next[i]))];
    }

    // ---- conditions -----------------------------------------------------------------------------------------------------------

    /// <summary>A condition as the host reads it, and the statements before.</summary>
    public (IEnumerable<string> Before, string Holds) Condition(Expr condition)
    {
        if (!Program.IsOnDevice(condition))
        {
            var holds = "";
            var lines = Straight([condition], x => holds = x[0].Text).ToList();
            lines.RemoveAt(lines.Count - 1);
            return (lines, holds);
        }
        if (condition is LocalExpr known) return ([], frame.Fetch(known.Local));
        var local = Program.DeviceLocal("condition", ElementType.Bool);
        var kernel = Scalars([], [local], (setting, method) => StraightText.Print(setting, method, [condition], x => setting.Assign(local, x[0]))).ToList();
        return (kernel, frame.Fetch(local));
    }

    private IEnumerable<string> Branch(BranchStep s)
    {
        var (before, holds) = Condition(s.Condition);
        Program.Explain(Program.IsOnDevice(s.Condition) ? "branch of the host, which reads the condition from the device" : "branch of the host", s);
        Program.Depth++;
        var (then, otherwise) = (Inside(s.Then), Inside(s.Otherwise));
        Program.Depth--;
        return [.. before, .. LoopText.Braced($"if ({holds})", then), .. otherwise.Count == 0 ? [] : LoopText.Braced("else", otherwise)];
    }
}
