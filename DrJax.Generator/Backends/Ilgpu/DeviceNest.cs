using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>A loop nest as a kernel: one thread a point of the axes along which points write apart, the other axes looped over in the thread.</summary>
internal static class DeviceNest
{
    /// <param name="explains">Whether the step is one of the program's, which <c>DeviceMesh.Explain</c> lists.</param>
    public static IEnumerable<string> Print(DeviceFrame frame, NestStep step, bool explains = true)
    {
        var apart = Threads.Of(step);
        LoopAxis[] threads = [.. step.Parallel.Where(apart.Contains)];
        var setting = new KernelSetting(frame.Names, frame, [.. step.Outputs.Select(o => o.Target)]);
        var method = frame.Names.Method().Reserve(KernelSetting.Parameter);
        var thread = method.Fresh("thread");
        var text = NestText.InThread(setting, step, method, threads);
        string[] body = [.. Decode(method, text.Body.Setting, [.. threads.Select(axis => (text.Body[axis], axis.Extent))], thread), .. text.Print()];
        if (IsReduction(step)) return InGroups(frame, step, body, setting, thread);
        var scatters = DeviceScatter.Is(step, threads);
        if (explains) frame.Program.Explain(scatters ? "kernel, sorted additions where points are many" : Where(step, threads.Length), step);
        var points = Product(threads);
        var launch = DeviceKernel.Launch(frame, Lines.Comment(step), step.Name, frame.Names.Size(points).Text, setting, thread, body);
        return scatters ? DeviceScatter.Print(frame, step, threads, launch) : [launch];
    }

    /// <summary>What is said of a kernel: also where it is slower than it looks, because points that add to one place follow each other in one thread.</summary>
    private static string Where(NestStep step, int threads) => (threads, step.Parallel.Length - threads, step.Reduced.Length) switch
    {
        (_, 0, 0) or ( > 0, 0, _) => "kernel",
        (0, 0, _) => "kernel of one thread",
        (0, _, _) => "kernel of one thread, which adds in order: points may meet in one place",
        var (_, inOrder, _) => $"kernel, whose threads add along {(inOrder == 1 ? "one axis" : $"{inOrder} axes")} in order: points may meet in one place",
    };

    /// <summary>Whether all that the nest does is to combine over many points.</summary>
    private static bool IsReduction(NestStep step) => step.Outputs.All(o => o.Mode is OutputMode.Reduce or OutputMode.ReduceInto)
        && !step.Reduced.IsEmpty && Product(step.Reduced).AsConstant is not < LongReduction;

    // No constant reduction below this is worth a group: DeviceQueue.InGroups says the same of the others.
    private const long LongReduction = 128;

    private static Dim Product(IEnumerable<LoopAxis> axes) => axes.Aggregate(Dim.One, (product, axis) => product * axis.Extent);

    /// <summary>Two kernels, between which sizes choose: a thread a point, or a group of threads a point where points are few and what each combines is long.</summary>
    private static IEnumerable<string> InGroups(DeviceFrame frame, NestStep step, string[] body, KernelSetting setting, string thread)
    {
        frame.Program.Explain("kernel, by groups of threads where points are few", step);
        var method = frame.Names.Method().Reserve(KernelSetting.Parameter);
        var (point, rest) = (method.Fresh("point"), method.Fresh("term"));
        var shared = new KernelSetting(frame.Names, frame, [.. step.Outputs.Select(o => o.Target)]);
        var text = NestText.InGroup(shared, step, method, (kind, total) => ($"GroupFold.{kind}({total})", "Group.IdxX == 0"));
        var terms = Product(step.Reduced);
        string[] indices = [.. Decode(method, shared, [.. step.Reduced.Select(axis => (text.Body[axis], axis.Extent))], rest)];
        string[] lines =
        [
            .. step.Parallel.IsEmpty ? [] : new[] { $"int {point} = Grid.IdxX;" },
            .. Decode(method, shared, [.. step.Parallel.Select(axis => (text.Body[axis], axis.Extent))], point),
            .. text.PrintShared($"for (int {rest} = Group.IdxX; {rest} < {shared.Size(terms)}; {rest} += Group.DimX)", indices),
        ];
        var points = frame.Names.Size(Product(step.Parallel)).Text;
        return
        [
            $"if (DeviceQueue.InGroups({points}, {frame.Names.Size(terms)}))",
            "    " + DeviceKernel.LaunchGroups(frame, Lines.Comment(step).Append("// One group of threads a point."), step.Name + "_groups", points, shared, lines),
            "else",
            "    " + DeviceKernel.Launch(frame, Lines.Comment(step), step.Name, points, setting, thread, body),
        ];
    }

    /// <summary>The indices of a point: the innermost axis is the fastest, so that neighbours touch neighbours.</summary>
    private static IEnumerable<string> Decode(MethodNames method, Setting setting, (string Index, Dim Extent)[] axes, string point)
    {
        if (axes.Length == 0) yield break;
        var rest = point;
        if (axes.Length > 1)
        {
            rest = method.Fresh("rest");
            yield return $"int {rest} = {point};";
        }
        for (var i = axes.Length - 1; i > 0; i--)
        {
            var size = setting.Size(axes[i].Extent);
            var extent = axes[i].Extent.AsConstant is null ? $"(int){size.Operand}" : size.Text;
            yield return $"int {axes[i].Index} = {rest} % {extent};";
            yield return $"{rest} /= {extent};";
        }
        yield return $"int {axes[0].Index} = {rest};";
    }
}
