using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>A loop nest as a kernel: one thread a point of the axes along which points write apart, the other axes looped over in the thread.</summary>
internal static class DeviceNest
{
    /// <param name="explains">Whether the step is one of the program's, which <c>DeviceMesh.Explain</c> lists.</param>
    public static IEnumerable<string> Print(DeviceFrame frame, NestStep step, bool explains = true)
    {
        if (NestPieces.Of(frame, step) is { Length: > 1 } pieces) return [.. pieces.SelectMany(piece => Print(frame, piece, explains))];
        if (DeviceFission.Of(frame, step) is { } parts) return parts.SelectMany(part => Print(frame, part, explains));
        var apart = Threads.Of(step);
        LoopAxis[] threads = [.. step.Parallel.Where(apart.Contains)];
        var setting = new KernelSetting(frame.Names, frame, [.. step.Outputs.Select(o => o.Target)]);
        var method = setting.Locals;
        var thread = method.Fresh("thread");
        var text = NestText.InThread(setting, step, method, threads);
        string[] body = [.. Decode(method, text.Body.Setting, [.. threads.Select(axis => (text.Body[axis], axis.Extent))], thread), .. text.Print()];
        var launch = DeviceKernel.Launch(frame, Lines.Comment(step), step.Name, frame.Names.Size(Product(threads)).Text, setting, thread, body);
        if (DeviceReduction.Is(frame, step)) return new DeviceReduction(frame, step).Print(launch);
        var scatters = DeviceScatter.Is(step, threads);
        if (explains) frame.Program.Explain(scatters ? "kernel, sorted additions where points are many" : Where(step, threads.Length), step);
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

    public static Dim Product(IEnumerable<LoopAxis> axes) => axes.Aggregate(Dim.One, (product, axis) => product * axis.Extent);

    /// <summary>The indices of a point: the innermost axis is the fastest, so that neighbours touch neighbours.</summary>
    public static IEnumerable<string> Decode(MethodNames method, Setting setting, (string Index, Dim Extent)[] axes, string point)
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
