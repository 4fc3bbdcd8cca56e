using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Nests of which some outputs are added to places where points may meet, which takes an order: each of these becomes a nest of its own, so that the others have
/// their threads, and the additions may be sorted.
/// </summary>
internal static class DeviceFission
{
    /// <summary>The nests that do the same one after the other; null if one does.</summary>
    public static NestStep[]? Of(DeviceFrame frame, NestStep step)
    {
        var meeting = step.Outputs.Where(o => o.Mode == OutputMode.Add && !Threads.AreApart(o.At, step.Parallel.Concat(step.Reduced))).ToArray();
        if (meeting.Length == 0 || step.Outputs.Length == 1 || !AreIndependent(frame, step)) return null;
        Output[] others = [.. step.Outputs.Except(meeting)];
        return [.. others.Length > 0 ? [Part(step, others)] : Array.Empty<NestStep>(), .. meeting.Select(o => Part(step, [o]))];
    }

    /// <summary>Whether no output reads or writes what another writes.</summary>
    private static bool AreIndependent(DeviceFrame frame, NestStep step) => step.Outputs.All(o =>
    {
        var others = step.Outputs.Where(other => other != o).Select(other => frame.Home(other.Target)).ToArray();
        return !others.Contains(frame.Home(o.Target)) && Overwrites.Loads([o]).All(load => !others.Contains(frame.Home(load.Buffer)));
    });

    private static NestStep Part(NestStep step, Output[] outputs)
    {
        var reduces = outputs.Any(o => o.Mode is not (OutputMode.Store or OutputMode.Add));
        string[] lines = [.. step.Because.TrimEnd().Split('\n').Where(line => outputs.Any(o => line.StartsWith($"{o.Target.Name} = ", StringComparison.Ordinal)))];
        return new NestStep(step.Name, reduces ? step.Parallel : [.. step.Parallel, .. step.Reduced], reduces ? step.Reduced : [], null, step.Element, [.. outputs],
            lines.Length > 0 ? string.Join("\n", lines) : step.Because);
    }
}
