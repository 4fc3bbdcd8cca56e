using DrJax.Compiled.Devices;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Reductions, with what is stored on the way, between whose kernels sizes choose: a thread a point; a group of threads a point where points are few and what each
/// combines is long; where points are so few that their groups would leave the device idle, several groups a point, each a part of it, and a kernel that combines the parts.
/// </summary>
internal sealed class DeviceReduction
{
    private static readonly Dim s_parts = Dim.Symbol("<parts>");

    private readonly DeviceFrame frame;
    private readonly NestStep step;
    private readonly Names names;
    private readonly Dim points;
    private readonly Dim terms;
    private readonly Dictionary<Output, Buffer> pieces = [];

    public DeviceReduction(DeviceFrame frame, NestStep step)
    {
        (this.frame, this.step, names) = (frame, step, frame.Names);
        (points, terms) = (DeviceNest.Product(step.Parallel), DeviceNest.Product(step.Reduced));
        names.Declare(s_parts.Atoms.Single().Name);
        if (points.AsConstant > ReductionLimits.MostParts / 2 || terms.AsConstant < 2 * ReductionLimits.LeastPart || step.Outputs.Any(o => o.Mode == OutputMode.ArgReduce)) return;
        foreach (var output in step.Outputs.Where(IsTotal))
        {
            var size = Dim.Constant(ReductionLimits.MostParts);
            var buffer = new Buffer($"{output.Target.Name}_parts", output.Value.Element, BufferKind.Scratch, [size], [Dim.One], size);
            names.Declare(buffer);
            frame.Extra.Add(buffer);
            pieces[output] = buffer;
        }
    }

    /// <summary>Whether a nest combines over many points, in any order: what it stores or adds there, it does apart, and reads at most what is there.</summary>
    public static bool Is(DeviceFrame frame, NestStep step)
    {
        var (totals, stores) = (step.Outputs.Where(IsTotal).ToArray(), step.Outputs.Where(o => o.Mode is OutputMode.Store or OutputMode.Add).ToArray());
        if (totals.Length == 0 || totals.Length + stores.Length < step.Outputs.Length || step.Reduced.IsEmpty || DeviceNest.Product(step.Reduced).AsConstant < ReductionLimits.LongReduction) return false;
        return stores.All(s => Threads.AreApart(s.At, s.Mode == OutputMode.Add ? step.Parallel.Concat(step.Reduced) : step.Reduced))
            && Overwrites.Loads(step.Outputs).All(load => stores.All(s => frame.Home(s.Target) != frame.Home(load.Buffer) || s.At.Equals(load.Address)));
    }

    private static bool IsTotal(Output output) => output.Mode is OutputMode.Reduce or OutputMode.ReduceInto or OutputMode.ArgReduce;

    /// <param name="inThreads">The statement that launches a thread a point.</param>
    public IEnumerable<string> Print(string inThreads)
    {
        frame.Program.Explain("kernel, by groups of threads where points are few" + (pieces.Count > 0 ? ", by several a point where sums are long" : ""), step);
        var choice = $"DeviceQueue.Parts({names.Size(points)}, {names.Size(terms)})";
        if (pieces.Count == 0) return [$"if ({choice} > 0)", "    " + InGroups(Parts.One), "else", "    " + inThreads];
        var parts = names.Size(s_parts).Text;
        return
        [
            "{",
            $"    long {parts} = {choice};",
            $"    if ({parts} == 0)",
            "        " + inThreads,
            "    else",
            "        " + InGroups(Parts.Several),
            $"    if ({parts} > 1)",
            "        " + InGroups(Parts.Combined),
            "}",
        ];
    }

    private enum Parts { One, Several, Combined }

    private string InGroups(Parts what)
    {
        var (nest, suffix, comment) = what switch
        {
            Parts.One => (step, "_groups", "// One group of threads a point."),
            Parts.Several => (step, "_groups", "// One group of threads a point, or a part of it."),
            _ => (Combination(), "_parts", "// The parts of a point, combined by a group of threads."),
        };
        var setting = new KernelSetting(names, frame, [.. nest.Outputs.Select(o => o.Target), .. pieces.Values]);
        var method = setting.Locals;
        var (point, term) = (method.Fresh("point"), method.Fresh("term"));
        var text = NestText.InGroup(setting, nest, method, new ThreadGroup(setting, what == Parts.Several ? pieces : []));
        string[] indices = [.. DeviceNest.Decode(method, setting, [.. nest.Reduced.Select(axis => (text.Body[axis], axis.Extent))], term)];
        var (first, next) = ("Group.IdxX", "Group.DimX");
        var group = "Grid.IdxX";
        List<string> lines = [];
        if (what == Parts.Several)
        {
            var part = method.Fresh("part");
            var count = setting.Size(points);
            lines.Add(points.IsConstant(1) ? $"int {part} = {group};" : $"int {part} = {group} / (int){count.Operand};");
            group += $" % (int){count.Operand}";
            (first, next) = ($"{part} * Group.DimX + Group.IdxX", $"(int){setting.Size(s_parts)} * Group.DimX");
        }
        if (!nest.Parallel.IsEmpty) lines.Add($"int {point} = {group};");
        lines.AddRange(DeviceNest.Decode(method, setting, [.. nest.Parallel.Select(axis => (text.Body[axis], axis.Extent))], point));
        lines.AddRange(text.PrintShared($"for (int {term} = {first}; {term} < {setting.Size(DeviceNest.Product(nest.Reduced))}; {term} += {next})", indices));
        var groups = names.Size(what == Parts.Several ? points * s_parts : points);
        return DeviceKernel.LaunchGroups(frame, Lines.Comment(step).Append(comment), step.Name + suffix, groups.Text, setting, lines);
    }

    /// <summary>Every point's parts combined: part after part in memory, each with all points.</summary>
    private NestStep Combination()
    {
        var part = new LoopAxis("part", s_parts);
        var moves = new List<(LoopAxis, Dim)> { (part, points) };
        var stride = Dim.One;
        foreach (var axis in step.Parallel.Reverse())
        {
            moves.Add((axis, stride));
            stride *= axis.Extent;
        }
        var at = AsNests.Moved(new Address(Dim.Zero, [], []), [.. moves]);
        return new NestStep(step.Name, step.Parallel, [part], null, step.Element, [.. pieces.Select(p => p.Key with { Value = new ExprTable().Load(p.Value, at) })], step.Because);
    }

    /// <summary>A group of threads of which the first leaves what all have combined: where the output goes or, if that is a part only, among the parts.</summary>
    private sealed class ThreadGroup(KernelSetting setting, Dictionary<Output, Buffer> pieces) : IThreadGroup
    {
        public IEnumerable<string> Finish(Output output, string best, string index, string store) =>
            [$"{index} = GroupIndex.Of{output.Kind}({best}, {index});", "if (Group.IdxX == 0)", "    " + store];

        public IEnumerable<string> Finish(Output output, string total, string store)
        {
            string[] folded = [$"{total} = GroupFold.{output.Kind}({total});", "if (Group.IdxX == 0)"];
            if (!pieces.TryGetValue(output, out var piece)) return [.. folded, "    " + store];
            return [.. folded, "{", $"    if ({setting.Size(s_parts)} == 1) {store}", $"    else {setting.Element(piece, "Grid.IdxX")} = {setting.Scalar.ToMemory(total, piece.Element)};", "}"];
        }
    }
}
