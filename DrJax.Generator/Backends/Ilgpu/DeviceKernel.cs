using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// A kernel: a struct of its parameters with the static method that a thread runs, and the statement that launches it. Kernels that differ in nothing but names are one, which
/// devices compile once.
/// </summary>
internal static class DeviceKernel
{
    /// <summary>Adds a kernel of single threads to the program's members.</summary>
    /// <param name="wish">What it would be called.</param>
    /// <param name="points">The number of threads.</param>
    /// <param name="body">The statements of one thread, whose number is the local <paramref name="thread"/>.</param>
    /// <returns>The statement that launches it.</returns>
    public static string Launch(DeviceFrame frame, IEnumerable<string> comment, string wish, string points, KernelSetting setting, string thread, IEnumerable<string> body) =>
        Launch(frame, comment, wish, points, setting, "Launch", $"Index1D {thread}, ", body);

    /// <summary>Adds a kernel of groups of threads, whose numbers are <c>Grid.IdxX</c> and <c>Group.IdxX</c>.</summary>
    /// <returns>The statement that launches it.</returns>
    public static string LaunchGroups(DeviceFrame frame, IEnumerable<string> comment, string wish, string groups, KernelSetting setting, IEnumerable<string> body) =>
        Launch(frame, comment, wish, groups, setting, "LaunchGroups", "", body);

    private static string Launch(DeviceFrame frame, IEnumerable<string> comment, string wish, string points, KernelSetting setting, string method, string thread, IEnumerable<string> body)
    {
        string[] lines = [.. body], fields = [.. setting.Fields.Select(f => f.Name)];
        var key = string.Join("\n", [thread.Length > 0 ? "thread" : "group", .. setting.Fields.Select(f => f.Type), Anonymous.Text(KernelSetting.Parameter, fields, string.Join("\n", lines), setting.Locals)]);
        if (!frame.Program.Kernels.TryGetValue(key, out var kernel))
        {
            frame.Program.Kernels[key] = kernel = (frame.Names.Fresh(char.ToUpperInvariant(wish[0]) + wish.Substring(1)), fields);
            frame.Program.Members.Add(Code.Text($$"""
                {{comment}}
                public struct {{kernel.Name}}
                {
                    {{setting.Fields.Select(f => $"public {f.Type} {f.Name};")}}

                    public static void Run({{thread}}{{kernel.Name}} {{KernelSetting.Parameter}})
                    {
                        {{lines}}
                    }
                }
                """));
        }
        var values = Lines.List(kernel.Fields.Select((field, i) => $"{field} = {setting.Fields[i].Value}"));
        return $"{frame.Queue}.{method}({kernel.Name}.Run, {points}, new {kernel.Name} {{ {values} }});";
    }
}
